namespace CaseFlow.Domain.Overdoses;

// Storage format: renaming a type or a member here breaks every notice already recorded.

/// <summary>
/// A notice that went out. Streams of their own, so that a reminder never moves the version an agent saw. Due and overdue
/// themselves are computed from <c>dueAt</c>; these say only that somebody was told.
/// </summary>
public abstract record NoticeEvent : DomainEvent, IClientEvent
{
    public required Guid ClientId { get; init; }

    Guid? IClientEvent.ClientId => ClientId;

    /// <summary>The duty it is about; null for a referral without one.</summary>
    public Guid? DutyId { get; init; }
}

/// <summary>The duty is due soon (R1).</summary>
public sealed record ReferralDutyReminderSent(string AgentId, DateTimeOffset DueAt) : NoticeEvent;

/// <summary>The duty passed its due time undischarged (R1).</summary>
public sealed record ReferralDutyOverdue(string AgentId, DateTimeOffset DueAt) : NoticeEvent;

/// <summary>A referral was sent and its receipt never confirmed in time and grace (R7).</summary>
public sealed record ReferralUnacknowledgedNoticed(Guid ReferralId, DateTimeOffset DueAt) : NoticeEvent;
