using System.Text.Json.Nodes;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.EventStore;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Disclosures;

/// <summary>To whom a client's record was disclosed: recorded as it happens, listed for the client.</summary>
public sealed class AccountingForARecord(County county) : IClassFixture<County>
{
    [Fact]
    public async Task What_a_reader_is_told_over_a_day_is_one_disclosure_however_often_and_on_however_many_nodes()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var told = new RecordTold(clientId, "recovery-coaches", "timeline", "progress", DisclosureBasis.Consent, Guid.CreateVersion7());
        var desks = Enumerable.Range(0, 4).Select(_ => Desk()).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => desks[n % 4].RecordAsync(Agent, [told, told], "notice-1", Cancellation)));
        await desks[0].RecordAsync(Agent, [told with { View = "caseload" }, told with { DisclosingAgency = "dcc" }], "notice-1", Cancellation);
        await desks[1].RecordAsync(Supervisor, [told], "notice-1", Cancellation);

        var items = await ItemsAsync(clientId);
        items.Count.ShouldBe(3);
        var first = items[0]!;
        first["recipientAgency"].ShouldSay("dcc");
        first["recipientStaff"].ShouldSay("agent-1");
        first["disclosingAgency"].ShouldSay("recovery-coaches");
        first["purpose"].ShouldSay("supervision");
        first["basis"].ShouldSay("consent");
        first["basisId"]!.GetValue<Guid>().ShouldBe(told.BasisId!.Value);
        first["noticeVersion"].ShouldSay("notice-1");
        first["content"]!.AsArray().Select(code => code!.GetValue<string>()).ShouldBe(["timeline", "progress"]);
        items.Select(item => item!["recipientStaff"]!.GetValue<string>()).ShouldBe(["agent-1", "agent-1", "supervisor-1"]);
    }

    [Fact]
    public async Task What_an_auditor_of_another_agency_reads_under_a_grant_is_accounted_for_by_that_grant()
    {
        var auditor = new Actor("accounting-auditor", Role.Auditor, "demo", "sheriff", Purpose: Purpose.Audit);
        await county.EngageAsync(auditor);
        var granted = (await county.PostAsync(Administrator, $"/api/staff/{auditor.Id}/audit-grants", new Api.Agencies.GiveAuditGrantDoor.Request("Review.", county.Now.AddDays(7)))).ShouldSucceed();
        var clientId = await county.SuperviseAsync(Agent);
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        (await county.PostAsync(Coach, $"/api/clients/{clientId}/touchpoints/contacts", new { mode = "phone", note = "Doing well." })).ShouldSucceed();
        var path = $"/api/clients/{clientId}/timeline";

        (await county.AskAsync(auditor, path)).ShouldSucceed().Text.ShouldContain("recovery-coaches");
        (await county.AskAsync(auditor, path)).ShouldSucceed();
        (await county.AskAsync(Officer, path)).ShouldSucceed();

        var items = (await ItemsAsync(clientId, "?lookBack=hipaa")).Where(item => item!["disclosingAgency"]!.GetValue<string>() == "recovery-coaches").ToList();
        items.ShouldNotBeEmpty();
        foreach (var item in items)
        {
            (item!["recipientStaff"]!.GetValue<string>(), item["recipientAgency"]!.GetValue<string>()).ShouldBe((auditor.Id, "sheriff"));
            (item["basis"]!.GetValue<string>(), item["purpose"]!.GetValue<string>()).ShouldBe(("auditGrant", "auditOrEvaluation"));
            item["basisId"]!.GetValue<Guid>().ShouldBe(granted.Json["grantId"]!.GetValue<Guid>());
        }

        items.Select(item => item!["content"]!.ToJsonString()).ShouldBeUnique();
    }

    [Fact]
    public async Task A_disclosure_that_cannot_be_recorded_keeps_the_answer()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var desk = Desk(new FailingStore(county.Database.Store));
        var told = new RecordTold(clientId, "recovery-coaches", "timeline", "progress", DisclosureBasis.Consent, Guid.CreateVersion7());

        await Should.ThrowAsync<DisclosureNotRecordedException>(() => desk.RecordAsync(Agent, [told], null, Cancellation));
        Problems.From(new DisclosureNotRecordedException()).Status.ShouldBe(503);
        (await ItemsAsync(clientId)).ShouldBeEmpty();
        await Should.ThrowAsync<DisclosureNotRecordedException>(() => desk.RecordAsync(Agent, [told], null, Cancellation));
    }

    [Fact]
    public async Task What_is_told_by_phone_is_listed_with_its_words_and_nobodys_words_run_in_a_spreadsheet()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var ask = new RecordDisclosureDoor.Request(
            DisclosurePurpose.RequiredByLaw, ["attendance"], DisclosureBasis.RequiredByLaw, DisclosureMethod.Phone, Guid.CreateVersion7(),
            RecipientName: "=HYPERLINK(\"http://x\")", Description: "Said \"present\", twice.", Law: "wis-stat-979-01");
        var path = $"/api/clients/{clientId}/disclosures";

        (await county.PostAsync(Agent, path, ask with { Law = null })).ShouldBeProblem(422, "disclosure-law-missing", "law");
        (await county.PostAsync(Agent, path, ask)).ShouldBe(System.Net.HttpStatusCode.Created);
        (await county.PostAsync(Agent, path, ask)).ShouldBe(System.Net.HttpStatusCode.OK);
        (await county.PostAsync(Agent, path, ask with { Method = DisclosureMethod.Fax })).ShouldBeProblem(409, "disclosure-told-differently");

        var item = (await ItemsAsync(clientId)).ShouldHaveSingleItem()!;
        item["recipientName"].ShouldSay("=HYPERLINK(\"http://x\")");
        item["description"].ShouldSay("Said \"present\", twice.");
        item["law"].ShouldSay("wis-stat-979-01");
        var csv = (await county.GetAsync(Officer, $"/api/clients/{clientId}/accounting?format=csv")).ShouldSucceed();
        csv["Content-Type"].ShouldBe("text/csv; charset=utf-8; header=present");
        csv["Content-Disposition"].ShouldBe("attachment; filename=\"accounting-of-disclosures.csv\"");
        csv.Text.ShouldContain("\"'=HYPERLINK(\"\"http://x\"\")\"");
        csv.Text.ShouldContain("\"Said \"\"present\"\", twice.\"");
        csv.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_part_2_record_does_not_leave_against_the_client_and_the_attempt_is_on_record()
    {
        var clientId = await county.SuperviseAsync(Agent);
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        var against = new RecordDisclosureDoor.Request(
            DisclosurePurpose.ProceedingsAgainstClient, ["attendance"], DisclosureBasis.RequiredByLaw, DisclosureMethod.Paper, RecipientAgency: "sheriff",
            Law: "wis-stat-979-01");
        var path = $"/api/clients/{clientId}/disclosures";

        (await county.PostAsync(Coach, path, against)).ShouldBeProblem(409, "proceedings-need-consent-or-order", "purpose");
        (await county.PostAsync(Coach, path, against with { Basis = DisclosureBasis.Consent, BasisId = Guid.CreateVersion7(), NoticeVersion = "n", Purpose = DisclosurePurpose.Supervision }))
            .ShouldBeProblem(409, "disclosure-basis-not-in-force", "basisId");
        (await county.PostAsync(Coach, path, against with { Basis = DisclosureBasis.CourtOrder, BasisId = Guid.CreateVersion7() }))
            .ShouldBeProblem(409, "proceedings-need-consent-or-order");
        (await county.PostAsync(Coach, path, against with { DisclosingAgency = "dcc" })).ShouldBeProblem(403, "disclosure-not-own-agency");

        (await ItemsAsync(clientId)).ShouldBeEmpty();
        var stream = await county.Database.Store.ReadStreamAsync("demo", StreamIds.Disclosures(clientId), cancellation: Cancellation);
        stream.Events.Select(recorded => ((DisclosureBlocked)recorded.Data).Rule).ShouldBe(
            [DisclosureRule.ProceedingsAgainstClient, DisclosureRule.BasisNotInForce, DisclosureRule.ProceedingsAgainstClient]);
        ((Circumstances)stream.Events[0].Headers!).Labels.ShouldBe(["PART2"]);
    }

    [Fact]
    public async Task Nobody_is_told_that_a_rule_stopped_a_disclosure_before_that_is_on_record()
    {
        await using var county = await County.WithAsync();
        var clientId = await county.SuperviseAsync(Agent);
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        var path = $"/api/clients/{clientId}/disclosures";
        var against = new RecordDisclosureDoor.Request(
            DisclosurePurpose.ProceedingsAgainstClient, ["attendance"], DisclosureBasis.RequiredByLaw, DisclosureMethod.Paper, Guid.CreateVersion7(),
            RecipientAgency: "sheriff", Law: "wis-stat-979-01");

        await RunAsync("""
            create function caseflow.refuse() returns trigger language plpgsql as 'begin raise exception $$no room$$ using errcode = $$53100$$; end';
            create trigger refuse before insert on caseflow.mt_events for each row when (new.type = 'disclosure_blocked') execute function caseflow.refuse()
            """);
        var lost = await county.PostAsync(Coach, path, against);
        lost.Status.ShouldBeGreaterThanOrEqualTo(500, lost.Text);
        lost.Text.ShouldNotContain("proceedings-need-consent-or-order");
        (await BlockedAsync()).ShouldBeEmpty();

        await RunAsync("drop trigger refuse on caseflow.mt_events");
        foreach (var reply in await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => county.PostAsync(Coach, path, against))))
            reply.ShouldBeProblem(409, "proceedings-need-consent-or-order", "purpose");
        (await BlockedAsync()).ShouldHaveSingleItem().Rule.ShouldBe(DisclosureRule.ProceedingsAgainstClient);

        async Task<IReadOnlyList<DisclosureBlocked>> BlockedAsync() =>
            [.. (await county.Database.Store.ReadStreamAsync("demo", StreamIds.Disclosures(clientId), cancellation: Cancellation))
                .Events.Select(recorded => recorded.Data).Cast<DisclosureBlocked>()];

        async Task RunAsync(string statement)
        {
            await using var source = Npgsql.NpgsqlDataSource.Create(county.ConnectionString);
            await using var command = source.CreateCommand(statement);
            await command.ExecuteNonQueryAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Looks_back_three_years_or_six_from_the_asked_instant_and_as_recorded()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var now = county.Now;
        foreach (var years in new[] { 2, 4, 7 })
        {
            (await county.PostAsync(Agent, $"/api/clients/{clientId}/disclosures", new RecordDisclosureDoor.Request(
                DisclosurePurpose.RequiredByLaw, [$"years-{years}"], DisclosureBasis.RequiredByLaw, DisclosureMethod.Paper, RecipientAgency: "sheriff",
                When: new WhenPart(now.AddYears(-years)), Law: "wis-stat-979-01"))).ShouldSucceed();
        }

        await county.Database.CatchUpAsync(Cancellation);
        async Task<string[]> ListAsync(string query) => [.. (await ItemsAsync(clientId, query)).Select(item => item!["content"]![0]!.GetValue<string>())];

        (await ListAsync("")).ShouldBe(["years-2"]);
        (await ListAsync("?lookBack=hipaa")).ShouldBe(["years-4", "years-2"]);
        (await ListAsync($"?lookBack=hipaa&asOf={now.AddYears(-3):yyyy-MM-ddTHH:mm:ssZ}")).ShouldBe(["years-7", "years-4"]);
        (await ListAsync($"?lookBack=hipaa&asRecorded={now.AddMinutes(-5):yyyy-MM-ddTHH:mm:ssZ}")).ShouldBeEmpty();
        (await county.GetAsync(Officer, $"/api/clients/{clientId}/accounting?lookBack=ten")).ShouldBeProblem(400, "bad-parameter", "lookBack");
        (await county.GetAsync(Officer, $"/api/clients/{clientId}/accounting?format=xml")).ShouldBeProblem(400, "bad-parameter", "format");
        (await county.GetAsync(Officer, $"/api/clients/{clientId}/accounting?asRecordedPosition=99999999")).ShouldBeProblem(422, "position-beyond-log");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<JsonArray> ItemsAsync(Guid clientId, string query = "") =>
        (await county.GetAsync(Officer, $"/api/clients/{clientId}/accounting{query}")).ShouldSucceed().Json["items"]!.AsArray();

    private DisclosureDesk Desk() => Desk(county.Database.Store);

    private DisclosureDesk Desk(IEventStore store) => new(
        store, Labels(), new SealedRecords(store), county.Service<Api.Composition.Registers>(), Time(), TimeProvider.System);

    private Api.Commands.ISourceLabels Labels() => county.Service<Api.Commands.ISourceLabels>();

    private Api.Composition.JurisdictionTime Time() => county.Service<Api.Composition.JurisdictionTime>();

    /// <summary>Reads, and writes nothing.</summary>
    private sealed class FailingStore(IEventStore store) : IEventStore
    {
        public Task<AppendResult> AppendAsync(Append append, CancellationToken cancellation) => throw new Npgsql.NpgsqlException("The disk is full.");

        public Task<StreamEvents> ReadStreamAsync(string tenantId, Guid streamId, long fromVersion, long? upToPosition, CancellationToken cancellation) =>
            store.ReadStreamAsync(tenantId, streamId, fromVersion, upToPosition, cancellation);

        public Task<IReadOnlyDictionary<Guid, StreamEvents>> ReadStreamsAsync(string tenantId, IReadOnlyCollection<Guid> streamIds, CancellationToken cancellation) =>
            store.ReadStreamsAsync(tenantId, streamIds, cancellation);

        public IAsyncEnumerable<RecordedEvent> ReadLogAsync(long afterPosition, string? tenantId, long? upToPosition, CancellationToken cancellation) =>
            store.ReadLogAsync(afterPosition, tenantId, upToPosition, cancellation);

        public Task<LogEnd> EndOfLogAsync(CancellationToken cancellation) => store.EndOfLogAsync(cancellation);

        public Task<long> PositionAtAsync(DateTimeOffset instant, CancellationToken cancellation) => store.PositionAtAsync(instant, cancellation);

        public Task<StoredAnswer?> FindAnswerAsync(string tenantId, string actor, string key, CancellationToken cancellation) =>
            store.FindAnswerAsync(tenantId, actor, key, cancellation);
    }
}
