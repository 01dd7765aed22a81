using CaseFlow.Api.Identity;

namespace CaseFlow.Api.Http;

/// <summary>What the door can be told.</summary>
public sealed record HttpRoomSettings
{
    /// <summary>Longest request line: method, address and query.</summary>
    public const int MaxLineBytes = 8 * 1024;

    /// <summary>All headers of a request together, the token among them.</summary>
    public const int MaxHeaderBytes = 16 * 1024;

    /// <summary>Headers of a request.</summary>
    public const int MaxHeaders = 64;

    /// <summary>Whose tokens are believed.</summary>
    public required IdentitySettings Identity { get; init; }

    /// <summary>Longest body, unless a route says more with <c>RequestSizeLimit</c>.</summary>
    public long MaxBodyBytes { get; init; } = 64 * 1024;

    /// <summary>Requests that one actor (or one address without a token) may send at once.</summary>
    public int RequestBurst { get; init; } = 400;

    /// <summary>Requests per second that one actor may keep up.</summary>
    public int RequestsPerSecond { get; init; } = 50;

    /// <summary>A request is given up after this, and a caller who has not sent all headers by then.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
