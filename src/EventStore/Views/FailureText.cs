using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>
/// What is kept and shown of an error. A message counts only if this program wrote it: what a database or the runtime says
/// quotes values, and they may be somebody's.
/// </summary>
internal static class FailureText
{
    private const int Longest = 500;

    public static string Of(Exception error) => Storable(Told(error));

    private static string Told(Exception error) => error switch
    {
        PostgresException refused =>
            string.Join(' ', new[] { refused.SqlState, refused.TableName, refused.ColumnName, refused.ConstraintName }.Where(part => part is not null)),
        UnreadableEventException { InnerException: { } inner } unreadable =>
            $"Event {unreadable.Version} of stream {unreadable.StreamId} is stored as \"{unreadable.StoredName}\" and cannot be read: {Told(inner)}",
        JsonException misfit => $"{nameof(JsonException)} at {MemberOf(misfit.Path)}",
        _ when IsOurs(error.GetType()) => error.Message,
        _ => Frames(error) is [var thrower, ..] frames && !IsOurs(thrower)
            ? $"{error.GetType().Name} in {frames.FirstOrDefault(IsOurs)?.FullName ?? thrower.FullName}"
            : error.Message,
    };

    /// <summary>The event's own member; what is below it may be the key of a dictionary.</summary>
    private static string MemberOf(string? path)
    {
        if (path?.StartsWith("$.", StringComparison.Ordinal) != true)
            return "$";
        var end = path.IndexOfAny(['.', '['], 2);
        return end < 0 ? path : path[..end];
    }

    private static List<Type> Frames(Exception error) =>
        [.. new StackTrace(error).GetFrames().Select(frame => frame.GetMethod()?.DeclaringType).OfType<Type>().Select(Named)];

    /// <summary>The type that somebody wrote, not what the compiler made for a method in it.</summary>
    private static Type Named(Type type) => type is { DeclaringType: { } outer } && type.Name.Contains('<', StringComparison.Ordinal) ? Named(outer) : type;

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("CaseFlow.", StringComparison.Ordinal) == true;

    /// <summary>Without what PostgreSQL's text cannot hold: NUL, and half a character at the cut.</summary>
    private static string Storable(string told)
    {
        var kept = new StringBuilder();
        foreach (var rune in told.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > Longest)
                break;
            if (rune.Value != 0)
                kept.Append(rune);
        }

        return kept.ToString();
    }
}
