using System.Collections.Frozen;

namespace CaseFlow.Domain.Overdoses;

/// <summary>Codes for reported substances. "Unknown" is no code: an empty list says it.</summary>
public static class Substances
{
    public static IReadOnlySet<string> Codes { get; } = new[]
    {
        "alcohol", "barbiturates", "bath-salts", "benzodiazepines", "carfentanil", "cocaine", "fentanyl", "fentanyl-analogue",
        "heroin", "marijuana", "methadone", "methamphetamine", "nitazene", "other", "pharmaceutical-opioid",
        "pharmaceutical-other", "pharmaceutical-stimulant", "suboxone", "synthetic-marijuana", "xylazine",
    }.ToFrozenSet(StringComparer.Ordinal);
}
