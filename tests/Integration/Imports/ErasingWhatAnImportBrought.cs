using CaseFlow.Api.Imports;
using CaseFlow.Domain;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Erasure;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.Erasure.ErasureStories;

namespace CaseFlow.Integration.Imports;

/// <summary>From the file to the backup: what an import brought of a person, and what it rejected, is gone by order wherever it had come to.</summary>
public sealed class ErasingWhatAnImportBrought : IAsyncLifetime
{
    private const string Runs = "/api/imports/rejected-lines";
    private static readonly string Header = string.Join(',', IncidentColumns.All);

    private readonly string directory = Directory.CreateTempSubdirectory("erasing-imports").FullName;
    private County county = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Rejected => Path.Combine(directory, "rejected.jsonl");

    public async ValueTask InitializeAsync() => county = await County.WithAsync();

    public async ValueTask DisposeAsync()
    {
        await county.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_person_who_is_identified_and_erased_by_order_is_gone_from_lines_events_views_indexes_and_backups()
    {
        var clientId = await county.KnownAsync(County.Agent, "I-1");
        (await ImportAsync(Good(1), Good(2))).Exit.ShouldBe(0);
        await IdentifyAsync(1, clientId);
        (await ImportAsync(Good(1).Replace("White", "PLANTED-one", StringComparison.Ordinal), Good(2).Replace("White", "PLANTED-two", StringComparison.Ordinal), "PLANTED-broken"))
            .Exit.ShouldBe(3);
        (await ShownAsync()).ShouldSatisfyAllConditions(
            shown => shown.ShouldContain("PLANTED-one"), shown => shown.ShouldContain("PLANTED-two"), shown => shown.ShouldContain("PLANTED-broken"));
        await county.Database.CatchUpAsync(Stop);
        (await county.AskAsync(County.Agent, $"/api/clients/{clientId}/timeline")).ShouldSucceed().Json["items"]!.AsArray().ShouldNotBeEmpty();
        var (backup, copy) = (await county.BackUpAsync(), await File.ReadAllTextAsync(Rejected, Stop));

        await county.EraseAsync(clientId);
        await ShouldBeGoneAsync();

        await county.RestoreAsync(backup);
        await File.WriteAllTextAsync(Rejected, copy, Stop);
        await ShouldBeGoneAsync();

        async Task ShouldBeGoneAsync()
        {
            (await ShownAsync()).ShouldSatisfyAllConditions(
                shown => shown.ShouldNotContain("PLANTED-one"),
                shown => shown.ShouldContain("(erased)"),
                shown => shown.ShouldContain("PLANTED-two", Case.Sensitive, "somebody else's"),
                shown => shown.ShouldContain("PLANTED-broken", Case.Sensitive, "nobody knows whose"));
            (await county.GetAsync(County.Agent, $"/api/clients/{clientId}")).ShouldSucceed().Text.ShouldNotContain("Planted");
            (await county.FindAsync(County.Agent, "I-1")).Json.AsArray().ShouldBeEmpty();
            (await CountAsync("select count(*) from views.client_search_terms where client_id = $1", clientId)).ShouldBe(0);
            (await CountAsync("select count(*) from views.client_number_links where client_id = $1", clientId)).ShouldBe(0);
            (await CountAsync("select count(*) from caseflow.cf_data_keys where subject_id = $1", clientId)).ShouldBe(0);
            (await CountAsync("select count(*) from caseflow.cf_data_keys where subject_id = $1", OverdoseOf(1))).ShouldBe(0);
            (await CountAsync("select count(*) from caseflow.cf_data_keys where subject_id = $1", OverdoseOf(2))).ShouldBe(1);
            (await CountAsync("select count(*) from caseflow.mt_events where data::text ilike '%planted%'")).ShouldBe(0);
            await county.Database.CatchUpAsync(Stop);
            (await county.GetAsync(County.Agent, $"/api/clients/{clientId}/timeline")).ShouldSucceed().Json["items"]!.AsArray()
                .ShouldAllBe(item => item!["summary"]!.GetValue<string>() == "Erased");
        }
    }

    [Fact]
    public async Task Lines_of_nobody_in_particular_go_with_their_run_by_order_and_stay_gone()
    {
        await ImportAsync("PLANTED-first");
        var other = await File.ReadAllTextAsync(Rejected, Stop);
        await ImportAsync(Good(1).Replace("Delaware", "PLANTED-county", StringComparison.Ordinal), "PLANTED-broken");
        var copy = await File.ReadAllTextAsync(Rejected, Stop);
        var backup = await county.BackUpAsync();
        var runs = (await county.GetAsync(County.Administrator, Runs)).ShouldSucceed().Json["items"]!.AsArray();
        runs.Select(run => run!["lines"]!.GetValue<int>()).ShouldBe([2, 1]);
        var runId = runs[0]!["runId"]!.GetValue<Guid>();

        (await county.PostAsync(County.Administrator, $"{Runs}/{runId}/erase", new { authority = "agency", reasonCode = "client-request" })).ShouldSucceed();
        await ShouldBeGoneAsync();
        (await county.PostAsync(County.Officer, $"{Runs}/{runId}/erase", new { authority = "agency", reasonCode = "client-request" })).ShouldSucceed();

        await county.RestoreAsync(backup);
        await ShouldBeGoneAsync();
        await File.WriteAllTextAsync(Rejected, other, Stop);
        (await ShownAsync()).ShouldContain("PLANTED-first", Case.Sensitive, "another run has a key of its own");

        async Task ShouldBeGoneAsync()
        {
            await File.WriteAllTextAsync(Rejected, copy, Stop);
            (await ShownAsync()).ShouldSatisfyAllConditions(
                shown => shown.ShouldNotContain("PLANTED"), shown => shown.ShouldContain("(erased)"), shown => shown.ShouldContain("county-unknown"));
            var run = (await county.GetAsync(County.Officer, Runs)).ShouldSucceed().Json["items"]![0]!;
            (run["runId"]!.GetValue<Guid>(), run["reasonCode"]!.GetValue<string>(), run["destroyedAt"] is null).ShouldBe((runId, "client-request", false));
        }
    }

    [Fact]
    public async Task One_line_of_nobody_in_particular_goes_alone_by_order_and_stays_gone()
    {
        await ImportAsync("PLANTED-first", Good(1).Replace("Delaware", "PLANTED-county", StringComparison.Ordinal), "PLANTED-second");
        var (copy, backup, runId) = (await File.ReadAllTextAsync(Rejected, Stop), await county.BackUpAsync(), await LastRunAsync());
        var (line, order) = ($"{Runs}/{runId}/lines/2/erase", new { authority = "court", reasonCode = "record-sealing" });
        var holds = $"{Runs}/{runId}/holds";
        var held = (await county.PostAsync(County.Officer, holds, new { authority = "prosecutor", reasonCode = "audit" })).ShouldSucceed().Json["holdId"]!.GetValue<Guid>();
        (await county.PostAsync(County.Officer, line, order)).ShouldBeProblem(409, "rejected-lines-held");
        (await county.PostAsync(County.Officer, $"{holds}/{held}/release", new { authority = "prosecutor" })).ShouldSucceed();
        (await county.PostAsync(County.Agent, line, order)).ShouldBeProblem(403, "role-not-allowed");
        (await county.PostAsync(County.Administrator with { Jurisdiction = "elsewhere" }, line, order)).ShouldBeProblem(404, "rejected-lines-not-found");
        (await county.PostAsync(County.Officer, line, new { authority = "court", reasonCode = "because" })).ShouldBeProblem(422, "rejected-lines-reason-unknown", "reasonCode");
        (await county.PostAsync(County.Officer, $"{Runs}/{runId}/lines/99/erase", order)).ShouldBeProblem(404, "rejected-line-not-found");

        (await county.PostAsync(County.Officer, line, order)).ShouldSucceed();
        (await county.PostAsync(County.Administrator, line, order)).ShouldSucceed();
        await ShouldBeGoneAsync();

        await county.RestoreAsync(backup);
        await ShouldBeGoneAsync();
        (await county.PostAsync(County.Officer, $"{Runs}/{runId}/erase", new { authority = "agency", reasonCode = "client-request" })).ShouldSucceed();
        (await ShownAsync()).ShouldNotContain("PLANTED");

        async Task ShouldBeGoneAsync()
        {
            await File.WriteAllTextAsync(Rejected, copy, Stop);
            (await ShownAsync()).ShouldSatisfyAllConditions(
                shown => shown.ShouldNotContain("PLANTED-first"),
                shown => shown.ShouldMatch(@"line 2  [a-z-]+ [^\n]*\n  \(erased\) sealed as [0-9a-f]{64}\n"),
                shown => shown.ShouldContain("PLANTED-county", Case.Sensitive, "the others are untouched"),
                shown => shown.ShouldContain("PLANTED-second"));
            var run = (await county.GetAsync(County.Officer, Runs)).ShouldSucceed().Json["items"]![0]!;
            run["erasedAt"].ShouldBeNull();
            var gone = run["erasedLines"]!.AsArray().ShouldHaveSingleItem()!;
            (gone["line"]!.GetValue<int>(), gone["reasonCode"]!.GetValue<string>(), gone["destroyedAt"] is null).ShouldBe((2, "record-sealing", false));
        }
    }

    [Fact]
    public async Task A_kill_before_the_key_is_destroyed_is_ended_by_the_next_start()
    {
        await ImportAsync("PLANTED-broken");
        var runId = await LastRunAsync();
        // What the door records, as it is left when the program ends there.
        await county.Database.Store.AppendAsync(
            new CaseFlow.EventStore.Append(
                "demo",
                [
                    new CaseFlow.EventStore.StreamAppend(
                        StreamIds.RejectedLines("demo"), "rejected_lines", CaseFlow.EventStore.ExpectedVersion.Exactly(1),
                        [
                            new CaseFlow.EventStore.NewEvent(
                                Guid.CreateVersion7(),
                                new CaseFlow.Domain.RejectedLines.RejectedLinesErased(CaseFlow.Domain.Erasure.ErasureAuthority.Agency, "retention-reached") { RunId = runId }.At(county.Now)),
                        ]),
                ],
                new CaseFlow.EventStore.AppendMetadata("test")),
            Stop);
        await county.StartNodeAsync();

        (await ShownAsync()).ShouldNotContain("PLANTED");
        (await county.GetAsync(County.Officer, Runs)).ShouldSucceed().Json["items"]![0]!["destroyedAt"].ShouldNotBeNull();
        county.Database.Keys.Erasures.Read().ShouldHaveSingleItem().ClientId.ShouldBe(runId);
    }

    [Fact]
    public async Task A_hold_on_them_or_on_the_person_of_one_of_them_stops_it()
    {
        (await ImportAsync(Good(1))).Exit.ShouldBe(0);
        var clientId = await county.KnownAsync(County.Agent, "I-2");
        await IdentifyAsync(1, clientId);
        await ImportAsync(Good(1).Replace("White", "PLANTED-one", StringComparison.Ordinal));
        var erase = $"{Runs}/{await LastRunAsync()}/erase";
        var order = new { authority = "court", reasonCode = "record-sealing" };
        (await county.PostAsync(County.Officer, PathOf(clientId) + "/holds", new { authority = "prosecutor", reasonCode = "litigation", reference = "2026 H 1" })).ShouldSucceed();
        (await county.PostAsync(County.Administrator, erase, order)).ShouldBeProblem(409, "rejected-lines-held");
        var holdId = (await county.GetAsync(County.Officer, PathOf(clientId))).Json["holds"]![0]!["holdId"]!.GetValue<Guid>();
        (await county.ChangeAsync(
            County.Officer, $"{PathOf(clientId)}/holds/{holdId}/release", await county.VersionAsync(County.Officer, PathOf(clientId)), new { authority = "prosecutor" })).ShouldSucceed();

        var holds = erase.Replace("/erase", "/holds", StringComparison.Ordinal);
        var held = (await county.PostAsync(County.Officer, holds, new { authority = "prosecutor", reasonCode = "audit" })).ShouldSucceed().Json["holdId"]!.GetValue<Guid>();
        (await county.PostAsync(County.Administrator, erase, order)).ShouldBeProblem(409, "rejected-lines-held");
        (await ShownAsync()).ShouldContain("PLANTED-one");
        (await county.PostAsync(County.Officer, $"{holds}/{held}/release", new { authority = "prosecutor" })).ShouldSucceed();
        (await county.PostAsync(County.Agent, erase, order)).ShouldBeProblem(403, "role-not-allowed");
        (await county.PostAsync(County.Administrator with { Jurisdiction = "elsewhere" }, erase, order)).ShouldBeProblem(404, "rejected-lines-not-found");

        (await county.PostAsync(County.Administrator, erase, order)).ShouldSucceed();
        (await ShownAsync()).ShouldNotContain("PLANTED-one");
    }

    [Fact]
    public async Task Lines_whose_period_is_over_are_proposed_and_go_when_it_is_approved()
    {
        await county.DisposeAsync();
        county = await County.AtAsync(DateTimeOffset.UtcNow);
        (await ImportAsync(Good(1))).Exit.ShouldBe(0);
        await ImportAsync(Good(1).Replace("Delaware", "PLANTED-county", StringComparison.Ordinal), "PLANTED-broken");
        var runId = await LastRunAsync();
        var approve = $"{Runs}/{runId}/give-up";
        (await county.GetAsync(County.Officer, "/api/retention/rejected-lines")).ShouldSucceed().Json["items"]!.AsArray().ShouldBeEmpty();

        await county.GoToAsync(DateTimeOffset.UtcNow.AddYears(6).AddDays(3));
        var item = (await county.GetAsync(County.Officer, "/api/retention/rejected-lines")).ShouldSucceed().Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        (item["runId"]!.GetValue<Guid>(), item["lines"]!.GetValue<int>(), item["isProposed"]!.GetValue<bool>()).ShouldBe((runId, 2, true));
        var shown = new { endsOn = item["endsOn"]!.GetValue<string>(), policyVersion = item["policyVersion"]!.GetValue<int>() };
        (await county.PostAsync(County.Officer, approve, new { shown.endsOn, policyVersion = 7 })).ShouldBeProblem(409, "rejected-lines-retention-changed");
        (await county.PostAsync(County.Administrator, approve, shown)).ShouldBeProblem(403, "role-not-allowed");
        (await county.PostAsync(County.Officer with { Jurisdiction = "elsewhere" }, approve, shown)).ShouldBeProblem(404, "rejected-lines-not-found");

        // The line is sealed under the key of the overdose that it is about, whose person nobody knows.
        var held = await HoldOverdoseAsync(1);
        (await county.PostAsync(County.Officer, approve, shown)).ShouldBeProblem(409, "rejected-lines-held");
        (await county.GetAsync(County.Officer, "/api/retention/rejected-lines")).Json["items"]![0]!["blocks"]!.ToJsonString().ShouldBe("""["legalHold"]""");
        (await county.PostAsync(County.Officer, $"/api/overdoses/{OverdoseOf(1)}/holds/{held}/release", new { authority = "prosecutor" })).ShouldSucceed();

        (await county.PostAsync(County.Officer, approve, shown)).ShouldSucceed();
        (await county.PostAsync(County.Officer, approve, shown)).ShouldSucceed();
        (await ShownAsync()).ShouldNotContain("PLANTED");
        (await county.GetAsync(County.Officer, "/api/retention/rejected-lines")).Json["items"]!.AsArray().ShouldBeEmpty();
        county.Database.Keys.Erasures.Read().ShouldHaveSingleItem().ReasonCode.ShouldBe("retention-reached");
    }

    private async Task<Guid> HoldOverdoseAsync(int victim) => (await county.PostAsync(
        County.Officer, $"/api/overdoses/{OverdoseOf(victim)}/holds", new { authority = "prosecutor", reasonCode = "litigation", reference = "Letter 9" }))
        .ShouldSucceed().Json["holdId"]!.GetValue<Guid>();

    private static string Good(int victim) =>
        $"1,{victim},2019-06-01,18:32:00,Delaware,045,Male,50 - 59,White,Not Hispanic,Y,NA,Y,heroin";

    private static Guid OverdoseOf(int victim) => StreamIds.ImportedOverdose("demo", ImportTerms.DefaultSource, $"1/{victim}");

    /// <summary>What no agency reported, a service tells of.</summary>
    private async Task IdentifyAsync(int victim, Guid clientId) => (await county.ChangeAsync(
        County.Feed, $"/api/overdoses/{OverdoseOf(victim)}/identify", "\"1\"", new { clientId, how = "staff" })).ShouldSucceed();

    private async Task<Guid> LastRunAsync() => (await county.GetAsync(County.Administrator, Runs)).ShouldSucceed().Json["items"]![0]!["runId"]!.GetValue<Guid>();

    private async Task<(int Exit, string Said)> ImportAsync(params string[] lines)
    {
        var file = Path.Combine(directory, "incidents.csv");
        await File.WriteAllLinesAsync(file, [Header, .. lines], Stop);
        return await RunAsync("import", "overdoses", file, "--jurisdiction", "demo", "--rejected", Rejected);
    }

    private async Task<string> ShownAsync()
    {
        var shown = await RunAsync("import", "show-rejected", Rejected);
        shown.Exit.ShouldBe(0, shown.Said);
        return shown.Said;
    }

    private async Task<(int Exit, string Said)> RunAsync(params string[] command)
    {
        using var program = ProgramProcess.Start(
            [.. command, $"--ConnectionStrings:CaseFlow={county.ConnectionString}", $"--Keys:File={Path.Combine(county.KeyDirectory, "wrapping.key")}"]);
        return (await program.EndAsync(), program.Output);
    }

    private async Task<long> CountAsync(string sql, Guid? id = null)
    {
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand(sql);
        if (id is { } one)
            command.Parameters.Add(new NpgsqlParameter { Value = one });
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }
}
