using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Erasures;

/// <summary>
/// What of clients' records is hidden from somebody, sealed or erased, folded from the orders when somebody asks: sealed, lifted and erased count at
/// once. Every door asks here, so that what was sealed is not shown again once it is erased.
/// </summary>
public sealed class SealedRecords(IEventStore store)
{
    /// <summary>Of many clients, in one read.</summary>
    public async Task<Func<Guid, RecordSeal>> OfAllAsync(Actor actor, IReadOnlyCollection<Guid> clients, CancellationToken cancellation)
    {
        if (clients.Count == 0)
            return _ => RecordSeal.None;
        var streams = await store.ReadStreamsAsync(actor.Jurisdiction, [.. clients.Distinct().Select(StreamIds.Erasure)], cancellation);
        return clientId => RecordSeal.Of(streams.GetValueOrDefault(StreamIds.Erasure(clientId))?.Events ?? [], actor);
    }

    /// <returns>Of a person's records, the one asked about and those of the others that are not hidden from the asker as a whole.</returns>
    public async Task<IReadOnlyList<Guid>> OpenAsync(Actor actor, Guid askedId, IReadOnlyList<Guid> records, CancellationToken cancellation)
    {
        if (records.Count == 1)
            return records;
        var sealOf = await OfAllAsync(actor, records, cancellation);
        return [.. records.Where(record => record == askedId || sealOf(record).OfWholeRecord is null)];
    }
}

/// <summary>The orders that hide a client's record from somebody.</summary>
/// <param name="Orders">Those carried out before those that seal, those of the whole record first; empty when nothing is hidden.</param>
public sealed record RecordSeal(IReadOnlyList<ErasureOrder> Orders)
{
    public static readonly RecordSeal None = new([]);

    /// <summary>The order that hides the whole record; null when none does.</summary>
    public ErasureOrder? OfWholeRecord => Orders.FirstOrDefault(order => order.Scope == ErasureScope.WholeRecord);

    /// <summary>Why the whole record is hidden; null when it is not.</summary>
    public ContentHidden? Why => OfWholeRecord is { } order ? new ContentHidden(order.ReasonCode, order.IsApplied) : null;

    /// <summary>Those about a class alone.</summary>
    public RecordSeal OfClasses => new([.. Orders.Where(order => order.Scope != ErasureScope.WholeRecord)]);

    /// <returns>The order that seals something recorded under these labels; null when none does. Whenever it was recorded: the order stands until it is lifted.</returns>
    public ErasureOrder? Of(IReadOnlyList<string> labels) => Orders.FirstOrDefault(order => !order.IsApplied
        && (order.Scope == ErasureScope.WholeRecord || labels.Contains(Label.Juvenile.Code(), StringComparer.Ordinal)));

    /// <returns>Whose sealed members stay closed.</returns>
    public IEnumerable<Guid> ClosedSubjects(Guid clientId) => Orders.SelectMany(order => SealedClasses.SubjectsOf(clientId, order.Scope));

    internal static RecordSeal Of(IReadOnlyList<RecordedEvent> events, Actor actor) => events.Count == 0
        ? None
        : new([.. events.Aggregate(ErasureState.Initial, (state, recorded) => ErasureState.Evolve(state, (ErasureEvent)recorded.Data)).HiddenFrom(actor)]);
}
