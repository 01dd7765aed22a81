namespace CaseFlow.Domain.Agencies;

/// <summary>
/// Under which law an agency's or a programme's records are: a legal question, answered by the jurisdiction in the directory and
/// never guessed from what a record says (domain reference 2.7).
/// </summary>
/// <param name="Part2">42 CFR Part 2.</param>
/// <param name="Wi5130">Wis. Stat. 51.30.</param>
/// <param name="Hipaa">HIPAA covers the holder.</param>
/// <param name="Cji">Its records are criminal justice information.</param>
/// <param name="Juvenile">It serves juveniles.</param>
/// <param name="VictimServices">It serves victims and witnesses.</param>
public sealed record RecordStatus(
    Part2Status Part2, bool Wi5130 = false, bool Hipaa = false, bool Cji = false, bool Juvenile = false, bool VictimServices = false)
{
    /// <returns>What holds of an agency of which only its registration is known: a hospital is covered by HIPAA.</returns>
    public static RecordStatus Usual(AgencyKind kind, Part2Status part2) => new(part2, Hipaa: kind == AgencyKind.Hospital);
}
