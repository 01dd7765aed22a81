using CaseFlow.Api.Commands;
using CaseFlow.Domain;
using CaseFlow.EventStore;
using CaseFlow.Unit.Http.Toy;

namespace CaseFlow.Unit.Http;

public sealed class RacingCommands : IAsyncLifetime
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
    public async Task A_fact_is_decided_again_when_somebody_was_faster()
    {
        door.Store.BeforeAppend = Once(() => LightBehind(10));

        var reply = await door.PostAsync($"/api/lamps/{lamp}/break");

        ((int)reply.Status).ShouldBe(204, reply.Text);
        reply["ETag"].ShouldBe("\"3\"");
    }

    [Fact]
    public async Task A_change_is_stale_when_somebody_was_faster()
    {
        door.Store.BeforeAppend = Once(() => LightBehind(10));

        (await Light(20)).ShouldBeProblem(412, "stale")["currentVersion"]!.GetValue<long>().ShouldBe(2);
    }

    [Fact]
    public async Task A_change_that_somebody_else_just_made_is_done()
    {
        door.Store.BeforeAppend = Once(() => LightBehind(20));

        var reply = await Light(20);

        ((int)reply.Status).ShouldBe(204, reply.Text);
        reply["ETag"].ShouldBe("\"2\"");
    }

    [Fact]
    public async Task Giving_up_says_so()
    {
        var tries = 0;
        door.Store.InsteadOfAppend = _ =>
        {
            tries++;
            return new AppendResult.Conflict(lamp, 1, 2);
        };

        var reply = await door.PostAsync($"/api/lamps/{lamp}/break");

        reply.ShouldBeProblem(503, "try-again");
        reply["Retry-After"].ShouldBe("1");
        tries.ShouldBe(CommandLoop.Tries);
    }

    [Fact]
    public async Task A_connection_lost_during_the_append_is_asked_again_with_the_same_ids()
    {
        List<Guid> ids = [];
        door.Store.BeforeAppend = append =>
        {
            ids.Add(append.Streams[0].Events[0].EventId);
            return ids.Count == 1 ? throw new LampDoors.AwayException() : Task.CompletedTask;
        };

        ((int)(await door.PostAsync($"/api/lamps/{lamp}/break")).Status).ShouldBe(204);
        ids.Distinct().Count().ShouldBe(1);
        ids.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_broken_uniqueness_is_a_refusal()
    {
        door.Store.InsteadOfAppend = _ => new AppendResult.Duplicate("ux_lamp");

        (await door.PostAsync($"/api/lamps/{lamp}/break")).ShouldBeProblem(409, "duplicate");
    }

    [Fact]
    public async Task Every_stream_a_decision_rests_on_is_guarded()
    {
        var loop = new CommandLoop(door.Store, TimeProvider.System);
        var rack = Guid.CreateVersion7();
        var tries = 0;
        door.Store.BeforeAppend = Once(() => door.Store.Inner.AppendAsync(
            new Append("demo", [new StreamAppend(rack, "rack", ExpectedVersion.Any, [new(Guid.CreateVersion7(), new RackFilled(rack))])], new("other")),
            TestContext.Current.CancellationToken));

        var result = await loop.RunAsync(
            DoorHost.Agent,
            async session =>
            {
                tries++;
                var racks = await session.LoadAsync(Lamps.Racks, rack);
                var one = await session.LoadAsync(Lamps.Stream, lamp);
                (await session.LoadAsync(Lamps.Stream, lamp)).ShouldBeSameAs(one);
                session.Record(one, Lamps.Light(lamp, 5 + racks.State, one.State, session.Now));
                one.State.Brightness.ShouldBe(5 + racks.State);
                session.Record(one, Lamps.Break(lamp, one.State, session.Now)).ShouldBeTrue();
                return Answer.Done(one);
            },
            new CommandTerms(),
            TestContext.Current.CancellationToken);

        result.ShouldBeOfType<CommandResult.Recorded>().Answer.Of!.Version.ShouldBe(3);
        tries.ShouldBe(2);
        var append = door.Store.Appended[^1];
        append.Streams[0].ShouldSatisfyAllConditions(
            guard => guard.Events.ShouldBeEmpty(), guard => guard.Expected.ShouldBe(ExpectedVersion.Exactly(1)));
        append.Streams[1].Events.Select(fact => fact.Data).ShouldBe([
            (append.Streams[1].Events[0].Data as LampLit)! with { Brightness = 6 }, append.Streams[1].Events[1].Data]);
    }

    [Fact]
    public async Task One_refusal_undoes_the_whole_command()
    {
        var loop = new CommandLoop(door.Store, TimeProvider.System);

        var result = await loop.RunAsync(
            DoorHost.Agent,
            async session =>
            {
                var one = await session.LoadAsync(Lamps.Stream, lamp);
                session.Record(one, Lamps.Break(lamp, one.State, session.Now));
                session.Record(one, Lamps.Light(lamp, 5, one.State, session.Now)).ShouldBeFalse();
                session.Refuse(new Rejection(RejectionKind.Conflict, "another", "Too late."));
                return Answer.Done(one);
            },
            new CommandTerms(),
            TestContext.Current.CancellationToken);

        result.ShouldBeOfType<CommandResult.Refused>().Rejection.Code.ShouldBe("lamp-broken");
        door.Store.Appended.Count.ShouldBe(1);
    }

    private static Func<Append, Task> Once(Func<Task> step)
    {
        var done = false;
        return _ =>
        {
            if (done)
                return Task.CompletedTask;
            done = true;
            return step();
        };
    }

    private Task<AppendResult> LightBehind(int brightness) => door.Store.Inner.AppendAsync(
        new Append(
            "demo",
            [new StreamAppend(lamp, "lamp", ExpectedVersion.Exactly(1), [new(Guid.CreateVersion7(), new LampLit(lamp, brightness).At(DateTimeOffset.UtcNow))])],
            new AppendMetadata("other")),
        TestContext.Current.CancellationToken);

    private Task<Reply> Light(int brightness) =>
        door.PostAsync($"/api/lamps/{lamp}/light", new LampDoors.LightRequest(brightness), ("If-Match", "\"1\""));
}
