using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Api.Imports;

/// <summary>
/// From a row to the command that a person would give for it, by the rules of <c>docs/imports.md</c>: unknown stays unknown,
/// nothing is guessed, and a row that contradicts itself is rejected, because a recorded fact never changes while a line
/// corrected at its source comes in with the next run.
/// </summary>
public static partial class IncidentRules
{
    /// <returns>Incident and victim number, <c>9670/7600</c>; null when the line has not its columns, or either is no number.</returns>
    public static string? IdentityOf(IncidentRow row) =>
        row.Values.Count == IncidentColumns.All.Count && Number().IsMatch(row.IncidentId) && Number().IsMatch(row.VictimId) ? $"{row.IncidentId}/{row.VictimId}" : null;

    /// <summary>The report of one row, or why there is none; the first broken rule is the one told.</summary>
    public static IncidentReading Read(IncidentRow row, ImportTerms terms)
    {
        if (!Number().IsMatch(row.IncidentId))
            return row.Reject("incident-id", "incident_id", "An incident number is 1 to 40 letters, digits and hyphens.");
        if (!Number().IsMatch(row.VictimId))
            return row.Reject("victim-id", "victim_id", "A victim number is 1 to 40 letters, digits and hyphens.");

        var notes = new List<RowNote>();
        if (IncidentTime.Read(row, terms, notes, out var when) is { } noTime)
            return noTime;
        if (Area(row, notes, out var area) is { } noArea)
            return noArea;
        if (Age(row, notes, out var age) is { } noAge)
            return noAge;
        if (Naloxone(row, notes, out var naloxone) is { } noNaloxone)
            return noNaloxone;
        if (Outcome(row, notes, out var fatality) is { } noOutcome)
            return noOutcome;
        if (Drugs(row, notes, out var substances) is { } noDrugs)
            return noDrugs;

        var person = new PersonDescription(
            Listed(IncidentCodes.Genders, "gender", row.Gender, notes),
            age,
            Listed(IncidentCodes.Races, "race", row.Race, notes),
            Listed(IncidentCodes.Ethnicities, "ethnicity", row.Ethnicity, notes));
        var externalId = IdentityOf(row)!;
        var command = new ReportOverdose(
            StreamIds.ImportedOverdose(terms.Jurisdiction, terms.Source, externalId),
            ClientId: null,
            new OverdoseDetails(
                fatality, Certainty.Suspected, substances, naloxone, NaloxoneDoses: null, area,
                person == new PersonDescription(null, null, null, null) ? null : person),
            OverdoseSource.Police,
            ReportedByAgency: null,
            Note: null,
            when);
        return new IncidentReport(row, externalId, command, notes);
    }

    private static RejectedRow? Area(IncidentRow row, List<RowNote> notes, out string? area)
    {
        area = null;
        var (nameUnknown, codeUnknown) = (IncidentCodes.IsUnknown(row.County), IncidentCodes.IsUnknown(row.CountyFips));
        if (!nameUnknown && !PennsylvaniaCounties.ByName.TryGetValue(row.County, out area))
            return row.Reject("county-unknown", "county", "No county of Pennsylvania has this name.");

        string? byCode = null;
        if (!codeUnknown && !PennsylvaniaCounties.ByCode.TryGetValue(row.CountyFips.PadLeft(3, '0'), out byCode))
            return row.Reject("county-unknown", "county_fips", "No county of Pennsylvania has this code.");
        if (area is not null && byCode is not null && area != byCode)
            return row.Reject("county-mismatch", "county_fips", "Name and code are of different counties.");

        area ??= byCode;
        if (area is null)
            notes.Add(new RowNote("county", RowNote.Unknown));
        return null;
    }

    private static RejectedRow? Age(IncidentRow row, List<RowNote> notes, out string? age)
    {
        age = Listed(IncidentCodes.AgeRanges, "age_range", row.AgeRange, notes);
        if (age is not null || AgeBand().Match(row.AgeRange) is not { Success: true } band)
            return null;
        var from = int.Parse(band.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        var to = int.Parse(band.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
        return from > to || to > 120 ? row.Reject("age-impossible", "age_range", "Nobody is of this age.") : null;
    }

    private static RejectedRow? Naloxone(IncidentRow row, List<RowNote> notes, out bool? given)
    {
        given = row.NaloxoneAdministered.ToUpperInvariant() switch { "Y" => true, "N" => false, _ => null };
        if (given is null)
        {
            if (!IncidentCodes.IsUnknown(row.NaloxoneAdministered) && !IsU(row.NaloxoneAdministered))
                return row.Reject("naloxone-unreadable", "naloxone_administered", "Neither Y nor N nor unknown.");
            notes.Add(new RowNote("naloxone_administered", RowNote.Unknown));
        }

        return given == false && IncidentCodes.ResponsesToNaloxone.Contains(row.ResponseTime)
            ? row.Reject("naloxone-contradiction", "response_time", "No naloxone was given, and yet the row says how soon it worked.")
            : null;
    }

    private static RejectedRow? Outcome(IncidentRow row, List<RowNote> notes, out Fatality fatality)
    {
        fatality = row.Survived.ToUpperInvariant() switch { "Y" => Fatality.NonFatal, "N" => Fatality.Fatal, _ => Fatality.Unknown };
        if (fatality != Fatality.Unknown)
            return null;
        if (!IncidentCodes.IsUnknown(row.Survived) && !IsU(row.Survived))
            return row.Reject("survived-unreadable", "survived", "Neither Y nor N nor U.");
        notes.Add(new RowNote("survived", RowNote.Unknown));
        return null;
    }

    private static RejectedRow? Drugs(IncidentRow row, List<RowNote> notes, out IReadOnlyList<string> substances)
    {
        var named = new List<string>();
        substances = named;
        var unknown = false;
        foreach (var word in row.SuspectedDrugs.Split(';', StringSplitOptions.TrimEntries))
        {
            if (IncidentCodes.IsUnknown(word))
                unknown = true;
            else if (!IncidentCodes.Drugs.TryGetValue(word, out var code))
                return row.Reject("drug-not-listed", "suspected_drugs", "A substance is in no code list.");
            else if (!named.Contains(code))
                named.Add(code);
        }

        if (unknown)
            notes.Add(new RowNote("suspected_drugs", named.Count == 0 ? RowNote.Unknown : RowNote.PartlyUnknown));
        return null;
    }

    private static string? Listed(FrozenDictionary<string, string> codes, string field, string value, List<RowNote> notes)
    {
        if (codes.TryGetValue(value, out var code))
            return code;
        notes.Add(new RowNote(field, IncidentCodes.IsUnknown(value) ? RowNote.Unknown : RowNote.NotListed));
        return null;
    }

    private static bool IsU(string value) => string.Equals(value, "U", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\A[A-Za-z0-9-]{1,40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"\A(\d{1,4})\s*-\s*(\d{1,4})\z", RegexOptions.CultureInvariant)]
    private static partial Regex AgeBand();
}
