using System.Globalization;
using CaseFlow.Domain;
using CaseFlow.Projections;

namespace CaseFlow.Api.Http;

/// <summary>Reads query parameters as strictly as bodies are read: given once, with an offset, exactly the word.</summary>
public sealed class QueryReader(HttpRequest request)
{
    /// <returns>The value, or null when it was not given.</returns>
    /// <exception cref="UnreadableRequestException">It was given twice, or holds the NUL character, which no table takes.</exception>
    public string? Text(string name) => All(name) switch
    {
        [] => null,
        [var one] => one,
        _ => throw Bad(name, "Give it once."),
    };

    /// <returns>A time with its offset, UTC.</returns>
    /// <exception cref="UnreadableRequestException">It is none.</exception>
    public DateTimeOffset? Time(string name) => Text(name) switch
    {
        null => null,
        // An unescaped plus arrives as a space, which no time has.
        var text when TimeWithOffset.TryParse(text.Replace(' ', '+'), out var time) => time,
        _ => throw Bad(name, TimeWithOffset.Expected),
    };

    /// <returns>A calendar day.</returns>
    /// <exception cref="UnreadableRequestException">It is none.</exception>
    public DateOnly? Day(string name) => Text(name) switch
    {
        null => null,
        var text when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
        _ => throw Bad(name, "A day, for example 2026-03-01."),
    };

    /// <returns>A whole number from 0.</returns>
    /// <exception cref="UnreadableRequestException">It is none.</exception>
    public long? Number(string name) => Text(name) switch
    {
        null => null,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Bad(name, "A whole number from 0."),
    };

    /// <exception cref="UnreadableRequestException">Neither true nor false.</exception>
    public bool Flag(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw Bad(name, "true or false."),
    };

    /// <exception cref="UnreadableRequestException">No id.</exception>
    public Guid? Id(string name) => Text(name) switch
    {
        null => null,
        var text when Guid.TryParseExact(text, "D", out var id) => id,
        _ => throw Bad(name, "An id, for example 019a0000-0000-7000-8000-000000000000."),
    };

    /// <summary>The id of an agency, an office or a person on the staff.</summary>
    /// <exception cref="UnreadableRequestException">No such id.</exception>
    public string? SlugId(string name) => Text(name) switch
    {
        null => null,
        var text when Slug.IsValid(text) => text,
        _ => throw Bad(name, "Lower-case letters, digits and single hyphens between them."),
    };

    /// <exception cref="UnreadableRequestException">None of the words.</exception>
    public TEnum? Word<TEnum>(string name)
        where TEnum : struct, Enum => Text(name) is { } text ? WordOf<TEnum>(name, text) : null;

    /// <summary>Every word given under a name, each once.</summary>
    /// <exception cref="UnreadableRequestException">One of them is none of the words.</exception>
    public IReadOnlyList<TEnum> Words<TEnum>(string name)
        where TEnum : struct, Enum => [.. All(name).Select(text => WordOf<TEnum>(name, text)).Distinct()];

    /// <summary>Every value given under a name.</summary>
    /// <exception cref="UnreadableRequestException">One holds the NUL character, which no table takes.</exception>
    public IReadOnlyList<string> All(string name) =>
        [.. request.Query[name].OfType<string>().Select(text => text.Contains('\0', StringComparison.Ordinal) ? throw Bad(name, "Text without the NUL character.") : text)];

    /// <returns>What answers a parameter of the wrong form.</returns>
    public static UnreadableRequestException Bad(string name, string expected) =>
        new(new Problem(ProblemCatalogue.BadParameter, $"{name}: {expected}", name));

    private static TEnum WordOf<TEnum>(string name, string text)
        where TEnum : struct, Enum
    {
        foreach (var member in Enum.GetValues<TEnum>())
        {
            if (ViewText.Of(member) == text)
                return member;
        }

        throw Bad(name, $"One of {string.Join(", ", ViewWords<TEnum>())}.");
    }

    /// <summary>Every word of an enum, as queries and JSON spell it.</summary>
    public static IReadOnlyList<string> ViewWords<TEnum>()
        where TEnum : struct, Enum => [.. Enum.GetValues<TEnum>().Select(ViewText.Of)];
}
