using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Policies;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections;
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
        /// <summary>Further lines of the same person: other participations in this court, on other records of theirs.</summary>
        public IReadOnlyList<Guid> AlsoAs { get; init; } = [];
    }

    /// <param name="Capacity">Participants that the court can take at a time.</param>
    /// <param name="Active">Participants admitted and not ended.</param>
    /// <param name="ByPhase">Active participants by phase.</param>
    /// <param name="ByAttention">Participants by reason, before any filter.</param>
    public sealed record Counts(
        int Capacity, int Active, int AwaitingDecision, IReadOnlyDictionary<string, int> ByPhase, IReadOnlyDictionary<string, int> ByAttention);

    /// <param name="Position">For <c>asRecordedPosition</c>: the same answer for ever.</param>
    public sealed record Answer(
        string Court, int CourtVersion, Counts Counts, IReadOnlyList<Item> Items, string? Next, long Position, DateTimeOffset? AsOf, DateTimeOffset EvaluatedAt)
        : IAnsweredFrom;

    /// <summary>What a caseload is narrowed to.</summary>
    public sealed record Filter(Attention? Attention, string? Phase, ParticipationStage? Stage, bool Ended)
    {
        public static ValueTask<Filter?> BindAsync(HttpContext context)
        {
            var query = new QueryReader(context.Request);
            return new(new Filter(query.Word<Attention>("attention"), query.SlugId("phase"), query.Word<ParticipationStage>("stage"), query.Flag("ended")));
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
            new("ended", "true: those of before instead of those the court works with.", QueryType.Flag),
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
        new Counts(50, 1, 0, new SortedDictionary<string, int> { ["acute-stabilization"] = 1 }, new SortedDictionary<string, int> { ["hearingSoon"] = 1 }),
        [
            new Item(
                Guid.Parse("0195d6c4-0000-7000-8000-000000000041"), Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), "C-7KQ2-9M", ParticipationStage.Admitted,
                "acute-stabilization", new DateOnly(2026, 1, 18), 45, new DateTimeOffset(2026, 3, 6, 15, 0, 0, TimeSpan.Zero), [Attention.HearingSoon], []),
        ],
        Next: null,
        Position: 4711,
        AsOf: null,
        new DateTimeOffset(2026, 3, 4, 16, 0, 0, TimeSpan.Zero));
}

/// <summary>Puts a court's caseload in order and pages it.</summary>
public sealed class CourtCaseloads(CaseFlowDatabase database, CourtMoments moments, ClientConsents consents, Registers registers, Persons persons, SealedRecords seals)
{
    private readonly ViewCursors cursors = new(database.MarkKeys.Derive("court-caseload-cursors"));

    /// <returns>A page; null when no version of the court was in force at the moment.</returns>
    /// <exception cref="UnreadableRequestException">There is no such moment, or the cursor is another question's.</exception>
    public async Task<CourtCaseloadDoor.Answer?> PageAsync(
        Actor actor, string court, CourtCaseloadDoor.Filter filter, AskedMoment asked, AskedPage page, CancellationToken cancellation)
    {
        var jurisdiction = actor.Jurisdiction;
        var after = page.After(cursors, actor);
        var at = after?.At ?? await moments.PinAsync(jurisdiction, asked, cancellation);
        // None waits for another.
        var held = CourtCaseloadQueries.OfAsync(
            database.Reader, database.Views.CourtCompliance, database.Views.CourtCaseload, jurisdiction, court, !filter.Ended, at, cancellation);
        var history = persons.OfAsync(jurisdiction, cancellation);
        var known = moments.KnownAsync(jurisdiction, court, at.Position!.Value, cancellation);
        await Task.WhenAll(held, history, known);
        var (lines, position) = await held;
        var (alsoAs, changedAt) = await AlsoAsync(actor, lines, await history, at.Position!.Value, cancellation);
        position = Math.Max(position, changedAt);
        var now = after?.JudgedAt ?? await moments.JudgedAtAsync(jurisdiction, asked, () => Task.FromResult(position), cancellation);
        var arranged = await ArrangeAsync(now);
        // A position is judged at the stamp of the last change that is shown, and a consent may be that.
        if (arranged?.ChangedAt > position && after is null && asked is { AsOf: null, AsRecorded: null, AsRecordedPosition: not null })
            arranged = await ArrangeAsync(await moments.JudgedAtAsync(jurisdiction, asked, () => Task.FromResult(arranged.ChangedAt), cancellation));
        return arranged is null ? null : arranged.Answer with { Position = Math.Max(position, arranged.ChangedAt) };

        async Task<Arranged?> ArrangeAsync(DateTimeOffset judgedAt) => (await known).At(judgedAt) is { } configured
            ? await ArrangedAsync(actor, configured, filter, lines, alsoAs, page, after, at, cancellation)
            : null;
    }

    private async Task<Arranged> ArrangedAsync(
        Actor actor, CourtAsked configured, CourtCaseloadDoor.Filter filter, IReadOnlyList<CaseloadLine> lines, Func<CaseloadLine, IReadOnlyList<Guid>> alsoAs,
        AskedPage page, ViewCursor? after, ViewInstant at, CancellationToken cancellation)
    {
        var now = configured.Now;
        var rules = configured.Policy?.Policy.CourtCaseload ?? CourtCaseloadPolicy.Default;
        var ranked = lines.Select(line => (Line: line, Reasons: line.At(configured.InForce.Configuration, rules, now, configured.Today))).ToList();
        var ordered = ranked.Where(one => filter.Holds(one.Line, one.Reasons))
            .OrderBy(one => one.Reasons.Count == 0 ? int.MaxValue : (int)one.Reasons[0])
            .ThenBy(one => one.Line.FirstOpenHearingAt ?? DateTimeOffset.MaxValue).ThenBy(one => one.Line.ParticipationId)
            .ToList();
        var start = after is null ? 0 : ordered.FindIndex(one => one.Line.ParticipationId.ToString() == after.Key) + 1;
        var shown = ordered.Skip(start).Take(page.Limit).ToList();
        var (missing, changedAt) = await MissingAsync(actor, configured, [.. shown.Where(one => NeedsConsents(one.Line)).Select(one => one.Line.ClientId)], at.Position!.Value, cancellation);
        var next = start + shown.Count < ordered.Count ? new ViewCursor(at, [], shown[^1].Line.ParticipationId.ToString()) { JudgedAt = now } : null;
        var answer = new CourtCaseloadDoor.Answer(
            configured.Code,
            configured.InForce.Version,
            Counted(configured, ranked),
            [.. shown.Select(one => ItemOf(one.Line, one.Reasons, configured, missing) with { AlsoAs = alsoAs(one.Line) })],
            page.Next(cursors, actor, next),
            changedAt,
            at.Instant,
            now);
        return new Arranged(answer, changedAt);
    }

    /// <param name="ChangedAt">Where what is shown of consents changed last.</param>
    private sealed record Arranged(CourtCaseloadDoor.Answer Answer, long ChangedAt);

    private static bool NeedsConsents(CaseloadLine line) => line.Stage <= ParticipationStage.Admitted;

    /// <summary>Which lines are of one person, among those of the court that are not sealed from the asker; and since when that is so.</summary>
    private async Task<(Func<CaseloadLine, IReadOnlyList<Guid>> AlsoAs, long ChangedAt)> AlsoAsync(
        Actor actor, IReadOnlyList<CaseloadLine> lines, PersonHistory history, long position, CancellationToken cancellation)
    {
        var ever = history.EverMerged();
        var theirs = lines.Where(line => ever.Contains(line.ClientId)).ToList();
        if (theirs.Count < 2)
            return (_ => [], 0);
        var sealOf = await seals.OfAllAsync(actor, [.. theirs.Select(line => line.ClientId)], cancellation);
        theirs.RemoveAll(line => sealOf(line.ClientId).OfWholeRecord is not null);
        var marks = new PersonMarks(history, theirs.Select(line => line.ClientId).ToHashSet(), position);
        return (
            line => marks.OthersOf(line.ClientId) is { Count: > 0 } others && theirs.Contains(line)
                ? [.. theirs.Where(other => others.Contains(other.ClientId)).Select(other => other.ParticipationId).Order()]
                : [],
            marks.ChangedAt);
    }

    private static CourtCaseloadDoor.Counts Counted(CourtAsked court, List<(CaseloadLine Line, IReadOnlyList<Attention> Reasons)> lines)
    {
        var active = lines.Where(one => one.Line.Stage == ParticipationStage.Admitted).ToList();
        return new CourtCaseloadDoor.Counts(
            court.InForce.Configuration.Capacity,
            active.Count,
            lines.Count(one => one.Line.Stage < ParticipationStage.Admitted),
            active.Where(one => one.Line.Phase is not null).GroupBy(one => one.Line.Phase!, StringComparer.Ordinal).ToSortedCounts(),
            lines.SelectMany(one => one.Reasons).GroupBy(ViewText.Of, StringComparer.Ordinal).ToSortedCounts());
    }

    private static CourtCaseloadDoor.Item ItemOf(
        CaseloadLine line, IReadOnlyList<Attention> reasons, CourtAsked asked, Func<Guid, IReadOnlyList<string>> missing) => new(
            line.ParticipationId,
            line.ClientId,
            ClientCode.Of(line.ClientId),
            line.Stage,
            line.Phase,
            line.PhaseSince,
            line.PhaseSince is { } since ? Math.Max(0, asked.Today.DayNumber - since.DayNumber) : null,
            line.NextHearingAt(asked.Now),
            reasons,
            NeedsConsents(line) ? missing(line.ClientId) : []);

    /// <summary>What is missing of each, and since when any of it is so: a consent that changes nothing here must not tell that it was given.</summary>
    private async Task<(Func<Guid, IReadOnlyList<string>> Of, long ChangedAt)> MissingAsync(
        Actor actor, CourtAsked court, IReadOnlyCollection<Guid> clients, long position, CancellationToken cancellation)
    {
        var found = registers.DirectoryAsync(actor.Jurisdiction, cancellation);
        var then = await consents.ReadAllThenAsync(actor.Jurisdiction, clients, position, court.Now, cancellation);
        var directory = await found;
        var policy = ConsentPolicyInForce.Of(court.Policy).Rules;
        var missing = clients.Distinct().ToDictionary(client => client, client => then.Last(client, Missing));
        return (client => missing[client].Shown, missing.Values.Select(one => one.Since).DefaultIfEmpty().Max());

        IReadOnlyList<string> Missing(ConsentGrounds grounds) =>
            [.. CourtSources.MissingFor(court.InForce.Configuration, grounds, directory, policy).Select(one => one.Source).Distinct()];
    }
}

internal static class SortedCounts
{
    /// <returns>How many there are of each, by name.</returns>
    public static SortedDictionary<string, int> ToSortedCounts<T>(this IEnumerable<IGrouping<string, T>> groups) =>
        new(groups.ToDictionary(group => group.Key, group => group.Count()), StringComparer.Ordinal);
}
