namespace CaseFlow.Domain.Clients;

/// <summary>The code that stands for a client where no name may be: it follows from the id and says nothing about the person.</summary>
public static class ClientCode
{
    private const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <returns><c>C-</c> and eight Crockford base-32 characters, which leave out I, L, O and U.</returns>
    public static string Of(Guid clientId)
    {
        // Forty bits of a hash: the id itself tells when the client was registered.
        var hash = NamedId.Of(clientId, "client-code").ToByteArray(bigEndian: true);
        var bits = hash.Take(5).Aggregate(0L, (sum, part) => (sum << 8) | part);
        return "C-" + string.Concat(Enumerable.Range(0, 8).Select(place => Crockford[(int)(bits >> (35 - (5 * place))) & 31]));
    }
}
