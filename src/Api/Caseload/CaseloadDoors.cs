using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Supervision;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.Caseload;

namespace CaseFlow.Api.Caseload;

/// <summary>The clients of an agent, or of an office.</summary>
public static class CaseloadDoors
{
    /// <param name="OwnLastContactAt">The present agent's own last contact; nothing that another agency did.</param>
    public sealed record Item(
        Guid ClientId,
        string ClientCode,
        string? AgentId,
        string OfficeId,
        SupervisionStatus Status,
        DateTimeOffset SupervisedSince,
        IReadOnlyList<OpenDuty> OpenDuties,
        DateTimeOffset? NextDueAt,
        DateTimeOffset? OwnLastContactAt)
    {
        /// <summary>Further records of the same person that are in this line.</summary>
        public IReadOnlyList<Guid> OtherRecords { get; init; } = [];

        /// <summary>Why the content of the client's record is erased, a code; null while it has any. The line is left so that the supervision can be ended.</summary>
        public string? ErasedReason { get; init; }

        /// <summary>What stays of an erased client's: whose it is and that they are supervised.</summary>
        internal Item WithoutContent(ContentHidden hidden) =>
            this with { OpenDuties = [], NextDueAt = null, OwnLastContactAt = null, ErasedReason = hidden.ReasonCode };
    }

    public sealed record OpenDuty(Guid DutyId, DateTimeOffset DueAt);

    /// <param name="Position">For <c>asRecordedPosition</c>: the same answer for ever.</param>
    public sealed record Answer(IReadOnlyList<Item> Items, string? Next, long Position, DateTimeOffset? AsOf) : IAnsweredFrom;

    /// <summary>What a caseload is narrowed to.</summary>
    public sealed record Filter(string? AgentId, bool OpenDuties)
    {
        public static ValueTask<Filter?> BindAsync(HttpContext context)
        {
            var query = new QueryReader(context.Request);
            return new(new Filter(query.SlugId("agent"), query.Flag("openDuties")));
        }
    }

    public static void Map(IEndpointRouteBuilder api) => api
        .MapAsk("/caseload", HandleAsync)
        .Named("listCaseload", "An agent's own clients, or a supervisor's office's: what is due next comes first")
        .Allow(Role.Agent, Role.AgentSupervisor).Shows<Answer>(CaseloadView.ViewName, (answer, _) => answer.Items.SelectMany(item => item.OtherRecords.Prepend(item.ClientId)))
        .ShowsSkeletonOfSealed("codes and due times, so that nothing that is due is hidden")
        .Covers<Answer>((answer, why) => answer with { Items = [.. answer.Items.Select(item => why(item.ClientId) is { } hidden ? item.WithoutContent(hidden) : item)] })
        .Asks([
            new("agent", "Only this agent's clients; an agent sees the own ones alone."),
            new("openDuties", "true: only clients with an open duty.", QueryType.Flag),
            .. AskedMoment.Parameters,
            .. AskedPage.Parameters,
        ])
        .Gives(new Answer([Example], Next: null, Position: 4711, AsOf: null));

    private static async Task<IResult> HandleAsync(
        Filter filter, AskedMoment asked, AskedPage page, Actor actor, AskDesk desk, PersonLines persons, OwnContacts contacts, CancellationToken cancellation)
    {
        if (actor is { Role: Role.Agent } && filter.AgentId is { } other && other != actor.Id)
            return Problems.From(AccessRejections.NotOwnCaseload());
        if (actor is { Role: Role.AgentSupervisor } && (actor.Agency is null || actor.Office is null))
            return Problems.From(AccessRejections.NoOffice());

        var whose = new CaseloadAsked(actor.Jurisdiction, default)
        {
            AgentId = actor.Role == Role.Agent ? actor.Id : filter.AgentId,
            Office = actor.Role == Role.AgentSupervisor ? (actor.Agency!, actor.Office!) : null,
            OpenDutiesOnly = filter.OpenDuties,
        };
        var lines = await persons.OfAsync(actor, whose, asked, page, cancellation);
        var found = await desk.PageAsync(
            desk.Views.Caseload,
            CaseloadQueries.ScopeOf(actor.Jurisdiction),
            asked,
            page,
            actor,
            (moment, wanted) => CaseloadQueries.PageOf(
                whose with { At = moment.At with { Position = lines.Position ?? moment.At.Position }, Hidden = lines.Hidden }, wanted),
            cancellation,
            noEarlierThan: lines.ChangedAt);
        var shown = await contacts.ShownAsync(actor, [.. found.Rows.Select(lines.Of)], new ViewInstant(found.Position, found.AsOf), cancellation);
        return TypedResults.Ok(new Answer([.. shown.Select(ItemOf)], found.Next, found.Position, found.AsOf));
    }

    private static Item ItemOf(PersonLine line) => ItemOf(line.Entry) with { OtherRecords = line.OtherRecords };

    private static Item ItemOf(CaseloadEntry entry) => new(
        entry.ClientId,
        entry.ClientCode,
        entry.AgentId,
        entry.OfficeId,
        entry.Status,
        entry.SupervisedSince,
        [.. entry.OpenDuties.Select(duty => new OpenDuty(Guid.Parse(duty.Key), duty.Value)).OrderBy(duty => duty.DueAt)],
        entry.NextDueAt,
        entry.OwnLastContactAt);

    private static Item Example { get; } = new(
        Guid.Parse("0195d6c4-0000-7000-8000-000000000001"),
        "C-7KQ2-9M",
        "agent-1",
        "madison",
        SupervisionStatus.Probation,
        new DateTimeOffset(2026, 1, 5, 15, 0, 0, TimeSpan.Zero),
        [new OpenDuty(Guid.Parse("0195d6c4-0000-8000-8000-000000000004"), new DateTimeOffset(2026, 3, 4, 16, 0, 0, TimeSpan.Zero))],
        new DateTimeOffset(2026, 3, 4, 16, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 2, 27, 15, 0, 0, TimeSpan.Zero));
}
