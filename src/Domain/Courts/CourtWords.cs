using System.Globalization;
using System.Text;

namespace CaseFlow.Domain.Courts;

/// <summary>Plain words for the members of an entry.</summary>
internal static class CourtWords
{
    /// <returns>An enum member as words: <c>InPerson</c> becomes "in person".</returns>
    public static string Of<TEnum>(TEnum member)
        where TEnum : struct, Enum
    {
        var words = new StringBuilder();
        foreach (var letter in member.ToString())
        {
            if (char.IsUpper(letter) && words.Length > 0)
                words.Append(' ');
            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    public static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    public static string Dollars(long cents) => string.Create(CultureInfo.InvariantCulture, $"${cents / 100}.{cents % 100:00}");

    public static string Due(DateOnly? on) => on is { } day ? string.Create(CultureInfo.InvariantCulture, $", due {day:yyyy-MM-dd}") : "";
}
