using CaseFlow.EventStore.Sealing;
using Npgsql;

namespace CaseFlow.Api.Composition;

/// <summary>Every node hears of destroyed keys, all the time; what it missed while cut off it makes up for.</summary>
public sealed class KeyListening(CaseFlowDatabase database, ILogger<KeyListening> log) : BackgroundService
{
    private static readonly TimeSpan AfterError = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await database.KeyNews.ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception lost) when (lost is NpgsqlException or SealBrokenException or IOException or TimeoutException)
            {
                log.LogWarning(lost, "News of keys are not heard, and are listened for again");
                await Task.Delay(AfterError, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
