using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CaseFlow.Api.Composition;

/// <summary>Not ready while the key ring does not open: after a rotation whose new key this program was not given, and while the ring is away.</summary>
public sealed class KeysReadable(CaseFlowDatabase database) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(database.Keys.Ring.IsUnreadable ? HealthCheckResult.Unhealthy() : HealthCheckResult.Healthy());
}
