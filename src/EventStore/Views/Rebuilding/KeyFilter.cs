namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>
/// Remembers, in four megabytes, which keys may have rows in the tables: never wrong about a key that has, and about one in a
/// hundred that has none while there are fewer than three million. Saves looking up keys that are new.
/// </summary>
internal sealed class KeyFilter
{
    private const int Bits = 1 << 25;
    private const int Probes = 5;

    private ulong[]? marks;
    private bool anything;

    public void Add(RowKey key)
    {
        marks ??= new ulong[Bits / 64];
        var (at, step) = Hash(key);
        for (var n = 0; n < Probes; n++, at += step)
            marks[(at & (Bits - 1)) / 64] |= 1UL << (int)(at & 63);
    }

    /// <summary>From now on any key may: what is in the tables was written by an earlier run.</summary>
    public void AddEverything() => anything = true;

    public bool MayHold(RowKey key)
    {
        if (anything)
            return true;
        if (marks is null)
            return false;
        var (at, step) = Hash(key);
        for (var n = 0; n < Probes; n++, at += step)
        {
            if ((marks[(at & (Bits - 1)) / 64] & (1UL << (int)(at & 63))) == 0)
                return false;
        }

        return true;
    }

    private static (uint At, uint Step) Hash(RowKey key)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in key.TenantId)
            hash = (hash ^ letter) * 1099511628211UL;
        hash = (hash ^ 0xFFFF) * 1099511628211UL;
        foreach (var letter in key.Key)
            hash = (hash ^ letter) * 1099511628211UL;
        hash ^= hash >> 29;
        hash *= 0xBF58476D1CE4E5B9UL;
        hash ^= hash >> 32;
        return ((uint)hash, (uint)(hash >> 32) | 1);
    }
}
