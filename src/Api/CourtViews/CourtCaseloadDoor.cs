using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Projections.CourtCaseload;

namespace CaseFlow.Api.CourtViews;

/// <summary>All participants of a court, what needs attention first.</summary>
public static class CourtCaseloadDoor
{
    /// <param name="Attention">Why the participant wants attention, the most pressing first; empty for nothing.</param>
    /// <param name="DaysInPhase">Null before the first phase.</param>
    /// <param name="NextHearingAt">The earliest hearing that is neither held nor missed, and not before the instant asked about; null for none.</param>
    /// <param name="ConsentsMissing">Sources that may not tell the team what monitoring takes, as far as the court may know of them (R38).</param>
    public sealed record Item(
        Guid ParticipationId,
        Guid ClientId,
        string ClientCode,
        ParticipationStage Stage,
        string? Phase,
        DateOnly? PhaseSince,
        int? DaysInPhase,
        DateTimeOffset? NextHearingAt,
        IReadOnlyList<Attention> Attention,
        IReadOnlyList<string> ConsentsMissing)
    {
        /// <summary>Who supervises the participant, as the court has it; null while nobody is named.</summary>
        public string? OfficerId { get; init; }

        /// <summary>Further lines of the same person: other participations in this court, on other records of theirs.</summary>
        public IReadOnlyList<Guid> AlsoAs { get; init; } = [];
    }

    /// <param name="Capacity">Participants that the court can take at a time.</param>
    /// <param name="Active">Participants admitted and not ended.</param>
    /// <param name="ByPhase">Active participants by phase.</param>
    /// <param name="ByAttention">Participants by reason, before any filter.</param>
    public sealed record Counts(
        int Capacity, int Active, int AwaitingDecision, IReadOnlyDictionary<string, int> ByPhase, IReadOnlyDictionary<string, int> ByAttention)
    {
        /// <summary>Supervision officers with their active participants of this court, those with the most first (R54).</summary>
        public IReadOnlyList<OfficerCaseload> Officers { get; init; } = [];
    }

    /// <param name="Position">For <c>asRecordedPosition</c>: the same answer for ever.</param>
    public sealed record Answer(
        string Court, int CourtVersion, Counts Counts, IReadOnlyList<Item> Items, string? Next, long Position, DateTimeOffset? AsOf, DateTimeOffset EvaluatedAt)
        : IAnsweredFrom, IToldByAgencies
    {
        /// <summary>The court's own agency.</summary>
        internal string? AgencyId { get; init; }

        IEnumerable<string?> IToldByAgencies.ToldBy => Items.SelectMany(item => item.ConsentsMissing).Append(AgencyId);
    }

    /// <summary>What a caseload is narrowed to.</summary>
    public sealed record Filter(Attention? Attention, string? Phase, ParticipationStage? Stage, bool Ended)
    {
        public static ValueTask<Filter?> BindAsync(HttpContext context)
        {
            var query = new QueryReader(context.Request);
            var attention = query.Word<Attention>("attention");
            // What wants attention of those of before is found without asking for them.
            var ended = query.Flag("ended") || attention is Projections.CourtCaseload.Attention.AftercareEnding;
            return new(new Filter(attention, query.SlugId("phase"), query.Word<ParticipationStage>("stage"), ended));
        }

        internal bool Holds(CaseloadLine line, IReadOnlyList<Attention> reasons) =>
            (Attention is not { } reason || reasons.Contains(reason)) && (Phase is null || line.Phase == Phase) && (Stage is not { } stage || line.Stage == stage);
    }

    public static void Map(IEndpointRouteBuilder api) => api
        .MapAsk("/courts/{court}/caseload", HandleAsync)
        .Named("listCourtCaseload", "All participants of a court, what needs attention first, with counts against its capacity")
        .Allow(Role.Coordinator, Role.Judge, Role.Auditor)
        .Shows<Answer>(CourtCaseloadView.ViewName, (answer, _) => answer.Items.Select(item => item.ClientId))
        .Asks([
            new("attention", "Only participants who want attention for this reason.", Words: QueryReader.ViewWords<Attention>()),
            new("phase", "Only participants in this phase."),
            new("stage", "Only participations that are so far.", Words: QueryReader.ViewWords<ParticipationStage>()),
            new("ended", "true: those of before instead of those the court works with; so for the attention aftercareEnding.", QueryType.Flag),
            .. AskedMoment.Parameters,
            .. AskedPage.Parameters,
        ])
        .Gives(Example);

    private static async Task<IResult> HandleAsync(
        string court, Filter filter, AskedMoment asked, AskedPage page, Actor actor, CourtMoments moments, CourtCaseloads caseloads, CancellationToken cancellation) =>
        await moments.CheckAsync(actor, court, cancellation) is { } refused
            ? Problems.From(refused)
            : await caseloads.PageAsync(actor, court, filter, asked, page, cancellation) is { } answer
                ? TypedResults.Ok(answer)
                : Problems.From(CourtRejections.NoneInForce());

    private static Answer Example { get; } = new(
        "drug-court",
        1,
        new Counts(50, 1, 0, new SortedDictionary<string, int> { ["acute-stabilization"] = 1 }, new SortedDictionary<string, int> { ["hearingSoon"] = 1 })
        { Officers = [new OfficerCaseload("agent-1", 1, 50, IsAbove: false)] },
        [
            new Item(
                Guid.Parse("0195d6c4-0000-7000-8000-000000000041"), Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), "C-7KQ2-9M", ParticipationStage.Admitted,
                "acute-stabilization", new DateOnly(2026, 1, 18), 45, new DateTimeOffset(2026, 3, 6, 15, 0, 0, TimeSpan.Zero), [Attention.HearingSoon], []) { OfficerId = "agent-1" },
        ],
        Next: null,
        Position: 4711,
        AsOf: null,
        new DateTimeOffset(2026, 3, 4, 16, 0, 0, TimeSpan.Zero));
}
