using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;

namespace CaseFlow.Api.AccessRecords;

/// <summary>A route whose answers hold nothing of a hidden record's content, or that leaves out itself what is hidden.</summary>
/// <param name="Why">What it shows.</param>
/// <param name="OfErased">Of what is erased; otherwise of what is sealed.</param>
public sealed record ShowsSkeleton(string Why, bool OfErased);

/// <summary>How a list covers what is hidden of its clients, where leaving them out would hide work that is due.</summary>
public sealed record CoversHidden<TAnswer>(Func<TAnswer, Func<Guid, ContentHidden?>, TAnswer> Cover);

/// <summary>
/// What happens to an answer about a client whose whole record is sealed from the asker, or erased. Unless its route says otherwise, one client's
/// answer becomes a refusal that says which of the two and why, and a list loses its items of that client. So no door can forget it, and an expunction
/// shows nothing that the sealing hid.
/// </summary>
public static class SealedAnswers
{
    /// <summary>Says that the route shows nothing of a record's content that is sealed or erased.</summary>
    public static RouteHandlerBuilder ShowsSkeletonOfHidden(this RouteHandlerBuilder route, string why) =>
        route.ShowsSkeletonOfSealed(why).ShowsSkeletonOfErased(why);

    /// <summary>Says that the route shows nothing of a sealed record's content.</summary>
    public static RouteHandlerBuilder ShowsSkeletonOfSealed(this RouteHandlerBuilder route, string why) => route.WithMetadata(new ShowsSkeleton(why, OfErased: false));

    /// <summary>Says that the route shows nothing of an erased record's content.</summary>
    public static RouteHandlerBuilder ShowsSkeletonOfErased(this RouteHandlerBuilder route, string why) => route.WithMetadata(new ShowsSkeleton(why, OfErased: true));

    /// <summary>Says how the route's list covers its items of hidden clients; the function is told why somebody is hidden.</summary>
    public static RouteHandlerBuilder Covers<TAnswer>(this RouteHandlerBuilder route, Func<TAnswer, Func<Guid, ContentHidden?>, TAnswer> cover) =>
        route.WithMetadata(new CoversHidden<TAnswer>(cover));

    /// <returns>What leaves instead of an answer; null when it leaves as it is.</returns>
    internal static async Task<CoveredAnswer?> CoverAsync<TAnswer>(HttpContext http, TAnswer answer, IReadOnlyCollection<Guid> clients)
    {
        var route = http.GetEndpoint()?.Metadata;
        var skeletons = route?.GetOrderedMetadata<ShowsSkeleton>() ?? [];
        if (clients.Count == 0 || (skeletons.Any(one => one.OfErased) && skeletons.Any(one => !one.OfErased)))
            return null;
        var sealOf = await http.RequestServices.GetRequiredService<SealedRecords>().OfAllAsync(http.Actor(), clients, http.RequestAborted);
        var why = clients.Distinct().ToDictionary(client => client, client => sealOf(client).Why);
        var closed = clients.Where(client => why[client] is { } hidden && !skeletons.Any(one => one.OfErased == hidden.IsErased)).ToHashSet();
        if (closed.Count == 0)
            return null;

        if (route?.GetMetadata<CoversHidden<TAnswer>>() is { } covers)
            return new CoveredAnswer(TypedResults.Ok(covers.Cover(answer, client => closed.Contains(client) ? why[client] : null)), [], IsRefused: false);
        return IsAbout(http, clients, closed)
            ? new CoveredAnswer(Problems.From(why[closed.First()]!.Refusal), closed, IsRefused: true)
            : new CoveredAnswer(TypedResults.Json(Without(JsonSerializer.SerializeToNode(answer, JsonRules.Options), closed)), closed, IsRefused: false);
    }

    /// <summary>Whether the one record that the address names is hidden, whatever the id is of; and not only somebody's whom it mentions.</summary>
    private static bool IsAbout(HttpContext http, IReadOnlyCollection<Guid> clients, HashSet<Guid> closed)
    {
        Guid[] named = [.. http.Request.RouteValues.Values.Select(value => Guid.TryParse(value as string, out var id) ? id : (Guid?)null).OfType<Guid>()];
        return named.Length > 0 && (named.Any(closed.Contains) || !clients.Any(named.Contains));
    }

    /// <summary>A list without the items that name one of the clients.</summary>
    private static JsonNode? Without(JsonNode? node, HashSet<Guid> closed)
    {
        switch (node)
        {
            case JsonArray items:
                foreach (var item in items.Where(item => Names(item, closed)).ToList())
                    items.Remove(item);
                foreach (var item in items)
                    Without(item, closed);
                break;
            case JsonObject members:
                foreach (var member in members.ToList())
                    Without(member.Value, closed);
                break;
        }

        return node;
    }

    private static bool Names(JsonNode? item, HashSet<Guid> closed) => item is JsonObject members
        && members.Any(member => member.Key.EndsWith("clientId", StringComparison.OrdinalIgnoreCase)
            && member.Value is JsonValue value && value.TryGetValue<Guid>(out var client) && closed.Contains(client));
}

/// <param name="Answer">What leaves.</param>
/// <param name="LeftOut">Clients of whom nothing leaves.</param>
internal sealed record CoveredAnswer(object Answer, IReadOnlyCollection<Guid> LeftOut, bool IsRefused);
