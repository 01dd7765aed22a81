namespace CaseFlow.Projections.CourtCompliance;

/// <summary>What is measured otherwise since the first pages of packets were issued, which were not kept: as it was measured then, so that a page made again is told from one that was altered.</summary>
/// <param name="TerminationProposed">No hearing had followed the proposal, whatever else had ended the participation.</param>
/// <param name="NextDueBy">By the interval from the last hearing, also from one of before the admission.</param>
/// <param name="Responses">The latest, with days served that were taken back.</param>
public sealed record FirstMeasures(bool TerminationProposed, DateOnly? NextDueBy, IReadOnlyList<ResponseShown> Responses)
{
    internal static FirstMeasures Of(MeasuredBy by) =>
        new(IsUndecided(by.Entry), Measuring.DueBy(by, Measuring.LastHeldOn(by) ?? by.Entry.Admitted?.On), MeasuringResponses.FirstLatestOf(by));

    private static bool IsUndecided(ComplianceEntry entry) => entry.Facts.LastOrDefault(fact => fact.Kind == FileEntryKind.TerminationProposed) is { } proposal
        && !entry.Facts.Any(fact => fact.Kind is FileEntryKind.TerminationHeard or FileEntryKind.Terminated && fact.About == proposal.EntryId);
}
