using CaseFlow.Api.Access;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Consents;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections;

namespace CaseFlow.Api.Consents;

/// <summary>Reads a client's consents from their stream, as of two times: as far as was recorded then, judged at an instant.</summary>
public sealed class ConsentReading(
    CaseFlowDatabase database, Registers registers, ClientAccess access, ReadingRights rights, Persons persons, SealedRecords seals, ViewInstants instants, PlacedStreams placed,
    EntrySights sights, EndsInTheLog ends, OpenedTexts texts, TimeProvider clock)
{
    /// <returns>A refusal that does not tell a stranger's client from none, or null.</returns>
    public async Task<Rejection?> CheckAsync(Actor actor, Guid clientId, CancellationToken cancellation)
    {
        if (await rights.CheckGrantAsync(actor, cancellation) is { } refused)
            return refused;
        var client = await database.Store.FoldAsync(Streams.Client, actor.Jurisdiction, clientId, cancellation);
        return client.State.IsRegistered && await ReachesAsync(actor, clientId, client.State, cancellation) ? null : ClientRejections.NotFound(clientId);
    }

    /// <summary>Reads what the streams of the person's records held, as far as the asker reaches them, and opens nothing yet.</summary>
    /// <exception cref="UnreadableRequestException">There is no such moment.</exception>
    internal async Task<ConsentsRead> ReadAsync(Actor actor, Guid clientId, AskedMoment asked, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (asked.AsRecorded > now + When.Skew)
            throw new UnreadableRequestException(new Problem(ProblemCatalogue.AsRecordedAhead, field: "asRecorded"));
        if (await instants.ResolveAsync(asked.AsOf, asked.AsRecorded, asked.AsRecordedPosition, cancellation) is not ViewInstantAnswer.At found)
            throw new UnreadableRequestException(new Problem(ProblemCatalogue.PositionBeyondLog, field: "asRecordedPosition"));

        var directory = await registers.DirectoryAsync(actor.Jurisdiction, cancellation);
        var (records, ofPerson, changedAt) = await RecordsAsync(actor, clientId, found.Instant.Position, cancellation);
        await texts.PreloadAsync(actor.Jurisdiction, records, cancellation);
        var sightOf = await sights.OfAllAsync(actor, records, cancellation);
        var recordedByThen = new List<(Guid Id, IReadOnlyList<RecordedEvent> Events, ConsentState State)>();
        foreach (var record in records)
        {
            var events = (await placed.ReadAsync(actor.Jurisdiction, StreamIds.Consents(record), found.Instant.Position, cancellation)).Events;
            // Of everything: each fact counts from its own instant.
            recordedByThen.Add((record, events, events.Select(recorded => (ConsentEvent)recorded.Data).Aggregate(ConsentState.Initial, ConsentState.Evolve)));
        }

        // An end counts on whichever record of the person it is, as it does for the decision.
        var ended = await ends.OfPersonAsync(actor.Jurisdiction, ofPerson, recordedByThen.Select(record => record.State), directory.KindOf, cancellation, placed: true);
        changedAt = Math.Max(changedAt, EndedAt());

        IReadOnlyList<ConsentItems> Tell(DateTimeOffset at) =>
        [
            .. recordedByThen.Select(record => new ConsentItems(
                record.Events, asked.AsOf, GroundsOf(record.Id, record.State, at), actor, ProjectionCatalogue.EventTypes.StoredName, sightOf(record.Id),
                text => texts.Open(actor.Jurisdiction, text?.Token), (recorded, scope) => actor.Hears(recorded, scope, directory))),
        ];

        ConsentGrounds GroundsOf(Guid record, ConsentState state, DateTimeOffset at) => new ConsentGrounds(Ended(state), at, directory.KindOf)
            .Beside(recordedByThen.Where(other => other.Id != record).Select(other => (other.Id, Ended(other.State))));

        ConsentState Ended(ConsentState state) => state.EndedBy(ended, directory.KindOf, found.Instant.Position);

        // Where what ended one that is shown was recorded, or taken back. What ended later, when it was over, changes nothing of it, and must not tell.
        long EndedAt() =>
        (
            from consent in recordedByThen.SelectMany(record => record.State.Consents)
            where actor.IsParty(consent.Scope, directory)
            from position in ended.Where(end => consent.IsEndedBy(end, directory.KindOf)).SelectMany(end => (long?[])[end.Position, end.RetractedPosition]).OfType<long>()
            where !(position > found.Instant.Position) && StandingOf(consent, position) != StandingOf(consent, position - 1)
            select position).DefaultIfEmpty().Max();

        (ConsentStanding, ConsentCondition?, bool) StandingOf(Consent consent, long upTo)
        {
            var then = (ConsentState.Initial with { Consents = [consent] }).EndedBy(ended, directory.KindOf, upTo).Consents[0];
            return (then.StandingAt(now), then.EndedBy(now), then.IsIrrevocableAt(now));
        }

        // A position is judged at the stamp of the last change that is shown: what others did there must not tell.
        var position = Math.Max(changedAt, Tell(now).Max(items => items.Position(scope => actor.IsParty(scope, directory))));
        var evaluatedAt = asked.AsOf ?? asked.AsRecorded ?? (asked.AsRecordedPosition is null
            ? now
            : await database.Positions.StampOfAsync(actor.Jurisdiction, position, cancellation));
        return new ConsentsRead(Tell(evaluatedAt), directory, evaluatedAt, position, records);
    }

    /// <returns>The person's records that the asker reaches, the one asked about first, and since when these are the person's; and all that are the person's.</returns>
    private async Task<(IReadOnlyList<Guid> Records, IReadOnlyList<Guid> OfPerson, long ChangedAt)> RecordsAsync(
        Actor actor, Guid clientId, long? position, CancellationToken cancellation)
    {
        var history = await persons.OfAsync(actor.Jurisdiction, cancellation);
        var reached = new List<Guid> { clientId };
        foreach (var other in history.EverWith(clientId).Where(other => other != clientId))
        {
            if (await CheckAsync(actor, other, cancellation) is null)
                reached.Add(other);
        }

        var state = position is null ? history.Now : history.At(position);
        return (
            await seals.OpenAsync(actor, clientId, [.. reached.Where(record => state.AreOne(record, clientId))], cancellation), state.RecordsOf(clientId),
            history.ChangedAt(reached, position));
    }

    private async Task<bool> ReachesAsync(Actor actor, Guid clientId, ClientState client, CancellationToken cancellation)
    {
        if (actor.Role is Role.PrivacyOfficer or Role.Auditor || await access.ReachAsync(actor, clientId, client, cancellation) >= ClientReach.Contact)
            return true;
        var directory = await registers.DirectoryAsync(actor.Jurisdiction, cancellation);
        var consents = await database.Store.FoldAsync(Streams.Consents, actor.Jurisdiction, StreamIds.Consents(clientId), cancellation);
        // A client's agent reaches their own clients alone, whatever the clients signed.
        return actor.Role is not (Role.Agent or Role.AgentSupervisor) && consents.State.Consents.Exists(consent => actor.IsParty(consent.Scope, directory));
    }
}

/// <param name="Items">Of each record.</param>
/// <param name="Position">Where the last of what is shown was recorded.</param>
/// <param name="Records">Whose consents they are, the record asked about first.</param>
internal sealed record ConsentsRead(
    IReadOnlyList<ConsentItems> Items, DirectoryState Directory, DateTimeOffset EvaluatedAt, long Position, IReadOnlyList<Guid> Records);
