using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Projections.ReferralCompliance;

namespace CaseFlow.Api.Access;

/// <summary>What somebody may read (overdose-duty, "Roles"). Rights are those of now, also for a question about the past.</summary>
public sealed class ReadingRights(Registers registers, ClientAccess clients, CaseFlowDatabase database, TimeProvider clock)
{
    /// <returns>Why an auditor may not read: nobody gave a grant that is in force; null for everybody else.</returns>
    public async Task<Rejection?> CheckGrantAsync(Actor actor, CancellationToken cancellation)
    {
        if (actor.Role != Role.Auditor)
            return null;
        var directory = await registers.DirectoryAsync(actor.Jurisdiction, cancellation);
        return directory.GrantInForce(actor.Id, clock.GetUtcNow()) is null ? AccessRejections.NoAuditGrant() : null;
    }

    /// <returns>Whose duties the actor may see; null for nobody's. A coordinator will see the participants of the own court.</returns>
    public async Task<DutiesOf?> DutiesAsync(Actor actor, CancellationToken cancellation) => actor switch
    {
        { Role: Role.Agent } => new DutiesOf.Agent(actor.Id),
        { Role: Role.Auditor } => new DutiesOf.Jurisdiction(),
        { Role: Role.AgentSupervisor } when (await registers.DirectoryAsync(actor.Jurisdiction, cancellation)).HasOversight(actor.Id) =>
            new DutiesOf.Jurisdiction(),
        { Role: Role.AgentSupervisor, Agency: { } agency, Office: { } office } => new DutiesOf.Office(agency, office),
        _ => null,
    };

    /// <summary>Whether the actor reaches a client's timeline at all; what of it they see is decided by <see cref="Domain.Privacy.Disclosing"/>.</summary>
    /// <returns>A refusal that does not tell a stranger's client from none, or null.</returns>
    public async Task<Rejection?> TimelineAsync(Actor actor, Guid clientId, CancellationToken cancellation)
    {
        if (await CheckGrantAsync(actor, cancellation) is { } refused)
            return refused;
        var reaches = actor switch
        {
            { Role: Role.Auditor or Role.PrivacyOfficer } => await ExistsAsync(actor, clientId, cancellation),
            { Role: Role.Agent or Role.AgentSupervisor, Agency: not null } => await SupervisesAsync(actor, clientId, cancellation),
            { Role: Role.Coach or Role.CoachSupervisor or Role.PeerSpecialist, Agency: { } agency } =>
                await clients.IsReferredAsync(actor.Jurisdiction, agency, clientId, cancellation),
            _ => false,
        };
        return reaches ? null : ClientRejections.NotFound(clientId);
    }

    /// <returns>Why the actor may not see who read the client's record; null for those who watch over it.</returns>
    public async Task<Rejection?> AccessesAsync(Actor actor, Guid clientId, CancellationToken cancellation)
    {
        if (await CheckGrantAsync(actor, cancellation) is { } refused)
            return refused;
        return actor.Role is Role.Auditor or Role.PrivacyOfficer && await ExistsAsync(actor, clientId, cancellation)
            ? null
            : ClientRejections.NotFound(clientId);
    }

    private async Task<bool> ExistsAsync(Actor actor, Guid clientId, CancellationToken cancellation) =>
        (await database.Store.FoldAsync(Streams.Client, actor.Jurisdiction, clientId, cancellation)).State.IsRegistered;

    private async Task<bool> SupervisesAsync(Actor actor, Guid clientId, CancellationToken cancellation)
    {
        var supervision = await database.Store.FoldAsync(Streams.Supervision, actor.Jurisdiction, StreamIds.Supervision(clientId), cancellation);
        return ClientRights.Supervises(actor, supervision.State);
    }
}
