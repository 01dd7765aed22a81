using System.Diagnostics;
using CaseFlow.Api.Identity;

namespace CaseFlow.Api.Http;

/// <summary>
/// The outermost step: no exception and no empty refusal leaves without a problem, and each request leaves one log line
/// with its route pattern, never its path, query or body.
/// </summary>
public sealed class Refusals(RequestDelegate next, ILogger<Refusals> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
            var response = context.Response;
            if (response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null })
                await new Problem(ProblemCatalogue.OfStatus(response.StatusCode)) { Status = response.StatusCode }.ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception exception)
        {
            var problem = Problems.From(exception);
            if (problem.Status >= 500)
                log.LogError(exception, "Request {TraceId} failed as {Code}", Trace.Of(context), problem.Code);
            if (context.Response.HasStarted)
                throw;
            context.Response.Headers.ETag = default;
            await problem.ExecuteAsync(context);
        }
        finally
        {
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
            log.LogInformation(
                "{Method} {Route} answered {Status} in {Milliseconds:0.0} ms to {Actor}",
                context.Request.Method, route, context.Response.StatusCode, Stopwatch.GetElapsedTime(started).TotalMilliseconds,
                context.ActorOrNull()?.Id ?? "nobody");
        }
    }
}
