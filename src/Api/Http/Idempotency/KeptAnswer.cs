using System.Text.Json;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Http.Idempotency;

/// <summary>An answer with its headers, as it is kept under an idempotency key; a storage format.</summary>
/// <param name="Body">The body as it was sent, text within the envelope so that no byte of it changes.</param>
/// <param name="ETag">The header.</param>
/// <param name="Location">The header.</param>
/// <param name="Written">The last event that was written to each stream; finds the consistency token again.</param>
public sealed record KeptAnswer(string? Body, string? ETag, string? Location, IReadOnlyList<KeptAnswer.WrittenTo> Written)
{
    /// <param name="Stream">The stream.</param>
    /// <param name="Version">Its version after the append.</param>
    public sealed record WrittenTo(Guid Stream, long Version);

    /// <returns>The envelope as JSON.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, JsonRules.Options);

    /// <returns>The envelope of a stored answer.</returns>
    public static KeptAnswer Of(StoredAnswer stored) =>
        JsonSerializer.Deserialize<KeptAnswer>(stored.Body, JsonRules.Options)
        ?? throw new JsonException("A stored answer is empty.");
}

/// <summary>The key under which this request's answer will be kept.</summary>
/// <param name="Actor">Whose key it is.</param>
/// <param name="Key">The caller's <c>Idempotency-Key</c>.</param>
/// <param name="RequestHash">What was asked under it.</param>
public sealed record PendingKey(string Actor, string Key, byte[] RequestHash);
