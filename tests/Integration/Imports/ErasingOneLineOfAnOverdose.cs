using System.Text;
using CaseFlow.Api.Imports;
using CaseFlow.Domain;
using CaseFlow.Domain.RejectedLines;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Integration.Infrastructure;

namespace CaseFlow.Integration.Imports;

/// <summary>A rejected line that tells the number of an overdose goes alone by order, whether that overdose was ever recorded or not.</summary>
public sealed class ErasingOneLineOfAnOverdose : IAsyncLifetime
{
    private const string Runs = "/api/imports/rejected-lines";
    private static readonly object Order = new { authority = "court", reasonCode = "record-sealing" };

    private readonly string directory = Directory.CreateTempSubdirectory("erasing-lines").FullName;
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
    public async Task Of_an_overdose_that_was_never_recorded_and_the_next_line_of_it_is_recorded_all_the_same()
    {
        await ImportAsync(Bad(9002, "PLANTED-first"), Bad(9002, "PLANTED-second"), "PLANTED-broken");
        var (copy, backup, line) = (await File.ReadAllTextAsync(Rejected, Stop), await county.BackUpAsync(), await LineAsync(2));
        (await county.PostAsync(County.Officer, line, new { authority = "court", reasonCode = "because" })).ShouldBeProblem(422, "rejected-lines-reason-unknown", "reasonCode");

        (await county.PostAsync(County.Officer, line, Order)).ShouldSucceed();
        (await county.PostAsync(County.Officer, line, Order)).ShouldSucceed();
        await ShouldBeGoneAsync();

        await county.RestoreAsync(backup);
        await ShouldBeGoneAsync();
        (await ImportAsync(Good(9002))).ShouldBe(0);
        (await county.GetAsync(County.Feed, $"/api/overdoses/{OverdoseOf(9002)}")).ShouldSucceed();

        async Task ShouldBeGoneAsync()
        {
            await File.WriteAllTextAsync(Rejected, copy, Stop);
            (await ShownAsync()).ShouldSatisfyAllConditions(
                shown => shown.ShouldNotContain("PLANTED-first"),
                shown => shown.ShouldContain("PLANTED-second", Case.Sensitive, "another line of the same overdose is untouched"),
                shown => shown.ShouldContain("PLANTED-broken"));
        }
    }

    [Fact]
    public async Task A_hold_on_an_overdose_that_one_of_them_is_about_stops_those_and_no_line_of_nobody()
    {
        (await ImportAsync(Good(1))).ShouldBe(0);
        await ImportAsync(Bad(1, "PLANTED-first"), "PLANTED-broken");
        var (overdose, nobody) = (await LineAsync(2), await LineAsync(3));
        var held = (await county.PostAsync(
            County.Officer, $"/api/overdoses/{OverdoseOf(1)}/holds", new { authority = "prosecutor", reasonCode = "litigation", reference = "Letter 9" }))
            .ShouldSucceed().Json["holdId"]!.GetValue<Guid>();

        (await county.PostAsync(County.Officer, overdose, Order)).ShouldBeProblem(409, "rejected-lines-held");
        (await county.PostAsync(County.Officer, nobody, Order)).ShouldSucceed();
        (await ShownAsync()).ShouldSatisfyAllConditions(shown => shown.ShouldContain("PLANTED-first"), shown => shown.ShouldNotContain("PLANTED-broken"));

        (await county.PostAsync(County.Officer, $"/api/overdoses/{OverdoseOf(1)}/holds/{held}/release", new { authority = "prosecutor" })).ShouldSucceed();
        (await county.PostAsync(County.Officer, overdose, Order)).ShouldSucceed();
        (await ShownAsync()).ShouldNotContain("PLANTED");
    }

    [Fact]
    public async Task Files_of_earlier_formats_open_as_before_and_their_lines_about_an_overdose_go_with_their_run()
    {
        await ImportAsync(Bad(7, "PLANTED-new"));
        var (runId, overdose) = (await LastRunAsync(), OverdoseOf(7));
        var once = Seal(overdose, "PLANTED-once");
        var twice = Seal(RejectedRun.SubjectOf(runId), Seal(overdose, "PLANTED-twice"));
        foreach (var (format, text, line) in new[]
        {
            (1, "PLANTED-once", $$"""{"line":9,"code":"county-unknown","field":null,"reason":"No.","content":"{{once}}"}"""),
            (2, "PLANTED-twice", $$"""{"line":9,"code":"county-unknown","field":null,"reason":"No.","content":"{{twice}}","isSealedTwice":true}"""),
        })
        {
            await File.WriteAllTextAsync(
                Rejected,
                $$"""{"file":"caseflow-rejected-lines/{{format}}","jurisdiction":"demo","source":"pa-overdose-incidents","importedAt":"2026-01-05T12:00:00Z","runId":"{{runId}}"}""" + $"\n{line}\n",
                Stop);
            (await ShownAsync()).ShouldContain(text);
        }

        (await county.PostAsync(County.Officer, $"{Runs}/{runId}/lines/9/erase", Order)).ShouldBeProblem(404, "rejected-line-not-found");
        (await county.PostAsync(County.Officer, $"{Runs}/{runId}/erase", Order)).ShouldSucceed();
        (await ShownAsync()).ShouldNotContain("PLANTED");

        string Seal(Guid subject, string content) => county.Database.Sealer.Seal(
            new SealPlace("demo", subject, NamedId.Of(runId, "9/county-unknown"), "line"), Encoding.UTF8.GetBytes(content));
    }

    private static string Good(int incident) => $"{incident},1,2019-06-01,18:32:00,Delaware,045,Male,50 - 59,White,Not Hispanic,Y,NA,Y,heroin";

    private static string Bad(int incident, string county) => Good(incident).Replace("Delaware", county, StringComparison.Ordinal);

    private static Guid OverdoseOf(int incident) => StreamIds.ImportedOverdose("demo", ImportTerms.DefaultSource, $"{incident}/1");

    private async Task<Guid> LastRunAsync() => (await county.GetAsync(County.Administrator, Runs)).ShouldSucceed().Json["items"]![0]!["runId"]!.GetValue<Guid>();

    private async Task<string> LineAsync(int line) => $"{Runs}/{await LastRunAsync()}/lines/{line}/erase";

    private async Task<int> ImportAsync(params string[] lines)
    {
        var file = Path.Combine(directory, "incidents.csv");
        await File.WriteAllLinesAsync(file, [string.Join(',', IncidentColumns.All), .. lines], Stop);
        return (await RunAsync("import", "overdoses", file, "--jurisdiction", "demo", "--rejected", Rejected)).Exit;
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
}
