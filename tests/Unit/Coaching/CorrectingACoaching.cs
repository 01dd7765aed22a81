using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;

namespace CaseFlow.Unit.Coaching;

/// <summary>What was recorded wrongly is corrected or retracted by whoever recorded it, or the lead, and what is right counts (R65).</summary>
public sealed class CorrectingACoaching : CoachingSpec
{
    private static readonly Guid Session = Guid.Parse("0195d6c4-0000-7000-8000-0000000000f1");
    private static readonly Guid Plan = Guid.Parse("0195d6c4-0000-7000-8000-0000000000f2");
    private static readonly Guid Goal = Guid.Parse("0195d6c4-0000-7000-8000-0000000000f3");
    private static readonly Guid Assessment = Guid.Parse("0195d6c4-0000-7000-8000-0000000000f4");
    private static readonly Corrector Recorder = new("coach-1", Leads: false);
    private static readonly Corrector Lead = new("coach-lead-1", Leads: true);
    private static readonly Corrector Stranger = new("coach-2", Leads: false);

    /// <summary>Each fact is an entry of an id of its own.</summary>
    private int entries;

    private static SessionOutcome Attended(int minutes) => new(Attendance.Attended, SessionKind.OneToOne, minutes);

    private CoachingEntry Told(Func<CoachingState, Decision<CoachingEvent>> decide)
    {
        var decision = WhenAsked(decide);
        decision.Rejection.ShouldBeNull();
        return new CoachingEntry(new Guid(++entries, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), decision.Events[0], "coach-1");
    }

    private CoachingEntry GivenHeld() => Told(state => HoldSession.Decide(
        new(In, Session, SessionKind.OneToOne, ContactMode.InPerson, 450, [], Words, When.At(Now.AddHours(-2))), state, Now));

    private CoachingEntry GivenAgreed() => Told(state => ScheduleSession.Decide(new(In, Session, Now.AddDays(1), SessionKind.OneToOne, ContactMode.InPerson), state, Now));

    private Decision<CoachingEvent> Corrected(CoachingEntry? entry, SessionOutcome outcome, When? right = null, Corrector? by = null) =>
        WhenAsked(state => CorrectSession.Decide(new(In, entry, outcome, right, by ?? Recorder, Words), state, Now.AddDays(2)));

    private Decision<CoachingEvent> Retracted(CoachingEntry? entry, Corrector? by = null) =>
        WhenAsked(state => RetractCoachingEntry.Decide(new(In, entry, by ?? Recorder, Words), state, Now.AddDays(2)));

    [Fact]
    public void A_session_gets_its_right_length_and_keeps_its_time()
    {
        GivenCoached();
        var held = GivenHeld();

        var fact = Corrected(held, Attended(45)).Events.Single().ShouldBeOfType<CoachingSessionCorrected>();

        (fact.CorrectedEventId, fact.Corrects, fact.Outcome, fact.CorrectedOccurredAt).ShouldBe((held.EventId, SessionStatement.Held, Attended(45), null));
        (State.Sessions[Session].Minutes, State.Sessions[Session].StartsAt).ShouldBe((45, Now.AddHours(-2)));
        Corrected(held, Attended(45)).ShouldBeAlreadyDone();
        Corrected(held, Attended(50), by: Lead).Events.ShouldHaveSingleItem();
        State.Sessions[Session].Minutes.ShouldBe(50);
    }

    /// <summary>Sent twice it undoes no later one; a reason is not lost behind a success.</summary>
    [Fact]
    public void A_correction_that_is_told_again_is_done_whatever_was_corrected_since()
    {
        GivenCoached();
        var held = GivenHeld();
        var (first, second) = (When.At(Now.AddHours(-1)), When.At(Now.AddHours(1)));
        Corrected(held, Attended(450), first).Events.ShouldHaveSingleItem();
        Corrected(held, Attended(450), second).Events.ShouldHaveSingleItem();

        Corrected(held, Attended(450), first).ShouldBeAlreadyDone();
        State.Sessions[Session].StartsAt.ShouldBe(second.OccurredAt);
        WhenAsked(state => CorrectSession.Decide(new(In, held, Attended(450), first, Stranger, Words), state, Now.AddDays(2))).ShouldBeRefused(CoachingRejections.NotTheRecorder());
        WhenAsked(state => CorrectSession.Decide(new(In, held, Attended(450), second, Recorder, Sealed<string>.Of("Another reason.")), state, Now.AddDays(2)))
            .ShouldBeRefused(RepeatRejections.RecordedDifferently());
    }

    [Fact]
    public void A_session_is_moved_to_when_it_was_and_not_ahead()
    {
        GivenCoached();
        var held = GivenHeld();
        Corrected(held, Attended(450), When.At(Now.AddDays(3))).Rejection!.Code.ShouldBe("known-in-future");
        Corrected(held, Attended(450), When.At(Now.AddDays(-3))).ShouldBeRefused(CoachingRejections.NobodyCoachedThen());

        var fact = Corrected(held, Attended(450), When.At(Now.AddHours(-3))).Events.Single().ShouldBeOfType<CoachingSessionCorrected>();

        (fact.CorrectedOccurredAt, fact.OccurredAt).ShouldBe((Now.AddHours(-3), Now.AddHours(-3)));
        State.Sessions[Session].StartsAt.ShouldBe(Now.AddHours(-3));
        Corrected(held, Attended(450), When.At(Now.AddHours(-3))).ShouldBeAlreadyDone();
    }

    /// <summary>As what was told of a day does, in every view; and a day is another time than its first instant.</summary>
    [Fact]
    public void A_session_that_is_moved_to_a_day_counts_from_the_end_of_it()
    {
        GivenCoached();
        var held = GivenHeld();
        var (start, end) = In.Calendar!.DayOf(Today);
        var day = new When(start, TimePrecision.Day, Now.AddDays(1), end);

        ICorrection moved = Corrected(held, Attended(450), day).Events.Single().ShouldBeOfType<CoachingSessionCorrected>();
        (moved.CorrectedOccurredAt, moved.CorrectedOccurredUntil, moved.CorrectedCountsFrom).ShouldBe((start, end, end));
        Corrected(held, Attended(450), day).ShouldBeAlreadyDone();
        ICorrection shorter = Corrected(held, Attended(45)).Events.Single().ShouldBeOfType<CoachingSessionCorrected>();
        (shorter.CorrectedOccurredUntil, shorter.CorrectedCountsFrom, State.Sessions[Session].StartsUntil).ShouldBe((null, null, end));

        ICorrection exact = Corrected(held, Attended(45), When.At(Now.AddHours(-3))).Events.Single().ShouldBeOfType<CoachingSessionCorrected>();
        (exact.CorrectedCountsFrom, State.Sessions[Session].StartsUntil).ShouldBe((Now.AddHours(-3), null));
    }

    [Fact]
    public void Who_was_said_to_have_come_may_have_missed_it_and_the_other_way_round()
    {
        GivenCoached();
        var held = GivenHeld();
        Corrected(held, new(Attendance.Missed, SessionKind.OneToOne, null)).Events.ShouldHaveSingleItem();
        State.Sessions[Session].Phase.ShouldBe(SessionPhase.Missed);
        WhenAsked(state => ExcuseSession.Decide(new(In, Session, Words), state, Now.AddDays(1))).Events.ShouldHaveSingleItem();
        Corrected(held, Attended(45)).ShouldBeRefused(CoachingRejections.EntryRestedOn());
        Retracted(held).ShouldBeRefused(CoachingRejections.EntryRestedOn());
    }

    [Fact]
    public void A_length_belongs_to_who_came()
    {
        GivenCoached();
        var held = GivenHeld();
        foreach (var unsound in new[] { Attended(0), Attended(721), new(Attendance.Attended, SessionKind.Group, null), new(Attendance.Missed, SessionKind.Group, 45) })
            Corrected(held, unsound).ShouldBeRefused(CoachingRejections.MinutesUnsound(720));
    }

    [Fact]
    public void Only_whoever_recorded_it_or_the_lead_corrects_an_entry_that_there_is()
    {
        GivenCoached();
        var held = GivenHeld();

        Corrected(held, Attended(45), by: Stranger).ShouldBeRefused(CoachingRejections.NotTheRecorder());
        Retracted(held, Stranger).ShouldBeRefused(CoachingRejections.NotTheRecorder());
        Corrected(null, Attended(45), by: Lead).ShouldBeRefused(CoachingRejections.EntryUnknown());
        Retracted(null, Lead).ShouldBeRefused(CoachingRejections.EntryUnknown());
        WhenAsked(state => CorrectAssessment.Decide(new(In, null, 40, null, null, Lead, Words), state, Now)).ShouldBeRefused(CoachingRejections.EntryUnknown());
        Retracted(held, Lead).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_session_that_never_was_is_gone_and_one_that_was_agreed_still_is()
    {
        GivenCoached();
        var held = GivenHeld();
        Retracted(held).Events.Single().ShouldBeOfType<CoachingSessionCorrected>().Outcome.ShouldBeNull();
        State.Sessions.ShouldBeEmpty();
        Retracted(held).ShouldBeAlreadyDone();
        Corrected(held, Attended(45)).ShouldBeRefused(CoachingRejections.EntryRetracted());

        var agreed = GivenAgreed();
        var heldAsAgreed = Told(state => HoldSession.Decide(
            new(In, Session, SessionKind.Group, ContactMode.Video, 60, [], null, When.At(Now.AddDays(1))), state, Now.AddDays(2)));
        Retracted(agreed).ShouldBeRefused(CoachingRejections.EntryRestedOn());
        Retracted(heldAsAgreed).Events.ShouldHaveSingleItem();
        (State.Sessions[Session].Phase, State.Sessions[Session].StartsAt, State.Sessions[Session].Kind).ShouldBe((SessionPhase.Scheduled, Now.AddDays(1), SessionKind.OneToOne));
        Retracted(agreed).Events.ShouldHaveSingleItem();
        State.Sessions.ShouldBeEmpty();
    }

    [Fact]
    public void An_excuse_is_retracted_before_the_miss_and_the_session_can_be_held_then()
    {
        GivenCoached();
        GivenAgreed();
        var missed = Told(state => MissSession.Decide(new(In, Session, false, null), state, Now.AddDays(2)));
        var excused = Told(state => ExcuseSession.Decide(new(In, Session, Words), state, Now.AddDays(2)));
        Retracted(missed).ShouldBeRefused(CoachingRejections.EntryRestedOn());
        Corrected(excused, Attended(45)).ShouldBeRefused(CoachingRejections.EntryNotCorrectable());

        Retracted(excused).Events.Single().ShouldBeOfType<CoachingSessionCorrected>().Corrects.ShouldBe(SessionStatement.Excused);
        State.Sessions[Session].Phase.ShouldBe(SessionPhase.Missed);
        Retracted(missed).Events.ShouldHaveSingleItem();
        State.Sessions[Session].Phase.ShouldBe(SessionPhase.Scheduled);
        Told(state => HoldSession.Decide(new(In, Session, SessionKind.OneToOne, ContactMode.Phone, 20, [], null, When.At(Now.AddDays(1))), state, Now.AddDays(2)));
    }

    /// <summary>What was told may be told again, as it was told first and as is right.</summary>
    [Fact]
    public void A_session_that_was_corrected_is_told_again()
    {
        GivenCoached();
        var held = GivenHeld();
        var told = new HoldSession(In, Session, SessionKind.OneToOne, ContactMode.InPerson, 450, [], Words, When.At(Now.AddHours(-2)));
        Decision<CoachingEvent> Again(HoldSession again) => WhenAsked(state => HoldSession.Decide(again, state, Now));
        Corrected(held, Attended(45), When.At(Now.AddHours(-3))).Events.ShouldHaveSingleItem();

        Again(told).ShouldBeAlreadyDone();
        Again(told with { Minutes = 45, When = When.At(Now.AddHours(-3)) }).ShouldBeAlreadyDone();
        Again(told with { Minutes = 45, When = When.At(Now) }).ShouldBeAlreadyDone();
        Again(told with { Minutes = 45 }).ShouldBeRefused(CoachingRejections.SessionToldDifferently());
        Again(told with { Minutes = 50, When = When.At(Now) }).ShouldBeRefused(CoachingRejections.SessionToldDifferently());
        Again(told with { Content = Sealed<string>.Of("Something else.") }).ShouldBeRefused(CoachingRejections.SessionToldDifferently());
    }

    [Fact]
    public void An_assessment_that_was_corrected_is_told_again()
    {
        GivenCoached();
        var told = new CompleteAssessment(In, Assessment, "barc-10", "2017", 48, null, null, "coach-1", Rules, When.At(Now.AddHours(-2)));
        var assessed = Told(state => CompleteAssessment.Decide(told, state, Now));
        Decision<CoachingEvent> Again(CompleteAssessment again) => WhenAsked(state => CompleteAssessment.Decide(again, state, Now));
        WhenAsked(state => CorrectAssessment.Decide(new(In, assessed, 46, null, null, Recorder, Words), state, Now)).Events.ShouldHaveSingleItem();

        Again(told).ShouldBeAlreadyDone();
        Again(told with { Score = 46 }).ShouldBeAlreadyDone();
        Again(told with { Score = 47 }).ShouldBeRefused(CoachingRejections.AssessmentToldDifferently());
        Again(told with { Score = 46, InstrumentVersion = "2018" }).ShouldBeRefused(CoachingRejections.AssessmentToldDifferently());
        Again(told with { Score = 46, When = When.At(Now.AddHours(-1)) }).ShouldBeRefused(CoachingRejections.AssessmentToldDifferently());
    }

    [Fact]
    public void Answers_that_come_to_the_same_score_are_corrected_too()
    {
        GivenCoached();
        int[] first = [5, 5, 5, 5, 5, 5, 4, 4, 4, 4], right = [4, 5, 5, 5, 5, 5, 5, 4, 4, 4];
        var assessed = Told(state => CompleteAssessment.Decide(new(In, Assessment, "barc-10", "2017", 46, null, first, "coach-1", Rules, When.At(Now.AddHours(-2))), state, Now));
        Decision<CoachingEvent> Right(int score, int[]? answers) =>
            WhenAsked(state => CorrectAssessment.Decide(new(In, assessed, score, null, answers, Recorder, Words), state, Now));

        Right(46, first).ShouldBeAlreadyDone();
        Right(46, null).ShouldBeAlreadyDone();
        Right(46, right).Events.Single().ShouldBeOfType<AssessmentCorrected>().Items!.Plain().ShouldBe("4,5,5,5,5,5,5,4,4,4");
        Right(46, right).ShouldBeAlreadyDone();
        Right(46, first).Events.ShouldHaveSingleItem("it was right after all");
    }

    [Fact]
    public void Told_again_otherwise_is_no_correction()
    {
        GivenCoached();
        GivenHeld();
        WhenAsked(state => HoldSession.Decide(new(In, Session, SessionKind.OneToOne, ContactMode.InPerson, 45, [], Words, When.At(Now)), state, Now))
            .ShouldBeRefused(CoachingRejections.SessionToldDifferently());
        WhenAsked(state => HoldSession.Decide(new(In, Session, SessionKind.OneToOne, ContactMode.InPerson, 450, [], null, When.At(Now)), state, Now)).ShouldBeAlreadyDone();

        var other = Guid.Parse("0195d6c4-0000-7000-8000-0000000000f9");
        WhenAsked(state => ScheduleSession.Decide(new(In, other, Now.AddDays(1), SessionKind.Group, ContactMode.InPerson), state, Now));
        WhenAsked(state => MissSession.Decide(new(In, other, false, null), state, Now.AddDays(2))).Events.ShouldHaveSingleItem();
        WhenAsked(state => MissSession.Decide(new(In, other, true, Words), state, Now.AddDays(2))).ShouldBeRefused(CoachingRejections.SessionToldDifferently());
        WhenAsked(state => ExcuseSession.Decide(new(In, other, Words), state, Now.AddDays(2)));
        WhenAsked(state => MissSession.Decide(new(In, other, false, null), state, Now.AddDays(2))).ShouldBeAlreadyDone();
    }

    [Fact]
    public void An_assessment_gets_its_right_score_and_band_or_is_none()
    {
        GivenCoached();
        CompleteAssessment Complete(int score) => new(In, Assessment, "barc-10", "2017", score, null, null, "coach-1", Rules, When.At(Now));
        var assessed = Told(state => CompleteAssessment.Decide(Complete(48), state, Now));
        Decision<CoachingEvent> Right(int score, string? band = null, int[]? answers = null, Corrector? by = null) =>
            WhenAsked(state => CorrectAssessment.Decide(new(In, assessed, score, band, answers, by ?? Recorder, Words), state, Now));
        WhenAsked(state => CompleteAssessment.Decide(Complete(47), state, Now)).ShouldBeRefused(CoachingRejections.AssessmentToldDifferently());
        WhenAsked(state => CompleteAssessment.Decide(Complete(48), state, Now)).ShouldBeAlreadyDone();

        Right(61).ShouldBeRefused(CoachingRejections.ScoreOutOfRange(10, 60));
        Right(46, "remission-likely").ShouldBeRefused(CoachingRejections.BandContradicts());
        Right(46, answers: [5, 5, 5, 5, 5, 5, 4, 4, 4, 5]).ShouldBeRefused(CoachingRejections.TotalWrong(47));
        Right(46, by: Stranger).ShouldBeRefused(CoachingRejections.NotTheRecorder());
        Right(48).ShouldBeAlreadyDone();
        var fact = Right(46).Events.Single().ShouldBeOfType<AssessmentCorrected>();
        (fact.Score, fact.Band).ShouldBe((46, "below-cut-off"));
        State.Assessments[Assessment].Score.ShouldBe(46);

        Retracted(assessed).Events.Single().ShouldBeOfType<AssessmentCorrected>().Score.ShouldBeNull();
        State.Assessments.ShouldBeEmpty();
        Right(46).ShouldBeRefused(CoachingRejections.EntryRetracted());
        Corrected(assessed, Attended(45)).ShouldBeRefused(CoachingRejections.EntryNotCorrectable());
        Told(state => CompleteAssessment.Decide(Complete(40), state, Now));
    }

    [Fact]
    public void Of_a_plan_what_was_said_is_retracted_and_the_plan_itself_is_not()
    {
        GivenCoached();
        var created = Told(state => CreatePlan.Decide(new(In, Plan, Words, Today.AddDays(90), Today), state, Now));
        var goal = Told(state => SetGoal.Decide(new(In, Plan, Goal, "housing", Words, null), state, Now));
        var signed = Told(state => SignPlan.Decide(new(In, Plan, SessionParty.Client, When.At(Now)), state, Now));
        var progress = Told(state => MoveGoal.Decide(new(In, Goal, GoalPhase.Open, Words, When.At(Now)), state, Now));
        var achieved = Told(state => MoveGoal.Decide(new(In, Goal, GoalPhase.Achieved, null, When.At(Now)), state, Now));
        var reviewed = Told(state => ReviewPlan.Decide(new(In, Plan, Today.AddDays(120), null, Today), state, Now));

        foreach (var (entry, statement) in new[]
        {
            (signed, PlanStatement.Signature), (progress, PlanStatement.Progress), (achieved, PlanStatement.Achieved), (reviewed, PlanStatement.Review),
        })
        {
            Retracted(entry).Events.Single().ShouldBeOfType<RecoveryPlanEntryRetracted>().Retracts.ShouldBe(statement);
            Retracted(entry).ShouldBeAlreadyDone();
        }

        State.Plans[Plan].SignedAt.ShouldBeEmpty();
        State.Goals[Goal].Phase.ShouldBe(GoalPhase.Open);
        Told(state => SignPlan.Decide(new(In, Plan, SessionParty.Client, When.At(Now)), state, Now));
        var abandoned = Told(state => MoveGoal.Decide(new(In, Goal, GoalPhase.Abandoned, null, When.At(Now)), state, Now));
        Retracted(abandoned).Events.ShouldHaveSingleItem();
        State.Goals[Goal].Phase.ShouldBe(GoalPhase.Open);
        foreach (var entry in new[] { created, goal, new CoachingEntry(Guid.NewGuid(), Fact((p, c) => new CoachingEnded(CoachingEndReason.Moved) { ParticipationId = p, ClientId = c }), "coach-1") })
            Retracted(entry).ShouldBeRefused(CoachingRejections.EntryNotCorrectable());
    }

    [Fact]
    public void A_mistake_is_corrected_also_once_the_coaching_is_over()
    {
        GivenCoached();
        var held = GivenHeld();
        WhenAsked(state => EndCoaching.Decide(new(In, CoachingEndReason.Completed, When.At(Now)), state, Now));

        Corrected(held, Attended(45)).Events.ShouldHaveSingleItem();
        Retracted(held).Events.ShouldHaveSingleItem();
    }
}
