namespace CaseFlow.EventStore.Views;

/// <summary>
/// How one key's row came to what it is at a moment: for answers that say a part of it, and whose position must follow from that part
/// alone.
/// </summary>
/// <param name="Stood">Each row with the position from which it stood and that from which it did not, in that order.</param>
/// <param name="Position">The position answered from.</param>
public sealed record RowHistory<TRow>(IReadOnlyList<(long From, long To, TRow Row)> Stood, long Position)
    where TRow : class
{
    /// <summary>Of a key that never had a row.</summary>
    public static RowHistory<TRow> None { get; } = new([], 0);

    /// <summary>The row at the moment; null for none.</summary>
    public TRow? Row => Stood is [.., var last] && last.To > Position ? last.Row : null;

    /// <summary>The position of the last change of what is said: from there on, up to the moment, the answer is the same.</summary>
    /// <param name="says">What is said of a row, or of none.</param>
    /// <returns>0 when nothing else was ever said.</returns>
    public long LastChangeOf<TSaid>(Func<TRow?, TSaid> says)
    {
        var (said, changed, until) = (says(null), 0L, 0L);
        foreach (var (from, to, row) in Stood)
        {
            if (until < from)
                Say(null, until);
            Say(row, from);
            until = to;
        }

        if (until <= Position)
            Say(null, until);
        return changed;

        void Say(TRow? row, long at)
        {
            if (says(row) is var now && !EqualityComparer<TSaid>.Default.Equals(now, said))
                (said, changed) = (now, at);
        }
    }
}
