namespace CaseFlow.Domain.Clients;

/// <summary>A client's number in another system, as it is compared: however it was typed, it is the same number.</summary>
public static class ExternalIdentifier
{
    private const int MaxLength = 64;

    /// <returns>Upper-case letters and digits without spaces and punctuation; the edge takes the fingerprint of this.</returns>
    public static string Normalise(string typed) => string.Concat(typed.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    internal static bool IsValid(string normalised) => normalised.Length is > 0 and <= MaxLength;
}
