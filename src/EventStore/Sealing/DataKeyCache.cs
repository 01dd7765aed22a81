namespace CaseFlow.EventStore.Sealing;

/// <summary>Unwrapped data keys, for a while: bounded in number and age, so a destroyed key is soon forgotten everywhere.</summary>
internal sealed class DataKeyCache(TimeProvider clock, int capacity, TimeSpan lifetime)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string, Guid), (byte[] Key, DateTimeOffset Until)> entries = [];

    public byte[]? Find(string tenantId, Guid subject)
    {
        lock (gate)
            return entries.TryGetValue((tenantId, subject), out var entry) && entry.Until > clock.GetUtcNow() ? entry.Key : null;
    }

    public void Keep(string tenantId, Guid subject, byte[] key)
    {
        lock (gate)
        {
            if (entries.Count >= capacity)
                DropOlderHalf();
            entries[(tenantId, subject)] = (key, clock.GetUtcNow() + lifetime);
        }
    }

    public void Forget(string tenantId, Guid subject)
    {
        lock (gate)
            entries.Remove((tenantId, subject));
    }

    public void Clear()
    {
        lock (gate)
            entries.Clear();
    }

    private void DropOlderHalf()
    {
        foreach (var (place, _) in entries.OrderBy(entry => entry.Value.Until).Take((capacity + 1) / 2).ToList())
            entries.Remove(place);
    }
}
