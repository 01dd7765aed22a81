using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.TreatmentAttendance;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.CourtCaseload;
using CaseFlow.Projections.CourtCompliance;

namespace CaseFlow.Unit.Views;

/// <summary>Measures of a participant, counted by hand.</summary>
public sealed class MeasuringParticipants
{
    private static readonly Guid Participation = Guid.Parse("0195d6c4-0000-7000-8000-0000000000b1");
    private static readonly Guid Client = Guid.Parse("0195d6c4-0000-7000-8000-0000000000b2");
    private static readonly DateOnly Today = new(2026, 6, 15);
    private static readonly DateTimeOffset Now = new(2026, 6, 15, 14, 0, 0, TimeSpan.Zero);
    private static readonly CourtConfiguration Court = CourtTemplates.Of(CourtType.Drug, "Drug court", "court", ["coaches"]);

    private static readonly CaseloadLine Calm = new(
        Participation, Client, ParticipationStage.Admitted, "acute-stabilization", Today.AddDays(-10), [], false, false, null, Today.AddDays(-10), [], null, null, null);

    [Theory]
    [InlineData("", 75, 75)] // 1 April to 14 June; today is not over
    [InlineData("2026-05-01", 44, 44)] // 30 days before it, 2 May to 14 June after it
    [InlineData("2026-06-14", 0, 74)]
    [InlineData("2026-06-01,2026-05-31", 13, 60)]
    [InlineData("2026-03-01", 75, 75)] // before admission
    [InlineData("2026-04-01", 74, 74)]
    public void Sobriety_runs_from_admission_or_the_day_after_a_positive(string positives, int current, int longest)
    {
        var days = positives.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => DateOnly.ParseExact(text, "yyyy-MM-dd", null));

        var run = SobrietyRun.Of(new DateOnly(2026, 4, 1), Today, days);

        (run.CurrentDays, run.LongestDays).ShouldBe((current, longest));
    }

    public static TheoryData<CaseloadLine, Attention[]> Lines => new()
    {
        { Calm, [] },
        { Calm with { HasWarrant = true, TerminationProposed = true }, [Attention.Warrant, Attention.TerminationProposed] },
        { Calm with { LastPositiveOn = Today.AddDays(-13) }, [Attention.PositiveTest] },
        { Calm with { LastPositiveOn = Today.AddDays(-14), LastNonComplianceOn = Today.AddDays(-13) }, [Attention.MissedTest] },
        { Calm with { WindowEnds = [Now.AddMinutes(-1), Now.AddHours(1)] }, [Attention.TestWithoutOutcome] },
        { Calm with { WindowEnds = [Now] }, [] },
        { Calm with { ResultsAwaited = [new AwaitedResult(Now.AddHours(-48).AddTicks(-1), 1)] }, [Attention.ResultLate] },
        { Calm with { ResultsAwaited = [new AwaitedResult(Now.AddHours(-48), 1), new AwaitedResult(Now, 1)] }, [] },
        { Calm with { OpenHearings = [Now.AddMinutes(-1)] }, [Attention.HearingWithoutOutcome] },
        { Calm with { OpenHearings = [Now] }, [Attention.HearingSoon] },
        { Calm with { OpenHearings = [Now.AddDays(7)] }, [Attention.HearingSoon] },
        { Calm with { OpenHearings = [Now.AddDays(-7), Now.AddDays(1)] }, [Attention.HearingWithoutOutcome, Attention.HearingSoon] },
        { Calm with { OpenHearings = [Now.AddDays(-7), Now.AddDays(8)] }, [Attention.HearingWithoutOutcome] },
        { Calm with { LastHeldOn = Today.AddDays(-15), OpenHearings = [Now.AddDays(-7), Now.AddDays(1)] }, [Attention.HearingWithoutOutcome, Attention.HearingSoon] },
        { Calm with { OpenHearings = [Now.AddDays(7).AddMinutes(1)] }, [] },
        { Calm with { LastHeldOn = Today.AddDays(-14) }, [] },
        { Calm with { LastHeldOn = Today.AddDays(-15) }, [Attention.HearingOverdue] },
        { Calm with { LastHeldOn = Today.AddDays(-15), OpenHearings = [Now.AddDays(1)] }, [Attention.HearingSoon] },
        { Calm with { AdmittedOn = Today.AddDays(-14) }, [] },
        { Calm with { AdmittedOn = Today.AddDays(-15) }, [Attention.HearingOverdue] },
        { Calm with { ConditionDueOn = Today }, [] },
        { Calm with { ConditionDueOn = Today.AddDays(-1) }, [Attention.ConditionOverdue] },
        { Calm with { Stage = ParticipationStage.Accepted, Phase = null, PhaseSince = null }, [Attention.AwaitingDecision] },
        { Calm with { Stage = ParticipationStage.Graduated, HasWarrant = true }, [] },
        { Ready(60), [Attention.EligibleForAdvancement] },
        { Ready(59), [] },
        { Ready(60) with { Settled = ["treatment-begun"] }, [] },
        { Ready(60) with { LastPositiveOn = Today.AddDays(-15) }, [Attention.EligibleForAdvancement] },
        { Ready(60) with { LastPositiveOn = Today.AddDays(-14) }, [] },
        { Ready(60) with { Phase = "no-such-phase" }, [] },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Attention_follows_from_rules_the_most_pressing_first(CaseloadLine line, Attention[] reasons) =>
        line.At(Court, CourtCaseloadPolicy.Default, Now, Today).ShouldBe(reasons);

    /// <summary>A result is late by the version that its test was selected under, whatever the court says now.</summary>
    [Fact]
    public void A_result_is_late_by_the_rules_that_its_test_was_selected_under()
    {
        var line = Calm with { ResultsAwaited = [new AwaitedResult(Now.AddHours(-30), 1), new AwaitedResult(Now.AddHours(-30), 3)] };
        TestRules? RulesOf(int version) => version == 3 ? null : Court.Tests! with { ResultHours = version == 1 ? 48 : 24 };

        line.At(Court, CourtCaseloadPolicy.Default, Now, Today, RulesOf).ShouldBeEmpty();
        (line with { ResultsAwaited = [new AwaitedResult(Now.AddHours(-30), 2)] }).At(Court, CourtCaseloadPolicy.Default, Now, Today, RulesOf).ShouldBe([Attention.ResultLate]);
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
        ActivityLine Session(string state) => new(Participation, ActivityKind.Session, state, "", Today, 45, "", null);

        Measured([], Coaching("a", CoachingStatus.Ordered)).Coaching!.Attendance.ShouldBeNull();
        Measured([], Coaching("a", CoachingStatus.Ordered), Coach("a", CoachingStatus.Coached)).Coaching!.Attendance.ShouldBeNull();
        Measured([], Coaching("a", CoachingStatus.Ordered), Session("missed")).Coaching!.Attendance!.Held.ShouldBe(0);
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
    };

    private static ParticipantCompliance Measured(FileEntry[] facts, params ActivityLine[] lines) =>
        Measuring.Of(new MeasuredBy(Entry(facts), lines, [], new CourtInForce(Court, 1), Now, Today));

    private static ComplianceEntry Entry(params FileEntry[] facts) => new(Participation, Client, "C-1", "drug-court", "court", 1, facts);

    private static FileEntry Fact(FileEntryKind kind, string? code = null, int daysAgo = 10) =>
        new(NamedId.Of("entry", $"{kind}/{code}"), kind, Today.AddDays(-daysAgo), CourtFile.Open) { Code = code };
}
