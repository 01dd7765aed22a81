using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Projections.CourtCompliance;

namespace CaseFlow.Projections.CourtActivity;

/// <summary>
/// One drug test, coaching session, coaching, response or payment of a participant: what was asked of them and what became of it. Never what
/// was said in a session.
/// </summary>
/// <param name="ParticipationId">Whose part in which court.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Day">The local day of a test, a response or a payment; the UTC day of a session; the first day of a coaching.</param>
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

    /// <summary>Of a response or a payment: the court's entry.</summary>
    public FileEntry? Entry { get; init; }

    /// <summary>How it stands, in a word that counts: the verdict of a test, the state of a session or a coaching, the kind of a response.</summary>
    public string State => this switch
    {
        { Test: { } test } => ViewText.Of(test.Verdict),
        { Session: { } session } => ViewText.Of(session.Status),
        { Coaching: { } coaching } => ViewText.Of(coaching.Status),
        { Entry.RetractedAt: not null } => Retracted,
        { Entry: { } entry } => ViewText.Of(entry.Kind),
        _ => "",
    };

    /// <summary>How far a test came, or which response it was.</summary>
    public string Step => Test is { } test ? ViewText.Of(test.Step) : Entry?.Code ?? "";

    /// <summary>Minutes of a session, days in jail, cents or hours; 0 for anything else.</summary>
    public long Amount => Session?.Minutes ?? Entry?.Amount ?? 0;

    /// <summary>Whether there is more to say of it than its columns do: an ordinary session or a negative test says nothing else.</summary>
    public bool IsNoted => Kind is ActivityKind.Coaching or ActivityKind.Coach or ActivityKind.Payment
        || (Test is { } test && (test.Verdict != TestVerdict.Negative || test.Contested || test.Excused || test.Correction is not null));

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
}

/// <summary>How a drug test stands.</summary>
/// <param name="Selection">How it was chosen.</param>
/// <param name="CaughtUp">Drawn after its day was over, so it could not be missed.</param>
/// <param name="CourtVersion">Version of the court's configuration whose rules count.</param>
public sealed record TestProgress(TestSelection Selection, bool CaughtUp, int CourtVersion)
{
    public TestStep Step { get; init; }

    /// <summary>End of the window, UTC; null until the participant was told.</summary>
    public DateTimeOffset? CollectBy { get; init; }

    public DateTimeOffset? CollectedAt { get; init; }

    /// <summary>What missing, refusing, giving it late or a specimen that tells nothing counts as (R32); null when there is nothing of the kind.</summary>
    public CountsAs? CountsAs { get; init; }

    /// <summary>Dilute or adulterated.</summary>
    public TestStatement? Finding { get; init; }

    /// <summary>The laboratory's first word.</summary>
    public TestOutcome? Reported { get; init; }

    /// <summary>The confirmation, which counts whatever the first word was.</summary>
    public TestOutcome? Confirmed { get; init; }

    public bool Contested { get; init; }

    public bool Excused { get; init; }

    /// <summary>What was corrected last; null when nothing was.</summary>
    public TestCorrectionShown? Correction { get; init; }

    /// <summary>The events that say the confirmation, so that a correction finds it.</summary>
    public IReadOnlyList<Guid> ConfirmedBy { get; init; } = [];

    /// <summary>What the test counts as (R32): a result that was found, else what not giving one counts as.</summary>
    public TestVerdict Verdict => (Confirmed ?? Reported, CountsAs) switch
    {
        ({ Result: TestResult.Positive }, _) => TestVerdict.Positive,
        (_, Domain.Courts.CountsAs.Positive) when !Excused => TestVerdict.Positive,
        (_, Domain.Courts.CountsAs.NonCompliance) when !Excused => TestVerdict.NonCompliance,
        ({ Result: TestResult.Negative }, _) => TestVerdict.Negative,
        (_, { }) => TestVerdict.Nothing,
        _ when Excused || (CaughtUp && CollectBy is null) => TestVerdict.Nothing,
        _ => TestVerdict.Pending,
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

/// <summary>How a coaching session stands: whether somebody came, never what was said.</summary>
/// <param name="StartsAt">When it is to begin, or began, UTC.</param>
public sealed record SessionStanding(DateTimeOffset StartsAt, SessionKind SessionKind, SessionStatus Status, int Minutes = 0);

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

    /// <summary>When there is to be a new coach (R24); null while there is one.</summary>
    public DateTimeOffset? NextCoachBy { get; init; }
}

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
