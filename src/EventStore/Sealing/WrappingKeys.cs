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

    /// <returns>The key of that name.</returns>
    /// <exception cref="SealBrokenException">This program has no such key.</exception>
    public IWrappingKey Find(string keyId) => previous.Prepend(current).FirstOrDefault(key => key.KeyId == keyId)
        ?? throw new SealBrokenException($"It is wrapped by {keyId}, which is neither this program's wrapping key ({current.KeyId}) nor a previous one.");
}
