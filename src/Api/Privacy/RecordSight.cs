using CaseFlow.Domain.Privacy;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.Privacy;

/// <summary>What of one client's record somebody sees, and on what ground.</summary>
public sealed class RecordSight
{
    private readonly Dictionary<string, Disclosure.Allowed> bySource;
    private readonly Dictionary<Guid, Disclosure.Allowed> byEvent = [];

    /// <param name="found">Where the client's entries come from.</param>
    /// <param name="shown">Those sources that are shown.</param>
    public RecordSight(TimelineSources found, IReadOnlyDictionary<TimelineSource, Disclosure.Allowed> shown)
    {
        bySource = shown.ToDictionary(one => one.Key.Key, one => one.Value, StringComparer.Ordinal);
        var relabelled = found.Relabelled.Where(entry => bySource.ContainsKey(entry.Source.Key)).ToList();
        foreach (var entry in relabelled)
            byEvent.Add(entry.EventId, bySource[entry.Source.Key]);
        var agencies = shown.Keys.Select(source => source.AgencyId).Distinct().ToList();
        Timeline = new TimelineSight(
            [.. bySource.Keys.Order(StringComparer.Ordinal)],
            [.. found.Relabelled.Select(entry => entry.Key)],
            [.. relabelled.Select(entry => entry.Key)],
            agencies is [{ } only] ? only : null);
    }

    /// <summary>As a condition of the timeline's questions.</summary>
    public TimelineSight Timeline { get; }

    /// <returns>On what ground an entry of the answer is shown.</returns>
    public Disclosure.Allowed BasisOf(TimelineEntry entry) => byEvent.GetValueOrDefault(entry.EventId)
        ?? bySource[new TimelineSource(entry.SourceAgency, entry.Depth, entry.Labels).Key];
}
