using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace CaseFlow.Api.Http;

/// <summary>The version a caller saw: <c>If-Match: "7"</c>.</summary>
public static class IfMatch
{
    /// <returns>The version, or null without the header.</returns>
    /// <exception cref="UnreadableRequestException">The header is <c>*</c>, a list, weak, or no version.</exception>
    public static long? Of(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
            return null;
        return header.Count == 1
            && EntityTagHeaderValue.TryParse(header[0], out var tag)
            && tag is { IsWeak: false }
            && long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                ? version
                : throw new UnreadableRequestException(new Problem(ProblemCatalogue.BadIfMatch, field: "If-Match"));
    }
}

public static class ETags
{
    /// <returns>The strong entity tag of a version.</returns>
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Sets <c>ETag</c> to a version.</summary>
    public static void SetVersion(this HttpResponse response, long version) => response.Headers.ETag = Of(version);
}
