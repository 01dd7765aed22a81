using System.Collections.Immutable;
using CaseFlow.EventStore;

namespace CaseFlow.Faults.Model;

/// <summary>
/// The promises of the store said as plainly as possible: lists of ids, and what is answered to an append. It never
/// changes: an append gives another one.
/// </summary>
internal sealed record PlainStore(ImmutableDictionary<(string Tenant, Guid Id), ImmutableList<Guid>> Streams, ImmutableDictionary<string, string> Answers)
{
    public static PlainStore Empty { get; } = new(ImmutableDictionary<(string, Guid), ImmutableList<Guid>>.Empty, ImmutableDictionary<string, string>.Empty);

    public int Count => Streams.Values.Sum(stream => stream.Count);

    public ImmutableList<Guid> Stream(string tenant, Guid id) => Streams.GetValueOrDefault((tenant, id), []);

    /// <returns>The store after the append, when it answers as it was answered; null when it does not.</returns>
    public PlainStore? After(Append append, AppendResult answered)
    {
        var writing = append.Streams.Where(stream => stream.Events.Count > 0).ToList();
        if (writing.Count > 0 && writing.All(stream => stream.Events.All(fresh => Stream(append.TenantId, stream.StreamId).Contains(fresh.EventId))))
        {
            var versions = writing.ToDictionary(stream => stream.StreamId, stream => (long)Stream(append.TenantId, stream.StreamId).IndexOf(stream.Events[^1].EventId) + 1);
            return answered is AppendResult.Appended again && versions.All(entry => again.Versions[entry.Key] == entry.Value) ? this : null;
        }

        if (append.Answer is { } answer && Answers.TryGetValue(KeyOf(append.TenantId, answer), out var body))
            return answered is AppendResult.AnsweredBefore before && before.Answer.Body == body ? this : null;

        var moved = append.Streams.Where(stream => stream.Expected.Version is { } version && version != Stream(append.TenantId, stream.StreamId).Count).ToList();
        if (moved.Count > 0)
        {
            // The version that a conflict names is looked up after the refusal: others may have moved the stream on since.
            return answered is AppendResult.Conflict conflict && conflict.Actual != conflict.Expected && moved.Any(stream =>
                (stream.StreamId, stream.Expected.Version) == (conflict.StreamId, conflict.Expected) && Stream(append.TenantId, stream.StreamId).Count <= conflict.Actual)
                ? this
                : null;
        }

        var after = With(append);
        return answered is AppendResult.Appended appended && writing.All(stream => appended.Versions[stream.StreamId] == after.Stream(append.TenantId, stream.StreamId).Count)
            ? after
            : null;
    }

    /// <returns>Every store there may be after an append of which nothing is known.</returns>
    public IEnumerable<PlainStore> AfterUnknown(Append append)
    {
        yield return this;
        var known = append.Streams.SelectMany(stream => stream.Events, (stream, fresh) => Stream(append.TenantId, stream.StreamId).Contains(fresh.EventId)).Any(there => there);
        var allowed = append.Streams.All(stream => (stream.Expected.Version ?? Stream(append.TenantId, stream.StreamId).Count) == Stream(append.TenantId, stream.StreamId).Count);
        if (!known && allowed && (append.Answer is null || !Answers.ContainsKey(KeyOf(append.TenantId, append.Answer))))
            yield return With(append);
    }

    private PlainStore With(Append append) => new(
        append.Streams.Where(stream => stream.Events.Count > 0).Aggregate(
            Streams, (all, stream) => all.SetItem((append.TenantId, stream.StreamId), Stream(append.TenantId, stream.StreamId).AddRange(stream.Events.Select(fresh => fresh.EventId)))),
        append.Answer is { } kept ? Answers.SetItem(KeyOf(append.TenantId, kept), kept.Body) : Answers);

    private static string KeyOf(string tenant, StoredAnswer answer) => $"{tenant}/{answer.Key}";
}
