namespace CaseFlow.Domain.DrugTests;

/// <summary>
/// When a test's result was reported, confirmed and doubted, as it stands, for whoever corrects that: neither was after it had been doubted.
/// </summary>
/// <param name="Reported">Null while it is not.</param>
/// <param name="Confirmed">Null while it is not.</param>
/// <param name="ReportDoubted">When what was reported had been contested or corrected for the first time; null for never.</param>
/// <param name="ConfirmationDoubted">When the confirmation had been corrected. What was corrected before it, and entered afterwards, is the report; a contest is answered by a confirmation that comes after it (<see cref="ResultDispute"/>).</param>
public sealed record ResultTimes(ResultTime? Reported, ResultTime? Confirmed, ResultTime? ReportDoubted, ResultTime? ConfirmationDoubted)
{
    public static readonly ResultTimes None = new(null, null, null, null);

    /// <returns>When a report or a confirmation was, as it stands; null for any other fact.</returns>
    public ResultTime? Of(DrugTestEvent fact) => fact switch
    {
        DrugTestResultReported => Reported,
        DrugTestConfirmed => Confirmed,
        _ => null,
    };

    /// <returns>The times after a fact; the same after any that is not about them.</returns>
    public ResultTimes After(DrugTestEvent fact) => fact switch
    {
        DrugTestResultReported e => this with { Reported = new(e.OccurredAt, e.OccurredUntil) },
        DrugTestConfirmed e => this with { Confirmed = new(e.OccurredAt, e.OccurredUntil) },
        DrugTestCorrected { Corrects: TestStatement.Reported, CorrectedOccurredAt: { } right } e => this with { Reported = new(right, e.CorrectedOccurredUntil) },
        DrugTestCorrected { Corrects: TestStatement.Confirmed, CorrectedOccurredAt: { } right } e => this with { Confirmed = new(right, e.CorrectedOccurredUntil) },
        DrugTestCorrected { Corrects: TestStatement.Result, Outcome: null } => None,
        DrugTestContested => this with { ReportDoubted = Earlier(ReportDoubted, ResultTime.Of(fact)) },
        DrugTestCorrected { Outcome: not null } => Corrected(ResultTime.Of(fact)),
        _ => this,
    };

    private ResultTimes Corrected(ResultTime at) => Confirmed is { } confirmed && !at.IsBefore(confirmed)
        ? this with { ConfirmationDoubted = Earlier(ConfirmationDoubted, at) }
        : this with { ReportDoubted = Earlier(ReportDoubted, at) };

    private static ResultTime Earlier(ResultTime? known, ResultTime at) => known is { } before && before.Latest < at.Latest ? before : at;
}

/// <summary>When a fact about a test was, as exactly as that is known.</summary>
/// <param name="At">UTC; of a time known to the day the start of the local day.</param>
/// <param name="Until">End of that day; null where more than the day is known.</param>
public readonly record struct ResultTime(DateTimeOffset At, DateTimeOffset? Until)
{
    /// <summary>The last instant at which it can have been.</summary>
    public DateTimeOffset Latest => Until ?? At;

    /// <returns>What a row keeps by its first and its last instant; null where there is none.</returns>
    public static ResultTime? Between(DateTimeOffset? first, DateTimeOffset? last) => first is { } at ? new(at, last == at ? null : last) : null;

    internal static ResultTime Of(DrugTestEvent fact) => new(fact.OccurredAt, fact.OccurredUntil);

    /// <summary>Surely, as of two facts (<see cref="DomainEvent.IsBefore(DomainEvent)"/>); false where there is no other.</summary>
    internal bool IsBefore(ResultTime? other) => other is { } later && IsBefore(later.At);

    internal bool IsBefore(DateTimeOffset instant) => When.IsOver(At, Until, instant);
}

/// <summary>When a test was ordered and told, and what followed beside results, for whoever asks what was before what.</summary>
/// <param name="Refused">Null while nobody refused.</param>
/// <param name="Dilute">Null for no such finding, and for one that was struck out.</param>
/// <param name="Adulterated">The same.</param>
public sealed record FollowingTimes(ResultTime? Refused, ResultTime? Dilute, ResultTime? Adulterated)
{
    public static readonly FollowingTimes None = new(null, null, null);

    /// <summary>Null before it was.</summary>
    public ResultTime? Ordered { get; init; }

    /// <summary>As it stands; null before it was.</summary>
    public ResultTime? Notified { get; init; }

    /// <summary>What was found in the specimen. That nobody waits for it any more says nothing of when it was given.</summary>
    public IEnumerable<ResultTime?> Found => [Dilute, Adulterated];

    /// <returns>The times after a fact; the same after any that is not about them.</returns>
    public FollowingTimes After(DrugTestEvent fact) => fact switch
    {
        DrugTestSelected => this with { Ordered = ResultTime.Of(fact) },
        DrugTestCorrected { Corrects: TestStatement.Ordered, CorrectedOccurredAt: { } right } e => this with { Ordered = new(right, e.CorrectedOccurredUntil) },
        DrugTestNotified => this with { Notified = ResultTime.Of(fact) },
        DrugTestCorrected { Corrects: TestStatement.Notified, CorrectedOccurredAt: { } right } e => this with { Notified = new(right, e.CorrectedOccurredUntil) },
        DrugTestRefused => this with { Refused = ResultTime.Of(fact) },
        DrugTestDilute => this with { Dilute = ResultTime.Of(fact) },
        DrugTestAdulterated => this with { Adulterated = ResultTime.Of(fact) },
        DrugTestCorrected { Corrects: TestStatement.Dilute } => this with { Dilute = null },
        DrugTestCorrected { Corrects: TestStatement.Adulterated } => this with { Adulterated = null },
        _ => this,
    };
}
