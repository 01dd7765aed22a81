using CaseFlow.Api.Http.Idempotency;
using Microsoft.Net.Http.Headers;

namespace CaseFlow.Api.Http;

/// <summary>
/// Reads a bounded body once (415, 413), asks whether the command was answered before, then checks the body's shape:
/// in this order, whatever the framework would do. Nothing is spooled to disk.
/// </summary>
public sealed class RequestBody(RequestDelegate next, Once once)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var shape = context.GetEndpoint()?.Metadata.GetMetadata<BodyShape>();
        var isCommand = context.GetEndpoint()?.Metadata.GetMetadata<CommandRoute>() is not null;
        if (shape is null && !isCommand)
        {
            await next(context);
            return;
        }

        if (shape is not null && (!IsJson(request.ContentType) || request.Headers.ContentEncoding.Count > 0))
            throw new UnreadableRequestException(new Problem(ProblemCatalogue.UnsupportedMediaType));

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, context.RequestAborted);
        var body = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        var answer = (isCommand ? await FirstAnswerAsync(context, body) : null) ?? Shape(context, shape, body);
        if (answer is not null)
        {
            await answer.ExecuteAsync(context);
            return;
        }

        buffer.Position = 0;
        request.Body = buffer;
        await next(context);
    }

    private async Task<IResult?> FirstAnswerAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var first = await once.FindAsync(context, body);
        return first is CommandAnswer && context.GetEndpoint()?.Metadata.GetMetadata<EndsWhatItBegan>() is not null ? null : first;
    }

    private static Problem? Shape(HttpContext context, BodyShape? shape, ReadOnlyMemory<byte> body)
    {
        if (shape is null)
            return null;
        var problem = body.IsEmpty
            ? Empty(out var missing)
            : RequestShape.Check(body, shape.Type, out missing);
        context.Features.Set(new MissingMembers(missing));
        return problem;
    }

    private static Problem Empty(out IReadOnlyList<ShapeFault> missing)
    {
        missing = [];
        return new Problem(ProblemCatalogue.MalformedJson, "The body is empty.");
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Encoding?.CodePage == System.Text.Encoding.UTF8.CodePage);
}
