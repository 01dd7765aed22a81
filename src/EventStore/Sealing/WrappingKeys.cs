using System.Security.Cryptography;

namespace CaseFlow.EventStore.Sealing;

/// <summary>The wrapping key of today, and earlier ones that are still needed until everything is wrapped by today's.</summary>
/// <param name="current">What wraps from now on.</param>
/// <param name="previous">What may have wrapped before.</param>
public sealed class WrappingKeys(IWrappingKey current, params IReadOnlyList<IWrappingKey> previous)
{
    /// <summary>What wraps from now on.</summary>
    public IWrappingKey Current => current;

    /// <summary>
    /// Marks made before their keys were stored followed from the wrapping key of that time: the oldest one here that has any.
    /// </summary>
    internal IMarkKeys? OfOldMarks => previous.Append(current).OfType<IMarkKeys>().FirstOrDefault();

    /// <summary>Whether the program itself holds the key of a name: then the name is a print of the key, and what it does not open was altered. A token or a service may refuse for many reasons.</summary>
    internal bool Holds(string keyId) => previous.Prepend(current).Any(key => key is IMarkKeys && key.KeyId == keyId);

    /// <summary>
    /// Unwraps with whichever key here wrapped it. The name that is stored says which to try first, and no more: two services may name their keys alike,
    /// one may come to be called by another name, and a name may have been made by an earlier rule.
    /// </summary>
    /// <param name="keyId">The name that is stored beside it.</param>
    /// <param name="wrapped">What is wrapped.</param>
    /// <param name="associatedData">What it is bound to.</param>
    /// <exception cref="CryptographicException">A key of that name is here, and none opens it.</exception>
    /// <exception cref="SealBrokenException">No key of that name is here and none opens it, or the one of that name cannot be used.</exception>
    public Unwrapped Unwrap(string keyId, ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> associatedData)
    {
        Exception? refused = null;
        foreach (var key in previous.Prepend(current).OrderByDescending(key => key.KeyId == keyId))
        {
            try
            {
                return new Unwrapped(key, key.Unwrap(wrapped, associatedData));
            }
            catch (Exception closed) when (closed is CryptographicException or SealBrokenException)
            {
                if (key.KeyId == keyId)
                    refused ??= closed;
            }
        }

        throw refused switch
        {
            SealBrokenException unusable => new SealBrokenException(unusable.Message, unusable),
            not null => new CryptographicException(refused.Message, refused),
            null => new SealBrokenException($"It is wrapped by {keyId}, which is neither this program's wrapping key ({current.KeyId}) nor a previous one."),
        };
    }
}

/// <param name="By">The key that opened it.</param>
/// <param name="Key">What was wrapped.</param>
public readonly record struct Unwrapped(IWrappingKey By, byte[] Key);
