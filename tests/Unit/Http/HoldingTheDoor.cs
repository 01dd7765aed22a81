using CaseFlow.Api.Identity;
using CaseFlow.Unit.Http.Toy;

namespace CaseFlow.Unit.Http;

public sealed class HoldingTheDoor
{
    [Fact]
    public async Task A_caller_over_the_limit_waits_and_others_do_not()
    {
        await using var door = await DoorHost.StartAsync(settings => settings with { RequestBurst = 3, RequestsPerSecond = 1 });
        var replies = new List<Reply>();
        for (var count = 0; count < 8; count++)
            replies.Add(await door.GetAsync("/api/lamps"));

        var refused = replies.First(reply => (int)reply.Status == 429);
        refused.ShouldBeProblem(429, "too-many-requests");
        int.Parse(refused["Retry-After"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        var another = door.Tokens.Issue(DoorHost.Agent with { Id = "agent-2" }, TimeSpan.FromHours(1));
        ((int)(await door.SendAsync(HttpMethod.Get, "/api/lamps", token: another)).Status).ShouldBe(200);
        for (var count = 0; count < 8; count++)
            ((int)(await door.GetAsync("/health/live", role: null)).Status).ShouldBe(200);
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_given_up()
    {
        await using var door = await DoorHost.StartAsync(settings => settings with { Timeout = TimeSpan.FromMilliseconds(200) });

        var reply = await door.GetAsync("/api/lamps/trouble/slow");

        reply.ShouldBeProblem(503, "timed-out");
        reply["Retry-After"].ShouldBe("1");
    }

    [Fact]
    public async Task A_database_that_is_away_is_said_so()
    {
        await using var door = await DoorHost.StartAsync();

        var reply = await door.GetAsync("/api/lamps/trouble/away");

        reply.ShouldBeProblem(503, "database-away");
        reply["Retry-After"].ShouldBe("2");
        reply.Text.ShouldNotContain("nobody answers");
    }

    [Fact]
    public async Task An_unexpected_error_says_nothing_of_itself()
    {
        await using var door = await DoorHost.StartAsync();

        var reply = await door.GetAsync("/api/lamps/trouble/none");

        reply.ShouldBeProblem(500, "unexpected");
        reply.Text.ShouldNotContain("secret");
        door.Log.Lines.ShouldContain(line => line.Contains("a secret of the house", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_stay_where_they_belong()
    {
        await using var door = await DoorHost.StartAsync();

        foreach (var reply in new[] { await door.GetAsync("/api/lamps"), await door.GetAsync("/api/lamps", role: null), await door.GetAsync("/nowhere") })
        {
            reply["X-Content-Type-Options"].ShouldBe("nosniff");
            reply["Cache-Control"].ShouldBe("no-store");
            reply["Content-Security-Policy"].ShouldBe("default-src 'none'; frame-ancestors 'none'");
            reply["Server"].ShouldBeNull();
        }
    }

    [Fact]
    public async Task The_log_names_routes_and_nothing_that_was_sent()
    {
        await using var door = await DoorHost.StartAsync();
        await door.PostAsync("/api/lamps", LampDoors.Example with { Note = "PLANTED1" });
        await door.PostAsync("/api/lamps", """{"PLANTED2":"PLANTED3"}""");
        await door.GetAsync("/api/lamps/number/3?factor=PLANTED4");
        await door.GetAsync("/api/lamps?cursor=PLANTED5");

        var log = string.Join('\n', door.Log.Lines);
        log.ShouldContain("POST /api/lamps answered 201");
        log.ShouldContain("to agent-1");
        log.ShouldNotContain("PLANTED");
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repeat()
    {
        await using var door = await DoorHost.StartAsync();
        List<int> seen = [];
        var next = "/api/lamps?limit=3&sort=up";
        while (next is not null)
        {
            var reply = await door.GetAsync(next);
            seen.AddRange(reply.Json["items"]!.AsArray().Select(item => item!.GetValue<int>()));
            next = reply.Json["next"]?.GetValue<string>();
            reply["Link"].ShouldBe(next is null ? null : $"<{next}>; rel=\"next\"");
            next?.ShouldContain("sort=up");
            next?.ShouldContain("asRecordedPosition=12");
        }

        seen.ShouldBe([1, 2, 3, 4, 5, 6, 7]);
    }

    [Fact]
    public async Task Tokens_come_from_one_place()
    {
        var neither = () => DoorHost.StartAsync(settings => settings with { Identity = new IdentitySettings() });
        var both = () => DoorHost.StartAsync(settings => settings with { Identity = settings.Identity with { Authority = "https://id.example" } });

        await neither.ShouldThrowAsync<InvalidOperationException>();
        await both.ShouldThrowAsync<InvalidOperationException>();
    }
}
