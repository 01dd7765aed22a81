using CaseFlow.Domain;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Privacy;

/// <summary>
/// Which entries somebody does not see any more, who sees a record because they work with the client: whom they supervise, who was referred to
/// their agency, what is a duty of theirs. Neither a consent nor an agency's status is asked there, so a correction takes from them exactly what
/// the labels that it put on take from everybody, <see cref="Disclosing.Bars"/>, and it takes it from the past too.
/// </summary>
public sealed class EntrySights(IEventStore store)
{
    /// <param name="actor">Who asks.</param>
    /// <param name="records">The record, and those on which its entries may have been before.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<EntrySight> OfAsync(Actor actor, IReadOnlyCollection<Guid> records, CancellationToken cancellation)
    {
        var of = await EntryLabels.OfAllAsync(store, actor.Jurisdiction, records, cancellation);
        return EntrySight.Of(actor, [.. records.Distinct().Select(of)]);
    }

    /// <summary>Of many records, each by itself, in one read.</summary>
    public async Task<Func<Guid, EntrySight>> OfAllAsync(Actor actor, IEnumerable<Guid> records, CancellationToken cancellation)
    {
        var of = await EntryLabels.OfAllAsync(store, actor.Jurisdiction, records, cancellation);
        return record => EntrySight.Of(actor, [of(record)]);
    }
}

/// <summary>What corrections of labels hide of a record from somebody.</summary>
public sealed class EntrySight
{
    /// <summary>Nothing is hidden.</summary>
    public static readonly EntrySight Whole = new(new Dictionary<Guid, CorrectedEntry>());

    private readonly IReadOnlyDictionary<Guid, CorrectedEntry> hidden;

    private EntrySight(IReadOnlyDictionary<Guid, CorrectedEntry> hidden) => this.hidden = hidden;

    /// <summary>Something is hidden.</summary>
    public bool HidesAny => hidden.Count > 0;

    /// <summary>What is hidden.</summary>
    public IEnumerable<CorrectedEntry> Hidden => hidden.Values;

    /// <returns>Whether an entry is hidden.</returns>
    public bool Hides(Guid eventId) => hidden.ContainsKey(eventId);

    /// <returns>Whether an entry is hidden.</returns>
    public bool Hides(RecordedEvent recorded) => Hides(recorded.EventId);

    /// <returns>
    /// Whether an entry counts in what is told of the others. A correction is of what it corrects, as in the timeline: it counts wherever that is shown, or
    /// somebody would be told what is known to be wrong.
    /// </returns>
    public bool Tells(RecordedEvent recorded) => recorded.Data is ICorrection correction ? !Hides(correction.CorrectedEventId) : !Hides(recorded);

    internal static EntrySight Of(Actor actor, IReadOnlyList<EntryLabels> records)
    {
        return records.All(labels => labels.IsEmpty) ? Whole : Of(RecordSights.ViewerOf(actor), records.SelectMany(labels => labels.Corrected));
    }

    /// <param name="viewer">Whoever looks.</param>
    /// <param name="corrected">Entries whose labels were corrected.</param>
    internal static EntrySight Of(Viewer viewer, IEnumerable<CorrectedEntry> corrected)
    {
        var hidden = corrected.Where(entry => Disclosing.Bars(viewer, entry.Under(entry.PutOn)))
            .DistinctBy(entry => entry.EventId).ToDictionary(entry => entry.EventId);
        return hidden.Count == 0 ? Whole : new EntrySight(hidden);
    }
}
