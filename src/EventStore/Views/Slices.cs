namespace CaseFlow.EventStore.Views;

/// <summary>A row that holds over one interval of occurred time.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive; <see cref="DateTimeOffset.MaxValue"/> without end.</param>
/// <param name="Row">The row.</param>
/// <param name="Json">Its JSON in UTF-8; rows are the same when their JSON is.</param>
internal readonly record struct Slice<TRow>(DateTimeOffset From, DateTimeOffset To, TRow Row, byte[] Json)
    where TRow : class
{
    public bool IsSameRowAs(Slice<TRow> other) => ReferenceEquals(Json, other.Json) || Json.AsSpan().SequenceEqual(other.Json);
}

/// <summary>One key's occurred time, as a list of slices: ordered, disjoint, neighbours differ, no slice where there is no row.</summary>
internal static class Slices
{
    /// <summary>
    /// Folds one more event, the last in the log so far, into every slice from <paramref name="countsFrom"/> on. Because
    /// events are folded in log order and this one is the last, the new row of a slice follows from its old row alone.
    /// </summary>
    public static List<Slice<TRow>> With<TRow>(
        IReadOnlyList<Slice<TRow>> slices, DateTimeOffset countsFrom, Func<TRow?, TRow?> evolve, Func<TRow, byte[]> json)
        where TRow : class
    {
        var result = new List<Slice<TRow>>(slices.Count + 2);
        var at = countsFrom;
        foreach (var slice in slices)
        {
            if (slice.To <= countsFrom)
            {
                Add(result, slice);
                continue;
            }

            if (slice.From < countsFrom)
                Add(result, slice with { To = countsFrom });
            else if (slice.From > at)
                Fold(at, slice.From, null, null);
            var from = slice.From < countsFrom ? countsFrom : slice.From;
            Fold(from, slice.To, slice.Row, slice.Json);
            at = slice.To;
        }

        if (at < DateTimeOffset.MaxValue)
            Fold(at, DateTimeOffset.MaxValue, null, null);
        return result;

        void Fold(DateTimeOffset from, DateTimeOffset to, TRow? row, byte[]? rowJson)
        {
            var evolved = evolve(row);
            if (evolved is not null)
                Add(result, new(from, to, evolved, ReferenceEquals(evolved, row) ? rowJson! : json(evolved)));
        }
    }

    /// <returns>The slices with what is kept of each row.</returns>
    public static IReadOnlyList<Slice<TRow>> Kept<TRow>(IReadOnlyList<Slice<TRow>> slices, Func<TRow, TRow> keep, Func<TRow, byte[]> json)
        where TRow : class
    {
        var result = new List<Slice<TRow>>(slices.Count);
        foreach (var slice in slices)
            Add(result, keep(slice.Row) is var kept && ReferenceEquals(kept, slice.Row) ? slice : slice with { Row = kept, Json = json(kept) });
        return result;
    }

    private static void Add<TRow>(List<Slice<TRow>> slices, Slice<TRow> next)
        where TRow : class
    {
        if (slices.Count > 0 && slices[^1] is var last && last.To == next.From && last.IsSameRowAs(next))
            slices[^1] = last with { To = next.To };
        else
            slices.Add(next);
    }
}
