using CaseFlow.EventStore.Background;
using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>Views of one tenant that stand at one place of its log, and where they read, together. One that is alone moves by itself.</summary>
internal sealed record ViewJob(TenantLog Log, IReadOnlyList<ViewWork> Works);

/// <summary>What came of a job.</summary>
/// <param name="More">Whether there may be more to do at once.</param>
/// <param name="Left">The views that were not moved and are to be moved by themselves.</param>
internal readonly record struct ViewJobEnd(bool More, IReadOnlyList<ViewWork> Left);

/// <summary>
/// Most events concern few views. Those that have nothing to apply on a page are moved past it in one transaction, all
/// together; what each of them has written stays as it is.
/// </summary>
internal sealed class ViewPassing(NpgsqlDataSource source, ViewSql sql)
{
    /// <param name="works">Views of one tenant that stand at the page's beginning.</param>
    /// <param name="page">The tenant's next events; when there is none, nothing is passed.</param>
    /// <param name="lease">Held in the transaction.</param>
    /// <param name="cancellation">Ends the work; nothing of it is kept.</param>
    /// <returns>Who was not moved, for it has something to apply or somebody else is at work on it.</returns>
    public async Task<IReadOnlyList<ViewWork>> PassAsync(
        IReadOnlyList<ViewWork> works, IReadOnlyList<RecordedEvent> page, IWorkLease lease, CancellationToken cancellation)
    {
        var passing = works.Where(work => page.Count > 0 && !page.Any(recorded => MayConcern(work.View, recorded))).ToList();
        if (passing.Count == 0)
            return works;
        var (tenant, from) = (passing[0].TenantId, passing[0].After);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await lease.HoldAsync(connection, cancellation);
        var taken = await TakeAsync(connection, passing, cancellation);
        if (taken.Count == 0)
            return works;
        await using var move = new NpgsqlCommand(sql["move_checkpoints"], connection)
            .With("names", taken.Select(work => work.View.Name).ToArray()).With("tenant", tenant)
            .With("from", from).With("to", page[^1].Position!.Value).With("applied", false);
        if (await move.ExecuteScalarAsync(cancellation) is not long moved || moved != taken.Count)
            throw new InvalidOperationException("A checkpoint moved under its own lock.");
        await transaction.CommitAsync(cancellation);
        return [.. works.Except(taken)];
    }

    /// <summary>An event that a view cannot even be asked about is for the view to fail on, where it is shown.</summary>
    private static bool MayConcern(IView view, RecordedEvent recorded)
    {
        try
        {
            return view.Concerns(recorded);
        }
        catch (Exception)
        {
            return true;
        }
    }

    /// <returns>Whose checkpoints the transaction holds where they were found; at the program's own version alone.</returns>
    private async Task<IReadOnlyList<ViewWork>> TakeAsync(NpgsqlConnection connection, List<ViewWork> works, CancellationToken cancellation)
    {
        var (tenant, after) = (works[0].TenantId, works[0].After);
        await using var batch = connection.BatchOf([
            .. sql.TakeCheckpoints([.. works.Select(work => work.View.Name)], tenant, create: after == 0), sql.Command("work_in_views"),
        ]);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var shared = new HashSet<string>();
        while (await reader.ReadAsync(cancellation))
        {
            if (reader.GetBoolean(1))
                shared.Add(reader.GetString(0));
        }

        await reader.NextResultAsync(cancellation);
        var taken = new HashSet<string>();
        while (await reader.ReadAsync(cancellation))
        {
            var (name, position, version) = (reader.GetString(0), reader.GetInt64(1), reader.GetInt32(2));
            if (shared.Contains(name) && position == after && works.Any(work => work.View.Name == name && work.View.Version == version))
                taken.Add(name);
        }

        return [.. works.Where(work => taken.Contains(work.View.Name))];
    }
}
