using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.EventStore;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.Timeline;

/// <summary>A client's touchpoints in order.</summary>
public static class TimelineDoors
{
    private const string Restricted = "restricted";

    /// <summary>Courts see the participants of their own: nobody, while there are no courts.</summary>
    private static readonly Role[] Readers =
    [
        Role.Agent, Role.AgentSupervisor, Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist, Role.Coordinator, Role.Judge, Role.Prosecutor,
        Role.Defence, Role.Auditor, Role.PrivacyOfficer,
    ];

    /// <param name="OtherAgencies"><c>restricted</c> or <c>shown</c>: follows from the asker's role alone, so it tells nothing about the client.</param>
    /// <param name="Position">For <c>asRecordedPosition</c>: the same answer for ever.</param>
    public sealed record Answer(IReadOnlyList<TimelineItem> Items, string? Next, string OtherAgencies, long Position, DateTimeOffset? AsOf)
        : IAnsweredFrom;

    public static void Map(IEndpointRouteBuilder api) => api
        .MapAsk("/clients/{clientId:guid}/timeline", HandleAsync)
        .Named("readTimeline", "A client's touchpoints that the asker may see, with what each corrected")
        .Allow(Readers).Shows<Answer>(TimelineView.ViewName, withheld: answer => answer.OtherAgencies == Restricted)
        .Asks([.. TimelineFilter.Parameters, .. AskedMoment.Parameters, .. AskedPage.Parameters])
        .Gives(new Answer([TimelineItem.Example], Next: null, Restricted, Position: 4711, AsOf: null));

    private static async Task<IResult> HandleAsync(
        Guid clientId, TimelineFilter filter, AskedMoment asked, AskedPage page,
        Actor actor, ReadingRights rights, RecordSights sights, AskDesk desk, OpenedTexts texts, IEventStore store, CancellationToken cancellation)
    {
        if (await rights.TimelineAsync(actor, clientId, cancellation) is { } refused)
            return Problems.From(refused);

        await desk.AwaitAsync(desk.Views.Timeline, actor.Jurisdiction, asked, cancellation);
        var sees = await sights.OfAsync(actor, clientId, cancellation);
        var found = await desk.PageAsync(
            desk.Views.Timeline,
            TimelineQueries.ScopeOf(actor.Jurisdiction, clientId, sees.Timeline),
            asked,
            page,
            actor,
            (moment, wanted) => TimelineQueries.PageOf(
                new TimelineAsked(actor.Jurisdiction, clientId, sees.Timeline, moment.At)
                {
                    From = filter.From,
                    To = filter.To,
                    Intercept = filter.Intercept,
                    Kinds = filter.Kinds,
                },
                wanted),
            cancellation,
            filter.Direction == TimelineDirection.Newest);
        var erased = await ErasedContent.OfAsync(store, actor.Jurisdiction, clientId, cancellation);
        var items = found.Rows.Select(entry =>
        {
            var item = TimelineItem.Of(entry, sees.BasisOf(entry), token => texts.Open(actor.Jurisdiction, token));
            return erased.Of(entry.RecordedAt, entry.Labels) is { } by ? item.WithoutContent(by.ReasonCode) : item;
        });
        var others = actor.Role is Role.Auditor or Role.PrivacyOfficer ? "shown" : Restricted;
        return TypedResults.Ok(new Answer([.. items], found.Next, others, found.Position, found.AsOf));
    }
}
