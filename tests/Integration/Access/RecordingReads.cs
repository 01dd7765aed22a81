using System.Globalization;
using CaseFlow.Api.Agencies;
using CaseFlow.Api.Clients;
using CaseFlow.Api.CourtPackets;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.DrugTests;
using CaseFlow.Api.Replays;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Coaching;
using CaseFlow.Integration.Courts;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using Npgsql;
using static CaseFlow.Integration.Coaching.CoachStories;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Access;

/// <summary>Every read of a client's record leaves one row in <c>cf_access</c>, or no answer.</summary>
public sealed class RecordingReads(County county) : IClassFixture<County>
{
    private static readonly Actor ForTheClient = Officer with { Purpose = Purpose.OwnRecord };
    private static readonly Actor Replaying = new("replaying-auditor", Role.Auditor, "demo", "sheriff", Purpose: Purpose.Audit);
    private static readonly Actor Auditor = new("recording-auditor", Role.Auditor, "demo", "sheriff", Purpose: Purpose.Audit);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="AskedId">Null for a list.</param>
    private sealed record Reading(
        Actor Actor, string Operation, string View, string Outcome, Guid? AskedId, IReadOnlyList<Guid> Subjects, string Path, object? Body = null);

    private sealed record Row(
        string Actor, string Role, string? Agency, string? Office, string Purpose, string Operation, string View, string Outcome,
        Guid? AskedId, IReadOnlyList<Guid> Subjects, DateTimeOffset? AsOf, DateTimeOffset? AsRecorded, long? Position, string TraceId, string Tenant);

    [Fact]
    public async Task Each_leaves_exactly_one_row_with_who_saw_what_of_whom()
    {
        var number = $"N{Random.Shared.Next()}";
        (await county.PostAsync(Administrator, "/api/agencies", new RegisterAgencyRequest("drug-court", "Drug Court", AgencyKind.Court))).ShouldSucceed();
        var owed = await county.OweAsync(SouthAgent);
        var client = $"/api/clients/{owed.ClientId}";
        var unknown = await county.ReportAsync(SouthAgent, null);
        (await county.PostAsync(SouthAgent, client + "/external-identifiers", new IdentifierRequest(IdentifierSystem.Doc, number))).ShouldSucceed();
        var referralId = await county.ReferAsync(owed);
        var copy = new RecordsAsk(new(ProofOfIdentity.PhotoDocument), "Everything.", Guid.CreateVersion7());
        (await county.PostAsync(Officer, client + "/records-requests", copy)).ShouldSucceed();
        var amendment = new AmendmentAsk("dcc", "I was in hospital.", new(ProofOfIdentity.PhotoDocument), RequestId: Guid.CreateVersion7());
        (await county.PostAsync(Officer, client + "/amendments", amendment)).ShouldSucceed();
        await county.FurnishCoachesAsync();
        var participant = await county.RegisterAsync(Coordinator, new(RegistrationSource.Court));
        var participationId = Guid.Parse((await county.AdmitAsync(participant)).Split('/')[^1]);
        var coaching = await county.CoachAsync($"/api/participations/{participationId}");
        (await county.PostAsync(Coordinator, $"/api/participations/{participationId}/drug-tests", new OrderTestRequest(ForCause: true, "Seemed intoxicated."))).ShouldSucceed();
        await county.Database.CatchUpAsync(Stop);
        var packet = (await county.PostAsync(Coordinator, "/api/courts/drug-court/packets", new PacketRequest(Role.Judge, Participations: [participationId]))).ShouldSucceed();
        var packetId = packet.Json["packetId"]!.GetValue<Guid>();
        await county.Database.CatchUpAsync(Stop);
        await county.EngageAsync(Replaying);
        (await county.PostAsync(Administrator, $"/api/staff/{Replaying.Id}/audit-grants", new GiveAuditGrantDoor.Request("Yearly audit.", county.Now.AddDays(7)))).ShouldSucceed();
        var replay = new StartReplayRequest("court", new(2020, 1, 1, 6, 0, 0, TimeSpan.Zero), new(2100, 1, 1, 6, 0, 0, TimeSpan.Zero));
        var replayId = (await county.PostAsync(Replaying, "/api/audit/replays", replay)).ShouldSucceed().Json["sessionId"]!.GetValue<Guid>();
        Reading[] readings =
        [
            new(SouthAgent, "findClient", "client_identifiers", "shown", null, [owed.ClientId], "/api/clients/find", new FindRequest(IdentifierSystem.Doc, number)),
            new(SouthAgent, "readClient", "client", "shown", owed.ClientId, [owed.ClientId], client),
            new(SouthAgent, "readProfile", "profile", "restricted", owed.ClientId, [owed.ClientId], client + "/profile"),
            new(Officer, "readProfile", "profile", "shown", owed.ClientId, [owed.ClientId], client + "/profile"),
            new(Coach, "readClient", "client", "restricted", owed.ClientId, [owed.ClientId], client),
            new(SouthAgent, "readTimeline", "timeline", "restricted", owed.ClientId, [owed.ClientId], client + "/timeline"),
            new(Officer, "readTimeline", "timeline", "shown", owed.ClientId, [owed.ClientId], client + "/timeline"),
            new(Officer, "listAmendments", "amendments", "shown", owed.ClientId, [owed.ClientId], client + "/amendments"),
            new(SouthAgent, "readAmendment", "amendments", "shown", owed.ClientId, [owed.ClientId], $"{client}/amendments/{amendment.RequestId}"),
            new(SouthAgent, "readSupervision", "supervision", "shown", owed.ClientId, [owed.ClientId], client + "/supervision"),
            new(SouthAgent, "readReferralDuty", "referral_duty", "shown", owed.ClientId, [owed.ClientId], client + "/referral-duty"),
            new(SouthAgent, "readOverdose", "overdose", "shown", owed.OverdoseId, [owed.ClientId], $"/api/overdoses/{owed.OverdoseId}"),
            new(SouthAgent, "readReferral", "referral", "restricted", referralId, [owed.ClientId], $"/api/referrals/{referralId}"),
            new(Coach, "readReferralIntake", "referral_intake", "shown", referralId, [owed.ClientId], $"/api/referrals/{referralId}/intake"),
            new(SouthAgent, "listReferralCompliance", "referral_compliance", "restricted", null, [owed.ClientId], "/api/referral-compliance"),
            new(SouthAgent, "listReferralCompliance", "referral_compliance", "restricted", owed.ClientId, [owed.ClientId], $"/api/referral-compliance?client={owed.ClientId}"),
            new(SouthAgent, "countReferralCompliance", "referral_compliance", "shown", null, [], "/api/referral-compliance/counts"),
            new(SouthAgent, "countReferralCompliance", "referral_compliance", "shown", owed.ClientId, [owed.ClientId], $"/api/referral-compliance/counts?client={owed.ClientId}"),
            new(SouthAgent, "readReferralCompliance", "referral_compliance", "restricted", owed.DutyId, [owed.ClientId], $"/api/referral-compliance/{owed.DutyId}"),
            new(SouthAgent, "listCaseload", "caseload", "shown", null, [owed.ClientId], "/api/caseload"),
            new(Coach, "listReferralInbox", "referral_inbox", "shown", null, [owed.ClientId], "/api/referral-inbox"),
            new(Officer, "listAccesses", "access", "shown", owed.ClientId, [owed.ClientId], client + "/access"),
            new(SouthAgent, "searchClients", "client_search", "shown", null, [owed.ClientId], "/api/clients/search", new SearchClientsDoor.Request(ExternalIdentifier: new(IdentifierSystem.Doc, number))),
            new(Officer, "listPossibleDuplicates", "client_search", "shown", null, [], "/api/clients/duplicates"),
            new(Officer, "listConsents", "consents", "shown", owed.ClientId, [owed.ClientId], client + "/consents"),
            new(Officer, "readIdentity", "identities", "shown", owed.ClientId, [owed.ClientId], client + "/identity"),
            new(Officer, "listMissingConsents", "missing_consents", "shown", owed.ClientId, [owed.ClientId], client + "/consents/missing?court=drug-court"),
            new(Officer, "listConsentNotices", "consent_notices", "shown", null, [], "/api/consent-notices"),
            new(Officer, "readAccounting", "accounting", "shown", owed.ClientId, [owed.ClientId], client + "/accounting"),
            new(Officer, "readEmergencyAccess", "emergency_access", "shown", owed.ClientId, [owed.ClientId], client + "/emergency-access"),
            new(Officer, "listEmergencyAccess", "emergency_access", "shown", null, [], "/api/emergency-access"),
            new(Officer, "listBreaches", "breaches", "shown", null, [], "/api/breaches"),
            new(Coordinator, "readParticipation", "participation", "shown", participationId, [participant], $"/api/participations/{participationId}"),
            new(Coordinator, "readDrugTests", "drug_testing", "shown", participationId, [participant], $"/api/participations/{participationId}/drug-tests"),
            new(Coach, "readCoaching", "coaching", "restricted", participationId, [participant], coaching),
            new(Lead, "listCoachings", "coachings", "shown", null, [participant], "/api/coachings"),
            new(Coordinator, "readCoachingAttendance", "coaching_attendance", "restricted", participationId, [participant], coaching + "/attendance"),
            new(Coordinator, "readCourtCompliance", "court_compliance", "restricted", participationId, [participant], $"/api/participations/{participationId}/compliance"),
            new(Coordinator, "listCourtCaseload", "court_caseload", "shown", null, [participant], "/api/courts/drug-court/caseload"),
            new(Coordinator, "listCourtDrugTests", "court_tests", "shown", null, [participant], "/api/courts/drug-court/drug-tests"),
            new(Coordinator, "listHearings", "hearing_calendar", "shown", null, [], "/api/courts/drug-court/hearings"),
            new(Coordinator, "readPacket", "court_packet", "shown", packetId, [participant], $"/api/courts/drug-court/packets/{packetId}"),
            new(Officer, "readRetention", "record_ages", "shown", owed.ClientId, [owed.ClientId], client + "/retention"),
            new(Officer, "listRetention", "record_ages", "shown", null, [], "/api/retention"),
            new(Officer, "readOverdoseRetention", "unidentified_overdoses", "shown", unknown, [], $"/api/overdoses/{unknown}/retention"),
            new(Officer, "listOverdoseRetention", "unidentified_overdoses", "shown", null, [], "/api/retention/overdoses"),
            new(Officer, "readErasure", "erasure", "shown", owed.ClientId, [owed.ClientId], client + "/erasure"),
            new(Officer, "listRightsRequests", "record_rights", "shown", null, [owed.ClientId], "/api/rights-requests"),
            new(Replaying, "replayProgram", "program_replay", "shown", replayId, [participant], $"/api/audit/replays/{replayId}"),
            new(ForTheClient, "copyRecord", "record_copy", "shown", copy.RequestId, [owed.ClientId], $"{client}/records-requests/{copy.RequestId}/copy"),
        ];

        foreach (var reading in readings)
        {
            var row = await OneRowOfAsync(async () =>
                (await county.SendAsync(reading.Body is null ? HttpMethod.Get : HttpMethod.Post, reading.Actor, reading.Path, reading.Body)).ShouldSucceed());

            (row.Operation, row.View, row.Outcome, row.AskedId).ShouldBe((reading.Operation, reading.View, reading.Outcome, reading.AskedId));
            row.Subjects.ShouldBe(reading.Subjects, reading.Path);
            var actor = reading.Actor;
            (row.Tenant, row.Actor, row.Agency, row.Office).ShouldBe((actor.Jurisdiction, actor.Id, actor.Agency, actor.Office));
            (row.Role, row.Purpose).ShouldBe((CaseFlow.Api.Http.EnumNames.Kebab(actor.Role), CaseFlow.Api.Http.EnumNames.Kebab(actor.Purpose)));
            row.TraceId.ShouldNotBeEmpty();
        }

        // No question of the program is missing here.
        readings.Select(reading => reading.Operation).Distinct().ShouldBe(
            county.Routes.Where(route => route.Route.Shown is { View: not null }).Select(route => route.Route.Name), ignoreOrder: true);
    }

    [Fact]
    public async Task A_page_records_everybody_on_it_and_nobody_else()
    {
        var agent = new Actor("recording-agent", Role.Agent, "demo", "dcc", "south", Purpose.Supervision);
        await county.EngageAsync(agent);
        for (var n = 0; n < 5; n++)
            await county.SuperviseAsync(agent);
        await county.Database.CatchUpAsync(Stop);

        Reply page = null!;
        var row = await OneRowOfAsync(async () => page = (await county.GetAsync(agent, "/api/caseload?limit=3")).ShouldSucceed());

        row.Subjects.ShouldBe(page.Json["items"]!.AsArray().Select(item => item!["clientId"]!.GetValue<Guid>()), ignoreOrder: true);
        row.Subjects.Count.ShouldBe(3);
        row.Position.ShouldBe(page.Json["position"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_question_about_the_past_says_which_moment()
    {
        var owed = await county.OweAsync(Agent);
        await county.Database.CatchUpAsync(Stop);
        var (asOf, asRecorded) = (county.Now.AddMinutes(-15), county.Now);

        Reply reply = null!;
        var row = await OneRowOfAsync(async () => reply = (await county.GetAsync(
            Agent, $"/api/clients/{owed.ClientId}/timeline?asOf={Escaped(asOf)}&asRecorded={Escaped(asRecorded)}")).ShouldSucceed());

        row.AsOf!.Value.ShouldBe(asOf, TimeSpan.FromMilliseconds(1));
        row.AsRecorded!.Value.ShouldBe(asRecorded, TimeSpan.FromMilliseconds(1));
        row.Position.ShouldBe(reply.Json["position"]!.GetValue<long>());
    }

    [Fact]
    public async Task What_was_not_found_and_what_was_refused_leave_rows_too()
    {
        var owed = await county.OweAsync(Agent);
        await county.Database.CatchUpAsync(Stop);
        await county.EngageAsync(Auditor);
        var unknown = Guid.CreateVersion7();
        (Actor Actor, string Path, int Status, Guid Asked, string Outcome)[] asked =
        [
            (Colleague, $"/api/clients/{owed.ClientId}", 404, owed.ClientId, "not-found"),
            (Colleague, $"/api/clients/{owed.ClientId}/timeline", 404, owed.ClientId, "not-found"),
            (Colleague, $"/api/clients/{unknown}/timeline", 404, unknown, "not-found"),
            (Colleague, $"/api/overdoses/{unknown}", 404, unknown, "not-found"),
            (Colleague, $"/api/referral-compliance/{owed.DutyId}", 404, owed.DutyId, "not-found"),
            (Colleague, $"/api/referral-compliance?client={owed.ClientId}", 200, owed.ClientId, "not-found"),
            (Colleague, $"/api/referral-compliance/counts?client={owed.ClientId}", 200, owed.ClientId, "not-found"),
            (Auditor, $"/api/clients/{owed.ClientId}/timeline", 403, owed.ClientId, "refused"),
            (Auditor, $"/api/clients/{owed.ClientId}/access", 403, owed.ClientId, "refused"),
        ];

        foreach (var (actor, path, status, id, outcome) in asked)
        {
            var row = await OneRowOfAsync(async () => (await county.GetAsync(actor, path)).Status.ShouldBe(status, path));

            (row.Actor, row.Outcome, row.AskedId).ShouldBe((actor.Id, outcome, id));
            row.Subjects.ShouldBe([id], path);
        }

        var found = await OneRowOfAsync(async () => (await county.PostAsync(Agent, "/api/clients/find", new FindRequest(IdentifierSystem.Doc, "nobodys-number"))).ShouldSucceed());
        (found.Outcome, found.Subjects.Count).ShouldBe(("not-found", 0));
    }

    [Fact]
    public async Task What_was_stopped_at_the_door_or_could_not_be_read_leaves_none()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var before = await CountAsync();

        (await county.SendAsync(HttpMethod.Get, null, $"/api/clients/{clientId}")).Status.ShouldBe(401);
        (await county.GetAsync(Administrator, $"/api/clients/{clientId}")).Status.ShouldBe(403);
        (await county.GetAsync(Agent with { Office = "south" }, $"/api/clients/{clientId}")).Status.ShouldBe(403);
        (await county.GetAsync(Agent, $"/api/clients/{clientId}/timeline?intercept=7")).Status.ShouldBe(400);
        (await county.GetAsync(Agent, $"/api/clients/{clientId}/timeline?unknown=1")).Status.ShouldBe(400);
        (await county.GetAsync(Agent, $"/api/clients/{clientId}/timeline?asRecordedPosition=999999")).Status.ShouldBe(422);
        (await county.GetAsync(Agent, "/api/policies")).Status.ShouldBe(200);
        (await county.PostAsync(Agent, $"/api/clients/{clientId}/aliases", AliasRequest.Example)).ShouldSucceed();

        (await CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_hundred_at_once_leave_a_hundred_rows()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var (rows, commits) = (await CountAsync(), county.Database.AccessLog.Commits);

        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => county.GetAsync(Agent, $"/api/clients/{clientId}")));

        replies.ShouldAllBe(reply => reply.Status == 200);
        (await CountAsync()).ShouldBe(rows + 100);
        (county.Database.AccessLog.Commits - commits).ShouldBeInRange(1, 100);
    }

    [Fact]
    public async Task No_personal_value_and_no_query_is_in_it()
    {
        const string number = "DX-quince-4711";
        var clientId = await county.SuperviseAsync(Agent, new RegisterClientDoor.Request(
            RegistrationSource.Supervision, Name: new("Quentin", "Quincewater"), ExternalIdentifiers: [new(IdentifierSystem.Doc, number)]));
        await county.Database.CatchUpAsync(Stop);

        (await county.GetAsync(Agent, $"/api/clients/{clientId}")).ShouldSucceed().Text.ShouldContain("Quincewater");
        (await county.PostAsync(Agent, "/api/clients/find", new FindRequest(IdentifierSystem.Doc, number))).ShouldSucceed();
        await county.GetAsync(Officer, $"/api/clients/{clientId}/access?actor=Quincewater");
        await county.GetAsync(Agent, $"/api/referral-compliance?agent=quincewater&client={clientId}");

        foreach (var value in new[] { "Quentin", "Quincewater", number, "?actor", "agent=" })
            (await Tables.HoldingAsync(county.ConnectionString, value)).ShouldBeEmpty(value);
        (await Tables.HoldingAsync(county.ConnectionString, clientId.ToString())).ShouldContain("caseflow.cf_access");
    }

    private static string Escaped(DateTimeOffset instant) => Uri.EscapeDataString(instant.ToString("O", CultureInfo.InvariantCulture));

    private async Task<Row> OneRowOfAsync(Func<Task> read)
    {
        var before = await CountAsync();
        await read();
        (await CountAsync()).ShouldBe(before + 1);
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand("""
            select actor_id, role, agency_id, office_id, purpose, operation, view, outcome, asked_id, subject_ids, as_of, as_recorded, position, trace_id, tenant_id
            from caseflow.cf_access order by at desc, id desc limit 1
            """);
        await using var reader = await command.ExecuteReaderAsync(Stop);
        (await reader.ReadAsync(Stop)).ShouldBeTrue();
        T? Of<T>(int column) => reader.IsDBNull(column) ? default : reader.GetFieldValue<T>(column);
        return new Row(
            Of<string>(0)!, Of<string>(1)!, Of<string>(2), Of<string>(3), Of<string>(4)!, Of<string>(5)!, Of<string>(6)!, Of<string>(7)!,
            Of<Guid?>(8), Of<Guid[]>(9)!, Of<DateTimeOffset?>(10), Of<DateTimeOffset?>(11), Of<long?>(12), Of<string>(13)!, Of<string>(14)!);
    }

    private async Task<long> CountAsync()
    {
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand("select count(*) from caseflow.cf_access");
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }
}
