using System.Text;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Projections.Storage;

namespace CaseFlow.Api.Clients;

/// <summary>
/// Keyed fingerprints of personal values, by which the same value told twice is recognised. Names keep their case, or a
/// name typed in small letters could never be corrected; numbers and addresses are compared as people compare them.
/// </summary>
public sealed class ClientMarks(BlindIndex marks)
{
    public ClientName Name(string jurisdiction, string given, string family)
    {
        var (givenName, familyName) = (Tidy(given), Tidy(family));
        return new(Sealed<string>.Of(givenName), Sealed<string>.Of(familyName), Exact(jurisdiction, "name", $"{givenName}\n{familyName}"));
    }

    public string Alias(string jurisdiction, string alias) => Exact(jurisdiction, "alias", Tidy(alias));

    public string BirthDate(string jurisdiction, string bornOn) => Exact(jurisdiction, "birth-date", bornOn);

    public string ContactPoint(string jurisdiction, ContactPointKind kind, string value) => kind == ContactPointKind.Phone
        ? Mark(jurisdiction, "contact-point/phone", PhoneNumber(value))
        : Mark(jurisdiction, $"contact-point/{kind}", Tidy(value));

    public string Identifier(string jurisdiction, IdentifierSystem system, string value) =>
        Mark(jurisdiction, $"identifier/{system}", ExternalIdentifier.Normalise(value));

    /// <summary>An order's or a hold's own number.</summary>
    public string OrderReference(string jurisdiction, string reference) => Mark(jurisdiction, "order-reference", Tidy(reference));

    /// <summary>What was told of a client's person: the same parts, in the same order, are the same thing.</summary>
    public string Told(string jurisdiction, string kind, params IEnumerable<string?> parts) =>
        Exact(jurisdiction, kind, string.Join('\n', parts.Select(part => part is null ? "" : Tidy(part))));

    /// <returns>The text without surrounding space, inner space single, letters composed.</returns>
    public static string Tidy(string text) =>
        string.Join(' ', text.Normalize().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>North American numbers are the same with and without the country code.</summary>
    private static string PhoneNumber(string typed)
    {
        var digits = string.Concat(typed.Where(char.IsAsciiDigit));
        return digits is ['1', _, _, _, _, _, _, _, _, _, _] ? digits[1..] : digits;
    }

    /// <summary>The index compares without case; hexadecimal digits of the text carry it through.</summary>
    private string Exact(string jurisdiction, string kind, string value) =>
        Mark(jurisdiction, kind, Convert.ToHexString(Encoding.UTF8.GetBytes(value)));

    private string Mark(string jurisdiction, string kind, string value) =>
        Convert.ToHexStringLower(marks.MarkOf(jurisdiction, kind, value));
}
