namespace CaseFlow.Domain.Replays;

// Storage format: renaming a type or a member here breaks every session already recorded.

/// <summary>
/// That an auditor went through what a programme recorded, from when to when, under which grant [Seed 12, R66]. One stream per jurisdiction:
/// audits are few, and who went through what is one list.
/// </summary>
public abstract record ReplaySessionEvent : DomainEvent
{
    public required Guid SessionId { get; init; }
}

/// <summary>An auditor began: every page is of this scope and this moment.</summary>
/// <param name="AuditorId">A staff id.</param>
/// <param name="GrantId">The grant that permits it, and says for what purpose.</param>
/// <param name="Scope">What is gone through.</param>
/// <param name="Position">The record of this log position is gone through.</param>
/// <param name="AsOf">What had occurred by then, UTC; null for all that was recorded.</param>
/// <param name="AsRecorded">The instant that was asked for the position, UTC; null when it was asked for itself, or is that of the beginning.</param>
public sealed record ReplaySessionStarted(
    string AuditorId, Guid GrantId, ReplayScope Scope, long Position, DateTimeOffset? AsOf, DateTimeOffset? AsRecorded) : ReplaySessionEvent;

/// <summary>The auditor ended: there are no more pages.</summary>
public sealed record ReplaySessionCompleted : ReplaySessionEvent;

/// <summary>What is gone through.</summary>
/// <param name="AgencyId">Whose record.</param>
/// <param name="ProgramId">Of which of its programmes; null for all of the agency.</param>
/// <param name="From">Occurred then or later, UTC.</param>
/// <param name="Until">Occurred before then, UTC.</param>
public sealed record ReplayScope(string AgencyId, string? ProgramId, DateTimeOffset From, DateTimeOffset Until);
