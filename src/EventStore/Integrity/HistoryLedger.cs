using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Sequencing;
using Npgsql;

namespace CaseFlow.EventStore.Integrity;

/// <summary>How far history is sealed.</summary>
/// <param name="Origin">Which history; the first line of every checkpoint.</param>
/// <param name="EndOfLog">The last position.</param>
/// <param name="Size">Events sealed.</param>
/// <param name="SignedSize">Events of the last checkpoint; 0 when none is signed.</param>
/// <param name="Checkpoint">The last checkpoint.</param>
public sealed record LedgerStatus(string Origin, long EndOfLog, long Size, long SignedSize, SignedCheckpoint? Checkpoint);

/// <summary>Proves that an event is in the history that a checkpoint states; all hashes.</summary>
/// <param name="Position">The event's log position; its leaf is the one before, counted from 0.</param>
/// <param name="LeafHash">Of the event as it was sealed.</param>
/// <param name="Size">Events of the checkpoint.</param>
/// <param name="Path">From the leaf up (RFC 9162, section 2.1.3).</param>
/// <param name="Checkpoint">The signed note with the root.</param>
public sealed record InclusionProof(long Position, byte[] LeafHash, long Size, IReadOnlyList<byte[]> Path, SignedCheckpoint Checkpoint);

/// <summary>Proves that the history of an earlier checkpoint is the beginning of the last one's.</summary>
/// <param name="Earlier">Events of the earlier one.</param>
/// <param name="Size">Events of the last one.</param>
/// <param name="Path">RFC 9162, section 2.1.4.</param>
/// <param name="Checkpoint">The last signed note.</param>
public sealed record ConsistencyProof(long Earlier, long Size, IReadOnlyList<byte[]> Path, SignedCheckpoint Checkpoint);

/// <summary>Answers about the ledger. A proof reads as many rows as the tree has levels, times a constant.</summary>
/// <param name="source">Made by <see cref="StoreDataSource.ForBackground"/>.</param>
/// <param name="options">The schemas.</param>
/// <param name="home">What lies outside the database.</param>
public sealed class HistoryLedger(NpgsqlDataSource source, EventStoreOptions options, LedgerHome home)
{
    private readonly StoreSql sql = new(options);

    /// <summary>How far it is now.</summary>
    public async Task<LedgerStatus> StatusAsync(CancellationToken cancellation = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var tables = Tables(connection);
        var last = await tables.LastCheckpointAsync(cancellation);
        var size = await tables.SizeAsync(cancellation);
        return new LedgerStatus(
            await tables.OriginAsync(cancellation), await tables.EndOfLogAsync(cancellation), size, last?.Size ?? 0, last?.Signed);
    }

    /// <summary>The keys that signed, and sign, this history.</summary>
    /// <exception cref="KeyChainBrokenException">They do not follow from each other.</exception>
    public async Task<KeyChain> KeysAsync(CancellationToken cancellation = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var tables = Tables(connection);
        return await new KeyChainRecords(tables, home).ReadAsync(await tables.OriginAsync(cancellation), cancellation);
    }

    /// <returns>The log position of a tenant's event; null when there is none, or none yet.</returns>
    public async Task<long?> PositionOfAsync(string tenantId, Guid eventId, CancellationToken cancellation = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await Tables(connection).PositionOfAsync(tenantId, eventId, cancellation);
    }

    /// <returns>A proof against the last checkpoint; null while none covers the position.</returns>
    /// <exception cref="LedgerBrokenException">Rows of the ledger are missing.</exception>
    public async Task<InclusionProof?> InclusionAsync(long position, CancellationToken cancellation = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var tables = Tables(connection);
        if (position < 1 || await tables.LastCheckpointAsync(cancellation) is not { } last || last.Size < position)
            return null;
        var leaf = await tables.PathAsync([new LeafRange(position - 1, position)], cancellation);
        var path = await tables.PathAsync(TreeShape.Inclusion(position - 1, last.Size), cancellation);
        return new InclusionProof(position, leaf[0], last.Size, path, last.Signed);
    }

    /// <returns>A proof between an earlier size and the last checkpoint; null when that has not as many events.</returns>
    /// <exception cref="LedgerBrokenException">Rows of the ledger are missing.</exception>
    public async Task<ConsistencyProof?> ConsistencyAsync(long earlier, CancellationToken cancellation = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var tables = Tables(connection);
        if (earlier < 1 || await tables.LastCheckpointAsync(cancellation) is not { } last || last.Size < earlier)
            return null;
        return new ConsistencyProof(earlier, last.Size, await tables.PathAsync(TreeShape.Consistency(earlier, last.Size), cancellation), last.Signed);
    }

    /// <summary>Whose events the log has.</summary>
    public async Task<IReadOnlyList<string>> TenantsAsync(CancellationToken cancellation = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(sql["Integrity.Statements.tenants_of_log"], connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var tenants = new List<string>();
        while (await reader.ReadAsync(cancellation))
            tenants.Add(reader.GetString(0));
        return tenants;
    }

    private LedgerTables Tables(NpgsqlConnection connection) => new(connection, sql);
}

/// <summary>All that keeps and proves the history of one database.</summary>
public sealed class HistoryIntegrity
{
    /// <param name="source">Made by <see cref="StoreDataSource.ForBackground"/>.</param>
    /// <param name="options">The schemas.</param>
    /// <param name="home">What lies outside the database.</param>
    /// <param name="moved">Pulses when positions were given.</param>
    public HistoryIntegrity(NpgsqlDataSource source, EventStoreOptions options, LedgerHome home, LogSignal moved)
    {
        Home = home;
        Ledger = new HistoryLedger(source, options, home);
        Sealer = new LedgerSealer(source, options, home, moved);
        Verification = new HistoryVerification(source, options, home);
        Rotation = new SigningKeyRotation(source, options, home);
    }

    /// <summary>What lies outside the database.</summary>
    public LedgerHome Home { get; }

    /// <summary>Answers and proofs.</summary>
    public HistoryLedger Ledger { get; }

    /// <summary>Seals and signs.</summary>
    public LedgerSealer Sealer { get; }

    /// <summary>Computes it all anew.</summary>
    public HistoryVerification Verification { get; }

    /// <summary>Replaces the key that signs.</summary>
    public SigningKeyRotation Rotation { get; }
}
