namespace CaseFlow.Domain.Workforce;

// Storage format: renaming a type or a member here breaks every worker's record.

/// <summary>What deciding about a worker's assignments takes: certification, capacity, conflicts, caseload. One stream per worker; it names no client.</summary>
public abstract record WorkforceEvent : DomainEvent
{
    public required string StaffId { get; init; }
}

/// <param name="Kind">What is certified.</param>
/// <param name="ValidUntil">Last local day it is valid (R50: two years).</param>
public sealed record CertificationGranted(Certification Kind, DateOnly ValidUntil) : WorkforceEvent;

/// <param name="ContinuingEducationHours">What it rests on (R50: 20 h in two years).</param>
public sealed record CertificationRenewed(Certification Kind, DateOnly ValidUntil, int ContinuingEducationHours) : WorkforceEvent;

public sealed record CertificationLapsed(Certification Kind) : WorkforceEvent;

/// <param name="ReasonCode">A slug.</param>
public sealed record CertificationSuspended(Certification Kind, string ReasonCode) : WorkforceEvent;

/// <summary>It was taken away for good: it is not renewed, and another one is granted anew.</summary>
/// <param name="ReasonCode">A slug.</param>
public sealed record CertificationRevoked(Certification Kind, string ReasonCode) : WorkforceEvent;

/// <param name="Advised">As many clients as are advised (R54, soft).</param>
/// <param name="Most">As many as there may be (R54, hard).</param>
public sealed record CaseloadCapacitySet(int Advised, int Most) : WorkforceEvent;

/// <summary>The worker has a conflict of interest with a client (R56). Whom, only a keyed mark says: it is recognised, and never read.</summary>
/// <param name="Mark">Keyed mark of worker and client.</param>
public sealed record ConflictOfInterestDeclared(string Mark) : WorkforceEvent;

/// <summary>The coaching in a participation came onto the worker's caseload, in the transaction that assigned it.</summary>
/// <param name="AboveAdvised">It is more than advised, which the rules allow (R54, soft).</param>
public sealed record CaseloadEntered(Guid ParticipationId, bool AboveAdvised) : WorkforceEvent;

public sealed record CaseloadLeft(Guid ParticipationId) : WorkforceEvent;

/// <summary>Qualifications of peers in Wisconsin (2.6).</summary>
public enum Certification
{
    /// <summary>Certified peer specialist.</summary>
    Cps,

    /// <summary>Certified parent peer specialist.</summary>
    Cpps,

    /// <summary>Qualified peer recovery coach, Wis. Stat. 49.45(30j).</summary>
    Prc,
}
