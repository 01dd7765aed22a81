using System.Security.Cryptography;

namespace CaseFlow.EventStore.Sealing;

/// <summary>How data keys are wrapped for the database.</summary>
internal interface IDataKeyWrap
{
    /// <exception cref="KeyDestroyedException">The subject's key was destroyed: it gets no other.</exception>
    WrappedDataKey Wrap(string tenantId, Guid subject, byte[] key);

    /// <exception cref="KeyDestroyedException">The subject's key was destroyed.</exception>
    /// <exception cref="SealDamagedException">Altered: what wrapped it is here.</exception>
    /// <exception cref="KeysUnreadableException">Wrapped by something that is not here.</exception>
    byte[] Unwrap(string tenantId, WrappedDataKey stored);

    /// <summary>Something it was wrapped under is over: finds out under what today.</summary>
    void LookAgain();
}

/// <summary>By the wrapping key alone, which forgets nobody: for the store in memory, and for keys made before there was a ring.</summary>
internal sealed class DirectWrap(WrappingKeys keys) : IDataKeyWrap
{
    public WrappedDataKey Wrap(string tenantId, Guid subject, byte[] key) =>
        new(subject, keys.Current.Wrap(key, KeyRing.PlaceOfKey(tenantId, subject)), keys.Current.KeyId);

    public byte[] Unwrap(string tenantId, WrappedDataKey stored)
    {
        try
        {
            return keys.Unwrap(stored.WrappingKeyId, stored.Wrapped, KeyRing.PlaceOfKey(tenantId, stored.SubjectId)).Key;
        }
        catch (CryptographicException altered) when (keys.Holds(stored.WrappingKeyId))
        {
            throw Altered(stored, altered);
        }
        catch (Exception closed) when (closed is CryptographicException or SealBrokenException)
        {
            throw new KeysUnreadableException("The subject's key does not unwrap.", closed);
        }
    }

    public void LookAgain()
    {
        // A wrapping key has no epochs.
    }

    internal static SealDamagedException Altered(WrappedDataKey stored, CryptographicException altered) =>
        new($"The row of the key of {stored.SubjectId} was altered or moved.", altered);
}

/// <summary>Under the ring's epoch; keys from before the ring are read as they were wrapped.</summary>
internal sealed class RingWrap(KeyHome home) : IDataKeyWrap
{
    private readonly DirectWrap before = new(home.Wrapping);

    public WrappedDataKey Wrap(string tenantId, Guid subject, byte[] key) => home.Ring.Wrap(tenantId, subject, key);

    public void LookAgain() => home.Ring.Reload();

    public byte[] Unwrap(string tenantId, WrappedDataKey stored)
    {
        if (!KeyRing.IsRingName(stored.WrappingKeyId))
        {
            return home.Ring.IsDestroyed(tenantId, stored.SubjectId)
                ? throw new KeyDestroyedException(tenantId, stored.SubjectId)
                : before.Unwrap(tenantId, stored);
        }

        try
        {
            return home.Ring.Unwrap(tenantId, stored);
        }
        catch (CryptographicException altered)
        {
            // The epoch that its name says is here, and its secret follows from the subject.
            throw DirectWrap.Altered(stored, altered);
        }
    }
}
