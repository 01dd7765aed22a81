using System.Collections.Concurrent;
using CaseFlow.Api.Commands;
using CaseFlow.Domain;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Composition;

/// <summary>
/// A stream of which each jurisdiction has one, folded once and kept current: each look reads only what was appended since the last. What is
/// read here is not guarded; a decision that changes the stream loads it.
/// </summary>
internal sealed class KeptFold<TState, TEvent>(IEventStore store, StreamOf<TState, TEvent> kind, Func<string, Guid> streamOf)
    where TState : class
    where TEvent : DomainEvent
{
    private readonly ConcurrentDictionary<string, Folded<TState>> kept = new(StringComparer.Ordinal);

    /// <summary>As it stands now.</summary>
    public async Task<TState> CurrentAsync(string jurisdiction, CancellationToken cancellation)
    {
        var known = kept.GetValueOrDefault(jurisdiction) ?? new Folded<TState>(0, kind.Initial);
        var fresh = await store.ReadStreamAsync(jurisdiction, streamOf(jurisdiction), known.Version + 1, cancellation: cancellation);
        if (fresh.Events.Count == 0)
            return known.State;

        var state = fresh.Events.Aggregate(known.State, (folded, recorded) => kind.Evolve(folded, (TEvent)recorded.Data));
        var current = new Folded<TState>(fresh.Events[^1].Version, state);
        // Only jurisdictions that exist are kept, and an older fold never replaces a newer one.
        return kept.AddOrUpdate(jurisdiction, current, (_, other) => other.Version > current.Version ? other : current).State;
    }

    /// <returns>As the last look saw it; null before the first.</returns>
    public TState? Known(string jurisdiction) => kept.GetValueOrDefault(jurisdiction)?.State;
}
