using CaseFlow.Api.Access;
using CaseFlow.Api.Composition;
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
        FindRequest ask, Actor actor, ClientDesk desk, ClientAccess access, IEventStore store, CancellationToken cancellation)
    {
        List<Found> found = [];
        foreach (var clientId in await desk.FindToldAsync(actor, ask.System, ask.Value, cancellation))
        {
            if (ExternalIdentifier.NamesOnePerson(ask.System) || await ReachesAsync(clientId, actor, access, store, cancellation))
                found.Add(new Found(clientId, ClientCode.Of(clientId)));
        }

        return TypedResults.Ok<IReadOnlyList<Found>>(found);
    }

    private static async Task<bool> ReachesAsync(
        Guid clientId, Actor actor, ClientAccess access, IEventStore store, CancellationToken cancellation)
    {
        var client = await store.FoldAsync(Streams.Client, actor.Jurisdiction, clientId, cancellation);
        return await access.ReachAsync(actor, clientId, client.State, cancellation) > ClientReach.None;
    }
}
