using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Policies;
using CaseFlow.Projections.CourtCompliance;

namespace CaseFlow.Projections.CourtCaseload;

/// <summary>Why a participant wants attention; the most pressing first, which is the order of a caseload.</summary>
public enum Attention
{
    /// <summary>A record of the participant's knows that they have died, and the court has not closed the participation.</summary>
    Deceased,

    /// <summary>A warrant is open.</summary>
    Warrant,

    /// <summary>Somebody proposed to end the participation, and nobody has decided.</summary>
    TerminationProposed,

    /// <summary>What the participation rests on has ended, and the participation has not.</summary>
    LegalBasisOver,

    /// <summary>A test of the last days, or one of which that became known in these days, counts as positive (R32).</summary>
    PositiveTest,

    /// <summary>A test of the last days was missed, or given otherwise than asked, or that became known in these days (R32).</summary>
    MissedTest,

    /// <summary>A test's window is over and nobody said what came of it (R31, R32).</summary>
    TestWithoutOutcome,

    /// <summary>The result of a specimen is later than the court's configuration allows.</summary>
    ResultLate,

    /// <summary>A hearing's time is over and nobody said what came of it.</summary>
    HearingWithoutOutcome,

    /// <summary>A hearing is near.</summary>
    HearingSoon,

    /// <summary>Longer since the last hearing, or since admission while there was none, than the phase allows, whether or not one is near (R30).</summary>
    HearingOverdue,

    /// <summary>The court tests at random in the participant's phase, and they take part in no draw (R31).</summary>
    NotInDraws,

    /// <summary>A condition's day is over, and it is neither satisfied nor lifted.</summary>
    ConditionOverdue,

    /// <summary>What the participation rests on ends within the policy's days.</summary>
    LegalBasisEnding,

    /// <summary>The time in which a past participant is contacted ends within the policy's days; on the lines of those of before.</summary>
    AftercareEnding,

    /// <summary>The court has not decided about a referral, or the client not begun.</summary>
    AwaitingDecision,

    /// <summary>Everything the phase asks is there: the team may decide about the next (R33).</summary>
    EligibleForAdvancement,
}

/// <summary>One participant of a court's caseload.</summary>
/// <param name="OpenHearings">When the hearings are that were neither held nor missed, the earliest first.</param>
/// <param name="Settled">Codes of the phase's objectives that were met or waived.</param>
public sealed record CaseloadLine(
    Guid ParticipationId,
    Guid ClientId,
    ParticipationStage Stage,
    string? Phase,
    DateOnly? PhaseSince,
    IReadOnlyList<string> Settled,
    bool HasWarrant,
    bool TerminationProposed,
    DateOnly? ConditionDueOn,
    DateOnly? AdmittedOn,
    IReadOnlyList<DateTimeOffset> OpenHearings,
    DateOnly? LastHeldOn,
    DateOnly? LastPositiveOn,
    DateOnly? LastNonComplianceOn)
{
    /// <summary>Who supervises the participant, as the court has it; null while nobody is named.</summary>
    public string? OfficerId { get; init; }

    /// <summary>Last local day of what the participation rests on; null where it names no end.</summary>
    public DateOnly? BasisEndsOn { get; init; }

    /// <summary>Local day of the end.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>The participant's, as far as a record of theirs knows; null while they live.</summary>
    public KnownDeath? Death { get; init; }

    /// <summary>A record of the participant's knows that they have died.</summary>
    public bool IsDeceased => Death is not null;

    /// <summary>The day by which the first negative test of the court's own counts; null for none.</summary>
    public DateOnly? FirstNegativeOn { get; init; }

    /// <summary>The day by which the last one counts; null for none.</summary>
    public DateOnly? LastNegativeOn { get; init; }

    /// <summary>When it became known of positive tests, where that may be after the day by which the last one counts, the earliest first, UTC.</summary>
    public IReadOnlyList<DateTimeOffset> PositivesKnown { get; init; } = [];

    /// <summary>The same of tests that were missed or not as asked.</summary>
    public IReadOnlyList<DateTimeOffset> NonCompliancesKnown { get; init; } = [];

    /// <summary>Ends of the windows of tests of which nobody said what came of them, the earliest first.</summary>
    public IReadOnlyList<DateTimeOffset> WindowEnds { get; init; } = [];

    /// <summary>Whether they are in the roster of those whom the court draws.</summary>
    public bool TakesPartInDraws { get; init; }

    /// <summary>Specimens of which nothing is known yet.</summary>
    public IReadOnlyList<AwaitedResult> ResultsAwaited { get; init; } = [];

    /// <summary>The earliest hearing that is open; it may lie in the past, and then its outcome is missing. Null for none.</summary>
    public DateTimeOffset? FirstOpenHearingAt => OpenHearings.Count == 0 ? null : OpenHearings[0];

    /// <summary>As a participant's page counts them (<see cref="Measuring"/>): they end with the participation, and with a death.</summary>
    /// <param name="today">The court's local day of the instant asked about.</param>
    /// <param name="dayOf">The court's local day of an instant.</param>
    public int? DaysInPhase(DateOnly today, Func<DateTimeOffset, DateOnly> dayOf)
    {
        if (PhaseSince is not { } since)
            return null;
        DateOnly?[] ends = [today, EndedOn, Death is { } death ? dayOf(death.At) : null];
        return Math.Max(0, ends.Min()!.Value.DayNumber - since.DayNumber);
    }

    /// <returns>The earliest hearing that is open and not before an instant; null for none, and once the participation is over: an end vacates them.</returns>
    public DateTimeOffset? NextHearingAt(DateTimeOffset now)
    {
        if (Stage > ParticipationStage.Admitted)
            return null;
        foreach (var at in OpenHearings)
        {
            if (at >= now)
                return at;
        }

        return null;
    }

    /// <summary>Why it wants attention at an instant, the most pressing first.</summary>
    /// <param name="court">The court's configuration in force.</param>
    /// <param name="policy">How near is near.</param>
    /// <param name="now">The instant asked about.</param>
    /// <param name="today">The court's local day of it.</param>
    /// <param name="dayOf">The court's local day of an instant.</param>
    /// <param name="testRulesOf">How the court tests by one of its versions; as now unless said.</param>
    public IReadOnlyList<Attention> At(
        CourtConfiguration court, CourtCaseloadPolicy policy, DateTimeOffset now, DateOnly today, Func<DateTimeOffset, DateOnly> dayOf,
        Func<int, TestRules?>? testRulesOf = null)
    {
        if (Stage > ParticipationStage.Admitted)
            return !IsDeceased && AftercareEnds.IsNear(Stage, EndedOn, court, policy, today) ? [Attention.AftercareEnding] : [];
        var phase = court.FindPhase(Phase);
        var inSight = today.AddDays(-policy.TestConcernDays);
        var isNear = NextHearingAt(now) <= now.AddDays(policy.HearingSoonDays);
        // Of the dead nothing is asked any more; what stands open in their name is to be taken back, and the participation closed.
        if (IsDeceased)
            return [Attention.Deceased, .. HasWarrant ? new[] { Attention.Warrant } : [], .. isNear ? new[] { Attention.HearingSoon } : []];
        // What is told late is new to the team when it is told; at a moment before, nobody knew.
        bool IsKnownOf(DateTimeOffset known) => known <= now && dayOf(known) > inSight;
        bool Holds(Attention reason) => reason switch
        {
            Attention.Deceased or Attention.AftercareEnding => false,
            Attention.LegalBasisOver => Stage == ParticipationStage.Admitted && BasisEndsOn < today,
            Attention.LegalBasisEnding => Stage == ParticipationStage.Admitted && BasisEndsOn >= today && BasisEndsOn <= today.AddDays(policy.BasisEndingDays),
            Attention.Warrant => HasWarrant,
            Attention.TerminationProposed => TerminationProposed,
            Attention.PositiveTest => LastPositiveOn > inSight || PositivesKnown.Any(IsKnownOf),
            Attention.MissedTest => LastNonComplianceOn > inSight || NonCompliancesKnown.Any(IsKnownOf),
            Attention.TestWithoutOutcome => WindowEnds.Any(end => end < now),
            Attention.ResultLate => ResultsAwaited.Any(result => result.DueAt(testRulesOf is null ? court.Tests : testRulesOf(result.CourtVersion)) < now),
            Attention.HearingWithoutOutcome => FirstOpenHearingAt < now,
            Attention.HearingSoon => isNear,
            Attention.HearingOverdue => phase is not null && new[] { LastHeldOn, AdmittedOn }.Max()?.AddDays(phase.HearingIntervalDays) < today,
            Attention.NotInDraws => RandomTesting.IsMissing(court, Stage, Phase, TakesPartInDraws),
            Attention.ConditionOverdue => ConditionDueOn < today,
            Attention.AwaitingDecision => Stage < ParticipationStage.Admitted,
            Attention.EligibleForAdvancement => Stage == ParticipationStage.Admitted && phase is not null && PhaseSince is { } since
                && Measuring.IsEligible(phase, since, Settled, CleanDays(), today),
            _ => throw new System.Diagnostics.UnreachableException($"{reason} is no reason."),
        };
        return Array.FindAll(InOrder, Holds);
    }

    private static readonly Attention[] InOrder = Enum.GetValues<Attention>();

    /// <summary>
    /// Whole days of the current run as the court's own tests support it, as in <see cref="Domain.DrugTests.SobrietyRun"/>; null while none says anything. Tests of other
    /// agencies are not in a caseload.
    /// </summary>
    private int? CleanDays()
    {
        if (AdmittedOn is not { } admitted || LastNegativeOn is not { } last)
            return null;
        var since = LastPositiveOn >= admitted ? LastPositiveOn.Value.AddDays(1) : FirstNegativeOn >= admitted ? FirstNegativeOn.Value : admitted;
        return Math.Max(0, last.DayNumber - since.DayNumber);
    }
}

/// <summary>A specimen was given and nothing is known of it.</summary>
/// <param name="CollectedUntil">Last instant at which it can have been given, UTC.</param>
/// <param name="CourtVersion">Version of the court's configuration that the test was selected under.</param>
public sealed record AwaitedResult(DateTimeOffset CollectedUntil, int CourtVersion)
{
    /// <returns>When its result is due; null where nothing says so.</returns>
    public DateTimeOffset? DueAt(TestRules? rules) => rules is null ? null : CollectedUntil.AddHours(rules.ResultHours);
}
