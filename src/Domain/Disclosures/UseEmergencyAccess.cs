using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Disclosures;

/// <summary>Somebody who helps opens a client's record in an emergency, with a reason and for a time.</summary>
public sealed record UseEmergencyAccess(
    Guid ClientId, Guid EmergencyAccessId, Actor Actor, EmergencyReason ReasonCode, Sealed<string> Reason)
{
    /// <summary>Those who meet the client at such a moment; the decision about records shows nobody else anything in an emergency.</summary>
    public static readonly IReadOnlyList<Role> Roles = [Role.Agent, Role.AgentSupervisor, Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist];

    /// <param name="policyVersion">The policy in force; null while there is none, and then the defaults hold.</param>
    public static Decision<EmergencyAccessEvent> Decide(
        UseEmergencyAccess command, EmergencyAccessState state, RightsPolicy policy, int? policyVersion, DateTimeOffset now)
    {
        if (!Roles.Contains(command.Actor.Role) || command.Actor.Agency is not { } agency)
            return EmergencyAccessRejections.NotForRole();
        if (command.Actor.Purpose != Purpose.Care)
            return EmergencyAccessRejections.NotForCare();
        if (state.Find(command.EmergencyAccessId) is { } known)
        {
            return (known.Used.ClientId, known.Used.UsedBy, known.Used.AgencyId, known.Used.ReasonCode)
                == (command.ClientId, command.Actor.Id, agency, command.ReasonCode)
                ? Decision<EmergencyAccessEvent>.AlreadyDoneIf<EmergencyAccessUsed>(fact => fact.EmergencyAccessId == command.EmergencyAccessId, (fact, same) => same(command.Reason, fact.Reason), EmergencyAccessRejections.UsedDifferently(command.EmergencyAccessId))
                : EmergencyAccessRejections.UsedDifferently(command.EmergencyAccessId);
        }

        return new EmergencyAccessUsed(
            command.Actor.Id, command.Actor.Role, agency, command.ReasonCode, command.Reason,
            now.AddHours(policy.EmergencyAccessHours), now.AddDays(policy.EmergencyReviewDays), policyVersion)
        { ClientId = command.ClientId, EmergencyAccessId = command.EmergencyAccessId }.At(now);
    }
}
