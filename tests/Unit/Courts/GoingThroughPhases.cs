using CaseFlow.Domain;
using CaseFlow.Domain.Courts;

namespace CaseFlow.Unit.Courts;

/// <summary>R33 and R34: the team decides, on objectives, and a return has a plan.</summary>
public sealed class GoingThroughPhases : ParticipationSpec
{
    private static readonly PhaseAdvanced Advance = new("", SecondPhase, [], [], 0, SobrietyDays: 14);
    private static readonly PhaseReturnedToEarlier Return = new("", FirstPhase, Sealed<string>.Of("Two meetings a week."), MadeWithParticipant: true);

    [Fact]
    public void Advances_on_objectives_met_or_waived_days_and_sobriety_and_keeps_what_it_rested_on()
    {
        GivenAdmitted();
        Recorded(new PhaseRequirementRecorded(FirstPhase, "treatment-begun"));
        Recorded(new PhaseRequirementRecorded(FirstPhase, "hearings-attended"));
        Recorded(new PhaseRequirementWaived(FirstPhase, "housing-plan"));
        DaysPass(60);

        var advanced = Record(Advance, by: ["coord-1", "judge-1"]).Events.ShouldHaveSingleItem().ShouldBeOfType<PhaseAdvanced>();

        (advanced.FromPhase, advanced.DaysInPhase, advanced.SobrietyDays).ShouldBe((FirstPhase, 60, 14));
        advanced.Met.ShouldBe(["treatment-begun", "hearings-attended"]);
        advanced.Waived.ShouldBe(["housing-plan"]);
        advanced.DecidedBy.ShouldBe(["coord-1", "judge-1"]);
        (State.Phase, State.PhaseSince).ShouldBe((SecondPhase, new DateOnly(2026, 5, 2)));
    }

    [Fact]
    public void An_advance_and_a_return_that_are_told_again_are_recorded_once()
    {
        GivenAdmitted();
        GivenPhaseDone();
        Recorded(Advance, Id(7));
        DaysPass(1);
        Recorded(Return, Id(8));

        foreach (var (fact, entry, at) in new (ParticipationEvent, Guid, DateTimeOffset)[] { (Advance, Id(7), Clock.AddDays(-1)), (Return, Id(8), Clock) })
        {
            var again = Record(fact, entry, at: at);
            again.Rejection.ShouldBeNull();
            again.Events.ShouldBeEmpty();
        }

        Record(Advance with { SobrietyDays = 15 }, Id(7), at: Clock.AddDays(-1)).ShouldBeRefused(ParticipationRejections.EntryToldDifferently(Id(7)));
    }

    [Fact]
    public void Is_never_done_by_time_or_objectives_alone()
    {
        GivenAdmitted();
        GivenPhaseDone();
        DaysPass(400);

        State.Phase.ShouldBe(FirstPhase);
        Record(Advance, by: []).ShouldBeRefused(ParticipationRejections.DecidedByNobody());
    }

    [Fact]
    public void Is_never_decided_by_one_person_or_without_a_judge_of_the_court()
    {
        GivenAdmitted();
        GivenPhaseDone();
        var incomplete = ParticipationRejections.TeamIncomplete(2, ["judge"]);

        Record(Advance, by: ["judge-1"]).ShouldBeRefused(incomplete);
        Record(Advance, by: ["coord-1"]).ShouldBeRefused(incomplete);
        Record(Advance, by: ["coord-1", "judge-2"]).ShouldBeRefused(ParticipationRejections.DeciderOfAnotherCourt("judge-2"));
        Court = DrugCourt with { Advancement = new TeamQuorum(2, [Role.Judge, Role.Coordinator, Role.Defence]) };
        Record(Advance, by: ["coord-1", "judge-1"]).ShouldBeRefused(ParticipationRejections.TeamIncomplete(2, ["judge", "coordinator", "defence"]));
        Court = DrugCourt with { Advancement = new TeamQuorum(1, []) };
        Record(Advance, by: ["coord-1"]).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Whoever_decides_in_a_staffing_was_there_and_it_was_held_by_then()
    {
        GivenAdmitted();
        GivenPhaseDone();
        var alone = Recorded(new StaffingHeld(["coord-1"], null));
        var together = Recorded(new StaffingHeld(["coord-1", "judge-1"], null));

        Record(Advance with { StaffingId = Id(1) }).ShouldBeRefused(ParticipationRejections.StaffingUnknown());
        Record(Advance with { StaffingId = together }, at: Clock.AddHours(-1)).ShouldBeRefused(ParticipationRejections.StaffingUnknown());
        Record(Advance with { StaffingId = alone }).ShouldBeRefused(ParticipationRejections.NotAtTheStaffing("judge-1"));
        Recorded(new CourtEntryRetracted(alone, "", Guid.Empty, null));
        Record(Advance with { StaffingId = alone }).ShouldBeRefused(ParticipationRejections.StaffingUnknown());

        Record(Advance with { StaffingId = together }).Events.ShouldHaveSingleItem().ShouldBeOfType<PhaseAdvanced>().StaffingId.ShouldBe(together);
        Record(new CourtEntryRetracted(together, "", Guid.Empty, null)).ShouldBeRefused(ParticipationRejections.EntryRestedOn());
    }

    /// <summary>Fewer than let a participant go on neither send one back nor let off what an advance would rest on.</summary>
    [Fact]
    public void Nobody_returns_or_lets_off_alone_unless_the_court_says_so()
    {
        GivenAdmitted();
        GivenPhaseDone();
        Recorded(Advance);
        var incomplete = ParticipationRejections.TeamIncomplete(2, ["judge"]);
        var waiver = new PhaseRequirementWaived(SecondPhase, "tests-complied");

        foreach (var by in (string[][])[["judge-1"], ["coord-1"], ["coord-1", "agent-1"]])
        {
            Record(Return, by: by).ShouldBeRefused(incomplete);
            Record(waiver, by: by).ShouldBeRefused(incomplete);
        }

        Court = DrugCourt with { Advancement = new TeamQuorum(1, []) };
        Record(waiver, by: ["coord-1"]).Rejection.ShouldBeNull("what the court asks of an advance");
        Court = DrugCourt with { Advancement = new TeamQuorum(1, []), Returns = new TeamQuorum(2, [Role.Coordinator]), Waivers = new TeamQuorum(1, [Role.Judge]) };
        Record(waiver with { Objective = "treatment-engaged" }, by: ["coord-1"]).ShouldBeRefused(ParticipationRejections.TeamIncomplete(1, ["judge"]));
        Record(waiver with { Objective = "treatment-engaged" }, by: ["judge-1"]).Rejection.ShouldBeNull();
        Record(Return, by: ["coord-1"]).ShouldBeRefused(ParticipationRejections.TeamIncomplete(2, ["coordinator"]));
        Record(Return, by: ["coord-1", "judge-1"]).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_return_and_a_waiver_name_the_staffing_that_decided_them_and_keep_it()
    {
        GivenAdmitted();
        GivenPhaseDone();
        Recorded(Advance);
        var alone = Recorded(new StaffingHeld(["coord-1"], null));
        var (first, second) = (Recorded(new StaffingHeld(["coord-1", "judge-1"], null)), Recorded(new StaffingHeld(["coord-1", "judge-1"], null)));
        var waiver = new PhaseRequirementWaived(SecondPhase, "tests-complied");

        Record(waiver with { StaffingId = Id(1) }).ShouldBeRefused(ParticipationRejections.StaffingUnknown());
        Record(Return with { StaffingId = alone }).ShouldBeRefused(ParticipationRejections.NotAtTheStaffing("judge-1"));
        var waived = Recorded(waiver with { StaffingId = first });
        Record(waiver with { StaffingId = second }, entry: waived).ShouldBeRefused(ParticipationRejections.EntryToldDifferently(waived));
        Recorded(Return with { StaffingId = second });

        foreach (var staffing in new[] { first, second })
            Record(new CourtEntryRetracted(staffing, "", Guid.Empty, null)).ShouldBeRefused(ParticipationRejections.EntryRestedOn());
        Recorded(new CourtEntryRetracted(alone, "", Guid.Empty, null));
    }

    [Fact]
    public void Is_refused_with_objectives_open_and_names_them()
    {
        GivenAdmitted();
        Recorded(new PhaseRequirementRecorded(FirstPhase, "treatment-begun"));
        DaysPass(60);

        Record(Advance).ShouldBeRefused(ParticipationRejections.ObjectivesOpen(["hearings-attended", "housing-plan"]));
    }

    [Fact]
    public void An_objective_that_is_only_encouraged_holds_nobody_back()
    {
        GivenAdmitted();
        GivenPhaseDone();
        Recorded(Advance);
        GivenPhaseDone();

        State.Met.ShouldNotContain((SecondPhase, "prosocial-time"));
        Record(Advance with { ToPhase = "prosocial-habilitation", SobrietyDays = 30 }).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Is_refused_a_day_too_early()
    {
        GivenAdmitted();
        GivenPhaseDone();
        DaysPass(-1);

        Record(Advance).ShouldBeRefused(ParticipationRejections.PhaseTooShort(60));
    }

    [Fact]
    public void Is_refused_without_the_days_of_sobriety()
    {
        GivenAdmitted();
        GivenPhaseDone();

        Record(Advance with { SobrietyDays = 13 }).ShouldBeRefused(ParticipationRejections.SobrietyTooShort(14));
        Record(Advance with { SobrietyDays = null }).ShouldBeRefused(ParticipationRejections.SobrietyTooShort(14));
    }

    /// <summary>Admitted on 3 March; the phase is done, and 14 days are asked, on 2 May.</summary>
    [Theory]
    [InlineData("2026-04-17", 14, null)] // 18 April to 1 May
    [InlineData("2026-04-17", 15, 14)] // not what the team says either
    [InlineData("2026-04-18", 14, 13)]
    [InlineData("2026-04-30,2026-03-10", 14, 1)]
    [InlineData("2026-05-02", 14, 0)] // that very day
    [InlineData("2026-05-03", 14, null)] // after the decision
    [InlineData("2026-03-02", 60, null)] // before the programme
    [InlineData("", 60, null)] // days that no test covers are the team's to count
    public void What_the_tests_show_is_not_stated_away(string positives, int stated, int? shown)
    {
        GivenAdmitted();
        GivenPhaseDone();
        Positives = DaysOf(positives);

        var decided = Record(Advance with { SobrietyDays = stated });

        if (shown is not { } days)
            decided.Rejection.ShouldBeNull();
        else
            decided.ShouldBeRefused(ParticipationRejections.SobrietyContradicted(days, Positives.Max().AddDays(1)));
    }

    /// <summary>Sixty days after the admission, whatever the tests say.</summary>
    [Fact]
    public void Nobody_has_more_days_of_sobriety_than_since_admission()
    {
        GivenAdmitted();
        GivenPhaseDone();

        Record(Advance with { SobrietyDays = 61 }).ShouldBeRefused(ParticipationRejections.SobrietyBeforeAdmission(60));
        Record(Advance with { SobrietyDays = 400 }).ShouldBeRefused(ParticipationRejections.SobrietyBeforeAdmission(60));
        Record(Advance with { SobrietyDays = 60 }).Rejection.ShouldBeNull();
    }

    [Fact]
    public void With_objectives_open_what_the_tests_contradict_is_named_among_them()
    {
        GivenAdmitted();
        DaysPass(60);
        Positives = DaysOf("2026-04-30");

        Record(Advance).ShouldBeRefused(ParticipationRejections.ObjectivesOpen(
            [.. State.OpenObjectives(Court.Phases[0]), "14 consecutive days of sobriety: by the tests 1, since 2026-05-01"]));
    }

    [Fact]
    public void A_court_without_tests_asks_for_no_sobriety()
    {
        Positives = DaysOf("2026-05-01");
        Court = CourtTemplates.Of(CourtType.MentalHealth, "Mental health court", "court", []);
        GivenAdmitted();
        GivenPhaseDone();

        Record(Advance with { SobrietyDays = null }).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Goes_to_the_next_phase_and_no_other()
    {
        GivenAdmitted();
        GivenPhaseDone();

        foreach (var phase in new[] { "prosocial-habilitation", FirstPhase, "no-such-phase" })
            Record(Advance with { ToPhase = phase }).ShouldBeRefused(ParticipationRejections.PhaseNotNext());
    }

    [Fact]
    public void Returns_only_with_a_plan_made_with_the_participant_and_asks_anew()
    {
        GivenAdmitted();
        GivenPhaseDone();
        Recorded(Advance);

        Record(Return with { MadeWithParticipant = false }).ShouldBeRefused(ParticipationRejections.PlanWithoutParticipant());
        Record(Return with { ToPhase = SecondPhase }).ShouldBeRefused(ParticipationRejections.PhaseNotEarlier());
        Record(Return with { ToPhase = LastPhase }).ShouldBeRefused(ParticipationRejections.PhaseNotEarlier());
        Record(Return with { ToPhase = "no-such-phase" }).ShouldBeRefused(ParticipationRejections.PhaseNotEarlier());

        Record(Return).Events.ShouldHaveSingleItem().ShouldBeOfType<PhaseReturnedToEarlier>().FromPhase.ShouldBe(SecondPhase);
        (State.Phase, State.PhaseSince).ShouldBe((FirstPhase, DateOnly.FromDateTime(Clock.UtcDateTime)));
        DaysPass(60);
        Record(Advance).Rejection!.Code.ShouldBe("objectives-open");
    }

    [Fact]
    public void Objectives_are_those_of_the_programme_and_settled_once()
    {
        GivenAdmitted();
        Recorded(new PhaseRequirementRecorded(FirstPhase, "treatment-begun"));

        Record(new PhaseRequirementRecorded("no-such-phase", "treatment-begun")).ShouldBeRefused(ParticipationRejections.PhaseUnknown());
        Record(new PhaseRequirementWaived(FirstPhase, "no-such-objective")).ShouldBeRefused(ParticipationRejections.ObjectiveUnknown());
        Record(new PhaseRequirementRecorded(FirstPhase, "treatment-begun")).ShouldBeRefused(ParticipationRejections.ObjectiveSettled());
        Record(new PhaseRequirementWaived(FirstPhase, "treatment-begun")).ShouldBeRefused(ParticipationRejections.ObjectiveSettled());
        Record(new PhaseRequirementWaived(FirstPhase, "housing-plan"), words: null).ShouldBeRefused(ParticipationRejections.ReasonMissing());
    }

    [Fact]
    public void Nothing_happens_in_a_phase_before_it_begins()
    {
        GivenAdmitted();
        GivenPhaseDone();
        Recorded(Advance);
        GivenPhaseDone();

        Record(Advance with { ToPhase = "prosocial-habilitation", SobrietyDays = 30 }, at: Clock.AddDays(-91)).ShouldBeRefused(ParticipationRejections.BeforeThePhase());
    }

    [Fact]
    public void A_programme_without_the_old_phase_asks_the_team_to_assign_one()
    {
        GivenAdmitted();
        Record(new PhaseAssigned(SecondPhase)).ShouldBeRefused(ParticipationRejections.PhaseAssignedAlready());
        GivenPhaseDone();

        CourtVersion = 2;
        Court = DrugCourt with { Phases = [.. DrugCourt.Phases.Skip(1)] };
        Record(Advance).ShouldBeRefused(ParticipationRejections.PhaseNotInVersion());
        Record(Return).ShouldBeRefused(ParticipationRejections.PhaseNotInVersion());
        Record(new PhaseAssigned(FirstPhase)).ShouldBeRefused(ParticipationRejections.PhaseUnknown());
        Record(new PhaseAssigned(SecondPhase), words: null).ShouldBeRefused(ParticipationRejections.ReasonMissing());
        Record(new PhaseAssigned(SecondPhase), by: ["coord-1"]).ShouldBeRefused(ParticipationRejections.TeamIncomplete(2, ["judge"]));
        Record(new PhaseAssigned(SecondPhase)).Events.ShouldHaveSingleItem().CourtVersion.ShouldBe(2);
        State.Phase.ShouldBe(SecondPhase);
    }

    private static DateOnly[] DaysOf(string days) =>
        [.. days.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(day => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))];
}
