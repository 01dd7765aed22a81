using CaseFlow.Api.Agencies;
using CaseFlow.Api.Replays;
using CaseFlow.Domain;
using CaseFlow.Domain.Replays;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Integrity;

/// <summary>That an auditor goes through a programme is on record from its beginning to its end, and no page is without it.</summary>
public sealed class BeginningAReplay : IAsyncLifetime
{
    private const string Replays = "/api/audit/replays";
    private static readonly Actor Auditor = new("auditor-1", Role.Auditor, "demo", "sheriff", Purpose: Purpose.Audit);
    private static readonly Actor OtherAuditor = new("auditor-2", Role.Auditor, "demo", "sheriff", Purpose: Purpose.Audit);
    private static readonly DateTimeOffset Day = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);
    private static readonly StartReplayRequest Year = StartReplayRequest.Example with { AgencyId = "dcc", ProgramId = null, Until = Day.AddYears(1) };

    private County county = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        county = await AtAsync(Day);
        await county.EngageAsync(Auditor);
        await county.EngageAsync(OtherAuditor);
    }

    public ValueTask DisposeAsync() => county.DisposeAsync();

    [Fact]
    public async Task Who_went_through_what_is_recorded_and_told_to_those_who_watch()
    {
        var grantId = await GrantAsync(Auditor, days: 20);
        await county.SuperviseAsync(Agent);
        await county.Database.CatchUpAsync(Stop);
        var ask = Year with { SessionId = Guid.CreateVersion7(), AsOf = Day.AddHours(1) };

        var begun = (await county.PostAsync(Auditor, Replays, ask)).ShouldSucceed();
        begun.Status.ShouldBe(201);
        (await county.GetAsync(Auditor, $"{Replays}/{ask.SessionId}")).ShouldSucceed().Json["items"]!.AsArray().ShouldNotBeEmpty();
        var again = (await county.PostAsync(Auditor, Replays, ask)).ShouldSucceed();
        (again.Status, again.Json["position"]!.GetValue<long>()).ShouldBe((200, begun.Json["position"]!.GetValue<long>()));
        (await county.PostAsync(Auditor, Replays, ask with { ProgramId = "day-report" })).ShouldBeProblem(409, "replay-session-started-differently");
        (await county.PostAsync(Auditor, $"{Replays}/{ask.SessionId}/complete")).ShouldSucceed();
        (await county.PostAsync(Auditor, $"{Replays}/{ask.SessionId}/complete")).ShouldSucceed();

        (await county.GetAsync(Auditor, $"{Replays}/{ask.SessionId}")).ShouldBeProblem(409, "replay-session-completed");
        var facts = (await county.Database.Store.ReadStreamAsync("demo", StreamIds.ReplaySessions("demo"), cancellation: Stop)).Events.Select(recorded => recorded.Data).ToList();
        facts.Count.ShouldBe(2);
        facts[0].ShouldBeOfType<ReplaySessionStarted>().ShouldSatisfyAllConditions(
            fact => (fact.AuditorId, fact.GrantId, fact.AsOf).ShouldBe(("auditor-1", grantId, Day.AddHours(1))),
            fact => fact.Scope.ShouldBe(new ReplayScope("dcc", null, Year.From, Year.Until)),
            fact => fact.Position.ShouldBe(begun.Json["position"]!.GetValue<long>()));
        facts[1].ShouldBeOfType<ReplaySessionCompleted>();
        var told = (await county.GetAsync(Officer, Replays)).ShouldSucceed().Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        (told["auditorId"]!.GetValue<string>(), told["grantedPurpose"]!.GetValue<string>(), told["isOpen"]!.GetValue<bool>(), told["completedAt"] is null)
            .ShouldBe(("auditor-1", "The year of probation.", false, false));
    }

    [Fact]
    public async Task A_page_is_of_ones_own_session_under_its_own_grant_and_of_nothing_else()
    {
        var grantId = await GrantAsync(Auditor, days: 5);
        await GrantAsync(OtherAuditor, days: 20);
        var sessionId = (await county.PostAsync(Auditor, Replays, Year)).ShouldSucceed().Json["sessionId"]!.GetValue<Guid>();

        var theirs = await county.GetAsync(OtherAuditor, $"{Replays}/{sessionId}");
        theirs.ShouldBeProblem(404, "replay-session-not-found");
        (await county.PostAsync(OtherAuditor, $"{Replays}/{sessionId}/complete")).ShouldBeProblem(404, "replay-session-not-found");
        (await county.GetAsync(OtherAuditor, Replays)).ShouldSucceed().Json["items"]!.AsArray().ShouldBeEmpty();
        (await county.PostAsync(OtherAuditor, Replays, Year with { SessionId = sessionId })).ShouldBeProblem(409, "replay-session-started-differently");

        (await county.PostAsync(Administrator, $"/api/audit-grants/{grantId}/end", new BecauseRequest("The audit was moved."))).ShouldSucceed();
        (await county.GetAsync(Auditor, $"{Replays}/{sessionId}")).ShouldBeProblem(403, "no-audit-grant");
        await GrantAsync(Auditor, days: 20);
        (await county.GetAsync(Auditor, $"{Replays}/{sessionId}")).ShouldBeProblem(403, "replay-grant-ended");
        (await county.GetAsync(Auditor, Replays)).ShouldSucceed().Json["items"]!.AsArray().ShouldHaveSingleItem()!["isOpen"]!.GetValue<bool>().ShouldBeFalse();
        (await county.PostAsync(Auditor, $"{Replays}/{sessionId}/complete")).ShouldSucceed();
    }

    [Fact]
    public async Task A_sealed_record_shows_what_there_is_and_none_of_it_and_stops_no_page()
    {
        await GrantAsync(Auditor, days: 20);
        var (hidden, shown) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        await county.Database.CatchUpAsync(Stop);
        var sessionId = (await county.PostAsync(Auditor, Replays, Year)).ShouldSucceed().Json["sessionId"]!.GetValue<Guid>();
        (await county.PostAsync(Officer, $"/api/clients/{hidden}/erasure/orders", new
        {
            scope = "wholeRecord",
            authority = "court",
            reasonCode = "adult-expunction",
            reference = "2026 EX 22",
        })).ShouldSucceed();
        await county.Database.CatchUpAsync(Stop);

        var items = (await county.GetAsync(Auditor, $"{Replays}/{sessionId}")).ShouldSucceed().Json["items"]!.AsArray();

        ReasonsOf(hidden).ShouldBe(["adult-expunction"]);
        ReasonsOf(shown).ShouldBe([null]);

        IEnumerable<string?> ReasonsOf(Guid clientId) => items.Where(item => item!["clientId"]!.GetValue<Guid>() == clientId)
            .Select(item => item!["touchpoint"]!["sealedReason"]?.GetValue<string>()).Distinct();
    }

    private async Task<Guid> GrantAsync(Actor auditor, int days) => (await county.PostAsync(
        Administrator, $"/api/staff/{auditor.Id}/audit-grants", new GiveAuditGrantDoor.Request("The year of probation.", county.Now.AddDays(days)))).ShouldSucceed()
        .Json["grantId"]!.GetValue<Guid>();
}
