using CaseFlow.Domain;
using CaseFlow.EventStore;
using CaseFlow.Unit.Http.Toy;

namespace CaseFlow.Unit.Http;

public sealed class SeeingVersions : IAsyncLifetime
{
    private DoorHost door = null!;
    private Guid lamp;

    public async ValueTask InitializeAsync()
    {
        door = await DoorHost.StartAsync();
        lamp = await door.PlaceLampAsync();
    }

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Fact]
    public async Task A_change_answers_the_version_it_reached()
    {
        var reply = await Light(10, "\"1\"");

        ((int)reply.Status).ShouldBe(204, reply.Text);
        reply["ETag"].ShouldBe("\"2\"");
        reply["CaseFlow-Recorded"].ShouldBe("2");
        reply.Bytes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_fact_needs_no_version()
    {
        var reply = await door.PostAsync($"/api/lamps/{lamp}/break");

        ((int)reply.Status).ShouldBe(204, reply.Text);
        reply["ETag"].ShouldBe("\"2\"");
    }

    [Fact]
    public async Task Events_carry_their_circumstances()
    {
        await Light(10, "\"1\"");

        var placed = door.Store.Appended[0].Streams.Single().Events.Single();
        var about = placed.Headers.ShouldBeOfType<Circumstances>();
        (about.Actor, about.Role, about.Agency, about.Office, about.Purpose, about.Intercept)
            .ShouldBe(("agent-1", Role.Agent, "doc", "north", Purpose.Supervision, 0));
        about.TraceId.ShouldNotBeNullOrEmpty();
        placed.EventId.Version.ShouldBe(7);
        placed.SubjectId.ShouldBeNull("a lamp has nothing sealed, so nobody's key is needed");
        door.Store.Appended[0].Metadata.ShouldBe(new AppendMetadata("agent-1", about.TraceId));
        door.Store.Appended[1].Streams.Single().Expected.ShouldBe(ExpectedVersion.Exactly(1));
        door.Store.Appended[1].TenantId.ShouldBe("demo");
    }

    [Fact]
    public async Task A_change_without_a_version_is_refused() =>
        (await Light(10, null)).ShouldBeProblem(428, "if-match-missing");

    [Fact]
    public async Task A_stale_version_is_told_the_current_one()
    {
        await Light(10, "\"1\"");

        var reply = await Light(20, "\"1\"");

        reply.ShouldBeProblem(412, "stale")["currentVersion"]!.GetValue<long>().ShouldBe(2);
        reply["ETag"].ShouldBe("\"2\"");
    }

    [Theory]
    [InlineData("*")]
    [InlineData("7")]
    [InlineData("W/\"1\"")]
    [InlineData("\"1\", \"2\"")]
    [InlineData("\"one\"")]
    [InlineData("\"-1\"")]
    public async Task Anything_but_one_strong_version_is_refused(string header)
    {
        var before = door.Store.Reads;

        (await Light(10, header)).ShouldBeProblem(400, "bad-if-match");
        door.Store.Reads.ShouldBe(before);
    }

    [Fact]
    public async Task Work_already_done_succeeds_whatever_version_was_seen()
    {
        await Light(10, "\"1\"");

        foreach (var seen in new[] { "\"1\"", "\"2\"", null })
        {
            var reply = await Light(10, seen);
            ((int)reply.Status).ShouldBe(204, reply.Text);
            reply["ETag"].ShouldBe("\"2\"");
            reply["CaseFlow-Recorded"].ShouldBe("2");
        }

        door.Store.Appended.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Creating_what_exists_is_no_creation()
    {
        var request = LampDoors.Example with { LampId = lamp };

        var reply = await door.PostAsync("/api/lamps", request);

        ((int)reply.Status).ShouldBe(200);
        reply["ETag"].ShouldBe("\"1\"");
        reply["Location"].ShouldBe($"/api/lamps/{lamp}");
        reply.Json["lampId"]!.GetValue<Guid>().ShouldBe(lamp);
    }

    [Fact]
    public async Task The_version_comes_before_refusals_of_state()
    {
        await door.PostAsync($"/api/lamps/{lamp}/break");

        (await Light(10, "\"1\"")).ShouldBeProblem(412, "stale");
        (await Light(10, null)).ShouldBeProblem(428, "if-match-missing");
        (await Light(10, "\"2\"")).ShouldBeProblem(409, "lamp-broken");
    }

    [Fact]
    public async Task Existence_and_rights_come_before_the_version()
    {
        (await door.PostAsync($"/api/lamps/{Guid.NewGuid()}/light", new LampDoors.LightRequest(1), ("If-Match", "\"3\"")))
            .ShouldBeProblem(404, "lamp-not-found");
        (await Light(66, "\"9\"")).ShouldBeProblem(403, "not-your-lamp");
    }

    [Fact]
    public async Task A_rule_broken_by_the_request_is_422_with_its_field() =>
        (await Light(99, "\"1\"")).ShouldBeProblem(422, "too-bright")["field"]!.GetValue<string>().ShouldBe("brightness");

    [Fact]
    public async Task Another_jurisdiction_does_not_see_it()
    {
        var token = door.Tokens.Issue(DoorHost.Agent with { Jurisdiction = "elsewhere" }, TimeSpan.FromHours(1));

        (await door.SendAsync(HttpMethod.Post, $"/api/lamps/{lamp}/light", new LampDoors.LightRequest(10), token: token, headers: ("If-Match", "\"1\"")))
            .ShouldBeProblem(404, "lamp-not-found");
    }

    [Fact]
    public async Task An_id_of_another_kind_is_not_there_and_cannot_be_taken()
    {
        var rack = Guid.CreateVersion7();
        var filled = new NewEvent(Guid.CreateVersion7(), new RackFilled(rack));
        await door.Store.Inner.AppendAsync(
            new Append("demo", [new StreamAppend(rack, "rack", ExpectedVersion.NoStream, [filled])], new AppendMetadata("somebody")),
            TestContext.Current.CancellationToken);

        (await door.PostAsync($"/api/lamps/{rack}/break")).ShouldBeProblem(404, "lamp-not-found");
        (await door.PostAsync("/api/lamps", LampDoors.Example with { LampId = rack })).ShouldBeProblem(409, "id-taken");
    }

    private Task<Reply> Light(int brightness, string? ifMatch) => door.PostAsync(
        $"/api/lamps/{lamp}/light", new LampDoors.LightRequest(brightness), ifMatch is null ? [] : [("If-Match", ifMatch)]);
}
