using CaseFlow.Api.Access;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Timeline;
using CaseFlow.Domain;
using CaseFlow.Domain.Replays;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.Replays;

/// <summary>
/// What an agency, or one of its programmes, recorded about clients, in the order of the log. The log says which events those are; what
/// is shown of each is what the client's timeline shows the same asker at the same moment.
/// </summary>
public sealed class ProgramReplays(CaseFlowDatabase database, TimelineSights sights, DisclosureDesk disclosures, OpenedTexts texts, Persons persons)
{
    /// <summary>Events of the jurisdiction that one answer looks through: a programme with little in them costs no more than one with much.</summary>
    private const int MostLooked = 2000;

    /// <param name="begun">Which programme, which time, and at which moment's record.</param>
    /// <param name="goOnAfter">The position to go on after; null at the beginning.</param>
    /// <param name="limit">Items wanted.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <returns>Items in the order of the log, and the position to go on after; null at the end.</returns>
    public async Task<(IReadOnlyList<ReplayItem> Items, long? Next)> PageAsync(
        ReplaySessionStarted begun, long? goOnAfter, int limit, Actor actor, CancellationToken cancellation)
    {
        var after = goOnAfter ?? await StartAsync(begun.Scope.From, cancellation);
        var (found, looked, last) = (new List<RecordedEvent>(), 0, after);
        await foreach (var recorded in database.Store.ReadLogAsync(after, actor.Jurisdiction, begun.Position, cancellation))
        {
            (last, looked) = (recorded.Position!.Value, looked + 1);
            if (IsIn(begun.Scope, recorded))
                found.Add(recorded);
            if (found.Count == limit || looked == MostLooked)
                break;
        }

        var items = new List<ReplayItem>();
        foreach (var own in found.GroupBy(recorded => ((IClientEvent)recorded.Data).ClientId!.Value))
            items.AddRange(await OfClientAsync(own.Key, [.. own], begun, actor, cancellation));
        return ([.. items.OrderBy(item => item.Position)], found.Count == limit || looked == MostLooked ? last : null);
    }

    private static bool IsIn(ReplayScope scope, RecordedEvent recorded) =>
        recorded is { Data: DomainEvent fact and IClientEvent { ClientId: not null }, Headers: Circumstances about }
        && about.Owner() == scope.AgencyId
        && (scope.ProgramId is null || about.Program == scope.ProgramId)
        && fact.OccurredAt >= scope.From
        && fact.OccurredAt < scope.Until;

    /// <summary>Nothing that was recorded before can have occurred since, but for the clocks' skew.</summary>
    private Task<long> StartAsync(DateTimeOffset from, CancellationToken cancellation) => from < DateTimeOffset.UnixEpoch
        ? Task.FromResult(0L)
        : database.Store.PositionAtAsync(from - When.Skew, cancellation);

    private async Task<IEnumerable<ReplayItem>> OfClientAsync(
        Guid clientId, IReadOnlyList<RecordedEvent> events, ReplaySessionStarted begun, Actor actor, CancellationToken cancellation)
    {
        var moment = new AskedMoment(begun.AsOf, AsRecorded: null, begun.Position, AtLeast: null);
        var sees = await sights.OfAsync(actor, clientId, new VisibleTo(null, null), moment, begun.Position, cancellation);
        var asked = sees.Ask(actor.Jurisdiction, new ViewInstant(begun.Position, begun.AsOf)) with { EventIds = [.. events.Select(recorded => recorded.EventId)] };
        var page = await database.Reader.PageAsync(
            database.Views.Timeline, TimelineQueries.PageOf(asked, new PageWanted(events.Count)), cancellation);
        TimelineEntry[] entries = [.. page.Rows.Select(row => row.Row)];
        var erased = await ErasedContent.OfAsync(database.Store, persons, actor, entries, cancellation);
        await disclosures.RecordAsync(actor, sees.ToldBy(entries.Where(entry => erased(entry) is null)), noticeVersion: null, cancellation);
        await texts.PreloadAsync(
            actor.Jurisdiction, sees.Records.Select(record => record.ClientId).Concat(entries.Select(entry => entry.RecordedOn).OfType<Guid>()), cancellation);
        return entries.Select(entry =>
        {
            var recorded = events.First(one => one.EventId == entry.EventId);
            var item = TimelineItem.Of(entry, sees.BasisOf(entry), token => texts.Open(actor.Jurisdiction, token));
            return new ReplayItem(
                recorded.Position!.Value, entry.ClientId!.Value, (recorded.Headers as Circumstances)?.Program, erased(entry) is { } by ? item.WithoutContent(by) : item);
        });
    }
}

/// <summary>One touchpoint of a programme.</summary>
/// <param name="Position">Its log position, for a proof that it is in the signed history.</param>
/// <param name="ClientId">Whose.</param>
/// <param name="Program">Under which programme it was filed.</param>
/// <param name="Touchpoint">As the client's timeline shows it at the same moment.</param>
public sealed record ReplayItem(long Position, Guid ClientId, string? Program, TimelineItem Touchpoint);
