namespace CaseFlow.Domain.Courts;

// Storage format: renaming a type or a member here breaks every participation already recorded.

/// <summary>A hearing is to be held; its entry id names it from then on.</summary>
/// <param name="ScheduledAt">UTC; ahead of when it was set.</param>
public sealed record StatusHearingScheduled(HearingKind Kind, DateTimeOffset ScheduledAt, string? Courtroom) : ParticipationEvent;

/// <summary>It was held; <c>occurredAt</c> is when, the deciders are who presided.</summary>
/// <param name="HearingId">The one that was scheduled; null when none was, and this entry's id names it.</param>
/// <param name="Presence">How the participant was there.</param>
public sealed record StatusHearingHeld(Guid? HearingId, HearingKind Kind, HearingPresence Presence) : ParticipationEvent
{
    internal override string Said() => $"{HearingId} {(HearingId is null ? Kind : null)} {Presence} {File} {string.Join(',', DecidedBy)}";
}

/// <summary>It was put off to another time.</summary>
/// <param name="ScheduledAt">UTC; ahead of when it was set.</param>
/// <param name="ReasonCode">A code in kebab-case.</param>
public sealed record StatusHearingContinued(Guid HearingId, DateTimeOffset ScheduledAt, string ReasonCode) : ParticipationEvent;

/// <summary>The participant did not come.</summary>
/// <param name="Excused">Whether the court accepted why; the words say it.</param>
public sealed record StatusHearingMissed(Guid HearingId, bool Excused) : ParticipationEvent;

/// <summary>The team met about the participant before a hearing. Always confidential.</summary>
/// <param name="Attendees">Staff ids of who was there.</param>
/// <param name="HearingId">The hearing it prepared; null for none.</param>
public sealed record StaffingHeld(IReadOnlyList<string> Attendees, Guid? HearingId) : ParticipationEvent
{
    internal override string Said() => $"{string.Join(',', Attendees)} {HearingId} {File} {string.Join(',', DecidedBy)}";
}

/// <summary>What the court did, for the open file.</summary>
/// <param name="Action">A code in kebab-case, such as <c>order-entered</c>.</param>
/// <param name="HearingId">The hearing in which it was done; null for none.</param>
public sealed record JudicialActionRecorded(string Action, Guid? HearingId) : ParticipationEvent;

/// <summary>The court ordered something of the participant; its entry id names it from then on. The words are its terms.</summary>
/// <param name="Kind">One of the court's codes.</param>
/// <param name="DueOn">Local date by which it is to be met; null for one that lasts.</param>
public sealed record ConditionOrdered(string Kind, DateOnly? DueOn) : ParticipationEvent;

/// <summary>Other terms or another date; the words say what and why.</summary>
public sealed record ConditionAmended(Guid ConditionId, DateOnly? DueOn) : ParticipationEvent;

public sealed record ConditionSatisfied(Guid ConditionId) : ParticipationEvent;

/// <summary>It was violated; it stands nevertheless. The words say how.</summary>
public sealed record ConditionViolated(Guid ConditionId) : ParticipationEvent;

/// <summary>The court takes it back; the words say why.</summary>
public sealed record ConditionLifted(Guid ConditionId) : ParticipationEvent;

/// <summary>The court orders the participant to be brought before it; its entry id names it from then on.</summary>
/// <param name="ReasonCode">A code in kebab-case, such as <c>failure-to-appear</c>.</param>
public sealed record WarrantIssued(string ReasonCode) : ParticipationEvent;

public sealed record WarrantQuashed(Guid WarrantId) : ParticipationEvent;

public enum HearingKind
{
    Status,
    Admission,

    /// <summary>About a sanction, before it is served.</summary>
    Sanction,
    Termination,
    Graduation,
}

/// <summary>How a participant took part in a hearing.</summary>
public enum HearingPresence
{
    InPerson,
    Video,
    Phone,

    /// <summary>Not there, and need not be.</summary>
    ThroughCounsel,
}
