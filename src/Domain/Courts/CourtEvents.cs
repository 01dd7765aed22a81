namespace CaseFlow.Domain.Courts;

// Storage format: renaming a type or a member here breaks every court already recorded.

/// <summary>How a treatment court works, version by version. One stream per jurisdiction and court.</summary>
public abstract record CourtEvent : DomainEvent
{
    /// <summary>The court's code, a slug such as <c>drug-court</c>; never changes.</summary>
    public required string Court { get; init; }
}

/// <param name="CourtVersion">1, 2, 3, … in the order of publication.</param>
/// <param name="EffectiveFrom">UTC. May lie before the publication; what was decided before is never judged again.</param>
/// <param name="Configuration">The whole configuration; a version does not build on another.</param>
/// <param name="ChangeNote">What changed and why, for the register.</param>
public sealed record CourtConfigurationPublished(
    int CourtVersion, DateTimeOffset EffectiveFrom, CourtConfiguration Configuration, string ChangeNote) : CourtEvent;

/// <summary>A version under which nothing is decided from now on; what was decided under it stays.</summary>
public sealed record CourtConfigurationRetired(int CourtVersion, string Reason) : CourtEvent;
