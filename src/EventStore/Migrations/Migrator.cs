using System.Globalization;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Roles;
using Npgsql;

namespace CaseFlow.EventStore.Migrations;

/// <summary>
/// Brings a database to this program's schema: numbered steps, each applied once, all in one transaction under one lock,
/// so any number of nodes may start at once and a failed step leaves nothing behind. The roles of the store are made where the
/// login may make them, and told anew what they may do after every step.
/// </summary>
/// <param name="source">Made by <see cref="StoreDataSource.ForMigrations"/>, with the login that owns the schema. Any other login may
/// look: nothing to do is success for it, too.</param>
/// <param name="options">The schemas.</param>
public sealed class Migrator(NpgsqlDataSource source, EventStoreOptions options)
{
    private readonly StoreSql sql = new(options);

    /// <summary>Applies what is missing; nothing to do is success.</summary>
    /// <param name="viewTablesSql">Idempotent DDL of every view (<c>TablesSql</c>), run after the store's own steps;
    /// <c>{views}</c> in it is the views' schema.</param>
    /// <param name="cancellation">Ends the wait for another node's migration, too.</param>
    /// <returns>The numbers of the steps that were applied now.</returns>
    /// <exception cref="RolesMissingException">The roles are not there, and the login may not make them.</exception>
    /// <exception cref="SchemaBehindException">There is something to do, and the login does not own the schema.</exception>
    public async Task<IReadOnlyList<int>> MigrateAsync(
        IEnumerable<string>? viewTablesSql = null, CancellationToken cancellation = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await LockAsync(connection, transaction, cancellation);

        var (login, mayMigrate) = await LoginAsync(connection, transaction, cancellation);
        if (mayMigrate)
        {
            await CreateRolesAsync(connection, transaction, login, cancellation);
            await RunAsync(sql["Migrations.prepare"]);
        }

        var applied = await AppliedAsync(connection, transaction, login, cancellation);
        var missing = Steps().Where(step => !applied.Contains(step.Version)).ToList();
        if (!mayMigrate && missing.Count > 0)
            throw new SchemaBehindException(login, missing.Select(step => step.Version));
        var now = new List<int>();
        foreach (var (version, name) in missing)
        {
            await RunAsync(sql[$"Migrations.{name}"]);
            await using var mark = new NpgsqlCommand(sql["Migrations.mark_applied"], connection, transaction);
            mark.Parameters.AddWithValue("version", version);
            mark.Parameters.AddWithValue("name", name);
            await mark.ExecuteNonQueryAsync(cancellation);
            now.Add(version);
        }

        if (mayMigrate && (now.Count > 0 || !await WallsStandAsync(connection, transaction, cancellation)))
            await RunAsync(sql["Migrations.walls"]);
        await RunAsync(sql["Migrations.work_as_program"]);
        await RunAsync(sql["Migrations.wall_off_views"]);
        await transaction.CommitAsync(cancellation);

        foreach (var tables in viewTablesSql ?? [])
            await PrepareViewAsync(connection, sql.Fill(tables), cancellation);
        return now;

        async Task RunAsync(string statement)
        {
            await using var command = new NpgsqlCommand(statement, connection, transaction);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    /// <summary>
    /// One view in a transaction of its own: its DDL waits for whoever writes to its tables, and an append that writes to two views
    /// would wait for it in turn if it held the tables of both.
    /// </summary>
    private async Task PrepareViewAsync(NpgsqlConnection connection, string tables, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await LockAsync(connection, transaction, cancellation);
        foreach (var statement in new[] { sql["Migrations.work_as_program"], tables, sql["Migrations.wall_off_views"] })
        {
            await using var command = new NpgsqlCommand(statement, connection, transaction);
            await command.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    private async Task LockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        await using var locked = new NpgsqlCommand(sql["Migrations.lock"], connection, transaction);
        locked.Parameters.AddWithValue("class", AdvisoryLocks.MigrationClass);
        locked.Parameters.AddWithValue("key", options.LockKey);
        await locked.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<(string Login, bool MayMigrate)> LoginAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql["Migrations.may_migrate"], connection, transaction);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetString(0), reader.GetBoolean(1));
    }

    private async Task CreateRolesAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string login, CancellationToken cancellation)
    {
        try
        {
            await using var command = new NpgsqlCommand(sql["Roles.Statements.create_roles"], connection, transaction);
            await command.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new RolesMissingException(login, refused);
        }
    }

    private async Task<bool> WallsStandAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql["Migrations.walls_stand"], connection, transaction);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    private async Task<HashSet<int>> AppliedAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string login, CancellationToken cancellation)
    {
        var applied = new HashSet<int>();
        await using var command = new NpgsqlCommand(sql["Migrations.applied"], connection, transaction);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                applied.Add(reader.GetInt32(0));
            return applied;
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedTable)
        {
            throw new SchemaBehindException(login, Steps().Select(step => step.Version));
        }
    }

    private static IEnumerable<(int Version, string Name)> Steps() =>
        from name in StoreSql.NamesIn("Migrations")
        where char.IsAsciiDigit(name[0])
        orderby name
        select (int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name);
}
