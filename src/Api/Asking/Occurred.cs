using CaseFlow.Domain;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Asking;

/// <summary>What of a stream had occurred, for readers that fold it themselves: by the rule that views of history keep.</summary>
public static class Occurred
{
    /// <returns>
    /// The events that count as occurred by an instant, in their order. A correction counts from what it corrects, and what it moved in time
    /// from where it belongs: so every <c>asOf</c> is told what is right, as far as it had been recorded.
    /// </returns>
    public static IEnumerable<RecordedEvent> By(IReadOnlyList<RecordedEvent> events, DateTimeOffset at)
    {
        var (roots, counts) = (new Dictionary<Guid, Guid>(events.Count), new Dictionary<Guid, DateTimeOffset>(events.Count));
        foreach (var recorded in events)
        {
            var fact = (DomainEvent)recorded.Data;
            if (fact is ICorrection correction && roots.TryGetValue(correction.CorrectedEventId, out var root))
            {
                roots[recorded.EventId] = root;
                counts[root] = correction.CorrectedCountsFrom ?? counts[root];
            }
            else
            {
                roots[recorded.EventId] = recorded.EventId;
                counts[recorded.EventId] = fact.CountsFrom();
            }
        }

        return events.Where(recorded => counts[roots[recorded.EventId]] <= at);
    }
}
