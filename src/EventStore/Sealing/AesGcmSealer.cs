using System.Security.Cryptography;

namespace CaseFlow.EventStore.Sealing;

/// <summary>
/// AES-256-GCM under one data key per subject, wrapped by a key outside the database. Data keys are found in the store
/// and kept unwrapped for a bounded while.
/// </summary>
public sealed class AesGcmSealer : ISealer
{
    private readonly IDataKeyStore store;
    private readonly IDataKeyWrap wrap;
    private readonly DataKeyCache cache;

    /// <summary>A node that was not told that a key is destroyed may use it for so long at most.</summary>
    public static TimeSpan LongestInMemory { get; } = TimeSpan.FromMinutes(5);

    /// <param name="store">Where wrapped data keys are.</param>
    /// <param name="wrappingKey">What unwraps them.</param>
    /// <param name="clock">Ages the cache; the system's by default.</param>
    /// <param name="capacity">Most keys kept unwrapped.</param>
    /// <param name="lifetime">Longest time one is kept; five minutes by default.</param>
    public AesGcmSealer(
        IDataKeyStore store, IWrappingKey wrappingKey, TimeProvider? clock = null, int capacity = 10_000, TimeSpan? lifetime = null)
        : this(store, new DirectWrap(new WrappingKeys(wrappingKey)), clock, capacity, lifetime)
    {
    }

    /// <param name="store">Where wrapped data keys are.</param>
    /// <param name="home">What wraps them, so that a destroyed one is gone from every copy of the store.</param>
    /// <param name="clock">Ages the cache; the system's by default.</param>
    public AesGcmSealer(IDataKeyStore store, KeyHome home, TimeProvider? clock = null)
        : this(store, new RingWrap(home), clock)
    {
    }

    private AesGcmSealer(
        IDataKeyStore store, IDataKeyWrap wrap, TimeProvider? clock, int capacity = 10_000, TimeSpan? lifetime = null)
    {
        this.store = store;
        this.wrap = wrap;
        cache = new DataKeyCache(clock ?? TimeProvider.System, capacity, lifetime ?? LongestInMemory);
    }

    /// <inheritdoc />
    public string Seal(SealPlace place, ReadOnlySpan<byte> plain) => Seal(KeyOf(place.TenantId, place.SubjectId), place, plain);

    /// <summary>
    /// Told of whatever is damaged, each time that somebody would open it, with its jurisdiction. What follows is for whoever opens it: what is said here is said whoever does.
    /// </summary>
    public event Action<string, SealDamagedException>? Damaged;

    /// <inheritdoc />
    public byte[] Open(string tenantId, string token)
    {
        try
        {
            return OpenIntact(tenantId, token);
        }
        catch (SealDamagedException damage)
        {
            Damaged?.Invoke(tenantId, damage);
            throw;
        }
    }

    private byte[] OpenIntact(string tenantId, string token)
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
        {
            try
            {
                cache.Keep(tenantId, stored.SubjectId, wrap.Unwrap(tenantId, stored));
            }
            catch (Exception closed) when (closed is KeyDestroyedException or SealDamagedException)
            {
                // Nothing to fetch; whoever opens its tokens is told.
            }
        }
    }

    /// <summary>Makes a subject's key unless there is one, for what is sealed outside the log.</summary>
    /// <exception cref="SealBrokenException">The key ring here stays behind the database.</exception>
    public async Task EnsureKeyAsync(string tenantId, Guid subject, CancellationToken cancellation)
    {
        if (await HasKeyAsync(tenantId, subject, cancellation))
            return;
        for (var look = 1; !await store.EnsureAsync(tenantId, wrap.Wrap(tenantId, subject, RandomNumberGenerator.GetBytes(32)), cancellation); look++)
        {
            if (look == KeyRing.MostLooks)
                throw KeyRing.StaysBehind();
            await Task.Delay(KeyRing.BeforeLookingAgain, cancellation);
            wrap.LookAgain();
        }
    }

    /// <returns>Whether a subject has a key; one that was destroyed has none.</returns>
    public async Task<bool> HasKeyAsync(string tenantId, Guid subject, CancellationToken cancellation) =>
        (await store.LoadAsync(tenantId, [subject], cancellation)).Count > 0;

    /// <summary>Drops a key from memory, after it was destroyed in the store.</summary>
    public void Forget(string tenantId, Guid subject) => cache.Forget(tenantId, subject);

    /// <summary>Drops every key from memory: something may have been destroyed unheard.</summary>
    public void ForgetAll() => cache.Clear();

    /// <summary>A key was refused because it is wrapped under an epoch that is over: finds out which it is now.</summary>
    /// <exception cref="SealBrokenException">This program cannot open the ring of today.</exception>
    internal void LookAgain() => wrap.LookAgain();

    /// <summary>The keys one append seals with; for subjects that have none yet, new ones that it must store itself.</summary>
    internal async Task<AppendKeys> PrepareAsync(string tenantId, IReadOnlyCollection<Guid> subjects, CancellationToken cancellation)
    {
        var keys = subjects.ToDictionary(subject => subject, subject => cache.Find(tenantId, subject));
        var missing = subjects.Where(subject => keys[subject] is null).ToList();
        if (missing.Count == 0)
            return new AppendKeys(this, tenantId, keys!, []);

        foreach (var stored in await store.LoadAsync(tenantId, missing, cancellation))
        {
            keys[stored.SubjectId] = wrap.Unwrap(tenantId, stored);
            cache.Keep(tenantId, stored.SubjectId, keys[stored.SubjectId]!);
        }

        var added = new List<WrappedDataKey>();
        foreach (var subject in missing.Where(subject => keys[subject] is null))
        {
            var key = RandomNumberGenerator.GetBytes(32);
            keys[subject] = key;
            added.Add(wrap.Wrap(tenantId, subject, key));
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
        return new SealedToken(place.SubjectId, place.EventId, place.Member, Envelope.Seal(key, plain, PlaceOfMember(place))).ToString();
    }

    private static byte[] Open(byte[] key, string tenantId, SealedToken token)
    {
        try
        {
            return Envelope.Open(key, token.Payload, PlaceOfMember(new SealPlace(tenantId, token.SubjectId, token.EventId, token.Member)));
        }
        catch (CryptographicException altered)
        {
            throw new SealDamagedException($"The member \"{token.Member}\" of event {token.EventId}, sealed for {token.SubjectId}, was altered or moved.", altered);
        }
    }

    private byte[] KeyOf(string tenantId, Guid subject)
    {
        if (cache.Find(tenantId, subject) is { } known)
            return known;
        var stored = store.Load(tenantId, subject) ?? throw new KeyDestroyedException(tenantId, subject);
        var key = wrap.Unwrap(tenantId, stored);
        cache.Keep(tenantId, subject, key);
        return key;
    }

    private static byte[] PlaceOfMember(SealPlace place) =>
        Envelope.Framed(place.TenantId, place.SubjectId.ToString("N"), place.EventId.ToString("N"), place.Member);
}
