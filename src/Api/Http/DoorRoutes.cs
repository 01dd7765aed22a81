using System.Diagnostics.CodeAnalysis;
using FluentValidation;

namespace CaseFlow.Api.Http;

/// <summary>Marks a route that commands.</summary>
/// <param name="NeedsVersion">It changes something that exists, so it needs <c>If-Match</c>.</param>
public sealed record CommandRoute(bool NeedsVersion);

/// <summary>
/// Marks a command that does something outside the log after it is recorded. Sent again under its key it is handed to the door all the
/// same, which ends what a failure left and then gives the first answer.
/// </summary>
public sealed record EndsWhatItBegan;

/// <summary>The type of a route's body; its members are checked before it is bound.</summary>
/// <param name="Type">The request record.</param>
/// <param name="Example">One that is valid, for the API page.</param>
public sealed record BodyShape(Type Type, object Example);

/// <param name="Status">HTTP status of a success.</param>
/// <param name="Example">Its body, for the API page.</param>
public sealed record SuccessExample(int Status, object Example);

/// <summary>How a capability names its doors: one line each.</summary>
public static class DoorRoutes
{
    /// <summary>A command on something the caller has read: <c>If-Match</c> needed, 412 when it moved.</summary>
    public static RouteHandlerBuilder MapChange(
        this IEndpointRouteBuilder api, [StringSyntax("Route")] string pattern, Delegate handler) =>
        api.MapOnDemand(pattern, HttpMethods.Post, handler).WithMetadata(new CommandRoute(NeedsVersion: true));

    /// <summary>A command that adds a new fact about the world: no <c>If-Match</c>; decided again when somebody was faster.</summary>
    public static RouteHandlerBuilder MapFact(
        this IEndpointRouteBuilder api, [StringSyntax("Route")] string pattern, Delegate handler) =>
        api.MapOnDemand(pattern, HttpMethods.Post, handler).WithMetadata(new CommandRoute(NeedsVersion: false));

    /// <summary>A question.</summary>
    public static RouteHandlerBuilder MapAsk(
        this IEndpointRouteBuilder api, [StringSyntax("Route")] string pattern, Delegate handler) =>
        api.MapOnDemand(pattern, HttpMethods.Get, handler);

    /// <summary>A question with a body, for what must not stand in an address.</summary>
    public static RouteHandlerBuilder MapQuestion(
        this IEndpointRouteBuilder api, [StringSyntax("Route")] string pattern, Delegate handler) =>
        api.MapOnDemand(pattern, HttpMethods.Post, handler);

    /// <summary>Operation id and one line of what it does.</summary>
    public static RouteHandlerBuilder Named(this RouteHandlerBuilder route, string operationId, string summary) =>
        route.WithName(operationId).WithSummary(summary);

    /// <summary>The rules of the route's body, and one example that keeps them.</summary>
    /// <exception cref="ArgumentException">The example breaks the rules it is shown for.</exception>
    public static RouteHandlerBuilder Takes<TRequest>(this RouteHandlerBuilder route, IValidator<TRequest> validator, TRequest example)
        where TRequest : notnull
    {
        var result = validator.Validate(example);
        return result.IsValid
            ? route.WithMetadata(new BodyShape(typeof(TRequest), example)).AddEndpointFilter(new Validated<TRequest>(validator))
            : throw new ArgumentException($"The example of {typeof(TRequest)} breaks its own rules: {result}", nameof(example));
    }

    /// <summary>The body of a success, with one example.</summary>
    public static RouteHandlerBuilder Gives<TBody>(this RouteHandlerBuilder route, TBody example, int status = StatusCodes.Status200OK)
        where TBody : notnull =>
        route.Produces<TBody>(status).WithMetadata(new SuccessExample(status, example));
}
