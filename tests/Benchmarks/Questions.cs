using System.Diagnostics;
using System.Globalization;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections;
using CaseFlow.Projections.Caseload;
using CaseFlow.Projections.ReferralCompliance;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Benchmarks;

/// <summary>
/// The questions that people ask, at a size that a large county reaches, each now and at three past moments: the time of the
/// service's own query (position, rows, JSON), and the plan that PostgreSQL chose for it. A page that reads a whole table or
/// sorts more rows than it shows fails the measurement.
/// </summary>
internal sealed class Questions(World world, SeededCounty county)
{
    private const int Samples = 100;
    private const int PageSize = 50;

    public static async Task<bool> RunAsync(string? count)
    {
        await using var server = await World.StartServerAsync();
        await using var world = await World.CreateAsync(server);
        var county = await SeededCounty.WriteAsync(world, count is null ? 100_000 : int.Parse(count, CultureInfo.InvariantCulture));
        return await new Questions(world, county).MeasureAsync();
    }

    private async Task<bool> MeasureAsync()
    {
        using var plans = new Plans();
        await using var explaining = plans.Explaining(world.ConnectionString);
        var explainer = new ViewReader(explaining, new ViewPositions(explaining));
        var end = await world.Database.Positions.PositionOfAsync(TimelineView.ViewName, World.Jurisdiction);
        Moment[] moments =
        [
            new("now", ViewInstant.Now, SeededCounty.End),
            new("asOf a year before", new(null, SeededCounty.End.AddDays(-365)), SeededCounty.End.AddDays(-365)),
            new("asRecordedPosition half", new(end / 2, null), SeededCounty.End.AddDays(-365)),
            new("both", new(end / 2, SeededCounty.End.AddDays(-500)), SeededCounty.End.AddDays(-500)),
        ];

        List<string> faults = [];
        List<IReadOnlyList<string>> figures = [], shorts = [];
        foreach (var question in All())
        {
            var cells = new List<string> { question.Title };
            foreach (var moment in moments)
            {
                var latencies = await TimeAsync(question, moment);
                cells.Add($"{latencies.Text(0.5)} / {latencies.Text(0.99)}");
                plans.Take();
                await question.AskAsync(explainer, new Random(7), moment, new Latencies());
                foreach (var plan in plans.Take())
                {
                    // The first statement over the view finds the position of the scope's last change.
                    var isRows = plan.Query.Contains("row::text", StringComparison.Ordinal) || !question.IsPage;
                    var title = $"{question.Title}, {moment.Name}{(isRows ? "" : ": position")}";
                    if (shorts.All(line => line[0] != title)) // the second page looks the same
                        shorts.Add([title, plan.Short(), Report.Milliseconds(plan.Milliseconds), Report.Count(plan.Buffers)]);
                    Console.WriteLine($"-- {question.Title}, {moment.Name}\n{plan.Full()}");
                    if (question.IsPage)
                        faults.AddRange(plan.Faults(PageSize + 1).Select(fault => $"{question.Title}, {moment.Name}: {fault}"));
                }
            }

            figures.Add(cells);
        }

        Report.Table(["p50 / p99 ms", .. moments.Select(moment => moment.Name)], figures);
        Report.Table(["plan", "nodes from the top (rows)", "ms", "buffers"], shorts);
        foreach (var fault in faults)
            Console.WriteLine($"NOT FROM AN INDEX: {fault}");
        Console.WriteLine(faults.Count == 0 ? "Every page comes from an index, without full scan or sort.\n" : $"{faults.Count} plans are not as they must be.\n");
        return faults.Count == 0;
    }

    private async Task<Latencies> TimeAsync(Question question, Moment moment)
    {
        var random = new Random(42);
        for (var n = 0; n < 5; n++)
            await question.AskAsync(world.Database.Reader, random, moment, new Latencies());
        var latencies = new Latencies();
        for (var n = 0; n < Samples; n++)
            await question.AskAsync(world.Database.Reader, random, moment, latencies);
        return latencies;
    }

    private IEnumerable<Question> All()
    {
        yield return Timeline("timeline, newest first", asked => asked, descending: true);
        yield return Timeline("timeline, oldest first", asked => asked);
        yield return Timeline("timeline of one agency", asked => asked with { Sees = TimelineSight.Unlabelled(World.Provider) }, descending: true);
        yield return Timeline("timeline of one kind", asked => asked with { Kinds = ["contact_made"] }, descending: true);
        yield return Queue("queue of an agent", (agent, asked) => asked with { Whose = OfAgent(agent) });
        yield return Queue("queue of an agent, open", (agent, asked) => asked with { Whose = OfAgent(agent), States = [DutyFilter.Open] });
        yield return Queue("queue of an agent, held before", (agent, asked) => asked with { Whose = new DutiesOf.AgentBefore(SeededCounty.AgentOf(agent)) });
        yield return Queue("queue of an office", (agent, asked) => asked with { Whose = OfOffice(agent) });
        yield return Queue("queue of an office, overdue", (agent, asked) => asked with { Whose = OfOffice(agent), States = [DutyFilter.Overdue] });
        yield return Queue("queue of an office, unverified", (agent, asked) => asked with { Whose = OfOffice(agent), States = [DutyFilter.Unverified] });
        yield return Queue("queue of the jurisdiction", (_, asked) => asked);
        yield return Queue("queue of the jurisdiction, latest first", (_, asked) => asked, descending: true);
        yield return Queue("queue of the jurisdiction, open", (_, asked) => asked with { States = [DutyFilter.Open] });
        yield return Queue("queue of the jurisdiction, overdue", (_, asked) => asked with { States = [DutyFilter.Overdue] });
        yield return Queue("queue of the jurisdiction, met late", (_, asked) => asked with { States = [DutyFilter.MetLate] });
        yield return Queue("queue of the jurisdiction, returned", (_, asked) => asked with { States = [DutyFilter.Returned] });
        yield return Queue("queue of a client", (_, asked) => asked with { ClientId = Domain.NamedId.Of("bench", "client-17") });
        yield return Counts("counts of an agent", (agent, asked) => asked with { Whose = OfAgent(agent) });
        yield return Counts("counts of an office", (agent, asked) => asked with { Whose = OfOffice(agent) });
        yield return Counts("counts of the jurisdiction", (_, asked) => asked);
        yield return Caseload("caseload of an agent", (agent, asked) => asked with { AgentId = SeededCounty.AgentOf(agent) });
        yield return Caseload("caseload of an office", (agent, asked) => asked with { Office = (World.Agency, SeededCounty.OfficeOf(agent)) });
        yield return Caseload("caseload of an office, open duties", (agent, asked) => asked with { Office = (World.Agency, SeededCounty.OfficeOf(agent)), OpenDutiesOnly = true });
    }

    private static DutiesOf.Agent OfAgent(int agent) => new(SeededCounty.AgentOf(agent));

    private static DutiesOf.Office OfOffice(int agent) => new(World.Agency, SeededCounty.OfficeOf(agent));

    private Question Timeline(string title, Func<TimelineAsked, TimelineAsked> narrow, bool descending = false) => new(title, true, (reader, _, moment, latencies) =>
        PagesAsync(
            reader, world.Database.Views.Timeline,
            page => TimelineQueries.PageOf(narrow(new TimelineAsked(World.Jurisdiction, SeededCounty.BusyClient, null, moment.At)), page), descending, latencies));

    private Question Queue(string title, Func<int, DutiesAsked, DutiesAsked> narrow, bool descending = false) => new(title, true, (reader, random, moment, latencies) =>
    {
        var asked = narrow(random.Next(county.Agents), new DutiesAsked(World.Jurisdiction, new DutiesOf.Jurisdiction(), moment.At, moment.EvaluatedAt));
        return PagesAsync(reader, world.Database.Views.ReferralCompliance, page => ComplianceQueries.PageOf(asked, page), descending, latencies);
    });

    private Question Caseload(string title, Func<int, CaseloadAsked, CaseloadAsked> narrow) => new(title, true, (reader, random, moment, latencies) =>
    {
        var asked = narrow(random.Next(county.Agents), new CaseloadAsked(World.Jurisdiction, moment.At));
        return PagesAsync(reader, world.Database.Views.Caseload, page => CaseloadQueries.PageOf(asked, page), descending: false, latencies);
    });

    private Question Counts(string title, Func<int, DutiesAsked, DutiesAsked> narrow) => new(title, false, async (reader, random, moment, latencies) =>
    {
        var asked = narrow(random.Next(county.Agents), new DutiesAsked(World.Jurisdiction, new DutiesOf.Jurisdiction(), moment.At, moment.EvaluatedAt));
        var started = Stopwatch.GetTimestamp();
        await ComplianceQueries.CountAsync(reader, world.Database.Views.ReferralCompliance, asked, CancellationToken.None);
        latencies.Add(started);
    });

    /// <summary>The first page, and the one after it when there is one.</summary>
    private static async Task PagesAsync<TRow>(
        ViewReader reader, FoldedView<TRow> view, Func<PageWanted, ViewPageQuestion> ask, bool descending, Latencies latencies)
        where TRow : class
    {
        var started = Stopwatch.GetTimestamp();
        var first = await reader.PageAsync(view, ask(new PageWanted(PageSize, null, descending)));
        latencies.Add(started);
        if (first.Next is null)
            return;
        started = Stopwatch.GetTimestamp();
        await reader.PageAsync(view, ask(new PageWanted(PageSize, first.Next, descending)));
        latencies.Add(started);
    }

    /// <param name="EvaluatedAt">Overdue and due soon are judged at this instant.</param>
    private sealed record Moment(string Name, ViewInstant At, DateTimeOffset EvaluatedAt);

    /// <param name="IsPage">Counts read all that they count; pages must not.</param>
    private sealed record Question(string Title, bool IsPage, Func<ViewReader, Random, Moment, Latencies, Task> AskAsync);
}
