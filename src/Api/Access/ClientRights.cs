using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Supervision;

namespace CaseFlow.Api.Access;

/// <summary>
/// Whose client it is (overdose-duty, "Roles"): an agent's own clients, a supervisor's office. Somebody else's client does
/// not exist for them, so nothing is learned by asking.
/// </summary>
public static class ClientRights
{
    /// <returns>Whether the actor supervises the client, as their agent or as the supervisor of their office.</returns>
    public static bool Supervises(Actor actor, SupervisionState supervision) => actor.Role switch
    {
        Role.Agent => supervision.Phase == SupervisionPhase.Supervised && supervision.AgentId == actor.Id,
        Role.AgentSupervisor => supervision.Phase == SupervisionPhase.Supervised
            && supervision.AgencyId == actor.Agency
            && supervision.OfficeId == actor.Office,
        _ => false,
    };

    /// <returns>Whether a duty is of the actor's agency, or their own: another agency's, from before it supervised the client, does not exist for them.</returns>
    public static bool Holds(Actor actor, Duty duty) => duty.AgencyId == actor.Agency || (actor.Role == Role.Agent && duty.AgentId == actor.Id);

    /// <summary>
    /// An overdose exists for those who supervise the client and for the agency that reported it. Agents of one agency do not
    /// share their clients, so to them their agency's report counts only while the person is nobody known: a report that could be read on only
    /// while nobody supervises would tell whom somebody supervises. What no agency reported
    /// (an import) is a service's.
    /// </summary>
    /// <param name="supervision">Of the overdose's client; initial while the person is not identified.</param>
    public static bool Reaches(Actor actor, OverdoseState overdose, SupervisionState supervision) =>
        overdose.Reported
        && (Supervises(actor, supervision)
            || (actor.Role == Role.Service && overdose.AsReported?.ReportedByAgency is null)
            || (overdose.AsReported?.ReportedByAgency is { } reporter
                && reporter == actor.Agency
                && (actor.Role is not (Role.Agent or Role.AgentSupervisor) || overdose.ClientId is null)));

    /// <summary>For commands: the supervision that this rests on is guarded.</summary>
    public static async Task<bool> ReachesAsync(this CommandSession session, OverdoseState overdose) => Reaches(
        session.Actor,
        overdose,
        overdose.ClientId is { } clientId
            ? (await session.LoadAsync(Streams.Supervision, StreamIds.Supervision(clientId))).State
            : SupervisionState.Initial);

    /// <summary>Loads the client's supervision and refuses the command unless the actor supervises the client.</summary>
    /// <returns>The supervision, or null once the command is refused.</returns>
    public static async Task<LoadedStream<SupervisionState, SupervisionEvent>?> OwnClientAsync(this CommandSession session, Guid clientId)
    {
        var supervision = await session.LoadAsync(Streams.Supervision, StreamIds.Supervision(clientId));
        if (Supervises(session.Actor, supervision.State))
            return supervision;

        session.Refuse(ClientRejections.NotFound(clientId));
        return null;
    }
}
