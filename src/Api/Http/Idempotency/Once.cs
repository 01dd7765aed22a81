using System.Security.Cryptography;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Identity;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Http.Idempotency;

/// <summary>
/// A command sent again under its <c>Idempotency-Key</c> gets its first answer, byte for byte. Answers are kept by the
/// append itself, so what recorded nothing (already done, refused) keeps none and is asked anew.
/// </summary>
public sealed class Once(IEventStore store, RequestHash hash, ErasedCommands erased)
{
    /// <summary>The caller's key.</summary>
    public const string KeyHeader = "Idempotency-Key";

    /// <summary>Set to <c>true</c> on an answer given before.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    /// <returns>The first answer, or 422 when the key belongs to another request; null when the command is new.</returns>
    /// <exception cref="UnreadableRequestException">The key has the wrong form.</exception>
    public async Task<IResult?> FindAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var header = context.Request.Headers[KeyHeader];
        if (header.Count == 0)
            return null;
        if (header is not [{ Length: >= 1 and <= 200 } key] || key.Any(letter => letter is < '!' or > '~'))
            throw new UnreadableRequestException(new Problem(ProblemCatalogue.BadIdempotencyKey, field: KeyHeader));

        var actor = context.Actor();
        var pending = new PendingKey(actor.Id, key, hash.Of(context.Request, actor, body.Span));
        context.Features.Set(pending);
        return await FindAsync(context, pending);
    }

    /// <summary>
    /// Asks again, before a refusal: the same command may have been answered while this one was decided. A first answer about a record that was erased
    /// since is found no more: "the same" and "another request" would answer guesses about what was told then.
    /// </summary>
    public async Task<IResult?> FindAsync(HttpContext context, PendingKey pending) =>
        await store.FindAnswerAsync(context.Actor().Jurisdiction, pending.Actor, pending.Key, context.RequestAborted) is { } stored
            ? await RepeatAsync(context, pending, stored)
            : null;

    /// <returns>A stored answer as this request's answer; null when it is about a record that was erased since.</returns>
    public async Task<IResult?> RepeatAsync(HttpContext context, PendingKey pending, StoredAnswer stored)
    {
        var jurisdiction = context.Actor().Jurisdiction;
        var written = await store.ReadStreamsAsync(jurisdiction, [.. KeptAnswer.Of(stored).Written.Select(one => one.Stream)], context.RequestAborted);
        return await erased.IsOfErasedAsync(context, jurisdiction, written.Values.Select(stream => stream.Events))
            ? null
            : await AnswerAsync(context, pending, stored);
    }

    private async Task<IResult> AnswerAsync(HttpContext context, PendingKey pending, StoredAnswer stored)
    {
        if (!CryptographicOperations.FixedTimeEquals(stored.RequestHash, pending.RequestHash))
            return new Problem(ProblemCatalogue.IdempotencyKeyReused, field: KeyHeader);

        var kept = KeptAnswer.Of(stored);
        long recorded = 0;
        foreach (var (stream, version) in kept.Written)
        {
            var events = await store.ReadStreamAsync(context.Actor().Jurisdiction, stream, version, cancellation: context.RequestAborted);
            recorded = Math.Max(recorded, events.Events.Count > 0 ? events.Events[0].Sequence : 0);
        }

        return new CommandAnswer(stored.Status, kept.Body, kept.ETag, kept.Location, recorded, Replayed: true);
    }
}
