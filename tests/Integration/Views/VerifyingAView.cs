using CaseFlow.EventStore;
using CaseFlow.EventStore.Processes;
using CaseFlow.EventStore.Views;
using CaseFlow.EventStore.Views.Rebuilding;

namespace CaseFlow.Integration.Views;

public sealed class VerifyingAView
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Finds_nothing_while_views_move_on()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await NoteHistories.RecordAsync(world, seed: 61, events: 60);
        IView[] views = [new NotesView(), new NoteEntriesView(), new NoteCountsView(), Timers(world)];
        var runner = world.Runner(views);
        await runner.CatchUpAsync(cancellation: Cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using (new Running(runner))
        {
            var writing = Task.Run(async () =>
            {
                for (var n = 0; !stop.IsCancellationRequested; n++)
                    await world.RecordAsync(n % 2 == 0 ? ViewsWorld.Tenant : "south", [new NoteTaken([$"w{n % 5}"], n, ViewsWorld.Hour(n))]);
            }, Cancellation);
            foreach (var view in views)
            {
                var verdict = await Rebuild(world).VerifyAsync(view, Cancellation);
                verdict.IsSame.ShouldBeTrue($"{verdict} {string.Join("; ", verdict.Tables)}");
                verdict.Tables.Sum(table => table.Rows).ShouldBeGreaterThan(0);
            }

            await stop.CancelAsync();
            await writing;
        }

        (await world.AskAsync<long>("select count(*) from pg_class where relnamespace = 'views_rebuild'::regnamespace")).ShouldBe(0);
        (await RebuildStatus.ListAsync(world.Source, new EventStoreOptions(), Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Names_what_differs_and_leaves_it_as_it_is()
    {
        await using var world = await ViewsWorld.CreateAsync();
        for (var n = 0; n < 6; n++)
            await world.RecordAsync(new NoteTaken([$"k{n}"], n, ViewsWorld.Hour(n)));
        IView[] views = [new NoteEntriesView(), new NoteCountsView(), Timers(world)];
        await world.Runner(views).CatchUpAsync(cancellation: Cancellation);
        await world.SpoilAsync(
            """
            delete from views.note_counts where key = 'k1';
            update views.note_counts set row = jsonb_set(row, '{sum}', '77'), total = 77 where key = 'k2';
            insert into views.note_counts values ('north', 'k9', 1, 1, now(), '{"secret": "yes"}', 3);
            delete from views.note_entries where note_key = 'k3';
            update caseflow.cf_timers set due_at = due_at + interval '1 hour' where key = 'k4'
            """);
        var before = await world.DumpAsync(views[1]);

        var counts = (await Rebuild(world).VerifyAsync(views[1], Cancellation)).Tables.ShouldHaveSingleItem();
        (counts.Rows, counts.Missing, counts.Extra, counts.Different).ShouldBe((6, 1, 1, 1));
        counts.Examples.ShouldBe(["missing {north,k1}", "different {north,k2}: row, total", "extra {north,k9}"]);
        (await world.DumpAsync(views[1])).ShouldBe(before);

        var entries = (await Rebuild(world).VerifyAsync(views[0], Cancellation)).Tables.ShouldHaveSingleItem();
        (entries.Missing, entries.Extra, entries.Different).ShouldBe((1, 0, 0));
        var timers = (await Rebuild(world).VerifyAsync(views[2], Cancellation)).Tables.ShouldHaveSingleItem();
        (timers.Missing, timers.Extra, timers.Different).ShouldBe((0, 0, 1));
    }

    [Fact]
    public async Task Tells_of_a_view_that_has_stopped()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(0)), new NoteTaken(["a"], 2, ViewsWorld.Hour(1)));
        await Should.ThrowAsync<ViewFailedException>(() => world.Runner(new NotesView(1, recorded => recorded.Position == 2)).CatchUpAsync(1, Cancellation));

        var verdict = await new ViewRebuild(world.Source, world.Store, new ViewOptions { VerifyPatience = TimeSpan.FromMilliseconds(200) })
            .VerifyAsync(new NotesView(), Cancellation);

        verdict.IsSame.ShouldBeFalse();
        verdict.Behind.ShouldBe([ViewsWorld.Tenant]);
    }

    [Fact]
    public async Task Rebuilds_timers_in_the_place_of_the_old_ones()
    {
        await using var world = await ViewsWorld.CreateAsync();
        for (var n = 0; n < 4; n++)
            await world.RecordAsync(new NoteTaken([$"k{n}"], n, ViewsWorld.Hour(n)));
        await world.RecordAsync(new NoteErased(["k1"], ViewsWorld.Hour(5)));
        var timers = Timers(world);
        await world.Runner(timers).CatchUpAsync(cancellation: Cancellation);
        var before = await world.DumpAsync(["caseflow.cf_timers"]);
        await world.SpoilAsync("delete from caseflow.cf_timers where key = 'k2'; update caseflow.cf_timers set due_at = now() where key = 'k3'");

        await Rebuild(world).RebuildAsync(timers, Cancellation);

        (await world.DumpAsync(["caseflow.cf_timers"])).ShouldBe(before);
    }

    private static ViewRebuild Rebuild(ViewsWorld world) => new(world.Source, world.Store, new ViewOptions { RebuildPageSize = 20 });

    private static TimerQueue Timers(ViewsWorld world) => new(world.Source, new NoteReminders());

    /// <summary>Reminds of each note a year later.</summary>
    private sealed class NoteReminders : ITimerProcess
    {
        public string Name => "note_reminders";

        public int Version => 1;

        public IEnumerable<TimerChange> ChangesFor(RecordedEvent recorded) => recorded.Data switch
        {
            NoteTaken taken => taken.Keys.Select(key => new TimerChange.Set(key, taken.At.AddYears(1))),
            NoteErased erased => erased.Keys.Select(key => new TimerChange.Cancel(key)),
            _ => [],
        };
    }
}
