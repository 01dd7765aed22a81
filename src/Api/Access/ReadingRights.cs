using CaseFlow.Api.Composition;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Supervision;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.ReferralCompliance;

namespace CaseFlow.Api.Access;

/// <summary>What somebody may read (overdose-duty, "Roles"). Rights are those of now, also for a question about the past.</summary>
public sealed class ReadingRights(Registers registers, ClientAccess clients, ClientConsents consents, EmergencyAccesses emergencies, CaseFlowDatabase database, TimeProvider clock)
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
    /// <param name="actor">Who asks.</param>
    /// <param name="clientId">Whose timeline.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <param name="inEmergency">Whether an opening in an emergency counts: to read, never to change anything.</param>
    /// <returns>A refusal that does not tell a stranger's client from none, or null.</returns>
    public async Task<Rejection?> TimelineAsync(Actor actor, Guid clientId, CancellationToken cancellation, bool inEmergency = true)
    {
        if (await CheckGrantAsync(actor, cancellation) is { } refused)
            return refused;
        var reaches = actor switch
        {
            { Role: Role.Auditor or Role.PrivacyOfficer } => await ExistsAsync(actor, clientId, cancellation),
            { Role: Role.Agent or Role.AgentSupervisor, Agency: not null } => await HasOpenedAsync(actor, clientId, cancellation),
            { Role: Role.Coach or Role.CoachSupervisor or Role.PeerSpecialist, Agency: { } agency } =>
                await clients.HoldsAsync(actor, agency, clientId, cancellation) || await HasOpenedAsync(actor, clientId, cancellation),
            { Role: Role.Coordinator or Role.Judge or Role.Prosecutor or Role.Defence, Agency: { } agency } =>
                CourtReaches(await consents.OfAsync(actor.Jurisdiction, clientId, cancellation), agency, actor.Role),
            _ => false,
        };
        return reaches || (inEmergency && await emergencies.InForceAsync(actor, clientId, cancellation) is not null) ? null : ClientRejections.NotFound(clientId);
    }

    /// <summary>Whether a role of an agency reached the client's timeline at a moment, whoever held it (docs/privacy.md).</summary>
    /// <param name="then">Whose eyes.</param>
    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="clientId">The client.</param>
    /// <param name="known">The consents that were known then.</param>
    /// <param name="position">What was recorded by then; null for all that is.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<bool> ReachedThenAsync(
        Viewer then, string jurisdiction, Guid clientId, ConsentGrounds known, long? position, CancellationToken cancellation) => then switch
        {
            { Role: Role.Agent or Role.AgentSupervisor } => await SupervisionThenAsync(jurisdiction, clientId, position, cancellation) is var supervision
                && (supervision is { Phase: SupervisionPhase.Supervised }
                    ? supervision.AgencyId == then.Agency
                    : await IsOpenedByAsync(jurisdiction, then.Agency!, clientId, supervision, position, cancellation)),
            { Role: Role.Coach or Role.CoachSupervisor or Role.PeerSpecialist } =>
                await clients.IsReferredAsync(jurisdiction, then.Agency!, clientId, cancellation, new ViewInstant(position, null))
                || await clients.IsCoachedAsync(jurisdiction, then.Agency!, coachId: null, clientId, cancellation, new ViewInstant(position, null))
                || await IsOpenedByAsync(
                    jurisdiction, then.Agency!, clientId, await SupervisionThenAsync(jurisdiction, clientId, position, cancellation), position, cancellation),
            { Role: Role.Coordinator or Role.Judge or Role.Prosecutor or Role.Defence } => CourtReaches(known, then.Agency!, then.Role),
            _ => false,
        };

    /// <returns>Why the actor may not see who read the client's record; null for those who watch over it.</returns>
    public async Task<Rejection?> AccessesAsync(Actor actor, Guid clientId, CancellationToken cancellation)
    {
        if (await CheckGrantAsync(actor, cancellation) is { } refused)
            return refused;
        return actor.Role is Role.Auditor or Role.PrivacyOfficer && await ExistsAsync(actor, clientId, cancellation)
            ? null
            : ClientRejections.NotFound(clientId);
    }

    /// <summary>A court's team reaches its participants, and whom a court order in force has told them of.</summary>
    private static bool CourtReaches(ConsentGrounds known, string court, Role role) => known.NamesForMonitoring(court, role) || known.OrdersFor(court, role);

    private async Task<bool> ExistsAsync(Actor actor, Guid clientId, CancellationToken cancellation) =>
        (await database.Store.FoldAsync(Streams.Client, actor.Jurisdiction, clientId, cancellation)).State.IsRegistered;

    /// <returns>Whether the actor supervises the client; while nobody does, whether their agency opened the record.</returns>
    private async Task<bool> HasOpenedAsync(Actor actor, Guid clientId, CancellationToken cancellation)
    {
        var supervision = await SupervisionThenAsync(actor.Jurisdiction, clientId, position: null, cancellation);
        return ClientRights.Supervises(actor, supervision) || await IsOpenedByAsync(actor.Jurisdiction, actor.Agency!, clientId, supervision, position: null, cancellation);
    }

    private async Task<SupervisionState> SupervisionThenAsync(string jurisdiction, Guid clientId, long? position, CancellationToken cancellation) =>
        (await database.Store.FoldAsync(Streams.Supervision, jurisdiction, StreamIds.Supervision(clientId), cancellation, position)).State;

    private async Task<bool> IsOpenedByAsync(
        string jurisdiction, string agency, Guid clientId, SupervisionState supervision, long? position, CancellationToken cancellation) =>
        supervision.Phase != SupervisionPhase.Supervised
        && ClientReaches.IsOpenedBy(agency, (await database.Store.FoldAsync(Streams.Client, jurisdiction, clientId, cancellation, position)).State, supervision);
}
