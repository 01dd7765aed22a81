using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Identities;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Identities;

/// <summary>
/// Which records are of one person: the one place where doors resolve a client's id to all ids of the person. What is read here is not
/// guarded; a decision about identities loads the stream.
/// </summary>
public sealed class Persons(RememberedStreams streams)
{
    /// <summary>Everything decided in a jurisdiction.</summary>
    public async Task<PersonHistory> OfAsync(string jurisdiction, CancellationToken cancellation) =>
        new(await streams.OfAsync(jurisdiction, StreamIds.Identities(jurisdiction), cancellation));

    /// <returns>All records of the person as of now, the survivor first.</returns>
    public async Task<IReadOnlyList<Guid>> RecordsOfAsync(string jurisdiction, Guid clientId, CancellationToken cancellation) =>
        (await OfAsync(jurisdiction, cancellation)).Now.RecordsOf(clientId);
}

/// <summary>What was decided about identities, in the order it was recorded.</summary>
public sealed class PersonHistory
{
    private readonly IReadOnlyList<RecordedEvent> events;
    private readonly Lazy<IdentityState> now;

    internal PersonHistory(IReadOnlyList<RecordedEvent> events) =>
        (this.events, now) = (events, new(() => Fold(events)));

    /// <summary>As of now: for rights, consents and commands, which wait for no view.</summary>
    public IdentityState Now => now.Value;

    /// <summary>Of the stream of decisions about identities.</summary>
    public long Version => events.Count;

    /// <summary>Nobody was ever merged here, and no entry moved.</summary>
    public bool IsEmpty => events.Count == 0;

    /// <returns>What was recorded up to a log position; for null, all that has its place in the log, as views show it.</returns>
    public IdentityState At(long? position) => Fold(PlacedBy(position));

    /// <returns>The events recorded up to a log position; for null, all of them.</returns>
    public IReadOnlyList<RecordedEvent> UpTo(long? position) => position is null ? events : [.. PlacedBy(position)];

    /// <returns>Every record that was ever merged with another.</returns>
    public IReadOnlySet<Guid> EverMerged() =>
        events.Select(recorded => recorded.Data).OfType<ClientsMerged>().SelectMany(merged => (Guid[])[merged.ClientId, merged.MergedClientId]).ToHashSet();

    /// <returns>Every record that was of one person with this one at any time.</returns>
    public IReadOnlySet<Guid> EverWith(Guid clientId)
    {
        var found = new HashSet<Guid> { clientId };
        var merges = events.Select(recorded => recorded.Data).OfType<ClientsMerged>().ToList();
        for (var before = 0; before < found.Count;)
        {
            before = found.Count;
            foreach (var merge in merges.Where(merge => found.Contains(merge.ClientId) || found.Contains(merge.MergedClientId)))
                found.UnionWith([merge.ClientId, merge.MergedClientId]);
        }

        return found;
    }

    /// <returns>Which records were of one person with this one: alone at first, then from each log position on at which that changed.</returns>
    public IReadOnlyList<(long From, IReadOnlyList<Guid> Records)> RecordsOverTime(Guid clientId, long? position)
    {
        var (state, times) = (IdentityState.Initial, new List<(long From, IReadOnlyList<Guid> Records)> { (0, [clientId]) });
        foreach (var recorded in PlacedBy(position))
        {
            state = IdentityState.Evolve(state, (IdentityEvent)recorded.Data);
            if (recorded.Data is ClientsMerged or MergeReversed && state.RecordsOf(clientId) is var records && !records.ToHashSet().SetEquals(times[^1].Records))
                times.Add((recorded.Position!.Value, records));
        }

        return times;
    }

    /// <summary>
    /// The last log position at which it changed which of some records are of one person: an answer that shows these records together, or apart,
    /// is from no earlier. Merges with other records do not count, or somebody who does not reach those would learn of them.
    /// </summary>
    /// <param name="records">The records that the asker reaches.</param>
    /// <param name="position">No later than this; null for all.</param>
    public long ChangedAt(IReadOnlyCollection<Guid> records, long? position)
    {
        if (records.Count < 2)
            return 0;
        var (state, last, before) = (IdentityState.Initial, 0L, Grouped(IdentityState.Initial, records));
        foreach (var recorded in PlacedBy(position))
        {
            state = IdentityState.Evolve(state, (IdentityEvent)recorded.Data);
            if (recorded.Data is not (ClientsMerged or MergeReversed))
                continue;
            var after = Grouped(state, records);
            if (!after.SequenceEqual(before))
                (last, before) = (recorded.Position!.Value, after);
        }

        return last;
    }

    private IEnumerable<RecordedEvent> PlacedBy(long? position) => events.TakeWhile(recorded => recorded.Position is { } at && at <= (position ?? long.MaxValue));

    private static Guid[] Grouped(IdentityState state, IReadOnlyCollection<Guid> records)
    {
        var survivors = records.Select(state.SurvivorOf).ToArray();
        // A survivor whom the asker does not reach is only a way of being together.
        return [.. survivors.Select(survivor => records.Contains(survivor) ? survivor : records.First(one => state.SurvivorOf(one) == survivor))];
    }

    private static IdentityState Fold(IEnumerable<RecordedEvent> events) =>
        events.Aggregate(IdentityState.Initial, (state, recorded) => IdentityState.Evolve(state, (IdentityEvent)recorded.Data));
}
