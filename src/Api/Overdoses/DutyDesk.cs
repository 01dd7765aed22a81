using CaseFlow.Api.Access;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Identities;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Supervision;

namespace CaseFlow.Api.Overdoses;

/// <summary>Changes to a client's duties, by those who supervise the client.</summary>
public sealed class DutyDesk(CommandDesk desk, Registers registers, OverdoseSights sights)
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
            var own = OwnDuties.Of(session.Actor, duties.State, duties.History);
            if (!ClientRights.Supervises(session.Actor, supervision.State) && !HoldsAfterEnd(session.Actor, supervision.State, own.Find(dutyId)))
            {
                session.Refuse(Domain.Clients.ClientRejections.NotFound(clientId));
                return Answer.Done(duties);
            }

            if (await PolicyOfAsync(session, own.Find(dutyId)) is { } policy)
                session.Record(duties, decide(session, own, policy), About);
            else
                session.Refuse(DutyRejections.NotFound());
            return Answer.Done(duties);
        });

    /// <summary>
    /// The agent's knowing and its consequences, with all they rest on guarded. Where the client has further records that the actor supervises, it
    /// goes to the one that knows of the overdose already, else to the one that stands for the person: one overdose makes one duty.
    /// </summary>
    public Task<IResult> KnowAsync(
        Guid clientId,
        Guid overdoseId,
        Func<KnowledgeSession, Decision<DutyEvent>> decide) =>
        desk.RunAsync(async session =>
        {
            var asked = await session.LoadAsync(Streams.Duty, StreamIds.ReferralDuty(clientId));
            if (await session.OwnClientAsync(clientId) is null)
                return Answer.Done(asked);

            var identities = await IdentitiesAsync(session);
            var target = await RecordForAsync(session, identities, clientId, overdoseId);
            var duties = await session.LoadAsync(Streams.Duty, StreamIds.ReferralDuty(target));
            var own = OwnDuties.Of(session.Actor, duties.State, duties.History);
            duties.IsUnknown = OwnDuties.AreNone(own);
            var supervision = await session.LoadAsync(Streams.Supervision, StreamIds.Supervision(target));
            if (supervision.State.AgentId is null)
            {
                session.Refuse(DutyRejections.NoAgentAssigned());
                return Answer.Done(duties);
            }

            var overdose = await session.LoadAsync(Streams.Overdose, overdoseId);
            var person = identities.PersonOf(overdoseId, overdose.State.ClientId);
            var isTheirs = person is { } known && identities.AreOne(known, clientId);
            // What is not this client's is said only to somebody for whom that overdose exists.
            if (!isTheirs && !await session.ReachesAsync(overdose.State with { ClientId = person }))
            {
                session.Refuse(OverdoseRejections.NotFound(overdoseId));
                return Answer.Done(duties);
            }

            var policies = await registers.PoliciesAsync(session.Actor.Jurisdiction, session.Cancellation);
            // When it happened is compared only for those who are shown that.
            var isShown = (await sights.OfAsync(session, overdose.State with { ClientId = person }, overdose.History)).ShowsReport;
            var facts = FactsOf(overdose.State) with { ClientId = isTheirs ? target : person, OccurredAt = isShown ? overdose.State.OccurredAt : null };
            session.Record(duties, decide(new KnowledgeSession(session, target, duties, own, facts, SupervisorOf(supervision.State), policies)), About);
            return Answer.Done(duties);
        });

    /// <summary>Records the duty that a knowing did not start while the overdose was ruled out.</summary>
    internal async Task OweAfterAllAsync(CommandSession session, OverdoseState overdose)
    {
        var identities = await IdentitiesAsync(session);
        if (identities.PersonOf(overdose.OverdoseId, overdose.ClientId) is not { } person)
            return;

        var policies = await registers.PoliciesAsync(session.Actor.Jurisdiction, session.Cancellation);
        foreach (var clientId in identities.RecordsOf(person))
        {
            var duties = await session.LoadAsync(Streams.Duty, StreamIds.ReferralDuty(clientId));
            var known = duties.History.Select(recorded => recorded.Data).OfType<OverdoseKnownToAgent>()
                .FirstOrDefault(knowing => knowing.OverdoseId == overdose.OverdoseId);
            if (known is null)
                continue;

            var supervision = await session.LoadAsync(Streams.Supervision, StreamIds.Supervision(clientId));
            var command = new RecordOverdoseKnown(clientId, overdose.OverdoseId, known.AgentId, known.How, duties.State.KnownAt[overdose.OverdoseId]);
            session.Record(
                duties,
                RecordOverdoseKnown.Decide(
                    command, duties.State, FactsOf(overdose) with { ClientId = clientId }, SupervisorOf(supervision.State),
                    (at, upTo) => policies.InForceAt(at, upTo), session.Now),
                About);
        }
    }

    /// <summary>Guarded: a merge or a mistake told at the same time is before, and counts, or after.</summary>
    internal static async Task<IdentityState> IdentitiesAsync(CommandSession session) =>
        (await session.LoadAsync(Streams.Identities, StreamIds.Identities(session.Actor.Jurisdiction))).State;

    private static async Task<Guid> RecordForAsync(CommandSession session, IdentityState identities, Guid clientId, Guid overdoseId)
    {
        var records = identities.RecordsOf(clientId);
        Guid? standing = null;
        foreach (var record in records.Count == 1 ? [] : records)
        {
            if (!ClientRights.Supervises(session.Actor, (await session.LoadAsync(Streams.Supervision, StreamIds.Supervision(record))).State))
                continue;
            if ((await session.LoadAsync(Streams.Duty, StreamIds.ReferralDuty(record))).State.KnownAt.ContainsKey(overdoseId))
                return record;
            standing ??= record;
        }

        return standing ?? clientId;
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
/// <param name="Own">Of the duties what is the actor's own: no more is theirs to correct. One overdose makes one duty, whoever knew of it.</param>
public sealed record KnowledgeSession(
    CommandSession Session, Guid ClientId, LoadedStream<DutyState, DutyEvent> Duties, DutyState Own, OverdoseFacts Overdose, SupervisedBy? Supervision, PolicyState Policies);
