using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Unit.Courts;

/// <summary>R65: a correction has a reason, and what was wrong stays in the record.</summary>
public sealed class RetractingEntries : ParticipationSpec
{
    [Fact]
    public void What_is_retracted_counts_no_more_and_stays_in_the_log()
    {
        GivenAdmitted();
        var warrant = Recorded(new WarrantIssued("failure-to-appear"), file: CourtFile.Open);

        var retracted = Record(Retract(warrant), file: CourtFile.Confidential).Events.ShouldHaveSingleItem().ShouldBeOfType<CourtEntryRetracted>();

        retracted.RetractedKind.ShouldBe("warrant_issued");
        retracted.File.ShouldBe(CourtFile.Open, "the reason goes where the entry is");
        State.Warrants.ShouldBeEmpty();
        State.FindEntry(warrant).ShouldNotBeNull();
        State.Retracted.ShouldBe([warrant]);
    }

    [Fact]
    public void Needs_its_reason()
    {
        GivenAdmitted();
        var warrant = Recorded(new WarrantIssued("failure-to-appear"));

        Record(Retract(warrant), words: null).ShouldBeRefused(ParticipationRejections.ReasonMissing());
    }

    [Fact]
    public void Told_twice_it_is_retracted_once_and_never_again()
    {
        GivenAdmitted();
        var warrant = Recorded(new WarrantIssued("failure-to-appear"));
        var retraction = Recorded(Retract(warrant), Id(8));

        Record(Retract(warrant), Id(8)).ShouldBeAlreadyDone();
        Record(Retract(warrant)).ShouldBeRefused(ParticipationRejections.EntryUnknown());
        Record(Retract(retraction)).ShouldBeRefused(ParticipationRejections.EntryUnknown());
        Record(Retract(Id(1))).ShouldBeRefused(ParticipationRejections.EntryUnknown());
    }

    [Fact]
    public void Names_the_entry_that_says_it_right()
    {
        GivenAdmitted();
        var wrong = Recorded(new IncentiveGranted("praise", "attended"));
        var right = Recorded(new IncentiveGranted("token", "attended"));

        Record(Retract(wrong) with { ReplacedBy = wrong }).Rejection!.Field.ShouldBe("replacedBy");
        Record(Retract(wrong) with { ReplacedBy = Id(1) }).Rejection!.Field.ShouldBe("replacedBy");
        Record(Retract(wrong) with { ReplacedBy = right }).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Is_refused_while_later_entries_rest_on_it()
    {
        GivenAdmitted();
        var hearing = Recorded(new StatusHearingScheduled(HearingKind.Sanction, Now.AddDays(1), null));
        DaysPass(1);
        var held = Recorded(new StatusHearingHeld(hearing, HearingKind.Sanction, HearingPresence.InPerson));
        var sanction = Recorded(new SanctionImposed("essay", "dishonest", DueProcess.Hearing, hearing, Sealed<string>.Of("Page 4.")));
        var admission = State.Log.OfType<ParticipantAdmitted>().Single().EntryId;

        foreach (var entry in new[] { hearing, held, admission })
            Record(Retract(entry)).ShouldBeRefused(ParticipationRejections.EntryRestedOn());
        Recorded(Retract(sanction));
        Recorded(Retract(held));
        State.Hearings[hearing].Standing.ShouldBe(HearingStanding.Scheduled);
    }

    [Fact]
    public void An_objective_that_an_advance_rests_on_stays_until_the_advance_is_retracted()
    {
        GivenAdmitted();
        GivenPhaseDone();
        var objective = State.Log.OfType<PhaseRequirementRecorded>().First().EntryId;
        var advance = Recorded(new PhaseAdvanced("", SecondPhase, [], [], 0, 14));

        Record(Retract(objective)).ShouldBeRefused(ParticipationRejections.EntryRestedOn());
        Recorded(Retract(advance));
        State.Phase.ShouldBe(FirstPhase);
        Record(Retract(objective)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_termination_recorded_by_mistake_is_retracted_and_the_participant_goes_on()
    {
        GivenAdmitted();
        var proposal = Recorded(new TerminationProposed("absconded"));
        Recorded(new TerminationHearingHeld(proposal, true, TerminationImpartiality.WaivedByParticipant, TerminationOutcome.Terminate));
        var end = Recorded(new ParticipationTerminated(proposal, "absconded", null));
        Recorded(Retract(end));

        State.Stage.ShouldBe(ParticipationStage.Admitted);
        State.Phase.ShouldBe(FirstPhase);
        Record(new IncentiveGranted("praise", "attended")).Rejection.ShouldBeNull();
    }

    [Fact]
    public void The_referral_itself_is_not_retracted()
    {
        GivenReferred();

        Record(Retract(State.Log[0].EntryId)).ShouldBeRefused(ParticipationRejections.EntryRestedOn());
    }

    [Fact]
    public void What_a_graduation_rests_on_stays()
    {
        GivenInTheLastPhase();
        GivenPhaseDone();
        var last = State.Log.OfType<PhaseRequirementRecorded>().Last().EntryId;
        Recorded(new ParticipantGraduated(0, 90, default, null));

        Record(Retract(last)).ShouldBeRefused(ParticipationRejections.EntryRestedOn());
    }

    [Fact]
    public void The_phase_that_somebody_graduated_from_stays_until_the_graduation_is_retracted()
    {
        GivenInTheLastPhase();
        GivenPhaseDone();
        var advance = State.Log.OfType<PhaseAdvanced>().Last().EntryId;
        var graduation = Recorded(new ParticipantGraduated(0, 90, default, null));

        Record(Retract(advance)).ShouldBeRefused(ParticipationRejections.EntryRestedOn());
        State.Stage.ShouldBe(ParticipationStage.Graduated);
        State.Phase.ShouldBe(LastPhase);

        Recorded(Retract(graduation));
        Record(Retract(advance)).ShouldBeRefused(ParticipationRejections.EntryRestedOn());
        foreach (var met in State.Standing.OfType<PhaseRequirementRecorded>().Where(met => met.Phase == LastPhase).ToList())
            Recorded(Retract(met.EntryId));
        Recorded(Retract(advance));
        State.Phase.ShouldNotBe(LastPhase);
    }

    [Fact]
    public void Objectives_stay_met_in_the_stay_in_which_they_were_and_settle_no_later_one()
    {
        GivenAdmitted();
        GivenPhaseDone();
        var advance = Recorded(new PhaseAdvanced("", SecondPhase, [], [], 0, 14));
        DaysPass(10);
        var met = Recorded(new PhaseRequirementRecorded(SecondPhase, "treatment-engaged"));
        var unrelated = Recorded(new IncentiveGranted("praise", "attended"));

        Record(Retract(advance)).ShouldBeRefused(ParticipationRejections.EntryRestedOn());
        Record(Retract(unrelated)).Rejection.ShouldBeNull();
        Recorded(Retract(met));
        Recorded(Retract(advance));
        State.Phase.ShouldBe(FirstPhase);
    }

    [Fact]
    public void What_an_earlier_program_took_without_its_ground_keeps_nothing_else_from_being_retracted()
    {
        GivenAdmitted();
        Given(new PhaseRequirementRecorded(SecondPhase, "treatment-engaged") { ClientId = ClientId, ParticipationId = ParticipationId, Court = "drug-court", EntryId = Id(77), OccurredOn = new DateOnly(2026, 3, 4) }.At(Clock));
        var unrelated = Recorded(new IncentiveGranted("praise", "attended"));

        Record(Retract(unrelated)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Whoever_has_no_phase_left_begins_again_in_the_first_and_skips_none()
    {
        GivenAdmitted();
        Recorded(Retract(State.Log.OfType<PhaseAssigned>().Single().EntryId));

        State.Phase.ShouldBeNull();
        Record(new PhaseAssigned(LastPhase)).ShouldBeRefused(ParticipationRejections.PhaseNotFirst(FirstPhase));
        Recorded(new PhaseAssigned(FirstPhase));
        State.Phase.ShouldBe(FirstPhase);
    }

    [Fact]
    public void A_decision_to_go_on_stays_while_a_graduation_rests_on_it()
    {
        GivenInTheLastPhase();
        var proposal = Recorded(new TerminationProposed("non-compliance"));
        var heard = Recorded(new TerminationHearingHeld(proposal, true, TerminationImpartiality.WaivedByParticipant, TerminationOutcome.Continue));
        GivenPhaseDone();
        var incentive = Recorded(new IncentiveGranted("praise", "attended"));
        Recorded(new ParticipantGraduated(0, 90, default, null));

        Record(Retract(heard)).ShouldBeRefused(ParticipationRejections.EntryRestedOn());
        Record(Retract(incentive)).Rejection.ShouldBeNull();
    }

    private static CourtEntryRetracted Retract(Guid entryId) => new(entryId, "", Guid.Empty, ReplacedBy: null);
}
