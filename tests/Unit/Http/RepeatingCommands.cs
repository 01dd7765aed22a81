using System.Text.Json;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Unit.Http.Toy;

namespace CaseFlow.Unit.Http;

public sealed class RepeatingCommands : IAsyncLifetime
{
    private static readonly (string, string) Key = ("Idempotency-Key", "one");
    private DoorHost door = null!;

    public async ValueTask InitializeAsync() => door = await DoorHost.StartAsync();

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Fact]
    public async Task The_first_answer_comes_again_byte_for_byte()
    {
        var first = await door.PostAsync("/api/lamps", LampDoors.Example, Key);
        await door.PostAsync($"/api/lamps/{LampDoors.Example.LampId}/break");

        var again = await door.PostAsync("/api/lamps", LampDoors.Example, Key);

        ((int)first.Status).ShouldBe(201, first.Text);
        again.Status.ShouldBe(first.Status);
        again.Bytes.ShouldBe(first.Bytes);
        foreach (var header in new[] { "ETag", "Location", "Content-Type", "Content-Length", "CaseFlow-Recorded" })
            again[header].ShouldBe(first[header].ShouldNotBeNull(), header);
        first["Idempotency-Replayed"].ShouldBeNull();
        again["Idempotency-Replayed"].ShouldBe("true");
        door.Store.Appended.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_change_is_repeated_though_its_version_is_stale_now()
    {
        var lamp = await door.PlaceLampAsync();
        var first = await Light(lamp, 10, Key, ("If-Match", "\"1\""));
        await Light(lamp, 20, ("If-Match", "\"2\""));

        var again = await Light(lamp, 10, Key, ("If-Match", "\"1\""));

        (first.Status, again.Status).ShouldBe((System.Net.HttpStatusCode.NoContent, System.Net.HttpStatusCode.NoContent));
        again["ETag"].ShouldBe("\"2\"");
        again["Idempotency-Replayed"].ShouldBe("true");
    }

    [Fact]
    public async Task Another_request_under_the_key_is_refused_before_its_shape_is_judged()
    {
        await door.PostAsync("/api/lamps", LampDoors.Example, Key);

        (await door.PostAsync("/api/lamps", "{", Key)).ShouldBeProblem(422, "idempotency-key-reused");
        (await door.PostAsync("/api/lamps", LampDoors.Example with { Watts = 41 }, Key)).ShouldBeProblem(422, "idempotency-key-reused");
        (await door.PostAsync($"/api/lamps/{LampDoors.Example.LampId}/break", LampDoors.Example, Key)).ShouldBeProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task The_role_is_judged_first_even_for_a_repeat()
    {
        await door.PostAsync("/api/lamps", LampDoors.Example, Key);

        (await door.SendAsync(HttpMethod.Post, "/api/lamps", LampDoors.Example, Role.Judge, headers: Key)).ShouldBeProblem(403, "role-not-allowed");
    }

    [Fact]
    public async Task Keys_of_different_people_never_meet()
    {
        await door.PostAsync("/api/lamps", LampDoors.Example, Key);
        var token = door.Tokens.Issue(DoorHost.Agent with { Id = "agent-2" }, TimeSpan.FromHours(1));

        var reply = await door.SendAsync(HttpMethod.Post, "/api/lamps", LampDoors.Example, token: token, headers: Key);

        ((int)reply.Status).ShouldBe(200);
        reply["Idempotency-Replayed"].ShouldBeNull();
    }

    [Fact]
    public async Task One_persons_key_in_another_role_agency_or_office_or_for_another_purpose_repeats_no_answer()
    {
        ((int)(await door.PostAsync("/api/lamps", LampDoors.Example, Key)).Status).ShouldBe(201);

        foreach (var other in new[]
                 {
                     DoorHost.Agent with { Role = Role.AgentSupervisor }, DoorHost.Agent with { Agency = "sheriff" }, DoorHost.Agent with { Office = "south" },
                     DoorHost.Agent with { Agency = "docnorth", Office = null }, DoorHost.Agent with { Purpose = Purpose.Care },
                 })
        {
            var reply = await door.SendAsync(
                HttpMethod.Post, "/api/lamps", LampDoors.Example, token: door.Tokens.Issue(other, TimeSpan.FromHours(1)), headers: Key);

            reply.ShouldBeProblem(422, "idempotency-key-reused");
            reply["Idempotency-Replayed"].ShouldBeNull(other.ToString());
            reply["Location"].ShouldBeNull(other.ToString());
        }

        (await door.PostAsync("/api/lamps", LampDoors.Example, Key))["Idempotency-Replayed"].ShouldBe("true");
        door.Store.Appended.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_is_judged_anew()
    {
        var broken = await door.PostAsync($"/api/lamps/{LampDoors.Example.LampId}/break", null, Key);
        await door.PostAsync("/api/lamps", LampDoors.Example);

        var again = await door.PostAsync($"/api/lamps/{LampDoors.Example.LampId}/break", null, Key);

        broken.ShouldBeProblem(404, "lamp-not-found");
        ((int)again.Status).ShouldBe(204);
        again["Idempotency-Replayed"].ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("with\ttab")]
    [InlineData("201")]
    public async Task A_key_of_the_wrong_form_is_refused(string key)
    {
        var value = key == "201" ? new string('x', 201) : key;

        (await door.PostAsync("/api/lamps", LampDoors.Example, ("Idempotency-Key", value))).ShouldBeProblem(400, "bad-idempotency-key");
        ((int)(await door.PostAsync("/api/lamps", LampDoors.Example, ("Idempotency-Key", new string('x', 200)))).Status).ShouldBe(201);
    }

    [Fact]
    public async Task The_same_command_at_once_is_recorded_once_and_answered_alike()
    {
        var lamp = await door.PlaceLampAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Light(lamp, 10, Key, ("If-Match", "\"1\""))));

        replies.ShouldAllBe(reply => reply["ETag"] == "\"2\"" && (int)reply.Status == 204);
        replies.Count(reply => reply["Idempotency-Replayed"] is null).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_kept_holds_no_request()
    {
        await door.PostAsync("/api/lamps", LampDoors.Example with { Note = "PLANTED" }, Key);

        var kept = await door.Store.FindAnswerAsync("demo", "agent-1", "one", TestContext.Current.CancellationToken);

        JsonSerializer.Serialize(kept, JsonRules.Options).ShouldNotContain("PLANTED");
        kept!.RequestHash.Length.ShouldBe(32);
    }

    private Task<Reply> Light(Guid lamp, int brightness, params (string, string)[] headers) =>
        door.PostAsync($"/api/lamps/{lamp}/light", new LampDoors.LightRequest(brightness), headers);
}
