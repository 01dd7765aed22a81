using System.Collections.Concurrent;
using CaseFlow.Api.Commands;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Policies;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Composition;

/// <summary>
/// A jurisdiction's directory and policies, folded once and kept current: each look reads only what was appended since the
/// last. What is read here is not guarded; a decision that changes the directory or the policies loads the stream.
/// </summary>
public sealed class Registers(IEventStore store)
{
    private readonly ConcurrentDictionary<string, Folded<DirectoryState>> directories = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Folded<PolicyState>> policies = new(StringComparer.Ordinal);

    /// <summary>Who works where, now.</summary>
    public Task<DirectoryState> DirectoryAsync(string jurisdiction, CancellationToken cancellation) =>
        CurrentAsync(directories, Streams.Directory, jurisdiction, StreamIds.Directory(jurisdiction), cancellation);

    /// <summary>The directory as a request at this node saw it last; every request asks it anew when it comes in, so it is of this request or later.</summary>
    public async Task<DirectoryState> KnownDirectoryAsync(string jurisdiction, CancellationToken cancellation) =>
        directories.GetValueOrDefault(jurisdiction)?.State ?? await DirectoryAsync(jurisdiction, cancellation);

    /// <summary>What is policy, now.</summary>
    public Task<PolicyState> PoliciesAsync(string jurisdiction, CancellationToken cancellation) =>
        CurrentAsync(policies, Streams.Policies, jurisdiction, StreamIds.Policies(jurisdiction), cancellation);

    private async Task<TState> CurrentAsync<TState, TEvent>(
        ConcurrentDictionary<string, Folded<TState>> kept,
        StreamOf<TState, TEvent> kind,
        string jurisdiction,
        Guid streamId,
        CancellationToken cancellation)
        where TEvent : DomainEvent
    {
        var known = kept.GetValueOrDefault(jurisdiction) ?? new Folded<TState>(0, kind.Initial);
        var fresh = await store.ReadStreamAsync(jurisdiction, streamId, known.Version + 1, cancellation: cancellation);
        if (fresh.Events.Count == 0)
            return known.State;

        var state = fresh.Events.Aggregate(known.State, (folded, recorded) => kind.Evolve(folded, (TEvent)recorded.Data));
        var current = new Folded<TState>(fresh.Events[^1].Version, state);
        // Only jurisdictions that exist are kept, and an older fold never replaces a newer one.
        return kept.AddOrUpdate(jurisdiction, current, (_, other) => other.Version > current.Version ? other : current).State;
    }

    private sealed record Folded<TState>(long Version, TState State);
}
