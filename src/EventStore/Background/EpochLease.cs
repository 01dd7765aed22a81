using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Background;

/// <summary>
/// The lease of one reign. A transaction holds it by a shared lock, taken before it looks whether the epoch is still this
/// one; a successor raises the epoch under the same lock taken alone. So either the successor waits for the transaction's
/// end, or the transaction sees the successor and is refused.
/// </summary>
internal sealed class EpochLease(EventStoreOptions options, StoreSql sql, long epoch) : IWorkLease
{
    public async Task HoldAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var hold = new NpgsqlCommand(sql["Background.Statements.hold_lease"], connection);
        AddTo(hold.Parameters);
        try
        {
            await hold.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException refused) when (LeaseLostException.Is(refused))
        {
            throw new LeaseLostException();
        }
    }

    public void HoldIn(NpgsqlBatch batch)
    {
        var hold = new NpgsqlBatchCommand(sql["Background.Statements.hold_lease"]);
        AddTo(hold.Parameters);
        batch.BatchCommands.Add(hold);
    }

    private void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.AddWithValue("class", AdvisoryLocks.EpochClass);
        parameters.AddWithValue("key", options.LockKey);
        parameters.AddWithValue("epoch", epoch);
    }
}
