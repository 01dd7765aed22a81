using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;

namespace CaseFlow.EventStore.Sealing;

/// <summary>What a key ring holds, and its form as a file: the epochs' secrets under a key of this file, wrapped by the wrapping key.</summary>
/// <param name="Id">Which ring.</param>
/// <param name="Epoch">Under which data keys are wrapped now.</param>
/// <param name="Epochs">The secrets of this epoch and of earlier ones that are not forgotten.</param>
/// <param name="WrappingKeyId">What wraps the file: the name of the key that opens it, whatever name stands in the file.</param>
internal sealed record KeyRingContent(Guid Id, int Epoch, ImmutableSortedDictionary<int, PuncturableKey> Epochs, string WrappingKeyId)
{
    private const string Format = "caseflow-key-ring/1";

    public static KeyRingContent Create(string wrappingKeyId) => new(
        Guid.NewGuid(), 1, ImmutableSortedDictionary<int, PuncturableKey>.Empty.Add(1, PuncturableKey.Create()), wrappingKeyId);

    public KeyRingContent WithNewEpoch() => this with { Epoch = Epoch + 1, Epochs = Epochs.Add(Epoch + 1, PuncturableKey.Create()) };

    /// <summary>Drops the epochs before one; today's stays in every case.</summary>
    public KeyRingContent WithoutEpochsBefore(int first) =>
        this with { Epochs = Epochs.RemoveRange(Epochs.Keys.Where(epoch => epoch < Math.Min(first, Epoch))) };

    /// <summary>Takes subjects out of every epoch.</summary>
    public KeyRingContent Without(IReadOnlyCollection<(string TenantId, Guid Subject)> gone) => this with
    {
        Epochs = Epochs.ToImmutableSortedDictionary(
            epoch => epoch.Key, epoch => gone.Aggregate(epoch.Value, (secret, one) => secret.Without(one.TenantId, one.Subject))),
    };

    public bool Has(string tenantId, Guid subject) => Epochs.Values.Any(secret => secret.LeafOf(tenantId, subject) is not null);

    /// <summary>The file's text, under the wrapping key of today.</summary>
    public string Write(IWrappingKey wrappingKey)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        return JsonSerializer.Serialize(new Stored(
            Format,
            Id,
            Epoch,
            wrappingKey.KeyId,
            wrappingKey.Wrap(key, PlaceOfKey(Id)),
            Epochs.ToDictionary(epoch => epoch.Key, epoch => Envelope.Seal(key, epoch.Value.ToBytes(), PlaceOf(Id, epoch.Key)))));
    }

    /// <exception cref="SealBrokenException">No ring, altered, or wrapped by a key that is not here.</exception>
    public static KeyRingContent Read(string text, WrappingKeys keys)
    {
        try
        {
            var stored = JsonSerializer.Deserialize<Stored>(text);
            if (stored is not { Format: Format })
                throw new SealBrokenException("The file holds no key ring.");
            var (by, key) = keys.Unwrap(stored.WrappingKeyId, stored.WrappedKey, PlaceOfKey(stored.Id));
            return new KeyRingContent(
                stored.Id,
                stored.Epoch,
                stored.Epochs.ToImmutableSortedDictionary(
                    epoch => epoch.Key, epoch => PuncturableKey.FromBytes(Envelope.Open(key, epoch.Value, PlaceOf(stored.Id, epoch.Key)))),
                by.KeyId);
        }
        catch (Exception broken) when (broken is JsonException or CryptographicException)
        {
            throw new SealBrokenException("The key ring does not open: it was altered, or is not this program's.", broken);
        }
    }

    private static byte[] PlaceOfKey(Guid ring) => Envelope.Framed("key-ring", ring.ToString("N"));

    private static byte[] PlaceOf(Guid ring, int epoch) =>
        Envelope.Framed("key-ring", ring.ToString("N"), epoch.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private sealed record Stored(string Format, Guid Id, int Epoch, string WrappingKeyId, byte[] WrappedKey, Dictionary<int, byte[]> Epochs);
}
