using CaseFlow.Api.Composition;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.CourtCompliance;

namespace CaseFlow.Api.CourtViews;

/// <summary>On which local day participations ended, as one of the court's files tells it, for lists of hearings: an end vacates those still to come.</summary>
internal static class CourtEnds
{
    /// <param name="database">The views.</param>
    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="participations">Which ones.</param>
    /// <param name="openFileOnly">As the open file tells it: an end that is filed elsewhere must not be read off a hearing.</param>
    /// <param name="at">The moment, with a position.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <param name="hidden">Events that are in the open file no more.</param>
    /// <returns>The day of each that has ended, and the log position from which on that is the same.</returns>
    /// <exception cref="ViewBehindException">The view did not come to the position in time.</exception>
    public static async Task<(Func<Guid, DateOnly?> EndedOn, long ChangedAt)> OfAsync(
        CaseFlowDatabase database, string jurisdiction, IEnumerable<Guid> participations, bool openFileOnly, ViewInstant at, CancellationToken cancellation,
        IReadOnlySet<Guid>? hidden = null)
    {
        List<Guid> asked = [.. participations.Distinct()];
        if (asked.Count == 0)
            return (_ => null, 0);
        var view = openFileOnly ? database.Views.CourtOpenFile : database.Views.CourtCompliance;
        if (hidden is { Count: > 0 })
            return await OfRowsAsync(database, view, jurisdiction, asked, at, hidden, cancellation);
        var (ends, changed) = (EndQueries.EndedOn(view, asked), EndQueries.EndedOnChange(view, asked));
        await database.Reader.AskAsync(jurisdiction, at, [ends, changed], cancellation);
        return (participation => ends.Answer.TryGetValue(participation, out var on) ? on : null, changed.Answer);
    }

    /// <summary>Which end is left without what is hidden, only the whole rows say.</summary>
    private static async Task<(Func<Guid, DateOnly?> EndedOn, long ChangedAt)> OfRowsAsync(
        CaseFlowDatabase database, CourtComplianceView view, string jurisdiction, List<Guid> asked, ViewInstant at, IReadOnlySet<Guid> hidden,
        CancellationToken cancellation)
    {
        var (entries, changed) = (ParticipationQueries.Of(view, asked), EndQueries.LastChange(view, jurisdiction, asked));
        await database.Reader.AskAsync(jurisdiction, at, [entries, changed], cancellation);
        var ends = entries.Answer.ToDictionary(entry => entry.ParticipationId, entry => entry.Without(hidden).Ended?.On);
        return (participation => ends.GetValueOrDefault(participation), changed.Answer);
    }
}
