using System.Collections.Concurrent;
using System.Text.Json;

namespace CaseFlow.Api.Http;

/// <summary>Kebab-case names of enum values, as tokens and role lists write them (<c>agent-supervisor</c>).</summary>
public static class EnumNames
{
    private static readonly ConcurrentDictionary<Enum, string> Names = new();

    /// <returns>The kebab-case name.</returns>
    public static string Kebab(this Enum value) =>
        Names.GetOrAdd(value, one => JsonNamingPolicy.KebabCaseLower.ConvertName(one.ToString()));

    /// <summary>Every kebab-case name of an enum, in the order of declaration.</summary>
    public static IEnumerable<string> AllKebab<TEnum>()
        where TEnum : struct, Enum => Enum.GetValues<TEnum>().Select(value => value.Kebab());

    /// <returns>The value of exactly this kebab-case name, or null.</returns>
    public static TEnum? FromKebab<TEnum>(string? name)
        where TEnum : struct, Enum
    {
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (value.Kebab() == name)
                return value;
        }

        return null;
    }
}
