using System.Text;

namespace CaseFlow.Domain;

/// <summary>Names of the code as people read them.</summary>
public static class PlainNames
{
    /// <returns>An enum member as words: <c>HomeVisit</c> becomes "home visit".</returns>
    public static string Words<TEnum>(TEnum member)
        where TEnum : struct, Enum => Parted(member.ToString(), ' ');

    /// <returns>The words that a code is made of: <c>missed-test</c>, <c>drug_test_missed</c> and <c>inPerson</c> as people say them.</returns>
    public static string OfCode(string code) => Parted(code, ' ').Replace('-', ' ').Replace('_', ' ').Trim();

    /// <returns>A name of capitalised words in small letters, with a mark between the words.</returns>
    internal static string Parted(string name, char mark)
    {
        var parted = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && parted.Length > 0)
                parted.Append(mark);
            parted.Append(char.ToLowerInvariant(letter));
        }

        return parted.ToString();
    }
}
