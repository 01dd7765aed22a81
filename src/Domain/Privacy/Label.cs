using System.Collections.Frozen;

namespace CaseFlow.Domain.Privacy;

/// <summary>
/// What law a record is under, by where it comes from and never by what it is about (domain reference 0.3–0.7, 2.7). Each label only
/// takes away: a record with one more is never shown to anybody more.
/// </summary>
public enum Label
{
    /// <summary>From a programme under 42 CFR Part 2 (2.11–2.12): substance-use treatment or referral for it.</summary>
    Part2,

    /// <summary>A Wisconsin treatment record, Wis. Stat. 51.30.</summary>
    Wi5130,

    /// <summary>Held by an entity that HIPAA covers, 45 CFR 160.103.</summary>
    Hipaa,

    /// <summary>Criminal justice information, for justice staff alone (CJIS Security Policy).</summary>
    Cji,

    /// <summary>A juvenile's record, Wis. Stat. 48.396 and 938.396.</summary>
    Juvenile,

    /// <summary>From victim services: about somebody whom the client may have harmed, so the client's consent opens nothing.</summary>
    Victim,

    /// <summary>In the court's open file, for judicial action [S:wi-recordkeeping-2011].</summary>
    CourtOpen,

    /// <summary>In the court's confidential file: treatment and medical information [S:wi-recordkeeping-2011].</summary>
    CourtConfidential,

    /// <summary>A peer worker's own note, for supervision of the work alone.</summary>
    WorkerPrivate,
}

/// <summary>Labels as the codes in which they are stored with an event's circumstances.</summary>
public static class Labels
{
    /// <summary>Refused at the door and never stored: intelligence belongs to investigators, not into a client's record [Seed 3].</summary>
    public const string LawEnforcementSensitive = "LE_SENSITIVE";

    private static readonly FrozenDictionary<Label, string> Codes = new Dictionary<Label, string>
    {
        [Label.Part2] = "PART2",
        [Label.Wi5130] = "WI_51_30",
        [Label.Hipaa] = "HIPAA",
        [Label.Cji] = "CJI",
        [Label.Juvenile] = "JUVENILE",
        [Label.Victim] = "VICTIM",
        [Label.CourtOpen] = "COURT_OPEN",
        [Label.CourtConfidential] = "COURT_CONFIDENTIAL",
        [Label.WorkerPrivate] = "WORKER_PRIVATE",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Label> ByCode =
        Codes.ToFrozenDictionary(entry => entry.Value, entry => entry.Key, StringComparer.Ordinal);

    /// <returns>The stored code.</returns>
    public static string Code(this Label label) => Codes[label];

    /// <returns>The label of a code, or null when there is none.</returns>
    public static Label? Find(string code) => ByCode.TryGetValue(code, out var label) ? label : null;

    /// <returns>The codes of labels, each once, always in the same order.</returns>
    public static IReadOnlyList<string> ToCodes(this IEnumerable<Label> labels) => [.. labels.Distinct().Order().Select(Code)];

    /// <returns>The labels of stored codes.</returns>
    /// <exception cref="ArgumentException">A code is none: what nobody can read, nobody may see.</exception>
    public static IReadOnlyList<Label> Of(IEnumerable<string> codes) =>
        [.. codes.Select(code => Find(code) ?? throw new ArgumentException($"\"{code}\" is no label.", nameof(codes)))];
}
