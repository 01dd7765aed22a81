using System.Globalization;

namespace CaseFlow.Domain.Touchpoints;

/// <summary>Every way a plain fact can be refused.</summary>
public static class FactRejections
{
    public static Rejection NotACode(string field) => new(
        RejectionKind.Unprocessable, "fact-not-a-code", "This is a code in kebab-case; own words belong into the note, which is sealed.", field);

    public static Rejection AmountOutOfRange(string field, int least, int most) => new(
        RejectionKind.Unprocessable,
        "fact-amount-out-of-range",
        string.Create(CultureInfo.InvariantCulture, $"It lies between {least} and {most}."),
        field);
}

/// <summary>What a fact's members must satisfy: whatever is not sealed is a code or a number, never somebody's words.</summary>
internal static class FactRules
{
    public static Rejection? Code(string text, string field) => Slug.IsValid(text) ? null : FactRejections.NotACode(field);

    public static Rejection? Amount(int amount, int least, int most, string field) =>
        amount >= least && amount <= most ? null : FactRejections.AmountOutOfRange(field, least, most);
}
