using System.Diagnostics;
using CaseFlow.Domain.Referrals;

namespace CaseFlow.Domain.Overdoses;

/// <summary>
/// The process that tells people in time: a reminder before due, a notice when overdue (R1), a notice when a sent referral is
/// not acknowledged in time and grace (R7). Pure: facts in, timers out; a timer that fires becomes at most one notice, and
/// only if the record still calls for it then.
/// </summary>
public static class DutyNotices
{
    /// <returns>What the fact does to the timers, in order.</returns>
    public static IReadOnlyList<TimerChange> On(DomainEvent fact) => fact switch
    {
        ReferralDutyTriggered e => ForDuty(e.DutyId, e.ClientId, e.RemindAt, e.DueAt),
        ReferralDutyDueMoved e => ForDuty(e.DutyId, e.ClientId, e.RemindAt, e.DueAt),
        ReferralDutyDischarged e => CancelDuty(e.DutyId),
        ReferralDutyImpossibilityRecorded e => CancelDuty(e.DutyId),
        ReferralDutyClosedUnsupervised e => CancelDuty(e.DutyId),
        ReferralDutyReturned { ReopenedDueAt: { } dueAt } e =>
        [
            new SetTimer(new NoticeTimer(NoticeKind.Overdue, e.DutyId, e.ClientId, e.DutyId, dueAt), dueAt),
        ],
        ReferralSent e =>
        [
            new SetTimer(new NoticeTimer(NoticeKind.Unacknowledged, e.ReferralId, e.ClientId, e.DutyId, e.AcknowledgeBy), e.UnacknowledgedNoticeAt),
        ],
        ReferralDeliveryConfirmed e => [new CancelTimer(NoticeKind.Unacknowledged, e.ReferralId)],
        ReferralDeliveryFailed e => [new CancelTimer(NoticeKind.Unacknowledged, e.ReferralId)],
        ReferralWithdrawn e => [new CancelTimer(NoticeKind.Unacknowledged, e.ReferralId)],
        _ => [],
    };

    /// <summary>The stream that can hold this notice only once.</summary>
    public static Guid StreamOf(NoticeTimer timer) => StreamIds.Notice(timer.SubjectId, timer.Kind.ToString(), timer.DueAt);

    /// <returns>The notice about a duty, or null when the record no longer calls for it.</returns>
    public static NoticeEvent? Fire(NoticeTimer timer, DutyState state, DateTimeOffset now)
    {
        if (state.Find(timer.SubjectId) is not { Phase: DutyPhase.Open } duty || duty.DueAt != timer.DueAt)
            return null;

        NoticeEvent notice = timer.Kind switch
        {
            NoticeKind.Reminder => new ReferralDutyReminderSent(duty.AgentId, duty.DueAt) { ClientId = timer.ClientId, DutyId = duty.DutyId },
            NoticeKind.Overdue => new ReferralDutyOverdue(duty.AgentId, duty.DueAt) { ClientId = timer.ClientId, DutyId = duty.DutyId },
            _ => throw new UnreachableException($"{timer.Kind} is no notice about a duty."),
        };
        return notice.At(now);
    }

    /// <summary>
    /// Nobody is reminded to reach a client who has died. That a duty is overdue is still told: it stands until a supervisor exempts it.
    /// </summary>
    public static bool GoesOut(NoticeKind kind, bool clientLives) => clientLives || kind == NoticeKind.Overdue;

    /// <returns>The notice about a referral whose receipt is still not confirmed, as the caller has seen.</returns>
    public static NoticeEvent FireUnacknowledged(NoticeTimer timer, DateTimeOffset now) =>
        new ReferralUnacknowledgedNoticed(timer.SubjectId, timer.DueAt) { ClientId = timer.ClientId, DutyId = timer.DutyId }.At(now);

    private static TimerChange[] ForDuty(Guid dutyId, Guid clientId, DateTimeOffset remindAt, DateTimeOffset dueAt) =>
    [
        new SetTimer(new NoticeTimer(NoticeKind.Reminder, dutyId, clientId, dutyId, dueAt), remindAt),
        new SetTimer(new NoticeTimer(NoticeKind.Overdue, dutyId, clientId, dutyId, dueAt), dueAt),
    ];

    private static TimerChange[] CancelDuty(Guid dutyId) =>
        [new CancelTimer(NoticeKind.Reminder, dutyId), new CancelTimer(NoticeKind.Overdue, dutyId)];
}

public enum NoticeKind
{
    Reminder,
    Overdue,
    Unacknowledged,
}

/// <summary>What a timer is about; one timer per kind and subject, a later one replaces it.</summary>
/// <param name="SubjectId">The duty or referral.</param>
/// <param name="DueAt">The due time the notice speaks of, UTC.</param>
public sealed record NoticeTimer(NoticeKind Kind, Guid SubjectId, Guid ClientId, Guid? DutyId, DateTimeOffset DueAt);

public abstract record TimerChange;

/// <param name="FireAt">UTC.</param>
public sealed record SetTimer(NoticeTimer Timer, DateTimeOffset FireAt) : TimerChange;

public sealed record CancelTimer(NoticeKind Kind, Guid SubjectId) : TimerChange;
