using CaseFlow.Api.Access;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Clients;

/// <summary>
/// Finds a client by a number. Who knows a number that names one person learns the client's code, or the same person would
/// be registered twice; a number that several may share, or that can be guessed, finds only clients the asker reaches.
/// </summary>
public static class FindClientDoor
{
    public sealed record Found(Guid ClientId, string Code);

    public static async Task<IResult> Handle(
        FindRequest ask, Actor actor, ClientDesk desk, ClientAccess access, IEventStore store, EntrySights sights, OpenedTexts texts, CancellationToken cancellation)
    {
        List<Found> found = [];
        foreach (var clientId in await desk.FindAsync(actor, ask.System, ask.Value, cancellation))
        {
            if (await IsToldAsync(clientId) && (ExternalIdentifier.NamesOnePerson(ask.System) || await ReachesAsync(clientId, actor, access, store, cancellation)))
                found.Add(new Found(clientId, ClientCode.Of(clientId)));
        }

        return TypedResults.Ok<IReadOnlyList<Found>>(found);

        // A number that corrected labels hide finds nobody, also where it names one person.
        async Task<bool> IsToldAsync(Guid clientId)
        {
            var sight = await sights.OfAsync(actor, [clientId], cancellation);
            if (!sight.HidesAny)
                return true;
            await texts.PreloadAsync(actor.Jurisdiction, [clientId], cancellation);
            var read = await store.ReadStreamAsync(actor.Jurisdiction, clientId, cancellation: cancellation);
            return ShownDetails.HasNumber(read.Events, sight, ask.System, ask.Value, text => texts.OpenIntact(actor.Jurisdiction, text.Token));
        }
    }

    private static async Task<bool> ReachesAsync(
        Guid clientId, Actor actor, ClientAccess access, IEventStore store, CancellationToken cancellation)
    {
        var client = await store.FoldAsync(Streams.Client, actor.Jurisdiction, clientId, cancellation);
        return await access.ReachAsync(actor, clientId, client.State, cancellation) > ClientReach.None;
    }
}
