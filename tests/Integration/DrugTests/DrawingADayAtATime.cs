using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Api.DrugTests;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.DrugTests;
using CaseFlow.EventStore;
using CaseFlow.Integration.Courts;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.Courts.CourtStories;

namespace CaseFlow.Integration.DrugTests;

/// <summary>A court's month, drawn by the program: promised before, drawn once a day whatever happens, disclosed after, and fair (R31).</summary>
public sealed class DrawingADayAtATime
{
    private const string Selections = "/api/courts/drug-court/test-selections";

    private static readonly DateTimeOffset Tuesday = new(2026, 3, 24, 16, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_month_is_promised_drawn_caught_up_after_an_outage_disclosed_and_proven()
    {
        await using var county = await County.AtAsync(Tuesday);
        await county.FurnishCourtAsync();
        var participations = new List<Guid>();
        for (var n = 0; n < 8; n++)
        {
            var participation = await county.AdmitAsync();
            (await county.PostAsync(Coordinator, participation + "/random-testing/start")).ShouldSucceed();
            participations.Add(Guid.Parse(participation.Split('/')[^1]));
        }

        // Promised: both hashes are public before a day is drawn with either seed, and neither seed is anywhere in the log.
        var march = await MonthAsync(county, "2026-03");
        march["firstDay"]!.GetValue<string>().ShouldBe("2026-03-25");
        march["seed"].ShouldBeNull();
        var commitment = march["commitment"]!.GetValue<string>();
        (await MonthAsync(county, "2026-04"))["firstDay"]!.GetValue<string>().ShouldBe("2026-04-01");
        var seed = county.Database.MarkKeys.Derive("test-selection/demo/drug-court/2026-03");
        (await CountAsync(county, Convert.ToHexStringLower(seed))).ShouldBe(0);

        // Drawn: three days late for the first, by the program and by coordinators at the same time, each day once.
        await county.GoToAsync(Tuesday.AddDays(3));
        var pressed = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => county.PostAsync(Coordinator, Selections + "/draw")));
        pressed.ShouldAllBe(reply => reply.Status == 200 || reply.Status == 503);
        await DrawAsync(county);
        var draws = (await MonthAsync(county, "2026-03"))["draws"]!.AsArray();
        draws.Select(draw => (draw!["day"]!.GetValue<string>(), draw["caughtUp"]!.GetValue<bool>()))
            .ShouldBe([("2026-03-25", true), ("2026-03-26", true), ("2026-03-27", false)]);
        draws.ShouldAllBe(draw => draw!["participations"]!.AsArray().Count == 8);
        (await MonthAsync(county, "2026-03", "verification"))["verdict"].ShouldSay("not-yet");

        // Disclosed: after the month, and once every day of it is drawn.
        await county.GoToAsync(new DateTimeOffset(2026, 4, 2, 15, 0, 0, TimeSpan.Zero));
        await DrawAsync(county);
        var verified = await MonthAsync(county, "2026-03", "verification");
        verified["verdict"].ShouldSay("fair");
        verified["proof"]!["days"]!.AsArray().Count.ShouldBe(7);
        verified["seed"].ShouldSay(Convert.ToHexStringLower(seed));

        // Proven by hand, with what is published and nothing of ours.
        var published = Convert.FromHexString(verified["seed"]!.GetValue<string>());
        Convert.ToHexStringLower(SHA256.HashData(published)).ShouldBe(commitment);
        var all = (await MonthAsync(county, "2026-03"))["draws"]!.AsArray();
        foreach (var draw in all)
        {
            foreach (var one in draw!["participations"]!.AsArray())
            {
                var text = $"{draw["day"]!.GetValue<string>()}/{one!["participationId"]!.GetValue<string>()}";
                var fraction = Convert.ToUInt64(Convert.ToHexString(HMACSHA256.HashData(published, Encoding.UTF8.GetBytes(text))[..8]), 16) / Math.Pow(2, 64);
                one["selected"]!.GetValue<bool>().ShouldBe(fraction < 2 / 7d, text);
            }
        }

        // Every selection is a test, and every test was selected; those of a day that was over bind nobody.
        foreach (var participationId in participations)
        {
            var selected = all.Concat((await MonthAsync(county, "2026-04"))["draws"]!.AsArray())
                .Where(draw => draw!["participations"]!.AsArray().Single(one => one!["participationId"]!.GetValue<Guid>() == participationId)!["selected"]!.GetValue<bool>())
                .Select(draw => (Day: draw!["day"]!.GetValue<string>(), CaughtUp: draw["caughtUp"]!.GetValue<bool>()));
            var tests = (await county.GetAsync(Coordinator, $"/api/participations/{participationId}/drug-tests")).ShouldSucceed().Json["tests"]!.AsArray();
            tests.Select(test => (test!["day"]!.GetValue<string>(), test["caughtUp"]!.GetValue<bool>())).ShouldBe(selected);
            foreach (var late in tests.Where(test => test!["caughtUp"]!.GetValue<bool>()))
            {
                (await county.PostAsync(Coordinator, $"/api/participations/{participationId}/drug-tests/{late!["testId"]!.GetValue<Guid>()}/notify", new NotifyRequest(Specimen.Urine, ContactMode.Phone)))
                    .ShouldBeProblem(409, "test-day-over");
            }
        }
    }

    [Fact]
    public async Task A_drawn_test_has_the_labels_that_the_admission_has_now_though_they_were_corrected_after_testing_began()
    {
        await using var county = await County.AtAsync(Tuesday);
        await county.FurnishCourtAsync();
        var participations = new List<Guid>();
        for (var n = 0; n < 8; n++)
        {
            var participation = await county.AdmitAsync();
            (await county.PostAsync(Coordinator, participation + "/random-testing/start")).ShouldSucceed();
            participations.Add(Guid.Parse(participation.Split('/')[^1]));
            var client = $"/api/clients/{(await county.GetAsync(Coordinator, participation)).Json["clientId"]!.GetValue<Guid>()}";
            var admitted = (await county.AskAsync(County.Officer, $"{client}/timeline?kind=participant_admitted")).ShouldSucceed().Json["items"]![0]!["eventId"]!.GetValue<Guid>();
            (await county.PostAsync(County.Officer, $"{client}/labels/{admitted}/correct", new LabelDoors.Request(["JUVENILE", "COURT_OPEN"], "A juvenile then."))).ShouldSucceed();
        }

        await county.GoToAsync(Tuesday.AddDays(7));
        await DrawAsync(county);

        var selected = new List<RecordedEvent>();
        foreach (var id in participations)
            selected.AddRange((await county.Database.Store.ReadStreamAsync("demo", StreamIds.DrugTesting(id), cancellation: Stop)).Events);
        selected.ShouldNotBeEmpty();
        selected.ShouldAllBe(one => one.Data is DrugTestSelected && ((Circumstances)one.Headers!).Labels.Contains("JUVENILE"));
    }

    [Fact]
    public async Task Whoever_left_is_drawn_no_more_and_other_courts_see_nothing()
    {
        await using var county = await County.AtAsync(Tuesday);
        await county.FurnishCourtAsync();
        var (stays, leaves) = (await county.AdmitAsync(), await county.AdmitAsync());
        foreach (var one in new[] { stays, leaves })
            (await county.PostAsync(Coordinator, one + "/random-testing/start")).ShouldSucceed();
        (await county.PostAsync(Coordinator, leaves + "/random-testing/end", new EndTestingRequest(TestingEndReason.OrderedByCourt))).ShouldSucceed();

        await county.GoToAsync(Tuesday.AddDays(1));
        await DrawAsync(county);

        var drawn = (await MonthAsync(county, "2026-03"))["draws"]!.AsArray().Single()!["participations"]!.AsArray();
        drawn.ShouldHaveSingleItem()!["participationId"]!.GetValue<string>().ShouldBe(stays.Split('/')[^1]);
        (await county.GetAsync(OtherCoordinator, Selections + "/2026-03")).ShouldBeProblem(404, "court-not-found");
        (await county.GetAsync(OtherCoordinator, Selections + "/2026-03/verification")).ShouldBeProblem(404, "court-not-found");
        (await county.PostAsync(OtherCoordinator, Selections + "/draw")).ShouldBeProblem(404, "court-not-found");
        (await county.PostAsync(OtherCoordinator, stays + "/random-testing/end", new EndTestingRequest(TestingEndReason.OrderedByCourt))).ShouldBeProblem(404, "participation-not-found");
        (await county.GetAsync(Coordinator, Selections + "/2025-01")).ShouldBeProblem(404, "selection-month-not-found");
        (await county.GetAsync(Coordinator, Selections + "/march")).ShouldBeProblem(404, "selection-month-not-found");
    }

    /// <summary>The program's own work does the same beside this; each day is drawn once, whoever comes first.</summary>
    private static async Task DrawAsync(County county)
    {
        for (var round = 0; await HasDueAsync(county); round++)
        {
            round.ShouldBeLessThan(100, "a day is drawn at the first try, or at another's");
            await county.Database.Selections.DrawDueAsync(county.Now, county.Service<TestSelections>().AdvanceAsync, Stop);
        }
    }

    private static async Task<bool> HasDueAsync(County county)
    {
        await county.Database.CatchUpAsync(Stop);
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand("select count(*) from caseflow.cf_timers where process = 'test_selections' and due_at <= @now");
        command.Parameters.AddWithValue("now", county.Now);
        return (long)(await command.ExecuteScalarAsync(Stop))! > 0;
    }

    private static async Task<JsonNode> MonthAsync(County county, string month, string? part = null) =>
        (await county.GetAsync(Coordinator, $"{Selections}/{month}{(part is null ? "" : $"/{part}")}")).ShouldSucceed().Json;

    private static async Task<long> CountAsync(County county, string text)
    {
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand("select count(*) from caseflow.mt_events where data::text like @text or headers::text like @text");
        command.Parameters.AddWithValue("text", string.Create(CultureInfo.InvariantCulture, $"%{text}%"));
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }
}
