using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Api.Asking;

/// <summary>Which page of a view is asked for. Its cursor belongs to this asker, this address and these parameters alone.</summary>
public sealed class AskedPage(HttpRequest request, int limit, string? cursor)
{
    /// <summary>For <see cref="QueryParameterRoutes.Asks"/>.</summary>
    public static IReadOnlyList<QueryParameter> Parameters { get; } =
    [
        new("limit", $"Items wanted, 1 to {PageAsk<int>.MaxLimit}; {PageAsk<int>.DefaultLimit} unless said.", QueryType.Number),
        new("cursor", "From the link of the page before; follow next as it is. All pages are from the moment of the first."),
    ];

    /// <summary>Items wanted.</summary>
    public int Limit { get; } = limit;

    /// <summary>Reads limit and cursor.</summary>
    /// <exception cref="UnreadableRequestException">The limit is none.</exception>
    public static ValueTask<AskedPage?> BindAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request);
        var wanted = query.Number("limit") ?? PageAsk<int>.DefaultLimit;
        return wanted is >= 1 and <= PageAsk<int>.MaxLimit
            ? new(new AskedPage(context.Request, (int)wanted, query.Text("cursor")))
            : throw QueryReader.Bad("limit", $"1 to {PageAsk<int>.MaxLimit}.");
    }

    /// <returns>Where the page before ended; null on the first.</returns>
    /// <exception cref="UnreadableRequestException">The cursor was altered, or is another question's.</exception>
    internal ViewCursor? After(ViewCursors cursors, Actor actor)
    {
        if (cursor is null)
            return null;
        return cursors.TryRead(cursor, Question(actor), out var read)
            ? read
            : throw new UnreadableRequestException(new Problem(ProblemCatalogue.BadCursor, field: "cursor"));
    }

    /// <summary>The address of the next page, also set as RFC 8288 link; null on the last.</summary>
    internal string? Next(ViewCursors cursors, Actor actor, ViewCursor? next)
    {
        if (next is null)
            return null;
        var kept = request.Query.Where(parameter => parameter.Key != "cursor")
            .SelectMany(parameter => parameter.Value, (parameter, value) => KeyValuePair.Create(parameter.Key, value))
            .Append(KeyValuePair.Create("cursor", (string?)cursors.Write(next, Question(actor))));
        var address = $"{request.PathBase}{request.Path}{QueryString.Create(kept)}";
        request.HttpContext.Response.Headers.Append("Link", $"<{address}>; rel=\"next\"");
        return address;
    }

    private string Question(Actor actor)
    {
        var asked = request.Query.Where(parameter => parameter.Key is not ("cursor" or "limit"))
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .SelectMany(parameter => parameter.Value, (parameter, value) => KeyValuePair.Create(parameter.Key, value));
        string?[] parts = [request.Path, $"{QueryString.Create(asked)}", actor.Jurisdiction, actor.Id, $"{actor.Role}", actor.Agency, actor.Office];
        return System.Text.Json.JsonSerializer.Serialize(parts);
    }
}
