using CaseFlow.Api.Access;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Identities;
using CaseFlow.Projections;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.Identities;

/// <summary>
/// Decides about identities. The stream is the jurisdiction's, and its version would tell that somebody else was merged: no answer shows it,
/// and two who decide at once are decided one after the other.
/// </summary>
public sealed class IdentityDesk(CommandDesk desk, ClientAccess access, ReadingRights rights, MistakenEntries mistaken, CaseFlowDatabase database, JurisdictionTime time)
{
    /// <summary>Merges two records, by somebody who reaches the whole of both.</summary>
    public Task<IResult> MergeAsync(Guid clientId, MergeRequest ask) => RunAsync(async (session, stream) =>
    {
        if (!await EnterAsync(session, clientId) || !await EnterAsync(session, ask.MergedClientId))
            return Done;
        IReadOnlyList<Guid> records = [.. stream.State.RecordsOf(clientId).Union(stream.State.RecordsOf(ask.MergedClientId))];
        var reached = new HashSet<Guid>();
        foreach (var record in records)
        {
            if (await ReachesAsync(session, record))
                reached.Add(record);
        }

        var decision = MergeClients.Decide(
            new(clientId, ask.MergedClientId, ask.Evidence, Sealed<string>.Of(ask.Reason), await WhenAsync(session, ask.When)),
            stream.State,
            await ContentsAsync(session, records, NoLabels),
            reached.Contains,
            session.Now);
        session.Record(stream, decision);
        return stream.State.Into.TryGetValue(ask.MergedClientId, out var mergeId)
            ? new Answer(StatusCodes.Status201Created, null, new Merged(mergeId), AddressOf(clientId))
            : Done;
    });

    /// <summary>Takes a merge back, by somebody who reaches the whole of both.</summary>
    public Task<IResult> ReverseAsync(Guid clientId, Guid mergeId, ReverseRequest ask) => RunAsync(async (session, stream) =>
    {
        if (!await EnterAsync(session, clientId))
            return Done;
        if (stream.State.Merges.GetValueOrDefault(mergeId) is { } merge
            && !(await ReachesAsync(session, merge.ClientId) && await ReachesAsync(session, merge.MergedClientId)))
        {
            session.Refuse(IdentityRejections.MergeNotFound(mergeId));
            return Done;
        }

        var isBound = session.Actor.Role != Role.PrivacyOfficer && await IsBoundAsync(session, stream.State.RecordsOf(clientId));
        session.Record(stream, ReverseMerge.Decide(
            new(clientId, mergeId, ask.ReasonCode, Sealed<string>.Of(ask.Reason), await WhenAsync(session, ask.When)), stream.State, isBound, session.Now));
        return Done;
    });

    /// <summary>Declares entries to be on the wrong person: by the privacy officer, or a supervisor of the agency whose record they are.</summary>
    public Task<IResult> DeclareAsync(Guid clientId, MistakeRequest ask)
    {
        var mistakeId = ask.MistakeId ?? Guid.CreateVersion7();
        return RunAsync(async (session, stream) =>
        {
            foreach (var id in (Guid?[])[clientId, ask.RightClientId])
            {
                if (id is { } reached && await rights.TimelineAsync(session.Actor, reached, session.Cancellation, inEmergency: false) is { } refused)
                {
                    session.Refuse(refused);
                    return Done;
                }
            }

            var answer = new Answer(StatusCodes.Status201Created, null, new Declared(mistakeId), AddressOf(clientId));
            if (await mistaken.FindAsync(session, clientId, ask.Entries, stream.State.Mistakes.GetValueOrDefault(mistakeId)) is not { } found)
                return answer;
            var both = BothOf(clientId, ask.RightClientId);
            var labels = found.Sources.Values.SelectMany(source => source.Labels).Union(await MistakenEntries.LabelsAsync(session, found.Entries, both));
            session.Record(stream, DeclareIdentityMistake.Decide(
                new(clientId, mistakeId, ask.RightClientId, found.Entries, ask.Evidence, Sealed<string>.Of(ask.Reason), await WhenAsync(session, ask.When))
                {
                    Sources = found.Sources,
                },
                stream.State,
                [.. (await ContentsAsync(session, both, [.. labels])).Values],
                ProjectionCatalogue.EventTypes.Find,
                session.Now));
            return answer;
        });
    }

    /// <summary>Takes the declaration back, by whoever may declare it; one that names no right person, by whoever declared it and those of the same agency.</summary>
    public Task<IResult> UndoAsync(Guid clientId, Guid mistakeId, UndoRequest ask) => RunAsync(async (session, stream) =>
    {
        if (await rights.TimelineAsync(session.Actor, clientId, session.Cancellation, inEmergency: false) is { } refused)
        {
            session.Refuse(refused);
            return Done;
        }

        var contents = new Dictionary<Guid, RecordContent>();
        if (stream.State.Mistakes.GetValueOrDefault(mistakeId) is { } mistake)
        {
            var entries = await EntriesAsync(session, mistake);
            if (!await MayUndoAsync(session, stream, mistake, entries))
            {
                session.Refuse(IdentityRejections.MistakeNotFound(mistakeId));
                return Done;
            }

            var both = BothOf(mistake.ClientId, mistake.RightClientId);
            var labels = new HashSet<string>(await MistakenEntries.LabelsAsync(session, mistake.Entries, both), StringComparer.Ordinal);
            foreach (var entry in entries.Values.OfType<TimelineEntry>())
                labels.UnionWith(await AmendedEntries.LabelsAsync(session, entry));
            contents = await ContentsAsync(session, both, labels);
        }

        session.Record(stream, UndoIdentityMistake.Decide(
            new(clientId, mistakeId, Sealed<string>.Of(ask.Reason), await WhenAsync(session, ask.When)), stream.State, contents.Values, session.Now));
        return Done;
    });

    private static IReadOnlyCollection<string> NoLabels => [];

    private static Answer Done { get; } = new(StatusCodes.Status204NoContent, null);

    private static string AddressOf(Guid clientId) => $"/api/clients/{clientId}/identity";

    private Task<IResult> RunAsync(Func<CommandSession, LoadedStream<IdentityState, IdentityEvent>, Task<Answer>> act) => desk.RunAsync(async session =>
        await act(session, await session.LoadAsync(Streams.Identities, StreamIds.Identities(session.Actor.Jurisdiction))));

    private Task<When> WhenAsync(CommandSession session, WhenPart? stated) =>
        time.WhenAsync(session.Actor.Jurisdiction, stated, session.Now, session.Cancellation);

    private async Task<bool> EnterAsync(CommandSession session, Guid clientId)
    {
        var client = await session.LoadAsync(Streams.Client, clientId);
        return await access.EnterAsync(session, clientId, client.State, ClientReach.Whole);
    }

    private async Task<bool> ReachesAsync(CommandSession session, Guid clientId)
    {
        var client = await session.LoadAsync(Streams.Client, clientId);
        return await access.ReachAsync(session.Actor, clientId, client.State, session.Cancellation) == ClientReach.Whole;
    }

    private static Guid[] BothOf(Guid clientId, Guid? right) => right is { } other ? [clientId, other] : [clientId];

    /// <summary>Guarded: an erasure at the same time is decided before or after.</summary>
    private static async Task<Dictionary<Guid, RecordContent>> ContentsAsync(
        CommandSession session, IReadOnlyCollection<Guid> clients, IReadOnlyCollection<string> labels)
    {
        var contents = new Dictionary<Guid, RecordContent>();
        foreach (var clientId in clients)
            contents[clientId] = ContentOf((await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(clientId))).State.About(labels));
        return contents;
    }

    /// <summary>Guarded, too: an order or a hold at the same time is before, and binds, or after.</summary>
    private static async Task<bool> IsBoundAsync(CommandSession session, IEnumerable<Guid> records)
    {
        var isBound = false;
        foreach (var record in records)
        {
            var erasure = (await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(record))).State;
            isBound |= erasure.IsHeld || erasure.Orders.Values.Any(order => order.Step == ErasureStep.Ordered);
        }

        return isBound;
    }

    private static RecordContent ContentOf(IEnumerable<ErasureOrder> orders) => orders.Aggregate(
        RecordContent.Whole, (content, order) => content == RecordContent.Erased || order.IsApplied ? RecordContent.Erased : RecordContent.ErasureOrdered);

    /// <returns>The entries that were named, as they stand now; none of a mistake that is undone. Null for one that no record shows.</returns>
    private async Task<IReadOnlyDictionary<Guid, TimelineEntry?>> EntriesAsync(CommandSession session, IdentityMistake mistake)
    {
        var entries = new Dictionary<Guid, TimelineEntry?>();
        foreach (var named in mistake.Entries.Where(entry => entry.With is null && !mistake.IsUndone))
        {
            entries[named.EventId] = (named.Stays ? mistake.ClientId : mistake.RightClientId) is { } shown
                ? await TimelineQueries.EntryAsync(
                    database.Reader, database.Views.Timeline, session.Actor.Jurisdiction, shown, named.EventId, session.Cancellation)
                : null;
        }

        return entries;
    }

    /// <summary>Whom the right person's record is hidden from as a whole is not told of the mistake any more.</summary>
    private async Task<bool> MayUndoAsync(
        CommandSession session, LoadedStream<IdentityState, IdentityEvent> stream, IdentityMistake mistake, IReadOnlyDictionary<Guid, TimelineEntry?> entries)
    {
        if (mistake.RightClientId is { } person && ErasedContent.Of((await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(person))).History, session.Actor).IsOfAll)
            return false;
        if (session.Actor.Role == Role.PrivacyOfficer)
            return true;
        if (mistake.RightClientId is not { } right)
            return stream.History.Any(recorded => recorded.Data is IdentityMistakeDeclared declared && declared.MistakeId == mistake.MistakeId && OwnDeclarations.Has(session.Actor, recorded));
        return entries.Values.All(entry => entry is not null && MistakenEntries.IsTheirs(session.Actor, entry.SourceAgency))
            && await rights.TimelineAsync(session.Actor, right, session.Cancellation, inEmergency: false) is null;
    }
}
