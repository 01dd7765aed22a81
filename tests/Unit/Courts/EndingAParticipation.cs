using CaseFlow.Domain;
using CaseFlow.Domain.Courts;

namespace CaseFlow.Unit.Courts;

public sealed class EndingAParticipation : ParticipationSpec
{
    private static readonly ParticipantGraduated Graduate = new(0, SobrietyDays: 90, default, OnwardReferralId: null);

    [Fact]
    public void Nobody_is_terminated_without_a_proposal_and_a_hearing_about_it()
    {
        GivenAdmitted();
        Record(new ParticipationTerminated(Id(1), "absconded", null)).ShouldBeRefused(ParticipationRejections.TerminationNotProposed());
        Record(Heard(Id(1), TerminationOutcome.Terminate)).ShouldBeRefused(ParticipationRejections.TerminationNotProposed());
        Record(new TerminationProposed("absconded"), words: null).ShouldBeRefused(ParticipationRejections.ReasonMissing());
        Record(new TerminationProposed("no-such-reason")).ShouldBeRefused(ParticipationRejections.CodeUnknown("reasonCode"));

        var proposal = Recorded(new TerminationProposed("absconded"));
        Record(new TerminationProposed("danger-to-others")).ShouldBeRefused(ParticipationRejections.TerminationProposedAlready());
        Record(new ParticipationTerminated(proposal, "absconded", null)).ShouldBeRefused(ParticipationRejections.TerminationNotHeard());

        Recorded(Heard(proposal, TerminationOutcome.Terminate));
        Record(Heard(proposal, TerminationOutcome.Continue)).ShouldBeRefused(ParticipationRejections.TerminationNotProposed());
        Record(new ParticipationTerminated(Id(1), "absconded", null)).ShouldBeRefused(ParticipationRejections.TerminationNotProposed());
        Record(new ParticipationTerminated(proposal, "no-such-reason", null)).ShouldBeRefused(ParticipationRejections.CodeUnknown("reasonCode"));
        Record(new ParticipationTerminated(proposal, "absconded", null), by: ["coord-1"]).ShouldBeRefused(ParticipationRejections.NotByAJudge());
        Recorded(new ParticipationTerminated(proposal, "absconded", null));
        (State.Stage, State.EndedAt).ShouldBe((ParticipationStage.Terminated, Now));
    }

    /// <summary>A proposal decides nothing, so anybody of the team proposes; a court may ask for more of them.</summary>
    [Fact]
    public void Whoever_proposes_an_end_is_as_many_of_the_team_as_the_court_asks_for()
    {
        GivenAdmitted();
        var staffing = Recorded(new StaffingHeld(["coord-1"], null));
        Record(new TerminationProposed("absconded"), by: []).ShouldBeRefused(ParticipationRejections.DecidedByNobody());
        Court = DrugCourt with { TerminationProposals = new TeamQuorum(2, [Role.Coordinator]) };
        Record(new TerminationProposed("absconded"), by: ["coord-1"]).ShouldBeRefused(ParticipationRejections.TeamIncomplete(2, ["coordinator"]));
        Record(new TerminationProposed("absconded") { StaffingId = staffing }, by: ["coord-1", "judge-1"]).ShouldBeRefused(ParticipationRejections.NotAtTheStaffing("judge-1"));
        Record(new TerminationProposed("absconded") { StaffingId = Id(1) }).ShouldBeRefused(ParticipationRejections.StaffingUnknown());
        Court = DrugCourt;
        Recorded(new TerminationProposed("absconded") { StaffingId = staffing }, by: ["coord-1"]);
        Record(new CourtEntryRetracted(staffing, "", Guid.Empty, null)).ShouldBeRefused(ParticipationRejections.EntryRestedOn());
    }

    [Fact]
    public void A_hearing_that_lets_the_participant_go_on_closes_the_proposal()
    {
        GivenAdmitted();
        var proposal = Recorded(new TerminationProposed("absconded"));
        Recorded(Heard(proposal, TerminationOutcome.Continue));

        Record(new ParticipationTerminated(proposal, "absconded", null)).ShouldBeRefused(ParticipationRejections.TerminationNotProposed());
        Record(new TerminationProposed("absconded")).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Graduates_when_nothing_is_open_and_keeps_what_that_means()
    {
        GivenInTheLastPhase();
        GivenPhaseDone();

        var graduated = Record(Graduate).Events.ShouldHaveSingleItem().ShouldBeOfType<ParticipantGraduated>();

        graduated.DaysInProgram.ShouldBe(420);
        graduated.OnCompletion.ShouldBe(CompletionEffect.ChargesDismissed);
        State.Stage.ShouldBe(ParticipationStage.Graduated);
        Record(new CommencementHeld()).Rejection.ShouldBeNull();
        Record(new AftercareContactMade(ContactMode.Phone, Reached: false)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Is_refused_to_a_graduate_and_names_everything_that_is_open()
    {
        GivenAdmitted();
        Recorded(new RestitutionOrdered(1, null));
        Recorded(new FeeOrdered("program-fee", 1, null));
        Recorded(new CommunityServiceOrdered(1, null));
        Recorded(new WarrantIssued("failure-to-appear"));
        Recorded(new JailSanctionImposed(1, "tampered-test", new DateOnly(2026, 3, 3), DueProcess.HearingWaived, null, Sealed<string>.Of("Page 5."), false));
        Recorded(new TerminationProposed("absconded"));

        Record(Graduate with { SobrietyDays = 89 }).ShouldBeRefused(ParticipationRejections.GraduationRequirementsOpen(
        [
            "phase recovery-management", "objective continuing-care-plan", "objective relapse-prevention-plan", "365 days in the programme", "90 consecutive days of sobriety",
            "restitution", "fees", "community service", "an open warrant", "a jail sanction not served", "a proposal to terminate",
        ]));
    }

    [Fact]
    public void Nobody_graduates_against_the_tests()
    {
        GivenInTheLastPhase();
        GivenPhaseDone();
        var today = DateOnly.FromDateTime(Clock.UtcDateTime);
        Positives = [today.AddDays(-31)];

        Record(Graduate).ShouldBeRefused(ParticipationRejections.GraduationRequirementsOpen(
            [FormattableString.Invariant($"90 consecutive days of sobriety: by the tests 30, since {today.AddDays(-30):yyyy-MM-dd}")]));
        Positives = [today.AddDays(-91)];
        Record(Graduate).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Nobody_graduates_with_more_days_of_sobriety_than_since_admission()
    {
        GivenInTheLastPhase();
        GivenPhaseDone();

        Record(Graduate with { SobrietyDays = 421 }).ShouldBeRefused(ParticipationRejections.SobrietyBeforeAdmission(420));
        Record(Graduate with { SobrietyDays = 420 }).Rejection.ShouldBeNull();
    }

    [Fact]
    public void The_last_phase_takes_its_days_too()
    {
        GivenInTheLastPhase();
        GivenPhaseDone();
        DaysPass(-1);

        Record(Graduate).ShouldBeRefused(ParticipationRejections.GraduationRequirementsOpen(["90 days in phase recovery-management"]));
    }

    [Fact]
    public void What_a_court_does_not_ask_holds_nobody_back()
    {
        GivenInTheLastPhase();
        GivenPhaseDone();
        Recorded(new RestitutionOrdered(1, null));
        Court = DrugCourt with { Graduation = new GraduationRequirements(0, 0, false, false, false, false) };

        Record(Graduate).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Withdrawing_and_closing_end_it_too()
    {
        GivenAdmitted();
        Record(new ParticipantWithdrew("no-such-reason", null)).ShouldBeRefused(ParticipationRejections.CodeUnknown("reasonCode"));
        Record(new ParticipationClosed(ParticipationClosure.Deceased)).Rejection.ShouldBeNull();
        State.Stage.ShouldBe(ParticipationStage.Closed);
        Record(new AftercareContactMade(ContactMode.Phone, true)).ShouldBeRefused(ParticipationRejections.Over(ParticipationStage.Closed));
    }

    [Fact]
    public void A_referral_is_taken_back_until_somebody_is_admitted()
    {
        GivenAccepted();
        Record(new ParticipationClosed(ParticipationClosure.ReferralTakenBack)).Rejection.ShouldBeNull();
        State.Stage.ShouldBe(ParticipationStage.Closed);
    }

    [Fact]
    public void Nobody_in_the_programme_is_put_out_of_it_by_taking_a_referral_back()
    {
        GivenAdmitted();
        Record(new ParticipationClosed(ParticipationClosure.ReferralTakenBack)).ShouldBeRefused(ParticipationRejections.AdmittedIsNotTakenBack());
        Record(new ParticipationClosed(ParticipationClosure.CaseDismissed)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_graduation_told_late_follows_on_what_it_asks_to_be_paid_quashed_and_done()
    {
        GivenInTheLastPhase();
        GivenPhaseDone();
        var (restitution, fee, warrant) = (Recorded(new RestitutionOrdered(100, null)), Recorded(new FeeOrdered("program-fee", 5, null)), Recorded(new WarrantIssued("failure-to-appear")));
        DaysPass(9);
        Recorded(new RestitutionPaid(restitution, 100));
        Recorded(new FeePaid(fee, 5));
        DaysPass(1);
        Recorded(new WarrantQuashed(warrant));
        var quashed = Clock;
        DaysPass(5);

        Record(Graduate, at: quashed.AddDays(-5)).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"warrant quashed, {quashed:u}"));
        Court = DrugCourt with { Graduation = DrugCourt.Graduation with { NoOpenWarrant = false } };
        Record(Graduate, at: quashed.AddDays(-5)).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"restitution paid, {quashed.AddDays(-1):u}"));
        Court = DrugCourt with { Graduation = DrugCourt.Graduation with { NoOpenWarrant = false, FeesSettled = false, RestitutionPaid = false } };
        Record(Graduate, at: quashed.AddDays(-5)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void There_is_no_commencement_but_for_graduates()
    {
        GivenAdmitted();
        Record(new CommencementHeld()).ShouldBeRefused(ParticipationRejections.WrongStage(ParticipationStage.Admitted));
        Recorded(new ParticipantWithdrew("moved", null));
        Record(new CommencementHeld()).ShouldBeRefused(ParticipationRejections.Over(ParticipationStage.Withdrawn));
    }

    private static TerminationHearingHeld Heard(Guid proposal, TerminationOutcome outcome) =>
        new(proposal, CounselPresent: true, TerminationImpartiality.WaivedByParticipant, outcome);

    /// <summary>Entered in the other order there would have been no test.</summary>
    [Fact]
    public void It_ends_after_the_last_that_was_done_about_a_test()
    {
        GivenAdmitted();
        DaysPass(20);
        var given = Clock.AddDays(-3);
        LastTested = new CaseFlow.Domain.DrugTests.ActOnATest("drug test collected", given);
        var follows = TimeRejections.BeforeWhatItFollows($"drug test collected, {given:u}");

        Record(new ParticipantWithdrew("own-wish", null), at: given.AddTicks(-1)).ShouldBeRefused(follows);
        Record(new ParticipationClosed(ParticipationClosure.CaseDismissed), at: given.AddDays(-5)).ShouldBeRefused(follows);
        RecordOn(new ParticipantWithdrew("own-wish", null), new When(given.AddHours(-9), TimePrecision.Day, Clock, given.AddHours(15))).Rejection.ShouldBeNull("it may have been later that day");
    }

    [Fact]
    public void Whoever_has_died_may_have_been_told_of_a_test_before_anybody_knew()
    {
        GivenAdmitted();
        DaysPass(20);
        LastTested = new CaseFlow.Domain.DrugTests.ActOnATest("drug test notified", Clock.AddDays(-3));
        Record(new ParticipationClosed(ParticipationClosure.Deceased), at: Clock.AddDays(-5)).Rejection.ShouldBeNull();
    }
}
