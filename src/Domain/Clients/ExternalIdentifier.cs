namespace CaseFlow.Domain.Clients;

/// <summary>A client's number in another system, as it is compared: however it was typed, it is the same number.</summary>
public static class ExternalIdentifier
{
    private const int MaxLength = 64;

    /// <returns>Upper-case letters and digits without spaces and punctuation; the edge takes the fingerprint of this.</returns>
    public static string Normalise(string typed) => string.Concat(typed.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>Whether two clients may never have the same one: a court case can have several defendants.</summary>
    public static bool NamesOnePerson(IdentifierSystem system) =>
        system is IdentifierSystem.Doc or IdentifierSystem.Core or IdentifierSystem.Hmis;

    internal static bool IsValid(string normalised) => normalised.Length is > 0 and <= MaxLength;
}
