using System.Collections.Concurrent;
using CaseFlow.EventStore.Background;
using CaseFlow.EventStore.Sequencing;
using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>
/// Moves every view of one list along the log, each tenant by itself: a page of the tenant's events is read, applied and the
/// checkpoint moved in one transaction that holds the checkpoint's row, so two runners never apply an event twice. One query
/// finds everything that has something to do; a few pages are applied at once, the longest neglected first. A view that fails
/// stops for that tenant, at the event it failed on; this is stored and shown, and tried again. Nothing is skipped unless
/// somebody decided it (<see cref="ViewDecisions"/>); other tenants and other views go on.
/// </summary>
public sealed partial class ViewRunner(
    NpgsqlDataSource source,
    IEventStore store,
    IReadOnlyList<IView> views,
    LogSignal logMoved,
    ViewOptions? options = null,
    Action<ViewFailure>? failed = null)
{
    private const int FoundAtOnce = 64;
    private static readonly TimeSpan AfterError = TimeSpan.FromMilliseconds(500);

    private readonly ViewOptions options = options ?? new();
    private readonly ViewSql sql = new(options ?? new());
    private readonly ConcurrentDictionary<(string View, string TenantId), Stumbling> stumbles = new();
    private readonly ViewMover mover = new(source, store, new(options ?? new()));
    private readonly ViewPassing passing = new(source, new(options ?? new()));
    private readonly ViewFailures failures = new(source, new(options ?? new()), options ?? new());

    /// <summary>What this runner moves.</summary>
    public IReadOnlyList<IView> Views => views;

    /// <summary>Pulsed whenever a view of this runner has moved.</summary>
    public LogSignal ViewMoved { get; } = new();

    /// <summary>Raised with every error that no event is to blame for and that <see cref="RunAsync"/> survived.</summary>
    public event Action<Exception>? Stumbled;

    /// <summary>Creates missing tables, then follows the log until cancelled.</summary>
    /// <param name="lease">Held in every transaction.</param>
    /// <param name="cancellation">Ends the work; what was begun is given up whole.</param>
    /// <exception cref="LeaseLostException">Another node does the work now; everything here has ended.</exception>
    public async Task RunAsync(IWorkLease lease, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var upgrading = Task.CompletedTask;
        try
        {
            await new ViewTables(source, options).CreateAsync(views, ending.Token);
            upgrading = Task.Run(() => KeepUpgradingAsync(lease, ending.Token), ending.Token);
            await FollowAsync(lease, ending.Token);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Asked for.
        }
        finally
        {
            await ending.CancelAsync();
            await upgrading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Moves every view to the end of each tenant's log as it is now, in pages of a given size; throws what a view throws.</summary>
    /// <remarks>For a command line and for tests; beside a running runner it does no harm.</remarks>
    public async Task CatchUpAsync(int? pageSize = null, CancellationToken cancellation = default)
    {
        await new ViewTables(source, options).CreateAsync(views, cancellation);
        var ends = new List<(string TenantId, long Position)>();
        await using (var command = source.CreateCommand(sql["log_ends"]))
        await using (var row = await command.ExecuteReaderAsync(cancellation))
        {
            while (await row.ReadAsync(cancellation))
                ends.Add((row.GetString(0), row.GetInt64(1)));
        }

        foreach (var view in views)
        {
            await UpgradeAsync(view, NoLease.Instance, cancellation);
            if (await VersionOfAsync(view, cancellation) is var stored && stored > view.Version)
                throw NewerViewException.Of(view, stored);
        }

        foreach (var (tenantId, end) in ends)
        {
            foreach (var work in await PassAsync(await BehindAsync(tenantId, end, cancellation), pageSize ?? options.PageSize, end, cancellation))
                await CatchUpAsync(work, pageSize ?? options.PageSize, end, cancellation);
        }
    }

    private async Task<List<ViewWork>> BehindAsync(string tenantId, long end, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql["views_behind"])
            .With("names", views.Select(view => view.Name).ToArray()).With("tenant", tenantId).With("end", end);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var behind = new List<ViewWork>();
        while (await row.ReadAsync(cancellation))
            behind.Add(new(views.First(view => view.Name == row.GetString(0)), tenantId, row.GetInt64(1)));
        return behind;
    }

    /// <returns>Who has something to apply before the end.</returns>
    private async Task<List<ViewWork>> PassAsync(List<ViewWork> behind, int pageSize, long end, CancellationToken cancellation)
    {
        var log = new TenantLog(source, store, sql, pageSize);
        var concerned = new List<ViewWork>();
        foreach (var place in behind.GroupBy(work => work.After))
        {
            IReadOnlyList<ViewWork> passed = [.. place];
            while (passed.Count > 1 && passed[0].After < end)
            {
                try
                {
                    var page = await log.PageAsync(passed[0].TenantId, passed[0].After, cancellation);
                    var left = await passing.PassAsync(passed, page, NoLease.Instance, cancellation);
                    concerned.AddRange(left);
                    passed = [.. passed.Except(left).Select(work => work with { After = page[^1].Position!.Value })];
                }
                catch (Exception unread) when (!EndsTheRun(unread, cancellation) && !ViewMover.PassesByItself(unread))
                {
                    // Each by itself then: it may skip what cannot be read.
                    break;
                }
            }

            concerned.AddRange(passed.Where(work => work.After < end));
        }

        return concerned;
    }

    private async Task CatchUpAsync(ViewWork work, int pageSize, long end, CancellationToken cancellation)
    {
        var log = new TenantLog(source, store, sql, pageSize);
        while (true)
        {
            var step = await mover.StepAsync(work, log, Math.Min(pageSize, work.View.MostAtOnce), end, NoLease.Instance, cancellation);
            if (step.Moved)
                ViewMoved.Pulse();
            if (step.Busy)
                await Task.Delay(TimeSpan.FromMilliseconds(5), cancellation);
            else if (!step.Moved || step.To >= end)
                return;
        }
    }

    private async Task KeepUpgradingAsync(IWorkLease lease, CancellationToken cancellation)
    {
        var older = views.ToList();
        while (true)
        {
            // One after the other: a rebuild alone takes what the machine has. One that fails is passed by until it may be tried again.
            foreach (var view in older.ToList())
            {
                if (await TryUpgradeAsync(view, lease, cancellation))
                    older.Remove(view);
            }

            if (older.Count == 0)
                return;
            await Task.Delay(options.Poll, cancellation);
        }
    }

    /// <returns>Whether the view needs no upgrade any more.</returns>
    private async Task<bool> TryUpgradeAsync(IView view, IWorkLease lease, CancellationToken cancellation)
    {
        try
        {
            if (await IsOlderAsync(view, cancellation) && await failures.MayBeTriedAsync(view, cancellation))
                await UpgradeAsync(view, lease, cancellation);
            return !await IsOlderAsync(view, cancellation);
        }
        catch (ViewFailedException failure)
        {
            await TryKeepAsync(failure, known: failure.Events == 1, lease, cancellation);
        }
        catch (Exception error) when (!EndsTheRun(error, cancellation))
        {
            Stumbled?.Invoke(error);
            await Task.Delay(AfterError, cancellation);
        }

        return false;
    }

    private async Task UpgradeAsync(IView view, IWorkLease lease, CancellationToken cancellation)
    {
        if (await VersionOfAsync(view, cancellation) is var stored && stored < view.Version)
        {
            await new ViewRebuild(source, store, options, lease).RebuildAsync(view, stored, cancellation);
            logMoved.Pulse();
        }
    }

    /// <summary>Whoever asked for the end, or took the lease over. A view that cancels something of its own ends nobody's work.</summary>
    private static bool EndsTheRun(Exception error, CancellationToken cancellation) =>
        error is LeaseLostException || (error is OperationCanceledException && cancellation.IsCancellationRequested);

    private async Task<bool> IsOlderAsync(IView view, CancellationToken cancellation) => await VersionOfAsync(view, cancellation) < view.Version;

    private async Task<int> VersionOfAsync(IView view, CancellationToken cancellation)
    {
        await using var find = source.CreateCommand(sql["version_of_view"]).With("name", view.Name);
        return await find.ExecuteScalarAsync(cancellation) as int? ?? throw new InvalidOperationException($"View \"{view.Name}\" has no tables yet.");
    }
}
