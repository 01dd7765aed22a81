using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Courts;
using CaseFlow.Api.DrugTests;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Courts;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.DrugTests;

/// <summary>Each day's draw names everybody of the court's roster, and whoever may see it finds out that nobody was left out without a reason (R31).</summary>
public sealed class ProvingNobodyWasLeftOut
{
    private const string Selections = "/api/courts/drug-court/test-selections";

    private static readonly DateTimeOffset Tuesday = new(2026, 3, 24, 16, 0, 0, TimeSpan.Zero);
    private static readonly Actor Defender = new("defender-7", Role.Defence, "demo", "court", Purpose: Purpose.CourtMonitoring);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_was_left_out_is_named_with_the_reason_and_the_log_bears_it_out_also_after_everything_moved_on()
    {
        await using var county = await County.AtAsync(Tuesday);
        await county.FurnishCourtAsync();
        await county.EngageAsync(Defender);
        var (drawn, unbegun, takenOut) = (await county.AdmitAsync(), await county.AdmitAsync(), await county.AdmitAsync());
        foreach (var one in new[] { drawn, takenOut })
            (await county.PostAsync(Coordinator, one + "/random-testing/start")).ShouldSucceed();
        (await county.PostAsync(Coordinator, takenOut + "/random-testing/end", new EndTestingRequest(TestingEndReason.OrderedByCourt))).ShouldSucceed();
        await county.GoToAsync(Tuesday.AddDays(1));
        await DrawAsync(county);

        var draw = (await MonthAsync(county))["draws"]!.AsArray().Single()!;
        draw["participations"]!.AsArray().Single()!["participationId"]!.GetValue<Guid>().ShouldBe(IdOf(drawn));
        LeftOut(draw).ShouldBe([(IdOf(unbegun), "testingNotBegun"), (IdOf(takenOut), "testingEnded")], ignoreOrder: true);
        draw["pool"]!["hash"].ShouldSay(HashedByHand(draw));
        var before = await VerifiedAsync(county);
        (before["verdict"]!.GetValue<string>(), before["poolVerdict"]!.GetValue<string>()).ShouldBe(("not-yet", "complete"));

        // Everything of the day before changes; what was drawn from stays what it was.
        (await county.PostAsync(Coordinator, unbegun + "/random-testing/start")).ShouldSucceed();
        await county.EnterAsync(Coordinator, drawn, "withdraw", new EndRequest("moved") { File = CourtFile.Open });
        var late = await county.AdmitAsync();
        await county.GoToAsync(Tuesday.AddDays(2));
        await DrawAsync(county);
        var second = (await MonthAsync(county))["draws"]!.AsArray()[1]!;
        second["participations"]!.AsArray().Single()!["participationId"]!.GetValue<Guid>().ShouldBe(IdOf(unbegun));
        LeftOut(second).ShouldBe([(IdOf(takenOut), "testingEnded"), (IdOf(late), "testingNotBegun")], ignoreOrder: true);
        var after = (await county.GetAsync(Defender, $"{Selections}/2026-03/verification")).ShouldSucceed().Json;
        after["poolVerdict"].ShouldSay("complete", after.ToJsonString());
        after["pools"]!.AsArray().Count.ShouldBe(2);
    }

    /// <summary>The reason that a record of the person gives is not told to whoever checks a proof, and is checked all the same.</summary>
    [Fact]
    public async Task Whoever_has_died_is_left_out_for_what_a_record_of_theirs_says_and_that_is_checked_as_it_was_known_then()
    {
        await using var county = await County.AtAsync(Tuesday);
        await county.FurnishCourtAsync();
        var (lives, dies) = (await county.AdmitAsync(), await county.AdmitAsync());
        foreach (var one in new[] { lives, dies })
            (await county.PostAsync(Coordinator, one + "/random-testing/start")).ShouldSucceed();
        var client = (await county.GetAsync(Coordinator, dies)).ShouldSucceed().Json["clientId"]!.GetValue<Guid>();
        (await county.PostAsync(Officer, $"/api/clients/{client}/death", DeathRequest.Example with { When = new WhenPart(county.Now.AddHours(-3)) })).ShouldSucceed();
        await county.GoToAsync(Tuesday.AddDays(1));
        await DrawAsync(county);

        var month = await MonthAsync(county);
        LeftOut(month["draws"]!.AsArray().Single()!).ShouldBe([(IdOf(dies), "personsRecord")]);
        month.ToJsonString().ShouldNotContain("deceased", Case.Insensitive);
        (await VerifiedAsync(county))["poolVerdict"].ShouldSay("complete");

        // The death was the brother's: what was known when it was drawn still is what it was drawn by.
        var version = (await county.GetAsync(Officer, $"/api/clients/{client}")).ETag;
        (await county.ChangeAsync(Officer, $"/api/clients/{client}/death/retract", version, new ReasonRequest("It was the brother."))).ShouldSucceed();
        (await VerifiedAsync(county))["poolVerdict"].ShouldSay("complete");
    }

    [Fact]
    public async Task Somebody_taken_off_the_list_afterwards_or_a_reason_made_up_shows_before_the_seed_is_known()
    {
        await using var county = await County.AtAsync(Tuesday);
        await county.FurnishCourtAsync();
        var (drawn, unbegun) = (await county.AdmitAsync(), await county.AdmitAsync());
        (await county.PostAsync(Coordinator, drawn + "/random-testing/start")).ShouldSucceed();
        await county.GoToAsync(Tuesday.AddDays(1));
        await DrawAsync(county);
        (await VerifiedAsync(county))["poolVerdict"].ShouldSay("complete");

        await BehindTheProgramAsync(county, "data = jsonb_set(data, '{pool,leftOut,0,reason}', '\"phaseWithoutTests\"')");
        var madeUp = await VerifiedAsync(county);
        (madeUp["verdict"]!.GetValue<string>(), madeUp["poolVerdict"]!.GetValue<string>()).ShouldBe(("not-fair", "not-complete"));
        var pool = madeUp["pools"]!.AsArray().Single()!;
        pool["hashMatches"]!.GetValue<bool>().ShouldBeFalse();
        pool["differing"]!.AsArray().Single()!["participationId"]!.GetValue<Guid>().ShouldBe(IdOf(unbegun));

        await BehindTheProgramAsync(county, "data = jsonb_set(data, '{pool,leftOut}', '[]')");
        (await VerifiedAsync(county))["pools"]!.AsArray().Single()!["missing"]!.AsArray().Single()!.GetValue<Guid>().ShouldBe(IdOf(unbegun));

        // A list from before somebody came names an older version of the register of places.
        await BehindTheProgramAsync(county, "data = jsonb_set(data, '{pool,placesVersion}', '2')");
        (await VerifiedAsync(county))["pools"]!.AsArray().Single()!["registersMatch"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task Draws_of_the_first_format_are_proved_as_ever_and_say_that_they_do_not_tell_who_was_left_out()
    {
        await using var county = await County.AtAsync(Tuesday.AddDays(5));
        await county.FurnishCourtAsync();
        var drawn = await county.AdmitAsync();
        (await county.PostAsync(Coordinator, drawn + "/random-testing/start")).ShouldSucceed();
        await county.GoToAsync(Tuesday.AddDays(9));
        await DrawAsync(county);
        (await VerifiedAsync(county))["poolVerdict"].ShouldSay("complete");

        await BehindTheProgramAsync(county, "data = (data - 'pool') #- '{participations,0,version}'");

        var verified = await VerifiedAsync(county);
        (verified["verdict"]!.GetValue<string>(), verified["poolVerdict"]!.GetValue<string>()).ShouldBe(("fair", "not-kept"));
        (await MonthAsync(county))["draws"]!.AsArray().ShouldAllBe(draw => draw!["pool"] == null);
    }

    /// <summary>A draw guards the register of places and the testing roster: whoever comes at the same time is in the day or out of it, with a reason.</summary>
    [Fact]
    public async Task Whoever_comes_while_it_is_drawn_is_drawn_or_left_out_with_a_reason()
    {
        await using var county = await County.AtAsync(Tuesday);
        await county.FurnishCourtAsync();
        (await county.PostAsync(Coordinator, await county.AdmitAsync() + "/random-testing/start")).ShouldSucceed();
        for (var day = 1; day <= 3; day++)
        {
            var accepted = new[] { await county.AcceptAsync(), await county.AcceptAsync() };
            await county.GoToAsync(Tuesday.AddDays(day));
            var admitted = accepted.Select(one => AdmittedAsync(county, one));
            await Task.WhenAll([.. admitted, DrawAsync(county)]);
            foreach (var one in accepted)
                (await county.PostAsync(Coordinator, one + "/random-testing/start")).ShouldSucceed();
        }

        var verified = await VerifiedAsync(county);
        verified["poolVerdict"].ShouldSay("complete", verified.ToJsonString());
        (await MonthAsync(county))["draws"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_month_answers_for_any_moment_and_the_position_of_an_answer_gives_it_again()
    {
        await using var county = await County.AtAsync(Tuesday);
        await county.FurnishCourtAsync();
        (await county.PostAsync(Coordinator, await county.AdmitAsync() + "/random-testing/start")).ShouldSucceed();
        await county.GoToAsync(Tuesday.AddDays(1));
        await DrawAsync(county);
        await county.Database.CatchUpAsync(Stop);
        var first = await county.GetAsync(Coordinator, Selections + "/2026-03");
        var position = first.ShouldSucceed().Json["position"]!.GetValue<long>();
        await county.GoToAsync(Tuesday.AddDays(2));
        await DrawAsync(county);
        await county.Database.CatchUpAsync(Stop);

        (await MonthAsync(county))["draws"]!.AsArray().Count.ShouldBe(2);
        (await county.GetAsync(Coordinator, $"{Selections}/2026-03?asRecordedPosition={position}")).Text.ShouldBe(first.Text);
        (await MonthAsync(county, $"?asOf={At(Tuesday.AddHours(30))}"))["draws"]!.AsArray().Count.ShouldBe(1);
        (await MonthAsync(county, $"?asRecorded={At(Tuesday.AddHours(6))}"))["draws"]!.AsArray().ShouldBeEmpty();
        (await county.GetAsync(Coordinator, $"{Selections}/2026-03?asOf={At(Tuesday.AddDays(-1))}")).ShouldBeProblem(404, "selection-month-not-found");
        (await county.GetAsync(Coordinator, $"{Selections}/2026-03?asRecordedPosition=999999999")).ShouldBeProblem(422, "position-beyond-log");
        (await county.GetAsync(Coordinator, $"{Selections}/2026-03/verification?asOf={At(Tuesday.AddHours(30))}")).ShouldSucceed().Json["pools"]!.AsArray().Count.ShouldBe(1);
        (await county.GetAsync(OtherCoordinator, $"{Selections}/2026-03?asOf={At(Tuesday.AddDays(1))}")).ShouldBeProblem(404, "court-not-found");
    }

    /// <summary>Who meets somebody else at each try asks again.</summary>
    private static async Task AdmittedAsync(County county, string participation)
    {
        for (var round = 0; (await county.TryAsync(Coordinator, participation, "admit", Admission())) is { Status: not 201 } reply; round++)
        {
            reply.Status.ShouldBe(503, reply.Text);
            round.ShouldBeLessThan(20);
        }
    }

    private static string At(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    private static Guid IdOf(string participation) => Guid.Parse(participation.Split('/')[^1]);

    private static IEnumerable<(Guid, string)> LeftOut(JsonNode draw) =>
        draw["pool"]!["leftOut"]!.AsArray().Select(one => (one!["participationId"]!.GetValue<Guid>(), one["reason"]!.GetValue<string>()));

    /// <summary>With what is published and nothing of ours.</summary>
    private static string HashedByHand(JsonNode draw)
    {
        var pool = draw["pool"]!;
        var lines = draw["participations"]!.AsArray()
            .Select(one => $"{one!["participationId"]!.GetValue<string>()} {one["odds"]!["chances"]}/{one["odds"]!["in"]} @{one["version"]}")
            .Concat(pool["leftOut"]!.AsArray().Select(one =>
                $"{one!["participationId"]!.GetValue<string>()} left-out {(one["reason"]!.GetValue<string>() == "testingEnded" ? "testing-ended" : "testing-not-begun")} @{one["version"]}"))
            .Order(StringComparer.Ordinal)
            .Prepend($"pool/{pool["format"]} drug-court {draw["day"]!.GetValue<string>()} places {pool["placesVersion"]} roster {pool["rosterVersion"]} court {draw["courtVersion"]}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")))));
    }

    /// <summary>By the program's own work or by this, whoever comes first.</summary>
    private static async Task DrawAsync(County county)
    {
        for (var round = 0; ; round++)
        {
            round.ShouldBeLessThan(100, "a day is drawn at the first try, or at another's");
            var pressed = await county.PostAsync(Coordinator, Selections + "/draw");
            if (pressed.Status == 200 && pressed.Json["days"]!.AsArray().Count == 0)
                return;
        }
    }

    private static async Task<JsonNode> MonthAsync(County county, string more = "") => (await county.GetAsync(Coordinator, Selections + "/2026-03" + more)).ShouldSucceed().Json;

    private static async Task<JsonNode> VerifiedAsync(County county)
    {
        await county.Database.CatchUpAsync(Stop);
        return (await county.GetAsync(Coordinator, Selections + "/2026-03/verification")).ShouldSucceed().Json;
    }

    /// <summary>Changes what is recorded of the draws, as only who owns the database and stops its triggers can.</summary>
    private static async Task BehindTheProgramAsync(County county, string change)
    {
        await using var connection = new NpgsqlConnection(county.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(
            $"set session_replication_role = replica; update caseflow.mt_events set {change} where type = 'tests_drawn'; set session_replication_role = origin", connection);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
