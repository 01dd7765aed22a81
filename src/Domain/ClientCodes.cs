namespace CaseFlow.Domain;

/// <summary>
/// The anonymous code that stands for a client where no name may be shown, for example <c>C-7QX0-M2KD</c>. Derived from the
/// client's id alone: it says nothing about the person and never changes.
/// </summary>
public static class ClientCodes
{
    /// <summary>Crockford's base 32: no letter is mistaken for a digit.</summary>
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string Of(Guid clientId)
    {
        Span<byte> bytes = stackalloc byte[16];
        NamedId.Of(clientId, "code").TryWriteBytes(bytes, bigEndian: true, out _);
        Span<char> code = stackalloc char[11];
        "C-".CopyTo(code);
        for (var n = 0; n < 8; n++)
            code[n < 4 ? n + 2 : n + 3] = Alphabet[bytes[8 + n] & 31];
        code[6] = '-';
        return new string(code);
    }
}
