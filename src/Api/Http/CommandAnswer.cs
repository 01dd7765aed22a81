using System.Globalization;
using System.Text;
using CaseFlow.Api.Http.Idempotency;

namespace CaseFlow.Api.Http;

/// <summary>A command's answer as it goes over the wire.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">JSON, or null.</param>
/// <param name="ETag">The version reached.</param>
/// <param name="Location">Where the new thing is.</param>
/// <param name="LastSequence">A token for "at least this" in later reads; 0 for none.</param>
/// <param name="Replayed">Given before, under the same idempotency key.</param>
public sealed record CommandAnswer(
    int Status, string? Body, string? ETag, string? Location, long LastSequence, bool Replayed = false) : IResult
{
    /// <summary>How far the store has come with this answer; a reader may wait for its view to be there.</summary>
    public const string RecordedHeader = "CaseFlow-Recorded";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (ETag is not null)
            response.Headers.ETag = ETag;
        if (Location is not null)
            response.Headers.Location = Location;
        if (LastSequence > 0)
            response.Headers[RecordedHeader] = LastSequence.ToString(CultureInfo.InvariantCulture);
        if (Replayed)
            response.Headers[Once.ReplayedHeader] = "true";
        if (Body is null)
            return;

        var bytes = Encoding.UTF8.GetBytes(Body);
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
