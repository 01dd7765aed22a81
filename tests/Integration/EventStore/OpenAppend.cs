using Npgsql;

namespace CaseFlow.Integration.EventStore;

/// <summary>An append stopped in the middle: its number is drawn, its fate is the test's to decide.</summary>
public sealed class OpenAppend : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    private OpenAppend(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<long> numbers) =>
        (this.connection, this.transaction, Numbers) = (connection, transaction, numbers);

    public IReadOnlyList<long> Numbers { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="database">Where.</param>
    /// <param name="stream">To which stream.</param>
    /// <param name="version">The first event's version.</param>
    /// <param name="count">How many events.</param>
    /// <param name="fenced">As this store appends; Marten takes no fence.</param>
    /// <param name="numbers">Drawn before, as Marten does; null draws now.</param>
    public static async Task<OpenAppend> BeginAsync(
        StoreDatabase database, Guid stream, long version = 1, int count = 1, bool fenced = true, IReadOnlyList<long>? numbers = null)
    {
        var connection = await database.Owner.OpenConnectionAsync(Stop);
        var transaction = await connection.BeginTransactionAsync(Stop);
        await using var patience = new NpgsqlCommand("set local idle_in_transaction_session_timeout = 0", connection);
        await patience.ExecuteNonQueryAsync(Stop);
        if (fenced)
        {
            await using var fence = new NpgsqlCommand(
                $"select pg_advisory_xact_lock_shared({CaseFlow.EventStore.Postgres.AdvisoryLocks.FenceClass}, {database.Options.LockKey})", connection);
            await fence.ExecuteNonQueryAsync(Stop);
        }

        numbers ??= await DrawAsync(connection, count);
        await using var write = new NpgsqlCommand(
            """
            with stream as (
                insert into caseflow.mt_streams (tenant_id, id, type, version) values ('county-a', @stream, 'visits', @last)
                on conflict (tenant_id, id) do update set version = excluded.version)
            insert into caseflow.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, user_name)
            select n.number, gen_random_uuid(), @stream, @first + n.ordinal - 1, '{"number": 1, "place": "office"}', 'visit_noted', now(),
                'county-a', 'somebody'
            from unnest(@numbers) with ordinality as n (number, ordinal)
            """,
            connection);
        write.Parameters.AddWithValue("stream", stream);
        write.Parameters.AddWithValue("first", version);
        write.Parameters.AddWithValue("last", version + numbers.Count - 1);
        write.Parameters.AddWithValue("numbers", numbers.ToArray());
        await write.ExecuteNonQueryAsync(Stop);
        return new OpenAppend(connection, transaction, numbers);
    }

    /// <summary>Numbers drawn outside of any transaction, as Marten does before it begins one.</summary>
    public static async Task<IReadOnlyList<long>> DrawAsync(StoreDatabase database, int count = 1)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(Stop);
        return await DrawAsync(connection, count);
    }

    public Task CommitAsync() => transaction.CommitAsync(Stop);

    public Task RollbackAsync() => transaction.RollbackAsync(Stop);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private static async Task<IReadOnlyList<long>> DrawAsync(NpgsqlConnection connection, int count)
    {
        await using var draw = new NpgsqlCommand(
            $"select array_agg(nextval('caseflow.mt_events_sequence')) from generate_series(1, {count})", connection);
        return (long[])(await draw.ExecuteScalarAsync(Stop))!;
    }
}
