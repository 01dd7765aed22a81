using CaseFlow.EventStore.Background;
using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>A view with one tenant's log to apply.</summary>
/// <param name="View">The view.</param>
/// <param name="TenantId">The tenant.</param>
/// <param name="After">Where its checkpoint stood when this was found.</param>
/// <param name="Failed">The next event failed before.</param>
internal sealed record ViewWork(IView View, string TenantId, long After, bool Failed = false)
{
    public (string View, string TenantId) Key => (View.Name, TenantId);
}

/// <summary>What came of a step.</summary>
/// <param name="Events">How many events were applied.</param>
/// <param name="Moved">Whether the checkpoint moved; also past an event that is skipped.</param>
/// <param name="Busy">Another runner, or a rebuild, is at work on it.</param>
/// <param name="To">Where it moved to.</param>
internal readonly record struct ViewStep(int Events, bool Moved, bool Busy = false, long To = 0);

/// <summary>Applies one page of one tenant's log to one view, in one transaction with the checkpoint.</summary>
/// <remarks>
/// Exactly once: the transaction holds the checkpoint's row from before the page is chosen, and moves it from where it stood.
/// Two round trips before the view's own statements, two after; the page is read beside the first.
/// </remarks>
internal sealed class ViewMover(NpgsqlDataSource source, IEventStore store, ViewSql sql)
{
    private readonly IPastEvents past = PastEvents.Of(store);

    /// <param name="work">View and tenant.</param>
    /// <param name="log">Where the page is read.</param>
    /// <param name="size">Events at most; null for a whole page, shared with other views.</param>
    /// <param name="upTo">Up to this position.</param>
    /// <param name="lease">Held in the transaction.</param>
    /// <param name="cancellation">Ends the step; nothing of it is kept.</param>
    /// <exception cref="ViewFailedException">The view cannot apply the page, or the page cannot be read.</exception>
    /// <exception cref="NewerViewException">The view belongs to a newer program.</exception>
    public async Task<ViewStep> StepAsync(
        ViewWork work, TenantLog log, int? size, long upTo, IWorkLease lease, CancellationToken cancellation)
    {
        var early = size is null ? log.PageAsync(work.TenantId, work.After, cancellation) : null;
        try
        {
            return await StepAsync(work, log, early, size, upTo, lease, cancellation);
        }
        finally
        {
            // Nothing goes on reading, or fails unheard, after the step.
            if (early is not null)
                await ((Task)early).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ViewStep> StepAsync(
        ViewWork work, TenantLog log, Task<List<RecordedEvent>>? early, int? size, long upTo, IWorkLease lease, CancellationToken cancellation)
    {
        var (view, tenant) = (work.View, work.TenantId);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await lease.HoldAsync(connection, cancellation);
        if (await TakeAsync(connection, work, cancellation) is not var (from, skip, moved))
            return new ViewStep(0, Moved: false, Busy: true);
        if (from >= upTo)
            return default;

        var last = Math.Min(upTo, skip - 1 ?? long.MaxValue);
        var page = await FailingAsync(work, from, size, () => (early, size) switch
        {
            (not null, _) when last == long.MaxValue && from == work.After => early,
            (not null, _) when last == long.MaxValue => log.PageAsync(tenant, from, cancellation),
            _ => log.ExactlyAsync(tenant, from, last, size ?? log.PageSize, cancellation),
        }, cancellation);
        if (page.Count > 0)
        {
            await FailingAsync(work, from, page.Count, async () =>
            {
                await view.ApplyAsync(new LogPage(connection, tenant, from, page, past) { Moved = moved }, cancellation);
                return page;
            }, cancellation);
        }
        else if (skip is null || skip > upTo)
        {
            return default;
        }

        var to = page.Count > 0 ? page[^1].Position!.Value : skip!.Value;
        await MoveAsync(connection, work, from, to, cancellation);
        await transaction.CommitAsync(cancellation);
        return new ViewStep(page.Count, Moved: true, To: to);
    }

    /// <returns>
    /// The position to go on from, the next event to pass over, and when the checkpoint was and will be moved; null while
    /// somebody else is at work.
    /// </returns>
    private async Task<(long From, long? Skip, (DateTime Before, DateTime After) Moved)?> TakeAsync(NpgsqlConnection connection, ViewWork work, CancellationToken cancellation)
    {
        var (name, tenant) = (("name", (object)work.View.Name), ("tenant", (object)work.TenantId));
        await using var batch = connection.BatchOf([
            .. sql.TakeCheckpoints([work.View.Name], work.TenantId, create: work.After == 0),
            sql.Command("next_skip", name, tenant, ("version", work.View.Version)),
            sql.Command("work_in_views"),
        ]);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        if (!reader.GetBoolean(1))
            return null;
        await reader.NextResultAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            return null;
        var (from, version) = (reader.GetInt64(1), reader.GetInt32(2));
        var moved = (reader.GetDateTime(3), reader.GetDateTime(4));
        await reader.NextResultAsync(cancellation);
        long? skip = await reader.ReadAsync(cancellation) ? reader.GetInt64(0) : null;
        if (version > work.View.Version)
            throw NewerViewException.Of(work.View, version);
        return version == work.View.Version ? (from, skip, moved) : null;
    }

    private async Task MoveAsync(NpgsqlConnection connection, ViewWork work, long from, long to, CancellationToken cancellation)
    {
        await using var move = new NpgsqlCommand(sql["move_checkpoints"], connection)
            .With("names", new[] { work.View.Name }).With("tenant", work.TenantId).With("from", from).With("to", to).With("applied", true);
        if (await move.ExecuteScalarAsync(cancellation) is not 1L)
            throw new InvalidOperationException($"The checkpoint of \"{work.View.Name}\" moved under its own lock.");
    }

    /// <summary>What the database does not answer for is the view's failure.</summary>
    private static async Task<List<RecordedEvent>> FailingAsync(
        ViewWork work, long from, int? events, Func<Task<List<RecordedEvent>>> act, CancellationToken cancellation)
    {
        try
        {
            return await act();
        }
        catch (Exception failure) when (!PassesByItself(failure) && !(failure is OperationCanceledException && cancellation.IsCancellationRequested))
        {
            throw new ViewFailedException(work.View.Name, work.TenantId, work.View.Version, from, events ?? int.MaxValue, failure);
        }
    }

    /// <summary>A lost connection, a deadlock, a server that restarts: no event is at fault.</summary>
    internal static bool PassesByItself(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or "25P03" } => true,
        PostgresException postgres => postgres.IsTransient,
        NpgsqlException or IOException or TimeoutException => true,
        // The program ends, and its sources with it.
        ObjectDisposedException disposed => disposed.ObjectName.StartsWith("Npgsql", StringComparison.Ordinal),
        _ => false,
    };
}
