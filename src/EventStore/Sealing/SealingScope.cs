namespace CaseFlow.EventStore.Sealing;

/// <summary>
/// The event that is being written or read on this thread, so that a converter knows what a sealed member belongs to.
/// Serialisation is synchronous; the scope never crosses an <c>await</c>.
/// </summary>
public sealed class SealingScope : IDisposable
{
    [ThreadStatic]
    private static SealingScope? current;

    private readonly SealingScope? outer;
    private readonly string tenantId;
    private readonly Guid? subjectId;
    private readonly Guid? eventId;

    private SealingScope(ISealer? sealer, string tenantId, Guid? subjectId, Guid? eventId)
    {
        (Sealer, this.tenantId, this.subjectId, this.eventId, outer) = (sealer, tenantId, subjectId, eventId, current);
        current = this;
    }

    /// <summary>The scope on this thread, or null outside the store.</summary>
    public static SealingScope? Current => current;

    internal ISealer? Sealer { get; }

    /// <summary>Seals one member of the event being written.</summary>
    /// <exception cref="SealBrokenException">Not writing, or the event names no subject, or there is no sealer.</exception>
    public string Seal(string member, ReadOnlySpan<byte> plain)
    {
        if (Sealer is null || eventId is null)
            throw new SealBrokenException($"Nothing here can seal the member \"{member}\".");
        if (subjectId is not { } subject)
            throw new SealBrokenException($"The member \"{member}\" is sealed, but its event names no subject.");
        return Sealer.Seal(new SealPlace(tenantId, subject, eventId.Value, member), plain);
    }

    /// <summary>Checks that a token belongs to this member of the event being written or read.</summary>
    /// <exception cref="SealBrokenException">It belongs to another event or member.</exception>
    public void Verify(string member, string token)
    {
        var parsed = SealedToken.Parse(token);
        if (eventId is { } own && (parsed.EventId != own || parsed.Member != member))
            throw new SealBrokenException($"The sealed member \"{member}\" belongs to another event or member.");
        if (subjectId is { } subject && parsed.SubjectId != subject)
            throw new SealBrokenException($"The sealed member \"{member}\" belongs to another subject.");
    }

    /// <summary>Ends the scope on the thread that began it.</summary>
    public void Dispose() => current = outer;

    internal static SealingScope ForWriting(ISealer? sealer, string tenantId, Guid? subjectId, Guid eventId) =>
        new(sealer, tenantId, subjectId, eventId);

    internal static SealingScope ForReading(Guid eventId) => new(null, "", null, eventId);

    /// <summary>Lets inline views open what an append has sealed under a key that is not committed yet.</summary>
    internal static SealingScope ForOpening(ISealer? sealer) => new(sealer, "", null, null);
}
