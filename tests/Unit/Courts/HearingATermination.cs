using CaseFlow.Domain.Courts;

namespace CaseFlow.Unit.Courts;

/// <summary>What is said of a hearing about an end is held against the record of the participation.</summary>
public sealed class HearingATermination : ParticipationSpec
{
    private Guid proposal;

    [Fact]
    public void Nobody_is_ended_at_a_hearing_without_counsel_unless_they_waived_it_and_the_words_say_how()
    {
        GivenProposed();

        Record(Heard() with { CounselPresent = false }).ShouldBeRefused(ParticipationRejections.CounselNeitherPresentNorWaived());
        Record(Heard() with { CounselPresent = false, CounselWaived = true }, words: null).ShouldBeRefused(ParticipationRejections.CounselNeitherPresentNorWaived());
        Record(Heard() with { CounselWaived = true }).ShouldBeRefused(ParticipationRejections.CounselPresentAndWaived());
        Record(Heard() with { CounselPresent = false, CounselWaived = true }).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_hearing_without_counsel_that_lets_the_participant_go_on_is_recorded_as_it_was()
    {
        GivenProposed();

        Record(Heard() with { CounselPresent = false, Outcome = TerminationOutcome.Continue }).Rejection.ShouldBeNull();
        State.Proposal.ShouldBeNull();
    }

    [Fact]
    public void Another_judge_is_none_who_decided_in_the_participation()
    {
        GivenProposed();
        var byAnother = Heard() with { Impartiality = TerminationImpartiality.AnotherJudge };

        Record(byAnother, by: ["judge-1"]).ShouldBeRefused(ParticipationRejections.NotAnotherJudge("judge-1"));
        Record(byAnother, by: ["judge-4", "judge-1"]).ShouldBeRefused(ParticipationRejections.NotAnotherJudge("judge-1"));
        Record(byAnother with { Outcome = TerminationOutcome.Continue }, by: ["judge-1"]).ShouldBeRefused(ParticipationRejections.NotAnotherJudge("judge-1"));
        Recorded(byAnother, by: ["judge-4"]);
        Record(new ParticipationTerminated(proposal, "absconded", null), by: ["judge-1"]).ShouldBeRefused(ParticipationRejections.NotAnotherJudge("judge-1"));
        Record(new ParticipationTerminated(proposal, "absconded", null), by: ["judge-4"]).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Nor_one_who_sat_with_the_team()
    {
        GivenProposed();
        var staffing = Recorded(new StaffingHeld(["coord-1", "judge-4"], null), by: []);
        var byAnother = Heard() with { Impartiality = TerminationImpartiality.AnotherJudge };

        Record(byAnother, by: ["judge-4"]).ShouldBeRefused(ParticipationRejections.NotAnotherJudge("judge-4"));
        Recorded(new CourtEntryRetracted(staffing, "", Guid.Empty, null));
        Record(byAnother, by: ["judge-4"]).Rejection.ShouldBeNull("what never happened made nobody one of the team");
    }

    [Fact]
    public void Whoever_heard_an_end_as_another_judge_still_is_one_at_the_next()
    {
        GivenProposed();
        var byAnother = Heard() with { Impartiality = TerminationImpartiality.AnotherJudge, Outcome = TerminationOutcome.Continue };
        Recorded(byAnother, by: ["judge-4"]);
        proposal = Recorded(new TerminationProposed("danger-to-others"));

        Record(byAnother with { ProposalId = proposal }, by: ["judge-4"]).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Holding_the_hearing_that_was_set_for_it_and_what_was_done_in_it_makes_no_judge_one_of_the_team()
    {
        GivenProposed();
        var byAnother = Heard() with { Impartiality = TerminationImpartiality.AnotherJudge };
        var missed = Recorded(new StatusHearingScheduled(HearingKind.Termination, Clock.AddDays(1), null), by: []);
        var set = Recorded(new StatusHearingScheduled(HearingKind.Termination, Clock.AddDays(3), null), by: []);
        DaysPass(1);
        Recorded(new StatusHearingMissed(missed, Excused: false), by: ["judge-4"]);
        Recorded(new WarrantIssued("failure-to-appear"), by: ["judge-4"]);
        DaysPass(2);
        Recorded(new StatusHearingHeld(set, HearingKind.Status, HearingPresence.InPerson), by: ["judge-4"]);
        Recorded(new JudicialActionRecorded("order-entered", set), by: ["judge-4"]);

        Recorded(byAnother, by: ["judge-4"]);
        Recorded(new JudicialActionRecorded("order-entered", null), by: ["judge-4"]);
        Record(new ParticipationTerminated(proposal, "absconded", null), by: ["judge-1"]).ShouldBeRefused(ParticipationRejections.NotAnotherJudge("judge-1"));
        Record(new ParticipationTerminated(proposal, "absconded", null), by: ["judge-4"]).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Any_other_hearing_action_or_warrant_does()
    {
        foreach (var decided in (ParticipationEvent[])
        [
            new StatusHearingHeld(null, HearingKind.Sanction, HearingPresence.InPerson), new JudicialActionRecorded("order-entered", null), new WarrantIssued("failure-to-appear"),
        ])
        {
            var before = new HearingATermination();
            before.GivenProposed();
            before.Recorded(decided, by: ["judge-4"]);
            before.Record(before.Heard() with { Impartiality = TerminationImpartiality.AnotherJudge }, by: ["judge-4"])
                .ShouldBeRefused(ParticipationRejections.NotAnotherJudge("judge-4"));
        }
    }

    [Fact]
    public void What_is_told_after_the_hearing_of_before_it_counts()
    {
        GivenProposed();
        DaysPass(5);
        Recorded(Heard() with { Impartiality = TerminationImpartiality.AnotherJudge }, by: ["judge-4"]);
        Recorded(new StaffingHeld(["coord-1", "judge-4"], null), by: [], at: Clock.AddDays(-2));

        Record(new ParticipationTerminated(proposal, "absconded", null), by: ["judge-4"]).ShouldBeRefused(ParticipationRejections.NotAnotherJudge("judge-4"));
    }

    [Fact]
    public void Who_decides_may_be_of_the_team_when_the_participant_waives_that()
    {
        GivenProposed();
        Recorded(Heard(), by: ["judge-1"]);

        Record(new ParticipationTerminated(proposal, "absconded", null), by: ["judge-1"]).Rejection.ShouldBeNull();
    }

    private void GivenProposed()
    {
        GivenAdmitted();
        proposal = Recorded(new TerminationProposed("absconded"));
    }

    private TerminationHearingHeld Heard() => new(proposal, CounselPresent: true, TerminationImpartiality.WaivedByParticipant, TerminationOutcome.Terminate);
}
