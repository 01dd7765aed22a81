namespace CaseFlow.Domain.Disclosures;

// Storage format: renaming a type or a member here breaks every notice already recorded.

/// <summary>
/// A notice about an opening in an emergency, to the privacy officer. Streams of their own. It names nobody and decides nothing: which reviews are due
/// is computed whenever somebody asks; these say only that somebody was told.
/// </summary>
public abstract record EmergencyNoticeEvent : DomainEvent
{
    public required Guid EmergencyAccessId { get; init; }
}

/// <summary>An opening was not reviewed by its due time.</summary>
/// <param name="DueAt">UTC: the policy's days after it was opened.</param>
public sealed record EmergencyReviewOverdue(DateTimeOffset DueAt) : EmergencyNoticeEvent;

/// <summary>When the review of an opening is to be looked for.</summary>
/// <param name="DueAt">UTC.</param>
public sealed record EmergencyTimer(Guid EmergencyAccessId, DateTimeOffset DueAt);

/// <summary>
/// The process that reminds of reviews. Pure: facts in, timers out; a timer that fires becomes one notice, and only if nobody has reviewed the opening
/// by then.
/// </summary>
public static class EmergencyNotices
{
    /// <returns>The timer that a fact sets; null for none.</returns>
    public static EmergencyTimer? On(DomainEvent fact) => fact is EmergencyAccessUsed e ? new EmergencyTimer(e.EmergencyAccessId, e.ReviewDueAt) : null;

    /// <summary>The stream that can hold this notice only once.</summary>
    public static Guid StreamOf(EmergencyTimer timer) => StreamIds.Notice(timer.EmergencyAccessId, "emergency-review", timer.DueAt);

    /// <returns>The notice, or null when the opening no longer calls for it.</returns>
    public static EmergencyReviewOverdue? Fire(EmergencyTimer timer, EmergencyAccessState state, DateTimeOffset now) =>
        state.Find(timer.EmergencyAccessId) is { Reviewed: null } && timer.DueAt <= now
            ? new EmergencyReviewOverdue(timer.DueAt) { EmergencyAccessId = timer.EmergencyAccessId }.At(now)
            : null;
}
