using CaseFlow.Api.Access;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Clients;

/// <summary>
/// That a person has died, as another of their records knows: for whoever reaches that one, and for the agency that recorded it. Nothing is taken
/// from a record that is erased, or sealed from the asker.
/// </summary>
public sealed class PersonDeaths(CaseFlowDatabase database, ClientAccess access, Persons persons, SealedRecords seals, EntrySights sights, OpenedTexts texts)
{
    /// <returns>The death on the first of the person's other records that knows one; null while they live, as far as the asker is told.</returns>
    public async Task<ReadClient.DeathView?> OnOthersAsync(Actor actor, Guid clientId, CancellationToken cancellation)
    {
        var records = await persons.RecordsOfAsync(actor.Jurisdiction, clientId, cancellation);
        foreach (var other in (await seals.OpenAsync(actor, clientId, records, cancellation)).Where(other => other != clientId))
        {
            if (await OnAsync(actor, other, cancellation) is { } death)
                return death;
        }

        return null;
    }

    private async Task<ReadClient.DeathView?> OnAsync(Actor actor, Guid record, CancellationToken cancellation)
    {
        var read = await database.Store.ReadStreamAsync(actor.Jurisdiction, record, cancellation: cancellation);
        List<ClientEvent> facts = [.. read.Events.Select(recorded => recorded.Data).OfType<ClientEvent>()];
        if (ShownDetails.Of(read.Events, await sights.OfAsync(actor, [record], cancellation)).Death is not { } death)
            return null;

        var reach = await access.ReachAsync(actor, record, facts.Aggregate(ClientState.Initial, ClientState.Evolve), cancellation);
        if (reach < ClientReach.Contact && !IsOwn(actor, read.Events.Last(recorded => recorded.Data is ClientDeceased)))
            return null;
        if ((await ErasedContent.OfAsync(database.Store, actor, record, cancellation)).OfWholeRecord is not null)
            return null;

        await texts.PreloadAsync(actor.Jurisdiction, [record], cancellation);
        var source = reach == ClientReach.Whole ? texts.Open(actor.Jurisdiction, death.Source?.Token) : null;
        return new ReadClient.DeathView(death.At, death.Precision, death.VerifiedBy, source) { RecordedOn = record };
    }

    private static bool IsOwn(Actor actor, RecordedEvent recorded) =>
        actor.Agency is { } agency && recorded.Headers is Circumstances about && about.Owner() == agency;
}
