using CaseFlow.Api.Access;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Supervision;

namespace CaseFlow.Api.Overdoses;

/// <summary>Changes to a client's duties, by those who supervise the client.</summary>
public sealed class DutyDesk(CommandDesk desk, Registers registers)
{
    /// <summary>Every event of a duty belongs to community supervision (Intercept 5) and matters to crisis services (0).</summary>
    public static Circumstances About(Circumstances about) => about with { Intercept = 5, AlsoRelevantTo = [0] };

    /// <summary>Loads the client's duties, checks whose client it is, decides and answers 204 with the duties' version.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="dutyId">The duty; the latest when null.</param>
    /// <param name="decide">Gets the session, the duties, and the policy that judges the duty.</param>
    public Task<IResult> ChangeAsync(
        Guid clientId, Guid? dutyId, Func<CommandSession, DutyState, JurisdictionPolicy, Decision<DutyEvent>> decide) =>
        desk.RunAsync(async session =>
        {
            var duties = await session.LoadAsync(Streams.Duty, StreamIds.ReferralDuty(clientId));
            var supervision = await session.LoadAsync(Streams.Supervision, StreamIds.Supervision(clientId));
            if (!ClientRights.Supervises(session.Actor, supervision.State) && !HoldsAfterEnd(session.Actor, supervision.State, duties.State.Find(dutyId)))
            {
                session.Refuse(Domain.Clients.ClientRejections.NotFound(clientId));
                return Answer.Done(duties);
            }

            if (await PolicyOfAsync(session, duties.State.Find(dutyId)) is { } policy)
                session.Record(duties, decide(session, duties.State, policy), About);
            else
                session.Refuse(DutyRejections.NotFound());
            return Answer.Done(duties);
        });

    /// <summary>The agent's knowing and its consequences, with all they rest on guarded.</summary>
    public Task<IResult> KnowAsync(
        Guid clientId,
        Guid overdoseId,
        Func<KnowledgeSession, Decision<DutyEvent>> decide) =>
        desk.RunAsync(async session =>
        {
            var duties = await session.LoadAsync(Streams.Duty, StreamIds.ReferralDuty(clientId));
            if (await session.OwnClientAsync(clientId) is not { } supervision)
                return Answer.Done(duties);

            if (supervision.State.AgentId is null)
            {
                session.Refuse(DutyRejections.NoAgentAssigned());
                return Answer.Done(duties);
            }

            var overdose = await session.LoadAsync(Streams.Overdose, overdoseId);
            // What is not this client's is said only to somebody for whom that overdose exists.
            if (overdose.State.ClientId != clientId && !await session.ReachesAsync(overdose.State))
            {
                session.Refuse(OverdoseRejections.NotFound(overdoseId));
                return Answer.Done(duties);
            }

            var policies = await registers.PoliciesAsync(session.Actor.Jurisdiction, session.Cancellation);
            session.Record(duties, decide(new KnowledgeSession(session, duties, FactsOf(overdose.State), SupervisorOf(supervision.State), policies)), About);
            return Answer.Done(duties);
        });

    /// <summary>Records the duty that a knowing did not start while the overdose was ruled out.</summary>
    internal async Task OweAfterAllAsync(CommandSession session, OverdoseState overdose)
    {
        if (overdose.ClientId is not { } clientId)
            return;

        var duties = await session.LoadAsync(Streams.Duty, StreamIds.ReferralDuty(clientId));
        var known = duties.History.Select(recorded => recorded.Data).OfType<OverdoseKnownToAgent>()
            .FirstOrDefault(knowing => knowing.OverdoseId == overdose.OverdoseId);
        if (known is null)
            return;

        var supervision = await session.LoadAsync(Streams.Supervision, StreamIds.Supervision(clientId));
        var policies = await registers.PoliciesAsync(session.Actor.Jurisdiction, session.Cancellation);
        var command = new RecordOverdoseKnown(clientId, overdose.OverdoseId, known.AgentId, known.How, duties.State.KnownAt[overdose.OverdoseId]);
        session.Record(
            duties,
            RecordOverdoseKnown.Decide(
                command, duties.State, FactsOf(overdose), SupervisorOf(supervision.State), (at, upTo) => policies.InForceAt(at, upTo), session.Now),
            About);
    }

    /// <summary>Supervision has ended: what was discharged before is still attested and verified by those who held it.</summary>
    private static bool HoldsAfterEnd(Actor actor, SupervisionState supervision, Duty? duty) =>
        supervision.Phase == SupervisionPhase.Ended && duty is not null && actor.Role switch
        {
            Role.Agent => duty.AgentId == actor.Id,
            Role.AgentSupervisor => duty.AgencyId == actor.Agency && duty.OfficeId == actor.Office,
            _ => false,
        };

    private async Task<JurisdictionPolicy?> PolicyOfAsync(CommandSession session, Duty? duty) => duty is null
        ? null
        : (await registers.PoliciesAsync(session.Actor.Jurisdiction, session.Cancellation)).Find(duty.PolicyVersion)?.Policy;

    private static OverdoseFacts FactsOf(OverdoseState state) =>
        new(state.OverdoseId, state.ClientId, state.OccurredAt, state.IsFatal, state.RuledOut);

    private static SupervisedBy? SupervisorOf(SupervisionState state) =>
        state is { Phase: SupervisionPhase.Supervised, AgentId: { } agentId, AgencyId: { } agencyId, OfficeId: { } officeId }
            ? new SupervisedBy(agentId, agencyId, officeId)
            : null;
}

/// <summary>What a decision about an agent's knowing rests on.</summary>
public sealed record KnowledgeSession(
    CommandSession Session, LoadedStream<DutyState, DutyEvent> Duties, OverdoseFacts Overdose, SupervisedBy? Supervision, PolicyState Policies);
