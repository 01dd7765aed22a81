namespace CaseFlow.Domain.Courts;

/// <summary>
/// Due process before an end against the participant's will: with counsel or a waiver of it, and before a judge who has not heard the confidential matter of
/// the team, unless the participant waives that [S:wi-recordkeeping-2011]. What a record of it says is held against what the record of the
/// participation says.
/// </summary>
internal static class TerminationHearingRules
{
    /// <summary>A hearing that lets the participant go on took nothing, so it is recorded as it was held, without counsel too.</summary>
    public static Rejection? Check(TerminationHearingHeld fact, ParticipationState state, CourtQuestion asked)
    {
        if (fact is { CounselPresent: true, CounselWaived: true })
            return ParticipationRejections.CounselPresentAndWaived();
        if (fact is { Outcome: TerminationOutcome.Terminate, CounselPresent: false } && !(fact.CounselWaived && fact.Words is not null))
            return ParticipationRejections.CounselNeitherPresentNorWaived();
        return fact.Impartiality == TerminationImpartiality.AnotherJudge ? CheckAnother(fact, [.. state.Standing], asked) : null;
    }

    /// <summary>
    /// What another judge heard, another judge decides: the hearing would be one in name alone. What they decided since as the judge who had heard it makes
    /// them none of the team; what was told since of before does.
    /// </summary>
    public static Rejection? Check(ParticipationTerminated fact, ParticipationState state, CourtQuestion asked)
    {
        var entries = state.Standing.ToList();
        var place = entries.FindLastIndex(entry => entry is TerminationHearingHeld heard && heard.ProposalId == fact.ProposalId);
        return place >= 0 && entries[place] is TerminationHearingHeld { Impartiality: TerminationImpartiality.AnotherJudge } heard
            ? CheckAnother(fact, [.. entries.Where((entry, n) => n < place || entry.IsBefore(heard))], asked)
            : null;
    }

    private static Rejection? CheckAnother(ParticipationEvent fact, IReadOnlyList<ParticipationEvent> entries, CourtQuestion asked) =>
        fact.DecidedBy.FirstOrDefault(id => asked.Holds(id, post => post.Role == Role.Judge) && TookPart(id, entries)) is { } judge
            ? ParticipationRejections.NotAnotherJudge(judge)
            : null;

    /// <summary>
    /// Whoever decided anything of the participation, or sat in a staffing about it. Having heard an end as another judge makes nobody the team's, nor does
    /// what that takes: holding the hearing that was set for it, what the court did in it, and the warrant for who did not come.
    /// </summary>
    private static bool TookPart(string judge, IReadOnlyList<ParticipationEvent> entries)
    {
        var (hearings, days) = OfTermination(entries);
        return entries.Any(entry => entry switch
        {
            TerminationHearingHeld { Impartiality: TerminationImpartiality.AnotherJudge } => false,
            StatusHearingHeld { Kind: HearingKind.Termination } or StatusHearingScheduled { Kind: HearingKind.Termination } => false,
            StatusHearingContinued { HearingId: var id } when hearings.Contains(id) => false,
            StatusHearingMissed { HearingId: var id } when hearings.Contains(id) => false,
            JudicialActionRecorded { HearingId: { } id } when hearings.Contains(id) => false,
            WarrantIssued when days.Contains(entry.OccurredOn) => false,
            StaffingHeld staffing => staffing.Attendees.Contains(judge, StringComparer.Ordinal) || staffing.DecidedBy.Contains(judge, StringComparer.Ordinal),
            _ => entry.DecidedBy.Contains(judge, StringComparer.Ordinal),
        });
    }

    /// <returns>Hearings about an end, and the court's local days on which one was held or missed.</returns>
    private static (HashSet<Guid> Hearings, HashSet<DateOnly> Days) OfTermination(IReadOnlyList<ParticipationEvent> entries)
    {
        var hearings = entries.Select(entry => entry switch
        {
            StatusHearingScheduled { Kind: HearingKind.Termination } => entry.EntryId,
            StatusHearingHeld { Kind: HearingKind.Termination } held => held.HearingId ?? entry.EntryId,
            _ => (Guid?)null,
        }).OfType<Guid>().ToHashSet();
        var days = entries.Where(entry => entry switch
        {
            StatusHearingHeld { Kind: HearingKind.Termination } => true,
            StatusHearingMissed missed => hearings.Contains(missed.HearingId),
            _ => false,
        }).Select(entry => entry.OccurredOn).ToHashSet();
        return (hearings, days);
    }
}
