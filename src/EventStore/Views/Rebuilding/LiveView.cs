using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>The view that is read and moved while its successor is built: where it stands, and how it is held still.</summary>
internal sealed class LiveView(StoreSql sql, string name, int version)
{
    public async Task CreateAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var create = Statement(connection, "create_view").With("version", version);
        await create.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// Waits for the pages under way, as long as <c>lock_timeout</c> says; no page is applied, and no event is decided to be
    /// passed over, until the transaction ends.
    /// </summary>
    /// <returns>The version stored.</returns>
    public async Task<int> HoldAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var wait = Statement(connection, "await_view");
        await wait.ExecuteNonQueryAsync(cancellation);
        foreach (var statement in (string[])["create_checkpoints", "hold_checkpoints"])
        {
            await using var hold = new NpgsqlCommand(sql[$"Views.Rebuilding.Statements.{statement}"], connection).With("name", name);
            await hold.ExecuteNonQueryAsync(cancellation);
        }

        return await VersionAsync(connection, cancellation);
    }

    public async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var find = Statement(connection, "version_of_view");
        return await find.ExecuteScalarAsync(cancellation) as int? ?? throw new InvalidOperationException($"View \"{name}\" does not exist.");
    }

    /// <exception cref="NewerViewException">The rows that are served belong to a newer program.</exception>
    public void MustNotBeNewer(int stored)
    {
        if (stored > version)
            throw new NewerViewException($"View \"{name}\" is stored at version {stored}; this program knows version {version} and leaves it alone.");
    }

    /// <summary>The last event of each tenant in the log.</summary>
    public Task<Dictionary<string, long>> EndsAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        PositionsAsync(Statement(connection, "log_ends"), cancellation);

    /// <summary>Where the view stands for each tenant.</summary>
    public Task<Dictionary<string, long>> CheckpointsAsync(NpgsqlConnection connection, CancellationToken cancellation) => PositionsAsync(
        new NpgsqlCommand(sql["Views.Rebuilding.Statements.checkpoints_of_view"], connection).With("name", name), cancellation);

    /// <summary>The events that the view at this version passes over.</summary>
    public async Task<HashSet<long>> SkipsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var find = Statement(connection, "skips_of_view").With("version", version);
        await using var reader = await find.ExecuteReaderAsync(cancellation);
        var skips = new HashSet<long>();
        while (await reader.ReadAsync(cancellation))
            skips.Add(reader.GetInt64(1));
        return skips;
    }

    public async Task<HashSet<long>> SkipsAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await SkipsAsync(connection, cancellation);
    }

    /// <summary>From now on the view stands at these positions, at this version, and nothing of it has failed.</summary>
    public async Task ReplaceAsync(NpgsqlConnection connection, Dictionary<string, long> ends, CancellationToken cancellation)
    {
        await using var move = Statement(connection, "replace_checkpoints")
            .With("tenants", ends.Keys.ToArray()).With("positions", ends.Values.ToArray());
        await move.ExecuteNonQueryAsync(cancellation);
        await using var raise = Statement(connection, "replace_version").With("version", version);
        await raise.ExecuteNonQueryAsync(cancellation);
        await using var forget = Statement(connection, "forget_failures");
        await forget.ExecuteNonQueryAsync(cancellation);
    }

    private NpgsqlCommand Statement(NpgsqlConnection connection, string statement) =>
        new NpgsqlCommand(sql[$"Views.Statements.{statement}"], connection).With("name", name);

    private static async Task<Dictionary<string, long>> PositionsAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var positions = new Dictionary<string, long>();
            while (await reader.ReadAsync(cancellation))
                positions[reader.GetString(0)] = reader.GetInt64(1);
            return positions;
        }
    }
}
