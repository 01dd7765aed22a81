using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.EventStore.Integrity;

/// <summary>A leaf on its way into the ledger.</summary>
/// <param name="Position">The event's log position.</param>
/// <param name="Sequence">Its number in the events' table.</param>
/// <param name="EventId">Its id.</param>
/// <param name="Hash">The leaf's hash.</param>
internal readonly record struct NewLeaf(long Position, long Sequence, Guid EventId, byte[] Hash);

/// <summary>A leaf, and what is stored now where it was taken from.</summary>
/// <param name="Leaf">As it was sealed.</param>
/// <param name="Members">What the leaf would be made of now: <see cref="LeafFormat.Members"/>.</param>
internal readonly record struct SealedEvent(NewLeaf Leaf, string?[] Members);

/// <summary>The ledger's tables on one connection.</summary>
internal sealed class LedgerTables(NpgsqlConnection connection, StoreSql sql)
{
    /// <summary>Only every so many levels of nodes are stored.</summary>
    private const int Stride = 4;

    /// <summary>Whether nodes of a level have rows of their own.</summary>
    public static bool Keeps(TreeNode node) => node.Level > 0 && node.Level % Stride == 0;

    /// <summary>Which history this is; a copy of the database has the same.</summary>
    public async Task<string> OriginAsync(CancellationToken cancellation)
    {
        await using var command = Statement("origin");
        return (string)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Leaves in the ledger.</summary>
    public Task<long> SizeAsync(CancellationToken cancellation) => NumberAsync("sealed_size", cancellation);

    /// <summary>The last log position.</summary>
    public Task<long> EndOfLogAsync(CancellationToken cancellation) => NumberAsync("end_of_log", cancellation);

    /// <returns>The next events of the log as they are stored; a missing one has null members.</returns>
    public async Task<IReadOnlyList<string?[]>> EventsToSealAsync(long after, int page, CancellationToken cancellation)
    {
        await using var command = Statement("events_to_seal").With("after", after).With("page", page);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var events = new List<string?[]>();
        while (await reader.ReadAsync(cancellation))
            events.Add(MembersIn(reader, from: 0));
        return events;
    }

    /// <returns>Leaves with what is stored now, in the order of positions.</returns>
    public async Task<IReadOnlyList<SealedEvent>> SealedEventsAsync(long after, long upTo, int page, CancellationToken cancellation)
    {
        await using var command = Statement("sealed_events").With("after", after).With("up_to", upTo).With("page", page);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var events = new List<SealedEvent>();
        while (await reader.ReadAsync(cancellation))
        {
            var leaf = new NewLeaf(reader.GetInt64(0), reader.GetInt64(1), reader.GetGuid(2), reader.GetFieldValue<byte[]>(3));
            events.Add(new SealedEvent(leaf, MembersIn(reader, from: 4)));
        }

        return events;
    }

    public async Task AddAsync(IReadOnlyList<NewLeaf> leaves, IReadOnlyList<(TreeNode Node, byte[] Hash)> nodes, CancellationToken cancellation)
    {
        await using var add = Statement("add_leaves")
            .With("positions", leaves.Select(leaf => leaf.Position).ToArray()).With("sequences", leaves.Select(leaf => leaf.Sequence).ToArray())
            .With("ids", leaves.Select(leaf => leaf.EventId).ToArray()).With("hashes", leaves.Select(leaf => leaf.Hash).ToArray());
        await add.ExecuteNonQueryAsync(cancellation);
        await using var addNodes = Statement("add_nodes")
            .With("levels", nodes.Select(one => (short)one.Node.Level).ToArray()).With("numbers", nodes.Select(one => one.Node.Number).ToArray())
            .With("hashes", nodes.Select(one => one.Hash).ToArray());
        await addNodes.ExecuteNonQueryAsync(cancellation);
    }

    /// <returns>The right edge of the tree over the first leaves.</returns>
    /// <exception cref="LedgerBrokenException">Rows of the ledger are missing.</exception>
    public async Task<Frontier> FrontierAsync(long size, CancellationToken cancellation)
    {
        var nodes = TreeShape.NodesOf(new LeafRange(0, size)).ToList();
        var hashes = await HashesAsync(nodes, cancellation);
        return new Frontier(size, nodes.Select(node => hashes[node] ?? throw LedgerBrokenException.Lacking(node)));
    }

    /// <returns>The root over the first leaves.</returns>
    /// <exception cref="LedgerBrokenException">Rows of the ledger are missing.</exception>
    public async Task<byte[]> RootAsync(long size, CancellationToken cancellation) => (await FrontierAsync(size, cancellation)).Root;

    /// <returns>The hash of each range of leaves, as a proof is made of.</returns>
    /// <exception cref="LedgerBrokenException">Rows of the ledger are missing.</exception>
    public async Task<IReadOnlyList<byte[]>> PathAsync(IReadOnlyList<LeafRange> ranges, CancellationToken cancellation)
    {
        var hashes = await HashesAsync([.. ranges.SelectMany(TreeShape.NodesOf).Distinct()], cancellation);
        return
        [
            .. ranges.Select(range => Frontier.FoldUp([.. TreeShape.NodesOf(range).Select(node => hashes[node] ?? throw LedgerBrokenException.Lacking(node))])!),
        ];
    }

    /// <returns>The hash of each whole subtree, from the rows nearest below it; null where one of these is missing.</returns>
    public async Task<IReadOnlyDictionary<TreeNode, byte[]?>> HashesAsync(IReadOnlyList<TreeNode> nodes, CancellationToken cancellation)
    {
        var steps = nodes.Select(node => node.Level % Stride).ToArray();
        await using var command = Statement("read_nodes")
            .With("levels", nodes.Select((node, at) => (short)(node.Level - steps[at])).ToArray())
            .With("firsts", nodes.Select((node, at) => node.Number << steps[at]).ToArray())
            .With("lasts", nodes.Select((node, at) => ((node.Number + 1) << steps[at]) - 1).ToArray());
        var found = nodes.Select(_ => new List<byte[]>()).ToArray();
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
                found[reader.GetInt64(0) - 1].Add(reader.GetFieldValue<byte[]>(1));
        }

        return nodes.Select((node, at) => (node, Hash: found[at].Count == 1 << steps[at] ? Together(found[at]) : null))
            .ToDictionary(one => one.node, one => one.Hash);
    }

    public async Task<(long Size, SignedCheckpoint Signed)?> LastCheckpointAsync(CancellationToken cancellation)
    {
        await using var command = Statement("last_checkpoint");
        return (await CheckpointsAsync(command, cancellation)).Cast<(long, SignedCheckpoint)?>().SingleOrDefault();
    }

    public async Task<IReadOnlyList<(long Size, SignedCheckpoint Signed)>> CheckpointsAsync(long after, int page, CancellationToken cancellation)
    {
        await using var command = Statement("checkpoints_after").With("after", after).With("page", page);
        return await CheckpointsAsync(command, cancellation);
    }

    /// <returns>When it was added, by the database's clock.</returns>
    public async Task<DateTimeOffset> AddCheckpointAsync(long size, string note, CancellationToken cancellation)
    {
        await using var command = Statement("add_checkpoint").With("size", size).With("note", note);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return reader.GetFieldValue<DateTimeOffset>(0);
    }

    /// <summary>Whoever seals, signs or rotates the key takes turns, on all nodes, until the transaction ends.</summary>
    public async Task LockAsync(EventStoreOptions options, CancellationToken cancellation)
    {
        await using var locked = new NpgsqlCommand(sql["Postgres.Statements.take_lock"], connection)
            .With("class", AdvisoryLocks.LedgerClass).With("key", options.LockKey);
        await locked.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The database's clock.</summary>
    public async Task<DateTimeOffset> TimeAsync(CancellationToken cancellation)
    {
        await using var command = Statement("database_time");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return reader.GetFieldValue<DateTimeOffset>(0);
    }

    /// <returns>The statements that name each next key, the first one first.</returns>
    public async Task<IReadOnlyList<string>> SuccessionsAsync(CancellationToken cancellation)
    {
        await using var command = Statement("successions");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var notes = new List<string>();
        while (await reader.ReadAsync(cancellation))
            notes.Add(reader.GetString(0));
        return notes;
    }

    public async Task AddSuccessionAsync(int number, string note, CancellationToken cancellation)
    {
        await using var command = Statement("add_succession").With("number", number).With("note", note);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <returns>Of what has a position and no leaf: how many, the last position, how many are gone, and the first of these.</returns>
    public async Task<(long Count, long Last, long Gone, long FirstGone)> TailAsync(long size, CancellationToken cancellation)
    {
        await using var command = Statement("tail_of_log").With("size", size);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
    }

    /// <returns>Whether there is an event of this id, whatever its place, and its position if it has one.</returns>
    public async Task<(bool Exists, long? Position)> WhereAsync(Guid eventId, CancellationToken cancellation)
    {
        await using var command = Statement("where_an_event_is").With("event_id", eventId);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (true, await reader.IsDBNullAsync(0, cancellation) ? null : reader.GetInt64(0)) : (false, null);
    }

    /// <returns>Events that the log does not have and will not have.</returns>
    public async Task<IReadOnlyList<(long Sequence, Guid EventId, string TenantId)>> BesideTheLogAsync(int page, CancellationToken cancellation)
    {
        await using var command = Statement("events_beside_the_log").With("page", page);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var events = new List<(long, Guid, string)>();
        while (await reader.ReadAsync(cancellation))
            events.Add((reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2)));
        return events;
    }

    /// <returns>The position of a tenant's event; null when there is none, or none yet.</returns>
    public async Task<long?> PositionOfAsync(string tenantId, Guid eventId, CancellationToken cancellation)
    {
        await using var command = Statement("position_of_event").With("event_id", eventId).With("tenant", tenantId);
        return (long?)await command.ExecuteScalarAsync(cancellation);
    }

    private static async Task<IReadOnlyList<(long, SignedCheckpoint)>> CheckpointsAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var checkpoints = new List<(long, SignedCheckpoint)>();
        while (await reader.ReadAsync(cancellation))
            checkpoints.Add((reader.GetInt64(0), new SignedCheckpoint(reader.GetFieldValue<DateTimeOffset>(2), reader.GetString(1))));
        return checkpoints;
    }

    private static byte[] Together(List<byte[]> hashes)
    {
        var level = hashes;
        while (level.Count > 1)
            level = [.. level.Chunk(2).Select(pair => MerkleHash.OfChildren(pair[0], pair[1]))];
        return level[0];
    }

    private static string?[] MembersIn(NpgsqlDataReader reader, int from)
    {
        var members = new string?[LeafFormat.Members.Count];
        for (var member = 0; member < members.Length; member++)
            members[member] = reader.IsDBNull(from + member) ? null : reader.GetString(from + member);
        return members;
    }

    private async Task<long> NumberAsync(string statement, CancellationToken cancellation)
    {
        await using var command = Statement(statement);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private NpgsqlCommand Statement(string name) => new(sql[$"Integrity.Statements.{name}"], connection);
}

/// <summary>The ledger itself, or the log it goes by, is not whole: nothing more is sealed, and a verification says what is wrong.</summary>
public sealed class LedgerBrokenException(string problem) : Exception(problem)
{
    internal static LedgerBrokenException Lacking(TreeNode node) => new(
        $"The ledger lacks rows below node {node.Number} of level {node.Level}: events {(node.Number << node.Level) + 1} to {(node.Number + 1) << node.Level}.");
}
