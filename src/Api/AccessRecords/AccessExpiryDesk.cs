using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Policies;
using CaseFlow.EventStore.Access;

namespace CaseFlow.Api.AccessRecords;

/// <summary>
/// Reads whose time is over go when the privacy officer says so, by the policy in force then: on record first, then forgotten. What a kill left, or a
/// legal hold kept until it was released, goes with a later turn of the background work.
/// </summary>
public sealed class AccessExpiryDesk(CaseFlowDatabase database, Registers registers, Persons persons)
{
    public static void Map(IEndpointRouteBuilder api) => api
        .MapFact("/access/give-up", (Actor actor, CommandDesk desk, AccessExpiryDesk expiry) => expiry.GiveUpAsync(actor, desk))
        .WithMetadata(new EndsWhatItBegan())
        .Named("giveUpOldReads", "Records of reads that are older than policy has them kept are forgotten, those of clients under a legal hold aside").Allow(Role.PrivacyOfficer);

    private async Task<IResult> GiveUpAsync(Actor actor, CommandDesk desk)
    {
        var result = await desk.RunAsync(async session =>
        {
            var stream = await session.LoadAsync(Streams.ReadsKept, StreamIds.ReadsKept(actor.Jurisdiction));
            var inForce = (await registers.PoliciesAsync(actor.Jurisdiction, session.Cancellation)).InForceAt(session.Now);
            session.Record(
                stream,
                GiveUpReads.Decide(
                    stream.State, inForce?.Policy.Rights ?? RightsPolicy.Default, inForce?.Policy.Retention ?? RetentionPolicy.Default, inForce?.Version, session.Now),
                about => about with { PolicyVersion = inForce?.Version });
            return Answer.Done(stream);
        });
        if (result is CommandAnswer)
            await FinishAsync(actor.Jurisdiction, CancellationToken.None);
        return result;
    }

    /// <summary>Forgets what was given up and is still there, in every jurisdiction.</summary>
    public async Task EndOpenAsync(CancellationToken cancellation)
    {
        foreach (var jurisdiction in await database.History.Ledger.TenantsAsync(cancellation))
            await FinishAsync(jurisdiction, cancellation);
    }

    /// <returns>How many reads were forgotten.</returns>
    public async Task<long> FinishAsync(string jurisdiction, CancellationToken cancellation)
    {
        var kept = await database.Store.FoldAsync(Streams.ReadsKept, jurisdiction, StreamIds.ReadsKept(jurisdiction), cancellation);
        if (kept.State.Last is not { } last)
            return 0;
        for (var forgotten = 0L; ;)
        {
            // A hold may be placed meanwhile.
            var some = await database.AccessExpiry.ForgetAsync(
                new AccessesOver(jurisdiction, last.Before, last.CjiBefore, await HeldAsync(jurisdiction, cancellation)), cancellation);
            forgotten += some;
            if (some < AccessExpiry.MostTogether)
                return forgotten;
        }
    }

    /// <returns>All records of persons whom a legal hold keeps. Few records were ever the subject of an order or a hold.</returns>
    private async Task<IReadOnlyCollection<Guid>> HeldAsync(string jurisdiction, CancellationToken cancellation)
    {
        var streams = await database.StreamsOfKindAsync(jurisdiction, Streams.Erasure.Alias, cancellation);
        var held = new List<Guid>();
        foreach (var some in streams.Chunk(500))
        {
            var read = await database.Store.ReadStreamsAsync(jurisdiction, some, cancellation);
            held.AddRange(
                from stream in read.Values
                let facts = stream.Events.Select(recorded => (ErasureEvent)recorded.Data).ToList()
                where facts.Aggregate(ErasureState.Initial, ErasureState.Evolve).IsHeld
                select facts[0].ClientId);
        }

        var identities = (await persons.OfAsync(jurisdiction, cancellation)).Now;
        return held.SelectMany(identities.RecordsOf).ToHashSet();
    }
}
