namespace CaseFlow.Domain.DrugTests;

/// <summary>
/// When a test's result was reported, confirmed and doubted, as it stands, for whoever corrects that: neither was after it had been doubted.
/// </summary>
/// <param name="Reported">Null while it is not.</param>
/// <param name="Confirmed">Null while it is not.</param>
/// <param name="ReportDoubtedBy">Last instant, UTC, by which what was reported had been contested or corrected for the first time; null for never.</param>
/// <param name="ConfirmationDoubtedBy">By which the confirmation had been corrected. What was corrected before it, and entered afterwards, is the report; a contest is answered by a confirmation that comes after it (<see cref="ResultDispute"/>).</param>
public sealed record ResultTimes(ResultTime? Reported, ResultTime? Confirmed, DateTimeOffset? ReportDoubtedBy, DateTimeOffset? ConfirmationDoubtedBy)
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
        DrugTestContested => this with { ReportDoubtedBy = Earlier(ReportDoubtedBy, fact.CountsFrom()) },
        DrugTestCorrected { Outcome: not null } => Corrected(fact.CountsFrom()),
        _ => this,
    };

    private ResultTimes Corrected(DateTimeOffset by) => Confirmed is { } confirmed && confirmed.At <= by
        ? this with { ConfirmationDoubtedBy = Earlier(ConfirmationDoubtedBy, by) }
        : this with { ReportDoubtedBy = Earlier(ReportDoubtedBy, by) };

    private static DateTimeOffset Earlier(DateTimeOffset? known, DateTimeOffset by) => known is { } before && before < by ? before : by;
}

/// <param name="At">UTC; of a time known to the day the start of the local day.</param>
/// <param name="Until">End of that day; null where more than the day is known.</param>
public readonly record struct ResultTime(DateTimeOffset At, DateTimeOffset? Until)
{
    /// <summary>The last instant at which it can have been.</summary>
    public DateTimeOffset Latest => Until ?? At;

    internal static ResultTime Of(DrugTestEvent fact) => new(fact.OccurredAt, fact.OccurredUntil);

    /// <summary>Surely, as of two facts (<see cref="DomainEvent.IsBefore(DomainEvent)"/>); false where there is no other.</summary>
    internal bool IsBefore(ResultTime? other) => other is { } later && (Until is { } end ? end <= later.At : At < later.At);
}

/// <summary>What followed a notice or a specimen beside results, for whoever corrects when that was: the last instant, UTC, of each.</summary>
/// <param name="RefusedBy">Null while nobody refused.</param>
/// <param name="DiluteBy">Null for no such finding, and for one that was struck out.</param>
/// <param name="AdulteratedBy">The same.</param>
public sealed record FollowingTimes(DateTimeOffset? RefusedBy, DateTimeOffset? DiluteBy, DateTimeOffset? AdulteratedBy)
{
    public static readonly FollowingTimes None = new(null, null, null);

    /// <summary>What was found in the specimen. That nobody waits for it any more says nothing of when it was given.</summary>
    public IEnumerable<DateTimeOffset?> Found => [DiluteBy, AdulteratedBy];

    /// <returns>The times after a fact; the same after any that is not about them.</returns>
    public FollowingTimes After(DrugTestEvent fact) => fact switch
    {
        DrugTestRefused => this with { RefusedBy = fact.CountsFrom() },
        DrugTestDilute => this with { DiluteBy = fact.CountsFrom() },
        DrugTestAdulterated => this with { AdulteratedBy = fact.CountsFrom() },
        DrugTestCorrected { Corrects: TestStatement.Dilute } => this with { DiluteBy = null },
        DrugTestCorrected { Corrects: TestStatement.Adulterated } => this with { AdulteratedBy = null },
        _ => this,
    };
}
