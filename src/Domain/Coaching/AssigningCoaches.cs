namespace CaseFlow.Domain.Coaching;

/// <summary>A coach takes the client on, who is free for it by the workforce's own rules (R50, R54, R56).</summary>
/// <param name="AgencyId">The provider that assigns.</param>
/// <param name="AboveAdvised">As the workforce decided.</param>
/// <param name="CourtVersion">Version of the court's configuration that it was decided under.</param>
public sealed record AssignCoach(CoachedIn In, string AgencyId, string CoachId, bool AboveAdvised, int CourtVersion)
{
    /// <summary>What the coach must know of the time before; needed where whoever ended that left no note (R24).</summary>
    public Sealed<string>? HandoverNote { get; init; }

    /// <summary>Since when they coach; the moment of the entry unless stated.</summary>
    public When? When { get; init; }

    public static Decision<CoachingEvent> Decide(AssignCoach command, CoachingState state, CoachingOrderState order, DateTimeOffset now)
    {
        if (state.CoachId == command.CoachId)
            return Again(command.CoachId, state, command.HandoverNote, command.When ?? Domain.When.At(now), now);
        if (Check(command.AgencyId, state, order) is { } rejection)
            return rejection;
        var when = command.When ?? Domain.When.At(now);
        if (CheckTime(command.In, when, state, order, now) is { } wrongTime)
            return wrongTime;
        return state.NoteOwed && command.HandoverNote is null
            ? CoachingRejections.HandoverNoteMissing()
            : new CoachAssigned(command.CoachId, command.AgencyId, order.ProgramId, command.AboveAdvised, command.CourtVersion)
            {
                ParticipationId = command.In.ParticipationId,
                ClientId = command.In.ClientId,
                HandoverNote = command.HandoverNote,
            }.At(when);
    }

    /// <summary>Whoever is to coach does so already. A note is in the assignment, or, where a coach left for them, in what was said of that.</summary>
    /// <param name="coachId">Who is to coach.</param>
    /// <param name="state">The coaching.</param>
    /// <param name="handoverNote">What they must know; null for nothing.</param>
    /// <param name="when">Since when.</param>
    /// <param name="now">The moment of asking.</param>
    /// <param name="reason">Why they take over from another; null where they do not.</param>
    public static Decision<CoachingEvent> Again(
        string coachId, CoachingState state, Sealed<string>? handoverNote, When when, DateTimeOffset now, CoachChangeReason? reason = null) => (reason, state.Left) switch
        {
            (not null, not null) when handoverNote is null => CoachingRejections.HandoverNoteMissing(),
            (not null, { } left) => Decision<CoachingEvent>.AlreadyDoneIf<CoachUnassigned>((_, same) => when.Says(left, now) && left.Reason == reason && same(handoverNote, left.HandoverNote)),
            _ => Decision<CoachingEvent>.AlreadyDoneIf<CoachAssigned>((fact, same) => when.Says(fact, now) && fact.CoachId == coachId && same(handoverNote, fact.HandoverNote)),
        };

    /// <summary>A coach begins when the court wanted one, and not before the last one left; both by the day.</summary>
    /// <returns>Why not, or null.</returns>
    public static Rejection? CheckTime(CoachedIn coached, When when, CoachingState state, CoachingOrderState order, DateTimeOffset now) =>
        when.Check(now) is { } wrongTime ? wrongTime
        : coached.IsBeforeDayOf(order.AgreedAt, when) ? CoachingRejections.CoachBeforeOrder()
        : coached.IsBeforeDayOf(state.LastLeftAt, when) ? CoachingRejections.CoachBeforeLastLeft()
        : null;

    /// <summary>Whether there is anything to assign a coach to, before a coach is asked.</summary>
    /// <returns>Why not, or null.</returns>
    public static Rejection? Check(string agencyId, CoachingState state, CoachingOrderState order) => (state, order) switch
    {
        ({ Phase: CoachingPhase.Coached }, _) => CoachingRejections.CoachThere(),
        (_, { Phase: CoachingOrderPhase.Agreed }) when order.ProviderAgencyId == agencyId => null,
        ({ Phase: CoachingPhase.None }, _) => CoachingRejections.NotFound(),
        _ => CoachingRejections.NotAgreed(),
    };
}

/// <summary>The coach hands over; without a note nobody leaves (R24).</summary>
/// <param name="HandoverNote">What the next coach must know; null for nothing.</param>
/// <param name="NextCoachBy">When there is to be a new coach (R24).</param>
/// <param name="CourtVersion">Version of the court's configuration that says so.</param>
public sealed record UnassignCoach(CoachedIn In, CoachChangeReason Reason, Sealed<string>? HandoverNote, DateTimeOffset NextCoachBy, int? CourtVersion = null)
{
    /// <summary>When they left; the moment of the entry unless stated.</summary>
    public When? When { get; init; }

    public static Decision<CoachingEvent> Decide(UnassignCoach command, CoachingState state, DateTimeOffset now) => state switch
    {
        { Phase: CoachingPhase.None } => CoachingRejections.NotFound(),
        { CoachId: null } => Decision<CoachingEvent>.AlreadyDoneIf<CoachUnassigned>(
            (fact, same) => command.When?.Says(fact, now) is not false && fact.Reason == command.Reason && same(command.HandoverNote, fact.HandoverNote)),
        _ when command.When?.Check(now) is { } wrongTime => wrongTime,
        _ when command.When is { } left && CoachedTimes.CheckEnd(command.In, left, state) is { } tooEarly => tooEarly,
        { CoachId: { } coachId } => command.HandoverNote is { } note
            ? new CoachUnassigned(coachId, command.Reason, note, command.NextCoachBy)
            {
                ParticipationId = command.In.ParticipationId,
                ClientId = command.In.ClientId,
                CourtVersion = command.CourtVersion,
            }.At(command.When ?? Domain.When.At(now))
            : CoachingRejections.HandoverNoteMissing(),
    };
}

/// <summary>
/// Nobody stops coaching before they began, which is known to the day because it is written down in the evening, nor before a session that they held or
/// that the client missed with them. Both are told as late as may be: what is held is the order of the times.
/// </summary>
internal static class CoachedTimes
{
    /// <param name="coached">Whose coaching.</param>
    /// <param name="when">When the coach is said to have left, or the coaching to have ended.</param>
    /// <param name="state">The coaching.</param>
    /// <returns>Which entry on record that cannot have come before; null for none.</returns>
    public static Rejection? CheckEnd(CoachedIn coached, When when, CoachingState state) =>
        coached.IsBeforeDayOf(state.Tenure.AssignedAt, when) ? Before("coach assigned", state.Tenure.AssignedAt!.Value)
        : coached.IsBeforeDayOf(state.LastLeftAt, when) ? Before("coach unassigned", state.Tenure.UnassignedAt ?? state.LastLeftAt!.Value)
        : LastSession(coached, when, state) is { } session
            ? Before(session.Phase == SessionPhase.Held ? "coaching session held" : "coaching session missed", session.StartsAt)
        : null;

    /// <param name="entry">The entry on record, in words.</param>
    /// <param name="at">When it happened.</param>
    public static Rejection Before(string entry, DateTimeOffset at) => TimeRejections.BeforeWhatItFollows($"{entry}, {at:u}");

    /// <summary>A session that is excused may be so because nobody was there any more.</summary>
    private static CoachingSession? LastSession(CoachedIn coached, When when, CoachingState state) => state.CoachId is not { } coachId
        ? null
        : state.Sessions.Values.Where(session => when.IsBefore(session.StartsAt) && session.Phase switch
        {
            SessionPhase.Held => state.HeldBy.GetValueOrDefault(session.SessionId) == coachId,
            SessionPhase.Missed => state.CoachAt(new When(session.StartsAt, TimePrecision.Exact, session.StartsAt), coached.Calendar) == coachId,
            _ => false,
        }).MaxBy(session => session.StartsAt);
}

/// <summary>The new coach has read what the one before left.</summary>
public sealed record CompleteHandover(CoachedIn In, string CoachId)
{
    public static Decision<CoachingEvent> Decide(CompleteHandover command, CoachingState state, DateTimeOffset now) => state switch
    {
        { Phase: CoachingPhase.None } => CoachingRejections.NotFound(),
        _ when state.CoachId != command.CoachId => CoachingRejections.NotTheCoach(),
        { HandoverOpen: false } => Decision<CoachingEvent>.AlreadyDone,
        _ => new HandoverCompleted(command.CoachId) { ParticipationId = command.In.ParticipationId, ClientId = command.In.ClientId }.At(now),
    };
}

/// <summary>The provider's coaching is over. While the court's order stands, that leaves somebody without a coach (R24).</summary>
public sealed record EndCoaching(CoachedIn In, CoachingEndReason Reason, When When)
{
    /// <summary>What a next coach must know; null for nothing.</summary>
    public Sealed<string>? HandoverNote { get; init; }

    /// <summary>What the note of an end that was told before says, opened; null where there is none, and where nobody can open it any more.</summary>
    public string? OnRecord { get; init; }

    /// <summary>When there is to be a next coach; null where there is to be none.</summary>
    public DateTimeOffset? NextCoachBy { get; init; }

    /// <summary>Version of the court's configuration that says so; null where nothing does.</summary>
    public int? CourtVersion { get; init; }

    /// <summary>
    /// What a court ordered is not over because the provider ends it, unless the client has died. Whoever accepted an offer is free to end it; an end
    /// that claims what is not so ends nothing.
    /// </summary>
    /// <param name="reason">Why it ends.</param>
    /// <param name="agencyId">Whose coaching.</param>
    /// <param name="order">What the court orders or offered.</param>
    /// <param name="on">Local day.</param>
    /// <returns>Whether there is to be a next coach.</returns>
    public static bool WantsNext(CoachingEndReason reason, string agencyId, CoachingOrderState order, DateOnly on) => order.Stands(agencyId, on) && reason switch
    {
        CoachingEndReason.Deceased => false,
        CoachingEndReason.Completed or CoachingEndReason.Declined or CoachingEndReason.NoContact or CoachingEndReason.Moved => order.Order is not null,
        _ => true,
    };

    public static Decision<CoachingEvent> Decide(EndCoaching command, CoachingState state, DateTimeOffset now)
    {
        switch (state.Phase)
        {
            case CoachingPhase.None:
                return CoachingRejections.NotFound();
            case CoachingPhase.Ended:
                // A note is told with the end or not at all: one that comes later is refused, never dropped.
                return command.HandoverNote is null || (state.NoteLeft && Plans.SaySame(command.OnRecord, command.HandoverNote))
                    ? Decision<CoachingEvent>.AlreadyDoneIf<CoachingEnded>((fact, _) => command.When.Says(fact, now) && fact.Reason == command.Reason)
                    : CoachingRejections.NoteAfterTheEnd();
        }

        if ((command.When.Check(now) ?? CoachedTimes.CheckEnd(command.In, command.When, state)) is { } wrongTime)
            return wrongTime;
        if (command.When.IsBefore(state.ContinuedAt))
            return CoachedTimes.Before("coaching continued", state.ContinuedAt.Value);
        // A time that runs since the coach left is not begun again by the end.
        var runs = command.NextCoachBy is not null && state.Tenure.NextCoachBy is not null;
        return new CoachingEnded(command.Reason)
        {
            ParticipationId = command.In.ParticipationId,
            ClientId = command.In.ClientId,
            HandoverNote = command.HandoverNote,
            NextCoachBy = runs ? state.Tenure.NextCoachBy : command.NextCoachBy,
            CourtVersion = runs ? state.Tenure.NextCoachByVersion : command.NextCoachBy is null ? null : command.CourtVersion,
        }.At(command.When);
    }
}
