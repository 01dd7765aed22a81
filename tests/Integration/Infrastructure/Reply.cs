using System.Net;
using System.Text.Json.Nodes;

namespace CaseFlow.Integration.Infrastructure;

/// <summary>An answer of the program, read whole.</summary>
public sealed record Reply(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>The version, as <c>If-Match</c> wants it.</summary>
    public string? ETag => this["ETag"];

    public string? this[string header] => Headers.GetValueOrDefault(header);

    public static async Task<Reply> OfAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
        response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));

    /// <returns>This answer, once its status is checked.</returns>
    public Reply ShouldBe(HttpStatusCode status)
    {
        Status.ShouldBe((int)status, Text);
        return this;
    }

    /// <returns>This answer, which is any success.</returns>
    public Reply ShouldSucceed()
    {
        Status.ShouldBeInRange(200, 299, Text);
        return this;
    }

    /// <summary>Checks that this is a problem of a status and code, and perhaps of a member.</summary>
    public void ShouldBeProblem(int status, string code, string? field = null)
    {
        Status.ShouldBe(status, Text);
        this["Content-Type"].ShouldBe("application/problem+json");
        Json["code"]!.GetValue<string>().ShouldBe(code, Text);
        if (field is not null)
            Json["field"]!.GetValue<string>().ShouldBe(field, Text);
    }

    /// <returns>The answer without what differs between any two: the trace, and the id that was asked about.</returns>
    public string Without(Guid asked)
    {
        var body = Json.AsObject();
        body.Remove("traceId");
        var headers = Headers.Where(header => header.Key is not "Date").OrderBy(header => header.Key, StringComparer.Ordinal)
            .Select(header => $"{header.Key}: {header.Value}");
        return $"{Status}\n{string.Join('\n', headers)}\n{body.ToJsonString().Replace(asked.ToString(), "?", StringComparison.Ordinal)}";
    }
}
