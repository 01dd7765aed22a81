using System.Text.RegularExpressions;

namespace CaseFlow.Projections.ClientSearch;

/// <summary>
/// How a name sounds in American English, so that Catherine is found as Kathryn: consonants by their sound, vowels left out but for a
/// first one. After Lawrence Philips' Metaphone, with voiced and unvoiced pairs (d and t, v and f, z and s) as one.
/// </summary>
/// <remarks>The rules are part of what is indexed: when one changes, the view is rebuilt.</remarks>
public static class SoundCode
{
    /// <summary>Longest code; what follows says little about a name.</summary>
    public const int Longest = 8;

    /// <summary>Applied one after the other.</summary>
    private static readonly (Regex Letters, string Sound)[] Rules =
    [
        Rule("^[KGP]N", "N"), Rule("^WR", "R"), Rule("^WH", "W"), Rule("^PS", "S"), Rule("^X", "S"), Rule("X", "KS"),
        Rule("^MA?C(?=[^EHIKY])", "MK"), Rule("PH", "F"), Rule("MPS", "MS"), Rule("SCHM", "SM"), Rule("SCH|TCH|SH", "X"),
        Rule("CH(?=R|T|L|OL|AE)|CK", "K"), Rule("CH|CIA|TIA|TIO", "X"), Rule("TH", "T"), Rule("C(?=[EIY])", "S"), Rule("C|Q", "K"),
        Rule("DG(?=[EIY])", "J"), Rule("GH(?=T|S|$)", ""), Rule("GN$", "N"), Rule("G(?=EO|EN|I[AL])", "J"), Rule("GH?", "K"),
        Rule("Z", "S"), Rule("V", "F"), Rule("D", "T"), Rule("MB$", "M"),
        Rule("^[AEIOU]", "A"), Rule("(?<=.)[WYH](?![AEIOU])|(?<=.)[AEIOUHWY]", ""), Rule(@"(.)\1+", "$1"),
    ];

    /// <param name="word">One word of a name, however it is written.</param>
    /// <returns>Upper-case letters; empty for a word without any letter of the Latin alphabet.</returns>
    public static string Of(string word)
    {
        var code = Rules.Aggregate(
            string.Concat(SearchWords.Name(word).Where(char.IsAsciiLetterUpper)), (letters, rule) => rule.Letters.Replace(letters, rule.Sound));
        return code.Length > Longest ? code[..Longest] : code;
    }

    private static (Regex Letters, string Sound) Rule(string letters, string sound) => (new Regex(letters, RegexOptions.CultureInvariant), sound);
}
