using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Documentation;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http.Idempotency;
using CaseFlow.Api.Identity;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CaseFlow.Api.Http;

/// <summary>The whole door in two calls; the order of <see cref="UseHttpRoom"/> is the order of steps of a request.</summary>
public static class HttpRoom
{
    /// <summary>
    /// Registers the door. The caller registers what stands behind it: <c>IEventStore</c>, <c>IMarkKeys</c> and
    /// <see cref="IStaffDirectory"/>.
    /// </summary>
    public static IServiceCollection AddHttpRoom(this IServiceCollection services, HttpRoomSettings settings)
    {
        services.Configure<JsonOptions>(json => JsonRules.Apply(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.Configure<KestrelServerOptions>(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = settings.MaxBodyBytes;
            server.Limits.MaxRequestLineSize = HttpRoomSettings.MaxLineBytes;
            server.Limits.MaxRequestHeadersTotalSize = HttpRoomSettings.MaxHeaderBytes;
            server.Limits.MaxRequestHeaderCount = HttpRoomSettings.MaxHeaders;
            server.Limits.RequestHeadersTimeout = settings.Timeout;
        });
        // The framework's own request lines hold paths and queries; ours hold the route (Refusals).
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
        services.AddBearer(settings.Identity);
        services.AddTraffic(settings);
        services.AddHttpContextAccessor();
        services.AddScoped(provider => provider.GetRequiredService<IHttpContextAccessor>().HttpContext!.Actor());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<RequestHash>();
        services.AddSingleton<ErasedCommands>();
        services.AddSingleton<Once>();
        services.AddSingleton<CommandLoop>();
        services.AddSingleton<SealedRecords>();
        services.AddSingleton<Registers>();
        services.AddSingleton<CjiReads>();
        services.AddSingleton<CommandDesk>();
        services.AddHealth();
        return services.AddApiDescription();
    }

    /// <summary>Builds the pipeline, maps the doors and checks that each of them says who may use it.</summary>
    /// <param name="app">The host.</param>
    /// <param name="mapDoors">Maps every capability's doors, under <c>/api</c>.</param>
    /// <returns>The one list of routes and roles.</returns>
    /// <exception cref="InvalidOperationException">A door is incomplete.</exception>
    public static IReadOnlyList<RouteRole> UseHttpRoom(this WebApplication app, Action<IEndpointRouteBuilder> mapDoors)
    {
        app.Use(Traffic.SetHeaders);
        app.UseMiddleware<Refusals>();
        app.UseApiPage();
        app.UseRouting();
        app.UseRequestTimeouts();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseMiddleware<Admission>();
        app.UseMiddleware<RequestBody>();

        mapDoors(app.MapGroup("/api"));
        app.MapHealth();
        app.MapApiDescription();
        app.MapProblemPages();
        return RouteRoles.List(((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints));
    }
}
