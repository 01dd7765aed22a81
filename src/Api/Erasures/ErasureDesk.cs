using System.Text.Json;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Identities;
using CaseFlow.Domain.Policies;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Api.Erasures;

/// <summary>Orders and holds of a client's record, under the policy in force; a client who does not exist is refused first.</summary>
public sealed class ErasureDesk(CommandDesk desk, Registers registers, JurisdictionTime time, CaseFlowDatabase database, Eraser eraser)
{
    private readonly ClientMarks marks = new(database.Marks);

    /// <summary>Records an order, and puts it on the list outside before it answers: a restored backup is sealed again by it (<see cref="EndsWhatItBegan"/>).</summary>
    public async Task<IResult> OrderAsync(Actor actor, Guid clientId, OrderRequest ask)
    {
        ListedSealing? listed = null;
        var result = await RunAsync(clientId, async (session, stream, policy) =>
        {
            var command = new OrderSealing(
                clientId, ask.Scope, ask.Authority, ask.ReasonCode, Sealed<string>.Of(ask.Reference),
                marks.OrderReference(session.Actor.Jurisdiction, ask.Reference), await WhenAsync(session, ask.When))
            {
                LeftTo = new SealingExceptions(ask.LeftTo ?? [], ask.LeftToClient),
            };
            var directory = await registers.DirectoryAsync(session.Actor.Jurisdiction, session.Cancellation);
            session.Record(
                stream, OrderSealing.Decide(command, stream.State, policy.Erasure, agency => directory.FindAgency(agency) is not null, session.Now), policy.About);
            listed = new ListedSealing(
                actor.Jurisdiction, command.OrderId, clientId, $"{command.Scope}", $"{command.Authority}", command.ReasonCode,
                JsonSerializer.Serialize(command.LeftTo, JsonRules.Options), command.When.OccurredAt, IsLifted: false);
            return Answer.Created(stream, AddressOf(clientId), new OrderRecorded(command.OrderId));
        });
        if (result is CommandAnswer && listed is not null)
            database.Keys.Sealings.Add(listed);
        return result;
    }

    /// <summary>Lifts an order, and says so on the list outside: no restored backup is sealed by it again, and one that holds it as sealed is lifted again.</summary>
    public async Task<IResult> LiftAsync(Actor actor, Guid clientId, Guid orderId, LiftRequest ask)
    {
        SealingLifted? lifted = null;
        var result = await RunAsync(clientId, async (session, stream, policy) =>
        {
            var command = new LiftSealing(clientId, orderId, ask.Authority, Sealed<string>.Of(ask.Reference), await WhenAsync(session, ask.When));
            var decision = LiftSealing.Decide(command, stream.State, session.Now);
            session.Record(stream, decision, policy.About);
            lifted = decision.Events.Concat(stream.History.Select(recorded => recorded.Data)).OfType<SealingLifted>().FirstOrDefault(fact => fact.OrderId == orderId);
            return Answer.Done(stream);
        });
        if (result is CommandAnswer && lifted is not null)
            database.Keys.Sealings.Add(SealingsListed.Of(actor.Jurisdiction, lifted));
        return result;
    }

    public Task<IResult> HoldAsync(Guid clientId, HoldRequest ask) => RunAsync(clientId, async (session, stream, policy) =>
    {
        var command = new PlaceLegalHold(
            clientId, ask.Authority, ask.ReasonCode, Sealed<string>.Of(ask.Reference),
            marks.OrderReference(session.Actor.Jurisdiction, ask.Reference), await WhenAsync(session, ask.When));
        session.Record(stream, PlaceLegalHold.Decide(command, stream.State, policy.Erasure, session.Now), policy.About);
        return Answer.Created(stream, AddressOf(clientId), new HoldRecorded(command.HoldId));
    });

    public Task<IResult> ReleaseAsync(Guid clientId, Guid holdId, ReleaseRequest ask) => RunAsync(clientId, async (session, stream, policy) =>
    {
        var command = new ReleaseLegalHold(clientId, holdId, ask.Authority, await WhenAsync(session, ask.When));
        session.Record(stream, ReleaseLegalHold.Decide(command, stream.State, session.Now), policy.About);
        return Answer.Done(stream);
    });

    /// <summary>
    /// Applies an order to every record of the person and destroys the keys before it answers. Asked again, under whatever key, it ends what did
    /// not come to its end (<see cref="EndsWhatItBegan"/>).
    /// </summary>
    public async Task<IResult> ApplyAsync(Actor actor, Guid clientId, Guid orderId)
    {
        IReadOnlyList<Guid> records = [];
        var result = await RunAsync(clientId, async (session, stream, policy) =>
        {
            // Guarded: a merge at the same time is decided before, and covered, or after, and refused.
            var identities = (await session.LoadAsync(Streams.Identities, StreamIds.Identities(actor.Jurisdiction))).State;
            records = identities.RecordsOf(clientId);
            var decision = ApplyExpunction.Decide(new(clientId, orderId, await FurtherAsync(session, identities, clientId)), stream.State, session.Now);
            session.Record(stream, decision, policy.About);
            await ExtendAsync(session, identities, clientId, decision, policy.About);
            return Answer.Ok(stream, new Erased(orderId, session.Now + AesGcmSealer.LongestInMemory) { Records = records });
        });
        foreach (var record in result is CommandAnswer ? records : [])
            await eraser.FinishAsync(actor.Jurisdiction, record);
        return result;
    }

    /// <summary>What is applied to one record goes with every other record of the person, in the same transaction.</summary>
    internal async Task ExtendAsync(
        CommandSession session, IdentityState identities, Guid clientId, Decision<ErasureEvent> decision, Func<Circumstances, Circumstances> about)
    {
        foreach (var applied in decision.Events.OfType<ExpunctionApplied>())
        {
            foreach (var other in identities.RecordsOf(clientId).Where(record => record != clientId))
            {
                var further = await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(other));
                session.Record(further, ExtendExpunction.Decide(new(other, applied, await FurtherAsync(session, identities, other)), further.State, session.Now), about);
            }
        }
    }

    /// <summary>
    /// An overdose that was held before anybody knew whose it is keeps the record that it goes with, and so does a hold on a record that an entry was moved from, or
    /// to, because it had been on the wrong one: what is held goes with no other. Guarded, as every hold is.
    /// </summary>
    /// <returns>Subjects of a client's content with ids of their own.</returns>
    internal async Task<IReadOnlyList<Guid>> FurtherAsync(CommandSession session, IdentityState identities, Guid clientId)
    {
        var overdoses = await eraser.FurtherSubjectsAsync(session.Actor.Jurisdiction, clientId, session.Cancellation);
        foreach (var held in overdoses.Concat(identities.SharingEntriesWith(clientId).SelectMany(identities.RecordsOf)).Distinct())
        {
            if ((await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(held))).State.IsHeld)
                session.Refuse(ErasureRejections.LegalHold());
        }

        return [.. overdoses, .. identities.SubjectsOf(clientId)];
    }

    internal static string AddressOf(Guid clientId) => $"/api/clients/{clientId}/erasure";

    private Task<IResult> RunAsync(
        Guid clientId, Func<CommandSession, LoadedStream<ErasureState, ErasureEvent>, AppliedPolicy, Task<Answer>> act) =>
        desk.RunAsync(async session =>
        {
            var stream = await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(clientId));
            var client = await session.LoadAsync(Streams.Client, clientId);
            if (!client.State.IsRegistered)
            {
                session.Refuse(ClientRejections.NotFound(clientId));
                return Answer.Done(stream);
            }

            var inForce = (await registers.PoliciesAsync(session.Actor.Jurisdiction, session.Cancellation)).InForceAt(session.Now);
            return await act(session, stream, new AppliedPolicy(inForce?.Policy.Erasure ?? ErasurePolicy.Default, inForce?.Version));
        });

    private Task<When> WhenAsync(CommandSession session, WhenPart? stated) =>
        time.WhenAsync(session.Actor.Jurisdiction, stated, session.Now, session.Cancellation);

    /// <summary>The reasons that hold, and the version they are from.</summary>
    private sealed record AppliedPolicy(ErasurePolicy Erasure, int? Version)
    {
        public Circumstances About(Circumstances about) => about with { PolicyVersion = Version };
    }
}
