using System.Collections.Concurrent;
using System.Collections.Immutable;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Composition;

/// <summary>
/// Streams that many questions need whole, few and short (a court's configuration, policies, decisions about identities). What has its place in
/// the log never changes, so it is read and decoded once; a question reads only what is new. What is read here is not guarded: a decision that
/// changes such a stream loads it.
/// </summary>
public sealed class RememberedStreams(IEventStore store)
{
    private readonly ConcurrentDictionary<(string Jurisdiction, Guid StreamId), ImmutableList<RecordedEvent>> placed = [];

    /// <summary>Everything recorded to a stream, in order; what was recorded last may have no place in the log yet.</summary>
    public async Task<ImmutableList<RecordedEvent>> OfAsync(string jurisdiction, Guid streamId, CancellationToken cancellation)
    {
        var known = placed.GetValueOrDefault((jurisdiction, streamId)) ?? [];
        var fresh = await store.ReadStreamAsync(jurisdiction, streamId, known.Count + 1, cancellation: cancellation);
        if (fresh.Events.Count == 0)
            return known;

        var all = known.AddRange(fresh.Events);
        // An older reading never replaces a newer one, and only streams that there are, are remembered.
        if (all.TakeWhile(recorded => recorded.Position is not null).ToImmutableList() is { IsEmpty: false } found)
            placed.AddOrUpdate((jurisdiction, streamId), found, (_, other) => other.Count > found.Count ? other : found);
        return all;
    }
}
