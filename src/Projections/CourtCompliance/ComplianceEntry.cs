using CaseFlow.Domain.Courts;
using CaseFlow.EventStore;

namespace CaseFlow.Projections.CourtCompliance;

/// <summary>
/// One participation as its court keeps it: the entries that count, without those that come by the hundred (hearings, tests, sessions,
/// responses, payments), which have views of their own. How it stands follows from the entries, so what is retracted leaves nothing behind.
/// </summary>
/// <param name="Court">The court's code.</param>
/// <param name="AgencyId">The agency that the court is; null until an entry that is in the file says it.</param>
/// <param name="CourtVersion">Version of the court's configuration that the last entry was recorded under.</param>
/// <param name="Facts">In the order they were recorded.</param>
public sealed record ComplianceEntry(
    Guid ParticipationId, Guid ClientId, string ClientCode, string Court, string? AgencyId, int CourtVersion, IReadOnlyList<FileEntry> Facts)
{
    private static readonly FileEntryKind[] Ends =
        [FileEntryKind.Declined, FileEntryKind.Terminated, FileEntryKind.Withdrew, FileEntryKind.Closed, FileEntryKind.Graduated];

    private static readonly FileEntryKind[] OfPhases = [FileEntryKind.PhaseAssigned, FileEntryKind.PhaseAdvanced, FileEntryKind.PhaseReturned];

    public ParticipationStage Stage => Ended?.Kind switch
    {
        FileEntryKind.Determined => ParticipationStage.NotAccepted,
        FileEntryKind.Declined => ParticipationStage.Declined,
        FileEntryKind.Terminated => ParticipationStage.Terminated,
        FileEntryKind.Withdrew => ParticipationStage.Withdrawn,
        FileEntryKind.Closed => ParticipationStage.Closed,
        FileEntryKind.Graduated => ParticipationStage.Graduated,
        _ when Admitted is not null => ParticipationStage.Admitted,
        _ => Facts.Any(fact => fact is { Kind: FileEntryKind.Determined, Yes: true }) ? ParticipationStage.Accepted : ParticipationStage.Referred,
    };

    /// <summary>Whether the court still works with the participant.</summary>
    public bool IsOpen => Stage <= ParticipationStage.Admitted;

    public FileEntry? Admitted => Last(FileEntryKind.Admitted);

    /// <summary>What ended it; an eligibility that was denied ends it too.</summary>
    public FileEntry? Ended => Facts.LastOrDefault(fact => Ends.Contains(fact.Kind) || fact is { Kind: FileEntryKind.Determined, Yes: false });

    /// <summary>The phase, and since when; null before the first.</summary>
    public FileEntry? PhaseStep => Facts.LastOrDefault(fact => OfPhases.Contains(fact.Kind));

    public string? Phase => PhaseStep?.Phase;

    /// <summary>
    /// Codes of the phase's objectives that were met or waived. Whoever came back to a phase meets its objectives anew (R34).
    /// </summary>
    public IEnumerable<string> SettledInPhase => Facts
        .Where((fact, n) => fact.Phase == Phase
            && (fact.Kind == FileEntryKind.ObjectiveWaived || (fact.Kind == FileEntryKind.ObjectiveMet && !ReturnedAfter(n))))
        .Select(fact => fact.Code!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Of those the codes of what was waived and not met.</summary>
    public IReadOnlySet<string> WaivedInPhase => SettledInPhase
        .Except(Facts.Where((fact, n) => fact.Phase == Phase && fact.Kind == FileEntryKind.ObjectiveMet && !ReturnedAfter(n)).Select(fact => fact.Code!), StringComparer.Ordinal)
        .ToHashSet(StringComparer.Ordinal);

    public bool HasWarrant => Facts.Any(fact =>
        fact.Kind == FileEntryKind.WarrantIssued && !Facts.Any(other => other.Kind == FileEntryKind.WarrantQuashed && other.About == fact.EntryId));

    /// <summary>The earliest date among conditions that are neither satisfied nor lifted; null for none.</summary>
    public DateOnly? ConditionDueOn => Conditions().Where(condition => condition.IsOpen).Min(condition => condition.DueOn);

    /// <summary>The proposal to end it that was neither given up in a hearing nor carried out, and that no other end came before; null for none.</summary>
    public FileEntry? OpenProposal => IsOpen && Last(FileEntryKind.TerminationProposed) is { } proposal
        && !Facts.Any(fact => fact.About == proposal.EntryId
            && (fact.Kind is FileEntryKind.Terminated || (fact.Kind is FileEntryKind.TerminationHeard && fact.Code == ViewText.Of(TerminationOutcome.Continue))))
        ? proposal
        : null;

    /// <summary>Whether a hearing decided to terminate by the proposal that is open, and nobody has done it yet.</summary>
    public bool IsToBeTerminated => OpenProposal is { } open && Facts.Any(fact => fact.Kind == FileEntryKind.TerminationHeard && fact.About == open.EntryId);

    /// <summary>Who supervises the participant, as the court has it: whoever was named last in time, whichever was entered last; null while nobody is named.</summary>
    public string? OfficerId => Facts.Where(fact => fact.Kind == FileEntryKind.OfficerNamed)
        .Aggregate((FileEntry?)null, (last, fact) => fact.IsBefore(last) ? last : fact)?.Code;

    /// <returns>Its phases and the risk that was found, each from its day on, in the order of the days: by them follows how often a coach is to meet the participant (R22).</returns>
    public IReadOnlyList<ContactStanding> Standings()
    {
        var standings = new List<ContactStanding>();
        FileEntry? screened = null;
        foreach (var fact in Facts.Where(fact => OfPhases.Contains(fact.Kind) || fact.Risk is not null).OrderBy(fact => fact.On))
        {
            // Of one day the screening that happened last counts, whichever was entered last.
            screened = fact.Risk is null || fact.IsBefore(screened) ? screened : fact;
            standings.Add(new ContactStanding(fact.On, fact.Risk is null ? fact.Phase : standings.LastOrDefault()?.Phase, screened?.Risk));
        }

        return standings;
    }

    /// <returns>Every condition, in the order they were ordered.</returns>
    public IEnumerable<OrderedCondition> Conditions() =>
        from ordered in Facts
        where ordered.Kind == FileEntryKind.ConditionOrdered
        let later = Facts.Where(fact => fact.About == ordered.EntryId).ToList()
        let amended = later.LastOrDefault(fact => fact.Kind == FileEntryKind.ConditionAmended)
        select new OrderedCondition(
            ordered.EntryId,
            ordered.Code!,
            ordered.On,
            amended is null ? ordered.DueOn : amended.DueOn,
            later.LastOrDefault(fact => fact.Kind == FileEntryKind.ConditionSatisfied)?.On,
            later.LastOrDefault(fact => fact.Kind == FileEntryKind.ConditionLifted)?.On,
            later.Count(fact => fact.Kind == FileEntryKind.ConditionViolated));

    /// <summary>Without entries that somebody may not see.</summary>
    public ComplianceEntry Without(IReadOnlySet<Guid> events) => this with { Facts = [.. Facts.Where(fact => !events.Contains(fact.EventId))] };

    /// <returns>The row after the event.</returns>
    public static ComplianceEntry? Evolve(ComplianceEntry? row, ParticipationEvent fact, RecordedEvent recorded)
    {
        var entry = row ?? new ComplianceEntry(
            fact.ParticipationId, fact.ClientId, Domain.Clients.ClientCode.Of(fact.ClientId), fact.Court, AgencyId: null, fact.CourtVersion, []);
        if (fact is CourtEntryRetracted retracted)
        {
            return entry.Facts.Any(one => one.EntryId == retracted.RetractedEntryId)
                ? entry with { Facts = [.. entry.Facts.Where(one => one.EntryId != retracted.RetractedEntryId)] }
                : row;
        }

        return FileEntry.Of(fact, recorded) is { } told && IsKept(told.Kind)
            ? entry with
            {
                AgencyId = (fact as TreatmentCourtReferred)?.AgencyId ?? entry.AgencyId,
                CourtVersion = fact.CourtVersion,
                Facts = [.. entry.Facts.Where(one => one.EntryId != told.EntryId), told],
            }
            : row;
    }

    private bool ReturnedAfter(int place) => Facts.Skip(place + 1).Any(fact => fact.Kind == FileEntryKind.PhaseReturned && fact.Phase == Phase);

    private FileEntry? Last(FileEntryKind kind) => Facts.LastOrDefault(fact => fact.Kind == kind);

    /// <summary>What comes by the hundred is in views of its own.</summary>
    private static bool IsKept(FileEntryKind kind) => !kind.IsOfHearing() && !kind.IsResponse();
}

/// <summary>A condition, with what became of it.</summary>
/// <param name="DueOn">Local; null for one that lasts.</param>
/// <param name="Violations">How often it was violated.</param>
public sealed record OrderedCondition(
    Guid ConditionId, string Kind, DateOnly OrderedOn, DateOnly? DueOn, DateOnly? SatisfiedOn, DateOnly? LiftedOn, int Violations)
{
    public bool IsOpen => SatisfiedOn is null && LiftedOn is null;

    /// <returns>Whether it was to be met before a day.</returns>
    public bool IsOverdue(DateOnly today) => IsOpen && DueOn < today;
}

public static class FileEntryKinds
{
    /// <returns>Whether it is about one hearing or what surrounds it.</returns>
    public static bool IsOfHearing(this FileEntryKind kind) => kind is FileEntryKind.HearingScheduled or FileEntryKind.HearingHeld
        or FileEntryKind.HearingContinued or FileEntryKind.HearingMissed or FileEntryKind.Staffing or FileEntryKind.JudicialAction;

    /// <returns>Whether the court answers behaviour with it, or takes or forgives money or work.</returns>
    public static bool IsResponse(this FileEntryKind kind) => kind is >= FileEntryKind.Incentive and <= FileEntryKind.ServiceDone;
}
