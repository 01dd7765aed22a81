using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Unit.Http.Toy;

namespace CaseFlow.Unit.Http;

public sealed class ShapingRequests : IAsyncLifetime
{
    private DoorHost door = null!;

    public async ValueTask InitializeAsync() => door = await DoorHost.StartAsync();

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"brightness":1}x""")]
    [InlineData("""{"brightness":1,}""")]
    [InlineData("""{"bri\ud800ghtness":1}""")]
    public async Task What_is_not_json_is_refused(string body) => (await Light(body)).ShouldBeProblem(400, "malformed-json");

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    public async Task A_body_is_an_object(string body) => (await Light(body)).ShouldBeProblem(400, "validation-failed");

    [Fact]
    public async Task A_depth_bomb_is_refused()
    {
        (await Light(new string('[', 20_000))).ShouldBeProblem(400, "malformed-json");
        (await Light($$"""{"brightness":{{new string('[', 33)}}{{new string(']', 33)}}}""")).ShouldBeProblem(400, "malformed-json");
    }

    [Fact]
    public async Task Every_unknown_member_is_named()
    {
        var problem = (await Place(body =>
        {
            body["colour"] = "red";
            body["Name"] = "x";
            body["when"]!["zone"] = "x";
        })).ShouldBeProblem(400, "unknown-member");

        problem["field"]!.GetValue<string>().ShouldBe("when.zone");
        Paths(problem).ShouldBe(["colour", "Name", "when.zone"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_repeated_member_is_refused()
    {
        var problem = (await Light("""{"brightness":1,"brightness":2}""")).ShouldBeProblem(400, "duplicate-member");

        problem["field"]!.GetValue<string>().ShouldBe("brightness");
    }

    [Fact]
    public async Task Every_mistyped_member_is_named()
    {
        var problem = (await Place(body =>
        {
            body["lampId"] = "7";
            body["watts"] = "40";
            body["kind"] = 0;
            body["name"] = null;
            body["note"] = "a\0b";
            body["parts"] = JsonNode.Parse("""[{"label":"a"},{"label":3}]""");
            body["when"]!["occurredAt"] = "2026-03-01T18:00:00";
        })).ShouldBeProblem(400, "validation-failed");

        Paths(problem).ShouldBe(["lampId", "watts", "kind", "name", "note", "parts[1].label", "when.occurredAt"], ignoreOrder: true);
        problem["errors"]!["kind"]![0]!["message"]!.GetValue<string>().ShouldBe("One of warm, cold.");
        problem["errors"]!["when.occurredAt"]![0]!["message"]!.GetValue<string>().ShouldBe(TimeWithOffset.Expected);
    }

    [Fact]
    public async Task A_list_has_no_holes() =>
        Paths((await Place(body => body["parts"] = JsonNode.Parse("[null]"))).ShouldBeProblem(400, "validation-failed")).ShouldBe(["parts[0]"]);

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("2026-03-01")]
    [InlineData("2026-03-01T18:00:00")]
    [InlineData("2026-03-01 18:00:00Z")]
    [InlineData("2026-13-01T18:00:00Z")]
    [InlineData("tomorrow")]
    public async Task A_time_without_its_offset_is_refused(string time)
    {
        var problem = (await Place(body => body["when"]!["occurredAt"] = time)).ShouldBeProblem(400, "validation-failed");

        problem["field"]!.GetValue<string>().ShouldBe("when.occurredAt");
    }

    [Theory]
    [InlineData("warm, cold")]
    [InlineData("Warm")]
    [InlineData(" warm")]
    [InlineData("1")]
    [InlineData("")]
    public async Task A_word_of_a_list_is_one_of_its_words(string word) =>
        Paths((await Place(body => body["kind"] = word)).ShouldBeProblem(400, "validation-failed")).ShouldBe(["kind"]);

    [Fact]
    public async Task Missing_members_and_broken_rules_are_reported_together()
    {
        var problem = (await Place(body =>
        {
            body.AsObject().Remove("name");
            body.AsObject().Remove("kind");
            body["watts"] = 0;
            body["note"] = "much too long a note";
            body["when"] = JsonNode.Parse("""{"precision":"day"}""");
        })).ShouldBeProblem(400, "validation-failed");

        Paths(problem).ShouldBe(["name", "kind", "watts", "note", "when.occurredAt", "when.precision"], ignoreOrder: true);
        problem["errors"]!["name"]![0]!["code"]!.GetValue<string>().ShouldBe("required");
        problem["errors"]!["watts"]![0]!["code"]!.GetValue<string>().ShouldBe("inclusive-between");
    }

    [Fact]
    public async Task A_whole_part_may_be_missing() =>
        Paths((await Place(body => body.AsObject().Remove("when"))).ShouldBeProblem(400, "validation-failed")).ShouldBe(["when"]);

    [Fact]
    public async Task Nothing_is_loaded_for_a_broken_request()
    {
        await Place(body => body["watts"] = 0);
        await Light("{");

        door.Store.Reads.ShouldBe(0);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/merge-patch+json")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public async Task Another_content_type_is_refused(string? type)
    {
        var content = new ByteArrayContent("""{"brightness":1}"""u8.ToArray());
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);

        (await Light(content)).ShouldBeProblem(415, "unsupported-media-type");
    }

    [Fact]
    public async Task A_body_of_a_megabyte_is_refused()
    {
        var megabyte = $$"""{"brightness":1,"note":"{{new string('x', 1_000_000)}}"}""";

        (await AnsweredAsync(() => Light(megabyte))).ShouldBeProblem(413, "body-too-large");
        (await AnsweredAsync(() => Light(new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(megabyte))) { Headers = { ContentType = new("application/json") } })))
            .ShouldBeProblem(413, "body-too-large");
        (await AnsweredAsync(() => door.PostAsync($"/api/lamps/{Guid.NewGuid()}/break", megabyte))).ShouldBeProblem(413, "body-too-large");

        // Whoever is still sending when the server has answered and hung up may miss the answer, and asks again.
        static async Task<T> AnsweredAsync<T>(Func<Task<T>> ask)
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    return await ask();
                }
                catch (HttpRequestException) when (tries < 5)
                {
                }
            }
        }
    }

    [Theory]
    [InlineData("/api/lamps?limit=0", "limit", "bad-parameter")]
    [InlineData("/api/lamps?limit=201", "limit", "bad-parameter")]
    [InlineData("/api/lamps?limit=many", "limit", "bad-parameter")]
    [InlineData("/api/lamps/number/3?factor=much", "factor", "bad-parameter")]
    [InlineData("/api/lamps?cursor=!", "cursor", "bad-cursor")]
    [InlineData("/api/lamps?cursor=e30", "cursor", "bad-cursor")]
    public async Task A_bad_parameter_is_named(string path, string field, string code) =>
        (await door.GetAsync(path)).ShouldBeProblem(400, code)["field"]!.GetValue<string>().ShouldBe(field);

    [Fact]
    public async Task What_is_not_there_is_said()
    {
        (await door.GetAsync("/api/nothing")).ShouldBeProblem(404, "no-such-route");
        (await door.GetAsync("/api/nothing", role: null)).ShouldBeProblem(404, "no-such-route");
        (await door.PostAsync("/api/lamps/not-a-guid/break")).ShouldBeProblem(404, "no-such-route");
        var wrongMethod = await door.SendAsync(HttpMethod.Delete, "/api/lamps");
        wrongMethod.ShouldBeProblem(405, "method-not-allowed");
        wrongMethod["Allow"].ShouldBe("GET, POST");
    }

    [Fact]
    public void A_day_is_the_local_day()
    {
        var springForward = new WhenPart(OccurredOn: new DateOnly(2026, 3, 8)).ToWhen(DateTimeOffset.UnixEpoch, LampDoors.Zone);

        springForward.OccurredAt.ShouldBe(new DateTimeOffset(2026, 3, 8, 6, 0, 0, TimeSpan.Zero));
        springForward.OccurredUntil.ShouldBe(new DateTimeOffset(2026, 3, 9, 5, 0, 0, TimeSpan.Zero));
        springForward.Precision.ShouldBe(TimePrecision.Day);

        // Clocks go from midnight to one: the day begins at one.
        var havana = TimeZoneInfo.FindSystemTimeZoneById("America/Havana");
        new WhenPart(OccurredOn: new DateOnly(2026, 3, 8)).ToWhen(DateTimeOffset.UnixEpoch, havana)
            .OccurredAt.ShouldBe(new DateTimeOffset(2026, 3, 8, 5, 0, 0, TimeSpan.Zero));
    }

    private Task<Reply> Light(object body) => door.PostAsync($"/api/lamps/{Guid.NewGuid()}/light", body);

    private Task<Reply> Place(Action<JsonNode> change)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(LampDoors.Example, JsonRules.Options)!;
        change(body);
        return door.PostAsync("/api/lamps", body.ToJsonString());
    }

    private static IEnumerable<string> Paths(JsonNode problem) => problem["errors"]!.AsObject().Select(entry => entry.Key);
}
