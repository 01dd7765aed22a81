namespace CaseFlow.EventStore.Views;

/// <summary>
/// A bitemporal view. The row of a key as of T, given what was recorded up to P, is the fold in log order of all events of
/// the key with position ≤ P that count as occurred at or before T. An event counts from its own instant, unless a
/// correction recorded by P moved it. One table answers every P and T from an index (<see cref="AsOf"/>).
/// </summary>
/// <remarks>The usual event, last in the log and in occurred time, ends one rectangle and starts two.</remarks>
public abstract class HistoryView<TRow> : FoldedView<TRow>
    where TRow : class
{
    internal sealed override bool KeepsHistory => true;

    /// <returns>The keys whose rows the event touches, from the event alone; none for an event not shown.</returns>
    protected abstract IEnumerable<string> KeysOf(RecordedEvent recorded);

    /// <returns>The row after the event; null for no row. Pure; an event without effect gives back the row it got.</returns>
    protected abstract TRow? Evolve(TRow? row, RecordedEvent recorded);

    /// <returns>From when an event by itself counts as occurred.</returns>
    protected abstract DateTimeOffset CountsFrom(RecordedEvent recorded);

    /// <returns>
    /// The correction that an event is, or null. A correction counts from the instant of what it corrects, so that every
    /// <c>asOf</c> shows the corrected value.
    /// </returns>
    protected virtual EventCorrection? CorrectionIn(RecordedEvent recorded) => null;

    /// <returns>
    /// Whether an event can make earlier ones count from another instant, or counts from one of theirs, or needs what the rows no longer hold: then the
    /// key's whole history is folded anew. Any other event counts from its own and leaves the earlier ones alone.
    /// </returns>
    protected virtual bool MovesTimes(RecordedEvent recorded) => CorrectionIn(recorded) is not null;

    /// <summary>
    /// A view whose rows forget what is long over remembers more while a whole history is folded, for it knows what will be taken back; what is kept in the
    /// end must be what folding event by event would keep if it forgot nothing before.
    /// </summary>
    /// <returns>How the events of a history are folded, and what of each row is kept.</returns>
    protected virtual (Func<TRow?, RecordedEvent, TRow?> Evolve, Func<TRow, TRow> Keep) Folding(IReadOnlyList<RecordedEvent> history) => (Evolve, row => row);

    /// <returns>From when each event of a key counts, given all of them so far in log order.</returns>
    protected virtual IReadOnlyList<DateTimeOffset> CountsFrom(IReadOnlyList<RecordedEvent> history)
    {
        var instants = new DateTimeOffset[history.Count];
        var roots = new int[history.Count];
        var places = new Dictionary<Guid, int>(history.Count);
        for (var n = 0; n < history.Count; n++)
        {
            roots[n] = n;
            instants[n] = CountsFrom(history[n]);
            if (CorrectionIn(history[n]) is { } correction && places.TryGetValue(correction.CorrectedEventId, out var corrected))
            {
                roots[n] = roots[corrected];
                instants[roots[n]] = correction.CountsFrom ?? instants[roots[n]];
            }

            places[history[n].EventId] = n;
        }

        return Array.ConvertAll(roots, root => instants[root]);
    }

    internal sealed override IEnumerable<string> KeysTouched(RecordedEvent recorded) => KeysOf(recorded);

    internal sealed override DateTimeOffset? EarliestTouched(RecordedEvent recorded) =>
        MovesTimes(recorded) ? null : Instants.Stored(CountsFrom(recorded));

    internal sealed override void Fold(KeyRows<TRow> rows, IReadOnlyList<RecordedEvent> events)
    {
        for (var n = 0; n < events.Count; n++)
        {
            var recorded = events[n];
            var slices = MovesTimes(recorded)
                ? Refolded([.. rows.Past, .. events.Take(n + 1)])
                : Folded(rows.Now, recorded, CountsFrom(recorded), Evolve);
            rows.Become(slices, recorded.Position!.Value);
        }
    }

    private IReadOnlyList<Slice<TRow>> Refolded(IReadOnlyList<RecordedEvent> history)
    {
        IReadOnlyList<Slice<TRow>> slices = [];
        var instants = CountsFrom(history);
        var (evolve, keep) = Folding(history);
        for (var n = 0; n < history.Count; n++)
            slices = Folded(slices, history[n], instants[n], evolve);
        return Slices.Kept(slices, keep, ToJson);
    }

    private List<Slice<TRow>> Folded(
        IReadOnlyList<Slice<TRow>> slices, RecordedEvent recorded, DateTimeOffset countsFrom, Func<TRow?, RecordedEvent, TRow?> evolve) =>
        Slices.With(slices, Instants.Stored(countsFrom), row => evolve(row, recorded), ToJson);
}

/// <summary>What a correction says about time.</summary>
/// <param name="CorrectedEventId">The event it corrects, or an earlier correction of it.</param>
/// <param name="CountsFrom">From when the corrected event counts now; null when its time was right.</param>
public readonly record struct EventCorrection(Guid CorrectedEventId, DateTimeOffset? CountsFrom);
