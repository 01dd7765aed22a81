using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Clients;

/// <summary>A code word as it is compared: somebody says it at a door or on the phone, so case, spaces and punctuation do not count.</summary>
public static class CodeWord
{
    /// <summary>A word of fewer different letters is guessed by whoever tries.</summary>
    private const int FewestDifferent = 4;

    /// <returns>Upper-case letters and digits alone.</returns>
    public static string Normalise(string said) => string.Concat(said.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>Too short, of too few letters, or one of those that everybody tries.</summary>
    internal static bool IsWeak(string said, IdentityPolicy policy)
    {
        var word = Normalise(said);
        return word.Length < policy.CodeWordLetters
            || word.Distinct().Count() < FewestDifferent
            || policy.WeakCodeWords.Any(weak => Normalise(weak) == word);
    }
}
