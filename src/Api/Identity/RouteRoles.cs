using System.Collections.Frozen;
using System.Text;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Http;
using CaseFlow.Domain;

namespace CaseFlow.Api.Identity;

/// <summary>Who may use a route; <see cref="Roles"/> null: anyone, without a token.</summary>
/// <param name="Roles">The roles.</param>
/// <param name="WhyOpen">Why a route is open to anyone.</param>
public sealed record RouteAccess(FrozenSet<Role>? Roles, string? WhyOpen = null);

/// <param name="Method">HTTP method.</param>
/// <param name="Pattern">Route pattern, for example <c>/api/clients/{clientId:guid}</c>.</param>
/// <param name="Name">Operation id.</param>
/// <param name="Access">Who may.</param>
/// <param name="Shown">Whose record it shows; null for commands and for routes open to anyone.</param>
public sealed record RouteRole(string Method, string Pattern, string Name, RouteAccess Access, ShownRecord? Shown)
{
    /// <returns>Whether a role passes (the directory and the capability may still say no).</returns>
    public bool Admits(Role role) => Access.Roles is null || Access.Roles.Contains(role);
}

/// <summary>The one list of routes and roles, read from the routes themselves.</summary>
public static class RouteRoles
{
    /// <summary>Declares which roles may use a route.</summary>
    public static TBuilder Allow<TBuilder>(this TBuilder route, params ReadOnlySpan<Role> roles)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new RouteAccess(roles.ToArray().ToFrozenSet()));

    /// <summary>Declares a route that needs no token, and why that is right.</summary>
    public static TBuilder AllowAnyone<TBuilder>(this TBuilder route, string why)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new RouteAccess(null, why));

    /// <returns>Every route with its roles, by pattern and method.</returns>
    /// <exception cref="InvalidOperationException">
    /// A route does not say who may use it, takes a body without rules for its shape, or asks without saying whose record it shows.
    /// </exception>
    public static IReadOnlyList<RouteRole> List(IEnumerable<Endpoint> endpoints)
    {
        List<RouteRole> list = [];
        List<string> faults = [];
        foreach (var endpoint in endpoints.OfType<RouteEndpoint>())
        {
            var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
            var pattern = "/" + endpoint.RoutePattern.RawText?.Trim('/');
            var access = endpoint.Metadata.GetOrderedMetadata<RouteAccess>();
            if (access is not [{ Roles: null or { Count: > 0 } }])
                faults.Add($"{string.Join(' ', methods)} {pattern} must say once who may use it: .Allow(roles) or .AllowAnyone(why).");
            if (endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata>() is not null && endpoint.Metadata.GetMetadata<BodyShape>() is null)
                faults.Add($"{string.Join(' ', methods)} {pattern} takes a body: .Takes(validator) says its rules.");
            var shown = endpoint.Metadata.GetOrderedMetadata<ShownRecord>();
            var asks = endpoint.Metadata.GetMetadata<CommandRoute>() is null && access is not [{ Roles: null }];
            if (shown.Count != (asks ? 1 : 0))
                faults.Add($"{string.Join(' ', methods)} {pattern} must say {(asks ? "once whose record it shows: .Shows(view) or .ShowsNobody(why)" : "nothing of records: it does not ask")}.");
            if (access.Count > 0)
                list.AddRange(methods.Select(method => new RouteRole(method, pattern, NameOf(endpoint), access[0], shown.Count > 0 ? shown[0] : null)));
        }

        return faults.Count > 0
            ? throw new InvalidOperationException(string.Join(Environment.NewLine, faults))
            : [.. list.OrderBy(route => route.Pattern, StringComparer.Ordinal).ThenBy(route => route.Method, StringComparer.Ordinal)];
    }

    /// <returns>The list as <c>docs/roles.md</c>.</returns>
    public static string Markdown(IReadOnlyList<RouteRole> routes)
    {
        var text = new StringBuilder("""
            # Who may use which route

            Generated from the routes. A role that is named passes the route; whose clients, office and agency it may touch is decided behind it.
            A question that shows clients' records is recorded as a view in `cf_access` before its answer leaves.


            """.ReplaceLineEndings("\n"));
        foreach (var route in routes)
        {
            var who = route.Access.Roles is { } roles
                ? string.Join(", ", roles.Order().Select(role => $"`{role.Kebab()}`"))
                : $"anyone ({route.Access.WhyOpen})";
            text.Append($"- `{route.Method} {route.Pattern}` ({route.Name}): {who}{Records(route.Shown)}\n");
        }

        return text.ToString();
    }

    private static string Records(ShownRecord? shown) => shown switch
    {
        { View: { } view } => $"; recorded as `{view}`",
        { WhyNobody: { } why } => $"; not recorded: {why}",
        _ => "",
    };

    private static string NameOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? endpoint.DisplayName ?? "";
}
