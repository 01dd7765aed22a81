using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Disclosures;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Supervision;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.Coachings;
using CaseFlow.Projections.ReferralInbox;

namespace CaseFlow.Api.Access;

/// <summary>Says how far an actor reaches, and refuses what lies beyond as if it did not exist.</summary>
public sealed class ClientAccess(CaseFlowDatabase database, EmergencyAccesses emergencies)
{
    /// <summary>
    /// Refuses the command unless the actor reaches so far; the supervision that this rests on is guarded. Who reads the record is told who changes it; for
    /// everybody else it does not exist.
    /// </summary>
    /// <returns>Whether the command still stands.</returns>
    public async Task<bool> EnterAsync(CommandSession session, Guid clientId, ClientState client, ClientReach needed)
    {
        var supervision = await session.LoadAsync(Streams.Supervision, StreamIds.Supervision(clientId));
        var reach = await ReachAsync(session.Actor, clientId, client, supervision.State, session.Cancellation);
        if (reach >= needed)
            return true;

        var reads = reach > ClientReach.None || (client.IsRegistered && await emergencies.InForceAsync(session.Actor, clientId, session.Cancellation) is not null);
        session.Refuse(!reads ? ClientRejections.NotFound(clientId) : needed == ClientReach.Whole ? AccessRejections.ClientNotYoursToChange() : AccessRejections.EmergencyOnlyReads());
        return false;
    }

    /// <returns>How far the actor reaches into the client's record, now.</returns>
    public async Task<ClientReach> ReachAsync(
        Actor actor, Guid clientId, ClientState client, SupervisionState supervision, CancellationToken cancellation)
    {
        var reach = actor.ReachOf(client, supervision, isHeld: false);
        return reach == ClientReach.None && client.IsRegistered && actor.Agency is { } agency
            ? actor.ReachOf(client, supervision, await HoldsAsync(actor, agency, clientId, cancellation))
            : reach;
    }

    /// <summary>For questions: as it stands, nothing guarded.</summary>
    public async Task<ClientReach> ReachAsync(Actor actor, Guid clientId, ClientState client, CancellationToken cancellation)
    {
        var supervision = await database.Store.FoldAsync(Streams.Supervision, actor.Jurisdiction, StreamIds.Supervision(clientId), cancellation);
        return await ReachAsync(actor, clientId, client, supervision.State, cancellation);
    }

    /// <summary>
    /// Of a referral all who work at the agency take care; a court's coaching is between the client and the coach who is assigned, and who leads the coaches there.
    /// </summary>
    /// <returns>Whether the client was referred to the actor's agency, or is coached there for a court by the actor or by somebody whom they lead.</returns>
    public async Task<bool> HoldsAsync(Actor actor, string agency, Guid clientId, CancellationToken cancellation) =>
        await IsReferredAsync(actor.Jurisdiction, agency, clientId, cancellation)
        || actor.Role switch
        {
            Role.Coach or Role.PeerSpecialist => await IsCoachedAsync(actor.Jurisdiction, agency, actor.Id, clientId, cancellation),
            Role.CoachSupervisor => await IsCoachedAsync(actor.Jurisdiction, agency, coachId: null, clientId, cancellation),
            _ => false,
        };

    /// <returns>Whether somebody of the agency, or a coach there, coaches the client for a court, from the assignment to the end: now, or at a moment.</returns>
    public async Task<bool> IsCoachedAsync(
        string jurisdiction, string agency, string? coachId, Guid clientId, CancellationToken cancellation, ViewInstant at = default) =>
        (await database.Reader.PageAsync(
            database.Views.Coachings, CoachingsQueries.UnderWay(jurisdiction, agency, coachId, clientId, at), cancellation)).Rows.Count > 0;

    /// <returns>Whether the client was referred to the agency, which neither declined nor lost the referral: now, or at a moment.</returns>
    public async Task<bool> IsReferredAsync(
        string jurisdiction, string agency, Guid clientId, CancellationToken cancellation, ViewInstant at = default) =>
        (await database.Reader.PageAsync(database.Views.ReferralInbox, InboxQueries.HeldOf(jurisdiction, agency, clientId, at), cancellation)).Rows.Count > 0;
}
