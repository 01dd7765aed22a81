namespace CaseFlow.Api.Commands;

/// <summary>What a command answers when it succeeds. Never personal content: it is kept under the idempotency key.</summary>
/// <param name="Status">200, 201 or 204.</param>
/// <param name="Of">The stream whose version is the <c>ETag</c>, and which <c>If-Match</c> speaks of.</param>
/// <param name="Body">The answer's body, or null.</param>
/// <param name="Location">Where the new thing is.</param>
public sealed record Answer(int Status, LoadedStream? Of, object? Body = null, string? Location = null)
{
    /// <summary>204: done, nothing to say.</summary>
    public static Answer Done(LoadedStream of) => new(StatusCodes.Status204NoContent, of);

    /// <summary>200 with a body.</summary>
    public static Answer Ok(LoadedStream of, object body) => new(StatusCodes.Status200OK, of, body);

    /// <summary>201 with the new thing's address; 200 when it was there already.</summary>
    public static Answer Created(LoadedStream of, string location, object? body = null) =>
        new(StatusCodes.Status201Created, of, body, location);
}
