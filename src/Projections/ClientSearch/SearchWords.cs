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

    /// <summary>A code word keeps these accents: the marks of those that are known stand in the log as they were made.</summary>
    private static readonly FrozenDictionary<char, string> BareInNames = Bare.Concat(new (string Accented, string Letter)[]
    {
        ("ẠẢẤẦẨẪẬẮẰẲẴẶ", "A"), ("ẸẺẼẾỀỂỄỆ", "E"), ("ỈỊ", "I"), ("ỌỎỐỒỔỖỘỚỜỞỠỢƠ", "O"), ("ỤỦỨỪỬỮỰƯ", "U"), ("ỲỴỶỸ", "Y"),
    }.SelectMany(row => row.Accented.Select(letter => KeyValuePair.Create(letter, row.Letter)))).ToFrozenDictionary();

    /// <returns>Upper-case letters and digits, words apart by one space: José García-López is JOSE GARCIA LOPEZ.</returns>
    public static string Plain(string text) => Plain(text, Bare);

    /// <returns>The same of a name, without the accents of Vietnamese too.</returns>
    public static string Name(string name) => Plain(name, BareInNames);

    /// <returns>A name without any space: how van der Berg, O Brien and Mary Ann are written by others.</returns>
    public static string Closed(string name) => Name(name).Replace(" ", "", StringComparison.Ordinal);

    /// <returns>The words of a name, each once.</returns>
    public static IReadOnlyList<string> Of(string name) => [.. Words(Name(name)).Distinct(StringComparer.Ordinal)];

    private static string Plain(string name, FrozenDictionary<char, string> bareLetters)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            var upper = char.ToUpperInvariant(letter);
            if (bareLetters.TryGetValue(upper, out var bare))
                plain.Append(bare);
            else if (char.IsLetterOrDigit(letter))
                plain.Append(upper);
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && letter is not ('\'' or '’' or '.'))
                plain.Append(' ');
        }

        return string.Join(' ', Words(plain.ToString()));
    }

    private static string[] Words(string plain) => plain.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
