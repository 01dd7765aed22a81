using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.CourtViews;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Policies;
using CaseFlow.Projections;
using CaseFlow.Projections.Timeliness;

namespace CaseFlow.Api.DataEntry;

/// <summary>How soon staff record their work (R19, R55): a measure for those who answer for it, never about a client.</summary>
public static class TimelinessDoors
{
    private static readonly Role[] Leaders = [Role.Coordinator, Role.AgentSupervisor, Role.CoachSupervisor, Role.Auditor];

    /// <param name="LateAfterHours">Recorded later than this after it happened is late.</param>
    /// <param name="ShareLate">0 to 1, to four places.</param>
    public sealed record Item(
        string ActorId, string Kind, EntryWork Work, string? Court, long Entries, double MedianHours, double NinetiethHours, int LateAfterHours, long Late, double ShareLate);

    /// <param name="PolicyVersion">The policy whose times count; null while there is none: then the defaults do.</param>
    /// <param name="Position">For <c>asRecordedPosition</c>: the same answer for ever.</param>
    public sealed record Answer(
        string AgencyId, int? PolicyVersion, long Entries, long Late, double ShareLate, IReadOnlyList<Item> Items, long Position, DateTimeOffset? AsOf)
        : IAnsweredFrom;

    /// <summary>What is asked about.</summary>
    public sealed record Filter(string? AgencyId, string? ActorId, string? Kind, DateTimeOffset? From, DateTimeOffset? To)
    {
        public static ValueTask<Filter?> BindAsync(HttpContext context)
        {
            var query = new QueryReader(context.Request);
            var kind = query.Text("kind");
            if (kind is not null && ProjectionCatalogue.EventTypes.Find(kind) is null)
                throw QueryReader.Bad("kind", "The name of an event, as items show it.");
            return new(new Filter(query.SlugId("agency"), query.SlugId("actor"), kind, query.Time("from"), query.Time("to")));
        }
    }

    public static void Map(IEndpointRouteBuilder api) => api
        .MapAsk("/data-entry/timeliness", HandleAsync)
        .Named("readTimeliness", "How soon after it happened the agency's staff record their work, by person and kind")
        .Allow(Leaders).ShowsNobody("Sums of staff's work; no client is shown.")
        .Asks([
            new("agency", "Which agency; only an auditor asks about another than the own."),
            new("actor", "Only what this person recorded."),
            new("kind", "Only events of this name, for example contact_made."),
            new("from", "Recorded then or later.", QueryType.Time),
            new("to", "Recorded before then.", QueryType.Time),
            .. AskedMoment.Parameters,
        ])
        .Gives(new Answer(
            "county-court", 3, 212, 9, 0.0425, [new Item("coordinator-1", "contact_made", EntryWork.Contact, Court: null, 212, 1.4, 22, 24, 9, 0.0425)], Position: 4711, AsOf: null));

    private static async Task<IResult> HandleAsync(
        Filter filter, AskedMoment asked, Actor actor, ReadingRights rights, JurisdictionTime time, CourtMoments moments, AskDesk desk, CaseFlowDatabase database,
        CancellationToken cancellation)
    {
        if (await rights.CheckGrantAsync(actor, cancellation) is { } refused)
            return Problems.From(refused);
        var agency = filter.AgencyId ?? actor.Agency;
        if (agency is null)
            return Problems.From(AccessRejections.NoAgency());
        if (agency != actor.Agency && actor.Role != Role.Auditor)
            return Problems.From(AccessRejections.NotOwnAgency());

        var view = desk.Views.Timeliness;
        var moment = await desk.ResolveAsync(view, TimelinessQueries.ScopeOf(actor.Jurisdiction, agency), asked, cancellation);
        var policy = await time.PolicyAtAsync(actor.Jurisdiction, moment.EvaluatedAt, cancellation);
        var within = policy?.Policy.DataEntry ?? DataEntryPolicy.Default;
        var ofCourts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var code in await TimelinessQueries.CourtsAsync(database.Reader, view, actor.Jurisdiction, agency, moment.At, cancellation))
        {
            if (await moments.CourtAsync(actor.Jurisdiction, code, moment.At.Position, moment.EvaluatedAt, cancellation) is { } court)
                ofCourts[code] = court.InForce.Configuration.DataEntryHours;
        }

        var (rows, at) = await TimelinessQueries.OfAsync(
            database.Reader,
            view,
            new TimelinessAsked(actor.Jurisdiction, agency, moment.At, within, ofCourts)
            {
                ActorId = filter.ActorId,
                Kind = filter.Kind,
                From = filter.From,
                To = filter.To,
            },
            cancellation);
        var (entries, late) = (rows.Sum(row => row.Entries), rows.Sum(row => row.Late));
        return TypedResults.Ok(new Answer(
            agency, policy?.Version, entries, late, Share(late, entries), [.. rows.Select(row => ItemOf(row, within, ofCourts))], at.Position!.Value, at.Instant));
    }

    private static Item ItemOf(TimelinessOf row, DataEntryPolicy within, Dictionary<string, int> ofCourts) => new(
        row.ActorId,
        row.Kind,
        row.Work,
        row.Court,
        row.Entries,
        Hours(row.MedianSeconds),
        Hours(row.Ninetieth),
        row.Court is { } court && ofCourts.TryGetValue(court, out var own) ? own : row.Work == EntryWork.Court ? within.CourtHours : within.ContactHours,
        row.Late,
        Share(row.Late, row.Entries));

    private static double Hours(double seconds) => Math.Round(seconds / 3600.0, 2);

    private static double Share(long part, long whole) => whole == 0 ? 0 : Math.Round((double)part / whole, 4);
}
