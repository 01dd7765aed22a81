using System.Text.Json;
using System.Text.RegularExpressions;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Api.Http;

/// <summary>
/// Finds content that its sender marks as law-enforcement-sensitive, at any depth of any body, whether the operation knows the marker or
/// not: <c>lawEnforcementSensitive: true</c>, the label <c>LE_SENSITIVE</c> as sensitivity or among labels, or the marking itself in any text, as
/// police documents carry it in capitals. What a text is about is never guessed.
/// </summary>
public static partial class SensitiveContent
{
    private static readonly string[] Markers = ["lawenforcementsensitive", "sensitivity", "labels", "label"];

    /// <returns>Whether a body has the marker.</returns>
    public static bool IsMarked(JsonElement body) => body.ValueKind switch
    {
        JsonValueKind.Object => body.EnumerateObject().Any(member => (IsMarker(member.Name) && MarksAny(member.Value)) || IsMarked(member.Value)),
        JsonValueKind.Array => body.EnumerateArray().Any(IsMarked),
        JsonValueKind.String => IsNamedIn(body.GetString()!),
        _ => false,
    };

    /// <returns>Whether a member or a column of this name may carry the marker, however it is spelled.</returns>
    public static bool IsMarker(string name) => Markers.Contains(Plain(name));

    /// <returns>Whether a value in such a place marks the content.</returns>
    public static bool Marks(string value) =>
        Plain(value) is "true" or "y" or "yes" or "1" || value.Split(',', ';', '|').Any(one => Plain(one) is "lesensitive" or "lawenforcementsensitive");

    /// <returns>Whether the marking itself stands anywhere in a text.</returns>
    public static bool IsNamedIn(string text) => Marking().IsMatch(text);

    [GeneratedRegex($@"(?i:{Labels.LawEnforcementSensitive})|\bLAW[\s_-]+ENFORCEMENT[\s_-]+SENSITIVE\b", RegexOptions.CultureInvariant)]
    private static partial Regex Marking();

    private static bool MarksAny(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.String => Marks(value.GetString()!),
        JsonValueKind.Array => value.EnumerateArray().Any(MarksAny),
        _ => false,
    };

    private static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
