using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Policies;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections;
using CaseFlow.Projections.CourtTests;

namespace CaseFlow.Api.CourtViews;

/// <summary>All tests of a court of which something is still to come: what is late first, whoever it is of.</summary>
public static class CourtTestsDoor
{
    /// <param name="Day">Local day that it is for.</param>
    /// <param name="Awaits">What is to come next.</param>
    /// <param name="Until">When that is, or was, due; null where there is no due time.</param>
    /// <param name="Result">What counts as its result by now; null while there is none. What was found is in the participant's own tests.</param>
    public sealed record Item(
        Guid TestId,
        Guid ParticipationId,
        Guid ClientId,
        string ClientCode,
        DateOnly Day,
        TestSelection Selection,
        TestPhase Phase,
        TestAwaits Awaits,
        bool IsLate,
        DateTimeOffset? Until,
        Specimen? Specimen,
        DateTimeOffset? NotifiedAt,
        DateTimeOffset? CollectedAt,
        TestResult? Result,
        bool Contested,
        int CourtVersion)
    {
        /// <summary>A record of the participant's knows that they have died: only what was given before is still to be found out.</summary>
        public bool Deceased { get; init; }
    }

    /// <param name="ByAwaits">How many wait for what, before any filter.</param>
    /// <param name="Position">For <c>asRecordedPosition</c>: the same answer for ever.</param>
    public sealed record Answer(
        string Court, IReadOnlyDictionary<string, int> ByAwaits, IReadOnlyList<Item> Items, string? Next, long Position, DateTimeOffset? AsOf, DateTimeOffset EvaluatedAt)
        : IAnsweredFrom, IToldByAgencies
    {
        /// <summary>The court's own agency.</summary>
        internal string? AgencyId { get; init; }

        IEnumerable<string?> IToldByAgencies.ToldBy => [AgencyId];
    }

    /// <summary>What a list is narrowed to.</summary>
    public sealed record Filter(TestAwaits? Awaits, bool LateOnly)
    {
        public static ValueTask<Filter?> BindAsync(HttpContext context)
        {
            var query = new QueryReader(context.Request);
            return new(new Filter(query.Word<TestAwaits>("awaits"), query.Flag("late")));
        }

        internal bool Holds(TestWait wait) => (Awaits is not { } wanted || wait.For == wanted) && (!LateOnly || wait.IsLate);
    }

    public static void Map(IEndpointRouteBuilder api) => api
        .MapAsk("/courts/{court}/drug-tests", HandleAsync)
        .Named("listCourtDrugTests", "A court's tests that wait for a notice, a specimen, a result or an answer, late ones first (R31, R32)")
        .Allow(Role.Coordinator, Role.Judge, Role.Auditor)
        .Shows<Answer>(CourtTestsView.ViewName, (answer, _) => answer.Items.Select(item => item.ClientId))
        .Asks([
            new("awaits", "Only tests that wait for this.", Words: QueryReader.ViewWords<TestAwaits>()),
            new("late", "true: only tests that are late: untold, specimenLate, resultLate.", QueryType.Flag),
            .. AskedMoment.Parameters,
            .. AskedPage.Parameters,
        ])
        .Gives(Example);

    private static async Task<IResult> HandleAsync(
        string court, Filter filter, AskedMoment asked, AskedPage page, Actor actor, CourtMoments moments, CourtTestLists lists, CancellationToken cancellation) =>
        await moments.CheckAsync(actor, court, cancellation) is { } refused
            ? Problems.From(refused)
            : await lists.PageAsync(actor, court, filter, asked, page, cancellation) is { } answer
                ? TypedResults.Ok(answer)
                : Problems.From(CourtRejections.NoneInForce());

    private static readonly DateTimeOffset At = new(2026, 3, 4, 16, 0, 0, TimeSpan.Zero);

    private static Answer Example { get; } = new(
        "drug-court",
        new SortedDictionary<string, int> { ["resultLate"] = 1 },
        [
            new Item(
                Guid.Parse("0195d6c4-0000-8000-8000-0000000000e1"), Guid.Parse("0195d6c4-0000-7000-8000-000000000041"),
                Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), "C-7KQ2-9M", new DateOnly(2026, 3, 2), TestSelection.Random, TestPhase.Collected,
                TestAwaits.ResultLate, IsLate: true, At.AddHours(-1), Domain.DrugTests.Specimen.Urine, At.AddHours(-52), At.AddHours(-49), Result: null, Contested: false, CourtVersion: 1),
        ],
        Next: null,
        Position: 4711,
        AsOf: null,
        At);
}

/// <summary>Puts a court's tests in order and pages them.</summary>
public sealed class CourtTestLists(CaseFlowDatabase database, CourtMoments moments, Persons persons, TestSights sights)
{
    private readonly ViewCursors cursors = new(database.MarkKeys.Derive("court-tests-cursors"));

    /// <returns>A page; null when no version of the court was in force at the moment.</returns>
    /// <exception cref="UnreadableRequestException">There is no such moment, or the cursor is another question's.</exception>
    /// <exception cref="ViewBehindException">The views do not come to the moment in time.</exception>
    public async Task<CourtTestsDoor.Answer?> PageAsync(
        Actor actor, string court, CourtTestsDoor.Filter filter, AskedMoment asked, AskedPage page, CancellationToken cancellation)
    {
        var jurisdiction = actor.Jurisdiction;
        var after = page.After(cursors, actor);
        var at = after?.At ?? await moments.PinAsync(jurisdiction, asked, cancellation);
        var known = await moments.KnownAsync(jurisdiction, court, at.Position, cancellation);
        if (known.Court.Versions.IsEmpty)
            return null;
        var (tests, open, position) = await CourtTestsQueries.OpenAsync(
            database.Reader, database.Views.CourtTests, database.Views.CourtCompliance, jurisdiction, court, known.Court.Versions[^1].Configuration.AgencyId, at, cancellation);
        var shownOf = await StillThereAsync(actor, tests, cancellation);
        tests = [.. tests.Where(shownOf)];
        var (dead, diedAt) = await CourtDeaths.OfAsync(
            database, await persons.OfAsync(jurisdiction, cancellation), jurisdiction, tests.Select(test => test.ClientId), at, cancellation);
        position = Math.Max(position, diedAt);
        var now = after?.JudgedAt ?? await moments.JudgedAtAsync(jurisdiction, asked, () => Task.FromResult(position), cancellation);
        if (known.At(now) is not { } configured)
            return null;

        var told = await sights.ShownAsync(actor, tests, at, cancellation);
        var waiting = told.Select(test => (Row: test, Wait: WaitOf(test, configured, open, dead))).Where(one => one.Wait.For != TestAwaits.Nothing).ToList();
        var ordered = waiting.Where(one => filter.Holds(one.Wait))
            .OrderByDescending(one => one.Wait.IsLate).ThenBy(one => one.Wait.Until ?? DateTimeOffset.MaxValue)
            .ThenBy(one => one.Row.Test.Day).ThenBy(one => KeyOf(one.Row), StringComparer.Ordinal)
            .ToList();
        var start = after is null ? 0 : ordered.FindIndex(one => KeyOf(one.Row) == after.Key) + 1;
        var shown = ordered.Skip(start).Take(page.Limit).ToList();
        var next = start + shown.Count < ordered.Count ? new ViewCursor(at, [], KeyOf(shown[^1].Row)) { JudgedAt = now } : null;
        return new CourtTestsDoor.Answer(
            court,
            waiting.GroupBy(one => ViewText.Of(one.Wait.For), StringComparer.Ordinal).ToSortedCounts(),
            [.. shown.Select(one => ItemOf(one.Row, one.Wait) with { Deceased = dead.ContainsKey(one.Row.ClientId) })],
            page.Next(cursors, actor, next),
            position,
            at.Instant,
            now)
        {
            AgencyId = configured.InForce.Configuration.AgencyId,
        };
    }

    /// <summary>What nobody was told of in time can be told no more: it stays in sight as long as other tests that were not as they should be.</summary>
    private static TestWait WaitOf(CourtTestEntry row, CourtAsked court, IReadOnlySet<Guid> open, IReadOnlyDictionary<Guid, KnownDeath> dead)
    {
        var asksNoMore = !open.Contains(row.ParticipationId) || dead.ContainsKey(row.ClientId);
        var wait = TestWait.Of(row.Test, court.TestRulesOf(row.Test.CourtVersion), asksNoMore, court.Now, court.Today);
        var concern = (court.Policy?.Policy.CourtCaseload ?? CourtCaseloadPolicy.Default).TestConcernDays;
        return wait.For == TestAwaits.Untold && row.Test.Day <= court.Today.AddDays(-concern) ? TestWait.None : wait;
    }

    /// <summary>Whose record is erased, or is of a class that is, has nothing to come; a sealed record is left out by the door of all doors.</summary>
    private async Task<Func<CourtTestEntry, bool>> StillThereAsync(Actor actor, IReadOnlyList<CourtTestEntry> tests, CancellationToken cancellation)
    {
        var clients = tests.Select(test => test.ClientId).Distinct().ToList();
        var streams = await database.Store.ReadStreamsAsync(actor.Jurisdiction, [.. clients.Select(StreamIds.Erasure)], cancellation);
        var erased = clients.ToDictionary(client => client, client => ErasedContent.Of(streams.GetValueOrDefault(StreamIds.Erasure(client))?.Events ?? [], actor));
        return test => erased[test.ClientId].Of(test.SelectedAt, test.Labels) is not { IsErased: true };
    }

    private static string KeyOf(CourtTestEntry row) => $"{row.ParticipationId:D}/{row.Test.TestId:D}";

    private static CourtTestsDoor.Item ItemOf(CourtTestEntry row, TestWait wait) => new(
        row.Test.TestId, row.ParticipationId, row.ClientId, ClientCode.Of(row.ClientId), row.Test.Day, row.Test.Selection, row.Test.Phase, wait.For, wait.IsLate, wait.Until,
        row.Test.Specimen, row.Test.NotifiedAt, row.Test.CollectedAt, row.Test.Outcome?.Result, row.Test.Contested, row.Test.CourtVersion);
}
