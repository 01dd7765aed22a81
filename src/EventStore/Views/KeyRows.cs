namespace CaseFlow.EventStore.Views;

/// <summary>A slice of occurred time as it is, or will be, stored: valid from a position on.</summary>
internal sealed class Rectangle<TRow>(Slice<TRow> slice, long posFrom, bool stored)
    where TRow : class
{
    public Slice<TRow> Slice { get; } = slice;

    public long PosFrom { get; } = posFrom;

    /// <summary>In the table since before this page.</summary>
    public bool Stored { get; set; } = stored;

    public long PosTo { get; set; } = ViewShape<TRow>.Open;
}

/// <summary>What one key's table rows are now, and how this page changed them.</summary>
internal sealed class KeyRows<TRow>(RowKey key, DateTimeOffset loadedFrom)
    where TRow : class
{
    private List<Rectangle<TRow>> open = [];

    public RowKey Key { get; } = key;

    /// <summary>Every current rectangle that ends at or after this instant is in memory.</summary>
    public DateTimeOffset LoadedFrom { get; private set; } = loadedFrom;

    /// <summary>Events of the key before this page, when they were wanted.</summary>
    public IReadOnlyList<RecordedEvent> Past { get; set; } = [];

    /// <summary>Stored rectangles that this page ends.</summary>
    public List<Rectangle<TRow>> Closed { get; } = [];

    /// <summary>New rectangles, some of them ended within the page.</summary>
    public List<Rectangle<TRow>> Added { get; } = [];

    public IReadOnlyList<Slice<TRow>> Now => open.ConvertAll(rectangle => rectangle.Slice);

    public void Load(Rectangle<TRow> rectangle) => open.Add(rectangle);

    /// <summary>Makes these the key's slices from a position on; what stays the same keeps its rectangle.</summary>
    public void Become(IReadOnlyList<Slice<TRow>> slices, long position)
    {
        var old = open.ToDictionary(rectangle => rectangle.Slice.From);
        var next = new List<Rectangle<TRow>>(slices.Count);
        foreach (var slice in slices)
        {
            if (old.Remove(slice.From, out var same))
            {
                if (same.Slice.To == slice.To && same.Slice.Json == slice.Json)
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

        foreach (var gone in old.Values)
            Close(gone, position);
        open = next;
    }

    /// <summary>The page is written: keeps only what the usual next event needs, the end of occurred time.</summary>
    public void Written()
    {
        Past = [];
        Closed.Clear();
        Added.Clear();
        if (open.Count == 0)
            return;
        var last = open[^1];
        last.Stored = true;
        if (open.Count > 1)
        {
            open = [last];
            LoadedFrom = last.Slice.From.AddMicroseconds(1);
        }
    }

    private void Close(Rectangle<TRow> rectangle, long position)
    {
        rectangle.PosTo = position;
        if (rectangle.Stored)
            Closed.Add(rectangle);
    }
}
