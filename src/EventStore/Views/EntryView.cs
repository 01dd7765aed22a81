namespace CaseFlow.EventStore.Views;

/// <summary>
/// A view of entries, mostly one per event, for example a timeline. An entry has one row at a time: a later event (a
/// correction) replaces it, which ends the old row at that position. An entry counts as occurred from
/// <see cref="CountsFrom"/> on, stored as <c>occ_from</c>; its <c>occ_to</c> is always <c>infinity</c>.
/// </summary>
public abstract class EntryView<TEntry> : FoldedView<TEntry>
    where TEntry : class
{
    /// <returns>The ids of the entries that the event writes or changes, from the event alone.</returns>
    protected abstract IEnumerable<string> EntriesOf(RecordedEvent recorded);

    /// <returns>The entry after the event; null for none. Pure.</returns>
    protected abstract TEntry? Evolve(TEntry? entry, string entryId, RecordedEvent recorded);

    /// <returns>From when the entry counts as occurred.</returns>
    protected abstract DateTimeOffset CountsFrom(TEntry entry);

    /// <summary>Most entries are written once.</summary>
    internal sealed override bool UsuallyGoesOn => false;

    internal sealed override IEnumerable<string> KeysTouched(RecordedEvent recorded) => EntriesOf(recorded);

    internal sealed override DateTimeOffset? EarliestTouched(RecordedEvent recorded) => DateTimeOffset.MinValue;

    internal sealed override void Fold(KeyRows<TEntry> rows, IReadOnlyList<RecordedEvent> events)
    {
        foreach (var recorded in events)
        {
            var entry = Evolve(rows.Now is [var now] ? now.Row : null, rows.Key.Key, recorded);
            rows.Become(
                entry is null ? [] : [new(Instants.Stored(CountsFrom(entry)), DateTimeOffset.MaxValue, entry, ToJson(entry))],
                recorded.Position!.Value);
        }
    }
}
