using System.Globalization;
using System.Text.RegularExpressions;
using CaseFlow.Api.Imports;
using CaseFlow.EventStore;
using CaseFlow.Projections;

namespace CaseFlow.Unit.Imports;

/// <summary>What becomes of the 8,005 rows of the public data set, and that <c>docs/imports.md</c> says the same.</summary>
public sealed class TheRealFile
{
    [Fact]
    public async Task Goes_in_whole_but_for_the_rows_that_contradict_themselves()
    {
        var (tally, _) = await ImportAsync();

        (tally.RowsRead, tally.Recorded, tally.AlreadyThere, tally.Repeated).ShouldBe((8005, 7816, 0, 0));
        tally.Rejected.ShouldBe(new Dictionary<string, int> { ["naloxone-contradiction"] = 189 });
    }

    [Fact]
    public async Task Is_told_in_the_documentation_as_it_is()
    {
        var (tally, _) = await ImportAsync();
        var told = await File.ReadAllLinesAsync(Path.Combine(Root(), "docs", "imports.md"), TestContext.Current.CancellationToken);

        string[] counted =
        [
            Row("rows read", tally.RowsRead),
            Row("overdoses recorded", tally.Recorded),
            .. tally.Rejected.Select(entry => Row($"rejected: `{entry.Key}`", entry.Value)),
            .. tally.Notes.Select(entry => Row($"`{entry.Key.Field}`: {entry.Key.What}", entry.Value))
                .Order(StringComparer.Ordinal),
        ];
        told.SkipWhile(line => line != "| What | Rows |").Skip(2).TakeWhile(line => line.StartsWith('|')).ShouldBe(counted);
    }

    [Fact]
    public async Task Keeps_nine_victims_of_one_incident_apart()
    {
        var (_, recorded) = await ImportAsync();

        var incident = recorded.Where(fact => fact.Metadata.CorrelationId == "pa-overdose-incidents/9670").ToList();
        incident.Count.ShouldBe(9);
        incident.Select(fact => fact.StreamId).Distinct().Count().ShouldBe(9);
    }

    [Fact]
    public void Explains_every_reason_to_reject()
    {
        var told = File.ReadAllText(Path.Combine(Root(), "docs", "imports.md"));
        var codes = Directory.EnumerateFiles(Path.Combine(Root(), "src", "Api", "Imports"), "*.cs")
            .SelectMany(file => Regex.Matches(
                File.ReadAllText(file), """(?:Reject|Broken|RecordFault)\(\s*"([a-z0-9-]+)"|\? "([a-z-]+)" :"""))
            .Select(match => match.Groups[1].Value + match.Groups[2].Value)
            .Distinct().ToList();

        codes.Count.ShouldBeGreaterThan(20);
        codes.Where(code => !told.Contains($"`{code}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static async Task<(ImportTally Tally, List<RecordedEvent> Recorded)> ImportAsync()
    {
        var store = new InMemoryEventStore(ProjectionCatalogue.Codec, TimeProvider.System);
        using var reader = IncidentRowReader.Open(Path.Combine(Root(), "..", "shared", "data", "overdose-incidents.csv"));
        var import = new ImportOverdoses(store, Incidents.Terms, _ => Task.CompletedTask);
        var tally = await import.RunAsync(reader.Read(), cancellation: TestContext.Current.CancellationToken);
        return (tally, await store.ReadLogAsync(0).ToListAsync(TestContext.Current.CancellationToken));
    }

    private static string Row(string what, int count) => string.Create(CultureInfo.InvariantCulture, $"| {what} | {count:#,0} |");

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "CaseFlow.sln")))
            directory = directory.Parent;
        return directory.FullName;
    }
}
