using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CaseFlow.EventStore.Sealing;

/// <summary>
/// AES-256-GCM under one data key per subject, wrapped by a key outside the database. Data keys are found in the store
/// and kept unwrapped for a bounded while.
/// </summary>
public sealed class AesGcmSealer : ISealer
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly IDataKeyStore store;
    private readonly IWrappingKey wrappingKey;
    private readonly DataKeyCache cache;

    /// <param name="store">Where wrapped data keys are.</param>
    /// <param name="wrappingKey">What unwraps them.</param>
    /// <param name="clock">Ages the cache; the system's by default.</param>
    /// <param name="capacity">Most keys kept unwrapped.</param>
    /// <param name="lifetime">Longest time one is kept; five minutes by default.</param>
    public AesGcmSealer(
        IDataKeyStore store, IWrappingKey wrappingKey, TimeProvider? clock = null, int capacity = 10_000, TimeSpan? lifetime = null)
    {
        this.store = store;
        this.wrappingKey = wrappingKey;
        cache = new DataKeyCache(clock ?? TimeProvider.System, capacity, lifetime ?? TimeSpan.FromMinutes(5));
    }

    /// <inheritdoc />
    public string Seal(SealPlace place, ReadOnlySpan<byte> plain) => Seal(KeyOf(place.TenantId, place.SubjectId), place, plain);

    /// <inheritdoc />
    public byte[] Open(string tenantId, string token)
    {
        var parsed = SealedToken.Parse(token);
        var key = SealingScope.Current?.Sealer is AppendKeys keys && keys.Find(tenantId, parsed.SubjectId) is { } fresh
            ? fresh
            : KeyOf(tenantId, parsed.SubjectId);
        return Open(key, tenantId, parsed);
    }

    /// <summary>Fetches the keys of these subjects at once, so that opening their tokens needs no look-up each.</summary>
    public async Task PreloadAsync(string tenantId, IReadOnlyCollection<Guid> subjects, CancellationToken cancellation)
    {
        var missing = subjects.Distinct().Where(subject => cache.Find(tenantId, subject) is null).ToList();
        if (missing.Count == 0)
            return;
        foreach (var stored in await store.LoadAsync(tenantId, missing, cancellation))
            cache.Keep(tenantId, stored.SubjectId, Unwrap(tenantId, stored));
    }

    /// <summary>Makes a subject's key unless there is one, for what is sealed outside the log.</summary>
    public async Task EnsureKeyAsync(string tenantId, Guid subject, CancellationToken cancellation)
    {
        if ((await store.LoadAsync(tenantId, [subject], cancellation)).Count > 0)
            return;
        var wrapped = wrappingKey.Wrap(RandomNumberGenerator.GetBytes(32), PlaceOfKey(tenantId, subject));
        await store.EnsureAsync(tenantId, new WrappedDataKey(subject, wrapped, wrappingKey.KeyId), cancellation);
    }

    /// <summary>Drops a key from memory, after it was destroyed in the store.</summary>
    public void Forget(string tenantId, Guid subject) => cache.Forget(tenantId, subject);

    /// <summary>The keys one append seals with; for subjects that have none yet, new ones that it must store itself.</summary>
    internal async Task<AppendKeys> PrepareAsync(string tenantId, IReadOnlyCollection<Guid> subjects, CancellationToken cancellation)
    {
        var keys = subjects.ToDictionary(subject => subject, subject => cache.Find(tenantId, subject));
        var missing = subjects.Where(subject => keys[subject] is null).ToList();
        if (missing.Count == 0)
            return new AppendKeys(this, tenantId, keys!, []);

        foreach (var stored in await store.LoadAsync(tenantId, missing, cancellation))
        {
            keys[stored.SubjectId] = Unwrap(tenantId, stored);
            cache.Keep(tenantId, stored.SubjectId, keys[stored.SubjectId]!);
        }

        var added = new List<WrappedDataKey>();
        foreach (var subject in missing.Where(subject => keys[subject] is null))
        {
            var key = RandomNumberGenerator.GetBytes(32);
            keys[subject] = key;
            added.Add(new WrappedDataKey(subject, wrappingKey.Wrap(key, PlaceOfKey(tenantId, subject)), wrappingKey.KeyId));
        }

        return new AppendKeys(this, tenantId, keys!, added);
    }

    /// <summary>The append is committed: its new keys are everyone's now.</summary>
    internal void Committed(AppendKeys keys)
    {
        foreach (var added in keys.Added)
            cache.Keep(keys.TenantId, added.SubjectId, keys.Find(keys.TenantId, added.SubjectId)!);
    }

    internal static string Seal(byte[] key, SealPlace place, ReadOnlySpan<byte> plain)
    {
        if (place.Member.Length == 0 || place.Member.Contains('.', StringComparison.Ordinal))
            throw new ArgumentException("A member name is not empty and has no dot.", nameof(place));
        var payload = new byte[NonceSize + plain.Length + TagSize];
        RandomNumberGenerator.Fill(payload.AsSpan(0, NonceSize));
        using var cipher = new AesGcm(key, TagSize);
        cipher.Encrypt(
            payload.AsSpan(0, NonceSize), plain, payload.AsSpan(NonceSize, plain.Length), payload.AsSpan(NonceSize + plain.Length),
            PlaceOfMember(place));
        return new SealedToken(place.SubjectId, place.EventId, place.Member, payload).ToString();
    }

    private static byte[] Open(byte[] key, string tenantId, SealedToken token)
    {
        var payload = token.Payload.AsSpan();
        if (payload.Length < NonceSize + TagSize)
            throw new SealBrokenException("The token is too short.");
        var plain = new byte[payload.Length - NonceSize - TagSize];
        using var cipher = new AesGcm(key, TagSize);
        try
        {
            cipher.Decrypt(
                payload[..NonceSize], payload[NonceSize..^TagSize], payload[^TagSize..], plain,
                PlaceOfMember(new SealPlace(tenantId, token.SubjectId, token.EventId, token.Member)));
            return plain;
        }
        catch (CryptographicException altered)
        {
            throw new SealBrokenException("The token was altered or moved.", altered);
        }
    }

    private byte[] KeyOf(string tenantId, Guid subject)
    {
        if (cache.Find(tenantId, subject) is { } known)
            return known;
        var stored = store.Load(tenantId, subject)
            ?? throw new SealBrokenException("The subject's key is destroyed or was never made.");
        var key = Unwrap(tenantId, stored);
        cache.Keep(tenantId, subject, key);
        return key;
    }

    private byte[] Unwrap(string tenantId, WrappedDataKey stored)
    {
        if (stored.WrappingKeyId != wrappingKey.KeyId)
            throw new SealBrokenException($"The subject's key is wrapped by {stored.WrappingKeyId}, not by {wrappingKey.KeyId}.");
        try
        {
            return wrappingKey.Unwrap(stored.Wrapped, PlaceOfKey(tenantId, stored.SubjectId));
        }
        catch (CryptographicException altered)
        {
            throw new SealBrokenException("The subject's key does not unwrap.", altered);
        }
    }

    private static byte[] PlaceOfKey(string tenantId, Guid subject) => Framed(tenantId, subject.ToString("N"));

    private static byte[] PlaceOfMember(SealPlace place) =>
        Framed(place.TenantId, place.SubjectId.ToString("N"), place.EventId.ToString("N"), place.Member);

    /// <summary>Each part with its length before it, so no part runs into the next.</summary>
    private static byte[] Framed(params ReadOnlySpan<string> parts)
    {
        var size = 0;
        foreach (var part in parts)
            size += sizeof(int) + Encoding.UTF8.GetByteCount(part);
        var framed = new byte[size];
        var rest = framed.AsSpan();
        foreach (var part in parts)
        {
            var length = Encoding.UTF8.GetBytes(part, rest[sizeof(int)..]);
            BinaryPrimitives.WriteInt32BigEndian(rest, length);
            rest = rest[(sizeof(int) + length)..];
        }

        return framed;
    }
}
