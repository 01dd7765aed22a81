namespace CaseFlow.Domain.Consents;

/// <summary>What an agency was asked not to do; it binds once agreed (42 CFR 2.26, 45 CFR 164.522).</summary>
/// <param name="RecipientAgency">Null for whoever it is.</param>
/// <param name="Information">Empty for everything.</param>
/// <param name="Purposes">Empty for all.</param>
/// <param name="AgreedAt">UTC; null while it binds nobody.</param>
public sealed record Restriction(
    Guid RestrictionId,
    string DisclosingAgency,
    string? RecipientAgency,
    IReadOnlyList<ConsentInformation> Information,
    IReadOnlyList<ConsentPurpose> Purposes,
    DateTimeOffset? AgreedAt,
    bool IsDeclined)
{
    /// <returns>Whether it speaks of some of what is asked.</returns>
    public bool Touches(ConsentQuestion question) =>
        question.DisclosingAgency == DisclosingAgency
        && (RecipientAgency is null || RecipientAgency == question.RecipientAgency)
        && (Information.Count == 0
            || Information.Contains(question.Information)
            || Information.Contains(ConsentInformation.WholeRecord)
            || question.Information == ConsentInformation.WholeRecord)
        && (Purposes.Count == 0 || Purposes.Any(purpose => purpose.Permits(question.Purpose)));

    /// <summary>It binds; told twice, the earlier time counts.</summary>
    internal Restriction AgreedFrom(DateTimeOffset agreedAt) => AgreedAt <= agreedAt ? this : this with { AgreedAt = agreedAt };
}

/// <summary>What a court ordered to be disclosed.</summary>
/// <param name="From">UTC, inclusive.</param>
/// <param name="Until">UTC, exclusive; null for no end.</param>
public sealed record CourtOrder(
    Guid OrderId,
    string DisclosingAgency,
    string RecipientAgency,
    IReadOnlyList<ConsentInformation> Information,
    DateTimeOffset From,
    DateTimeOffset? Until)
{
    /// <returns>Whether it permits what is asked, at an instant.</returns>
    public bool Permits(ConsentQuestion question, DateTimeOffset at) =>
        question.DisclosingAgency == DisclosingAgency
        && question.RecipientAgency == RecipientAgency
        && (Information.Contains(question.Information) || Information.Contains(ConsentInformation.WholeRecord))
        && From <= at
        && !(Until <= at);
}
