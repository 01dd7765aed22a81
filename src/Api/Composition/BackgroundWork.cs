using CaseFlow.EventStore.Background;

namespace CaseFlow.Api.Composition;

/// <summary>
/// What runs beside HTTP on every node: the sequencer (one node holds its lease), the views and the notices. Each goes on by
/// itself after an error, whatever it was, and says so; none ends the program.
/// </summary>
public sealed class BackgroundWork(CaseFlowDatabase database, TimeProvider clock, ILogger<BackgroundWork> log) : BackgroundService
{
    /// <summary>How often the clock is compared with the timers.</summary>
    private static readonly TimeSpan NoticesEvery = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AfterError = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        database.Sequencer.Stumbled += error => log.LogWarning(error, "The sequencer stumbled and goes on");
        database.Runner.Stumbled += error => log.LogWarning(error, "The views stumbled and go on");
        return Task.WhenAll(
            KeepGoingAsync("sequencer", database.Sequencer.RunAsync, stoppingToken),
            KeepGoingAsync("views", token => database.Runner.RunAsync(NoLease.Instance, token), stoppingToken),
            KeepGoingAsync("notices", SendNoticesAsync, stoppingToken));
    }

    private async Task KeepGoingAsync(string work, Func<CancellationToken, Task> run, CancellationToken cancellation)
    {
        await Task.Yield();
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await run(cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                log.LogError(error, "The work on {Work} failed and begins again", work);
            }

            await Task.Delay(AfterError, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendNoticesAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await database.Notices.SendDueAsync(database.Store, clock.GetUtcNow(), cancellation);
            await Task.Delay(NoticesEvery, cancellation);
        }
    }
}
