using System.Text.RegularExpressions;

namespace CaseFlow.Domain;

/// <summary>Ids that people read and type: kebab-case, lower-case letters and digits, at most 63 characters.</summary>
public static partial class Slug
{
    public const int MaxLength = 63;

    public static bool IsValid(string text) => text.Length is > 0 and <= MaxLength && Kebab().IsMatch(text);

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Kebab();
}
