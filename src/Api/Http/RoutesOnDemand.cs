using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace CaseFlow.Api.Http;

/// <summary>
/// Routes whose handlers are put together when they are first called. The framework compiles every handler before the first answer: for
/// three hundred that is seconds and megabytes of each start, of which a node uses a few in its first minutes.
/// </summary>
public static class RoutesOnDemand
{
    /// <summary>As <c>MapGet</c> and <c>MapPost</c> with the same description, names, filters and answers.</summary>
    /// <exception cref="InvalidOperationException">The handler's parameters cannot be read from a request, or the pattern is none.</exception>
    public static RouteHandlerBuilder MapOnDemand(
        this IEndpointRouteBuilder routes, [StringSyntax("Route")] string pattern, string method, Delegate handler)
    {
        var mapped = routes.MapMethods(pattern, [method], Unprepared);
        mapped.Add(builder => HandlerOnDemand.Describe((RouteEndpointBuilder)builder, method, handler, routes.ServiceProvider));
        return new RouteHandlerBuilder([new KeepingFilters(mapped)]);
    }

    private static Task Unprepared(HttpContext context) => throw new InvalidOperationException("A route is described before it is called.");

    // Filters left with the route would have its handler compiled at once, around them.
    private sealed class KeepingFilters(IEndpointConventionBuilder mapped) : IEndpointConventionBuilder
    {
        public void Add(Action<EndpointBuilder> convention) => mapped.Add(builder =>
        {
            convention(builder);
            HandlerOnDemand.Of(builder.Metadata).TakeFilters(builder);
        });

        public void Finally(Action<EndpointBuilder> finallyConvention) => mapped.Finally(finallyConvention);
    }
}

/// <summary>One route's handler, not compiled until it is needed.</summary>
public sealed class HandlerOnDemand
{
    private readonly RouteEndpointBuilder own;
    private readonly Lazy<RequestDelegate> prepared;

    private HandlerOnDemand(RouteEndpointBuilder own, Func<RequestDelegate> prepare) => (this.own, prepared) = (own, new(prepare));

    /// <summary>Puts the handler together, if that was not done yet.</summary>
    /// <exception cref="InvalidOperationException">It cannot be: a fault in the program.</exception>
    public RequestDelegate Prepare() => prepared.Value;

    internal static HandlerOnDemand Of(IList<object> metadata) => metadata.OfType<HandlerOnDemand>().Single();

    /// <summary>What a handler that is compiled at once would tell of itself, in the same order.</summary>
    internal static void Describe(RouteEndpointBuilder route, string method, Delegate handler, IServiceProvider services)
    {
        var own = new RouteEndpointBuilder(null, route.RoutePattern, route.Order) { ApplicationServices = services };
        var options = new RequestDelegateFactoryOptions
        {
            ServiceProvider = services,
            RouteParameterNames = route.RoutePattern.Parameters.Select(parameter => parameter.Name),
            ThrowOnBadRequest = services.GetRequiredService<IOptions<RouteHandlerOptions>>().Value.ThrowOnBadRequest,
            DisableInferBodyFromParameters = method == HttpMethods.Get,
            EndpointBuilder = own,
        };
        var inferred = RequestDelegateFactory.InferMetadata(handler.Method, options);
        var onDemand = new HandlerOnDemand(own, () => RequestDelegateFactory.Create(handler, options, inferred).RequestDelegate);
        route.Metadata.Insert(0, handler.Method);
        foreach (var told in own.Metadata.Concat(handler.Method.GetCustomAttributes()))
            route.Metadata.Add(told);
        route.Metadata.Add(onDemand);
        route.RequestDelegate = context => onDemand.Prepare()(context);
    }

    internal void TakeFilters(EndpointBuilder route)
    {
        foreach (var filter in route.FilterFactories)
            own.FilterFactories.Add(filter);
        route.FilterFactories.Clear();
    }
}
