using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Privacy;

/// <summary>
/// Which entries somebody does not see any more, who sees a record because they work with the client: whom they supervise, who was referred to
/// their agency, what is a duty of theirs. Neither a consent nor an agency's status is asked there, so a correction takes from them exactly what
/// the labels that it put on take from everybody, <see cref="Disclosing.Bars"/>, and it takes it from the past too. What victim services told of who the client
/// is and how they are reached is theirs alone, whoever works with the client since. An order about a class of the
/// record takes what is under its label by now, whoever looks but those whom the order leaves it to. Both are read at once, and whoever decides by the
/// labels themselves has them from here.
/// </summary>
public sealed class EntrySights(IEventStore store)
{
    /// <param name="actor">Who asks.</param>
    /// <param name="records">The record, and those on which its entries may have been before.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <param name="ordersOn">On which of the records an order has to be to count; on any of them when it is left out.</param>
    public async Task<EntrySight> OfAsync(
        Actor actor, IReadOnlyCollection<Guid> records, CancellationToken cancellation, IReadOnlyCollection<Guid>? ordersOn = null)
    {
        var of = await ReadAsync(actor, records, cancellation);
        return EntrySight.Of(
            actor, [.. records.Distinct().Select(record => of(record).Labels)], [.. records.Distinct().Where((ordersOn ?? records).Contains).Select(record => of(record).Content)]);
    }

    /// <summary>For a command about a client, and guarded: an order, or a correction of labels, at the same time counts before or after.</summary>
    public static async Task<EntrySight> OfAsync(CommandSession session, Guid clientId)
    {
        var labels = await session.LoadAsync(Streams.Labels, StreamIds.Labels(clientId));
        var orders = await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(clientId));
        return EntrySight.Of(session.Actor, [EntryLabels.Of(labels.History)], [ErasedContent.Of(orders.History, session.Actor)]);
    }

    /// <summary>Of many records, each by itself, in one read.</summary>
    public async Task<Func<Guid, EntrySight>> OfAllAsync(Actor actor, IEnumerable<Guid> records, CancellationToken cancellation)
    {
        var of = await ReadAsync(actor, records, cancellation);
        return record => EntrySight.Of(actor, [of(record).Labels], [of(record).Content]);
    }

    private async Task<Func<Guid, (EntryLabels Labels, ErasedContent Content)>> ReadAsync(Actor actor, IEnumerable<Guid> records, CancellationToken cancellation)
    {
        List<Guid> ids = [.. records.Distinct()];
        if (ids.Count == 0)
            return _ => (EntryLabels.AsRecorded, ErasedContent.None);
        var streams = await store.ReadStreamsAsync(actor.Jurisdiction, [.. ids.SelectMany(id => new[] { StreamIds.Labels(id), StreamIds.Erasure(id) })], cancellation);
        return record => (EntryLabels.Of(EventsOf(StreamIds.Labels(record))), ErasedContent.Of(EventsOf(StreamIds.Erasure(record)), actor));

        IReadOnlyList<RecordedEvent> EventsOf(Guid streamId) => streams.GetValueOrDefault(streamId)?.Events ?? [];
    }
}

/// <summary>What labels, and orders about it, hide of a record from somebody who works with the client; and the labels that it has by now.</summary>
public sealed class EntrySight
{
    /// <summary>Nothing is hidden.</summary>
    public static readonly EntrySight Whole = new(new Dictionary<Guid, CorrectedEntry>());

    private readonly IReadOnlyDictionary<Guid, CorrectedEntry> hidden;

    private EntrySight(IReadOnlyDictionary<Guid, CorrectedEntry> hidden) => this.hidden = hidden;

    /// <summary>Something is hidden, or may be; of the client's details, what is asked about them says more (<see cref="HidesAnyOf"/>).</summary>
    public bool HidesAny => hidden.Count > 0 || HidesAClass;

    /// <summary>A class of the record is erased, or sealed from the asker.</summary>
    public bool HidesAClass => Orders.Any(order => order.IsOfAClass);

    /// <summary>What corrected labels hide.</summary>
    public IEnumerable<CorrectedEntry> Hidden => hidden.Values;

    /// <summary>The labels of all the records together, whatever they hide; the correction on the record named first counts.</summary>
    public EntryLabels Labels { get; private init; } = EntryLabels.AsRecorded;

    private IReadOnlyList<EntryLabels> Records { get; init; } = [];

    private IReadOnlyList<ErasedContent> Orders { get; init; } = [];

    /// <summary>Whoever looks, where it is asked by what the source of an entry, and its author, have to say; null where corrections alone count.</summary>
    private Viewer? Viewer { get; init; }

    /// <returns>Whether something of a client's details is hidden, or may be.</returns>
    public bool HidesAnyOf(IEnumerable<RecordedEvent> details) => HidesAny || details.Any(IsOfVictimServices);

    /// <returns>The codes that hold for an entry on each of the records that correct them; those it was recorded with when none does.</returns>
    public IReadOnlyList<IReadOnlyList<string>> LabelsOf(RecordedEvent recorded) =>
        Records.Select(of => of.Find(recorded.EventId)?.Labels).OfType<IReadOnlyList<string>>().ToList() is { Count: > 0 } corrected
            ? corrected
            : [EntryLabels.AsRecorded.Of(recorded)];

    /// <returns>Whether an entry is hidden.</returns>
    public bool Hides(RecordedEvent recorded) =>
        (hidden.TryGetValue(recorded.EventId, out var corrected) && !IsOwnNote(recorded, corrected)) || IsOfVictimServices(recorded) || ClassOf(recorded) is not null;

    /// <returns>Why an entry is hidden with its class, by the labels that it has now; null when it is not.</returns>
    public ContentHidden? ClassOf(RecordedEvent recorded) => ClassOf(Labels.Of(recorded), recorded.RecordedAt);

    /// <returns>Whether an entry is hidden, be it with the whole record.</returns>
    public bool HidesWhatever(RecordedEvent recorded) =>
        Hides(recorded) || OrdersOn(recorded).Any();

    /// <returns>Why an entry is erased, with its class or with the whole record; null when it is not.</returns>
    public ContentHidden? ErasedBy(RecordedEvent recorded) =>
        OrdersOn(recorded).FirstOrDefault(why => why.IsErased);

    /// <summary>
    /// What counts in what is told of the others, in its order. A correction is of what it corrects: it counts wherever that is shown, or somebody would be told
    /// what is known to be wrong, and nowhere else; what an order takes with its class, it takes from a correction, too.
    /// </summary>
    /// <param name="events">In log order, all of what is told: what is corrected comes before what corrects it.</param>
    /// <param name="isShown">Whether an entry that corrects none is shown; by what is hidden of the record, unless something else decides.</param>
    public IEnumerable<RecordedEvent> Told(IEnumerable<RecordedEvent> events, Func<RecordedEvent, bool>? isShown = null) =>
        events.Shown(recorded => ClassOf(recorded) is null && (recorded.Data is ICorrection || (isShown?.Invoke(recorded) ?? !Hides(recorded))));

    private IEnumerable<ContentHidden> OrdersOn(RecordedEvent recorded) =>
        Orders.Select(order => order.Of(recorded.RecordedAt, Labels.Of(recorded))).OfType<ContentHidden>();

    private ContentHidden? ClassOf(IReadOnlyList<string> labels, DateTimeOffset recordedAt) =>
        Orders.Select(order => order.OfClass(recordedAt, labels)).FirstOrDefault(why => why is not null);

    /// <summary>A detail of the client that victim services told, as its labels are by now, and that is not theirs who look.</summary>
    private bool IsOfVictimServices(RecordedEvent recorded) =>
        Viewer is not null && recorded.Data is ClientEvent && Labels.Of(recorded).Contains(Label.Victim.Code(), StringComparer.Ordinal)
        && Disclosing.Bars(Viewer, new RecordShown((recorded.Headers as Circumstances)?.Owner(), [Label.Victim], Domain.Privacy.Told.By(recorded.Data.GetType())));

    /// <summary>A correction that keeps an entry private leaves it to whoever wrote it.</summary>
    private bool IsOwnNote(RecordedEvent recorded, CorrectedEntry corrected) =>
        Viewer is not null && PrivateNotes.AuthorOf((DomainEvent)recorded.Data, recorded.Headers as Circumstances, corrected.Labels) is { } author
        && !Disclosing.Bars(Viewer, corrected.Under(corrected.PutOn) with { Author = author });

    internal static EntrySight Of(Actor actor, IReadOnlyList<EntryLabels> records, IReadOnlyList<ErasedContent> contents) =>
        Of(RecordSights.ViewerOf(actor), EntryLabels.Together(records), records, [.. contents.Where(content => !content.IsEmpty)], bySource: true);

    /// <param name="viewer">Whoever looks.</param>
    /// <param name="corrected">Entries whose labels were corrected.</param>
    /// <param name="bySource">Also by the labels that the source of a detail put on it.</param>
    public static EntrySight Of(Viewer viewer, IReadOnlyCollection<CorrectedEntry> corrected, bool bySource)
    {
        var labels = EntryLabels.Of(corrected);
        return Of(viewer, labels, [labels], [], bySource);
    }

    private static EntrySight Of(Viewer viewer, EntryLabels labels, IReadOnlyList<EntryLabels> records, IReadOnlyList<ErasedContent> orders, bool bySource) =>
        new(records.SelectMany(record => record.Corrected).Where(entry => Disclosing.Bars(viewer, entry.Under(entry.PutOn)))
            .DistinctBy(entry => entry.EventId).ToDictionary(entry => entry.EventId))
        {
            Labels = labels,
            Records = records,
            Orders = orders,
            Viewer = bySource ? viewer : null,
        };
}
