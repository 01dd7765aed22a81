using System.Text.Json.Serialization;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.TreatmentAttendance;
using CaseFlow.Projections.CourtCompliance;

namespace CaseFlow.Projections.CourtActivity;

/// <summary>
/// One drug test, coaching session, coaching, report of treatment, response or payment of a participant: what was asked of them and what
/// became of it. Never what was said in a session.
/// </summary>
/// <param name="ParticipationId">Whose part in which court.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Day">The local day by which a test counts, or of a response or a payment; the UTC day of a session; the first day of a coaching.</param>
/// <param name="Source">Where its facts come from, as far as it matters to who sees them: keys of the sources, joined.</param>
/// <param name="Events">The events that say so, for labels that were corrected.</param>
public sealed record ActivityEntry(
    Guid ParticipationId, Guid ClientId, ActivityKind Kind, Guid ActivityId, DateOnly Day, string Source, IReadOnlyList<Guid> Events)
{
    /// <summary>Of a test.</summary>
    public TestProgress? Test { get; init; }

    /// <summary>Of a session.</summary>
    public SessionStanding? Session { get; init; }

    /// <summary>Of a coaching.</summary>
    public CoachingStanding? Coaching { get; init; }

    /// <summary>Of what a treatment provider reported.</summary>
    public TreatmentStanding? Treatment { get; init; }

    /// <summary>Of a response or a payment: the court's entry.</summary>
    public FileEntry? Entry { get; init; }

    /// <summary>How it stands, in a word that counts: the verdict of a test, the state of a session or a coaching, the kind of a response.</summary>
    public string State => this switch
    {
        { Test: { } test } => ViewText.Of(test.Verdict),
        { Session: { } session } => ViewText.Of(session.Status),
        { Coaching: { } coaching } => ViewText.Of(coaching.Status),
        { Treatment: { } treatment } => treatment.Count is null ? Retracted : Reported,
        { Entry.RetractedAt: not null } => Retracted,
        { Entry: { } entry } => ViewText.Of(entry.Kind),
        _ => "",
    };

    /// <summary>How far a test came, of which kind a session is, or which response it was.</summary>
    public string Step => this switch
    {
        { Test: { } test } => ViewText.Of(test.Step),
        { Session: { } session } => ViewText.Of(session.Session.Kind),
        _ => Entry?.Code ?? "",
    };

    /// <summary>Minutes of a session, days in jail, cents or hours; 0 for anything else.</summary>
    public long Amount => Session?.Session.Minutes ?? Entry?.Amount ?? 0;

    /// <summary>Whether there is more to say of it than its columns do: an ordinary session or a negative test says nothing else.</summary>
    public bool IsNoted => Kind is ActivityKind.Coaching or ActivityKind.Coach or ActivityKind.Response or ActivityKind.Payment or ActivityKind.Treatment
        || (Test is { } test && (test.Verdict != TestVerdict.Negative || test.Contested || test.Excused || test.Correction is not null || test.TimeCorrection is not null));

    /// <summary>What a provider told, and stands by.</summary>
    public const string Reported = "reported";

    /// <summary>What counts no more.</summary>
    public const string Retracted = "retracted";
}

public enum ActivityKind
{
    Test,
    Session,

    /// <summary>What the court offers and orders.</summary>
    Coaching,

    /// <summary>Whether there is a coach; the provider's to tell.</summary>
    Coach,

    /// <summary>An incentive, a sanction, a change of service, days in jail.</summary>
    Response,

    /// <summary>Money or work ordered, paid, done or forgone.</summary>
    Payment,

    /// <summary>Attendance of treatment over a period; its provider's to tell.</summary>
    Treatment,
}

/// <summary>How a drug test stands: as the court's own record of it says, so that no page and no list says otherwise.</summary>
public sealed record TestProgress(DrugTest Test)
{
    /// <summary>What was corrected last; null when nothing was.</summary>
    public TestCorrectionShown? Correction { get; init; }

    /// <summary>When it became known that it counts as it does, and what was found, UTC: also by a confirmation, a finding, or a miss that was entered late. Null before anything is.</summary>
    public DateTimeOffset? StandsSince { get; init; }

    /// <summary>What was corrected last of when it was ordered, told, given, reported or confirmed; null when nothing was.</summary>
    public TestTimeCorrectionShown? TimeCorrection { get; init; }

    /// <returns>Since when how it stands is known.</returns>
    public TestKnown Known() => new(StandsSince, Correction?.CorrectedAt);

    public bool Contested => Test.Contested;

    public bool Excused => Test.Excused;

    public TestStep Step => Test.Phase switch
    {
        TestPhase.Selected => TestStep.Selected,
        TestPhase.Notified => TestStep.Notified,
        TestPhase.Missed => TestStep.Missed,
        TestPhase.Refused => TestStep.Refused,
        _ when Test.CollectedAt is not null => TestStep.Collected,
        _ when Test.NotifiedAt is null => TestStep.Selected,
        _ => TestStep.Notified,
    };

    /// <summary>What stands against the participant that the step does not say by itself.</summary>
    [JsonIgnore]
    public IReadOnlyList<SpecimenFinding> Findings =>
    [
        .. Test.Against.ContainsKey(TestStatement.Late) ? new[] { SpecimenFinding.Late } : [],
        .. Test.Against.ContainsKey(TestStatement.Dilute) ? new[] { SpecimenFinding.Dilute } : [],
        .. Test.Against.ContainsKey(TestStatement.Adulterated) ? new[] { SpecimenFinding.Adulterated } : [],
    ];

    /// <summary>What the test counts as (R32); a day that was over before anybody could be told counts for nothing.</summary>
    public TestVerdict Verdict => Test.Standing switch
    {
        TestStanding.Positive => TestVerdict.Positive,
        TestStanding.NonCompliance => TestVerdict.NonCompliance,
        TestStanding.Negative => TestVerdict.Negative,
        TestStanding.Excused => TestVerdict.Nothing,
        _ => Test is { CaughtUp: true, Phase: TestPhase.Selected } ? TestVerdict.Nothing : TestVerdict.Pending,
    };
}

/// <summary>How far a test came.</summary>
public enum TestStep
{
    Selected,
    Notified,
    Collected,
    Missed,
    Refused,
}

/// <summary>How a specimen was otherwise than asked (R32).</summary>
public enum SpecimenFinding
{
    Late,
    Dilute,
    Adulterated,
}

/// <summary>What a test counts as.</summary>
public enum TestVerdict
{
    /// <summary>Nothing is known yet.</summary>
    Pending,
    Negative,
    Positive,

    /// <summary>Not done as asked, and not use.</summary>
    NonCompliance,

    /// <summary>Counts for nothing: excused, struck out, or no fault of the participant's.</summary>
    Nothing,
}

/// <param name="CorrectionEventId">The event that corrected it.</param>
/// <param name="CorrectedAt">When that was recorded.</param>
/// <param name="Error">What had gone wrong.</param>
/// <param name="Previous">What the test counted as before.</param>
public sealed record TestCorrectionShown(Guid CorrectionEventId, DateTimeOffset CorrectedAt, TestError Error, TestVerdict Previous);

/// <param name="CorrectionEventId">The event that corrected it.</param>
/// <param name="CorrectedAt">When that was recorded.</param>
/// <param name="Error">What had gone wrong.</param>
/// <param name="Corrects">Whether it was ordered, told, given, reported or confirmed at another time.</param>
/// <param name="Right">When that was.</param>
public sealed record TestTimeCorrectionShown(Guid CorrectionEventId, DateTimeOffset CorrectedAt, TestError Error, TestStatement Corrects, DateTimeOffset Right);

/// <summary>How a coaching session stands: whether somebody came, never what was said, how they met or what they worked on.</summary>
public sealed record SessionStanding(CoachingSession Session)
{
    public SessionStatus Status => Session.Phase switch
    {
        SessionPhase.Held => SessionStatus.Held,
        SessionPhase.Missed => SessionStatus.Missed,
        SessionPhase.Excused => SessionStatus.Excused,
        _ => SessionStatus.Scheduled,
    };

    /// <returns>The session as it stands after a fact; null when there is none any more.</returns>
    public static SessionStanding? After(SessionStanding? standing, CoachingEvent fact) =>
        CoachingSession.After(standing?.Session, fact) is { } session ? new SessionStanding(session with { Mode = null, PlanItems = [] }) : null;
}

public enum SessionStatus
{
    Scheduled,
    Held,
    Missed,
    Excused,
}

/// <summary>How a coaching stands.</summary>
public sealed record CoachingStanding(CoachingStatus Status)
{
    /// <summary>What the court ordered; null for an offer.</summary>
    public CoachingOrder? Order { get; init; }

    public string? ProviderAgencyId { get; init; }

    public string? CoachId { get; init; }

    /// <summary>Since when; of what a provider tells of its own coach.</summary>
    public CoachTenure Tenure { get; init; } = CoachTenure.None;

    /// <returns>Of what the court orders or offered: whether that stands on a local day.</returns>
    public bool Stands(DateOnly on) => Status is CoachingStatus.Accepted or CoachingStatus.Ordered && (Order is null || on <= Order.Until);

    /// <param name="sessions">Its sessions; null where they may not be told.</param>
    public CoachingWatched Watched(IEnumerable<ActivityLine>? sessions) => new(
        Tenure, sessions?.Where(line => line.StartsAt is not null).Select(line => new WatchedSession(line.StartsAt!.Value, ViewText.To<SessionPhase>(line.State))).ToList());
}

/// <summary>What a treatment provider reported of a period.</summary>
/// <param name="Count">Null once the report is retracted.</param>
/// <param name="CorrectedAt">When it was corrected last; null when it was not.</param>
public sealed record TreatmentStanding(string ProviderAgencyId, DateOnly From, DateOnly To, AttendanceCount? Count, DateTimeOffset? CorrectedAt);

public enum CoachingStatus
{
    Offered,
    Accepted,
    Declined,
    Ordered,
    Lifted,
    Coached,
    BetweenCoaches,
    Ended,
}
