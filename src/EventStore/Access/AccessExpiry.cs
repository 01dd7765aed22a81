using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Access;

/// <summary>Which recorded reads are to be forgotten.</summary>
/// <param name="TenantId">The jurisdiction.</param>
/// <param name="Before">Those from before then; never one of the last six years, whatever is asked.</param>
/// <param name="CjiBefore">Of criminal justice information, those from before then as well.</param>
/// <param name="Kept">Subjects of whom no read is forgotten.</param>
public sealed record AccessesOver(string TenantId, DateTimeOffset Before, DateTimeOffset CjiBefore, IReadOnlyCollection<Guid> Kept);

/// <summary>Forgets reads whose time is over, some at a time: each is forgotten with its subjects or not at all, and again is never.</summary>
/// <param name="source">A pool made by <see cref="StoreDataSource"/>.</param>
/// <param name="options">The store's schemas.</param>
public sealed class AccessExpiry(NpgsqlDataSource source, EventStoreOptions options)
{
    /// <summary>Reads in one transaction, so that those who record reads wait for none.</summary>
    public const int MostTogether = 1_000;

    private readonly string forget = new StoreSql(options)["Access.Statements.forget"];

    /// <returns>How many were forgotten: when it is <see cref="MostTogether"/> there may be more, and who is to be kept is asked again before.</returns>
    public async Task<long> ForgetAsync(AccessesOver over, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(forget);
        command.Parameters.AddWithValue("tenant", over.TenantId);
        command.Parameters.AddWithValue("before", over.Before.ToUniversalTime());
        command.Parameters.AddWithValue("cji_before", over.CjiBefore.ToUniversalTime());
        command.Parameters.AddWithValue("kept", over.Kept.ToArray());
        command.Parameters.AddWithValue("most", MostTogether);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
