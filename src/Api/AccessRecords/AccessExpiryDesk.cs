using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<string, (OldReadsGivenUp GivenUp, HashSet<Guid> Held)> walked = new(StringComparer.Ordinal);

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

    /// <summary>
    /// Walks along everything that is over, once for each giving up and each change of what is held: what a walk kept, the next would keep again, and
    /// nothing becomes over by itself.
    /// </summary>
    /// <returns>How many reads were forgotten.</returns>
    public async Task<long> FinishAsync(string jurisdiction, CancellationToken cancellation)
    {
        var kept = await database.Store.FoldAsync(Streams.ReadsKept, jurisdiction, StreamIds.ReadsKept(jurisdiction), cancellation);
        if (kept.State.Last is not { } last)
            return 0;
        var held = await HeldAsync(jurisdiction, cancellation);
        if (walked.TryGetValue(jurisdiction, out var before) && before.GivenUp == last && before.Held.SetEquals(held))
            return 0;
        var (forgotten, from, atFirst) = (0L, (AccessWalk?)null, held);
        while (true)
        {
            var some = await database.AccessExpiry.ForgetAsync(new AccessesOver(jurisdiction, last.Before, last.CjiBefore, held), from, cancellation);
            (forgotten, from) = (forgotten + some.Forgotten, some.Next);
            if (from is null)
                break;
            // A hold may be placed meanwhile.
            held = await HeldAsync(jurisdiction, cancellation);
        }

        // Whose hold was released on the way was walked past: the next turn walks again.
        walked[jurisdiction] = (last, atFirst);
        return forgotten;
    }

    /// <returns>All records of persons whom a legal hold keeps.</returns>
    private async Task<HashSet<Guid>> HeldAsync(string jurisdiction, CancellationToken cancellation)
    {
        var held = await database.HeldRecordsAsync(jurisdiction, cancellation);
        var identities = (await persons.OfAsync(jurisdiction, cancellation)).Now;
        return held.SelectMany(identities.RecordsOf).ToHashSet();
    }
}
