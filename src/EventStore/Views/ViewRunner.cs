using CaseFlow.EventStore.Sequencing;
using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>
/// Moves every view of one list along the log, each by itself: a page is read, applied and its checkpoint moved in one
/// transaction that holds the checkpoint's row, so two runners never apply an event twice. A view that fails stops at the
/// event it failed on, is shown so, and tries again; nothing is skipped, and the other views go on.
/// </summary>
public sealed class ViewRunner(
    NpgsqlDataSource source,
    IEventStore store,
    IReadOnlyList<IView> views,
    LogSignal logMoved,
    ViewOptions? options = null,
    Action<ViewStatus>? failed = null)
{
    private readonly ViewOptions options = options ?? new();
    private readonly ViewSql sql = new(options ?? new());
    private readonly IPastEvents past = PastEvents.Of(store);
    private readonly Dictionary<string, ViewFailedException?> failures = views.ToDictionary(view => view.Name, _ => (ViewFailedException?)null);

    /// <summary>What this runner moves.</summary>
    public IReadOnlyList<IView> Views => views;

    /// <summary>Pulsed whenever a view of this runner has moved.</summary>
    public LogSignal ViewMoved { get; } = new();

    /// <summary>Creates missing tables, then follows the log until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await new ViewTables(source, options).CreateAsync(views, cancellation);
        await Task.WhenAll(views.Select(view => Task.Run(() => FollowAsync(view, cancellation), cancellation)));
    }

    /// <summary>Moves every view to the end of the log as it is now, in pages of a given size; throws what a view throws.</summary>
    /// <remarks>For a command line and for tests; beside a running runner it does no harm.</remarks>
    public async Task CatchUpAsync(int? pageSize = null, CancellationToken cancellation = default)
    {
        await new ViewTables(source, options).CreateAsync(views, cancellation);
        var end = (await store.EndOfLogAsync(cancellation)).Position;
        foreach (var view in views)
        {
            await UpgradeAsync(view, cancellation);
            while (await StepAsync(view, pageSize ?? options.PageSize, end, cancellation) is not Step.AtEnd)
            {
            }
        }
    }

    /// <summary>Where every view stands, as stored, with the failures that this runner met.</summary>
    public async Task<IReadOnlyList<ViewStatus>> StatusAsync(CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(sql.Checkpoints), new(sql.EndOfLog) } };
        batch.BatchCommands[0].Parameters.AddWithValue("names", views.Select(view => view.Name).ToArray());
        var positions = new Dictionary<string, long>();
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            positions[reader.GetString(0)] = reader.GetInt64(1);
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var end = reader.GetInt64(0);
        return [.. views.Select(view => StatusOf(view, positions.GetValueOrDefault(view.Name), end))];
    }

    private async Task FollowAsync(IView view, CancellationToken cancellation)
    {
        var retry = options.FirstRetry;
        var upgraded = false;
        var careful = 0;
        while (!cancellation.IsCancellationRequested)
        {
            var pulse = logMoved.Next;
            try
            {
                if (!upgraded)
                    await UpgradeAsync(view, cancellation);
                upgraded = true;
                var step = await StepAsync(view, careful > 0 ? 1 : options.PageSize, null, cancellation);
                if (step is Step.Moved)
                {
                    (careful, retry) = (Math.Max(0, careful - 1), options.FirstRetry);
                }
                else
                {
                    await LogSignal.WaitAsync(pulse, options.Poll, cancellation);
                }

                Keep(view, null);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                upgraded &= failure is not NewerViewException;
                Keep(view, failure as ViewFailedException ?? new ViewFailedException(view.Name, null, null, failure));
                // A page's length event by event, so that all before the failing one is applied and that one is known.
                var whole = careful == 0;
                careful = options.PageSize;
                if (whole)
                    continue;
                failed?.Invoke(StatusOf(view, FailureOf(view)!.Position - 1 ?? 0, 0));
                await Task.WhenAny(Task.Delay(retry, cancellation));
                retry = TimeSpan.FromTicks(Math.Min(retry.Ticks * 2, options.LongestRetry.Ticks));
            }
        }
    }

    private async Task UpgradeAsync(IView view, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var find = new NpgsqlCommand(sql.FindVersion, connection).With("name", view.Name);
        if (await find.ExecuteScalarAsync(cancellation) is not int stored)
            throw new InvalidOperationException($"View \"{view.Name}\" has no tables yet.");
        if (stored < view.Version)
            await new ViewRebuild(source, store, options).RebuildAsync(view, stored, cancellation);
    }

    private async Task<Step> StepAsync(IView view, int pageSize, long? upTo, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (await TakeAsync(connection, view, cancellation) is not { } from)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), cancellation);
            return Step.Busy;
        }

        var page = new List<RecordedEvent>();
        var last = Math.Min(from + pageSize, upTo ?? long.MaxValue);
        if (last > from)
        {
            await foreach (var recorded in store.ReadLogAsync(from, null, last, cancellation))
            {
                page.Add(recorded);
                if (page.Count == pageSize)
                    break;
            }
        }

        if (page.Count == 0)
            return Step.AtEnd;
        try
        {
            await connection.RunAsync(sql.WorkInViews, cancellation);
            await view.ApplyAsync(new(connection, page, past), cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new ViewFailedException(view.Name, from + 1, page, failure);
        }

        await using var move = new NpgsqlCommand(sql.MoveCheckpoint, connection)
            .With("name", view.Name).With("version", view.Version).With("from", from).With("to", page[^1].Position!.Value);
        if (await move.ExecuteNonQueryAsync(cancellation) != 1)
            throw new InvalidOperationException($"The checkpoint of \"{view.Name}\" moved under its own lock.");
        await transaction.CommitAsync(cancellation);
        ViewMoved.Pulse();
        return Step.Moved;
    }

    /// <returns>The position to go on from, or null while another runner is at work.</returns>
    private async Task<long?> TakeAsync(NpgsqlConnection connection, IView view, CancellationToken cancellation)
    {
        await using var take = new NpgsqlCommand(sql.TakeCheckpoint, connection).With("name", view.Name);
        await using var reader = await take.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            return null;
        var version = reader.GetInt32(0);
        return version == view.Version
            ? reader.GetInt64(1)
            : throw new NewerViewException($"View \"{view.Name}\" is stored at version {version}; this program knows version {view.Version}.");
    }

    private ViewStatus StatusOf(IView view, long position, long end)
    {
        var failure = FailureOf(view);
        return new(view.Name, position, Math.Max(0, end - position), failure?.Cause, failure?.EventId, failure?.Position);
    }

    private ViewFailedException? FailureOf(IView view)
    {
        lock (failures)
            return failures[view.Name];
    }

    private void Keep(IView view, ViewFailedException? failure)
    {
        lock (failures)
            failures[view.Name] = failure;
    }

    private enum Step
    {
        Moved,
        AtEnd,
        Busy,
    }
}
