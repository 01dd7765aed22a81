using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.EventStore;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CaseFlow.Api.Documentation;

/// <summary>
/// <c>/health/live</c>: the program answers. <c>/health/ready</c>: it can serve, which every check tagged
/// <see cref="Ready"/> decides; add one with <c>AddHealthChecks().AddCheck&lt;T&gt;(name, tags: [Health.Ready])</c>.
/// </summary>
public static class Health
{
    /// <summary>Tag of checks that readiness waits for.</summary>
    public const string Ready = "ready";

    internal static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<DatabaseAnswers>("database", tags: [Ready], timeout: TimeSpan.FromSeconds(2));
        return services;
    }

    internal static void MapHealth(this IEndpointRouteBuilder app)
    {
        Map(app, "/health/live", _ => false);
        Map(app, "/health/ready", check => check.Tags.Contains(Ready));
    }

    private static void Map(IEndpointRouteBuilder app, string pattern, Func<HealthCheckRegistration, bool> which) =>
        app.MapHealthChecks(pattern, new HealthCheckOptions { Predicate = which, ResponseWriter = WriteAsync })
            .DisableRateLimiting()
            .AllowAnyone("an orchestrator asks; it says nothing but names of checks");

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            status = report.Status == HealthStatus.Healthy ? "ready" : "notReady",
            checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status == HealthStatus.Healthy ? "passed" : "failed"),
        },
        JsonRules.Options);

    private sealed class DatabaseAnswers(IEventStore store) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await store.EndOfLogAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }
}
