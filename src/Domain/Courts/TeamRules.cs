namespace CaseFlow.Domain.Courts;

/// <summary>Whether what only the team decides is its decision, and not one person's (R33, R34).</summary>
internal static class TeamRules
{
    /// <summary>To let a participant go on.</summary>
    public static Rejection? Check(PhaseAdvanced fact, ParticipationState state, CourtQuestion asked) =>
        Check(fact, asked.Court.Configuration.Advancement, state, asked);

    /// <summary>To say in which phase of a new programme a participant is: any, so it takes as many as going on does.</summary>
    public static Rejection? Check(PhaseAssigned fact, ParticipationState state, CourtQuestion asked) =>
        Check(fact, asked.Court.Configuration.Advancement, state, asked);

    /// <summary>To send a participant back.</summary>
    public static Rejection? Check(PhaseReturnedToEarlier fact, ParticipationState state, CourtQuestion asked) =>
        Check(fact, asked.Court.Configuration.Returns ?? asked.Court.Configuration.Advancement, state, asked);

    /// <summary>Not to ask what an advance would rest on: by fewer it would be a way round the team.</summary>
    public static Rejection? Check(PhaseRequirementWaived fact, ParticipationState state, CourtQuestion asked) =>
        Check(fact, asked.Court.Configuration.Waivers ?? asked.Court.Configuration.Advancement, state, asked);

    /// <summary>To propose an end: it decides nothing, and a court may leave it to anybody of the team.</summary>
    public static Rejection? Check(TerminationProposed fact, ParticipationState state, CourtQuestion asked) =>
        Check(fact, asked.Court.Configuration.TerminationProposals, state, asked);

    /// <returns>The staffing in which the team decided an entry; null for none, and for what names none.</returns>
    public static Guid? StaffingOf(ParticipationEvent fact) => fact switch
    {
        PhaseAdvanced e => e.StaffingId,
        PhaseReturnedToEarlier e => e.StaffingId,
        PhaseRequirementWaived e => e.StaffingId,
        TerminationProposed e => e.StaffingId,
        _ => null,
    };

    /// <summary>
    /// As many people as the court asks for, and somebody of each role that it asks for. That they work here is asked of every entry
    /// (<see cref="RecordInCourt"/>). Where a staffing is named, all of them were there.
    /// </summary>
    private static Rejection? Check(ParticipationEvent fact, TeamQuorum? quorum, ParticipationState state, CourtQuestion asked)
    {
        if (quorum is not null && (fact.DecidedBy.Count < quorum.Persons || quorum.Roles.Any(role => !fact.DecidedBy.Any(id => Has(id, role, asked)))))
            return ParticipationRejections.TeamIncomplete(quorum.Persons, [.. quorum.Roles.Select(PlainNames.Words)]);
        if (StaffingOf(fact) is not { } staffingId)
            return null;
        if (state.Retracted.Contains(staffingId) || state.FindEntry(staffingId) is not StaffingHeld staffing || asked.When.IsBefore(staffing.OccurredAt))
            return ParticipationRejections.StaffingUnknown();
        return fact.DecidedBy.FirstOrDefault(id => !staffing.Attendees.Contains(id, StringComparer.Ordinal)) is { } absent
            ? ParticipationRejections.NotAtTheStaffing(absent)
            : null;
    }

    /// <summary>A judge is one of this court; a treatment provider or an officer of the team works elsewhere.</summary>
    private static bool Has(string staffId, Role role, CourtQuestion asked) =>
        asked.Holds(staffId, post => post.Role == role && (role != Role.Judge || post.AgencyId == asked.Court.Configuration.AgencyId));
}
