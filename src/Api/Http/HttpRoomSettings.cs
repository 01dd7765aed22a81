using CaseFlow.Api.Identity;

namespace CaseFlow.Api.Http;

/// <summary>What the door can be told.</summary>
public sealed record HttpRoomSettings
{
    /// <summary>Whose tokens are believed.</summary>
    public required IdentitySettings Identity { get; init; }

    /// <summary>Longest body, unless a route says more with <c>RequestSizeLimit</c>.</summary>
    public long MaxBodyBytes { get; init; } = 64 * 1024;

    /// <summary>Requests that one actor (or one address without a token) may send at once.</summary>
    public int RequestBurst { get; init; } = 400;

    /// <summary>Requests per second that one actor may keep up.</summary>
    public int RequestsPerSecond { get; init; } = 50;

    /// <summary>A request is given up after this.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
