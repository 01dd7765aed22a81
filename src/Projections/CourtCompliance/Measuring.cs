using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Time;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.HearingCalendar;

namespace CaseFlow.Projections.CourtCompliance;

/// <summary>What a participant is measured by, at a moment.</summary>
/// <param name="Entry">The participation, as far as the reader may see.</param>
/// <param name="Activity">Tests, sessions, responses and payments, as far as the reader may see.</param>
/// <param name="Hearings">Entries about hearings, as far as the reader may see.</param>
/// <param name="Court">The court's configuration in force.</param>
/// <param name="Now">The instant asked about, UTC.</param>
/// <param name="Today">The court's local day of that instant.</param>
/// <param name="OpenFileOnly">The reader sees the open file alone, which holds no test: then none is counted, or nobody would seem to have failed one.</param>
public sealed record MeasuredBy(
    ComplianceEntry Entry, IReadOnlyList<ActivityLine> Activity, IReadOnlyList<HearingEntry> Hearings, CourtInForce Court, DateTimeOffset Now, DateOnly Today,
    bool OpenFileOnly = false)
{
    /// <summary>By which alarms of coaching are judged; null for none.</summary>
    public CoachingAlarmRules? Alarms { get; init; }

    /// <summary>The participation from all of the court's entries; what is shown unless said. What a coach is to do is due, whatever of it is shown (R22).</summary>
    public ComplianceEntry? Whole { get; init; }

    /// <summary>Whose days sessions are counted by; null while the jurisdiction has no policy: then by days of UTC.</summary>
    public BusinessCalendar? Calendar { get; init; }

    /// <returns>The court's local day of an instant.</returns>
    public DateOnly DayOf(DateTimeOffset instant) => Calendar?.LocalDate(instant) ?? DateOnly.FromDateTime(instant.UtcDateTime);

    /// <summary>The reader may know who came to sessions: else that none is known says nothing of contacts.</summary>
    public bool AttendanceTold { get; init; }

    /// <summary>Sources that may not tell the team what monitoring takes, by the consents at the moment (R38).</summary>
    public IReadOnlyList<string> SourcesWithoutConsent { get; init; } = [];

    /// <summary>How near is near.</summary>
    public CourtCaseloadPolicy Rules { get; init; } = CourtCaseloadPolicy.Default;

    /// <summary>Null while the participant lives, as far as anybody knows.</summary>
    public MeasuredDeath? Death { get; init; }

    /// <summary>The reader is shown that the participant has died.</summary>
    public bool IsKnownDead => Death is { IsTold: true };
}

/// <summary>Counts what a participant did against what was asked; pure, so a page measured again is the same.</summary>
public static class Measuring
{
    private const int LatestShown = 10;

    public static ParticipantCompliance Of(MeasuredBy asked)
    {
        var by = MeasuringTheDead.Counted(asked);
        var (entry, court) = (by.Entry, by.Court.Configuration);
        var tests = court.Tests is null || by.OpenFileOnly ? null : TestsOf(by);
        return new ParticipantCompliance(
            entry.ParticipationId,
            entry.ClientId,
            entry.ClientCode,
            entry.Court,
            by.Court.Version,
            entry.Stage,
            entry.Admitted is { } admitted
                ? new BasisShown(admitted.Code!, admitted.On, Days(admitted.On, LastDay(by)), admitted.DueOn, admitted.Detail!)
                : null,
            PhaseOf(by, tests?.Sobriety),
            tests,
            MeasuringCare.CoachingOf(by),
            HearingsOf(by),
            [.. entry.Conditions()],
            OrdersOf(by),
            MeasuringResponses.Of(by),
            entry.HasWarrant,
            entry.OpenProposal is not null,
            by.SourcesWithoutConsent,
            entry.Ended is { } ended ? new EndShown(ended.On, ended.Code, ended.Yes) : null,
            AftercareOf(by))
        {
            TerminationDecided = entry.IsToBeTerminated,
            TreatmentAttendance = MeasuringCare.TreatmentOf(by),
            Alerts = ComplianceAlerts.Of(by),
            First = new FirstMeasures(by),
        };
    }

    /// <summary>Whether everything a phase asks is there (R33).</summary>
    /// <param name="phase">The phase as configured.</param>
    /// <param name="since">First day in it.</param>
    /// <param name="settled">Codes of objectives met or waived.</param>
    /// <param name="sobrietyDays">Whole days of the current run; null while no test says anything, and when nobody may say.</param>
    /// <param name="today">The court's local day.</param>
    public static bool IsEligible(CourtPhase phase, DateOnly since, IEnumerable<string> settled, int? sobrietyDays, DateOnly today) =>
        phase.Objectives.Where(objective => objective.Required).All(objective => settled.Contains(objective.Code, StringComparer.Ordinal))
        && Days(since, today) >= phase.MinDays
        && (phase.SobrietyDays == 0 || sobrietyDays >= phase.SobrietyDays);

    private static PhaseShown? PhaseOf(MeasuredBy by, SobrietyRun? sobriety)
    {
        if (by.Entry.PhaseStep is not { Phase: { } code } step)
            return null;
        var settled = by.Entry.SettledInPhase.ToList();
        // A phase that a later version no longer has keeps its name and asks nothing until the team assigns another.
        if (by.Court.Configuration.FindPhase(code) is not { } phase)
            return new PhaseShown(code, code, step.On, Days(step.On, LastDay(by)), 0, 0, [], [], IsEligible: false);
        var waived = by.Entry.WaivedInPhase;
        List<ObjectiveShown> All(Func<string, bool> isSo) =>
            [.. phase.Objectives.Where(objective => isSo(objective.Code)).Select(objective => new ObjectiveShown(objective.Code, objective.Name, objective.Required))];
        bool IsSettled(string code) => settled.Contains(code, StringComparer.Ordinal);
        return new PhaseShown(
            code,
            phase.Name,
            step.On,
            Days(step.On, LastDay(by)),
            phase.MinDays,
            phase.SobrietyDays,
            All(code => IsSettled(code) && !waived.Contains(code)),
            All(code => !IsSettled(code)),
            !by.IsKnownDead && by.Entry.Stage == ParticipationStage.Admitted && IsEligible(phase, step.On, settled, sobriety?.CurrentDays, by.Today))
        {
            Waived = waived.Count == 0 ? null : All(waived.Contains),
        };
    }

    private static TestsShown TestsOf(MeasuredBy by)
    {
        // Nobody fails in what they were not told of: such a draw counts for nothing, and awaits nothing.
        bool IsUntold(ActivityLine line) => line.Row?.Test is { } test && test.Test.IsUntold(by.Today);
        var tests = Lines(by, ActivityKind.Test).Select(line => IsUntold(line) ? line with { State = ViewText.Of(TestVerdict.Nothing) } : line).ToList();
        int In(TestVerdict verdict) => tests.Count(line => line.State == ViewText.Of(verdict));
        int At(TestStep step) => tests.Count(line => line.Step == ViewText.Of(step));
        IEnumerable<DateOnly> DaysOf(TestVerdict verdict) => tests.Where(line => line.State == ViewText.Of(verdict)).Select(line => line.Day);
        var run = by.Entry.Admitted is { } admitted ? SobrietyRun.Of(admitted.On, LastDay(by), DaysOf(TestVerdict.Positive), DaysOf(TestVerdict.Negative)) : null;
        return new TestsShown(
            tests.Count,
            At(TestStep.Collected),
            At(TestStep.Missed),
            At(TestStep.Refused),
            In(TestVerdict.Positive),
            In(TestVerdict.Negative),
            In(TestVerdict.NonCompliance),
            In(TestVerdict.Pending),
            tests.Count(line => line.Row?.Test is { Test.ContestOpen: true }),
            tests.Count(line => line.Row?.Test is { Excused: true }),
            run,
            [.. tests.Where((line, n) => n >= tests.Count - LatestShown || IsSinceHearing(by, line)).Reverse().Select(line => new TestShown(
                line.Day,
                ViewText.To<TestStep>(line.Step),
                ViewText.To<TestVerdict>(line.State),
                line.Row?.Test is { Test.ContestOpen: true },
                line.Row?.Test?.Correction)
            {
                SinceHearing = IsSinceHearing(by, line),
                TimeCorrection = line.Row?.Test?.TimeCorrection,
                Substances = line.Row?.Test?.Test.Outcome?.Substances is { Count: > 0 } found ? found : null,
                Findings = line.Row?.Test?.Findings is { Count: > 0 } findings ? findings : null,
            })])
        {
            Untold = tests.Count(IsUntold),
            LastNegativeOn = DaysOf(TestVerdict.Negative).Select(day => (DateOnly?)day).Max(),
            SobrietyBasis = by.Entry.Admitted is null ? null : run is null ? SobrietyBasis.NoneYet : SobrietyBasis.Tests,
        };
    }

    /// <summary>Before the first hearing everything is new. What is of the hearing's own day may have come after it.</summary>
    private static bool IsSinceHearing(MeasuredBy by, ActivityLine line)
    {
        if (line.State != ViewText.Of(TestVerdict.Positive) && line.State != ViewText.Of(TestVerdict.NonCompliance))
            return false;
        var held = LastHeldOn(by) ?? DateOnly.MinValue;
        return line.Day >= held || (line.Row?.Test is { } test && test.Known().Times(test.Test).Any(known => by.DayOf(known) >= held));
    }

    internal static DateOnly? LastHeldOn(MeasuredBy by) =>
        by.Hearings.Where(one => one.Fact is { Kind: FileEntryKind.HearingHeld, RetractedAt: null }).Max(one => (DateOnly?)one.Fact.On);

    internal static DateOnly? DueBy(MeasuredBy by, DateOnly? since) =>
        !by.IsKnownDead && by.Entry.Stage == ParticipationStage.Admitted && by.Court.Configuration.FindPhase(by.Entry.Phase) is { } phase
            ? since?.AddDays(phase.HearingIntervalDays)
            : null;

    private static HearingsShown HearingsOf(MeasuredBy by)
    {
        var hearings = HearingQueries.Together(by.Hearings).Select(one => one.After(by.Entry.Ended?.On, by.DayOf)).ToList();
        var ahead = hearings.Where(one => one.State == HearingState.Scheduled && one.At >= by.Now).MinBy(one => (one.At, one.HearingId));
        var last = hearings.Where(one => one.State == HearingState.Held).Max(one => (DateTimeOffset?)one.At);
        return new HearingsShown(
            hearings.Count(one => one.State == HearingState.Held),
            hearings.Count(one => one.State == HearingState.Missed),
            hearings.Count(one => one.State == HearingState.MissedExcused),
            hearings.Count(one => one.State == HearingState.Scheduled && one.At < by.Now && !(by.IsKnownDead && by.Death!.Known.Excuses(one.At))),
            last,
            ahead is null ? null : new HearingShown(ahead.HearingId, ahead.Kind, ahead.At),
            DueBy(by, new[] { LastHeldOn(by), by.Entry.Admitted?.On }.Max()))
        {
            Vacated = hearings.Count(one => one.State == HearingState.Vacated),
        };
    }

    private static OrdersShown OrdersOf(MeasuredBy by)
    {
        var entries = Lines(by, ActivityKind.Payment).Select(line => line.Row?.Entry).OfType<FileEntry>().Where(entry => entry.RetractedAt is null).ToList();
        OrderSum Of(FileEntryKind ordered, FileEntryKind settling, FileEntryKind? waiving = null)
        {
            long Sum(FileEntry order, FileEntryKind? kind) => entries.Where(entry => entry.Kind == kind && entry.About == order.EntryId).Sum(entry => entry.Amount ?? 0);
            var orders = entries.Where(entry => entry.Kind == ordered)
                .Select(order => (Amount: order.Amount ?? 0, order.DueOn, Settled: Sum(order, settling), Waived: Sum(order, waiving)))
                .ToList();
            return new OrderSum(
                orders.Sum(order => order.Amount),
                orders.Sum(order => order.Settled),
                orders.Sum(order => order.Amount - order.Settled - order.Waived),
                orders.Where(order => order.DueOn < by.Today).Sum(order => order.Amount - order.Settled - order.Waived))
            {
                Waived = orders.Sum(order => order.Waived),
            };
        }

        return new OrdersShown(
            Of(FileEntryKind.RestitutionOrdered, FileEntryKind.RestitutionPaid),
            Of(FileEntryKind.FeeOrdered, FileEntryKind.FeePaid, FileEntryKind.FeeWaived),
            Of(FileEntryKind.ServiceOrdered, FileEntryKind.ServiceDone));
    }

    private static AftercareShown? AftercareOf(MeasuredBy by)
    {
        if (by.Entry.Ended is not { Kind: FileEntryKind.Graduated or FileEntryKind.Terminated or FileEntryKind.Withdrew } ended)
            return null;
        var contacts = by.Entry.Facts.Where(fact => fact.Kind == FileEntryKind.Aftercare).ToList();
        return new AftercareShown(
            ended.On.AddDays(by.Court.Configuration.AftercareDays),
            contacts.Count,
            contacts.Count(fact => fact.Yes is true),
            contacts.Where(fact => fact.Yes is true).Max(fact => (DateOnly?)fact.On));
    }

    internal static IEnumerable<ActivityLine> Lines(MeasuredBy by, ActivityKind kind) => by.Activity.Where(line => line.Kind == kind);

    /// <summary>Today, or the day on which it ended: what is over grows no older.</summary>
    internal static DateOnly LastDay(MeasuredBy by) => by.Entry.Ended?.On is { } ended && ended < by.Today ? ended : by.Today;

    private static int Days(DateOnly from, DateOnly until) => Math.Max(0, until.DayNumber - from.DayNumber);
}
