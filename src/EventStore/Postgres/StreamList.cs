using Npgsql;

namespace CaseFlow.EventStore.Postgres;

/// <summary>
/// Which streams of a kind there are. No index says it: it walks along all streams of the tenant, so it is for what is asked once and kept, and
/// never for an answer.
/// </summary>
public sealed class StreamList(NpgsqlDataSource source, EventStoreOptions options)
{
    private readonly string sql = new StoreSql(options)["Postgres.Statements.streams_of_kind"];

    /// <param name="tenantId">The jurisdiction.</param>
    /// <param name="streamType">Alias of the kind.</param>
    /// <param name="cancellation">Ends the walk.</param>
    /// <returns>All that were committed when it was asked.</returns>
    public Task<IReadOnlyList<Guid>> OfKindAsync(string tenantId, string streamType, CancellationToken cancellation) => Transient.RepeatAsync<IReadOnlyList<Guid>>(
        async () =>
        {
            await using var command = source.CreateCommand(sql);
            command.Parameters.AddWithValue("tenant", tenantId);
            command.Parameters.AddWithValue("type", streamType);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var found = new List<Guid>();
            while (await reader.ReadAsync(cancellation))
                found.Add(reader.GetGuid(0));
            return found;
        },
        cancellation);
}
