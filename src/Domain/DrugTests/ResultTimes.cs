namespace CaseFlow.Domain.DrugTests;

/// <summary>When a test's result was confirmed and doubted, for whoever corrects when it was reported or confirmed: neither was after it had been doubted.</summary>
/// <param name="ConfirmedAt">UTC; null while it is not.</param>
/// <param name="ReportDoubtedBy">Last instant, UTC, by which what was reported had been contested or corrected for the first time; null for never.</param>
/// <param name="ConfirmationDoubtedBy">The same of the confirmation. What happened before it and was entered afterwards is of the report, and says nothing of either.</param>
public sealed record ResultTimes(DateTimeOffset? ConfirmedAt, DateTimeOffset? ReportDoubtedBy, DateTimeOffset? ConfirmationDoubtedBy)
{
    public static readonly ResultTimes None = new(null, null, null);

    /// <returns>The times after a fact; the same after any that is not about them.</returns>
    public ResultTimes After(DrugTestEvent fact) => fact switch
    {
        DrugTestConfirmed e => this with { ConfirmedAt = e.OccurredAt },
        DrugTestCorrected { Corrects: TestStatement.Confirmed, CorrectedOccurredAt: { } right } => this with { ConfirmedAt = right },
        DrugTestContested or DrugTestCorrected { Outcome: not null } => Doubted(fact.CountsFrom()),
        _ => this,
    };

    private ResultTimes Doubted(DateTimeOffset by) => ConfirmedAt switch
    {
        null => this with { ReportDoubtedBy = Earlier(ReportDoubtedBy, by) },
        { } confirmed when confirmed <= by => this with { ConfirmationDoubtedBy = Earlier(ConfirmationDoubtedBy, by) },
        _ => this,
    };

    private static DateTimeOffset Earlier(DateTimeOffset? known, DateTimeOffset by) => known is { } before && before < by ? before : by;
}
