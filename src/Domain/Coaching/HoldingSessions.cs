namespace CaseFlow.Domain.Coaching;

/// <param name="SessionId">Chosen by who schedules it.</param>
public sealed record ScheduleSession(CoachedIn In, Guid SessionId, DateTimeOffset StartsAt, SessionKind Kind, ContactMode Mode)
{
    public static Decision<CoachingEvent> Decide(ScheduleSession command, CoachingState state, DateTimeOffset now)
    {
        if (Sessions.CheckCoached(state) is { } rejection)
            return rejection;
        if (state.Sessions.ContainsKey(command.SessionId))
        {
            return Decision<CoachingEvent>.AlreadyDoneIf<CoachingSessionScheduled>(
                (fact, _) => (fact.SessionId, fact.StartsAt, fact.Kind, fact.Mode) == (command.SessionId, command.StartsAt, command.Kind, command.Mode), CoachingRejections.SessionKnown());
        }

        if (command.In.CheckOrder(command.StartsAt) is { } ended)
            return ended;
        return command.StartsAt < now ? CoachingRejections.SessionInPast() : new CoachingSessionScheduled(command.SessionId, command.StartsAt, command.Kind, command.Mode)
        {
            ParticipationId = command.In.ParticipationId,
            ClientId = command.In.ClientId,
        }.At(now);
    }
}

public sealed record RescheduleSession(CoachedIn In, Guid SessionId, DateTimeOffset StartsAt, SessionParty AskedBy)
{
    public static Decision<CoachingEvent> Decide(RescheduleSession command, CoachingState state, DateTimeOffset now)
    {
        if ((Sessions.CheckCoached(state) ?? Sessions.CheckScheduled(state, command.SessionId)) is { } rejection)
            return rejection;
        if (state.Sessions[command.SessionId].StartsAt == command.StartsAt)
        {
            return Decision<CoachingEvent>.AlreadyDoneIf<CoachingEvent>((fact, _) => fact switch
            {
                CoachingSessionScheduled e => (e.SessionId, e.StartsAt) == (command.SessionId, command.StartsAt),
                CoachingSessionRescheduled e => (e.SessionId, e.StartsAt, e.AskedBy) == (command.SessionId, command.StartsAt, command.AskedBy),
                _ => false,
            });
        }

        if (command.In.CheckOrder(command.StartsAt) is { } ended)
            return ended;
        return command.StartsAt < now ? CoachingRejections.SessionInPast() : new CoachingSessionRescheduled(command.SessionId, command.StartsAt, command.AskedBy)
        {
            ParticipationId = command.In.ParticipationId,
            ClientId = command.In.ClientId,
        }.At(now);
    }
}

/// <summary>Coach and client met, as agreed or without.</summary>
/// <param name="PlanItems">Goals worked on.</param>
public sealed record HoldSession(
    CoachedIn In, Guid SessionId, SessionKind Kind, ContactMode Mode, int Minutes, IReadOnlyList<Guid> PlanItems, Sealed<string>? Content, When When)
{
    internal const int MostMinutes = 12 * 60;

    /// <summary>Staff id of the coach who tells it; null for who leads them. Who coaches no more tells what was held while they did, and nothing else.</summary>
    public string? By { get; init; }

    public static Decision<CoachingEvent> Decide(HoldSession command, CoachingState state, DateTimeOffset now)
    {
        if (state.Phase == CoachingPhase.None || !Sessions.MayTell(state, command.By, command.When, command.In))
            return CoachingRejections.NotFound();
        switch (state.Sessions.GetValueOrDefault(command.SessionId))
        {
            case { Phase: SessionPhase.Held } held:
                return state.ToldHeld.TryGetValue(command.SessionId, out var told) && (IsAsTold(command, told, now) || IsRight(command, held, told, now))
                    ? Decision<CoachingEvent>.AlreadyDoneIf<CoachingSessionHeld>((_, same) => same(command.Content, told.Content), CoachingRejections.SessionToldDifferently())
                    : CoachingRejections.SessionToldDifferently();
            case { Phase: SessionPhase.Missed or SessionPhase.Excused }:
                return CoachingRejections.SessionMissed();
        }

        if (command.Minutes is < 1 or > MostMinutes)
            return CoachingRejections.MinutesUnsound(MostMinutes);
        if (command.PlanItems.Any(goalId => !state.Goals.ContainsKey(goalId)))
            return CoachingRejections.GoalUnknown("planItems");
        if ((command.In.Death?.CheckDone(command.When.OccurredAt) ?? command.In.CheckOrder(command.When.OccurredAt)) is { } after)
            return after;
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;
        // Told late it is still the session of whoever coached then, also once nobody does.
        var own = command.By is { } by && state.CoachedThen(by, command.When, command.In.Calendar) ? by : null;
        return (own ?? state.CoachAt(command.When, command.In.Calendar)) is not { } coachId
            ? Sessions.CheckCoached(state) ?? CoachingRejections.NobodyCoachedThen()
            : new CoachingSessionHeld(
                command.SessionId, coachId, command.Kind, command.Mode, command.Minutes, [.. command.PlanItems.Distinct()], command.Content)
            {
                ParticipationId = command.In.ParticipationId,
                ClientId = command.In.ClientId,
            }.At(command.When);
    }

    /// <summary>Told twice it is one session, also after a correction: as it was told first, or as is right (<see cref="IsRight"/>).</summary>
    private static bool IsAsTold(HoldSession command, CoachingSessionHeld told, DateTimeOffset now) =>
        (told.Kind, told.Minutes) == (command.Kind, command.Minutes) && command.When.Says(told, now) && IsRest(command, told);

    /// <summary>A time that was put right is the right one; how they met and what they worked on is never corrected.</summary>
    private static bool IsRight(HoldSession command, CoachingSession held, CoachingSessionHeld told, DateTimeOffset now) =>
        (held.Kind, held.Minutes) == (command.Kind, command.Minutes) && IsRest(command, told)
        && (held.StartsAt == told.OccurredAt ? command.When.Says(told, now) : command.When == Domain.When.At(now) || command.When.OccurredAt == held.StartsAt);

    private static bool IsRest(HoldSession command, CoachingSessionHeld told) => told.Mode == command.Mode && told.PlanItems.ToHashSet().SetEquals(command.PlanItems);
}

/// <summary>The client did not come to a session that was agreed; it happened when the session should have begun.</summary>
public sealed record MissSession(CoachedIn In, Guid SessionId, bool Excused, Sealed<string>? Reason)
{
    /// <summary>Staff id of the coach who tells it; null for who leads them. Who coaches no more tells what was missed while they did, and nothing else.</summary>
    public string? By { get; init; }

    public static Decision<CoachingEvent> Decide(MissSession command, CoachingState state, DateTimeOffset now)
    {
        var known = state.Sessions.GetValueOrDefault(command.SessionId);
        var startsAt = known?.StartsAt ?? now;
        if (state.Phase == CoachingPhase.None || !Sessions.MayTell(state, command.By, new When(startsAt, TimePrecision.Exact, now), command.In))
            return CoachingRejections.NotFound();
        return known switch
        {
            null => Sessions.CheckCoached(state) ?? CoachingRejections.SessionUnknown(),
            { Phase: SessionPhase.Held } => CoachingRejections.SessionHeld(),
            { Phase: SessionPhase.Missed or SessionPhase.Excused } missed =>
                command.Excused == (missed is { Phase: SessionPhase.Excused, ExcusedLater: false })
                    ? Decision<CoachingEvent>.AlreadyDoneIf<CoachingSessionMissed>(
                        (fact, same) => fact.SessionId == command.SessionId && same(command.Reason, fact.Reason), CoachingRejections.SessionToldDifferently())
                    : CoachingRejections.SessionToldDifferently(),
            { } session when command.In.CheckOrder(session.StartsAt) is { } ended => ended,
            { } session when CheckAwaited(command, state, session.StartsAt, now) is { } nobody => nobody,
            { } session when session.StartsAt > now => CoachingRejections.SessionAhead(),
            { } session when !command.Excused && command.In.Death?.CheckAwaited(session.StartsAt) is { } dead => dead,
            _ when command.Excused && command.Reason is null => CoachingRejections.ExcuseMissing(),
            { } session => new CoachingSessionMissed(session.SessionId, session.Kind, command.Excused, command.Reason)
            {
                ParticipationId = command.In.ParticipationId,
                ClientId = command.In.ClientId,
            }.At(new When(session.StartsAt, TimePrecision.Exact, now)),
        };
    }

    /// <summary>Nobody fails to come to a coach who was not there; that nobody was there is an excuse that whoever coaches now may tell.</summary>
    private static Rejection? CheckAwaited(MissSession command, CoachingState state, DateTimeOffset startsAt, DateTimeOffset now) =>
        state.CoachAt(new When(startsAt, TimePrecision.Exact, now), command.In.Calendar) is not null
            ? null
            : Sessions.CheckCoached(state) ?? (command.Excused ? null : CoachingRejections.NobodyCoachedThen());
}

/// <summary>An excuse comes later.</summary>
public sealed record ExcuseSession(CoachedIn In, Guid SessionId, Sealed<string> Reason)
{
    public static Decision<CoachingEvent> Decide(ExcuseSession command, CoachingState state, DateTimeOffset now) =>
        state.Sessions.GetValueOrDefault(command.SessionId)?.Phase switch
        {
            null => CoachingRejections.SessionUnknown(),
            SessionPhase.Excused => Decision<CoachingEvent>.AlreadyDoneIf<CoachingSessionExcused>((fact, same) => fact.SessionId == command.SessionId && same(command.Reason, fact.Reason)),
            SessionPhase.Missed => new CoachingSessionExcused(command.SessionId, command.Reason)
            {
                ParticipationId = command.In.ParticipationId,
                ClientId = command.In.ClientId,
            }.At(now),
            _ => CoachingRejections.NothingToExcuse(),
        };
}

/// <summary>The coach keeps a note of their own, for the supervision of the work alone.</summary>
public sealed record KeepNote(CoachedIn In, string CoachId, Sealed<string> Text)
{
    public static Decision<CoachingEvent> Decide(KeepNote command, CoachingState state, DateTimeOffset now) => state switch
    {
        { Phase: CoachingPhase.None } => CoachingRejections.NotFound(),
        _ when state.CoachId != command.CoachId => CoachingRejections.NotTheCoach(),
        _ => new CoachNoteKept(command.CoachId, command.Text) { ParticipationId = command.In.ParticipationId, ClientId = command.In.ClientId }.At(now),
    };
}

internal static class Sessions
{
    /// <summary>To who coaches no more a coaching does not exist, but for what happened while they did: late it is still theirs to tell.</summary>
    public static bool MayTell(CoachingState state, string? by, When when, CoachedIn coached) =>
        by is null || by == state.CoachId || state.CoachedThen(by, when, coached.Calendar);

    /// <summary>What is agreed, plans and measures belong to a coaching that has a coach.</summary>
    public static Rejection? CheckCoached(CoachingState state) => state.Phase switch
    {
        CoachingPhase.Coached => null,
        CoachingPhase.None => CoachingRejections.NotFound(),
        CoachingPhase.Ended => CoachingRejections.Over(),
        _ => CoachingRejections.NoCoach(),
    };

    public static Rejection? CheckScheduled(CoachingState state, Guid sessionId) => state.Sessions.GetValueOrDefault(sessionId)?.Phase switch
    {
        null => CoachingRejections.SessionUnknown(),
        SessionPhase.Scheduled => null,
        SessionPhase.Held => CoachingRejections.SessionHeld(),
        _ => CoachingRejections.SessionMissed(),
    };
}
