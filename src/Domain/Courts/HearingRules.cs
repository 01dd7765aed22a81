namespace CaseFlow.Domain.Courts;

/// <summary>Hearings, staffings, and what the court does in them.</summary>
internal static class HearingRules
{
    /// <summary>One hearing may be held so long before its time: it was moved within the day, and nobody wrote that down.</summary>
    private static readonly TimeSpan Earlier = TimeSpan.FromDays(1);

    public static Rejection? Check(StatusHearingScheduled fact, ParticipationState state, CourtQuestion asked) => CheckAhead(fact.ScheduledAt, asked);

    /// <summary>The one that was scheduled, or one that was not: then its kind is said here.</summary>
    public static Decision<ParticipationEvent> Complete(StatusHearingHeld fact, ParticipationState state, CourtQuestion asked)
    {
        if (fact.HearingId is not { } hearingId)
            return fact;
        if (Scheduled(hearingId, state) is not { } hearing)
            return ParticipationRejections.HearingUnknown();
        return asked.When.Latest + Earlier < hearing.At ? ParticipationRejections.HearingStillAhead() : fact with { Kind = hearing.Kind };
    }

    public static Rejection? Check(StatusHearingContinued fact, ParticipationState state, CourtQuestion asked) =>
        Scheduled(fact.HearingId, state) is null ? ParticipationRejections.HearingUnknown() : CheckAhead(fact.ScheduledAt, asked);

    public static Rejection? Check(StatusHearingMissed fact, ParticipationState state, CourtQuestion asked) => Scheduled(fact.HearingId, state) switch
    {
        null => ParticipationRejections.HearingUnknown(),
        { } hearing when asked.When.IsBefore(hearing.At) => ParticipationRejections.HearingStillAhead(),
        _ => null,
    };

    public static Rejection? Check(StaffingHeld fact, ParticipationState state, CourtQuestion asked)
    {
        if (fact.Attendees.Count == 0)
            return ParticipationRejections.NobodyAttended();
        if (fact.Attendees.FirstOrDefault(id => !asked.Holds(id, _ => true)) is { } unknown)
            return ParticipationRejections.DeciderUnknown(unknown) with { Field = "attendees" };
        return CheckExists(fact.HearingId, state);
    }

    public static Rejection? Check(JudicialActionRecorded fact, ParticipationState state, CourtQuestion asked) => CheckExists(fact.HearingId, state);

    /// <returns>Whether that hearing was held.</returns>
    public static bool IsHeld(Guid? hearingId, ParticipationState state) =>
        hearingId is { } id && state.Hearings.GetValueOrDefault(id) is { Standing: HearingStanding.Held };

    private static CourtHearing? Scheduled(Guid hearingId, ParticipationState state) =>
        state.Hearings.GetValueOrDefault(hearingId) is { Standing: HearingStanding.Scheduled } hearing ? hearing : null;

    private static Rejection? CheckExists(Guid? hearingId, ParticipationState state) =>
        hearingId is { } id && !state.Hearings.ContainsKey(id) ? ParticipationRejections.HearingUnknown() : null;

    /// <summary>
    /// Ahead of when it was set, which may be told afterwards: a hearing that nobody entered beforehand was set, and held or missed, all the same. Of a time
    /// known to the day nobody knows whether the hearing of that day was set before or after it.
    /// </summary>
    private static Rejection? CheckAhead(DateTimeOffset scheduledAt, CourtQuestion asked) =>
        scheduledAt <= asked.When.OccurredAt ? ParticipationRejections.HearingInThePast() : null;
}
