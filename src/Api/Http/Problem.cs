using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;

namespace CaseFlow.Api.Http;

/// <param name="Code">Stable code of the broken rule.</param>
/// <param name="Message">For a person; never the value sent.</param>
public sealed record BrokenRule(string Code, string Message);

/// <summary>An RFC 9457 answer: <c>type</c>, <c>title</c>, <c>status</c>, <c>detail</c>, and our members.</summary>
public sealed record Problem : IResult
{
    /// <param name="kind">Which refusal.</param>
    /// <param name="detail">What is special about this occurrence; never personal content.</param>
    /// <param name="field">The member, parameter or claim at fault.</param>
    public Problem(ProblemKind kind, string? detail = null, string? field = null) =>
        (Type, Title, Status, Detail, Code, Field) = ($"/problems/{kind.Code}", kind.Title, kind.Status, detail ?? kind.Meaning, kind.Code, field);

    public string Type { get; init; }

    public string Title { get; init; }

    public int Status { get; init; }

    public string Detail { get; init; }

    public string Code { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }

    /// <summary>Every broken rule by camelCase member path.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<BrokenRule>>? Errors { get; init; }

    /// <summary>Where the record stands, with 412.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? CurrentVersion { get; init; }

    /// <summary>Names this occurrence in the logs.</summary>
    public string TraceId { get; init; } = "";

    /// <summary>Seconds to wait; 1 with 429 and 503 unless set.</summary>
    [JsonIgnore]
    public int? RetryAfter { get; init; }

    /// <summary>Writes the problem as the answer; whatever was set on the answer before stays, but for its headers of success.</summary>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.Headers.Remove("ETag");
        response.Headers.Remove("Link");
        if (Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = Code == ProblemCatalogue.TokenMissing.Code ? "Bearer" : "Bearer error=\"invalid_token\"";
        if (Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            response.Headers.RetryAfter = (RetryAfter ?? 1).ToString(CultureInfo.InvariantCulture);
        if (CurrentVersion is { } version)
            response.SetVersion(version);
        return response.WriteAsJsonAsync(
            this with { TraceId = Trace.Of(httpContext) }, JsonRules.Options, "application/problem+json", CancellationToken.None);
    }
}

/// <summary>The W3C trace id of a request.</summary>
public static class Trace
{
    public static string Of(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}

/// <summary>A request that cannot be bound, with the problem that answers it; thrown while binding only.</summary>
public sealed class UnreadableRequestException(Problem problem) : BadHttpRequestException(problem.Title, problem.Status)
{
    public Problem Problem { get; } = problem;
}
