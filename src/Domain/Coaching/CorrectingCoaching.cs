namespace CaseFlow.Domain.Coaching;

/// <summary>An entry of a coaching, as the record has it.</summary>
/// <param name="EventId">Its id.</param>
/// <param name="Fact">What it says.</param>
/// <param name="RecordedBy">Staff id of who recorded it.</param>
public sealed record CoachingEntry(Guid EventId, CoachingEvent Fact, string? RecordedBy);

/// <summary>
/// What was recorded never happened: it counts no more and stays in the record with the reason (R65). Also once the coaching, or the
/// participation, is over: a mistake is no less one for it. Who coaches, plans and goals themselves are changed by what follows on them.
/// </summary>
/// <param name="Entry">The entry; null when the coaching has none of that id.</param>
public sealed record RetractCoachingEntry(CoachedIn In, CoachingEntry? Entry, Corrector By, Sealed<string> Reason)
{
    public static Decision<CoachingEvent> Decide(RetractCoachingEntry command, CoachingState state, DateTimeOffset now)
    {
        if (CorrectedEntries.Check(command.Entry, command.By) is { } rejection)
            return rejection;
        var (eventId, fact, _) = command.Entry!;
        if (state.StruckOut.Contains(eventId))
            return Decision<CoachingEvent>.AlreadyDoneIf<CoachingEvent>(fact => RetractedWith(fact, eventId) is not null, (fact, same) => same(command.Reason, RetractedWith(fact, eventId)));
        if (fact is CoachingSessionScheduled or CoachingSessionHeld or CoachingSessionMissed && RestsOn(state, fact))
            return CoachingRejections.EntryRestedOn();
        var (participationId, clientId) = command.In;
        CoachingEvent? correction = fact switch
        {
            CoachingSessionScheduled or CoachingSessionHeld or CoachingSessionMissed or CoachingSessionExcused => new CoachingSessionCorrected(
                CorrectedEntries.SessionOf(fact), CorrectedEntries.StatementOf(fact), null)
            { ParticipationId = participationId, ClientId = clientId, CorrectedEventId = eventId, Reason = command.Reason },
            AssessmentCompleted e => new AssessmentCorrected(e.AssessmentId, null, null, null)
            { ParticipationId = participationId, ClientId = clientId, CorrectedEventId = eventId, Reason = command.Reason },
            _ when OfPlan(fact) is var (statement, subjectId, signedBy) => new RecoveryPlanEntryRetracted(statement, subjectId, signedBy)
            { ParticipationId = participationId, ClientId = clientId, CorrectedEventId = eventId, Reason = command.Reason },
            _ => null,
        };
        return correction is null ? CoachingRejections.EntryNotCorrectable() : correction.At(now);
    }

    private static Sealed<string>? RetractedWith(CoachingEvent fact, Guid eventId) => fact switch
    {
        CoachingSessionCorrected { Outcome: null } e when e.CorrectedEventId == eventId => e.Reason,
        AssessmentCorrected { Score: null } e when e.CorrectedEventId == eventId => e.Reason,
        RecoveryPlanEntryRetracted e when e.CorrectedEventId == eventId => e.Reason,
        _ => null,
    };

    private static (PlanStatement Statement, Guid SubjectId, SessionParty? SignedBy)? OfPlan(CoachingEvent fact) => fact switch
    {
        RecoveryPlanReviewed e => (PlanStatement.Review, e.PlanId, null),
        RecoveryPlanSigned e => (PlanStatement.Signature, e.PlanId, e.SignedBy),
        GoalProgressRecorded e => (PlanStatement.Progress, e.GoalId, null),
        GoalAchieved e => (PlanStatement.Achieved, e.GoalId, null),
        GoalAbandoned e => (PlanStatement.Abandoned, e.GoalId, null),
        _ => null,
    };

    /// <summary>What came of a session goes before what was agreed, and a later excuse before the miss.</summary>
    private static bool RestsOn(CoachingState state, CoachingEvent fact)
    {
        var session = state.Sessions[CorrectedEntries.SessionOf(fact)];
        return fact is CoachingSessionScheduled ? session.Told is not null : session.ExcusedLater;
    }
}

/// <summary>A session that was held or missed was another than recorded: held or not, of another kind, length or time (R65).</summary>
/// <param name="Right">When it was; null when the time was right.</param>
public sealed record CorrectSession(CoachedIn In, CoachingEntry? Entry, SessionOutcome Outcome, When? Right, Corrector By, Sealed<string> Reason)
{
    /// <summary>Who held it; null where that is right, or follows from when it was.</summary>
    public string? CoachId { get; init; }

    /// <summary>Whether that coach was certified then (R50).</summary>
    public bool CoachCertified { get; init; }

    /// <summary>With the time that it was told with, it is told already, whatever was corrected since; without one it may be so again.</summary>
    public static Decision<CoachingEvent> Decide(CorrectSession command, CoachingState state, DateTimeOffset now) =>
        command.Right is { } right && CorrectedEntries.Check(command.Entry, command.By) is null
        ? DecideAnew(command, state, now).UnlessTold<CoachingSessionCorrected>(right, now, (fact, same) => Says(command, state, fact, same))
        : DecideAnew(command, state, now);

    /// <summary>What named no coach says that whoever held it on record was right.</summary>
    private static bool Says(CorrectSession command, CoachingState state, CoachingSessionCorrected fact, SameWords same) => fact.CorrectedEventId == command.Entry?.EventId
        && fact.Outcome == command.Outcome && same(command.Reason, fact.Reason)
        && (command.CoachId is null || command.CoachId == (fact.CoachId ?? state.HeldBy.GetValueOrDefault(CorrectedEntries.SessionOf(command.Entry!.Fact))));

    private static Decision<CoachingEvent> DecideAnew(CorrectSession command, CoachingState state, DateTimeOffset now)
    {
        if (CorrectedEntries.Check(command.Entry, command.By) is { } rejection)
            return rejection;
        var (eventId, fact, _) = command.Entry!;
        if (fact is not (CoachingSessionHeld or CoachingSessionMissed))
            return CoachingRejections.EntryNotCorrectable();
        if (state.StruckOut.Contains(eventId))
            return CoachingRejections.EntryRetracted();
        var session = state.Sessions[CorrectedEntries.SessionOf(fact)];
        if (session.ExcusedLater)
            return CoachingRejections.EntryRestedOn();
        var outcome = command.Outcome;
        if (outcome.Attended == Attendance.Attended ? outcome.Minutes is null or < 1 or > HoldSession.MostMinutes : outcome.Minutes is not null)
            return CoachingRejections.MinutesUnsound(HoldSession.MostMinutes);
        if (command.Right?.Check(now) is { } wrongTime)
            return wrongTime;
        if (command.Right is { } stated && state.CoachAt(stated, command.In.Calendar) is null)
            return CoachingRejections.NobodyCoachedThen();
        var moved = command.Right is { } right && (right.OccurredAt, right.OccurredUntil) != (session.StartsAt, session.StartsUntil) ? right.OccurredAt : (DateTimeOffset?)null;
        if (CheckCoach(command, state, session.StartsAt, now) is { } notThem)
            return notThem;
        var coach = CoachOf(command, state, session, moved, now);
        if (moved is null && session.Outcome == outcome && coach is null)
        {
            return Decision<CoachingEvent>.AlreadyDoneIf<CoachingSessionCorrected>(
                corrected => corrected.CorrectedEventId == eventId, (corrected, same) => command.Right?.Says(corrected, now) is not false && Says(command, state, corrected, same));
        }

        if (CheckSaid(command.In, outcome.Attended, session.Outcome?.Attended, moved, session.StartsAt) is { } notThen)
            return notThen;
        return new CoachingSessionCorrected(session.SessionId, CorrectedEntries.StatementOf(fact), outcome)
        {
            ParticipationId = command.In.ParticipationId,
            ClientId = command.In.ClientId,
            CorrectedEventId = eventId,
            CorrectedOccurredAt = moved,
            CoachId = coach,
            Reason = command.Reason,
        }.At(command.Right ?? When.At(now));
    }

    /// <summary>Who is named had the coaching then, and was certified (R50); nobody held what was missed.</summary>
    private static Rejection? CheckCoach(CorrectSession command, CoachingState state, DateTimeOffset startsAt, DateTimeOffset now) => command.CoachId switch
    {
        null => null,
        _ when command.Outcome.Attended != Attendance.Attended => CoachingRejections.NobodyHeldIt(),
        { } coachId when !state.CoachedThen(coachId, Of(command, startsAt, now), command.In.Calendar) => CoachingRejections.AnotherCoachThen(),
        _ => command.CoachCertified ? null : CoachingRejections.CoachNotCertifiedThen(),
    };

    /// <returns>Who held it, where that is not what is on record: who is named, and of another time than recorded whoever coached then.</returns>
    private static string? CoachOf(CorrectSession command, CoachingState state, CoachingSession session, DateTimeOffset? moved, DateTimeOffset now)
    {
        var recorded = session.Phase == SessionPhase.Held ? state.HeldBy.GetValueOrDefault(session.SessionId) : null;
        if (command.Outcome.Attended != Attendance.Attended)
            return null;
        var then = Of(command, session.StartsAt, now);
        var stays = recorded is not null && (moved is null || state.CoachedThen(recorded, then, command.In.Calendar));
        var coach = command.CoachId ?? (stays ? recorded : state.CoachAt(then, command.In.Calendar));
        return coach == recorded ? null : coach;
    }

    private static When Of(CorrectSession command, DateTimeOffset startsAt, DateTimeOffset now) => command.Right ?? new When(startsAt, TimePrecision.Exact, now);

    /// <summary>What is said anew, that the client came or did not, or when, is held to what is asked of who says it first; a length or a kind is not.</summary>
    private static Rejection? CheckSaid(CoachedIn coached, Attendance now, Attendance? before, DateTimeOffset? moved, DateTimeOffset startsAt)
    {
        if (moved is null && now == before)
            return null;
        var at = moved ?? startsAt;
        var dead = now switch
        {
            Attendance.Attended => coached.Death?.CheckDone(at),
            Attendance.Missed => coached.Death?.CheckAwaited(at),
            _ => null,
        };
        return dead ?? coached.CheckOrder(at);
    }
}

/// <summary>An instrument came to another score than recorded, or by other answers (R65).</summary>
/// <param name="Band">Named by who assessed, where the instrument has no bands here.</param>
/// <param name="Answers">The single answers; null for none.</param>
public sealed record CorrectAssessment(
    CoachedIn In, CoachingEntry? Entry, int Score, string? Band, IReadOnlyList<int>? Answers, Corrector By, Sealed<string> Reason)
{
    public static Decision<CoachingEvent> Decide(CorrectAssessment command, CoachingState state, DateTimeOffset now)
    {
        if (CorrectedEntries.Check(command.Entry, command.By) is { } rejection)
            return rejection;
        var (eventId, fact, _) = command.Entry!;
        if (fact is not AssessmentCompleted assessed)
            return CoachingRejections.EntryNotCorrectable();
        if (state.StruckOut.Contains(eventId))
            return CoachingRejections.EntryRetracted();
        // What was measured with it stays so, also where the court uses the instrument no more.
        var instrument = Instrument.Find(assessed.Instrument)!;
        if (instrument.Check(command.Score, command.Band, command.Answers) is { } unsound)
            return unsound;
        var band = instrument.BandOf(command.Score) ?? command.Band;
        var items = CompleteAssessment.Kept(command.Answers);
        Decision<CoachingEvent> corrected = new AssessmentCorrected(assessed.AssessmentId, command.Score, band, items)
        {
            ParticipationId = command.In.ParticipationId,
            ClientId = command.In.ClientId,
            CorrectedEventId = eventId,
            Reason = command.Reason,
        }.At(now);
        // Answers are sealed: other ones may come to the same score.
        return corrected.UnlessItStands<CoachingEvent>(fact => CompleteAssessment.IsOf(fact, assessed.AssessmentId), (fact, same) => fact switch
        {
            AssessmentCompleted e => (e.Score, e.Band) == (command.Score, band) && same(items, e.Items),
            AssessmentCorrected e => (e.Score, e.Band) == (command.Score, band) && same(items, e.Items),
            _ => false,
        });
    }
}

internal static class CorrectedEntries
{
    public static Rejection? Check(CoachingEntry? entry, Corrector by) =>
        entry is null ? CoachingRejections.EntryUnknown() : by.MayCorrect(entry.RecordedBy) ? null : CoachingRejections.NotTheRecorder();

    public static Guid SessionOf(CoachingEvent fact) =>
        CoachingSession.IdIn(fact) ?? throw new System.Diagnostics.UnreachableException($"{fact.GetType().Name} is about no session.");

    public static SessionStatement StatementOf(CoachingEvent fact) => fact switch
    {
        CoachingSessionScheduled => SessionStatement.Agreed,
        CoachingSessionHeld => SessionStatement.Held,
        CoachingSessionMissed => SessionStatement.Missed,
        _ => SessionStatement.Excused,
    };
}
