using CaseFlow.EventStore.Postgres;

namespace CaseFlow.EventStore.Roles;

/// <summary>Whether a login of the running program may do more than the program has to.</summary>
public static class LoginRights
{
    /// <returns>The login, and in plain words each right that it had better not have; none is good.</returns>
    public static async Task<(string Login, IReadOnlyList<string> Excess)> ExcessAsync(
        string connectionString, EventStoreOptions options, CancellationToken cancellation)
    {
        await using var source = StoreDataSource.ForMigrations(connectionString);
        await using var command = source.CreateCommand(new StoreSql(options)["Roles.Statements.excess_rights"]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetString(0), reader.GetFieldValue<string[]>(1));
    }
}
