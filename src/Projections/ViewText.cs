using System.Text.Json;

namespace CaseFlow.Projections;

/// <summary>Enum members as views, JSON and query strings spell them: camelCase.</summary>
public static class ViewText
{
    public static string Of<TEnum>(TEnum member)
        where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(member.ToString());
}
