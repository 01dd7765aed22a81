using System.Text.Json.Serialization;
using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.Timeline;

/// <summary>A client's touchpoints in order.</summary>
public static class TimelineDoors
{
    private const string Restricted = "restricted";
    private const string ByConsent = "by-consent";
    private const string ByOrder = "by-order";
    private const string Shown = "shown";

    /// <summary>A court's team sees the participants whose consent names its agency.</summary>
    private static readonly Role[] Readers =
    [
        Role.Agent, Role.AgentSupervisor, Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist, Role.Coordinator, Role.Judge, Role.Prosecutor,
        Role.Defence, Role.Auditor, Role.PrivacyOfficer,
    ];

    /// <param name="OtherAgencies"><c>restricted</c>, <c>by-consent</c> or <c>by-order</c> when some of what is shown is, or <c>shown</c> to those who watch over
    /// the record: it tells nothing of what is not shown.</param>
    /// <param name="Position">For <c>asRecordedPosition</c>: the same answer for ever, as long as the asker's rights are the same.</param>
    /// <param name="Notice">What goes with a consented disclosure; null when nothing here is one.</param>
    public sealed record Answer(
        IReadOnlyList<TimelineItem> Items, string? Next, string OtherAgencies, long Position, DateTimeOffset? AsOf, RedisclosureNoticeShown? Notice)
        : IAnsweredFrom, IShowsAlso, ITellsCji
    {
        [JsonIgnore]
        public bool TellsCji => Items.Any(item => item.TellsCji);

        [JsonIgnore]
        public IEnumerable<Guid> AlsoShown { get; init; } = [];
    }

    public static void Map(IEndpointRouteBuilder api) => api
        .MapAsk("/clients/{clientId:guid}/timeline", HandleAsync)
        .Named("readTimeline", "A client's touchpoints that the asker may see, with what each corrected")
        .Allow(Readers).Shows<Answer>(TimelineView.ViewName, withheld: answer => answer.OtherAgencies != Shown)
        .ShowsSkeletonOfHidden("what kind of thing each entry was, and when")
        .Asks([.. TimelineFilter.Parameters, .. VisibleTo.Parameters, .. AskedMoment.Parameters, .. AskedPage.Parameters])
        .Gives(new Answer([TimelineItem.Example], Next: null, Restricted, Position: 4711, AsOf: null, Notice: null));

    private static async Task<IResult> HandleAsync(
        Guid clientId, TimelineFilter filter, VisibleTo eyes, AskedMoment asked, AskedPage page,
        Actor actor, ReadingRights rights, TimelineSights sights, AskDesk desk, OpenedTexts texts, RedisclosureNotices notices,
        IEventStore store, Persons persons, TimeProvider clock, HttpResponse response, CancellationToken cancellation)
    {
        if (await rights.TimelineAsync(actor, clientId, cancellation) is { } refused)
            return Problems.From(refused);
        if (eyes.Role is not null && actor.Role != Role.Auditor)
            return Problems.From(AccessRejections.ReplayForAuditors());

        await desk.AwaitAsync(desk.Views.Timeline, actor.Jurisdiction, asked, cancellation);
        var position = await desk.PositionAsync(actor, asked, page, cancellation);
        var sees = await sights.OfAsync(actor, clientId, eyes, asked, position, cancellation, desk.GroundsOf(actor, page));
        await desk.AwaitPositionAsync(desk.Views.Timeline, actor.Jurisdiction, sees.ChangedAt, cancellation);
        var found = await desk.PageAsync(
            desk.Views.Timeline,
            TimelineQueries.ScopeOf(sees.Ask(actor.Jurisdiction, default)),
            asked,
            page,
            actor,
            (moment, wanted) => TimelineQueries.PageOf(
                sees.Ask(actor.Jurisdiction, moment.At) with
                {
                    From = filter.From,
                    To = filter.To,
                    Intercept = filter.Intercept,
                    Kinds = filter.Kinds,
                    File = filter.File,
                },
                wanted),
            cancellation,
            filter.Direction == TimelineDirection.Newest,
            sees.ChangedAt,
            rows => eyes.Role is null ? sees.OnceFor(rows, clock.GetUtcNow()) : []);
        var erased = await ErasedContent.OfAsync(store, persons, actor, found.Rows, cancellation);
        await texts.PreloadAsync(
            actor.Jurisdiction, sees.Records.Select(record => record.ClientId).Concat(found.Rows.Select(entry => entry.RecordedOn).OfType<Guid>()), cancellation);
        var items = found.Rows.Select(entry =>
        {
            var item = TimelineItem.Of(entry, sees.BasisOf(entry), token => texts.Open(actor.Jurisdiction, token));
            return erased(entry) is { } by ? item.WithoutContent(by) : item;
        });
        var others = eyes.Role is null && actor.Role is (Role.Auditor or Role.PrivacyOfficer) ? Shown : sees.IsBy(Basis.Consent) ? ByConsent : sees.IsBy(Basis.CourtOrder) ? ByOrder : Restricted;
        // What is sealed or erased tells nothing, and spends no consent.
        var told = found.Rows.Where(entry => erased(entry) is null).ToList();
        // An auditor who looks through other eyes is told what was told then, and nothing by consent.
        var notice = eyes.Role is not null
            ? null
            : await notices.OnAsync(response, actor, sees.ConsentsFor(told), [.. sees.ToldBy(told)], cancellation);
        return TypedResults.Ok(new Answer([.. items], found.Next, others, found.Position, found.AsOf, notice) { AlsoShown = sees.Records.Select(record => record.ClientId) });
    }
}
