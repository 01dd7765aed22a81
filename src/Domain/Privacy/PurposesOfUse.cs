namespace CaseFlow.Domain.Privacy;

/// <summary>What a role's work is for: the purposes of use (HL7 ActReason) that somebody in it may act for, and no other.</summary>
public static class PurposesOfUse
{
    /// <returns>The purposes of a role, the usual one first.</returns>
    public static IReadOnlyList<Purpose> Of(Role role) => role switch
    {
        // Whoever supervises meets the client in an emergency, too, and then it is care (42 CFR 2.51).
        Role.Agent or Role.AgentSupervisor => [Purpose.Supervision, Purpose.Care],
        Role.Coach or Role.CoachSupervisor or Role.PeerSpecialist => [Purpose.Care],
        Role.Coordinator or Role.Judge or Role.Prosecutor or Role.Defence => [Purpose.CourtMonitoring],
        Role.Auditor => [Purpose.Audit],
        Role.PrivacyOfficer => [Purpose.Audit, Purpose.OwnRecord],
        Role.Dispatcher => [Purpose.Operations, Purpose.Care],
        _ => [Purpose.Operations],
    };

    /// <returns>What a role is for where nobody says otherwise.</returns>
    public static Purpose UsualOf(Role role) => Of(role)[0];
}
