using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace CaseFlow.Projections.ClientSearch;

/// <summary>Names as they are compared: without case, accents, punctuation and the width of space.</summary>
/// <remarks>The accents stand here, because the program runs without the tables of a language library, and what is indexed must be the
/// same on every machine.</remarks>
public static class SearchWords
{
    private static readonly FrozenDictionary<char, string> Bare = new (string Accented, string Letter)[]
    {
        ("ÀÁÂÃÄÅĀĂĄ", "A"), ("ÇĆĈĊČ", "C"), ("ĎĐÐ", "D"), ("ÈÉÊËĒĔĖĘĚ", "E"), ("ĜĞĠĢ", "G"), ("ĤĦ", "H"), ("ÌÍÎÏĨĪĬĮİ", "I"), ("Ĵ", "J"), ("Ķ", "K"),
        ("ĹĻĽĿŁ", "L"), ("ÑŃŅŇ", "N"), ("ÒÓÔÕÖØŌŎŐ", "O"), ("ŔŖŘ", "R"), ("ŚŜŞŠȘ", "S"), ("ŢŤŦȚ", "T"), ("ÙÚÛÜŨŪŬŮŰŲ", "U"), ("Ŵ", "W"), ("ÝŶŸ", "Y"),
        ("ŹŻŽ", "Z"), ("Æ", "AE"), ("Œ", "OE"), ("ß", "SS"), ("Þ", "TH"),
    }.SelectMany(row => row.Accented.Select(letter => KeyValuePair.Create(letter, row.Letter))).ToFrozenDictionary();

    /// <returns>Upper-case letters and digits, words apart by one space: José García-López is JOSE GARCIA LOPEZ.</returns>
    public static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            var upper = char.ToUpperInvariant(letter);
            if (Bare.TryGetValue(upper, out var bare))
                plain.Append(bare);
            else if (char.IsLetterOrDigit(letter))
                plain.Append(upper);
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && letter is not ('\'' or '’' or '.'))
                plain.Append(' ');
        }

        return string.Join(' ', Words(plain.ToString()));
    }

    /// <returns>The words of a name, each once.</returns>
    public static IReadOnlyList<string> Of(string name) => [.. Words(Plain(name)).Distinct(StringComparer.Ordinal)];

    private static string[] Words(string plain) => plain.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
