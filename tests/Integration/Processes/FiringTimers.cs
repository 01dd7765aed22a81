using System.Collections.Concurrent;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Processes;
using CaseFlow.Integration.Views;
using Npgsql;

namespace CaseFlow.Integration.Processes;

public sealed class FiringTimers
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fires_what_is_due_in_due_order_once_also_after_an_outage()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var queue = new TimerQueue(world.Source, new Reminders());
        await world.RecordAsync(Note("c", 3), Note("a", 1), Note("b", 2), Note("later", 50));
        await world.Runner(queue).CatchUpAsync(cancellation: Cancellation);
        var fired = new List<string>();

        (await FireAsync(queue, 10, fired)).ShouldBe(3);
        (await FireAsync(queue, 10, fired)).ShouldBe(0);
        fired.ShouldBe(["a", "b", "c"]);
        (await FireAsync(queue, 49, fired)).ShouldBe(0);
        (await FireAsync(queue, 50, fired)).ShouldBe(1);
        fired[^1].ShouldBe("later");
    }

    [Fact]
    public async Task Does_not_fire_what_was_cancelled_and_follows_what_was_moved()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var queue = new TimerQueue(world.Source, new Reminders());
        var runner = world.Runner(queue);
        await world.RecordAsync(Note("a", 1), Note("b", 1), new NoteErased(["a"], ViewsWorld.Hour(0)));
        await runner.CatchUpAsync(cancellation: Cancellation);
        await world.RecordAsync(Note("b", 20), Note("c", 1));
        await runner.CatchUpAsync(1, Cancellation);
        await world.RecordAsync(new NoteErased(["c"], ViewsWorld.Hour(0)));
        await runner.CatchUpAsync(cancellation: Cancellation);
        var fired = new List<string>();

        (await FireAsync(queue, 10, fired)).ShouldBe(0);
        (await FireAsync(queue, 20, fired)).ShouldBe(1);
        fired.ShouldBe(["b"]);
    }

    [Fact]
    public async Task Records_once_with_two_runners_at_once()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync([.. Enumerable.Range(0, 60).Select(n => Note($"k{n}", n))]);
        await world.Runner(new TimerQueue(world.Source, new Reminders())).CatchUpAsync(cancellation: Cancellation);
        var calls = new ConcurrentBag<string>();

        var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new TimerQueue(world.Source, new Reminders()).FireDueAsync(
            ViewsWorld.Hour(100),
            async (timer, cancellation) =>
            {
                calls.Add(timer.Key);
                await AppendAsync(world, timer, cancellation);
            },
            Cancellation)));

        counts.Sum().ShouldBe(60);
        calls.Count.ShouldBe(60);
        await world.Sequencer.PlaceNewAsync(Cancellation);
        (await world.LogAsync()).Count(recorded => recorded.Data is NothingNoted).ShouldBe(60);
    }

    [Fact]
    public async Task Records_once_when_the_program_dies_between_append_and_removal()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync(Note("a", 1));
        await world.Runner(new TimerQueue(world.Source, new Reminders())).CatchUpAsync(cancellation: Cancellation);
        var results = new List<AppendResult>();
        using var dying = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => new TimerQueue(world.Source, new Reminders()).FireDueAsync(
            ViewsWorld.Hour(1),
            async (timer, cancellation) =>
            {
                results.Add(await AppendAsync(world, timer, Cancellation));
                await dying.CancelAsync();
                cancellation.ThrowIfCancellationRequested();
            },
            dying.Token));
        var again = await new TimerQueue(world.Source, new Reminders()).FireDueAsync(
            ViewsWorld.Hour(1), async (timer, cancellation) => results.Add(await AppendAsync(world, timer, cancellation)), Cancellation);

        again.ShouldBe(1);
        results.Count.ShouldBe(2);
        await world.Sequencer.PlaceNewAsync(Cancellation);
        (await world.LogAsync()).Count(recorded => recorded.Data is NothingNoted).ShouldBe(1);
    }

    [Fact]
    public async Task Records_once_when_the_session_that_fires_is_killed_and_another_node_goes_on()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync(Note("a", 1), Note("b", 2));
        await world.Runner(new TimerQueue(world.Source, new Reminders())).CatchUpAsync(cancellation: Cancellation);

        await Should.ThrowAsync<NpgsqlException>(() => new TimerQueue(world.Source, new Reminders()).FireDueAsync(
            ViewsWorld.Hour(5),
            async (timer, cancellation) =>
            {
                await AppendAsync(world, timer, cancellation);
                await using var kill = world.Owner.CreateCommand(
                    "select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction' and datname = current_database()");
                await kill.ExecuteNonQueryAsync(cancellation);
            },
            Cancellation));
        var fired = await new TimerQueue(world.Source, new Reminders()).FireDueAsync(
            ViewsWorld.Hour(5), (timer, cancellation) => AppendAsync(world, timer, cancellation), Cancellation);

        fired.ShouldBe(2);
        await world.Sequencer.PlaceNewAsync(Cancellation);
        (await world.LogAsync()).Count(recorded => recorded.Data is NothingNoted).ShouldBe(2);
    }

    [Fact]
    public async Task Keeps_a_timer_whose_handler_fails_and_goes_on_with_the_others()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var queue = new TimerQueue(world.Source, new Reminders());
        await world.RecordAsync(Note("a", 1), Note("b", 2));
        await world.Runner(queue).CatchUpAsync(cancellation: Cancellation);
        var fired = new List<string>();

        (await FireAsync(queue, 10, fired, failing: "a")).ShouldBe(1);
        (await FireAsync(queue, 10, fired)).ShouldBe(0);
        (await FireAsync(queue, 11, fired)).ShouldBe(1);
        fired.ShouldBe(["b", "a"]);
    }

    [Fact]
    public async Task A_handler_that_gives_up_by_itself_has_failed_and_is_not_in_the_way_of_others()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var queue = new TimerQueue(world.Source, new Reminders());
        await world.RecordAsync(Note("a", 1), Note("b", 2));
        await world.Runner(queue).CatchUpAsync(cancellation: Cancellation);
        var fired = new List<string>();

        (await FireAsync(queue, 10, fired, failing: "a", new TaskCanceledException("Nobody answered in time."))).ShouldBe(1);
        fired.ShouldBe(["b"]);
        (await FireAsync(queue, 11, fired)).ShouldBe(1);
    }

    [Fact]
    public async Task A_handler_that_fails_after_the_server_has_ended_its_session_is_not_in_the_way_of_others()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var queue = new TimerQueue(world.Source, new Reminders());
        await world.RecordAsync(Note("a", 1), Note("b", 2), Note("moved", 3));
        await world.Runner(queue).CatchUpAsync(cancellation: Cancellation);
        var fired = new List<string>();

        var count = await queue.FireDueAsync(
            ViewsWorld.Hour(10),
            async (timer, cancellation) =>
            {
                if (timer.Key == "b")
                {
                    fired.Add(timer.Key);
                    return;
                }

                await using var kill = world.Owner.CreateCommand(
                    "select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction' and datname = current_database()");
                await kill.ExecuteNonQueryAsync(cancellation);
                if (timer.Key == "moved")
                {
                    await world.RecordAsync(Note("moved", 20));
                    await world.Runner(queue).CatchUpAsync(cancellation: cancellation);
                }

                throw new InvalidOperationException("took too long");
            },
            Cancellation);

        count.ShouldBe(1);
        fired.ShouldBe(["b"]);
        var troubled = (await queue.TroubledAsync(ViewsWorld.Tenant, Cancellation)).ShouldHaveSingleItem("a timer that was moved meanwhile has not failed");
        (troubled.Key, troubled.Attempts, troubled.Error).ShouldBe(("a", 1, "InvalidOperationException: took too long"));
        (await FireAsync(queue, 11, fired)).ShouldBe(1);
        (await FireAsync(queue, 20, fired)).ShouldBe(1);
        fired.ShouldBe(["b", "a", "moved"]);
    }

    [Fact]
    public async Task Keeps_of_what_a_handler_failed_on_nothing_that_others_quote_and_only_what_the_database_can_hold()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var queue = new TimerQueue(world.Source, new Reminders());
        await world.RecordAsync(Note("a", 1), Note("b", 2), Note("c", 3));
        await world.Runner(queue).CatchUpAsync(cancellation: Cancellation);

        (await queue.FireDueAsync(
            ViewsWorld.Hour(10),
            (timer, _) => timer.Key switch
            {
                "a" => throw new InvalidOperationException("half\0way"),
                "b" => Task.FromResult(int.Parse("her name", null)),
                _ => Task.CompletedTask,
            },
            Cancellation)).ShouldBe(1);

        (await queue.TroubledAsync(ViewsWorld.Tenant, Cancellation)).Select(timer => timer.Error)
            .ShouldBe(["InvalidOperationException: halfway", $"FormatException: FormatException in {typeof(FiringTimers).FullName}"]);
    }

    [Fact]
    public async Task Builds_its_timers_anew_when_its_rules_change_and_leaves_those_of_others()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var other = new TimerQueue(world.Source, new Reminders("other"));
        await world.RecordAsync(Note("a", 1), Note("b", 30));
        await world.Runner(new TimerQueue(world.Source, new Reminders()), other).CatchUpAsync(cancellation: Cancellation);

        var queue = new TimerQueue(world.Source, new Reminders(version: 2));
        await world.Runner(queue).CatchUpAsync(cancellation: Cancellation);

        (await FireAsync(queue, 100, [])).ShouldBe(2);
        (await FireAsync(other, 100, [])).ShouldBe(2);
    }

    private static NoteTaken Note(string key, int dueInHours) => new([key], dueInHours, ViewsWorld.Hour(0));

    private static Task<int> FireAsync(TimerQueue queue, double hour, List<string> fired, string? failing = null, Exception? failure = null) =>
        queue.FireDueAsync(
            ViewsWorld.Hour(hour),
            (timer, _) =>
            {
                if (timer.Key == failing)
                    throw failure ?? new InvalidOperationException("not today");
                fired.Add(timer.Key);
                return Task.CompletedTask;
            },
            Cancellation);

    /// <summary>What a handler does: ids follow from the timer, so doing it again records nothing.</summary>
    private static Task<AppendResult> AppendAsync(ViewsWorld world, DueTimer timer, CancellationToken cancellation)
    {
        var id = Domain.NamedId.Of(timer.Process, timer.TenantId, timer.Key);
        return world.Store.AppendAsync(
            new(timer.TenantId, [new(id, "notice", ExpectedVersion.NoStream, [new(id, new NothingNoted(timer.DueAt))])], new("process")), cancellation);
    }

    /// <summary>A timer per key, as many hours after the start as the note's value says.</summary>
    private sealed class Reminders(string name = "reminders", int version = 1) : ITimerProcess
    {
        public string Name => name;

        public int Version => version;

        public IEnumerable<TimerChange> ChangesFor(RecordedEvent recorded) => recorded.Data switch
        {
            NoteTaken taken => taken.Keys.Select(key => new TimerChange.Set(key, ViewsWorld.Hour(taken.Value))),
            NoteErased erased => erased.Keys.Select(key => new TimerChange.Cancel(key)),
            _ => [],
        };
    }
}
