using CaseFlow.Domain.Agencies;

namespace CaseFlow.Domain.Consents;

/// <summary>May this be told? What a consent is asked.</summary>
/// <param name="DisclosingAgency">Whose record it is.</param>
/// <param name="RecipientAgency">Who would be told; null for nobody's agency.</param>
/// <param name="RecipientRole">What they act as.</param>
/// <param name="Purpose">Their purpose of use.</param>
/// <param name="Information">What of the record.</param>
public sealed record ConsentQuestion(
    string DisclosingAgency, string? RecipientAgency, Role RecipientRole, Purpose Purpose, ConsentInformation Information)
{
    /// <summary>What kind of agency discloses; a consent that names a class covers nothing without it.</summary>
    public AgencyKind? DisclosingKind { get; init; }

    /// <summary>What kind of agency would be told; the same.</summary>
    public AgencyKind? RecipientKind { get; init; }

    /// <summary>Asked as before consents had to name prosecution and defence: <see cref="ConsentGrounds.UnnamedTellsAll"/>.</summary>
    public bool UnnamedTellsAll { get; init; }

    /// <summary>A person outside of any agency who would be told, as the consent names them.</summary>
    public Guid? RecipientPersonId { get; init; }
}

/// <summary>The best standing, and what it rests on.</summary>
/// <param name="ConsentId">The consent in force, or the one that stands in the way; null when there is none.</param>
/// <param name="Kind">Its kind.</param>
public sealed record ConsentAnswer(ConsentStanding Standing, Guid? ConsentId = null, ConsentKind? Kind = null)
{
    public static readonly ConsentAnswer None = new(ConsentStanding.None);

    /// <summary>The restriction that stands in the way of a consent in force; null for none.</summary>
    public Guid? RestrictionId { get; init; }
}
