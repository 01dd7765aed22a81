using CaseFlow.Api.Clients;
using CaseFlow.Api.Touchpoints;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Faults.Servers;

namespace CaseFlow.Faults.Load;

/// <summary>Tells the program over HTTP what a dispatcher tells it, each time under an idempotency key, at any node that lives.</summary>
internal sealed class DoorWriter(Actor dispatcher, Actor agent, IReadOnlyList<Guid> clients, Func<IReadOnlyList<Node>> nodes, Ledger ledger, int seed)
{
    private readonly Random random = new(seed);

    public async Task RunAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            if (nodes().Count > 0 && random.Next(6) == 0)
                await RegisterAsync();
            else if (nodes().Count > 0)
                await ReportAsync();
            await Task.Delay(random.Next(10, 40), CancellationToken.None);
        }
    }

    private Task ReportAsync()
    {
        var key = $"{dispatcher.Id}-{ledger.NextNumber()}";
        return TellAsync(dispatcher, $"/api/clients/{clients[random.Next(clients.Count)]}/touchpoints/calls-for-service", new CallForServiceRequest(key), key, key);
    }

    /// <summary>Sealed values, a new data key and an inline view, in the same transaction as the event.</summary>
    private Task RegisterAsync()
    {
        var (clientId, number) = (Guid.CreateVersion7(), ledger.NextNumber());
        // Now and then a number that another client may have: refused, and nothing of it is kept.
        var docNumber = $"{(random.Next(8) == 0 ? random.Next(1, 30) : 100_000 + number)}";
        var ask = new RegisterClientDoor.Request(
            RegistrationSource.Supervision, clientId, new("Robin", "Example"), ExternalIdentifiers: [new(IdentifierSystem.Doc, docNumber)]);
        return TellAsync(agent, "/api/clients", ask, $"{dispatcher.Id}-{number}", $"{clientId}");
    }

    private async Task TellAsync(Actor actor, string path, object body, string key, string code)
    {
        var asked = new Asked(ledger.NextNumber(), actor.Jurisdiction, key, [code], () => AgainAsync(actor, path, body, key));
        ledger.Ask(asked);
        if (await TryAsync(actor, path, body, key) is not { } answered)
        {
            // A caller without an answer does not come back at once.
            await Task.Delay(random.Next(100, 300), CancellationToken.None);
            return;
        }

        switch (answered.Status)
        {
            case >= 200 and < 300:
                ledger.Tell(asked, Outcome.Acknowledged);
                break;
            case 409 or 412 or 422 or 429:
                ledger.Tell(asked, Outcome.Refused);
                break;
            case 503 or 504:
                break;
            default:
                ledger.Surprise($"{key} was answered {answered.Status} {answered.Text}");
                break;
        }
    }

    private async Task<Answered?> TryAsync(Actor actor, string path, object body, string key)
    {
        var alive = nodes();
        if (alive.Count == 0)
            return null;
        try
        {
            return await alive[random.Next(alive.Count)].PostAsync(actor, path, body, key);
        }
        catch (Exception lost) when (Weather.IsFault(lost) || lost is ObjectDisposedException)
        {
            return null;
        }
    }

    private async Task<Again> AgainAsync(Actor actor, string path, object body, string key)
    {
        // A node whose database was away a moment ago says so and asks to be asked again.
        var answered = await nodes()[0].PostAsync(actor, path, body, key);
        for (var tries = 0; answered.Status is 429 or 503 or 504 && tries < 10; tries++)
        {
            await Task.Delay(1000);
            answered = await nodes()[0].PostAsync(actor, path, body, key);
        }

        return answered switch
        {
            { Succeeded: true, Replayed: true } => Again.AnsweredBefore,
            { Succeeded: true } => Again.StoredNow,
            { Status: 409 } => Again.Refused,
            _ => throw new InvalidOperationException($"{key} asked again was answered {answered.Status} {answered.Text}"),
        };
    }
}
