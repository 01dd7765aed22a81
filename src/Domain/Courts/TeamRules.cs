namespace CaseFlow.Domain.Courts;

/// <summary>Whether an advance is the team's decision, and not one person's (R33).</summary>
internal static class TeamRules
{
    /// <summary>
    /// As many people as the court asks for, and somebody of each role that it asks for. That they work here is asked of every entry
    /// (<see cref="RecordInCourt"/>). Where a staffing is named, all of them were there.
    /// </summary>
    public static Rejection? Check(PhaseAdvanced fact, ParticipationState state, CourtQuestion asked)
    {
        var quorum = asked.Court.Configuration.Advancement;
        if (fact.DecidedBy.Count < quorum.Persons || quorum.Roles.Any(role => !fact.DecidedBy.Any(id => Has(id, role, asked))))
            return ParticipationRejections.TeamIncomplete(quorum.Persons, [.. quorum.Roles.Select(PlainNames.Words)]);
        if (fact.StaffingId is not { } staffingId)
            return null;
        if (state.Retracted.Contains(staffingId) || state.FindEntry(staffingId) is not StaffingHeld staffing || staffing.OccurredAt > asked.When.Latest)
            return ParticipationRejections.StaffingUnknown();
        return fact.DecidedBy.FirstOrDefault(id => !staffing.Attendees.Contains(id, StringComparer.Ordinal)) is { } absent
            ? ParticipationRejections.NotAtTheStaffing(absent)
            : null;
    }

    /// <summary>A judge is one of this court; a treatment provider or an officer of the team works elsewhere.</summary>
    private static bool Has(string staffId, Role role, CourtQuestion asked) =>
        asked.PostOf(staffId) is { } post && post.Role == role && (role != Role.Judge || post.AgencyId == asked.Court.Configuration.AgencyId);
}
