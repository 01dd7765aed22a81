using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CaseFlow.Api.Telemetry;

/// <summary>Makes the providers with the host, since nothing else asks for them, and empties them at the end.</summary>
internal sealed class TelemetryLifetime(TracerProvider traces, MeterProvider metrics) : IHostedService
{
    private const int FlushMilliseconds = 5_000;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        traces.ForceFlush(FlushMilliseconds);
        metrics.ForceFlush(FlushMilliseconds);
        return Task.CompletedTask;
    }
}
