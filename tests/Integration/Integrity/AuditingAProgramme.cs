using System.Text.Json.Nodes;
using CaseFlow.Api.Agencies;
using CaseFlow.Api.Integrity;
using CaseFlow.Api.Privacy;
using CaseFlow.Api.Replays;
using CaseFlow.Api.Touchpoints;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Integrity;
using CaseFlow.EventStore.Integrity;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Erasure;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Integrity;

/// <summary>
/// Golden scenario 12 of the domain reference (4.4): an auditor goes through a programme's year and verifies that history is whole; one
/// client's content was destroyed meanwhile. Then somebody with every right on the server changes one byte.
/// </summary>
public sealed class AuditingAProgramme : IAsyncLifetime
{
    private static readonly DateTimeOffset Spring = new(2025, 3, 3, 16, 0, 0, TimeSpan.Zero);
    private static readonly Actor Auditor = new("auditor-1", Role.Auditor, "demo", "sheriff", Purpose: Purpose.Audit);
    private static readonly StartReplayRequest Year = StartReplayRequest.Example with { AgencyId = "dcc", ProgramId = "day-report" };

    private const string Replays = "/api/audit/replays";

    private County county = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        county = await AtAsync(Spring);
        await county.EngageAsync(Auditor);
    }

    public ValueTask DisposeAsync() => county.DisposeAsync();

    [Fact]
    public async Task Scenario_12_the_year_of_a_programme_replays_and_verifies_with_one_record_erased_and_a_changed_byte_is_found()
    {
        (await county.PostAsync(Administrator, "/api/agencies/dcc/programs", new OpenProgramRequest("day-report", "Day report", 5))).ShouldSucceed();
        var (stays, goes) = (await KnownAsync("A-1"), await KnownAsync("A-2"));
        foreach (var clientId in new[] { stays, goes, stays })
            await ContactAsync(clientId, "day-report");
        await ContactAsync(stays, program: null);
        await county.GoToAsync(new DateTimeOffset(2026, 1, 20, 16, 0, 0, TimeSpan.Zero));
        await ContactAsync(stays, "day-report");
        await GrantAsync();
        await county.Database.CatchUpAsync(Stop);

        var before = await ReplayAsync(Year);
        Clients(before).ShouldBe([stays, goes, stays], "in the order of the log, nothing outside the programme, nothing of another year");
        var position = before["position"]!.GetValue<long>();
        (await SummariesAsync(position)).ShouldAllBe(summary => summary.Contains("contact", StringComparison.OrdinalIgnoreCase));
        (await VerifyAsync())["isIntact"]!.GetValue<bool>().ShouldBeTrue();

        await county.EraseAsync(goes);
        await county.Database.CatchUpAsync(Stop);

        var replayed = await ReplayAsync(Year with { AsRecordedPosition = position });
        Clients(replayed).ShouldBe([stays, goes, stays], "counts and order stay");
        var erased = replayed["items"]![1]!["touchpoint"]!;
        (erased["summary"]!.GetValue<string>(), erased["erasedReason"]!.GetValue<string>()).ShouldBe(("Erased", "adult-expunction"));
        replayed["items"]![0]!["touchpoint"]!.ToJsonString().ShouldBe(before["items"]![0]!["touchpoint"]!.ToJsonString());
        (await county.GetAsync(Auditor, $"/api/clients/{goes}/timeline")).ShouldSucceed().Text.ShouldNotContain("Planted");
        var whole = await VerifyAsync();
        (whole["isIntact"]!.GetValue<bool>(), whole["findingCount"]!.GetValue<long>()).ShouldBe((true, 0));
        await ShouldProveAsync(replayed["items"]![1]!["position"]!.GetValue<long>());

        await TamperAsync(erased["eventId"]!.GetValue<Guid>());

        var broken = await VerifyAsync();
        broken["isIntact"]!.GetValue<bool>().ShouldBeFalse();
        var finding = broken["findings"]!.AsArray().ShouldHaveSingleItem()!;
        finding["defect"]!.GetValue<string>().ShouldBe("changed");
        finding["firstPosition"]!.GetValue<long>().ShouldBe(replayed["items"]![1]!["position"]!.GetValue<long>());
        finding["eventId"]!.GetValue<Guid>().ShouldBe(erased["eventId"]!.GetValue<Guid>());
        (await county.Database.Store.ReadStreamAsync("demo", StreamIds.Integrity("demo"), cancellation: Stop)).Events.Select(recorded => recorded.Data.GetType())
            .ShouldBe([typeof(HistoryIntegrityVerified), typeof(HistoryIntegrityVerified), typeof(HistoryIntegrityBroken)]);
        (await county.GetAsync(Auditor, "/api/integrity")).ShouldSucceed().Json["lastVerification"]!["findingCount"]!.GetValue<long>().ShouldBe(1);
    }

    [Fact]
    public async Task A_programmes_history_comes_in_pages_of_one_moment_and_every_page_is_a_read()
    {
        (await county.PostAsync(Administrator, "/api/agencies/dcc/programs", new OpenProgramRequest("day-report", "Day report", 5))).ShouldSucceed();
        var clients = new[] { await KnownAsync("A-1"), await KnownAsync("A-2"), await KnownAsync("A-3") };
        foreach (var clientId in clients)
            await ContactAsync(clientId, "day-report");
        await GrantAsync();
        await county.Database.CatchUpAsync(Stop);

        var session = await BeginAsync(Year);
        var first = (await county.GetAsync(Auditor, $"{session}?limit=2")).ShouldSucceed().Json;
        await ContactAsync(clients[0], "day-report");
        var second = (await county.GetAsync(Auditor, $"{session}?limit=2&after={first["next"]}")).ShouldSucceed().Json;

        Clients(first).ShouldBe(clients[..2]);
        Clients(second).ShouldBe(clients[2..]);
        second["next"].ShouldBeNull();
        second["position"]!.GetValue<long>().ShouldBe(first["position"]!.GetValue<long>());
        await county.Database.CatchUpAsync(Stop);
        Clients(await ReplayAsync(Year)).Count.ShouldBe(4);
        var reads = (await county.GetAsync(Officer, $"/api/clients/{clients[2]}/access")).ShouldSucceed().Json["items"]!.AsArray();
        reads.Count(read => read!["view"]!.GetValue<string>() == "program_replay").ShouldBe(2);
        Clients(await ReplayAsync(Year with { ProgramId = null })).Count.ShouldBeGreaterThan(4);
    }

    [Fact]
    public async Task Nobody_goes_through_a_programme_without_a_grant_or_without_saying_what()
    {
        (await county.PostAsync(Auditor, Replays, Year)).ShouldBeProblem(403, "no-audit-grant");
        (await county.GetAsync(Auditor, $"{Replays}/{Guid.CreateVersion7()}")).ShouldBeProblem(403, "no-audit-grant");
        (await county.GetAsync(Auditor, Replays)).ShouldBeProblem(403, "no-audit-grant");
        (await county.PostAsync(Auditor, "/api/integrity/verifications", VerifyHistoryRequest.Example)).ShouldBeProblem(403, "no-audit-grant");
        (await county.GetAsync(Auditor, "/api/integrity")).ShouldBeProblem(403, "no-audit-grant");
        (await county.GetAsync(Auditor, "/api/integrity/keys")).ShouldBeProblem(403, "no-audit-grant");
        (await county.GetAsync(Auditor, "/api/integrity/proofs?position=1")).ShouldBeProblem(403, "no-audit-grant");
        (await county.GetAsync(Auditor, "/api/integrity/consistency?earlier=1")).ShouldBeProblem(403, "no-audit-grant");
        (await county.PostAsync(Agent, Replays, Year)).ShouldBeProblem(403, "role-not-allowed");
        await GrantAsync();
        foreach (var (path, code) in new[]
        {
            ($"{Replays}/{Guid.CreateVersion7()}?limit=0", "bad-parameter"),
            ($"{Replays}/{Guid.CreateVersion7()}?limit=101", "bad-parameter"),
            ("/api/integrity/proofs", "bad-parameter"),
            ("/api/integrity/proofs?position=1&eventId=0195d6c4-0000-7000-8000-000000000001", "bad-parameter"),
            ("/api/integrity/consistency", "bad-parameter"),
        })
        {
            (await county.GetAsync(Auditor, path)).ShouldBeProblem(400, code);
        }

        (await county.PostAsync(Auditor, Replays, Year with { AsRecordedPosition = 999999 })).ShouldBeProblem(422, "position-beyond-log");
        (await county.PostAsync(Auditor, Replays, Year with { AsRecorded = county.Now.AddHours(1) })).ShouldBeProblem(422, "as-recorded-ahead");
        (await county.PostAsync(Auditor, Replays, Year with { Until = Year.From })).ShouldBeProblem(422, "replay-time-empty");
        (await county.PostAsync(Auditor, Replays, Year with { AsRecorded = Spring, AsRecordedPosition = 1 })).ShouldBeProblem(400, "validation-failed");
        (await county.PostAsync(Auditor, Replays, Year with { AgencyId = "No Slug" })).ShouldBeProblem(400, "validation-failed");
        (await county.GetAsync(Auditor, $"{Replays}/{Guid.CreateVersion7()}")).ShouldBeProblem(404, "replay-session-not-found");
        (await county.GetAsync(Auditor, "/api/integrity/proofs?position=0")).ShouldBeProblem(404, "event-not-found");
        (await county.GetAsync(Auditor, "/api/integrity/proofs?position=999999")).ShouldBeProblem(404, "event-not-found");
        (await county.GetAsync(Auditor, $"/api/integrity/proofs?eventId={Guid.CreateVersion7()}")).ShouldBeProblem(404, "event-not-found");
        (await county.GetAsync(Auditor, "/api/integrity/consistency?earlier=999999")).ShouldBeProblem(409, "not-signed-yet");
        (await county.PostAsync(Auditor, "/api/integrity/verifications", new VerifyHistoryRequest(5, 4))).ShouldBeProblem(400, "validation-failed");
        (await county.PostAsync(Agent, "/api/integrity/verifications", VerifyHistoryRequest.Example)).ShouldBeProblem(403, "role-not-allowed");
    }

    [Fact]
    public async Task Another_jurisdictions_events_are_positions_and_no_more()
    {
        await county.Database.History.Sealer.SealNewAsync(cancellation: Stop);
        var foreign = (await county.Database.Store.ReadLogPageAsync(0, 1, "elsewhere", cancellation: Stop))[0];
        await TamperAsync(foreign.EventId);

        var finding = (await VerifyAsync(Officer))["findings"]!.AsArray().ShouldHaveSingleItem()!;

        (finding["firstPosition"]!.GetValue<long>(), finding["eventId"]).ShouldBe((foreign.Position!.Value, null));
        var broken = (HistoryIntegrityBroken)(await county.Database.Store.ReadStreamAsync("demo", StreamIds.Integrity("demo"), cancellation: Stop)).Events[^1].Data;
        broken.Findings.ShouldHaveSingleItem().EventId.ShouldBeNull();
        (await county.GetAsync(Officer, $"/api/integrity/proofs?eventId={foreign.EventId}")).ShouldBeProblem(404, "event-not-found");
    }

    [Fact]
    public async Task A_backup_that_is_restored_is_told_from_the_history_that_was_signed_since()
    {
        await county.Database.History.Sealer.SealNewAsync(cancellation: Stop);
        await county.Database.History.Sealer.SignAsync(cancellation: Stop);
        var backup = await county.BackUpAsync();
        await KnownAsync("A-1");
        await county.Database.CatchUpAsync(Stop);
        await county.Database.History.Sealer.SealNewAsync(cancellation: Stop);
        (await county.Database.History.Sealer.SignAsync(cancellation: Stop)).ShouldBeTrue();

        await county.RestoreAsync(backup);

        var verdict = await VerifyAsync(Officer);
        verdict["findings"]!.AsArray().Select(finding => finding!["defect"]!.GetValue<string>()).ShouldContain("checkpointAhead");
        await county.Database.History.Sealer.SignAsync(cancellation: Stop);
        (await county.GetAsync(Officer, "/api/integrity")).ShouldSucceed().Json["whyStopped"]!.GetValue<string>().ShouldContain("checkpoint");
    }

    private async Task<Guid> KnownAsync(string number) => await county.SuperviseAsync(
        Agent, new(RegistrationSource.Supervision, null, new("Wilhelmina", "Plantedname"), null, [new(IdentifierSystem.Doc, number)]));

    private async Task ContactAsync(Guid clientId, string? program) => (await county.PostAsync(
        Agent,
        $"/api/clients/{clientId}/touchpoints/supervision-contacts",
        new SupervisionContactRequest(ContactMode.InPerson, Note: "Plantednote", FiledAs: program is null ? null : new FiledAs(program)))).ShouldSucceed();

    private async Task GrantAsync() => (await county.PostAsync(
        Administrator, $"/api/staff/{Auditor.Id}/audit-grants", new GiveAuditGrantDoor.Request("The year 2025 of the day report.", county.Now.AddDays(20)))).ShouldSucceed();

    /// <returns>The address of its pages.</returns>
    private async Task<string> BeginAsync(StartReplayRequest ask) =>
        $"{Replays}/{(await county.PostAsync(Auditor, Replays, ask)).ShouldSucceed().Json["sessionId"]!.GetValue<Guid>()}";

    private async Task<JsonNode> ReplayAsync(StartReplayRequest ask) => (await county.GetAsync(Auditor, await BeginAsync(ask))).ShouldSucceed().Json;

    private async Task<JsonNode> VerifyAsync(Actor? actor = null)
    {
        await county.Database.Sequencer.PlaceNewAsync(Stop);
        await county.Database.History.Sealer.SealNewAsync(cancellation: Stop);
        await county.Database.History.Sealer.SignAsync(cancellation: Stop);
        return (await county.PostAsync(actor ?? Auditor, "/api/integrity/verifications", VerifyHistoryRequest.Example)).ShouldSucceed().Json;
    }

    private async Task<IEnumerable<string>> SummariesAsync(long position) =>
        (await ReplayAsync(Year with { AsRecordedPosition = position }))["items"]!.AsArray()
            .Select(item => item!["touchpoint"]!["summary"]!.GetValue<string>());

    /// <summary>As an outsider does: with the answer, the verifier key of the first day, and nothing else of the program's.</summary>
    private async Task ShouldProveAsync(long position)
    {
        var proof = (await county.GetAsync(Auditor, $"/api/integrity/proofs?position={position}")).ShouldSucceed().Json;
        proof["verifierKey"]!.GetValue<string>().ShouldBe((await county.GetAsync(Auditor, "/api/integrity")).Json["verifierKey"]!.GetValue<string>());
        var checkpoint = SignedNote.Open(proof["checkpoint"]!.GetValue<string>(), county.Database.History.Home.Key)!;
        var path = proof["path"]!.AsArray().Select(hash => Convert.FromBase64String(hash!.GetValue<string>())).ToList();
        TreeProof.Includes(position - 1, proof["size"]!.GetValue<long>(), Convert.FromBase64String(proof["leafHash"]!.GetValue<string>()), path, checkpoint.Root)
            .ShouldBeTrue();
        proof["size"]!.GetValue<long>().ShouldBe(checkpoint.Size);
    }

    private async Task TamperAsync(Guid eventId)
    {
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand($"""
            set session_replication_role = replica;
            update caseflow.mt_events set user_name = overlay(user_name placing 'x' from 1 for 1) where id = '{eventId}';
            set session_replication_role = origin
            """);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private static IReadOnlyList<Guid> Clients(JsonNode answer) => [.. answer["items"]!.AsArray().Select(item => item!["clientId"]!.GetValue<Guid>())];
}
