namespace CaseFlow.EventStore.Views;

/// <summary>
/// Brings a page's keys into memory in one query and writes their changes in bulk; one keeper per tenant. Between pages it
/// remembers the end of each key's occurred time; what it remembers holds as long as this keeper's page is the last that was
/// applied, and is dropped when another was (another runner worked, a rebuild took the rows' place, or a transaction was lost).
/// Pages that were passed over in between change no row.
/// </summary>
internal sealed class RowKeeper<TRow>(FoldedView<TRow> view)
    where TRow : class
{
    private static readonly (long Position, DateTime Moved) Nowhere = (-1, default);

    private readonly Dictionary<RowKey, KeyRows<TRow>> known = [];
    private readonly RowTables<TRow> tables = new(view);
    private (long Position, DateTime Moved) knownAt = Nowhere;

    /// <summary>How many keys it remembers.</summary>
    public int Count => known.Count;

    public KeyRows<TRow> Of(RowKey key) => known[key];

    public async Task BeginAsync(LogPage page, IReadOnlyList<Touch> touches, CancellationToken cancellation)
    {
        if (page.Moved.Before != knownAt.Moved || page.After < knownAt.Position)
            known.Clear();
        knownAt = Nowhere;
        var wanted = new Dictionary<RowKey, DateTimeOffset>();
        var refolded = new HashSet<RowKey>();
        foreach (var (key, _, from) in touches)
        {
            var earliest = from ?? DateTimeOffset.MinValue;
            if (!wanted.TryGetValue(key, out var sofar) || earliest < sofar)
                wanted[key] = earliest;
            if (from is null)
                refolded.Add(key);
        }

        var missing = wanted.Where(want => !known.TryGetValue(want.Key, out var rows) || rows.LoadedFrom > want.Value).ToList();
        if (touches.Count > 0)
        {
            foreach (var rows in await tables.LoadAsync(page.Connection, missing, cancellation))
                known[rows.Key] = rows;
        }

        if (refolded.Count > 0)
            await LoadPastAsync(page, [.. refolded], cancellation);
    }

    public async Task EndAsync(LogPage page, IReadOnlyList<Touch> touches, CancellationToken cancellation)
    {
        var keys = touches.Select(touch => touch.Key).ToHashSet();
        var changes = new RowChanges<TRow>();
        foreach (var key in keys)
            known[key].GiveAll(changes);
        changes.Events.AddRange(touches.Select(touch => (touch.Key, touch.Recorded.Position!.Value)));
        await tables.WriteAsync(page.Connection, changes, cancellation);
        if (known.Count > view.CachedKeys)
        {
            foreach (var key in known.Keys.Where(key => !keys.Contains(key)).ToList())
                known.Remove(key);
        }

        knownAt = (page.Events[^1].Position!.Value, page.Moved.After);
    }

    private async Task LoadPastAsync(LogPage page, List<RowKey> keys, CancellationToken cancellation)
    {
        var positions = await tables.PositionsAsync(page.Connection, keys, cancellation);
        var events = (await page.Past.AtAsync(positions.SelectMany(list => list).ToHashSet(), cancellation))
            .ToDictionary(recorded => recorded.Position!.Value);
        for (var n = 0; n < keys.Count; n++)
            known[keys[n]].Remember(positions[n].ConvertAll(position => events[position]));
    }
}
