namespace CaseFlow.EventStore.Postgres;

/// <summary>Texts that repeat from row to row, kept as one and found by their bytes: most rows need no text of their own.</summary>
internal sealed class RepeatedTexts
{
    private const int Places = 256;

    private readonly (byte[] Bytes, string Text)[] kept = new (byte[], string)[Places];

    public string Of(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var one in bytes)
            hash = (hash ^ one) * 16777619u;
        ref var place = ref kept[(hash ^ (hash >> 16)) % Places];
        if (place.Text is null || !bytes.SequenceEqual(place.Bytes))
            place = (bytes.ToArray(), CopyFormat.Text.GetString(bytes));
        return place.Text;
    }
}
