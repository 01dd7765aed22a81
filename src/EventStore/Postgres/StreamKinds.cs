using System.Collections.Concurrent;
using Npgsql;

namespace CaseFlow.EventStore.Postgres;

/// <summary>
/// The kinds of streams, for pages of the log: a stream's kind never changes, so it is looked up once and not joined to every
/// event, which would cost as much as the event itself.
/// </summary>
internal sealed class StreamKinds(NpgsqlDataSource source, StoreSql sql)
{
    private const int MostKept = 100_000;
    private readonly ConcurrentDictionary<(string TenantId, Guid StreamId), string?> kept = new();

    /// <summary>Gives each event its stream's kind.</summary>
    public async Task FillAsync(List<RecordedEvent> events, CancellationToken cancellation)
    {
        var kinds = new Dictionary<(string TenantId, Guid StreamId), string?>();
        List<(string TenantId, Guid StreamId)>? missing = null;
        foreach (var recorded in events)
        {
            var stream = (recorded.TenantId, recorded.StreamId);
            if (kinds.ContainsKey(stream))
                continue;
            if (!kept.TryGetValue(stream, out var kind))
                (missing ??= []).Add(stream);
            kinds.Add(stream, kind);
        }

        if (missing is not null)
            await LookUpAsync(missing, kinds, cancellation);
        for (var i = 0; i < events.Count; i++)
            events[i] = events[i] with { StreamType = kinds[(events[i].TenantId, events[i].StreamId)] };
    }

    private async Task LookUpAsync(
        List<(string TenantId, Guid StreamId)> missing, Dictionary<(string TenantId, Guid StreamId), string?> kinds, CancellationToken cancellation)
    {
        if (kept.Count + missing.Count > MostKept)
            kept.Clear();
        await using var command = sql.Text("Postgres.Statements.stream_kinds").Bind()
            .With("tenants", missing.ConvertAll(stream => stream.TenantId).ToArray(), EventArrays.Texts)
            .With("streams", missing.ConvertAll(stream => stream.StreamId).ToArray())
            .ToCommand(source);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var (stream, kind) = ((reader.GetString(0), reader.GetGuid(1)), reader.IsDBNull(2) ? null : string.Intern(reader.GetString(2)));
            kinds[stream] = kind;
            kept[stream] = kind;
        }
    }
}
