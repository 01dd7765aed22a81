using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;

namespace CaseFlow.Api.Replays;

/// <summary>
/// An auditor under a grant goes through what a programme recorded, event by event, as the system held it at a moment. Each item names its
/// log position, which the ledger proves.
/// </summary>
public static class ReplayDoor
{
    /// <summary>Stable name of this view in the records of reads.</summary>
    public const string ViewName = "program_replay";

    private const int UsualLimit = 50;
    private const int LongestLimit = 100;

    /// <param name="Next">The position to go on after, with <c>asRecordedPosition</c> as it is here; null at the end. A page may be empty and have one.</param>
    /// <param name="Position">The record of this log position was gone through.</param>
    public sealed record Answer(IReadOnlyList<ReplayItem> Items, long? Next, long Position, DateTimeOffset? AsOf) : IAnsweredFrom;

    /// <summary>Reads the parameters.</summary>
    public sealed record Asked(ReplayAsked What)
    {
        public static ValueTask<Asked?> BindAsync(HttpContext context)
        {
            var query = new QueryReader(context.Request);
            var what = new ReplayAsked(
                query.SlugId("agency") ?? throw QueryReader.Bad("agency", "Whose record is gone through."),
                query.SlugId("program"),
                query.Time("from") ?? throw QueryReader.Bad("from", "From when on."),
                query.Time("until") ?? throw QueryReader.Bad("until", "Until when."),
                query.Number("after"),
                (int)Math.Min(query.Number("limit") ?? UsualLimit, int.MaxValue));
            if (what.Until <= what.From)
                throw QueryReader.Bad("until", "After from.");
            return what.Limit is >= 1 and <= LongestLimit ? new(new Asked(what)) : throw QueryReader.Bad("limit", $"1 to {LongestLimit}.");
        }
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapAsk("/audit/replay", HandleAsync)
        .Named("replayProgram", "What a programme recorded about clients in a time, in the order of the log, as it was held at a moment")
        .Allow(Role.Auditor)
        .Shows<Answer>(ViewName, (answer, _) => answer.Items.Select(item => item.ClientId))
        .Asks([
            new("agency", "Whose record."),
            new("program", "Only what was filed under this programme of the agency."),
            new("from", "Occurred then or later.", QueryType.Time),
            new("until", "Occurred before then.", QueryType.Time),
            new("after", "The next of the page before, with the same asRecordedPosition.", QueryType.Number),
            new("limit", $"Items wanted, 1 to {LongestLimit}; {UsualLimit} unless said.", QueryType.Number),
            .. AskedMoment.Parameters,
        ])
        .Gives(new Answer([new ReplayItem(42, Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), "warm-line", Timeline.TimelineItem.Example)], Next: null, 4711, AsOf: null));

    private static async Task<IResult> HandleAsync(
        Asked asked, AskedMoment moment, Actor actor, ReadingRights rights, ProgramReplays replays, AskDesk desk, CaseFlowDatabase database,
        CancellationToken cancellation)
    {
        if (await rights.CheckGrantAsync(actor, cancellation) is { } refused)
            return Problems.From(refused);
        await desk.AwaitAsync(desk.Views.Timeline, actor.Jurisdiction, moment, cancellation);
        var (_, then) = await desk.ThenAsync(actor.Jurisdiction, moment, cancellation);
        // What is recorded now is what is recorded up to a position, so that every page is of one moment.
        var position = then ?? (await database.Store.EndOfLogAsync(cancellation)).Position;
        await desk.AwaitPositionAsync(desk.Views.Timeline, actor.Jurisdiction, position, cancellation);
        var (items, next) = await replays.PageAsync(asked.What, moment, position, actor, cancellation);
        return TypedResults.Ok(new Answer(items, next, position, moment.AsOf));
    }
}
