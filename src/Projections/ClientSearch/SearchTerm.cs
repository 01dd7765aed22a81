using System.Globalization;
using CaseFlow.Domain.Clients;

namespace CaseFlow.Projections.ClientSearch;

/// <summary>One thing a client can be found by.</summary>
/// <param name="Kind">What sort of thing; values of two kinds cannot be compared.</param>
/// <param name="Value">Plain: only its keyed mark is kept.</param>
public readonly record struct SearchTerm(SearchKind Kind, string Value)
{
    /// <returns>What a client of this name is found by: the whole, each word of either part, each part written as one word, and how it sounds.</returns>
    public static IReadOnlyList<SearchTerm> OfName(string? given, string? family)
    {
        var terms = new List<SearchTerm>();
        if (given is not null && family is not null)
            terms.AddRange([.. OfWhole($"{given} {family}"), .. OfWhole($"{SearchWords.Closed(given)} {SearchWords.Closed(family)}")]);
        terms.AddRange(OfPart(given, SearchKind.GivenName, SearchKind.GivenSound));
        terms.AddRange(OfPart(family, SearchKind.FamilyName, SearchKind.FamilySound));
        return [.. terms.Where(term => term.Value.Length > 0).Distinct()];
    }

    /// <returns>What somebody of whom this is remembered may be found by: also by the names the other way round, as they are written and not by their sound.</returns>
    public static IReadOnlyList<SearchTerm> OfNameAsked(string? given, string? family)
    {
        var turned = given is null || family is null ? [] : OfName(family, given).Where(term => term.Kind is SearchKind.FullName or SearchKind.FamilyName or SearchKind.GivenName);
        return [.. OfName(given, family).Concat(turned).Distinct()];
    }

    /// <returns>A name told in one piece.</returns>
    public static IReadOnlyList<SearchTerm> OfWhole(string name) => [new(SearchKind.FullName, SearchWords.Name(name))];

    /// <returns>The whole alias, its words, all of it as one word, and their sound.</returns>
    public static IReadOnlyList<SearchTerm> OfAlias(string alias) =>
        [.. OfPart(alias, SearchKind.Alias, SearchKind.AliasSound).Where(term => term.Value.Length > 0).Distinct()];

    /// <param name="bornOn">ISO date.</param>
    public static IReadOnlyList<SearchTerm> OfBirth(string bornOn) => [new(SearchKind.BirthDate, bornOn), OfBirthYear(bornOn[..4])];

    public static SearchTerm OfBirthYear(int year) => OfBirthYear(year.ToString("0000", CultureInfo.InvariantCulture));

    /// <returns>A number as two clients are compared by it; it is looked for in the view of identifiers.</returns>
    public static SearchTerm OfNumber(IdentifierSystem system, string normalised) => new(SearchKind.Identifier, $"{system} {normalised}");

    private static SearchTerm OfBirthYear(string year) => new(SearchKind.BirthYear, year);

    private static IEnumerable<SearchTerm> OfPart(string? part, SearchKind whole, SearchKind sound)
    {
        if (part is null)
            yield break;
        yield return new(whole, SearchWords.Name(part));
        foreach (var word in SearchWords.Of(part).Append(SearchWords.Closed(part)))
        {
            yield return new(whole, word);
            yield return new(sound, SoundCode.Of(word));
        }
    }
}

/// <summary>What a client is found by; also why, in an answer.</summary>
public enum SearchKind
{
    FullName,
    FamilyName,
    GivenName,
    Alias,
    FamilySound,
    GivenSound,
    AliasSound,
    BirthDate,
    BirthYear,

    /// <summary>A number in another system; kept by the view of identifiers.</summary>
    Identifier,

    /// <summary>A word shared with the own agency; kept by the view of code words.</summary>
    CodeWord,
}

public static class SearchKinds
{
    public static IReadOnlyList<SearchKind> StrongestFirst { get; } = [.. Enum.GetValues<SearchKind>().OrderByDescending(Weight)];

    /// <returns>What a match is worth in the order of an answer; only ever compared, never shown.</returns>
    public static int Weight(this SearchKind kind) => kind switch
    {
        SearchKind.Identifier => 200,
        SearchKind.CodeWord => 190,
        SearchKind.FullName => 60,
        SearchKind.BirthDate => 40,
        SearchKind.FamilyName => 25,
        SearchKind.Alias => 20,
        SearchKind.GivenName => 15,
        SearchKind.BirthYear => 10,
        SearchKind.FamilySound => 8,
        _ => 6,
    };

    /// <summary>A year of birth alone finds nobody: too many were born in it.</summary>
    public static bool Narrows(this SearchKind kind) => kind != SearchKind.BirthYear;
}
