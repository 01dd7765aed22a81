using System.Text.Json.Serialization;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.TreatmentAttendance;

namespace CaseFlow.Projections.CourtCompliance;

/// <summary>How one participant stands with the court, at an instant and as far as the reader may see. Nothing in it decides anything (R33).</summary>
/// <param name="Court">The court's code.</param>
/// <param name="CourtVersion">Version of the court's configuration that it is measured by.</param>
/// <param name="Phase">Null before the first.</param>
/// <param name="Tests">Null for a court that tests nobody for drugs, and for whoever sees the open file alone.</param>
/// <param name="Coaching">Null when there is none, or nothing of it may be told.</param>
/// <param name="SourcesWithoutConsent">Agencies that may not tell the team what monitoring takes, by the consents at the instant asked about (R38).</param>
/// <param name="Ended">Null while the court works with the participant.</param>
public sealed record ParticipantCompliance(
    Guid ParticipationId,
    Guid ClientId,
    string ClientCode,
    string Court,
    int CourtVersion,
    ParticipationStage Stage,
    BasisShown? Basis,
    PhaseShown? Phase,
    TestsShown? Tests,
    CoachingShown? Coaching,
    HearingsShown Hearings,
    IReadOnlyList<OrderedCondition> Conditions,
    OrdersShown Orders,
    ResponsesShown Responses,
    bool OpenWarrant,
    bool TerminationProposed,
    IReadOnlyList<string> SourcesWithoutConsent,
    EndShown? Ended,
    AftercareShown? Aftercare)
{
    /// <summary>
    /// Attendance that treatment providers report; left out where nothing of it is recorded or may be told (R38): one answer for both, and pages
    /// without it are written as ever.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TreatmentShown>? TreatmentAttendance { get; init; }

    /// <summary>A hearing decided to terminate by the proposal, and nobody has done it yet; left out where it is not so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool TerminationDecided { get; init; }

    /// <summary>What is to be known before anything is decided, the most pressing first; left out for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ComplianceAlert>? Alerts { get; init; }

    /// <summary>For pages that were not kept; no part of any answer. Null where it was not measured, but read.</summary>
    [JsonIgnore]
    public FirstMeasures? First { get; init; }
}

/// <summary>On what the participation rests.</summary>
/// <param name="OnCompletion">What completing the programme means.</param>
public sealed record BasisShown(string Basis, DateOnly AdmittedOn, int DaysInProgram, DateOnly? EndsOn, string OnCompletion);

/// <summary>A phase, and what it still takes to go on (R33).</summary>
/// <param name="Days">Whole days in it.</param>
/// <param name="SobrietyDays">Consecutive days of sobriety that the phase asks for; 0 for none.</param>
/// <param name="Met">Objectives met.</param>
/// <param name="Missing">Objectives that are neither met nor waived.</param>
/// <param name="IsEligible">Everything the phase asks is there: the team may decide, the system never does.</param>
public sealed record PhaseShown(
    string Code,
    string Name,
    DateOnly Since,
    int Days,
    int MinDays,
    int SobrietyDays,
    IReadOnlyList<ObjectiveShown> Met,
    IReadOnlyList<ObjectiveShown> Missing,
    bool IsEligible)
{
    /// <summary>Objectives that the team waived, and that were not met; left out for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ObjectiveShown>? Waived { get; init; }
}

public sealed record ObjectiveShown(string Code, string Name, bool Required);

/// <summary>Drug tests from admission on; what counts as what is the court's configuration (R32).</summary>
/// <param name="Selected">Days for which the participant was drawn or a test was ordered.</param>
/// <param name="Collected">Specimens given.</param>
/// <param name="NonCompliant">Tests that count as not doing what was asked.</param>
/// <param name="Pending">Tests of which something is still to come; a draw that nobody told is none of them.</param>
/// <param name="Sobriety">Null before admission, and while no test says anything.</param>
/// <param name="Latest">The latest tests, newest first, and after them those since the last hearing that was held that are positive or not as asked.</param>
public sealed record TestsShown(
    int Selected, int Collected, int Missed, int Refused, int Positive, int Negative, int NonCompliant, int Pending, int Contested, int Excused,
    SobrietyRun? Sobriety, IReadOnlyList<TestShown> Latest)
{
    /// <summary>Of those selected: drawn, and nobody told the participant on the day. It counts for nothing (R32); left out for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Untold { get; init; }

    /// <summary>On what the run of sobriety rests; left out before admission.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SobrietyBasis? SobrietyBasis { get; init; }

    /// <summary>The day of the last negative test, as far as which the current run goes; left out for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? LastNegativeOn { get; init; }
}

/// <summary>On what a run of sobriety rests.</summary>
public enum SobrietyBasis
{
    /// <summary>No test since admission says anything yet: no days are counted.</summary>
    NoneYet,

    /// <summary>Tests.</summary>
    Tests,
}

/// <summary>Coaching: what was ordered and what was attended, never what was said.</summary>
/// <param name="Status">How far it is, as far as it may be told.</param>
/// <param name="HasCoach">Null where the provider may not tell.</param>
/// <param name="Order">Null for an offer.</param>
/// <param name="OrderedSoFar">Sessions ordered for the periods that are over, by the order now in force; null for an offer.</param>
/// <param name="Attendance">
/// Sessions that count for the order now in force: its provider's, of its kind, on its days; of an offer all of the provider's. Null where nothing of
/// it is recorded or may be told: one answer for both, and never none held for what is not told.
/// </param>
public sealed record CoachingShown(
    string? Status, string? ProviderAgencyId, bool? HasCoach, CoachingOrder? Order, int? OrderedSoFar, AttendanceShown? Attendance)
{
    /// <summary>
    /// Of the sessions ordered so far those that were attended: in each week or month that is over no more than were ordered for it, so that one week
    /// makes up for no other. Left out for an offer, and where attendance is.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? AttendedSoFar { get; init; }

    /// <summary>Sessions that count for no order now in force, by provider, kind and why; left out for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SessionsApart>? Apart { get; init; }

    /// <summary>What wants attention (R22, R24, R55), the most pressing first; left out for nothing, and where the provider may not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CoachingAlarm>? Attention { get; init; }
}

/// <summary>Sessions beside what is ordered now: as much coaching as any, and not what the court ordered.</summary>
/// <param name="ProviderAgencyId">Whose.</param>
public sealed record SessionsApart(string? ProviderAgencyId, SessionKind Kind, ApartReason Reason, AttendanceShown Attendance);

/// <summary>Why a session counts for no order now in force; the first that holds.</summary>
public enum ApartReason
{
    /// <summary>Another provider's than the one ordered.</summary>
    OtherProvider,

    /// <summary>Of another kind than ordered.</summary>
    OtherKind,

    /// <summary>Before the order's first day or after its last: under an order of before, or none.</summary>
    OutsideOrder,
}

/// <param name="Ahead">Agreed, and still to come.</param>
/// <param name="Minutes">Of the sessions held.</param>
public sealed record AttendanceShown(int Held, int Missed, int Excused, int Ahead, long Minutes)
{
    /// <summary>Agreed for a time that is over, and nobody said what came of it; left out for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Untold { get; init; }
}

/// <summary>What a treatment provider reports of attendance, never what was in a session.</summary>
/// <param name="Missed">Without an excuse.</param>
/// <param name="Latest">The latest reports, newest first.</param>
public sealed record TreatmentShown(string ProviderAgencyId, int Offered, int Attended, int Excused, int Missed, IReadOnlyList<TreatmentPeriodShown> Latest);

/// <param name="Count">Null for a report that was retracted.</param>
/// <param name="CorrectedAt">When it was corrected last; null when it was not.</param>
public sealed record TreatmentPeriodShown(DateOnly From, DateOnly To, AttendanceCount? Count, DateTimeOffset? CorrectedAt);

/// <summary>Hearings.</summary>
/// <param name="WithoutOutcome">Hearings whose time is over and of which nobody said what came of them.</param>
/// <param name="NextDueBy">Until when the next is to be held, by the phase's interval from the last or from admission (R30); null before admission.</param>
public sealed record HearingsShown(
    int Held, int Missed, int MissedExcused, int WithoutOutcome, DateTimeOffset? LastHeldAt, HearingShown? Next, DateOnly? NextDueBy)
{
    /// <summary>Hearings still to come when the participation ended, which are held no more; left out for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Vacated { get; init; }
}

/// <param name="Kind">Code.</param>
public sealed record HearingShown(Guid HearingId, string Kind, DateTimeOffset At);

/// <summary>Money in US cents, and hours of work.</summary>
public sealed record OrdersShown(OrderSum Restitution, OrderSum Fees, OrderSum CommunityServiceHours);

/// <param name="Settled">Paid or done.</param>
/// <param name="Open">Neither settled nor waived.</param>
/// <param name="Overdue">Of what is open: due before today.</param>
public sealed record OrderSum(long Ordered, long Settled, long Open, long Overdue)
{
    /// <summary>What the court forwent; left out for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Waived { get; init; }
}

/// <summary>Incentives and sanctions. The ratio is shown, never enforced (R35).</summary>
/// <param name="Days">Days over which the ratio is counted.</param>
/// <param name="TargetPerSanction">Incentives for each sanction that the court aims at.</param>
/// <param name="AllIncentives">Since the beginning.</param>
/// <param name="JailDays">Days of jail imposed since the beginning.</param>
public sealed record ResponsesShown(
    int Days, int Incentives, int Sanctions, int TargetPerSanction, int AllIncentives, int AllSanctions, int Adjustments, long JailDays, IReadOnlyList<ResponseShown> Latest);

/// <param name="Kind">Incentive, sanction, adjustment or jail.</param>
/// <param name="Retracted">Counts no more.</param>
public sealed record ResponseShown(DateOnly On, string Kind, string Code, bool Retracted)
{
    /// <summary>What it answers, a code of the response matrix; left out where it answers nothing that is named.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Behaviour { get; init; }

    /// <summary>Days of jail imposed; left out for anything else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Days { get; init; }

    /// <summary>Of those the days on record as served; left out for anything else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? DaysServed { get; init; }
}

/// <param name="ReferredOnward">Whether somebody goes on caring (R25); null where that is no question.</param>
public sealed record EndShown(DateOnly On, string? Reason, bool? ReferredOnward);

/// <summary>Contact with past participants (90 days [S:watcp-nadcp]).</summary>
/// <param name="Until">Last local day.</param>
public sealed record AftercareShown(DateOnly Until, int Tried, int Reached, DateOnly? LastReachedOn);
