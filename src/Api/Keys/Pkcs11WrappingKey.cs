using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CaseFlow.EventStore.Sealing;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CaseFlow.Api.Keys;

/// <summary>
/// A wrapping key in a PKCS#11 token: an AES key that never leaves it, used with AES-GCM. Stored as
/// <c>nonce|ciphertext|tag</c>.
/// </summary>
/// <remarks>A session for each use: the ring and the keys of marks are wrapped seldom, and a token that was reset is met anew.</remarks>
public sealed class Pkcs11WrappingKey : IWrappingKey, IDisposable
{
    private const int NonceSize = 12;
    private const int TagBits = 128;
    private static readonly Pkcs11InteropFactories Factories = MakeFactories();
    private readonly Lock gate = new();
    private readonly IPkcs11Library library;
    private readonly string token;
    private readonly string label;
    private readonly string pin;
    private readonly string serial;

    /// <param name="library">The module's library.</param>
    /// <param name="token">Label of the token; of several that are labelled alike, the label, a full stop and the serial number of one.</param>
    /// <param name="key">Label of the AES key.</param>
    /// <param name="pin">The user's PIN.</param>
    /// <exception cref="InvalidOperationException">No such library, token or key, or not this PIN.</exception>
    public Pkcs11WrappingKey(string library, string token, string key, string pin)
    {
        (this.token, label, this.pin) = (token, key, pin);
        try
        {
            this.library = Load(library);
        }
        catch (UnmanagedException missing)
        {
            throw new InvalidOperationException($"The PKCS#11 library {library} cannot be loaded.", missing);
        }

        try
        {
            serial = Tokens() is [var first, ..] ? SerialOf(first) : throw NotThere();
            WithKey((_, _) => []);
            // The serial number tells a token from the one that takes its place under the same label.
            KeyId = $"pkcs11:{LabelOf(Tokens()[0])}.{serial}/{key}";
        }
        catch (Exception unusable) when (unusable is SealBrokenException or CryptographicException)
        {
            this.library.Dispose();
            throw new InvalidOperationException(unusable.Message, unusable);
        }
    }

    /// <inheritdoc />
    public string KeyId { get; }

    /// <inheritdoc />
    public byte[] Wrap(ReadOnlySpan<byte> dataKey, ReadOnlySpan<byte> associatedData)
    {
        var (plain, place, nonce) = (dataKey.ToArray(), associatedData.ToArray(), RandomNumberGenerator.GetBytes(NonceSize));
        return [.. nonce, .. WithKey((session, handle) => session.Encrypt(Mechanism(nonce, place), handle, plain))];
    }

    /// <inheritdoc />
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> associatedData)
    {
        if (wrapped.Length < NonceSize + (TagBits / 8))
            throw new CryptographicException("Too short for a wrapped key.");
        var (nonce, sealedPart, place) = (wrapped[..NonceSize].ToArray(), wrapped[NonceSize..].ToArray(), associatedData.ToArray());
        return WithKey((session, handle) => session.Decrypt(Mechanism(nonce, place), handle, sealedPart), onAnyToken: true);
    }

    public void Dispose() => library.Dispose();

    /// <summary>
    /// The token that was there at the start, also if others of its label came since: what it wraps says so by name. A token that was replaced may be there
    /// beside the one in its place: what it wrapped, it unwraps.
    /// </summary>
    private byte[] WithKey(Func<Net.Pkcs11Interop.HighLevelAPI.ISession, IObjectHandle, byte[]> use, bool onAnyToken = false)
    {
        lock (gate)
        {
            var all = Tokens();
            var tokens = onAnyToken ? all : all.FindAll(slot => SerialOf(slot) == serial);
            if (tokens.Count == 0)
                throw NotThere();
            for (var n = 0; ; n++)
            {
                try
                {
                    return WithKey(tokens[n], use);
                }
                catch (Exception closed) when ((closed is CryptographicException or SealBrokenException) && onAnyToken && n + 1 < tokens.Count)
                {
                    // The next one may have wrapped it.
                }
            }
        }
    }

    private byte[] WithKey(ISlot slot, Func<Net.Pkcs11Interop.HighLevelAPI.ISession, IObjectHandle, byte[]> use)
    {
        try
        {
            using var session = slot.OpenSession(SessionType.ReadOnly);
            session.Login(CKU.CKU_USER, pin);
            var found = session.FindAllObjects(
            [
                session.Factories.ObjectAttributeFactory.Create(CKA.CKA_CLASS, CKO.CKO_SECRET_KEY),
                session.Factories.ObjectAttributeFactory.Create(CKA.CKA_LABEL, label),
            ]);
            return found is [var handle, ..]
                ? use(session, handle)
                : throw new SealBrokenException($"The PKCS#11 token \"{token}\" has no key \"{label}\".");
        }
        catch (Pkcs11Exception refused)
        {
            throw new CryptographicException($"The PKCS#11 token \"{token}\" refused: {refused.RV}.", refused);
        }
    }

    private List<ISlot> Tokens() =>
    [
        .. library.GetSlotList(SlotsType.WithTokenPresent)
            .Where(slot => LabelOf(slot) == token || $"{LabelOf(slot)}.{SerialOf(slot)}" == token)
            .OrderByDescending(slot => SerialOf(slot) == serial),
    ];

    private SealBrokenException NotThere() => new($"There is no PKCS#11 token \"{token}\".");

    private static string LabelOf(ISlot slot) => slot.GetTokenInfo().Label.TrimEnd();

    private static string SerialOf(ISlot slot) => slot.GetTokenInfo().SerialNumber.Trim();

    /// <summary>Loads a module's library.</summary>
    public static IPkcs11Library Load(string library) => Factories.Pkcs11LibraryFactory.LoadPkcs11Library(Factories, library, AppType.MultiThreaded);

    /// <summary>The package asks for <c>libdl</c> by the name that only development packages give it.</summary>
    private static Pkcs11InteropFactories MakeFactories()
    {
        NativeLibrary.SetDllImportResolver(typeof(Pkcs11InteropFactories).Assembly, (name, _, _) =>
            name == "libdl" && NativeLibrary.TryLoad("libdl.so.2", out var found) ? found : IntPtr.Zero);
        return new Pkcs11InteropFactories();
    }

    private static IMechanism Mechanism(byte[] nonce, byte[] place) => Factories.MechanismFactory.Create(
        CKM.CKM_AES_GCM, Factories.MechanismParamsFactory.CreateCkGcmParams(nonce, NonceSize * 8, place, TagBits));
}
