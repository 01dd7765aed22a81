using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.TreatmentAttendance;
using CaseFlow.Projections;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.CourtCaseload;
using CaseFlow.Projections.CourtCompliance;
using CaseFlow.Projections.HearingCalendar;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Unit.Views;

/// <summary>Measures of a participant, counted by hand.</summary>
public sealed class MeasuringParticipants
{
    private static readonly Guid Participation = Guid.Parse("0195d6c4-0000-7000-8000-0000000000b1");
    private static readonly Guid Client = Guid.Parse("0195d6c4-0000-7000-8000-0000000000b2");
    private static readonly DateOnly Today = new(2026, 6, 15);
    private static readonly DateTimeOffset Now = new(2026, 6, 15, 14, 0, 0, TimeSpan.Zero);
    private static readonly CourtConfiguration Court = CourtTemplates.Of(CourtType.Drug, "Drug court", "court", ["coaches"]);

    private static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);

    private static readonly KnownDeath Died = new("coroner", Now.AddDays(-6), Now.AddDays(-6));

    private static readonly CaseloadLine Calm = new(
        Participation, Client, ParticipationStage.Admitted, "acute-stabilization", Today.AddDays(-10), [], false, false, null, Today.AddDays(-10), [], null, null, null)
    {
        TakesPartInDraws = true,
    };

    /// <summary>A caseload counts as a page does: what is over grows no older.</summary>
    [Fact]
    public void Days_in_a_phase_end_with_the_participation_and_with_a_death()
    {
        static int? Days(CaseloadLine line) => line.DaysInPhase(Today, DayOf);
        var line = Calm with { PhaseSince = Today.AddDays(-100) };

        Days(line).ShouldBe(100);
        Days(line with { EndedOn = Today.AddDays(-20) }).ShouldBe(80);
        Days(line with { Death = Died }).ShouldBe(94);
        Days(line with { Death = Died, EndedOn = Today.AddDays(-2) }).ShouldBe(94);
        Days(line with { PhaseSince = null }).ShouldBeNull();
    }

    /// <summary>Admitted on 1 April; today is 15 June.</summary>
    [Theory]
    [InlineData("", "2026-04-10", 0, 0, "2026-04-10")] // one test says nothing of the days before it or after it
    [InlineData("", "2026-06-05,2026-04-10", 56, 56, "2026-04-10")]
    [InlineData("2026-05-01", "2026-04-10,2026-04-20,2026-06-05", 34, 34, "2026-05-02")] // 10 days before it, 2 May to 4 June after it
    [InlineData("2026-05-01", "2026-04-02,2026-04-30,2026-05-03", 1, 28, "2026-05-02")]
    [InlineData("2026-06-14", "2026-04-10,2026-06-10", 0, 61, "2026-06-15")] // positive, and not tested since
    [InlineData("2026-06-01,2026-05-31", "2026-06-01,2026-06-09", 7, 7, "2026-06-02")] // the negative one of the very day begins nothing
    [InlineData("2026-03-01", "2026-03-20,2026-04-10", 0, 0, "2026-04-10")] // before admission
    [InlineData("2026-06-16", "2026-06-01,2026-06-16", 0, 0, "2026-06-01")] // after today
    public void Sobriety_runs_as_far_as_tests_support_it(string positives, string negatives, int current, int longest, string since)
    {
        var run = SobrietyRun.Of(new DateOnly(2026, 4, 1), Today, DaysOf(positives), DaysOf(negatives))!;

        (run.CurrentDays, run.LongestDays, run.Since).ShouldBe((current, longest, DaysOf(since).Single()));
    }

    [Fact]
    public void Without_a_test_there_is_no_run_yet()
    {
        SobrietyRun.Of(new DateOnly(2026, 4, 1), Today, [], []).ShouldBeNull();
        SobrietyRun.Of(new DateOnly(2026, 4, 1), Today, DaysOf("2026-03-31"), DaysOf("2026-06-16")).ShouldBeNull();

        var tests = Measured([Fact(FileEntryKind.Admitted, "sentence") with { Detail = "sentenceReduced" }]).Tests!;
        (tests.Sobriety, tests.SobrietyBasis).ShouldBe((null, SobrietyBasis.NoneYet));
        Measured([]).Tests!.SobrietyBasis.ShouldBeNull("before the admission there is nothing to count from");
    }

    [Fact]
    public void What_was_waived_is_neither_met_nor_missing_nor_paid()
    {
        const string Phase = "acute-stabilization";
        var fee = Fact(FileEntryKind.FeeOrdered, "program-fee") with { EntryId = Guid.NewGuid(), Amount = 10_000, DueOn = Today.AddDays(-1) };

        var measured = Measured(
            [
                Fact(FileEntryKind.PhaseAssigned) with { Phase = Phase },
                Fact(FileEntryKind.ObjectiveMet, "treatment-begun") with { Phase = Phase },
                Fact(FileEntryKind.ObjectiveWaived, "housing-plan") with { Phase = Phase },
            ],
            Paid(fee),
            Paid(Fact(FileEntryKind.FeePaid) with { About = fee.EntryId, Amount = 3_000 }),
            Paid(Fact(FileEntryKind.FeeWaived) with { About = fee.EntryId, Amount = 5_000 }));

        var phase = measured.Phase!;
        (phase.Met.Single().Code, phase.Waived!.Single().Code).ShouldBe(("treatment-begun", "housing-plan"));
        phase.Missing.Select(one => one.Code).ShouldNotContain("housing-plan");
        measured.Orders.Fees.ShouldBe(new OrderSum(10_000, 3_000, 2_000, 2_000) { Waived = 5_000 });
    }

    /// <summary>R22: phases in the order of their days, and the risk beside them; a band of the instrument's own is none.</summary>
    [Fact]
    public void Phases_and_risk_stand_from_their_days_on()
    {
        FileEntry Screened(string kind, int daysAgo, params string[] codes) =>
            Fact(FileEntryKind.Screened, kind, daysAgo) with { EntryId = Guid.NewGuid(), Codes = codes };
        FileEntry In(string phase, int daysAgo, FileEntryKind kind = FileEntryKind.PhaseAssigned) =>
            Fact(kind, daysAgo: daysAgo) with { EntryId = Guid.NewGuid(), Phase = phase };

        Entry(
        [
            Screened("legal", 90, "risk-low"),
            Screened("riskAndNeed", 88, "risk-low", "risk-high", "need-medium"),
            In("acute-stabilization", 60),
            In("clinical-stabilization", 20, FileEntryKind.PhaseAdvanced),
            In("acute-stabilization", 5, FileEntryKind.PhaseReturned),
        ]).Standings().ShouldBe(
        [
            new ContactStanding(Today.AddDays(-88), null, RiskNeedLevel.High),
            new ContactStanding(Today.AddDays(-60), "acute-stabilization", RiskNeedLevel.High),
            new ContactStanding(Today.AddDays(-20), "clinical-stabilization", RiskNeedLevel.High),
            new ContactStanding(Today.AddDays(-5), "acute-stabilization", RiskNeedLevel.High),
        ]);
        Entry([Screened("riskAndNeed", 88, "risk-medium", "need-low")]).Standings().ShouldBe([new ContactStanding(Today.AddDays(-88), null, RiskNeedLevel.Medium)]);
        Entry([Fact(FileEntryKind.Admitted, "sentence")]).Standings().ShouldBeEmpty();

        var high = Screened("riskAndNeed", 5, "risk-high", "need-low") with { HappenedAt = Now.AddDays(-5) };
        var low = Screened("riskAndNeed", 5, "risk-low", "need-low") with { HappenedAt = Now.AddDays(-5).AddHours(-5) };
        Entry([high, low]).Standings()[^1].Risk.ShouldBe(RiskNeedLevel.High, "of one day the last counts, whichever was entered last");
        Entry([low, high]).Standings()[^1].Risk.ShouldBe(RiskNeedLevel.High);
        Entry([high, low with { HappenedAt = Now.AddDays(-5).AddHours(-14), HappenedUntil = Now.AddDays(-4).AddHours(-14) }]).Standings()[^1].Risk
            .ShouldBe(RiskNeedLevel.Low, "known to the day it can have been after");
    }

    /// <summary>What is decided and not done is out of nobody's sight.</summary>
    [Theory]
    [InlineData(null, null, true, false)]
    [InlineData("terminate", null, true, true)]
    [InlineData("continue", null, false, false)]
    [InlineData("terminate", FileEntryKind.Terminated, false, false)]
    [InlineData("terminate", FileEntryKind.Withdrew, false, false)]
    public void A_proposal_stands_until_the_participant_goes_on_or_the_participation_ends(string? outcome, FileEntryKind? end, bool stands, bool decided)
    {
        var proposal = Fact(FileEntryKind.TerminationProposed, "absconded") with { EntryId = Guid.NewGuid() };
        List<FileEntry> facts = [Fact(FileEntryKind.Admitted, "sentence") with { Detail = "sentenceReduced" }, proposal];
        if (outcome is not null)
            facts.Add(Fact(FileEntryKind.TerminationHeard, outcome) with { About = proposal.EntryId });
        if (end is { } kind)
            facts.Add(Fact(kind, "absconded"));

        var shown = Measured([.. facts]);

        (shown.TerminationProposed, shown.TerminationDecided).ShouldBe((stands, decided));
        Entry([.. facts]).OpenProposal.ShouldBe(stands ? proposal : null);
    }

    private static ActivityLine Paid(FileEntry entry) => new(
        Participation, ActivityKind.Payment, ViewText.Of(entry.Kind), "", Today, entry.Amount ?? 0, "",
        new ActivityEntry(Participation, Client, ActivityKind.Payment, entry.EntryId, Today, "", []) { Entry = entry });

    private static IEnumerable<DateOnly> DaysOf(string days) =>
        days.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => DateOnly.ParseExact(text, "yyyy-MM-dd", null));

    public static TheoryData<CaseloadLine, Attention[]> Lines => new()
    {
        { Calm, [] },
        { Calm with { HasWarrant = true, TerminationProposed = true }, [Attention.Warrant, Attention.TerminationProposed] },
        { Calm with { LastPositiveOn = Today.AddDays(-13) }, [Attention.PositiveTest] },
        { Calm with { LastPositiveOn = Today.AddDays(-14), LastNonComplianceOn = Today.AddDays(-13) }, [Attention.MissedTest] },
        { Calm with { LastPositiveOn = Today.AddDays(-40), PositivesKnown = [Now.AddDays(-13)] }, [Attention.PositiveTest] }, // known late, and in sight since
        { Calm with { LastPositiveOn = Today.AddDays(-40), PositivesKnown = [Now.AddDays(-30), Now.AddDays(-14)] }, [] },
        { Calm with { LastPositiveOn = Today.AddDays(-40), PositivesKnown = [Now.AddDays(-13), Now.AddTicks(1)] }, [Attention.PositiveTest] },
        { Calm with { LastPositiveOn = Today.AddDays(-40), PositivesKnown = [Now.AddTicks(1)] }, [] }, // nobody knows yet
        { Calm with { LastNonComplianceOn = Today.AddDays(-20), NonCompliancesKnown = [Now] }, [Attention.MissedTest] },
        { Calm with { LastNonComplianceOn = Today.AddDays(-20), NonCompliancesKnown = [Now.AddDays(-14)] }, [] },
        { Calm with { Death = Died, LastPositiveOn = Today.AddDays(-40), PositivesKnown = [Now] }, [Attention.Deceased] },
        { Calm with { WindowEnds = [Now.AddMinutes(-1), Now.AddHours(1)] }, [Attention.TestWithoutOutcome] },
        { Calm with { WindowEnds = [Now] }, [] },
        { Calm with { ResultsAwaited = [new AwaitedResult(Now.AddHours(-48).AddTicks(-1), 1)] }, [Attention.ResultLate] },
        { Calm with { ResultsAwaited = [new AwaitedResult(Now.AddHours(-48), 1), new AwaitedResult(Now, 1)] }, [] },
        { Calm with { OpenHearings = [Now.AddMinutes(-1)] }, [Attention.HearingWithoutOutcome] },
        { Calm with { OpenHearings = [Now] }, [Attention.HearingSoon] },
        { Calm with { OpenHearings = [Now.AddDays(7)] }, [Attention.HearingSoon] },
        { Calm with { OpenHearings = [Now.AddDays(-7), Now.AddDays(1)] }, [Attention.HearingWithoutOutcome, Attention.HearingSoon] },
        { Calm with { OpenHearings = [Now.AddDays(-7), Now.AddDays(8)] }, [Attention.HearingWithoutOutcome] },
        { Calm with { AdmittedOn = Today.AddDays(-60), LastHeldOn = Today.AddDays(-15), OpenHearings = [Now.AddDays(-7), Now.AddDays(1)] }, [Attention.HearingWithoutOutcome, Attention.HearingSoon, Attention.HearingOverdue] },
        { Calm with { OpenHearings = [Now.AddDays(7).AddMinutes(1)] }, [] },
        { Calm with { LastHeldOn = Today.AddDays(-14) }, [] },
        { Calm with { AdmittedOn = Today.AddDays(-60), LastHeldOn = Today.AddDays(-15) }, [Attention.HearingOverdue] },
        { Calm with { AdmittedOn = Today.AddDays(-60), LastHeldOn = Today.AddDays(-15), OpenHearings = [Now.AddDays(1)] }, [Attention.HearingSoon, Attention.HearingOverdue] },
        { Calm with { AdmittedOn = Today.AddDays(-14) }, [] },
        { Calm with { AdmittedOn = Today, LastHeldOn = Today.AddDays(-50) }, [] },
        { Calm with { AdmittedOn = Today.AddDays(-15) }, [Attention.HearingOverdue] },
        { Calm with { TakesPartInDraws = false }, [Attention.NotInDraws] },
        { Calm with { TakesPartInDraws = false, Phase = null, PhaseSince = null, ConditionDueOn = Today.AddDays(-1) }, [Attention.NotInDraws, Attention.ConditionOverdue] },
        { Calm with { TakesPartInDraws = false, Stage = ParticipationStage.Accepted }, [Attention.AwaitingDecision] },
        { Calm with { TakesPartInDraws = false, Death = Died }, [Attention.Deceased] },
        { Calm with { ConditionDueOn = Today }, [] },
        { Calm with { ConditionDueOn = Today.AddDays(-1) }, [Attention.ConditionOverdue] },
        { Calm with { Stage = ParticipationStage.Accepted, Phase = null, PhaseSince = null }, [Attention.AwaitingDecision] },
        { Calm with { Stage = ParticipationStage.Graduated, HasWarrant = true }, [] },
        { Calm with { Death = Died, LastPositiveOn = Today.AddDays(-1), ConditionDueOn = Today.AddDays(-1), BasisEndsOn = Today }, [Attention.Deceased] },
        { Calm with { Death = Died, HasWarrant = true, OpenHearings = [Now.AddDays(1)] }, [Attention.Deceased, Attention.Warrant, Attention.HearingSoon] },
        { Calm with { BasisEndsOn = Today.AddDays(31) }, [] },
        { Calm with { BasisEndsOn = Today.AddDays(30) }, [Attention.LegalBasisEnding] },
        { Calm with { BasisEndsOn = Today }, [Attention.LegalBasisEnding] },
        { Calm with { BasisEndsOn = Today.AddDays(-1), LastPositiveOn = Today }, [Attention.LegalBasisOver, Attention.PositiveTest] },
        { Past(ParticipationStage.Graduated, 75), [] },
        { Past(ParticipationStage.Graduated, 76), [Attention.AftercareEnding] },
        { Past(ParticipationStage.Withdrawn, 90), [Attention.AftercareEnding] },
        { Past(ParticipationStage.Terminated, 91), [] },
        { Past(ParticipationStage.Closed, 80), [] },
        { Past(ParticipationStage.Graduated, 80) with { Death = Died }, [] },
        { Ready(60), [Attention.EligibleForAdvancement] },
        { Ready(59), [] },
        { Ready(60) with { Settled = ["treatment-begun"] }, [] },
        { Ready(60) with { FirstNegativeOn = null, LastNegativeOn = null }, [] }, // none yet
        { Ready(60) with { FirstNegativeOn = Today.AddDays(-13) }, [] },
        { Ready(60) with { LastNegativeOn = Today.AddDays(-47) }, [] },
        { Ready(60) with { LastPositiveOn = Today.AddDays(-15) }, [Attention.EligibleForAdvancement] },
        { Ready(60) with { LastPositiveOn = Today.AddDays(-14) }, [] },
        { Ready(60) with { Phase = "no-such-phase" }, [] },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Attention_follows_from_rules_the_most_pressing_first(CaseloadLine line, Attention[] reasons) =>
        line.At(Court, CourtCaseloadPolicy.Default, Now, Today, DayOf).ShouldBe(reasons);

    /// <summary>Nobody is missing from draws that there are none of: not in a court without tests, nor in a phase that tests nobody.</summary>
    [Fact]
    public void Who_is_in_no_draw_is_pointed_out_where_the_court_draws()
    {
        var line = Calm with { TakesPartInDraws = false };
        line.At(Court with { Tests = null }, CourtCaseloadPolicy.Default, Now, Today, DayOf).ShouldBeEmpty();
        line.At(Court with { Phases = [Court.Phases[0] with { TestsPerWeek = 0 }, .. Court.Phases.Skip(1)] }, CourtCaseloadPolicy.Default, Now, Today, DayOf).ShouldBeEmpty();
        line.At(Court with { Phases = [Court.Phases[0] with { TestsPerWeek = 1 }, .. Court.Phases.Skip(1)] }, CourtCaseloadPolicy.Default, Now, Today, DayOf).ShouldBe([Attention.NotInDraws]);
        line.At(Court with { Phases = [Court.Phases[0] with { TestsPerWeek = null }, .. Court.Phases.Skip(1)] }, CourtCaseloadPolicy.Default, Now, Today, DayOf)
            .ShouldBe([Attention.NotInDraws], "where the phase says nothing, the court's own odds count");
    }

    /// <summary>A result is late by the version that its test was selected under, whatever the court says now.</summary>
    [Fact]
    public void A_result_is_late_by_the_rules_that_its_test_was_selected_under()
    {
        var line = Calm with { ResultsAwaited = [new AwaitedResult(Now.AddHours(-30), 1), new AwaitedResult(Now.AddHours(-30), 3)] };
        TestRules? RulesOf(int version) => version == 3 ? null : Court.Tests! with { ResultHours = version == 1 ? 48 : 24 };

        line.At(Court, CourtCaseloadPolicy.Default, Now, Today, DayOf, RulesOf).ShouldBeEmpty();
        (line with { ResultsAwaited = [new AwaitedResult(Now.AddHours(-30), 2)] }).At(Court, CourtCaseloadPolicy.Default, Now, Today, DayOf, RulesOf).ShouldBe([Attention.ResultLate]);
    }

    /// <summary>One that nobody said the outcome of hides none to come.</summary>
    [Fact]
    public void The_next_hearing_is_the_first_open_one_from_the_instant_asked_about()
    {
        var line = Calm with { OpenHearings = [Now.AddDays(-7), Now, Now.AddDays(7)] };

        line.NextHearingAt(Now.AddDays(-7)).ShouldBe(Now.AddDays(-7));
        line.NextHearingAt(Now.AddDays(-7).AddTicks(1)).ShouldBe(Now);
        line.NextHearingAt(Now).ShouldBe(Now);
        line.NextHearingAt(Now.AddTicks(1)).ShouldBe(Now.AddDays(7));
        line.NextHearingAt(Now.AddDays(8)).ShouldBeNull();
        Calm.NextHearingAt(Now).ShouldBeNull();
    }

    [Fact]
    public void Objectives_are_met_anew_after_a_return_and_what_was_waived_stays_so()
    {
        var entry = Entry(
            Fact(FileEntryKind.PhaseAssigned) with { Phase = "a" },
            Fact(FileEntryKind.ObjectiveMet, "one") with { Phase = "a" },
            Fact(FileEntryKind.ObjectiveWaived, "two") with { Phase = "a" },
            Fact(FileEntryKind.PhaseAdvanced) with { Phase = "b" },
            Fact(FileEntryKind.ObjectiveMet, "three") with { Phase = "b" });
        entry.SettledInPhase.ShouldBe(["three"]);

        (entry with { Facts = [.. entry.Facts, Fact(FileEntryKind.PhaseReturned) with { Phase = "a" }] }).SettledInPhase.ShouldBe(["two"]);
    }

    [Theory]
    [InlineData(OrderPeriod.Week, "2026-06-01", "2026-08-30", 4)]
    [InlineData(OrderPeriod.Week, "2026-06-09", "2026-08-30", 0)]
    [InlineData(OrderPeriod.Week, "2026-05-01", "2026-05-14", 4)]
    [InlineData(OrderPeriod.Week, "2026-06-02", "2026-06-15", 2)] // its last day is today, which is not over
    [InlineData(OrderPeriod.Month, "2026-04-10", "2026-12-31", 4)]
    [InlineData(OrderPeriod.WholeOrder, "2026-06-01", "2026-06-15", 0)]
    [InlineData(OrderPeriod.WholeOrder, "2026-06-01", "2026-06-14", 2)]
    public void Coaching_is_owed_for_the_periods_that_are_over(OrderPeriod per, string from, string until, int owed)
    {
        var order = new CoachingOrder(2, per, SessionKind.OneToOne, DateOnly.ParseExact(from, "yyyy-MM-dd", null), DateOnly.ParseExact(until, "yyyy-MM-dd", null));
        var row = new ActivityEntry(Participation, Client, ActivityKind.Coaching, Participation, Today, "", []) { Coaching = new CoachingStanding(CoachingStatus.Coached) { Order = order } };

        Measured([], new ActivityLine(Participation, ActivityKind.Coaching, "coached", "", Today, 0, "", row)).Coaching!.OrderedSoFar.ShouldBe(owed);
    }

    [Fact]
    public void Attendance_that_nobody_told_is_not_none_held()
    {
        Measured([], Coaching("a", CoachingStatus.Ordered)).Coaching!.Attendance.ShouldBeNull();
        Measured([], Coaching("a", CoachingStatus.Ordered), Coach("a", CoachingStatus.Coached)).Coaching!.Attendance.ShouldBeNull();
        Measured([], Coaching("a", CoachingStatus.Ordered), Session("missed", Today)).Coaching!.Attendance!.Held.ShouldBe(0);
        var elsewhere = Measured([], Coaching("a", CoachingStatus.Ordered), Session("held", Today, provider: "b")).Coaching!;
        (elsewhere.Attendance, elsewhere.AttendedSoFar).ShouldBe((null, null), "another provider's sessions say nothing of the ordered one's");
        elsewhere.Apart!.ShouldHaveSingleItem().Attendance.Held.ShouldBe(1);
    }

    /// <summary>Two sessions a week from 1 June: the first week and the second are over on the 15th.</summary>
    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("06-01,06-07", 2, 2)]
    [InlineData("06-01,06-02,06-03,06-07", 4, 2)] // one week makes up for no other
    [InlineData("06-03,06-08,06-09", 3, 3)]
    [InlineData("06-15", 1, 0)] // its week is not over
    [InlineData("05-31,06-14", 1, 1)] // before the order's first day
    public void Attended_counts_in_each_period_no_more_than_were_ordered_for_it(string held, int all, int soFar)
    {
        var days = held.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(day => DateOnly.ParseExact($"2026-{day}", "yyyy-MM-dd", null));

        var shown = Measured([], [Ordered(OrderPeriod.Week), Session("missed", Today.AddDays(-1)), .. days.Select(day => Session("held", day))]).Coaching!;

        (shown.Attendance!.Held, shown.OrderedSoFar, shown.AttendedSoFar).ShouldBe((all, 4, soFar));
    }

    [Fact]
    public void Sessions_of_another_kind_provider_or_time_are_shown_beside_the_order()
    {
        var lines = new[]
        {
            Session("held", Today.AddDays(-3)), Session("held", Today.AddDays(-3), SessionKind.CheckIn), Session("missed", Today.AddDays(-2), SessionKind.CheckIn),
            Session("held", Today.AddDays(-40)), Session("excused", Today.AddDays(-4), provider: "b"), Session("scheduled", Today.AddDays(3), SessionKind.Group),
        };

        var shown = Measured([], [Ordered(OrderPeriod.Month), .. lines]).Coaching!;

        (shown.Attendance!.Held, shown.Attendance.Missed, shown.Attendance.Minutes).ShouldBe((1, 0, 45));
        shown.Apart!.Select(one => (one.Reason, one.ProviderAgencyId, one.Kind, one.Attendance.Held, one.Attendance.Missed, one.Attendance.Excused, one.Attendance.Ahead)).ShouldBe(
        [
            (ApartReason.OtherProvider, "b", SessionKind.OneToOne, 0, 0, 1, 0),
            (ApartReason.OtherKind, "a", SessionKind.Group, 0, 0, 0, 1),
            (ApartReason.OtherKind, "a", SessionKind.CheckIn, 1, 1, 0, 0),
            (ApartReason.OutsideOrder, "a", SessionKind.OneToOne, 1, 0, 0, 0),
        ]);
        Measured([], [Coaching("a", CoachingStatus.Accepted), .. lines]).Coaching!.Apart!.ShouldHaveSingleItem().Reason.ShouldBe(ApartReason.OtherProvider, "an offer asks for no kind");
    }

    /// <summary>A session in the evening is of the court's day, not of the next one in UTC.</summary>
    [Fact]
    public void Sessions_count_on_the_courts_days()
    {
        var evening = Session("held", new DateOnly(2026, 6, 8)) with { StartsAt = new DateTimeOffset(2026, 6, 8, 3, 0, 0, TimeSpan.Zero) };
        var by = new MeasuredBy(Entry([]), [Ordered(OrderPeriod.WholeOrder, "2026-06-01", "2026-06-07"), evening], [], new CourtInForce(Court, 1), Now, Today);

        Measuring.Of(by).Coaching!.AttendedSoFar.ShouldBe(0, "8 June in UTC");
        Measuring.Of(by with { Calendar = new(JurisdictionPolicy.Default("coaches")) }).Coaching!.AttendedSoFar.ShouldBe(1, "7 June in Wisconsin");
    }

    [Fact]
    public void What_goes_on_after_the_participation_is_neither_owed_nor_told()
    {
        var over = Now.AddDays(-5);
        FileEntry[] facts = [Fact(FileEntryKind.Admitted, "sentence", 100) with { Detail = "sentenceReduced" }, Fact(FileEntryKind.Graduated, null, 5) with { At = over }];
        ActivityLine Held(DateTimeOffset at) => Session("held", DateOnly.FromDateTime(at.UtcDateTime)) with { StartsAt = at };

        var shown = Measured(facts, Ordered(OrderPeriod.Week), Held(over.AddDays(-1)), Held(over.AddTicks(-1)), Held(over), Held(over.AddMinutes(5)), Held(over.AddDays(1))).Coaching!;

        (shown.OrderedSoFar, shown.Attendance!.Held, shown.Apart).ShouldBe((2, 2, null));
    }

    [Fact]
    public void What_goes_on_after_a_decline_or_a_denial_is_not_counted_either()
    {
        foreach (var end in new[] { Fact(FileEntryKind.Declined, "wants-no-court", 5), Fact(FileEntryKind.Determined, "not-eligible", 5) with { Yes = false } })
        {
            var lines = new[] { 6, 5, 4, 0 }.Select(daysAgo => Session("held", Today.AddDays(-daysAgo)));
            Measured([end], [Coaching("a", CoachingStatus.Accepted), .. lines]).Coaching!.Attendance!.Held.ShouldBe(2, "to the day of the end");
        }
    }

    [Fact]
    public void Treatment_that_nobody_told_is_not_none_and_what_was_retracted_counts_no_more()
    {
        ActivityLine Report(int weeksAgo, AttendanceCount? count, string provider = "house") => new(
            Participation, ActivityKind.Treatment, "reported", "", Today, 0, "", new ActivityEntry(Participation, Client, ActivityKind.Treatment, Guid.NewGuid(), Today, "", [])
            {
                Treatment = new TreatmentStanding(provider, Today.AddDays(-7 * weeksAgo), Today.AddDays((-7 * weeksAgo) + 6), count, count is null ? Now : null),
            });

        Measured([]).TreatmentAttendance.ShouldBeNull();
        Measured([], Report(1, null)).TreatmentAttendance.ShouldBeNull();
        var shown = Measured([], Report(3, new(3, 1, 1)), Report(2, null), Report(1, new(3, 3, 0)), Report(1, new(2, 0, 0), "clinic")).TreatmentAttendance!;

        shown.Select(one => (one.ProviderAgencyId, one.Offered, one.Attended, one.Excused, one.Missed)).ShouldBe([("clinic", 2, 0, 0, 2), ("house", 6, 4, 1, 1)]);
        shown[1].Latest.Select(one => one.Count).ShouldBe([new(3, 3, 0), null, new(3, 1, 1)]);
    }

    [Fact]
    public void The_coach_who_counts_is_the_ordered_providers()
    {
        var (ordered, former, present) = (Coaching("b", CoachingStatus.Ordered), Coach("a", CoachingStatus.Ended), Coach("b", CoachingStatus.Coached));

        var shown = Measured([], ordered, present, former).Coaching!;

        (shown.Status, shown.ProviderAgencyId).ShouldBe(("coached", "b"));
        shown.HasCoach.ShouldBe(true);
        var changed = Measured([], ordered, former).Coaching!;
        changed.Status.ShouldBe("ordered");
        changed.HasCoach.ShouldBeNull();
        Measured([], former).Coaching!.Status.ShouldBe("ended");
    }

    [Fact]
    public void The_first_hearing_is_due_from_admission()
    {
        var shown = Measured([Fact(FileEntryKind.Admitted, "sentence") with { Detail = "sentenceReduced" }, Fact(FileEntryKind.PhaseAssigned) with { Phase = "acute-stabilization" }]);

        shown.Hearings.NextDueBy.ShouldBe(Today.AddDays(4));
    }

    [Fact]
    public void The_ratio_counts_its_days_and_what_is_over_grows_no_older()
    {
        ActivityLine Of(string state, int daysAgo) => new(Participation, ActivityKind.Response, state, "x", Today.AddDays(-daysAgo), 0, "", null);
        var shown = Measured(
            [Fact(FileEntryKind.Admitted, "sentence", 100) with { Detail = "sentenceReduced" }, Fact(FileEntryKind.Graduated, null, 40)],
            Of("incentive", 29), Of("incentive", 30), Of("sanction", 3), Of("jailImposed", 2), Of("retracted", 1));

        (shown.Responses.Incentives, shown.Responses.AllIncentives, shown.Responses.Sanctions).ShouldBe((1, 2, 2));
        (shown.Basis!.DaysInProgram, shown.Aftercare!.Until).ShouldBe((60, Today.AddDays(50)));
        shown.Stage.ShouldBe(ParticipationStage.Graduated);
    }

    private static ActivityLine Session(string state, DateOnly day, SessionKind kind = SessionKind.OneToOne, string provider = "a") => new(
        Participation, ActivityKind.Session, state, Projections.ViewText.Of(kind), day, state == "held" ? 45 : 0,
        new TimelineSource(provider, ConsentInformation.Attendance, []).Key, null);

    private static ActivityLine Ordered(OrderPeriod per, string from = "2026-06-01", string until = "2026-08-30")
    {
        var line = Coaching("a", CoachingStatus.Ordered);
        var order = new CoachingOrder(2, per, SessionKind.OneToOne, DateOnly.ParseExact(from, "yyyy-MM-dd", null), DateOnly.ParseExact(until, "yyyy-MM-dd", null));
        return line with { Row = line.Row! with { Coaching = line.Row.Coaching! with { Order = order } } };
    }

    [Theory]
    [InlineData(29, 7L)] // with the three of yesterday more than six within thirty days
    [InlineData(30, null)]
    public void Unusually_many_days_of_jail_are_told_with_their_number(int daysAgo, long? days)
    {
        ActivityLine Jail(int ago, long amount, string state = "jailImposed") => new(Participation, ActivityKind.Response, state, "jail", Today.AddDays(-ago), amount, "", null);

        Measured([], Jail(daysAgo, 4), Jail(2, 9, "retracted"), Jail(1, 3)).Alerts
            .ShouldBe(days is null ? null : [new ComplianceAlert(ComplianceAlertKind.JailUnusual, Today.AddDays(-1), days, 6)]);
    }

    [Theory]
    [InlineData(-1, ComplianceAlertKind.LegalBasisOver)]
    [InlineData(0, ComplianceAlertKind.LegalBasisEnding)]
    [InlineData(30, ComplianceAlertKind.LegalBasisEnding)]
    [InlineData(31, null)]
    public void A_legal_basis_that_ends_or_has_ended_is_told(int endsIn, ComplianceAlertKind? kind)
    {
        var admitted = Fact(FileEntryKind.Admitted, "sentence") with { Detail = "sentenceReduced", DueOn = Today.AddDays(endsIn) };

        Measured([admitted]).Alerts.ShouldBe(kind is { } told ? [new ComplianceAlert(told, Today.AddDays(endsIn), null, null)] : null);
        Measured([admitted, Fact(FileEntryKind.Withdrew, "moved", 1)]).Alerts.ShouldBeNull();
    }

    [Fact]
    public void Aftercare_that_ends_is_told() =>
        Measured([Fact(FileEntryKind.Admitted, "sentence", 400) with { Detail = "sentenceReduced" }, Fact(FileEntryKind.Graduated, null, 80)]).Alerts
            .ShouldBe([new ComplianceAlert(ComplianceAlertKind.AftercareEnding, Today.AddDays(10), null, null)]);

    /// <summary>What nobody told binds nobody: it is neither awaited nor held against the participant.</summary>
    [Theory]
    [InlineData(-1, TestSelection.Random, false, 1, 0)]
    [InlineData(0, TestSelection.Random, false, 0, 1)] // the day is not over
    [InlineData(0, TestSelection.Random, true, 1, 0)]
    [InlineData(-20, TestSelection.ForCause, false, 0, 1)] // can be told later
    public void A_draw_of_which_nobody_was_told_on_its_day_counts_for_nothing(int day, TestSelection selection, bool caughtUp, int untold, int pending)
    {
        var on = Today.AddDays(day);
        var selected = new DrugTestSelected(on, selection, caughtUp, 1, null) { ParticipationId = Participation, ClientId = Client, Court = "drug-court", TestId = Participation };
        var row = new ActivityEntry(Participation, Client, ActivityKind.Test, Participation, on, "", []) { Test = new TestProgress(DrugTest.Of(selected)) };

        var shown = Measured([], [new ActivityLine(Participation, ActivityKind.Test, row.State, row.Step, on, 0, "", row)]).Tests!;

        (shown.Selected, shown.Untold, shown.Pending, shown.NonCompliant, shown.Missed).ShouldBe((1, untold, pending, 0, 0));
        shown.Latest.Single().Verdict.ShouldBe(untold == 1 ? TestVerdict.Nothing : TestVerdict.Pending);
    }

    /// <summary>A confirmation is the answer to a dispute, whatever it says; whoever contests that as well disputes it again.</summary>
    [Fact]
    public void A_test_is_contested_while_nobody_answered()
    {
        var selected = new DrugTestSelected(Today, TestSelection.Random, false, 1, null) { ParticipationId = Participation, ClientId = Client, Court = "drug-court", TestId = Participation };
        var positive = new TestOutcome(Domain.DrugTests.TestResult.Positive, ["cocaine"]);
        DrugTestContested Contest() => new(null) { ParticipationId = Participation, ClientId = Client, Court = "drug-court", TestId = Participation };
        var contested = DrugTest.Of(selected)
            .After(new DrugTestResultReported(positive, "lab-1") { ParticipationId = Participation, ClientId = Client, Court = "drug-court", TestId = Participation })
            .After(Contest());
        var confirmed = contested.After(new DrugTestConfirmed(positive, "lab-1") { ParticipationId = Participation, ClientId = Client, Court = "drug-court", TestId = Participation });

        Shown(contested).ShouldBe((1, true));
        Shown(confirmed).ShouldBe((0, false));
        Shown(confirmed.After(Contest())).ShouldBe((1, true));

        static (int Contested, bool Latest) Shown(DrugTest test)
        {
            var row = new ActivityEntry(Participation, Client, ActivityKind.Test, Participation, Today, "", []) { Test = new TestProgress(test) };
            var shown = Measured([], [new ActivityLine(Participation, ActivityKind.Test, row.State, row.Step, Today, 0, "", row)]).Tests!;
            return (shown.Contested, shown.Latest.Single().Contested);
        }
    }

    /// <summary>What the team has not met about yet is listed, however many tests came after it: taken, known or corrected since the last hearing that was held.</summary>
    [Fact]
    public void Every_test_that_counts_since_the_last_hearing_is_listed_beyond_the_latest()
    {
        var held = Today.AddDays(-30);
        ActivityLine Line(int daysAgo, DrugTest test, TestCorrectionShown? correction = null, int? standsSince = null)
        {
            var progress = new TestProgress(test) { Correction = correction, StandsSince = standsSince is { } since ? Now.AddDays(-since) : null };
            var row = new ActivityEntry(Participation, Client, ActivityKind.Test, Participation, Today.AddDays(-daysAgo), "", []) { Test = progress };
            return new ActivityLine(Participation, ActivityKind.Test, row.State, row.Step, row.Day, 0, "", row);
        }

        var selected = DrugTest.Of(new(Today, TestSelection.Random, false, 1, null) { ParticipationId = Participation, ClientId = Client, Court = "drug-court", TestId = Participation });
        DrugTest Reported(Domain.DrugTests.TestResult result, int daysAgo) => selected.After(
            new DrugTestResultReported(new TestOutcome(result, []), "lab-1") { ParticipationId = Participation, ClientId = Client, Court = "drug-court", TestId = Participation }.At(Now.AddDays(-daysAgo)));
        var positive = Domain.DrugTests.TestResult.Positive;
        ActivityLine[] activity =
        [
            Line(50, Reported(positive, 49), standsSince: 49), // known by then
            Line(49, Reported(positive, 48), standsSince: 3), // found by a confirmation, or entered late
            Line(40, Reported(positive, 39), new TestCorrectionShown(Participation, Now.AddDays(-5), TestError.Laboratory, TestVerdict.Negative)),
            Line(31, Reported(positive, 29)),
            Line(30, Reported(positive, 30)), // of the day itself
            Line(29, Reported(Domain.DrugTests.TestResult.Negative, 28)),
            .. Enumerable.Range(0, 10).Select(n => Line(20 - n, Reported(n == 0 ? positive : Domain.DrugTests.TestResult.Negative, 19 - n))),
        ];
        HearingEntry hearing = new(Participation, Client, "drug-court", InOpenFile: true, new FileEntry(Participation, FileEntryKind.HearingHeld, held, CourtFile.Open) { At = Now.AddDays(-30) }, 1);
        var by = new MeasuredBy(Entry([Fact(FileEntryKind.Admitted, "sentence", 100) with { Detail = "sentenceReduced" }]), activity, [hearing], new CourtInForce(Court, 1), Now, Today);

        var shown = Measuring.Of(by).Tests!.Latest;
        shown.Select(one => Today.DayNumber - one.Day.DayNumber).ShouldBe([.. Enumerable.Range(11, 10), 30, 31, 40, 49]);
        shown.Where(one => one.SinceHearing).Select(one => Today.DayNumber - one.Day.DayNumber).ShouldBe([20, 30, 31, 40, 49]);
        Measuring.Of(by with { Hearings = [] }).Tests!.Latest.Count(one => one.SinceHearing).ShouldBe(6, "before the first hearing everything is new");
    }

    /// <summary>Nobody fails to come on the day they die, or later, whenever it was recorded.</summary>
    [Fact]
    public void What_was_missed_from_the_day_of_death_on_is_not_counted_and_days_end_with_it()
    {
        var died = Today.AddDays(-5);
        var diedAt = new DateTimeOffset(died, new TimeOnly(9, 0), TimeSpan.Zero);
        ActivityLine Test(int after, string step, string state) => new(Participation, ActivityKind.Test, state, step, died.AddDays(after), 0, "", null);
        ActivityLine Session(int after, string state) => new(Participation, ActivityKind.Session, state, "", died.AddDays(after), 30, "", null) { StartsAt = diedAt.AddDays(after) };
        ActivityLine[] activity =
        [
            Test(-1, "missed", "nonCompliance"), Test(0, "missed", "nonCompliance"), Test(0, "collected", "negative"), Test(2, "refused", "nonCompliance"), Test(3, "selected", "pending"),
            Session(-1, "missed"), Session(0, "missed"), Session(1, "scheduled"), Session(-2, "held"),
        ];
        HearingEntry[] hearings = [.. Missed(-1), .. Missed(0), .. Missed(2), Entered(3, FileEntryKind.HearingScheduled), Entered(20, FileEntryKind.HearingScheduled)];
        FileEntry[] facts = [Fact(FileEntryKind.Admitted, "sentence", 100) with { Detail = "sentenceReduced", DueOn = Today }, Fact(FileEntryKind.PhaseAssigned, null, 100) with { Phase = "acute-stabilization" }];
        var by = new MeasuredBy(Entry(facts), activity, hearings, new CourtInForce(Court, 1), Now, Today);
        var death = new MeasuredDeath(new("hospital", diedAt, diedAt), died, IsTold: true);

        var living = Measuring.Of(by);
        (living.Tests!.Missed, living.Tests.Selected, living.Hearings.Missed, living.Hearings.WithoutOutcome, living.Coaching!.Attendance!.Missed).ShouldBe((2, 5, 3, 1, 2));
        var shown = Measuring.Of(by with { Death = death });
        (shown.Tests!.Missed, shown.Tests.Selected, shown.Hearings.Missed, shown.Hearings.WithoutOutcome, shown.Coaching!.Attendance!.Missed).ShouldBe((1, 2, 1, 0, 1));
        (shown.Hearings.Next!.At, shown.Hearings.NextDueBy, shown.Coaching.Attendance.Untold).ShouldBe((diedAt.AddDays(20), null, 0));
        (shown.Basis!.DaysInProgram, shown.Phase!.Days, shown.Phase.IsEligible).ShouldBe((95, 95, false));
        shown.Alerts.ShouldBe([new ComplianceAlert(ComplianceAlertKind.Deceased, died, null, null)]);
        var untold = Measuring.Of(by with { Death = death with { IsTold = false } });
        untold.Hearings.Missed.ShouldBe(1, "what was missed is counted for nobody");
        untold.Alerts.ShouldBe(living.Alerts, "and nothing else shows the day of a death to whoever is not told of it");
        (untold.Basis!.DaysInProgram, untold.Phase!.Days, untold.Phase.IsEligible).ShouldBe((living.Basis!.DaysInProgram, living.Phase!.Days, living.Phase.IsEligible));
        (untold.Hearings.NextDueBy, untold.Hearings.WithoutOutcome).ShouldBe((living.Hearings.NextDueBy, living.Hearings.WithoutOutcome));

        IEnumerable<HearingEntry> Missed(int after) => [Entered(after, FileEntryKind.HearingScheduled), Entered(after, FileEntryKind.HearingMissed)];
        HearingEntry Entered(int after, FileEntryKind kind)
        {
            var (id, on) = (NamedId.Of("hearing", $"{after}"), died.AddDays(after));
            var isMiss = kind == FileEntryKind.HearingMissed;
            var entry = new FileEntry(isMiss ? NamedId.Of(id, "missed") : id, kind, on, CourtFile.Open) { At = diedAt.AddDays(after), About = isMiss ? id : null, Yes = isMiss ? false : null };
            return new HearingEntry(Participation, Client, "drug-court", InOpenFile: true, entry, 1);
        }
    }

    private static CaseloadLine Past(ParticipationStage stage, int endedDaysAgo) => Calm with { Stage = stage, EndedOn = Today.AddDays(-endedDaysAgo) };

    private static ActivityLine Coaching(string provider, CoachingStatus status) => OfCoaching(ActivityKind.Coaching, provider, status);

    private static ActivityLine Coach(string provider, CoachingStatus status) => OfCoaching(ActivityKind.Coach, provider, status);

    private static ActivityLine OfCoaching(ActivityKind kind, string provider, CoachingStatus status) => new(
        Participation, kind, "", "", Today, 0, "",
        new ActivityEntry(Participation, Client, kind, Participation, Today, "", [])
        {
            Coaching = new CoachingStanding(status) { ProviderAgencyId = provider, CoachId = status == CoachingStatus.Coached ? "coach-1" : null },
        });

    private static CaseloadLine Ready(int days) => Calm with
    {
        PhaseSince = Today.AddDays(-days),
        AdmittedOn = Today.AddDays(-days),
        LastHeldOn = Today.AddDays(-1),
        Settled = [.. Court.Phases[0].Objectives.Select(objective => objective.Code)],
        FirstNegativeOn = Today.AddDays(-days),
        LastNegativeOn = Today,
    };

    private static ParticipantCompliance Measured(FileEntry[] facts, params ActivityLine[] lines) =>
        Measuring.Of(new MeasuredBy(Entry(facts), lines, [], new CourtInForce(Court, 1), Now, Today));

    private static ComplianceEntry Entry(params FileEntry[] facts) => new(Participation, Client, "C-1", "drug-court", "court", 1, facts);

    private static FileEntry Fact(FileEntryKind kind, string? code = null, int daysAgo = 10) =>
        new(NamedId.Of("entry", $"{kind}/{code}"), kind, Today.AddDays(-daysAgo), CourtFile.Open) { Code = code };
}
