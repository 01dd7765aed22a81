using System.Globalization;
using CaseFlow.Api.Access;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.EventStore.Access;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Api.AccessRecords;

/// <summary>Who saw this client's record? For those who watch over it; asking is itself recorded.</summary>
public static class AccessDoors
{
    /// <summary>Stable name of this view in its own records.</summary>
    public const string ViewName = "access";

    /// <param name="At">When it was recorded; the answer left after it.</param>
    /// <param name="ClientsShown">How many clients the same answer showed; who the others are is theirs.</param>
    /// <param name="AskedId">What the reader asked about, if one thing: the client, or an overdose, duty or referral; of a copy, and of an accounting that was made for a request, that request.</param>
    /// <param name="TraceId">Finds the request in the logs.</param>
    /// <param name="Cji">Criminal justice information was among what was shown.</param>
    public sealed record Item(
        Guid AccessId,
        DateTimeOffset At,
        string ActorId,
        string Role,
        string? AgencyId,
        string? OfficeId,
        string Purpose,
        string Operation,
        string View,
        AccessOutcome Outcome,
        int ClientsShown,
        Guid? AskedId,
        DateTimeOffset? AsOf,
        DateTimeOffset? AsRecorded,
        long? Position,
        string TraceId,
        bool Cji);

    public sealed record Answer(IReadOnlyList<Item> Items, string? Next) : ITellsCji
    {
        /// <summary>Who read a record tells nothing of what is in it.</summary>
        bool ITellsCji.TellsCji => false;
    }

    /// <summary>What the reads are narrowed to.</summary>
    public sealed record Filter(DateTimeOffset? From, DateTimeOffset? To, string? ActorId, bool CjiOnly)
    {
        public static ValueTask<Filter?> BindAsync(HttpContext context)
        {
            var query = new QueryReader(context.Request);
            return new(new Filter(query.Time("from"), query.Time("to"), query.Text("actor"), query.Flag("cji")));
        }
    }

    public static void Map(IEndpointRouteBuilder api) => api
        .MapAsk("/clients/{clientId:guid}/access", HandleAsync)
        .Named("listAccesses", "Who saw this client's record, what of it and for what purpose, latest first")
        .Allow(Role.PrivacyOfficer, Role.Auditor).Shows<Answer>(ViewName)
        .ShowsSkeletonOfHidden("who read it, nothing of what they read")
        .Asks([
            new("from", "Read then or later.", QueryType.Time),
            new("to", "Read before then.", QueryType.Time),
            new("actor", "Only what this person or system read."),
            new("cji", "Only reads that told criminal justice information.", QueryType.Flag),
            .. AskedPage.Parameters,
        ])
        .Gives(new Answer([Example], Next: null));

    private static async Task<IResult> HandleAsync(
        Guid clientId, Filter filter, AskedPage page, Actor actor, ReadingRights rights, AccessDesk desk, CancellationToken cancellation)
    {
        if (await rights.AccessesAsync(actor, clientId, cancellation) is { } refused)
            return Problems.From(refused);

        var (items, next) = await desk.PageAsync(
            new AccessAsked(actor.Jurisdiction, clientId) { From = filter.From, To = filter.To, ActorId = filter.ActorId, CjiOnly = filter.CjiOnly }, page, actor, cancellation);
        return TypedResults.Ok(new Answer([.. items.Select(ItemOf)], next));
    }

    private static Item ItemOf(RecordedAccess recorded) => new(
        recorded.Entry.Id,
        recorded.At,
        recorded.Entry.ActorId,
        recorded.Entry.Role,
        recorded.Entry.AgencyId,
        recorded.Entry.OfficeId,
        recorded.Entry.Purpose,
        recorded.Entry.Operation,
        recorded.Entry.View,
        recorded.Entry.Outcome,
        recorded.Entry.Outcome is AccessOutcome.Shown or AccessOutcome.Restricted ? recorded.Entry.SubjectIds.Count : 0,
        recorded.Entry.AskedId,
        recorded.Entry.AsOf,
        recorded.Entry.AsRecorded,
        recorded.Entry.Position,
        recorded.Entry.TraceId,
        recorded.Entry.Cji);

    private static Item Example { get; } = new(
        Guid.Parse("0195d6c4-0000-7000-8000-00000000000a"),
        new DateTimeOffset(2026, 3, 4, 13, 30, 0, TimeSpan.Zero),
        "agent-1",
        "agent",
        "dcc",
        "north",
        "supervision",
        "readTimeline",
        "timeline",
        AccessOutcome.Restricted,
        ClientsShown: 1,
        Guid.Parse("0195d6c4-0000-7000-8000-000000000001"),
        AsOf: null,
        AsRecorded: null,
        Position: 4711,
        "0af7651916cd43dd8448eb211c80319c",
        Cji: false);
}

/// <summary>Pages of recorded reads.</summary>
public sealed class AccessDesk(CaseFlowDatabase database, Persons persons)
{
    private readonly ViewCursors cursors = new(database.MarkKeys.Derive("access-cursors"));

    /// <returns>A page of the reads of all records of the person, the latest first, and the address of the next.</returns>
    /// <exception cref="UnreadableRequestException">The cursor is not one of this question.</exception>
    public async Task<(IReadOnlyList<RecordedAccess> Items, string? Next)> PageAsync(
        AccessAsked asked, AskedPage page, Actor actor, CancellationToken cancellation)
    {
        var after = page.After(cursors, actor) is { } cursor
            ? new AccessMark(DateTimeOffset.Parse(cursor.SortValues[0], CultureInfo.InvariantCulture), Guid.Parse(cursor.Key))
            : null;
        var read = new List<RecordedAccess>();
        foreach (var record in await persons.RecordsOfAsync(actor.Jurisdiction, asked.SubjectId, cancellation))
            read.AddRange(await database.AccessHistory.OfSubjectAsync(asked with { SubjectId = record, After = after }, page.Limit + 1, cancellation));
        // One read may have shown several of them.
        var found = read.DistinctBy(one => one.Entry.Id).OrderByDescending(one => one.At).ThenByDescending(one => one.Entry.Id).Take(page.Limit + 1).ToList();
        if (found.Count <= page.Limit)
            return (found, null);

        RecordedAccess[] items = [.. found.Take(page.Limit)];
        var end = items[^1];
        return (items, page.Next(cursors, actor, new ViewCursor(ViewInstant.Now, [end.At.ToString("O", CultureInfo.InvariantCulture)], end.Entry.Id.ToString())));
    }
}
