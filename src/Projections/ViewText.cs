using System.Text.Json;

namespace CaseFlow.Projections;

/// <summary>Enum members as views, JSON and query strings spell them: camelCase.</summary>
public static class ViewText
{
    public static string Of<TEnum>(TEnum member)
        where TEnum : struct, Enum => Spelt<TEnum>.Texts.GetValueOrDefault(member) ?? Convert(member);

    /// <returns>The member of a spelling that a view wrote.</returns>
    /// <exception cref="KeyNotFoundException">No member is spelt so.</exception>
    public static TEnum To<TEnum>(string text)
        where TEnum : struct, Enum => Spelt<TEnum>.Members[text];

    private static string Convert<TEnum>(TEnum member)
        where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(member.ToString());

    /// <summary>Spelt once: measures compare words by the hundred.</summary>
    private static class Spelt<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly Dictionary<TEnum, string> Texts = Enum.GetValues<TEnum>().Distinct().ToDictionary(member => member, Convert);
        public static readonly Dictionary<string, TEnum> Members = Enum.GetValues<TEnum>().ToDictionary(Of, StringComparer.Ordinal);
    }
}
