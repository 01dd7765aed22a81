using System.Diagnostics;
using CaseFlow.EventStore.Background;
using Npgsql;

namespace CaseFlow.EventStore.Views;

public sealed partial class ViewRunner
{
    /// <summary>Tries at an error that no event is to blame for, before it is shown as the view's.</summary>
    private const int PatienceWithErrors = 5;

    private static readonly TimeSpan WhileBusy = TimeSpan.FromMilliseconds(20);

    private async Task FollowAsync(IWorkLease lease, CancellationToken cancellation)
    {
        var busy = new Dictionary<ViewJob, Task<ViewJobEnd>>();
        var found = new Queue<ViewJob>();
        var (pulse, look) = (logMoved.Next, true);
        try
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                if (look && found.Count == 0)
                {
                    (pulse, look) = (logMoved.Next, false);
                    found = await FindAsync([.. busy.Keys.SelectMany(job => job.Works)], cancellation);
                }

                while (busy.Count < options.Parallelism && found.TryDequeue(out var job))
                {
                    if (!MustWait(job, busy.Keys))
                        busy.Add(job, Task.Run(() => DoAsync(job, lease, cancellation), cancellation));
                }

                // With work at hand only a free place matters; without, also the log.
                var ended = await WhenAnyAsync(busy.Values, found.Count > 0 ? null : pulse, cancellation);
                look |= ended is null || pulse.IsCompleted;
                foreach (var (job, task) in busy.Where(entry => entry.Value.IsCompleted).ToList())
                {
                    busy.Remove(job);
                    var end = await task;
                    look |= end.More;
                    foreach (var left in end.Left)
                        found.Enqueue(job with { Works = [left] });
                }
            }
        }
        finally
        {
            await ((Task)Task.WhenAll(busy.Values)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>What ended: a page or the wait for the log; null when it was time to look again.</returns>
    private async Task<Task?> WhenAnyAsync(IEnumerable<Task> busy, Task? pulse, CancellationToken cancellation)
    {
        if (pulse is null)
            return await Task.WhenAny(busy);
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var poll = Task.Delay(options.Poll, timer.Token);
        var ended = await Task.WhenAny([.. busy, pulse, poll]);
        await timer.CancelAsync();
        return ended == poll ? null : ended;
    }

    /// <returns>The work, those together that stand at one place; who failed or stumbled there is alone.</returns>
    private async Task<Queue<ViewJob>> FindAsync(IReadOnlyList<ViewWork> busy, CancellationToken cancellation)
    {
        try
        {
            await using var command = source.CreateCommand(sql["find_work"])
                .With("names", views.Select(view => view.Name).ToArray())
                .With("versions", views.Select(view => view.Version).ToArray())
                .With("most", (long)(FoundAtOnce + busy.Count + stumbles.Count));
            await using var row = await command.ExecuteReaderAsync(cancellation);
            var found = new List<ViewWork>();
            while (await row.ReadAsync(cancellation))
            {
                var work = new ViewWork(views.First(view => view.Name == row.GetString(0)), row.GetString(1), row.GetInt64(2), row.GetBoolean(3));
                if (!busy.Any(other => other.Key == work.Key) && !IsResting(work))
                    found.Add(work);
            }

            var log = new TenantLog(source, store, sql, options.PageSize);
            return new(found
                .GroupBy(work => (work.TenantId, work.After, Alone: work.Failed || stumbles.ContainsKey(work.Key) ? work.View.Name : null))
                .Select(group => new ViewJob(log, [.. group])));
        }
        catch (NpgsqlException error)
        {
            Stumbled?.Invoke(error);
            await Task.Delay(AfterError, cancellation);
            return [];
        }
    }

    private async Task<ViewJobEnd> DoAsync(ViewJob job, IWorkLease lease, CancellationToken cancellation)
    {
        if (job.Works is [var alone])
            return new(await MoveAsync(alone, job.Log, lease, cancellation), []);
        try
        {
            var page = await job.Log.PageAsync(job.Works[0].TenantId, job.Works[0].After, cancellation);
            var left = await passing.PassAsync(job.Works, page, lease, cancellation);
            if (left.Count == job.Works.Count)
                return new(false, left);
            ViewMoved.Pulse();
            return new(page.Count == options.PageSize, left);
        }
        catch (Exception error) when (!EndsTheRun(error, cancellation))
        {
            // Each by itself then: who stands in the way, or which event, is known and shown there.
            return new(false, job.Works);
        }
    }

    /// <returns>Whether there may be more to do at once.</returns>
    private async Task<bool> MoveAsync(ViewWork work, TenantLog log, IWorkLease lease, CancellationToken cancellation)
    {
        try
        {
            var more = await MoveOrNarrowAsync(work, log, lease, cancellation);
            stumbles.TryRemove(work.Key, out _);
            return more;
        }
        catch (NewerViewException)
        {
            return false;
        }
        catch (Exception error) when (!EndsTheRun(error, cancellation))
        {
            Stumbled?.Invoke(error);
            var times = stumbles.AddOrUpdate(
                work.Key, _ => new(1, Stopwatch.GetTimestamp()), (_, before) => new(before.Times + 1, Stopwatch.GetTimestamp())).Times;
            if (times >= PatienceWithErrors)
                await TryKeepAsync(new(work.View.Name, work.TenantId, work.View.Version, work.After, int.MaxValue, error), known: false, lease, cancellation);
            return true;
        }
    }

    /// <summary>A pair that stumbled rests outside the places, which others need.</summary>
    private bool IsResting(ViewWork work) =>
        stumbles.TryGetValue(work.Key, out var stumbled) && Stopwatch.GetElapsedTime(stumbled.Last) < AfterError;

    /// <summary>
    /// What stumbles may hang for as long as a command may take. Of several places one is kept for those that never do; who
    /// finds no place now is found again.
    /// </summary>
    private bool MustWait(ViewJob job, IEnumerable<ViewJob> busy) => Stumbles(job) && busy.Count(Stumbles) >= Math.Max(1, options.Parallelism - 1);

    private bool Stumbles(ViewJob job) => job.Works is [var alone] && stumbles.ContainsKey(alone.Key);

    /// <summary>
    /// Applies a page. When it fails, halves it until the failing event is alone: what lies before it is applied, and it is
    /// the one that is shown.
    /// </summary>
    private async Task<bool> MoveOrNarrowAsync(ViewWork work, TenantLog log, IWorkLease lease, CancellationToken cancellation)
    {
        int? size = work.Failed ? 1 : work.View.MostAtOnce < options.PageSize ? work.View.MostAtOnce : null;
        var suspects = 0;
        while (true)
        {
            try
            {
                var step = await mover.StepAsync(work, log, size, long.MaxValue, lease, cancellation);
                if (step.Moved)
                    ViewMoved.Pulse();
                if (step.Busy)
                    await Task.Delay(WhileBusy, cancellation);
                suspects -= step.Events;
                if (suspects <= 0 || !step.Moved)
                    return step.Busy || (step.Moved && (size is not null || step.Events == options.PageSize || step.Events == 0));
            }
            catch (ViewFailedException failure) when (failure.Events > 1)
            {
                suspects = Math.Min(failure.Events, options.PageSize);
            }
            catch (ViewFailedException failure)
            {
                await KeepAsync(failure, known: true, lease, cancellation);
                return false;
            }

            size = Math.Max(1, suspects / 2);
        }
    }

    /// <summary>What ended the work may keep its record from being written, too; then it is tried again without.</summary>
    private async Task TryKeepAsync(ViewFailedException failure, bool known, IWorkLease lease, CancellationToken cancellation)
    {
        try
        {
            await KeepAsync(failure, known, lease, cancellation);
        }
        catch (Exception error) when (!EndsTheRun(error, cancellation))
        {
            Stumbled?.Invoke(error);
            await Task.Delay(AfterError, cancellation);
        }
    }

    private async Task KeepAsync(ViewFailedException failure, bool known, IWorkLease lease, CancellationToken cancellation)
    {
        if (await failures.RecordAsync(failure, known, lease, cancellation) is { } kept)
            failed?.Invoke(kept);
    }

    /// <param name="Times">How often in a row.</param>
    /// <param name="Last">When last, by the stopwatch.</param>
    private readonly record struct Stumbling(int Times, long Last);
}
