using CaseFlow.Api.Imports;
using CaseFlow.Domain;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Integration.Imports;

public sealed class ImportingFromTheCommandLine
{
    private const string Planted = "PLANTED-Jane-Doe";

    private static readonly string Header = string.Join(',', IncidentColumns.All);

    [Fact]
    public async Task Says_what_became_of_the_rows_and_keeps_rejected_lines_sealed()
    {
        await using var world = await ImportWorld.CreateAsync();
        var file = Write(world, Good(1), $"1,2,2019-06-01,18:32:00,{Planted},045,Male,50 - 59,White,Not Hispanic,Y,NA,Y,heroin", "=cmd|' /C calc'!A1");

        using var import = world.StartImport(file);
        (await import.EndAsync()).ShouldBe(3, import.Output);

        import.Output.ShouldSatisfyAllConditions(
            output => output.ShouldMatch(@"overdoses recorded\s+1\b"),
            output => output.ShouldMatch(@"county-unknown\s+1   line 3"),
            output => output.ShouldMatch(@"field-count\s+1   line 4"),
            output => output.ShouldContain("rows per second"),
            output => output.ShouldNotContain(Planted));
        (await File.ReadAllTextAsync(world.RejectedFile, TestContext.Current.CancellationToken)).ShouldNotContain("PLANTED");

        using var shown = world.Start("import", "show-rejected", world.RejectedFile);
        (await shown.EndAsync()).ShouldBe(0, shown.Output);
        shown.Output.ShouldContain("line 3  county-unknown  county");
        shown.Output.ShouldContain(Planted);
        shown.Output.ShouldContain("=cmd|' /C calc'!A1");
    }

    [Fact]
    public async Task A_corrected_file_leaves_no_rejected_lines()
    {
        await using var world = await ImportWorld.CreateAsync();
        using (var first = world.StartImport(Write(world, Good(1), "broken")))
            (await first.EndAsync()).ShouldBe(3, first.Output);
        File.Exists(world.RejectedFile).ShouldBeTrue();

        using var second = world.StartImport(Write(world, Good(1), Good(2)));

        (await second.EndAsync()).ShouldBe(0, second.Output);
        second.Output.ShouldMatch(@"already there\s+1\b");
        File.Exists(world.RejectedFile).ShouldBeFalse();
    }

    [Fact]
    public async Task A_dry_run_writes_nothing()
    {
        await using var world = await ImportWorld.CreateAsync();

        using var import = world.StartImport(Write(world, Good(1), "broken"), "--dry-run");

        (await import.EndAsync()).ShouldBe(3, import.Output);
        import.Output.ShouldMatch(@"would be recorded\s+1\b");
        (await world.CountAsync()).ShouldBe(0);
        File.Exists(world.RejectedFile).ShouldBeFalse();
    }

    [Fact]
    public async Task A_jurisdiction_without_a_policy_is_one_sentence()
    {
        await using var world = await ImportWorld.CreateAsync(withPolicy: false);

        using var import = world.StartImport(Write(world, Good(1)));

        (await import.EndAsync()).ShouldBe(1);
        import.Output.ShouldStartWith("Jurisdiction pennsylvania has no policy in force");
        import.Output.ShouldNotContain("\n");
    }

    [Fact]
    public async Task Rejected_lines_never_replace_another_file()
    {
        await using var world = await ImportWorld.CreateAsync();
        var file = Write(world, Good(1));

        using var import = world.Start("import", "overdoses", file, "--jurisdiction", ImportWorld.Jurisdiction, "--rejected", file);

        (await import.EndAsync()).ShouldBe(1);
        import.Output.ShouldContain("holds no rejected lines");
        (await world.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_missing_file_and_a_wrong_id_are_one_sentence()
    {
        await using var world = await ImportWorld.CreateAsync();

        using var missing = world.StartImport("/nowhere.csv");
        (await missing.EndAsync()).ShouldBe(1);
        missing.Output.ShouldBe("There is no file /nowhere.csv.");

        using var wrong = world.Start("import", "overdoses", "/nowhere.csv", "--jurisdiction", "No Where");
        (await wrong.EndAsync()).ShouldBe(2);
        wrong.Output.ShouldStartWith("'No Where' is no id");
    }

    [Fact]
    public async Task Rejected_lines_do_not_open_where_they_were_altered()
    {
        await using var world = await ImportWorld.CreateAsync();
        using (var import = world.StartImport(Write(world, "broken")))
            await import.EndAsync();
        var sealedLines = await File.ReadAllLinesAsync(world.RejectedFile, TestContext.Current.CancellationToken);
        sealedLines[0] = sealedLines[0].Replace(ImportWorld.Jurisdiction, "elsewhere", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(world.RejectedFile, sealedLines, TestContext.Current.CancellationToken);

        using var shown = world.Start("import", "show-rejected", world.RejectedFile);

        (await shown.EndAsync()).ShouldBe(1);
        shown.Output.ShouldStartWith("A rejected line does not open");
    }

    [Fact]
    public async Task A_rejected_line_goes_with_the_overdose_that_it_is_about_and_is_not_kept_again()
    {
        await using var world = await ImportWorld.CreateAsync();
        using (var first = world.StartImport(Write(world, Good(1), Good(2))))
            (await first.EndAsync()).ShouldBe(0, first.Output);
        string[] lines = [Good(1).Replace("White", "PLANTED-one", StringComparison.Ordinal), Good(2).Replace("White", "PLANTED-two", StringComparison.Ordinal), "PLANTED-broken"];
        using (var second = world.StartImport(Write(world, lines)))
            (await second.EndAsync()).ShouldBe(3, second.Output);
        (await ShownAsync()).ShouldSatisfyAllConditions(
            shown => shown.ShouldContain("PLANTED-one"), shown => shown.ShouldContain("PLANTED-two"), shown => shown.ShouldContain("PLANTED-broken"));
        var copy = await File.ReadAllTextAsync(world.RejectedFile, TestContext.Current.CancellationToken);

        // What the erasure of the client does with the overdose, once it is known to be theirs.
        var overdose = StreamIds.ImportedOverdose(ImportWorld.Jurisdiction, ImportTerms.DefaultSource, "1/1");
        await world.Database.Destruction.DestroyAsync(
            new ListedErasure(ImportWorld.Jurisdiction, Guid.NewGuid(), Guid.NewGuid(), "WholeRecord", [overdose], "Court", "adult-expunction", DateTimeOffset.UtcNow),
            TestContext.Current.CancellationToken);

        (await ShownAsync()).ShouldSatisfyAllConditions(
            shown => shown.ShouldNotContain("PLANTED-one"),
            shown => shown.ShouldContain("(erased)"),
            shown => shown.ShouldContain("line 2  changed-since-import"),
            shown => shown.ShouldContain("PLANTED-two"),
            shown => shown.ShouldContain("PLANTED-broken"));

        using (var again = world.StartImport(Write(world, lines)))
            (await again.EndAsync()).ShouldBe(3, again.Output);
        (await ShownAsync()).ShouldNotContain("PLANTED-one");
        await File.WriteAllTextAsync(world.RejectedFile, copy, TestContext.Current.CancellationToken);
        (await ShownAsync()).ShouldNotContain("PLANTED-one", Case.Sensitive, "a copy of the file does not open either");

        async Task<string> ShownAsync()
        {
            using var shown = world.Start("import", "show-rejected", world.RejectedFile);
            (await shown.EndAsync()).ShouldBe(0, shown.Output);
            return shown.Output;
        }
    }

    private static string Good(int victim) =>
        $"1,{victim},2019-06-01,18:32:00,Delaware,045,Male,50 - 59,White,Not Hispanic,Y,NA,Y,heroin";

    private static string Write(ImportWorld world, params string[] lines)
    {
        var path = Path.Combine(world.Directory, "incidents.csv");
        File.WriteAllLines(path, [Header, .. lines]);
        return path;
    }
}
