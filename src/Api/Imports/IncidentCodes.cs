using System.Collections.Frozen;

namespace CaseFlow.Api.Imports;

/// <summary>What the source's words mean here. A word in no list is never guessed at.</summary>
internal static class IncidentCodes
{
    public static readonly FrozenDictionary<string, string> Genders = Same("Male", "Female");

    public static readonly FrozenDictionary<string, string> Races =
        Same("White", "Black", "Asian or Pacific Islander", "American Indian or Alaskan Native");

    public static readonly FrozenDictionary<string, string> Ethnicities = Same("Hispanic", "Not Hispanic");

    public static readonly FrozenDictionary<string, string> AgeRanges = Words(
        ("0 - 9", "0-9"), ("10 - 14", "10-14"), ("15 - 19", "15-19"), ("20 - 24", "20-24"), ("25 - 29", "25-29"), ("30 - 39", "30-39"),
        ("40 - 49", "40-49"), ("50 - 59", "50-59"), ("60 - 69", "60-69"), ("70 - 79", "70-79"), ("80 - *", "80+"));

    /// <summary>To the codes of <see cref="Domain.Overdoses.Substances"/>.</summary>
    public static readonly FrozenDictionary<string, string> Drugs = Words(
        ("alcohol", "alcohol"), ("barbiturates", "barbiturates"), ("bath-salts", "bath-salts"), ("benzodiazepines", "benzodiazepines"),
        ("carfentanil", "carfentanil"), ("cocaine/crack", "cocaine"), ("fentanyl", "fentanyl"),
        ("fentanyl-analog/other-synthetic-opioid", "fentanyl-analogue"), ("heroin", "heroin"), ("marijuana", "marijuana"),
        ("methadone", "methadone"), ("methamphetamine", "methamphetamine"), ("other", "other"),
        ("pharmaceutical-opioid", "pharmaceutical-opioid"), ("pharmaceutical-other", "pharmaceutical-other"),
        ("pharmaceutical-stimulant", "pharmaceutical-stimulant"), ("suboxone", "suboxone"), ("synthetic-marijuana", "synthetic-marijuana"));

    /// <summary>Times to respond: naloxone worked, which only a given dose can.</summary>
    public static readonly FrozenSet<string> ResponsesToNaloxone =
        new[] { "<1 MINUTE", "1-3 MINUTES", "3-5 MINUTES", ">5 MINUTES" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Unknowns =
        new[] { "", "NA", "N/A", "NULL", "Unknown", "DON'T KNOW" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <returns>Whether the source says that it does not know.</returns>
    public static bool IsUnknown(string value) => Unknowns.Contains(value);

    private static FrozenDictionary<string, string> Same(params IEnumerable<string> words) =>
        Words(words.Select(word => (word, word)));

    private static FrozenDictionary<string, string> Words(params IEnumerable<(string Theirs, string Ours)> words) =>
        words.ToFrozenDictionary(word => word.Theirs, word => word.Ours, StringComparer.OrdinalIgnoreCase);
}
