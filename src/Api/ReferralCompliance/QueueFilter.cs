using CaseFlow.Api.Http;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.ReferralCompliance;

namespace CaseFlow.Api.ReferralCompliance;

/// <summary>What the queue is narrowed to.</summary>
public sealed record QueueFilter(
    IReadOnlyList<DutyFilter> States,
    string? AgentId,
    string? OfficeId,
    Guid? ClientId,
    DateTimeOffset? DueFrom,
    DateTimeOffset? DueTo,
    QueueHeld Held)
{
    /// <summary>For <see cref="QueryParameterRoutes.Asks"/>.</summary>
    public static IReadOnlyList<QueryParameter> Parameters { get; } =
    [
        new("state", "Only duties in this state; several must all hold.", Words: QueryReader.ViewWords<DutyFilter>(), Repeats: true),
        new("agent", "Only duties that this agent holds."),
        new("office", "Only duties of this office."),
        new("client", "Only duties about this client."),
        new("dueFrom", "Due then or later.", QueryType.Time),
        new("dueTo", "Due before then.", QueryType.Time),
        new("held", "For an agent: those held now, or those that followed their client to another agent.", Words: QueryReader.ViewWords<QueueHeld>()),
    ];

    /// <exception cref="UnreadableRequestException">A parameter has the wrong form.</exception>
    public static ValueTask<QueueFilter?> BindAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request);
        return new(new QueueFilter(
            query.Words<DutyFilter>("state"),
            query.SlugId("agent"),
            query.SlugId("office"),
            query.Id("client"),
            query.Time("dueFrom"),
            query.Time("dueTo"),
            query.Word<QueueHeld>("held") ?? QueueHeld.Now));
    }

    /// <returns>The question to the view.</returns>
    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="whose">Whose duties.</param>
    /// <param name="at">The moment.</param>
    /// <param name="evaluatedAt">Overdue at this instant.</param>
    /// <param name="otherRecords">Further records of the client that is asked about.</param>
    public DutiesAsked Ask(string jurisdiction, DutiesOf whose, ViewInstant at, DateTimeOffset evaluatedAt, IReadOnlyList<Guid> otherRecords) => new(
        jurisdiction,
        whose is DutiesOf.Agent agent && Held == QueueHeld.Previously ? new DutiesOf.AgentBefore(agent.AgentId) : whose,
        at,
        evaluatedAt)
    {
        States = States,
        AgentId = AgentId,
        OfficeId = OfficeId,
        ClientId = ClientId,
        OtherRecords = otherRecords,
        DueFrom = DueFrom,
        DueTo = DueTo,
    };
}

/// <summary>An agent's duties: both agents see a duty that followed its client.</summary>
public enum QueueHeld
{
    Now,
    Previously,
}

/// <summary>Which end of the queue comes first.</summary>
public sealed record QueueSort(bool Descending)
{
    public static IReadOnlyList<QueryParameter> Parameters { get; } =
        [new("sort", "dueAt (unless said) or -dueAt, the latest due first.", Words: ["dueAt", "-dueAt"])];

    /// <exception cref="UnreadableRequestException">Neither of the two.</exception>
    public static ValueTask<QueueSort?> BindAsync(HttpContext context) => new QueryReader(context.Request).Text("sort") switch
    {
        null or "dueAt" => new(new QueueSort(Descending: false)),
        "-dueAt" => new(new QueueSort(Descending: true)),
        _ => throw QueryReader.Bad("sort", "dueAt or -dueAt."),
    };
}
