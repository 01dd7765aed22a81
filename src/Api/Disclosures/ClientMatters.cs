using CaseFlow.Api.Asking;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.EventStore;
using CaseFlow.Projections.ClientMatters;

namespace CaseFlow.Api.Disclosures;

/// <param name="Emergencies">Not reviewed.</param>
/// <param name="Requests">Not answered.</param>
public sealed record OpenMatters(IReadOnlyList<EmergencyAccess> Emergencies, IReadOnlyList<RightsRequest> Requests);

/// <summary>
/// Openings in an emergency and requests of clients, each in a stream of its own. The list of them says where they stand, and is written with them
/// (<see cref="ClientMattersView"/>); what they say is folded from their streams. Those from before each had its own are found where they stand.
/// </summary>
public sealed class ClientMatters(CaseFlowDatabase database)
{
    private ClientMattersView List => database.Views.ClientMatters;

    /// <summary>One opening, loaded by a command and so guarded.</summary>
    public async Task<LoadedStream<EmergencyAccessState, EmergencyAccessEvent>> EmergencyAsync(CommandSession session, Guid emergencyAccessId) =>
        await session.LoadAsync(
            Streams.EmergencyAccessOf(emergencyAccessId),
            await StreamAsync(session.Actor.Jurisdiction, MatterKind.Emergency, emergencyAccessId, session.Cancellation));

    /// <summary>One request, loaded by a command and so guarded.</summary>
    public async Task<LoadedStream<RecordRightsState, RecordRightsEvent>> RequestAsync(CommandSession session, Guid requestId) =>
        await session.LoadAsync(
            Streams.RecordRightsOf(requestId), await StreamAsync(session.Actor.Jurisdiction, MatterKind.Request, requestId, session.Cancellation));

    /// <summary>One request, for a question.</summary>
    public async Task<RecordRightsState> RequestAsync(string jurisdiction, Guid requestId, CancellationToken cancellation) =>
        (await database.Store.FoldAsync(
            Streams.RecordRightsOf(requestId), jurisdiction, await StreamAsync(jurisdiction, MatterKind.Request, requestId, cancellation), cancellation)).State;

    /// <returns>Openings in the order they were recorded: all of a jurisdiction, or those that nobody has reviewed.</returns>
    public async Task<IReadOnlyList<EmergencyAccess>> EmergenciesAsync(string jurisdiction, bool onlyOpen, CancellationToken cancellation) => Emergencies(await FactsAsync(
        jurisdiction,
        onlyOpen
            ? await List.OpenAsync(database.Reading, jurisdiction, MatterKind.Emergency, cancellation)
            : await List.ListAsync(database.Reading, jurisdiction, MatterKind.Emergency, cancellation),
        cancellation));

    /// <returns>Openings of some records in the order they were recorded.</returns>
    public async Task<IReadOnlyList<EmergencyAccess>> EmergenciesOfAsync(string jurisdiction, IReadOnlyCollection<Guid> records, CancellationToken cancellation) =>
        Emergencies(await FactsAsync(
            jurisdiction, await List.AboutAsync(database.Reading, jurisdiction, MatterKind.Emergency, records, cancellation), cancellation));

    /// <returns>Where the emergencies stand in which somebody opened a record, and are not over at an instant.</returns>
    public Task<IReadOnlyList<ClientMatter>> OpenedByAsync(string jurisdiction, string staffId, DateTimeOffset at, CancellationToken cancellation) =>
        List.OpenedByAsync(database.Reading, jurisdiction, staffId, at, cancellation);

    /// <returns>The openings that some rows of the list are of.</returns>
    public async Task<IReadOnlyList<EmergencyAccess>> EmergenciesInAsync(string jurisdiction, IReadOnlyList<ClientMatter> rows, CancellationToken cancellation) =>
        Emergencies(await FactsAsync(jurisdiction, rows, cancellation));

    /// <summary>All requests of a jurisdiction, at a moment.</summary>
    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="moment">What was recorded by its position.</param>
    /// <param name="asOf">Only what had occurred by then; null for all.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<IReadOnlyList<RightsRequest>> RequestsAsync(
        string jurisdiction, StreamMoment moment, DateTimeOffset? asOf, CancellationToken cancellation) => Requests(
        (await FactsAsync(jurisdiction, await List.ListAsync(database.Reading, jurisdiction, MatterKind.Request, cancellation), cancellation))
        .Where(recorded => moment.Position is null || recorded.Position <= moment.Position)
        .Where(recorded => asOf is null || ((DomainEvent)recorded.Data).CountsFrom() <= asOf));

    /// <returns>What was recorded of the requests about some records, each request's facts in their order.</returns>
    public async Task<IReadOnlyList<RecordedEvent>> RequestFactsAsync(string jurisdiction, IReadOnlyCollection<Guid> records, CancellationToken cancellation) =>
        await FactsAsync(jurisdiction, await List.AboutAsync(database.Reading, jurisdiction, MatterKind.Request, records, cancellation), cancellation);

    /// <summary>What nobody has looked at or answered of some records, for a question.</summary>
    public async Task<OpenMatters> OpenAsync(string jurisdiction, IReadOnlyCollection<Guid> records, CancellationToken cancellation) =>
        Open(await FactsAsync(jurisdiction, await List.OpenAboutAsync(database.Reading, jurisdiction, records, cancellation), cancellation));

    /// <summary>What nobody has looked at or answered of some records, loaded by a command and so guarded: whoever does meanwhile has it decided anew.</summary>
    public async Task<OpenMatters> OpenAsync(CommandSession session, IReadOnlyCollection<Guid> records)
    {
        var facts = new List<RecordedEvent>();
        var rows = await List.OpenAboutAsync(database.Reading, session.Actor.Jurisdiction, records, session.Cancellation);
        foreach (var row in rows.DistinctBy(row => row.StreamId))
        {
            var alias = row.Kind == MatterKind.Emergency ? Streams.EmergencyAccess.Alias : Streams.RecordRights.Alias;
            facts.AddRange((await session.LoadAsync(new StreamOf<int, DomainEvent>(alias, 0, (count, _) => count + 1), row.StreamId)).History);
        }

        return Open(Of(rows, facts));
    }

    private static OpenMatters Open(IReadOnlyList<RecordedEvent> facts) => new(
        [.. Emergencies(facts).Where(access => access.Reviewed is null)], [.. Requests(facts).Where(request => request.Outcome is null)]);

    private static IReadOnlyList<EmergencyAccess> Emergencies(IEnumerable<RecordedEvent> facts) =>
    [
        .. from fact in facts.Select(recorded => recorded.Data).OfType<EmergencyAccessEvent>()
           group fact by fact.EmergencyAccessId into opening
           let access = opening.Aggregate(EmergencyAccessState.Initial, EmergencyAccessState.Evolve).Access!
           orderby access.Used.OccurredAt, access.Used.EmergencyAccessId
           select access,
    ];

    private static IReadOnlyList<RightsRequest> Requests(IEnumerable<RecordedEvent> facts) =>
    [
        .. from fact in facts.Select(recorded => recorded.Data).OfType<RecordRightsEvent>()
           group fact by fact.RequestId into asked
           // A request stated by its day counts from the end of that day, and may have been answered before.
           where RecordRightsState.Begins(asked.First())
           select asked.Aggregate(RecordRightsState.Initial, RecordRightsState.Evolve).Request!,
    ];

    private async Task<Guid> StreamAsync(string jurisdiction, MatterKind kind, Guid matterId, CancellationToken cancellation) =>
        (await List.FindAsync(database.Reading, jurisdiction, kind, matterId, cancellation))?.StreamId
        ?? (kind == MatterKind.Emergency ? StreamIds.EmergencyAccess(matterId) : StreamIds.RecordRights(matterId));

    private async Task<IReadOnlyList<RecordedEvent>> FactsAsync(string jurisdiction, IReadOnlyList<ClientMatter> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0)
            return [];
        var streams = await database.Store.ReadStreamsAsync(jurisdiction, [.. rows.Select(row => row.StreamId).Distinct()], cancellation);
        return Of(rows, streams.Values.SelectMany(stream => stream.Events));
    }

    /// <summary>A stream of before holds matters beside those that are asked about.</summary>
    private static IReadOnlyList<RecordedEvent> Of(IReadOnlyList<ClientMatter> rows, IEnumerable<RecordedEvent> facts)
    {
        var wanted = rows.Select(row => row.MatterId).ToHashSet();
        return [.. facts.Where(recorded => recorded.Data switch
        {
            EmergencyAccessEvent e => wanted.Contains(e.EmergencyAccessId),
            RecordRightsEvent e => wanted.Contains(e.RequestId),
            _ => false,
        })];
    }
}
