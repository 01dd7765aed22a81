using CaseFlow.EventStore.Background;
using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>Keeps why views stand still, so that every node shows it and a restart keeps the pauses between tries.</summary>
internal sealed class ViewFailures(NpgsqlDataSource source, ViewSql sql, ViewOptions options)
{
    /// <param name="failed">What happened.</param>
    /// <param name="known">Whether it is known which event is at fault: the tenant's next.</param>
    /// <param name="lease">Held in the transaction.</param>
    /// <param name="cancellation">Ends the recording.</param>
    /// <returns>What is kept; null when another runner has passed the event meanwhile.</returns>
    public async Task<ViewFailure?> RecordAsync(ViewFailedException failed, bool known, IWorkLease lease, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await lease.HoldAsync(connection, cancellation);
        var kept = await KeepAsync(connection, sql, options, failed, known, cancellation);
        await transaction.CommitAsync(cancellation);
        return kept;
    }

    /// <returns>Whether a rebuild of the view may be tried now.</returns>
    public async Task<bool> MayBeTriedAsync(IView view, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql["may_be_tried"]).With("name", view.Name).With("version", view.Version);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>Reads the columns of a failure, from one on.</summary>
    public static ViewFailure? Read(NpgsqlDataReader row, int from, string view, string tenantId) => row.IsDBNull(from)
        ? null
        : new(
            view, tenantId, row.GetInt32(from), row.GetInt64(from + 1), row.IsDBNull(from + 2) ? null : row.GetGuid(from + 2),
            row.IsDBNull(from + 3) ? null : row.GetString(from + 3), row.GetString(from + 4), row.GetString(from + 5), row.GetInt32(from + 6),
            row.GetFieldValue<DateTimeOffset>(from + 7), row.GetFieldValue<DateTimeOffset>(from + 8), row.GetFieldValue<DateTimeOffset>(from + 9));

    /// <summary>The same inside the caller's transaction.</summary>
    public static async Task<ViewFailure?> KeepAsync(
        NpgsqlConnection connection, ViewSql sql, ViewOptions options, ViewFailedException failed, bool known, CancellationToken cancellation)
    {
        var (name, tenant) = (("name", (object)failed.View), ("tenant", (object)failed.TenantId));
        await using var batch = connection.BatchOf([
            sql.Command("create_checkpoints_of", ("names", new[] { failed.View }), tenant),
            sql.Command(
                "record_failure", name, tenant, ("version", failed.Version), ("after", failed.After), ("known", known),
                ("error_type", failed.ErrorType), ("error", failed.Error),
                ("first_retry", options.FirstRetry), ("longest_retry", options.LongestRetry)),
        ]);
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        while (row.FieldCount == 0)
            await row.NextResultAsync(cancellation);
        return await row.ReadAsync(cancellation) ? Read(row, 0, failed.View, failed.TenantId) : null;
    }
}
