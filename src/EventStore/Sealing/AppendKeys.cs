namespace CaseFlow.EventStore.Sealing;

/// <summary>
/// The data keys of one append. New ones belong to it alone until it is committed: were they shared earlier, an append
/// that fails could leave another one sealed under a key that nobody has.
/// </summary>
internal sealed class AppendKeys(
    AesGcmSealer sealer, string tenantId, IReadOnlyDictionary<Guid, byte[]> keys, IReadOnlyList<WrappedDataKey> added) : ISealer
{
    public string TenantId => tenantId;

    /// <summary>Keys that the append stores with its first event.</summary>
    public IReadOnlyList<WrappedDataKey> Added => added;

    public byte[]? Find(string tenant, Guid subject) => tenant == tenantId ? keys.GetValueOrDefault(subject) : null;

    public string Seal(SealPlace place, ReadOnlySpan<byte> plain) => Find(place.TenantId, place.SubjectId) is { } key
        ? AesGcmSealer.Seal(key, place, plain)
        : throw new SealBrokenException("The append holds no key of this subject.");

    public byte[] Open(string tenant, string token) => sealer.Open(tenant, token);
}
