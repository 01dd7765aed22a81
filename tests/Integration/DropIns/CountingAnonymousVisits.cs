using System.Globalization;
using System.Text.RegularExpressions;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.DropIns;

/// <summary>Scenario 13: an anonymous drop-in visit is counted in units of service and never linkable.</summary>
public sealed partial class CountingAnonymousVisits(County county) : IClassFixture<County>
{
    private static readonly DateOnly Yesterday = DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays((DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 86_400) - 2));
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_visit_is_counted_for_the_own_agency_and_day_and_told_twice_it_counts_once()
    {
        var day = Yesterday.AddDays(-20);
        var visitId = Guid.CreateVersion7();
        (await county.PostAsync(Coach, "/api/drop-in-visits", new { visitedOn = day, visitId })).Status.ShouldBe(201);
        (await county.PostAsync(Coach, "/api/drop-in-visits", new { visitedOn = day, visitId })).Status.ShouldBe(200);
        (await county.PostAsync(Coach, "/api/drop-in-visits", new { visitedOn = day })).Status.ShouldBe(201);
        (await county.PostAsync(OtherCoach, "/api/drop-in-visits", new { visitedOn = day })).Status.ShouldBe(201);

        (await UnitsAsync(Coach, day, day)).ShouldBe("anonymous_drop_in_visited: 2");
        (await UnitsAsync(OtherCoach, day, day)).ShouldBe("anonymous_drop_in_visited: 1");
        (await UnitsAsync(Coach, day.AddDays(1), day.AddDays(2))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Ten_at_once_are_ten()
    {
        var day = Yesterday.AddDays(-40);
        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => county.PostAsync(Coach, "/api/drop-in-visits", new { visitedOn = day })));
        replies.ShouldAllBe(reply => reply.Status == 201);

        (await UnitsAsync(Coach, day, day)).ShouldBe("anonymous_drop_in_visited: 10");
    }

    [Fact]
    public async Task Nothing_stored_links_two_visits_or_a_visit_and_a_client()
    {
        await county.RegisterAsync(Coach, new(RegistrationSource.DropIn, Name: new("Walkin", "Person")));
        await county.Database.CatchUpAsync(Cancellation);
        var before = await CountsAsync();
        var visits = new List<Guid>();
        for (var n = 0; n < 3; n++)
        {
            // The first two are by the same person, the third is by another: nobody tells the program, and nothing in it can.
            var reply = await county.SendAsync(HttpMethod.Post, Coach, "/api/drop-in-visits", new { visitedOn = Yesterday }, ("Idempotency-Key", $"visit-{n}"));
            visits.Add(reply.ShouldSucceed().Json["visitId"]!.GetValue<Guid>());
        }

        await county.Database.CatchUpAsync(Cancellation);
        var traces = new List<IReadOnlyList<string>>();
        foreach (var visit in visits)
            traces.Add(await RowsOfAsync(visit));
        traces[0].ShouldContain(row => row.Contains("anonymous_drop_in_visited", StringComparison.Ordinal));
        traces[1].ShouldBe(traces[0], "two visits of one person differ by their own ids and times alone");
        traces[2].ShouldBe(traces[0], "and so does a stranger's");
        foreach (var visit in visits)
        {
            (await Tables.HoldingAsync(county.ConnectionString, visit.ToString())).Select(table => table.Split('.')[1])
                .ShouldBeSubsetOf(["mt_streams", "mt_events", "cf_tenant_events", "cf_idempotency"]);
        }

        (await CountsAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("\"clientId\":\"0195d6c4-0000-7000-8000-000000000001\"")]
    [InlineData("\"note\":\"the tall one again\"")]
    [InlineData("\"name\":\"Walkin\"")]
    public async Task A_word_about_who_came_is_refused(string word) =>
        (await county.PostAsync(Coach, "/api/drop-in-visits", $$"""{"visitedOn":"{{Yesterday:yyyy-MM-dd}}",{{word}}}""")).Status.ShouldBe(400);

    [Fact]
    public async Task A_day_to_come_and_a_programme_of_nobody_are_refused()
    {
        (await county.PostAsync(Coach, "/api/drop-in-visits", new { visitedOn = Yesterday.AddDays(9) })).ShouldBeProblem(422, "occurred-in-future");
        (await county.PostAsync(Coach, "/api/drop-in-visits", new { visitedOn = Yesterday, program = "no-such" })).Status.ShouldBeInRange(404, 422);
        (await county.GetAsync(Coach, "/api/units-of-service?from=2026-03-02&to=2026-03-01")).Status.ShouldBe(400);
        (await county.GetAsync(Coach, "/api/units-of-service?from=yesterday&to=2026-03-01")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_rebuild_counts_the_same()
    {
        var day = Yesterday.AddDays(-60);
        for (var n = 0; n < 3; n++)
            (await county.PostAsync(Coach, "/api/drop-in-visits", new { visitedOn = day })).ShouldSucceed();
        await county.Database.CatchUpAsync(Cancellation);
        var rows = await RowsAsync("select t::text from views.units_of_service t order by 1");
        rows.ShouldNotBeEmpty();

        (await county.Database.RebuildAsync("units_of_service", (_, _) => { }, Cancellation)).ShouldBe(1);

        (await RowsAsync("select t::text from views.units_of_service t order by 1")).ShouldBe(rows);
    }

    private async Task<string> UnitsAsync(Actor actor, DateOnly from, DateOnly to)
    {
        var reply = (await county.AskAsync(actor, string.Create(CultureInfo.InvariantCulture, $"/api/units-of-service?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}"))).ShouldSucceed();
        return string.Join(", ", reply.Json["items"]!.AsArray().Select(item => $"{item!["kind"]}: {item["count"]}"));
    }

    /// <summary>Every row of a visit in every table, without ids, times and numbers of its own.</summary>
    private async Task<IReadOnlyList<string>> RowsOfAsync(Guid visit)
    {
        var rows = new List<string>();
        foreach (var table in await Tables.HoldingAsync(county.ConnectionString, visit.ToString()))
        {
            foreach (var row in await RowsAsync($"select t::text from {table} t where strpos(t::text, '{visit}') > 0 order by 1"))
                rows.Add($"{table}: {Own().Replace(row, "?")}");
        }

        return rows;
    }

    /// <summary>What a visit must add nothing to: clients, keys, marks, entries of timelines, records of reads.</summary>
    private async Task<IReadOnlyList<string>> CountsAsync() => await RowsAsync("""
        select concat_ws(' ', (select count(*) from views.client_search_terms), (select count(*) from views.client_search_holders),
          (select count(*) from views.client_number_links), (select count(*) from views.timeline), (select count(*) from views.caseload))
        """);

    private async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var rows = new List<string>();
        while (await reader.ReadAsync(Cancellation))
            rows.Add(reader.GetString(0));
        return rows;
    }

    [GeneratedRegex(@"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,}|\d{4}-\d\d-\d\d[ T][0-9:.+Z-]+|visit-\d|(?<=[(,])\d+(?=[,)])")]
    private static partial Regex Own();
}
