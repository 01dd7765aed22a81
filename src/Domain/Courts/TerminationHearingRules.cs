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
        return fact.Impartiality == TerminationImpartiality.AnotherJudge ? CheckAnother(fact, state, asked) : null;
    }

    /// <summary>What another judge heard, another judge decides: the hearing would be one in name alone.</summary>
    public static Rejection? Check(ParticipationTerminated fact, ParticipationState state, CourtQuestion asked) =>
        Standing(state).OfType<TerminationHearingHeld>().LastOrDefault(heard => heard.ProposalId == fact.ProposalId) is { Impartiality: TerminationImpartiality.AnotherJudge }
            ? CheckAnother(fact, state, asked)
            : null;

    private static Rejection? CheckAnother(ParticipationEvent fact, ParticipationState state, CourtQuestion asked) =>
        fact.DecidedBy.FirstOrDefault(id => asked.PostOf(id) is { Role: Role.Judge } && TookPart(id, state)) is { } judge
            ? ParticipationRejections.NotAnotherJudge(judge)
            : null;

    /// <summary>Whoever decided anything of the participation, or sat in a staffing about it; having heard an end as another judge makes nobody the team's.</summary>
    private static bool TookPart(string judge, ParticipationState state) => Standing(state).Any(entry => entry switch
    {
        TerminationHearingHeld { Impartiality: TerminationImpartiality.AnotherJudge } => false,
        StaffingHeld staffing => staffing.Attendees.Contains(judge, StringComparer.Ordinal) || staffing.DecidedBy.Contains(judge, StringComparer.Ordinal),
        _ => entry.DecidedBy.Contains(judge, StringComparer.Ordinal),
    });

    private static IEnumerable<ParticipationEvent> Standing(ParticipationState state) =>
        state.Log.Where(entry => entry is not CourtEntryRetracted && !state.Retracted.Contains(entry.EntryId));
}
