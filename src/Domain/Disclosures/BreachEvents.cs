namespace CaseFlow.Domain.Disclosures;

// Storage format: renaming a type or a member here breaks every breach already recorded.

/// <summary>Suspected breaches of clients' records and what became of them (42 CFR 2.16; R63). One stream per jurisdiction:
/// they are few, and one may be of many clients, none of whose records is given up while they wait to be told.</summary>
public abstract record BreachEvent : DomainEvent, IClientEvent
{
    public required Guid BreachId { get; init; }

    /// <summary>A breach may be of many clients: it is in nobody's timeline, and its words are sealed under a key of the jurisdiction's own.</summary>
    Guid? IClientEvent.ClientId => null;
}

/// <param name="AgencyId">Where it happened; null when not known.</param>
/// <param name="What">What happened, sealed; null for what a disclosure or an opening tells that is on record.</param>
/// <param name="AssessBy">UTC: the assessment begins by then, counted from when it was learned.</param>
/// <param name="NotifyBy">UTC: whoever must be told is told by then, counted from the same.</param>
public sealed record BreachSuspected(
    string? AgencyId, Sealed<string>? What, string ReportedBy, DateTimeOffset AssessBy, DateTimeOffset NotifyBy, int? PolicyVersion) : BreachEvent
{
    /// <summary>The disclosure without a basis that it is; null for anything else.</summary>
    public DisclosedWithoutBasis? Disclosed { get; init; }

    /// <summary>The opening in an emergency that was found not to be justified; null for anything else.</summary>
    public OpenedWithoutCause? Opened { get; init; }
}

/// <param name="DisclosureId">The disclosure, as it is accounted for.</param>
/// <param name="ClientId">Whose record was told.</param>
public sealed record DisclosedWithoutBasis(Guid DisclosureId, Guid ClientId);

/// <param name="EmergencyAccessId">The opening, as it was reviewed.</param>
/// <param name="ClientId">Whose record was opened.</param>
public sealed record OpenedWithoutCause(Guid EmergencyAccessId, Guid ClientId);

/// <param name="ClientIds">Whose records; empty when nobody's were.</param>
/// <param name="Reason">Sealed.</param>
public sealed record BreachAssessed(BreachFinding Finding, IReadOnlyList<Guid> ClientIds, Sealed<string> Reason, string AssessedBy) : BreachEvent
{
    public bool Equals(BreachAssessed? other) => base.Equals(other)
        && (Finding, Reason, AssessedBy) == (other.Finding, other.Reason, other.AssessedBy) && ClientIds.SequenceEqual(other.ClientIds);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Finding, ClientIds.Count, AssessedBy);
}

/// <summary>
/// The assessment was wrong, or more became known: this one takes its place from here on. The earlier ones stay on record, and whoever was told stays told.
/// </summary>
/// <param name="ClientIds">Whose records, all of them; empty when nobody's were.</param>
/// <param name="Reason">Why it is assessed otherwise, sealed.</param>
public sealed record BreachAssessmentCorrected(BreachFinding Finding, IReadOnlyList<Guid> ClientIds, Sealed<string> Reason, string AssessedBy) : BreachEvent
{
    public bool Equals(BreachAssessmentCorrected? other) => base.Equals(other)
        && (Finding, Reason, AssessedBy) == (other.Finding, other.Reason, other.AssessedBy) && ClientIds.SequenceEqual(other.ClientIds);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Finding, ClientIds.Count, AssessedBy);
}

/// <summary>Those concerned were told.</summary>
public sealed record BreachNotified(BreachAudience Audience, DisclosureMethod Method, string NotifiedBy) : BreachEvent;

public enum BreachFinding
{
    /// <summary>Notification is owed.</summary>
    Breach,

    /// <summary>A low probability that the record was compromised (45 CFR 164.402(2)).</summary>
    LowProbability,
    NoBreach,
}

public enum BreachAudience
{
    Clients,
    Authority,
    Media,
}
