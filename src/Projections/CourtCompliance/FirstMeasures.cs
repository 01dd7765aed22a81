namespace CaseFlow.Projections.CourtCompliance;

/// <summary>
/// What is measured otherwise since the first pages of packets were issued, which were not kept: as it was measured then, so that a page made again is told from one that was
/// altered. Measured only where such a page asks for it.
/// </summary>
public sealed class FirstMeasures(MeasuredBy by)
{
    /// <summary>No hearing had followed the proposal, whatever else had ended the participation.</summary>
    public bool TerminationProposed => by.Entry.Facts.LastOrDefault(fact => fact.Kind == FileEntryKind.TerminationProposed) is { } proposal
        && !by.Entry.Facts.Any(fact => fact.Kind is FileEntryKind.TerminationHeard or FileEntryKind.Terminated && fact.About == proposal.EntryId);

    /// <summary>By the interval from the last hearing, also from one of before the admission.</summary>
    public DateOnly? NextDueBy => Measuring.DueBy(by, Measuring.LastHeldOn(by) ?? by.Entry.Admitted?.On);

    /// <summary>The latest, with days served that were taken back.</summary>
    public IReadOnlyList<ResponseShown> Responses => MeasuringResponses.FirstLatestOf(by);
}
