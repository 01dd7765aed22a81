using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Profile;

/// <summary>An answer about the client's person, as the client gives it.</summary>
/// <param name="Field">The question.</param>
/// <param name="Codes">Of the policy's list, or one of the two that are always answers.</param>
/// <param name="SelfDescribed">In the client's own words.</param>
/// <param name="Fingerprint">Keyed, over all of it; computed at the edge.</param>
public sealed record DemographicAnswer(string Field, IReadOnlyList<string> Codes, Sealed<string>? SelfDescribed, string Fingerprint)
{
    internal Guid Id(Guid clientId) => ValueId.Of(clientId, $"demographics/{Field}", Fingerprint);

    /// <summary>Stored as one value, so that how many there are is sealed too.</summary>
    internal Sealed<string> Joined() => Sealed<string>.Of(string.Join(' ', Codes.Order(StringComparer.Ordinal)));
}

/// <summary>Which answers there are.</summary>
public static class Demographics
{
    /// <summary>The client was asked and does not say: an answer, unlike none.</summary>
    public const string Declined = "declined-to-answer";

    /// <summary>Goes with the client's own words.</summary>
    public const string SelfDescribed = "self-described";

    public static bool IsAlwaysAnAnswer(string code) => code is Declined or SelfDescribed;

    internal static Rejection? Check(DemographicAnswer answer, IdentityPolicy policy)
    {
        if (policy.Demographics.FirstOrDefault(field => field.Field == answer.Field) is not { } field)
            return ProfileRejections.CodeUnknown("field");
        if (answer.Codes.Count == 0)
            return ProfileRejections.AnswerMissing();
        if (answer.Codes.Any(code => !IsAlwaysAnAnswer(code) && !field.Codes.Contains(code, StringComparer.Ordinal)))
            return ProfileRejections.CodeUnknown("codes");
        if (answer.Codes.Contains(Declined) && answer.Codes.Count > 1)
            return ProfileRejections.DeclinedExcludesOthers();
        if ((!field.Many && answer.Codes.Count > 1) || answer.Codes.Distinct(StringComparer.Ordinal).Count() < answer.Codes.Count)
            return ProfileRejections.OneAnswerOnly();
        return answer.Codes.Contains(SelfDescribed) != answer.SelfDescribed is not null ? ProfileRejections.SelfDescriptionMismatch() : null;
    }
}
