using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Privacy;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Tokens;

namespace CaseFlow.Api.Identity;

/// <summary>Lets a request in: a token that is believed, the route's role, a purpose that is that role's, then the staff directory.</summary>
public sealed class Admission(RequestDelegate next, IStaffDirectory directory)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // Not a route: the framework's own answer (404, 405, 415) tells nothing that the API page does not.
        if (context.GetEndpoint() is RouteEndpoint endpoint && await RefuseAsync(context, endpoint) is { } problem)
            await problem.ExecuteAsync(context);
        else
            await next(context);
    }

    private async ValueTask<Problem?> RefuseAsync(HttpContext context, RouteEndpoint endpoint)
    {
        var access = endpoint.Metadata.GetMetadata<RouteAccess>()
            ?? throw new InvalidOperationException($"{endpoint.DisplayName} does not say who may use it.");
        if (access.Roles is null)
            return null;

        var token = await context.AuthenticateAsync();
        if (!token.Succeeded)
            return new Problem(KindOf(token.Failure));
        if (ActorClaims.Read(token.Principal, out var incomplete) is not { } actor)
            return incomplete;

        context.Features.Set(actor);
        if (!access.Roles.Contains(actor.Role))
            return new Problem(ProblemCatalogue.RoleNotAllowed, $"The role {actor.Role.Kebab()} may not do that.");
        if (!PurposesOfUse.Of(actor.Role).Contains(actor.Purpose))
            return NotOfRole(actor);
        return await directory.CheckAsync(actor, context.RequestAborted) is { } rejection ? Problems.From(rejection) : null;
    }

    private static Problem NotOfRole(Actor actor) => new(
        ProblemCatalogue.PurposeNotOfRole,
        $"The claim \"{ActorClaims.Purpose}\" of the role {actor.Role.Kebab()} is {string.Join(" or ", PurposesOfUse.Of(actor.Role).Select(purpose => purpose.Kebab()))}, not {actor.Purpose.Kebab()}.",
        ActorClaims.Purpose);

    private static ProblemKind KindOf(Exception? failure) => failure switch
    {
        null => ProblemCatalogue.TokenMissing,
        SecurityTokenExpiredException or SecurityTokenNotYetValidException => ProblemCatalogue.TokenExpired,
        _ => ProblemCatalogue.TokenInvalid,
    };
}
