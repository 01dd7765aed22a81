using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.Erasures;

/// <summary>What of a client's record is erased, or sealed from somebody, as it stands now: also an answer about the past shows none of it.</summary>
public sealed class ErasedContent
{
    /// <summary>There is no order about the record.</summary>
    public static readonly ErasedContent None = new([], RecordSeal.None);

    private readonly IReadOnlyList<(ExpunctionApplied Fact, DateTimeOffset RecordedAt)> applied;
    private readonly RecordSeal seal;

    private ErasedContent(IReadOnlyList<(ExpunctionApplied, DateTimeOffset)> applied, RecordSeal seal) => (this.applied, this.seal) = (applied, seal);

    /// <summary>The erasure of the whole record; null while it has content.</summary>
    public ExpunctionApplied? OfWholeRecord => applied.Select(one => one.Fact).FirstOrDefault(fact => fact.Scope == ErasureScope.WholeRecord);

    /// <summary>The order that seals the whole record from the asker; null when none does.</summary>
    public ErasureOrder? SealOfWholeRecord => seal.OfWholeRecord is { IsApplied: false } order ? order : null;

    /// <summary>The whole record is hidden from the asker, sealed or erased.</summary>
    public bool IsOfAll => OfWholeRecord is not null || SealOfWholeRecord is not null;

    /// <summary>No order hides anything of the record.</summary>
    public bool IsEmpty => applied.Count == 0 && seal.Orders.Count == 0;

    /// <summary>A class of the record is hidden, whether the whole of it is, besides, or not.</summary>
    public bool IsOfAClass => seal.Orders.Any(order => order.Scope != ErasureScope.WholeRecord);

    public static async Task<ErasedContent> OfAsync(IEventStore store, Actor actor, Guid clientId, CancellationToken cancellation)
    {
        var stream = await store.ReadStreamAsync(actor.Jurisdiction, StreamIds.Erasure(clientId), cancellation: cancellation);
        return Of(stream.Events, actor);
    }

    /// <returns>Why an entry of one of some records shows no content: an order about its client's record, or about that of whom it was recorded on by
    /// mistake, under whose key its words are, or about that of whose it was found to be since; null when it does.</returns>
    public static async Task<Func<TimelineEntry, ContentHidden?>> OfAsync(
        IEventStore store, Persons persons, Actor actor, IReadOnlyCollection<TimelineEntry> entries, CancellationToken cancellation)
    {
        var known = (await persons.OfAsync(actor.Jurisdiction, cancellation)).Now;
        var byClient = new Dictionary<Guid, ErasedContent>();
        foreach (var clientId in entries.SelectMany(RecordsOf).Distinct())
            byClient[clientId] = await OfAsync(store, actor, clientId, cancellation);
        return entry => RecordsOf(entry).Select(clientId => byClient[clientId].Of(entry.RecordedAt, entry.Labels)).FirstOrDefault(by => by is not null);

        IEnumerable<Guid> RecordsOf(TimelineEntry entry) =>
            ((Guid?[])[entry.ClientId, entry.RecordedOn]).OfType<Guid>().Concat(known.RecordsOfMoved(entry.EventId)).Distinct();
    }

    /// <returns>What the events of a client's stream of erasures say for somebody.</returns>
    public static ErasedContent Of(IReadOnlyList<RecordedEvent> events, Actor actor) => new(
        [.. from recorded in events where recorded.Data is ExpunctionApplied select ((ExpunctionApplied)recorded.Data, recorded.RecordedAt)],
        RecordSeal.Of(events, actor));

    /// <returns>Why something recorded then under these labels shows no content; null when it does.</returns>
    public ContentHidden? Of(DateTimeOffset recordedAt, IReadOnlyList<string> labels) => Of(applied, seal, recordedAt, labels);

    /// <returns>The same by the orders about its class alone: one about the whole record, besides, never shows again what went with its class.</returns>
    public ContentHidden? OfClass(DateTimeOffset recordedAt, IReadOnlyList<string> labels) =>
        IsOfAClass ? Of([.. applied.Where(one => one.Fact.Scope != ErasureScope.WholeRecord)], seal.OfClasses, recordedAt, labels) : null;

    private static ContentHidden? Of(
        IEnumerable<(ExpunctionApplied Fact, DateTimeOffset RecordedAt)> applied, RecordSeal seal, DateTimeOffset recordedAt, IReadOnlyList<string> labels)
    {
        var erasedBy = applied
            .Where(one => recordedAt <= one.RecordedAt)
            .Select(one => one.Fact)
            .FirstOrDefault(fact => fact.Scope == ErasureScope.WholeRecord || labels.Contains(Label.Juvenile.Code(), StringComparer.Ordinal));
        return erasedBy is not null
            ? new ContentHidden(erasedBy.ReasonCode, IsErased: true)
            : seal.Of(labels) is { } sealedBy ? new ContentHidden(sealedBy.ReasonCode, IsErased: false) : null;
    }
}

/// <param name="ReasonCode">Of the order.</param>
/// <param name="IsErased">Gone for good; else sealed until the order is lifted.</param>
public sealed record ContentHidden(string ReasonCode, bool IsErased)
{
    /// <summary>What a door answers that would show it.</summary>
    public Rejection Refusal => IsErased ? ErasureRejections.RecordErased(ReasonCode) : ErasureRejections.RecordSealed(ReasonCode);
}
