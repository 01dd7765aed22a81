namespace CaseFlow.Api.Composition;

/// <summary>
/// What runs beside HTTP on every node: the sequencer (one node holds its lease), the views and the notices. Each goes on by
/// itself after an error; none ends the program.
/// </summary>
public sealed class BackgroundWork(CaseFlowDatabase database, TimeProvider clock, ILogger<BackgroundWork> log) : BackgroundService
{
    /// <summary>How often the clock is compared with the timers.</summary>
    private static readonly TimeSpan NoticesEvery = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        database.Sequencer.Stumbled += error => log.LogWarning(error, "The sequencer stumbled and goes on");
        return Task.WhenAll(
            Task.Run(() => database.Sequencer.RunAsync(stoppingToken), CancellationToken.None),
            Task.Run(() => database.Runner.RunAsync(stoppingToken), CancellationToken.None),
            Task.Run(() => SendNoticesAsync(stoppingToken), CancellationToken.None));
    }

    private async Task SendNoticesAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await database.Notices.SendDueAsync(database.Store, clock.GetUtcNow(), cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is System.Data.Common.DbException or IOException or TimeoutException)
            {
                log.LogWarning(error, "Notices wait for the database");
            }

            await Task.Delay(NoticesEvery, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
