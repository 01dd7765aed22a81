using CaseFlow.Domain;
using CaseFlow.Domain.Courts;

namespace CaseFlow.Unit.Courts;

/// <summary>However late it is told: nothing happened before what it follows on.</summary>
public sealed class KeepingTimesInOrder : ParticipationSpec
{
    private static readonly Sealed<string> Reference = Sealed<string>.Of("Page 4.");

    [Fact]
    public void Eligibility_follows_its_screenings_and_admission_the_eligibility()
    {
        GivenReferred();
        DaysPass(20);
        foreach (var kind in Enum.GetValues<ScreeningKind>())
            Recorded(Screening(kind), at: Ago(10 - (int)kind));
        Refused(new EligibilityDetermined(true, "eligible"), 9, "eligibility screened", 8);
        Refused(new EligibilityDetermined(false, "out-of-area"), 15, "eligibility screened", 8);
        Recorded(new EligibilityDetermined(true, "eligible"), at: Ago(8));
        Refused(Admission, 9, "eligibility determined", 8);
        Refused(new ParticipantDeclinedProgram("not-interested"), 9, "eligibility determined", 8);
        Recorded(Admission, at: Ago(8));
    }

    [Fact]
    public void A_screening_in_the_place_of_a_retracted_one_is_of_before_the_decision_also_before_the_admission()
    {
        GivenReferred();
        DaysPass(20);
        foreach (var kind in Enum.GetValues<ScreeningKind>())
            Recorded(Screening(kind), entry: Id(1 + (int)kind), at: Ago(10));
        Recorded(new EligibilityDetermined(true, "eligible"), at: Ago(8));
        Record(Screening(ScreeningKind.Legal), at: Ago(3)).Rejection.ShouldBeNull("somebody may be screened again");
        Recorded(new CourtEntryRetracted(State.Log[^1].EntryId, "", Guid.Empty, null));
        Recorded(new CourtEntryRetracted(Id(1 + (int)ScreeningKind.Legal), "", Guid.Empty, null));

        Record(Screening(ScreeningKind.Legal), at: Ago(3)).ShouldBeRefused(ParticipationRejections.ScreeningAfterDecision());
        Record(Screening(ScreeningKind.Legal), at: Ago(9)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void An_end_follows_everything_that_is_on_record_of_before_it()
    {
        GivenAdmitted();
        DaysPass(20);
        var sanction = Recorded(new SanctionImposed("essay", "dishonest", DueProcess.HeardInCourt, null, Reference), at: Ago(3));

        Refused(new ParticipantWithdrew("own-wish", null), 10, "sanction imposed", 3);
        Refused(new ParticipationClosed(ParticipationClosure.CaseDismissed), 10, "sanction imposed", 3);
        var proposal = Recorded(new TerminationProposed("absconded"), at: Ago(10));
        Refused(Heard(proposal), 12, "termination proposed", 10);
        Recorded(Heard(proposal), at: Ago(5));
        Refused(new ParticipationTerminated(proposal, "absconded", null), 7, "sanction imposed", 3);
        Recorded(new CourtEntryRetracted(sanction, "", Guid.Empty, null));
        Refused(new ParticipationTerminated(proposal, "absconded", null), 7, "termination hearing held", 5);
        Recorded(new ParticipationTerminated(proposal, "absconded", null), at: Ago(5));
        State.EndedAt.ShouldBe(Ago(5), "told late, and after what it follows on");
    }

    [Fact]
    public void An_end_need_not_follow_what_is_recorded_whatever_the_stage()
    {
        GivenAdmitted();
        DaysPass(20);
        var warrant = Recorded(new WarrantIssued("failure-to-appear"), at: Ago(15));
        Recorded(new WarrantQuashed(warrant), at: Ago(2));
        Recorded(new WarrantIssued("failure-to-appear"), at: Ago(2));
        var restitution = Recorded(new RestitutionOrdered(2, null), at: Ago(15));
        var fee = Recorded(new FeeOrdered("program-fee", 2, null), at: Ago(15));
        var service = Recorded(new CommunityServiceOrdered(2, null), at: Ago(15));
        foreach (var settled in (ParticipationEvent[])[new RestitutionPaid(restitution, 1), new FeePaid(fee, 1), new FeeWaived(fee, 1), new CommunityServiceCompleted(service, 1)])
            Recorded(settled, at: Ago(2));

        Record(new ParticipantWithdrew("own-wish", null), at: Ago(10)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_graduation_follows_everything_too()
    {
        GivenInTheLastPhase();
        GivenPhaseDone();
        DaysPass(20);
        Recorded(new IncentiveGranted("praise", "attended"), at: Ago(3));

        Refused(new ParticipantGraduated(0, 90, default, null), 10, "incentive granted", 3);
        Record(new ParticipantGraduated(0, 90, default, null), at: Ago(3)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_phase_is_left_after_what_was_met_and_waived_in_it()
    {
        GivenAdmitted();
        DaysPass(90);
        Recorded(new PhaseRequirementRecorded(FirstPhase, "treatment-begun"), at: Ago(20));
        Recorded(new PhaseRequirementRecorded(FirstPhase, "hearings-attended"), at: Ago(10));
        Recorded(new PhaseRequirementWaived(FirstPhase, "housing-plan"), at: Ago(5));

        Refused(new PhaseAdvanced("", SecondPhase, [], [], 0, 20), 15, "phase requirement waived", 5);
        Recorded(new PhaseAdvanced("", SecondPhase, [], [], 0, 20), at: Ago(5));
    }

    [Fact]
    public void An_objective_is_one_of_the_phase_that_the_participant_is_in()
    {
        GivenAdmitted();

        Record(new PhaseRequirementRecorded(LastPhase, "relapse-prevention-plan")).ShouldBeRefused(ParticipationRejections.ObjectiveOfAnotherPhase());
        Record(new PhaseRequirementWaived(LastPhase, "relapse-prevention-plan")).ShouldBeRefused(ParticipationRejections.ObjectiveOfAnotherPhase());
    }

    [Fact]
    public void An_objective_of_a_phase_that_was_left_is_told_late_as_of_before_it_was_left()
    {
        GivenAdmitted();
        GivenPhaseDone();
        Recorded(new PhaseAdvanced("", SecondPhase, [], [], 0, 20));
        GivenPhaseDone();
        Recorded(new PhaseAdvanced("", "prosocial-habilitation", [], [], 0, 30));
        DaysPass(1);
        var late = new PhaseRequirementRecorded(SecondPhase, "prosocial-time");

        Record(late).ShouldBeRefused(ParticipationRejections.ObjectiveOfAnotherPhase());
        Record(new PhaseRequirementRecorded(LastPhase, "relapse-prevention-plan"), at: Ago(2)).ShouldBeRefused(ParticipationRejections.ObjectiveOfAnotherPhase());
        Record(late, at: Ago(2)).Rejection.ShouldBeNull();
    }

    /// <summary>Whoever came back meets what the phase asks anew (R34): what was met before, told now, would settle it.</summary>
    [Fact]
    public void An_objective_of_the_phase_of_now_happened_since_it_began()
    {
        GivenAdmitted();
        GivenPhaseDone();
        Recorded(new PhaseAdvanced("", SecondPhase, [], [], 0, 20));
        DaysPass(10);
        var engaged = new PhaseRequirementRecorded(SecondPhase, "treatment-engaged");
        Record(engaged, at: Ago(11)).ShouldBeRefused(ParticipationRejections.BeforeThePhase());
        Record(new PhaseRequirementWaived(SecondPhase, "treatment-engaged"), at: Ago(11)).ShouldBeRefused(ParticipationRejections.BeforeThePhase());
        Recorded(new PhaseReturnedToEarlier("", FirstPhase, Reference, MadeWithParticipant: true));
        DaysPass(5);

        Record(new PhaseRequirementRecorded(FirstPhase, "treatment-begun"), at: Ago(20)).ShouldBeRefused(ParticipationRejections.BeforeThePhase());
        Record(new PhaseRequirementRecorded(FirstPhase, "treatment-begun"), at: Ago(5)).Rejection.ShouldBeNull();
        Record(engaged, at: Ago(8)).Rejection.ShouldBeNull("of the phase that they were returned from");
    }

    /// <summary>A return takes back what was met in the phase that it is to, and nothing else: what can be told between two moments can be told after both.</summary>
    [Fact]
    public void What_no_return_asks_anew_is_told_as_late_as_may_be()
    {
        GivenAdmitted();
        var begun = Clock;
        GivenPhaseDone();
        Recorded(new PhaseAdvanced("", SecondPhase, [], [], 0, 20));
        var second = Clock;
        DaysPass(10);
        Recorded(new PhaseReturnedToEarlier("", FirstPhase, Reference, MadeWithParticipant: true));
        DaysPass(1);
        Record(new PhaseRequirementWaived(FirstPhase, "treatment-begun"), at: begun.AddDays(1)).Rejection.ShouldBeNull("a return takes back no waiver");
        Record(new PhaseRequirementRecorded(FirstPhase, "hearings-attended"), at: begun.AddDays(1)).ShouldBeRefused(ParticipationRejections.BeforeThePhase());
        Recorded(new PhaseRequirementRecorded(FirstPhase, "hearings-attended"));
        Recorded(new PhaseRequirementRecorded(FirstPhase, "housing-plan"));
        DaysPass(Court.FindPhase(FirstPhase)!.MinDays);
        Recorded(new PhaseAdvanced("", SecondPhase, [], [], 0, 20));
        DaysPass(1);
        var engaged = new PhaseRequirementRecorded(SecondPhase, "treatment-engaged");

        Record(engaged, at: second.AddDays(11)).ShouldBeRefused(ParticipationRejections.BeforeThePhase());
        Record(engaged, at: second.AddDays(5)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void An_objective_of_a_phase_that_was_left_is_of_the_time_in_it()
    {
        GivenAdmitted();
        var optional = new PhaseObjective("garden", "Grows something", Required: false);
        Court = DrugCourt with { Phases = [.. DrugCourt.Phases.Select(phase => phase.Code == FirstPhase ? phase with { Objectives = [.. phase.Objectives, optional] } : phase)] };
        GivenPhaseDone();
        Recorded(new PhaseAdvanced("", SecondPhase, [], [], 0, 20));
        GivenPhaseDone();
        Recorded(new PhaseAdvanced("", "prosocial-habilitation", [], [], 0, 30));
        var garden = new PhaseRequirementRecorded(FirstPhase, "garden");

        Record(garden, at: Ago(1)).ShouldBeRefused(ParticipationRejections.ObjectiveOfAnotherPhase());
        Record(garden, at: Ago(89)).ShouldBeRefused(ParticipationRejections.ObjectiveOfAnotherPhase());
        Record(garden, at: Ago(91)).Rejection.ShouldBeNull();
    }

    /// <summary>The usual hearing day: what was met in the morning is told after the advance of the afternoon.</summary>
    [Fact]
    public void An_objective_of_the_day_on_which_the_phase_was_left_is_of_before_it_was_left()
    {
        GivenAdmitted();
        GivenPhaseDone();
        Recorded(new PhaseAdvanced("", SecondPhase, [], [], 0, 20));
        GivenPhaseDone();
        Recorded(new PhaseAdvanced("", "prosocial-habilitation", [], [], 0, 30));
        var left = Clock;
        DaysPass(1);
        var late = new PhaseRequirementRecorded(SecondPhase, "prosocial-time");
        When DayOf(DateTimeOffset start) => new(start, TimePrecision.Day, Clock, start.AddDays(1));

        Record(late, at: left.AddHours(1)).ShouldBeRefused(ParticipationRejections.ObjectiveOfAnotherPhase());
        RecordOn(late, DayOf(left.AddHours(9))).ShouldBeRefused(ParticipationRejections.ObjectiveOfAnotherPhase());
        Record(new PhaseRequirementRecorded("prosocial-habilitation", "peer-support"), at: left.AddHours(-1)).ShouldBeRefused(ParticipationRejections.BeforeThePhase());
        RecordOn(new PhaseRequirementRecorded("prosocial-habilitation", "peer-support"), DayOf(left.AddHours(-9))).Rejection.ShouldBeNull("it may have been after it");
        Recorded(late, entry: Id(1), at: left.AddHours(-5));
        Recorded(new CourtEntryRetracted(Id(1), "", Guid.Empty, null));
        RecordOn(late, DayOf(left.AddHours(-9))).Rejection.ShouldBeNull("it may have been before it");
    }

    [Fact]
    public void What_becomes_of_a_condition_follows_on_its_order_and_ends_after_all_that_was_said_of_it()
    {
        GivenAdmitted();
        DaysPass(30);
        var condition = Recorded(new ConditionOrdered("essay", null), at: Ago(10));

        Refused(new ConditionViolated(condition), 11, "condition ordered", 10);
        Refused(new ConditionAmended(condition, null), 11, "condition ordered", 10);
        Refused(new ConditionSatisfied(condition), 11, "condition ordered", 10);
        Refused(new ConditionLifted(condition), 11, "condition ordered", 10);
        Recorded(new ConditionAmended(condition, null), at: Ago(6));
        Recorded(new ConditionViolated(condition), at: Ago(8));
        Refused(new ConditionAmended(condition, null), 7, "condition amended", 6);
        Refused(new ConditionSatisfied(condition), 7, "condition amended", 6);
        Recorded(new ConditionViolated(condition), at: Ago(5));
        Refused(new ConditionLifted(condition), 6, "condition violated", 5);
        Recorded(new ConditionSatisfied(condition), at: Ago(5));
    }

    [Fact]
    public void A_hearing_follows_on_being_set_and_put_off()
    {
        GivenAdmitted();
        DaysPass(30);
        var hearing = Recorded(new StatusHearingScheduled(HearingKind.Status, Ago(4), null), at: Ago(10));

        Refused(new StatusHearingContinued(hearing, Ago(5), "judge-ill"), 11, "status hearing scheduled", 10);
        Recorded(new StatusHearingContinued(hearing, Ago(3), "judge-ill"), at: Ago(4));
        Refused(new StatusHearingContinued(hearing, Ago(2), "judge-ill"), 6, "status hearing continued", 4);
        Refused(new JudicialActionRecorded("order-entered", hearing), 6, "status hearing continued", 4);
        Recorded(new StaffingHeld(["coord-1"], hearing), at: Ago(11));
        Recorded(new StatusHearingHeld(hearing, HearingKind.Status, HearingPresence.InPerson), at: Ago(3));
        Refused(new JudicialActionRecorded("order-entered", hearing), 4, "status hearing held", 3);
        Recorded(new JudicialActionRecorded("order-entered", hearing), at: Ago(3));
    }

    [Fact]
    public void Warrants_money_service_and_retractions_follow_on_what_they_name()
    {
        GivenAdmitted();
        DaysPass(30);
        var warrant = Recorded(new WarrantIssued("failure-to-appear"), at: Ago(10));
        var restitution = Recorded(new RestitutionOrdered(2, null), at: Ago(10));
        var fee = Recorded(new FeeOrdered("program-fee", 2, null), at: Ago(10));
        var service = Recorded(new CommunityServiceOrdered(2, null), at: Ago(10));
        (ParticipationEvent Fact, string On)[] pairs =
        [
            (new RestitutionPaid(restitution, 1), "restitution ordered"), (new FeePaid(fee, 1), "fee ordered"), (new FeeWaived(fee, 1), "fee ordered"),
            (new CommunityServiceCompleted(service, 1), "community service ordered"), (new WarrantQuashed(warrant), "warrant issued"),
            (new CourtEntryRetracted(warrant, "", Guid.Empty, null), "warrant issued"),
        ];

        foreach (var (fact, on) in pairs)
        {
            Refused(fact, 11, on, 10);
            if (fact is not WarrantQuashed)
                Recorded(fact, at: Ago(10));
        }
    }

    /// <summary>Of a time known to the day nobody knows whether it was before or after.</summary>
    [Fact]
    public void Nothing_is_refused_that_can_have_been()
    {
        GivenAdmitted();
        DaysPass(30);
        var order = Recorded(new FeeOrdered("program-fee", 2, null), at: Ago(10).AddHours(3));
        var day = new When(Ago(10), TimePrecision.Day, Clock, Ago(9));

        new FeePaid(order, 1).At(day).CountsFrom().ShouldBe(Ago(9));
        Record(new FeePaid(order, 1), at: Ago(10)).Rejection.ShouldNotBeNull();
        RecordOn(new FeePaid(order, 1), day).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_proposal_follows_the_hearing_about_the_one_before()
    {
        GivenAdmitted();
        DaysPass(40);
        var first = Recorded(new TerminationProposed("absconded"), at: Ago(30));
        Recorded(Heard(first) with { Outcome = TerminationOutcome.Continue }, at: Ago(20));

        Refused(new TerminationProposed("absconded"), 25, "termination hearing held", 20);
        Recorded(new TerminationProposed("absconded"), at: Ago(20));
    }

    private static TerminationHearingHeld Heard(Guid proposal) => new(proposal, CounselPresent: true, TerminationImpartiality.WaivedByParticipant, TerminationOutcome.Terminate);

    private DateTimeOffset Ago(int days) => Clock.AddDays(-days);

    private void Refused(ParticipationEvent fact, int daysAgo, string on, int onDaysAgo) =>
        Record(fact, at: Ago(daysAgo)).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"{on}, {Ago(onDaysAgo):u}"));
}
