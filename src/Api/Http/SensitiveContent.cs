using System.Text.Json;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Api.Http;

/// <summary>
/// Finds content that its sender marks as law-enforcement-sensitive, at any depth of any body, whether the operation knows the marker or
/// not: <c>lawEnforcementSensitive: true</c>, or the label <c>LE_SENSITIVE</c> as sensitivity or among labels.
/// </summary>
public static class SensitiveContent
{
    private static readonly string[] Markers = ["lawenforcementsensitive", "sensitivity", "labels", "label"];

    /// <returns>Whether a body has the marker.</returns>
    public static bool IsMarked(JsonElement body) => body.ValueKind switch
    {
        JsonValueKind.Object => body.EnumerateObject().Any(member => (IsMarker(member.Name) && MarksAny(member.Value)) || IsMarked(member.Value)),
        JsonValueKind.Array => body.EnumerateArray().Any(IsMarked),
        _ => false,
    };

    /// <returns>Whether a member or a column of this name may carry the marker, however it is spelled.</returns>
    public static bool IsMarker(string name) => Markers.Contains(Plain(name));

    /// <returns>Whether a value in such a place marks the content.</returns>
    public static bool Marks(string value) =>
        Plain(value) is "true" or "y" or "yes" or "1" || value.Split(',', ';', '|').Any(one => Plain(one) is "lesensitive" or "lawenforcementsensitive");

    /// <returns>Whether the label itself stands anywhere in a text.</returns>
    public static bool IsNamedIn(string text) => text.Contains(Labels.LawEnforcementSensitive, StringComparison.OrdinalIgnoreCase);

    private static bool MarksAny(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.String => Marks(value.GetString()!),
        JsonValueKind.Array => value.EnumerateArray().Any(MarksAny),
        _ => false,
    };

    private static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
