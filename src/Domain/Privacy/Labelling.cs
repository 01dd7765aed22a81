using CaseFlow.Domain.Agencies;

namespace CaseFlow.Domain.Privacy;

/// <summary>What whoever records says about where a record goes; everything else follows from the directory.</summary>
/// <param name="ProgramId">The programme of the own agency that it comes from; null for none.</param>
/// <param name="File">The court's file it goes to; null elsewhere, and confidential in a court.</param>
/// <param name="WorkerPrivate">A peer worker's own note.</param>
public sealed record Filing(string? ProgramId = null, CourtFile? File = null, bool WorkerPrivate = false)
{
    public static readonly Filing Usual = new();
}

/// <summary>Wisconsin treatment courts keep two files per participant [S:wi-recordkeeping-2011].</summary>
public enum CourtFile
{
    /// <summary>For judicial action.</summary>
    Open,

    /// <summary>For treatment and medical information.</summary>
    Confidential,
}

/// <summary>Labels a record by its source: the agency whose record it is, and the programme, whose status overrides the agency's.</summary>
public static class Labelling
{
    private static readonly Role[] PeerWorkers = [Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist];

    /// <returns>The labels; none for the system's own records and for agencies that the directory does not know.</returns>
    public static IReadOnlyList<Label> LabelsOf(Agency? agency, Filing filing)
    {
        if (agency is null)
            return [];
        var status = (filing.ProgramId is { } programId ? agency.Programs.GetValueOrDefault(programId)?.Status : null) ?? agency.StatusOfRecords;
        var labels = new List<Label>();
        Add(status.Part2 == Part2Status.Part2Program, Label.Part2);
        Add(status.Wi5130, Label.Wi5130);
        Add(status.Hipaa, Label.Hipaa);
        Add(status.Cji, Label.Cji);
        Add(status.Juvenile, Label.Juvenile);
        Add(status.VictimServices, Label.Victim);
        Add(agency.Kind == AgencyKind.Court && filing.File == CourtFile.Open, Label.CourtOpen);
        Add(agency.Kind == AgencyKind.Court && filing.File != CourtFile.Open, Label.CourtConfidential);
        Add(filing.WorkerPrivate, Label.WorkerPrivate);
        return labels;

        void Add(bool holds, Label label)
        {
            if (holds)
                labels.Add(label);
        }
    }

    /// <returns>What the law of an agency's records, or of those of a programme of it, open or closed, puts on them; nothing for one that the directory does not know.</returns>
    public static IReadOnlyList<Label> OfSource(Agency? agency) => agency is null
        ? []
        : [.. agency.Programs.Keys.Select(program => new Filing(program)).Prepend(Filing.Usual).SelectMany(filing => LabelsOf(agency, filing)).Distinct()];

    /// <returns>Whether notes of this role's own are private to the worker.</returns>
    public static bool IsPeerWorker(Role role) => PeerWorkers.Contains(role);

    /// <returns>Why a record cannot be filed so, or null.</returns>
    public static Rejection? Check(Filing filing, Agency? agency, Role role)
    {
        if (filing.ProgramId is { } programId && agency?.Programs.GetValueOrDefault(programId) is not { IsOpen: true })
            return LabelRejections.ProgramNotOpen(programId);
        if (filing.File is not null && agency?.Kind != AgencyKind.Court)
            return LabelRejections.NoCourtFile();
        return filing.WorkerPrivate && !IsPeerWorker(role) ? LabelRejections.NotAPeerNote() : null;
    }
}
