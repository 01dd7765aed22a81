using System.Globalization;
using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Migrations;

/// <summary>
/// Brings a database to this program's schema: numbered steps, each applied once, all in one transaction under one lock,
/// so any number of nodes may start at once and a failed step leaves nothing behind.
/// </summary>
public sealed class Migrator(NpgsqlDataSource source, EventStoreOptions options)
{
    private readonly StoreSql sql = new(options);

    /// <summary>Applies what is missing; nothing to do is success.</summary>
    /// <param name="viewTablesSql">Idempotent DDL of every view (<c>TablesSql</c>), run after the store's own steps;
    /// <c>{views}</c> in it is the views' schema.</param>
    /// <param name="cancellation">Ends the wait for another node's migration, too.</param>
    /// <returns>The numbers of the steps that were applied now.</returns>
    public async Task<IReadOnlyList<int>> MigrateAsync(
        IEnumerable<string>? viewTablesSql = null, CancellationToken cancellation = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);

        await using (var locked = new NpgsqlCommand(sql["Migrations.lock"], connection, transaction))
        {
            locked.Parameters.AddWithValue("class", AdvisoryLocks.MigrationClass);
            locked.Parameters.AddWithValue("key", options.LockKey);
            await locked.ExecuteNonQueryAsync(cancellation);
        }

        await RunAsync(sql["Migrations.prepare"]);
        var applied = await AppliedAsync(connection, transaction, cancellation);
        var now = new List<int>();
        foreach (var (version, name) in Steps().Where(step => !applied.Contains(step.Version)))
        {
            await RunAsync(sql[$"Migrations.{name}"]);
            await using var mark = new NpgsqlCommand(sql["Migrations.mark_applied"], connection, transaction);
            mark.Parameters.AddWithValue("version", version);
            mark.Parameters.AddWithValue("name", name);
            await mark.ExecuteNonQueryAsync(cancellation);
            now.Add(version);
        }

        foreach (var tables in viewTablesSql ?? [])
            await RunAsync(sql.Fill(tables));

        await transaction.CommitAsync(cancellation);
        return now;

        async Task RunAsync(string statement)
        {
            await using var command = new NpgsqlCommand(statement, connection, transaction);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    private async Task<HashSet<int>> AppliedAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        var applied = new HashSet<int>();
        await using var command = new NpgsqlCommand(sql["Migrations.applied"], connection, transaction);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            applied.Add(reader.GetInt32(0));
        return applied;
    }

    private static IEnumerable<(int Version, string Name)> Steps() =>
        from name in StoreSql.NamesIn("Migrations")
        where char.IsAsciiDigit(name[0])
        orderby name
        select (int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name);
}
