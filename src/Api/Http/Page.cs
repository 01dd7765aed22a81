using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace CaseFlow.Api.Http;

/// <summary>One page of a list; the next begins after the last item's key, so nothing is shown twice or skipped.</summary>
/// <param name="Items">At most <c>limit</c> of them.</param>
/// <param name="Next">Relative address of the next page, to be followed as it is; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Which page is asked for: <c>?limit=</c> (1 to 200, 50 unless said) and <c>?cursor=</c>.</summary>
/// <param name="request">The request, whose other parameters the link keeps.</param>
/// <param name="limit">Items wanted.</param>
/// <param name="after">The key of the last item of the page before.</param>
/// <param name="hasAfter">Whether this is not the first page.</param>
public sealed class PageAsk<TKey>(HttpRequest request, int limit, TKey? after, bool hasAfter)
{
    public const int DefaultLimit = 50;

    public const int MaxLimit = 200;

    /// <summary>Items wanted; ask the view for one more to know whether there is a next page.</summary>
    public int Limit { get; } = limit;

    /// <summary>The key after which the page begins; default on the first page.</summary>
    public TKey? After { get; } = after;

    /// <summary>Whether this is not the first page.</summary>
    public bool HasAfter { get; } = hasAfter;

    /// <summary>Reads limit and cursor.</summary>
    /// <exception cref="UnreadableRequestException">One of them has the wrong form.</exception>
    public static ValueTask<PageAsk<TKey>?> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var limit = DefaultLimit;
        var limitIsGood = !query.TryGetValue("limit", out var wanted)
            || (int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxLimit);
        if (!limitIsGood)
            throw new UnreadableRequestException(new Problem(ProblemCatalogue.BadParameter, $"limit is 1 to {MaxLimit}.", "limit"));
        if (!query.TryGetValue("cursor", out var cursor))
            return new(new PageAsk<TKey>(context.Request, limit, default, hasAfter: false));
        try
        {
            var bytes = Base64Url.DecodeFromChars(cursor.ToString());
            var key = JsonSerializer.Deserialize<TKey>(bytes, JsonRules.Options);
            if (key is not null)
                return new(new PageAsk<TKey>(context.Request, limit, key, hasAfter: true));
        }
        catch (Exception broken) when (broken is FormatException or JsonException)
        {
            // Said below, for every way in which a cursor can be broken.
        }

        throw new UnreadableRequestException(new Problem(ProblemCatalogue.BadCursor, field: "cursor"));
    }

    /// <summary>Makes the page from what the view found, and sets its RFC 8288 link.</summary>
    /// <param name="found">Up to one more than <see cref="Limit"/> items, in order.</param>
    /// <param name="keyOf">The key by which the list is ordered; unique, and nothing personal: it stands in the address.</param>
    /// <param name="keep">Parameters to fix in the link, for example the log position that this page was read at.</param>
    public Page<T> Of<T>(IReadOnlyList<T> found, Func<T, TKey> keyOf, params ReadOnlySpan<(string Name, string Value)> keep)
    {
        if (found.Count <= Limit)
            return new Page<T>(found, null);

        var items = found.Take(Limit).ToArray();
        var kept = request.Query
            .Where(parameter => parameter.Key != "cursor")
            .ToDictionary(parameter => parameter.Key, string? (parameter) => parameter.Value.ToString(), StringComparer.Ordinal);
        foreach (var (name, value) in keep)
            kept[name] = value;
        kept["cursor"] = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(keyOf(items[^1]), JsonRules.Options));
        var next = $"{request.PathBase}{request.Path}{QueryString.Create(kept)}";
        request.HttpContext.Response.Headers.Append("Link", $"<{next}>; rel=\"next\"");
        return new Page<T>(items, next);
    }
}
