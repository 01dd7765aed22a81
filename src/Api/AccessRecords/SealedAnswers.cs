using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain.Erasure;

namespace CaseFlow.Api.AccessRecords;

/// <summary>A route whose answers hold nothing of a record's content, or that leaves out itself what is sealed.</summary>
/// <param name="Why">What it shows.</param>
public sealed record ShowsSkeleton(string Why);

/// <summary>How a list covers what is sealed of its clients, where leaving them out would hide work that is due.</summary>
public sealed record CoversSealed<TAnswer>(Func<TAnswer, Func<Guid, bool>, TAnswer> Cover);

/// <summary>
/// What happens to an answer about a client whose whole record is sealed from the asker. Unless its route says otherwise, one client's
/// answer becomes a refusal that says that it is sealed and why, and a list loses its items of that client. So no door can forget it.
/// </summary>
public static class SealedAnswers
{
    /// <summary>Says that the route shows nothing of a sealed record's content.</summary>
    public static RouteHandlerBuilder ShowsSkeletonOfSealed(this RouteHandlerBuilder route, string why) => route.WithMetadata(new ShowsSkeleton(why));

    /// <summary>Says how the route's list covers its items of sealed clients; the function is told which those are.</summary>
    public static RouteHandlerBuilder Covers<TAnswer>(this RouteHandlerBuilder route, Func<TAnswer, Func<Guid, bool>, TAnswer> cover) =>
        route.WithMetadata(new CoversSealed<TAnswer>(cover));

    /// <returns>What leaves instead of an answer; null when it leaves as it is.</returns>
    internal static async Task<CoveredAnswer?> CoverAsync<TAnswer>(HttpContext http, TAnswer answer, IReadOnlyCollection<Guid> clients)
    {
        var route = http.GetEndpoint()?.Metadata;
        if (clients.Count == 0 || route?.GetMetadata<ShowsSkeleton>() is not null)
            return null;
        var sealOf = await http.RequestServices.GetRequiredService<SealedRecords>().OfAllAsync(http.Actor(), clients, http.RequestAborted);
        var closed = clients.Where(client => sealOf(client).OfWholeRecord is not null).ToHashSet();
        if (closed.Count == 0)
            return null;

        if (route?.GetMetadata<CoversSealed<TAnswer>>() is { } covers)
            return new CoveredAnswer(TypedResults.Ok(covers.Cover(answer, closed.Contains)), [], IsRefused: false);
        return IsAbout(http, clients, closed)
            ? new CoveredAnswer(Problems.From(ErasureRejections.RecordSealed(sealOf(closed.First()).OfWholeRecord!.ReasonCode)), closed, IsRefused: true)
            : new CoveredAnswer(TypedResults.Json(Without(JsonSerializer.SerializeToNode(answer, JsonRules.Options), closed)), closed, IsRefused: false);
    }

    /// <summary>Whether the one record that the address names is sealed, whatever the id is of; and not only somebody's whom it mentions.</summary>
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
