using System.Threading.RateLimiting;
using CaseFlow.Api.Identity;
using Microsoft.AspNetCore.Http.Timeouts;

namespace CaseFlow.Api.Http;

/// <summary>Bounds on what one caller may use, and the headers that keep answers where they belong.</summary>
public static class Traffic
{
    private static readonly object AllowedStyle = new();

    /// <summary>Registers the limits.</summary>
    public static IServiceCollection AddTraffic(this IServiceCollection services, HttpRoomSettings settings)
    {
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = settings.Timeout,
            WriteTimeoutResponse = context => new Problem(ProblemCatalogue.TimedOut).ExecuteAsync(context),
        });
        return services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                RateLimitPartition.GetTokenBucketLimiter(CallerOf(context), _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = settings.RequestBurst,
                    TokensPerPeriod = settings.RequestsPerSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    QueueLimit = 0,
                }));
            limiter.OnRejected = async (rejected, _) =>
            {
                var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
                var problem = new Problem(ProblemCatalogue.TooManyRequests) { RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) };
                await problem.ExecuteAsync(rejected.HttpContext);
            };
        });
    }

    /// <summary>Sets the security headers of every answer, as it leaves: whoever clears an answer before clears none of them.</summary>
    public static Task SetHeaders(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(Protect, context);
        return next(context);
    }

    /// <summary>Lets a page of ours use the one style that it holds.</summary>
    /// <param name="context">The request whose answer it is.</param>
    /// <param name="source">Its digest, as a policy names it.</param>
    public static void AllowStyle(HttpContext context, string source) => context.Items[AllowedStyle] = source;

    /// <summary>The API page alone may load its own scripts, and be kept.</summary>
    private static Task Protect(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        if (context.Request.Path.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase))
        {
            headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                + "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        }
        else
        {
            headers.ContentSecurityPolicy = context.Items[AllowedStyle] is string style
                ? $"default-src 'none'; style-src '{style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                : "default-src 'none'; frame-ancestors 'none'";
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }

    private static string CallerOf(HttpContext context) =>
        context.User.FindFirst(ActorClaims.Subject)?.Value is { } subject
            ? $"{context.User.FindFirst(ActorClaims.Jurisdiction)?.Value}/{subject}"
            : $"address {context.Connection.RemoteIpAddress}";
}
