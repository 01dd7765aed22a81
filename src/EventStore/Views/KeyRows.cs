namespace CaseFlow.EventStore.Views;

/// <summary>A slice of occurred time as it is, or will be, stored: valid from a position on.</summary>
internal sealed class Rectangle<TRow>(Slice<TRow> slice, long posFrom, bool stored)
    where TRow : class
{
    public Slice<TRow> Slice { get; } = slice;

    public long PosFrom { get; } = posFrom;

    /// <summary>The table has it.</summary>
    public bool Stored { get; set; } = stored;

    public long PosTo { get; set; } = ViewShape<TRow>.Open;
}

/// <summary>What one key's table rows are now, and what of it the tables have not been told yet.</summary>
internal sealed class KeyRows<TRow>(RowKey key, DateTimeOffset loadedFrom)
    where TRow : class
{
    private List<Rectangle<TRow>> open = [];
    private List<RecordedEvent>? wantedPast;

    public RowKey Key { get; } = key;

    /// <summary>Every current rectangle that ends at or after this instant is in memory.</summary>
    public DateTimeOffset LoadedFrom { get; private set; } = loadedFrom;

    /// <summary>The key's earlier events, when they were wanted.</summary>
    public IReadOnlyList<RecordedEvent> Past => wantedPast ?? [];

    /// <summary>Stored rectangles that have ended since the tables were told.</summary>
    private List<Rectangle<TRow>> Closed { get; } = [];

    /// <summary>New rectangles, some of them ended already.</summary>
    private List<Rectangle<TRow>> Added { get; } = [];

    /// <summary>Nothing has been told to the tables, or everything has.</summary>
    public bool IsSettled => Closed.Count == 0 && Added.Count == 0;

    /// <summary>About how much memory the key takes.</summary>
    public int Weight { get; set; }

    /// <summary>Bytes of JSON in memory.</summary>
    public int Length => open.Sum(rectangle => rectangle.Slice.Json.Length);

    public IReadOnlyList<Slice<TRow>> Now => open.ConvertAll(rectangle => rectangle.Slice);

    /// <summary>An event of the key has been folded: a correction later in the page wants it among the earlier ones.</summary>
    public void HasFolded(RecordedEvent recorded) => wantedPast?.Add(recorded);

    /// <summary>Keeps the key's earlier events until its changes are given away.</summary>
    public void Remember(List<RecordedEvent> past) => wantedPast = past;

    public void Load(Rectangle<TRow> rectangle) => open.Add(rectangle);

    /// <summary>Makes these the key's slices from a position on; what stays the same keeps its rectangle.</summary>
    /// <remarks>Both are in the order of occurred time, so one walk along the two finds what is gone, new or the same.</remarks>
    public void Become(IReadOnlyList<Slice<TRow>> slices, long position)
    {
        var next = new List<Rectangle<TRow>>(slices.Count);
        var n = 0;
        foreach (var slice in slices)
        {
            for (; n < open.Count && open[n].Slice.From < slice.From; n++)
                Close(open[n], position);
            if (n < open.Count && open[n].Slice.From == slice.From)
            {
                var same = open[n++];
                if (same.Slice.To == slice.To && same.Slice.IsSameRowAs(slice))
                {
                    next.Add(same);
                    continue;
                }

                Close(same, position);
            }

            var added = new Rectangle<TRow>(slice, position, stored: false);
            Added.Add(added);
            next.Add(added);
        }

        for (; n < open.Count; n++)
            Close(open[n], position);
        open = next;
    }

    /// <summary>Gives every change since the last time to the tables; keeps only what the usual next event needs, the end of occurred time.</summary>
    public void GiveAll(RowChanges<TRow> changes) => Give(changes, null);

    /// <summary>The same, but holds back the row at the end of occurred time, which the next event will most likely end.</summary>
    public void GiveAllButLast(RowChanges<TRow> changes) => Give(changes, open.Count > 0 && !open[^1].Stored ? open[^1] : null);

    private void Give(RowChanges<TRow> changes, Rectangle<TRow>? heldBack)
    {
        foreach (var ended in Closed)
            changes.Ends.Add((Key, ended.PosFrom, ended.Slice.From, ended.PosTo));
        foreach (var added in Added)
        {
            if (added == heldBack)
                continue;
            changes.Rows.Add((Key, added.Slice, added.PosFrom, added.PosTo));
            added.Stored = true;
        }

        wantedPast = null;
        Closed.Clear();
        Added.Clear();
        if (heldBack is not null)
            Added.Add(heldBack);
        if (open.Count > 1)
        {
            open = [open[^1]];
            LoadedFrom = open[0].Slice.From.AddMicroseconds(1);
        }
    }

    private void Close(Rectangle<TRow> rectangle, long position)
    {
        rectangle.PosTo = position;
        if (rectangle.Stored)
            Closed.Add(rectangle);
    }
}
