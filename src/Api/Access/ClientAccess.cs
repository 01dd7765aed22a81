using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Supervision;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.ReferralInbox;

namespace CaseFlow.Api.Access;

/// <summary>Says how far an actor reaches, and refuses what lies beyond as if it did not exist.</summary>
public sealed class ClientAccess(CaseFlowDatabase database)
{
    /// <summary>Refuses the command unless the actor reaches so far; the supervision that this rests on is guarded.</summary>
    /// <returns>Whether the command still stands.</returns>
    public async Task<bool> EnterAsync(CommandSession session, Guid clientId, ClientState client, ClientReach needed)
    {
        var supervision = await session.LoadAsync(Streams.Supervision, StreamIds.Supervision(clientId));
        if (await ReachAsync(session.Actor, clientId, client, supervision.State, session.Cancellation) >= needed)
            return true;

        session.Refuse(ClientRejections.NotFound(clientId));
        return false;
    }

    /// <returns>How far the actor reaches into the client's record, now.</returns>
    public async Task<ClientReach> ReachAsync(
        Actor actor, Guid clientId, ClientState client, SupervisionState supervision, CancellationToken cancellation)
    {
        var reach = actor.ReachOf(client, supervision, isReferred: false);
        return reach == ClientReach.None && client.IsRegistered && actor.Agency is { } agency
            ? actor.ReachOf(client, supervision, await IsReferredAsync(actor.Jurisdiction, agency, clientId, cancellation))
            : reach;
    }

    /// <summary>For questions: as it stands, nothing guarded.</summary>
    public async Task<ClientReach> ReachAsync(Actor actor, Guid clientId, ClientState client, CancellationToken cancellation)
    {
        var supervision = await database.Store.FoldAsync(Streams.Supervision, actor.Jurisdiction, StreamIds.Supervision(clientId), cancellation);
        return await ReachAsync(actor, clientId, client, supervision.State, cancellation);
    }

    /// <returns>Whether the client was referred to the agency, which neither declined nor lost the referral: now, or at a moment.</returns>
    public async Task<bool> IsReferredAsync(
        string jurisdiction, string agency, Guid clientId, CancellationToken cancellation, ViewInstant at = default) =>
        (await database.Reader.PageAsync(database.Views.ReferralInbox, InboxQueries.HeldOf(jurisdiction, agency, clientId, at), cancellation)).Rows.Count > 0;
}
