using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Erasure;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Projections.RecordAges;

namespace CaseFlow.Api.Retention;

/// <summary>
/// A record whose period is over goes when whoever is responsible approves it, by the road of every erasure; or is kept longer. What is decided rests on
/// every stream of the person's records as it was read: something that happens meanwhile is decided before, and stops it, or is refused after.
/// </summary>
public sealed class RetentionDesk(CommandDesk desk, RetentionReading reading, ClientMatters matters, ErasureDesk erasures, Eraser eraser)
{
    /// <summary>
    /// Applies it to every record of the person and destroys the keys before it answers. Asked again, it ends what did not come to its end
    /// (<see cref="EndsWhatItBegan"/>).
    /// </summary>
    public async Task<IResult> ApproveAsync(Actor actor, Guid clientId, ApprovalRequest ask)
    {
        IReadOnlyList<Guid> records = [];
        var result = await desk.RunAsync(async session =>
        {
            var stream = await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(clientId));
            var identities = (await session.LoadAsync(Streams.Identities, StreamIds.Identities(actor.Jurisdiction))).State;
            records = identities.RecordsOf(clientId);
            // Each time anew: what moved may have begun a stream.
            await reading.AwaitAsync(actor.Jurisdiction, session.Cancellation);
            var ages = await reading.AgesAsync(actor.Jurisdiction, records, identities, session.Cancellation);
            if (ages.GetValueOrDefault(clientId) is not { IsOfAClient: true })
            {
                session.Refuse(ClientRejections.NotFound(clientId));
                return Answer.Done(stream);
            }

            var terms = await reading.TermsAsync(actor.Jurisdiction, session.Now, session.Cancellation);
            var found = await GuardedAsync(session, records, ages, terms);
            var decision = ApproveRetention.Decide(
                new(clientId, ask.EndsOn, ask.PolicyVersion, await erasures.FurtherAsync(session, identities, clientId)),
                stream.State, found.Age, found.Standing, terms.Version, terms.Today, session.Now);
            session.Record(stream, decision, About);
            await erasures.ExtendAsync(session, identities, clientId, decision, About);
            return Answer.Ok(stream, new Erased(ApproveRetention.OrderOf(clientId), session.Now + AesGcmSealer.LongestInMemory) { Records = records });

            Circumstances About(Circumstances about) => about with { PolicyVersion = terms.Version };
        });
        foreach (var record in result is CommandAnswer ? records : [])
            await eraser.FinishAsync(actor.Jurisdiction, record);
        return result;
    }

    public Task<IResult> PostponeAsync(Guid clientId, PostponementRequest ask) => desk.RunAsync(async session =>
    {
        var stream = await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(clientId));
        if (!(await session.LoadAsync(Streams.Client, clientId)).State.IsRegistered)
            session.Refuse(ClientRejections.NotFound(clientId));
        var terms = await reading.TermsAsync(session.Actor.Jurisdiction, session.Now, session.Cancellation);
        session.Record(
            stream, PostponeRetention.Decide(new(clientId, ask.Until, ask.ReasonCode), stream.State, terms.Policy, terms.Version, terms.Today, session.Now),
            about => about with { PolicyVersion = terms.Version });
        return Answer.Done(stream);
    });

    /// <summary>Loads, and so guards, everything that the decision rests on.</summary>
    private async Task<RetentionFound> GuardedAsync(
        CommandSession session, IReadOnlyList<Guid> records, IReadOnlyDictionary<Guid, RecordAgeRow> ages, RetentionTerms terms)
    {
        var jurisdiction = session.Actor.Jurisdiction;
        var orders = new Dictionary<Guid, ErasureState>();
        foreach (var record in records)
            orders[record] = (await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(record))).State;
        var around = new RetentionAround(
            (await session.LoadAsync(Streams.Identities, StreamIds.Identities(jurisdiction))).State,
            await matters.OpenAsync(session, records),
            (await session.LoadAsync(Streams.Breaches, StreamIds.Breaches(jurisdiction))).State,
            record => orders[record])
        {
            // Those of overdoses are guarded where the subjects of the erasure are gathered.
            Held = await reading.HeldAsync(jurisdiction, session.Cancellation),
        };
        var histories = new Dictionary<Guid, IReadOnlyList<RecordedEvent>>();
        List<Guid> own = [.. records.Select(record => ages.GetValueOrDefault(record)).OfType<RecordAgeRow>().SelectMany(row => row.Streams).Distinct()];
        var kinds = await reading.KindsAsync(jurisdiction, own, session.Cancellation);
        foreach (var stream in own)
        {
            histories[stream] = (await session.LoadAsync(Any(kinds[stream]), stream)).History;
            // What is not seen would not stand in the way.
            if (histories[stream].Count == 0)
                throw new InvalidOperationException($"Stream {stream} of a record that is to be given up reads as none.");
        }

        return reading.Judge(jurisdiction, records, ages, stream => histories[stream], around, terms);
    }

    /// <summary>A stream of a kind of which only the facts are asked.</summary>
    private static StreamOf<int, DomainEvent> Any(string alias) => new(alias, 0, (count, _) => count + 1);
}
