using CaseFlow.Api.Access;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;
using CaseFlow.Projections;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.Disclosures;

/// <summary>
/// What clients asked to have amended, and what they were answered, opened for whoever may read it: under the labels that hold now for the entry it is
/// about, beside those of the request. What is erased, sealed or barred shows when it was asked and answered, and no words.
/// </summary>
public sealed class Amendments(
    CaseFlowDatabase database, ClientMatters matters, AmendedEntries entries, Persons persons, SealedRecords seals, RecordSights sights, OpenedTexts texts, TimeProvider clock)
{
    /// <returns>All of a person's, by when they were asked.</returns>
    /// <param name="actor">Who asks, and reaches the client.</param>
    /// <param name="clientId">The client.</param>
    /// <param name="ofAgency">Only those about this agency's record, and of these what the asker sees whole; null for all.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<IReadOnlyList<AmendmentDoors.Item>> OfAsync(Actor actor, Guid clientId, string? ofAgency, CancellationToken cancellation)
    {
        var jurisdiction = actor.Jurisdiction;
        var records = await seals.OpenAsync(actor, clientId, await persons.RecordsOfAsync(jurisdiction, clientId, cancellation), cancellation);
        var facts = await matters.RequestFactsAsync(jurisdiction, records, cancellation);
        var asked = facts.GroupBy(recorded => ((RecordRightsEvent)recorded.Data).RequestId)
            .Where(one => one.First().Data is AmendmentRequested request && (ofAgency is null || request.AgencyId == ofAgency)).ToList();
        if (asked.Count == 0)
            return [];

        await texts.PreloadAsync(jurisdiction, records, cancellation);
        var sees = new Dictionary<Guid, Func<RecordShown, bool>>();
        var erased = new Dictionary<Guid, ErasedContent>();
        foreach (var record in records)
        {
            sees[record] = await sights.BesideEntriesAsync(actor, record, cancellation);
            erased[record] = await ErasedContent.OfAsync(database.Store, actor, record, cancellation);
        }

        var items = new List<AmendmentDoors.Item>();
        foreach (var one in asked)
        {
            var request = (AmendmentRequested)one.First().Data;
            var entry = request.EntryEventId is { } eventId ? await entries.FindAsync(jurisdiction, clientId, eventId, request.AgencyId, cancellation) : null;
            IReadOnlyList<string> labels = [.. LabelsOf(one.First()).Union(entry?.Labels ?? one.SelectMany(LabelsOf), StringComparer.Ordinal)];
            var shown = new RecordShown(request.AgencyId, Labels.Of(labels), InformationOf(entry));
            if (sees[request.ClientId](shown))
                items.Add(ItemOf(jurisdiction, [.. one], labels, fact => erased[request.ClientId].Of(fact.RecordedAt, labels) is null));
            else if (ofAgency is null)
                items.Add(ItemOf(jurisdiction, [.. one], labels, _ => false) with { IsRestricted = true });
        }

        return [.. items.OrderBy(item => item.AskedAt).ThenBy(item => item.RequestId)];
    }

    private AmendmentDoors.Item ItemOf(string jurisdiction, IReadOnlyList<RecordedEvent> facts, IReadOnlyList<string> labels, Func<RecordedEvent, bool> isOpen)
    {
        var request = (AmendmentRequested)facts[0].Data;
        var state = facts.Aggregate(RecordRightsState.Initial, (state, fact) => RecordRightsState.Evolve(state, (RecordRightsEvent)fact.Data)).Request!;
        var (answer, disagreement) = (Find(fact => fact.Data is AmendmentAccepted or AmendmentDenied), Find(fact => fact.Data is DisagreementStated));
        return new AmendmentDoors.Item(
            state.RequestId, state.ClientId, request.AgencyId, request.EntryEventId, request.Proof.Asker, state.AskedAt, state.DueAt, state.IsLateAt(clock.GetUtcNow()),
            Words(facts[0], request.Text), state.Outcome, state.AnsweredAt, state.Ground,
            answer?.Data switch
            {
                AmendmentAccepted e => Words(answer, e.Text),
                AmendmentDenied e => Words(answer, e.Reason),
                _ => null,
            },
            disagreement is { Data: DisagreementStated stated } ? Words(disagreement, stated.Statement) : null, (disagreement?.Data as DomainEvent)?.OccurredAt)
        {
            Labels = labels,
        };

        RecordedEvent? Find(Func<RecordedEvent, bool> isIt) => facts.FirstOrDefault(isIt);
        string? Words(RecordedEvent fact, Sealed<string>? words) => isOpen(fact) ? texts.Open(jurisdiction, words?.Token) : null;
    }

    private static IReadOnlyList<string> LabelsOf(RecordedEvent recorded) => (recorded.Headers as Circumstances)?.Labels ?? [];

    private static ConsentInformation InformationOf(TimelineEntry? entry) =>
        entry is not null && ProjectionCatalogue.EventTypes.Find(entry.Kind) is { } type ? Told.By(type) : ConsentInformation.WholeRecord;
}
