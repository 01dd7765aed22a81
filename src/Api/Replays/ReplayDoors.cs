using System.Text.Json.Serialization;
using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Replays;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Replays;

/// <summary>
/// An auditor under a grant goes through what a programme recorded, event by event, as the system held it at a moment. That it began and ended is on
/// record, every page is of the session's scope and moment, and each item names its log position, which the ledger proves.
/// </summary>
public static class ReplayDoors
{
    /// <summary>Stable name of this view in the records of reads.</summary>
    public const string ViewName = "program_replay";

    private const int UsualLimit = 50;
    private const int LongestLimit = 100;

    /// <param name="Next">The position to go on after; null at the end. A page may be empty and have one.</param>
    /// <param name="Position">The record of this log position is gone through.</param>
    public sealed record Answer(IReadOnlyList<ReplayItem> Items, long? Next, long Position, DateTimeOffset? AsOf) : IAnsweredFrom, ITellsCji
    {
        [JsonIgnore]
        public bool TellsCji => Items.Any(item => item.Touchpoint.TellsCji);
    }

    /// <param name="After">The next of the page before.</param>
    /// <param name="Limit">Items wanted.</param>
    public sealed record Page(long? After, int Limit)
    {
        public static ValueTask<Page?> BindAsync(HttpContext context)
        {
            var query = new QueryReader(context.Request);
            var page = new Page(query.Number("after"), (int)Math.Min(query.Number("limit") ?? UsualLimit, int.MaxValue));
            return page.Limit is >= 1 and <= LongestLimit ? new(page) : throw QueryReader.Bad("limit", $"1 to {LongestLimit}.");
        }
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        const string sessions = "/audit/replays";

        api.MapFact(sessions, StartAsync)
            .Named("startReplay", "Begin to go through what a programme recorded about clients in a time, as it was held at a moment").Allow(Role.Auditor)
            .Takes(new StartReplayRequestValidator(), StartReplayRequest.Example)
            .Gives(StartedReplay.Example, StatusCodes.Status201Created);
        api.MapAsk(sessions + "/{sessionId:guid}", PageAsync)
            .Named("replayProgram", "What a programme recorded about clients, in the order of the log: the scope and the moment are those that the replay was begun with")
            .Allow(Role.Auditor)
            .Shows<Answer>(ViewName, (answer, _) => answer.Items.Select(item => item.ClientId))
            .ShowsSkeletonOfHidden("what kind of thing each entry was, when, and why it is sealed or erased")
            .Asks([
                new("after", "The next of the page before.", QueryType.Number),
                new("limit", $"Items wanted, 1 to {LongestLimit}; {UsualLimit} unless said.", QueryType.Number),
            ])
            .Gives(new Answer([new ReplayItem(42, Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), "warm-line", Timeline.TimelineItem.Example)], Next: null, 4711, AsOf: null));
        api.MapFact(sessions + "/{sessionId:guid}/complete", (Guid sessionId, Actor actor, CommandDesk desk) => desk.RunAsync(async session =>
            {
                var stream = await session.LoadAsync(Streams.ReplaySessions, StreamIds.ReplaySessions(actor.Jurisdiction));
                session.Record(stream, CompleteReplaySession.Decide(new(sessionId, actor.Id), stream.State, session.Now));
                // Not the stream's version: it counts what other auditors begin.
                return new Commands.Answer(StatusCodes.Status204NoContent, Of: null);
            }))
            .Named("completeReplay", "End a replay: there are no more pages").Allow(Role.Auditor);
        api.MapAsk(sessions, ListAsync)
            .Named("listReplays", "Which auditor went through what, when, and under which grant; an auditor sees the own ones")
            .Allow(Role.Auditor, Role.PrivacyOfficer, Role.Administrator)
            .ShowsNobody("auditors and programmes").Asks()
            .Gives(new ReplaySessionsAnswer([ReplaySessionItem.Example]));
    }

    private static async Task<IResult> StartAsync(
        StartReplayRequest ask, Actor actor, Registers registers, AskDesk asking, CaseFlowDatabase database, CommandDesk desk, TimeProvider clock,
        CancellationToken cancellation)
    {
        var directory = await registers.DirectoryAsync(actor.Jurisdiction, cancellation);
        if (directory.GrantInForce(actor.Id, clock.GetUtcNow()) is not { } grant)
            return Problems.From(AccessRejections.NoAuditGrant());
        var sessionId = ask.SessionId ?? Guid.CreateVersion7();
        var (_, then) = await asking.ThenAsync(actor.Jurisdiction, new AskedMoment(ask.AsOf, ask.AsRecorded, ask.AsRecordedPosition, AtLeast: null), cancellation);
        // What is recorded now is what is recorded up to a position, so that every page is of one moment.
        var position = then ?? (await database.Store.EndOfLogAsync(cancellation)).Position;
        var command = new StartReplaySession(
            sessionId, actor.Id, grant.GrantId, new ReplayScope(ask.AgencyId, ask.ProgramId, ask.From.ToUniversalTime(), ask.Until.ToUniversalTime()),
            position, ask.AsOf?.ToUniversalTime(), ask.AsRecorded?.ToUniversalTime(), IsPositionAsked: ask.AsRecordedPosition is not null);
        return await desk.RunAsync(async session =>
        {
            var stream = await session.LoadAsync(Streams.ReplaySessions, StreamIds.ReplaySessions(actor.Jurisdiction));
            session.Record(stream, StartReplaySession.Decide(command, stream.State, session.Now));
            var begun = stream.State.OfAuditor(actor.Id, sessionId)?.Started;
            return new Commands.Answer(
                StatusCodes.Status201Created, Of: null, new StartedReplay(sessionId, begun?.Position ?? position, begun?.AsOf), $"/api/audit/replays/{sessionId}");
        });
    }

    private static async Task<IResult> PageAsync(
        Guid sessionId, Page page, Actor actor, ReadingRights rights, Registers registers, ProgramReplays replays, AskDesk desk, IEventStore store, TimeProvider clock,
        CancellationToken cancellation)
    {
        if (await rights.CheckGrantAsync(actor, cancellation) is { } refused)
            return Problems.From(refused);
        var read = await store.FoldAsync(Streams.ReplaySessions, actor.Jurisdiction, StreamIds.ReplaySessions(actor.Jurisdiction), cancellation);
        if (read.State.OfAuditor(actor.Id, sessionId) is not { } session)
            return Problems.From(ReplaySessionRejections.NotFound(sessionId));
        var directory = await registers.DirectoryAsync(actor.Jurisdiction, cancellation);
        if (session.WhyNoPage(IsInForce(directory, session, clock.GetUtcNow())) is { } over)
            return Problems.From(over);
        var begun = session.Started;
        await desk.AwaitPositionAsync(desk.Views.Timeline, actor.Jurisdiction, begun.Position, cancellation);
        var (items, next) = await replays.PageAsync(begun, page.After, page.Limit, actor, cancellation);
        return TypedResults.Ok(new Answer(items, next, begun.Position, begun.AsOf));
    }

    private static async Task<IResult> ListAsync(
        Actor actor, ReadingRights rights, Registers registers, IEventStore store, TimeProvider clock, CancellationToken cancellation)
    {
        if (await rights.CheckGrantAsync(actor, cancellation) is { } refused)
            return Problems.From(refused);
        var read = await store.FoldAsync(Streams.ReplaySessions, actor.Jurisdiction, StreamIds.ReplaySessions(actor.Jurisdiction), cancellation);
        var directory = await registers.DirectoryAsync(actor.Jurisdiction, cancellation);
        var now = clock.GetUtcNow();
        return TypedResults.Ok(new ReplaySessionsAnswer(
            [.. read.State.Sessions.Where(session => actor.Role != Role.Auditor || session.Started.AuditorId == actor.Id).Reverse().Select(session => ItemOf(session, directory, now))]));
    }

    private static ReplaySessionItem ItemOf(ReplaySession session, DirectoryState directory, DateTimeOffset now) => new(
        session.Started.SessionId,
        session.Started.AuditorId,
        session.Started.GrantId,
        directory.AuditGrants.GetValueOrDefault(session.Started.GrantId)?.GrantedPurpose,
        session.Started.Scope,
        session.Started.Position,
        session.Started.AsOf,
        session.Started.AsRecorded,
        session.Started.OccurredAt,
        session.Completed?.OccurredAt,
        session.WhyNoPage(IsInForce(directory, session, now)) is null);

    private static bool IsInForce(DirectoryState directory, ReplaySession session, DateTimeOffset now) =>
        directory.AuditGrants.GetValueOrDefault(session.Started.GrantId)?.Covers(now) ?? false;
}
