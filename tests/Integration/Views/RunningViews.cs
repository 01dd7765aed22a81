using CaseFlow.EventStore.Views;

namespace CaseFlow.Integration.Views;

public sealed class RunningViews
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_a_write_once_its_token_has_been_waited_for()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var view = new NotesView();
        await using var running = new Running(world.Runner(view));
        for (var n = 0; n < 5; n++)
        {
            var (_, token) = await world.RecordAsync(new NoteTaken(["a"], n, ViewsWorld.Hour(n)));
            (await world.Positions.WaitForSequenceAsync("notes", token, Patience, Cancellation)).ShouldBeTrue();
            (await world.Reader.FindAsync(view, ViewsWorld.Tenant, "a", ViewInstant.Now, Cancellation)).Row!.Value.ShouldBe(n);
        }
    }

    [Fact]
    public async Task Gives_up_waiting_when_the_time_is_over()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var (_, token) = await world.RecordAsync(ViewsWorld.Tenant, [new NothingNoted(ViewsWorld.Hour(0))], place: false);

        (await world.Positions.WaitForSequenceAsync("notes", token, TimeSpan.FromMilliseconds(50), Cancellation)).ShouldBeFalse();
        (await world.Positions.PositionOfSequenceAsync(token, Cancellation)).ShouldBeNull();
        await world.Sequencer.PlaceNewAsync(Cancellation);
        (await world.Positions.PositionOfSequenceAsync(token, Cancellation)).ShouldBe(1);
        (await world.Positions.WaitForAsync("notes", 1, TimeSpan.FromMilliseconds(50), Cancellation)).ShouldBeFalse();
    }

    [Fact]
    public async Task Applies_every_event_once_with_two_runners_at_once()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var views = new IView[] { new NotesView(), new NoteEntriesView() };
        await using (new Running(world.Runner(new NotesView(), new NoteEntriesView())))
        await using (new Running(world.Runner(views)))
        {
            for (var round = 0; round < 10; round++)
                await NoteHistories.RecordAsync(world, 100 + round, events: 12);
            foreach (var view in views)
                (await world.Positions.WaitForAsync(view.Name, 120, Patience, Cancellation)).ShouldBeTrue();
        }

        foreach (var view in views)
        {
            var live = await world.DumpAsync(view);
            await new ViewRebuild(world.Source, world.Store).RebuildAsync(view, Cancellation);
            (await world.DumpAsync(view)).ShouldBe(live);
        }
    }

    [Fact]
    public async Task Stops_the_failing_view_alone_and_goes_on_when_it_is_mended()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var broken = true;
        var notes = new NotesView(fails: recorded => broken && recorded.Position == 4);
        await world.RecordAsync(Enumerable.Range(0, 6).Select(n => (object)new NoteTaken(["a"], n, ViewsWorld.Hour(n))).ToArray());
        var failing = (await world.LogAsync())[3];
        var runner = world.Runner(notes, new NoteEntriesView());
        await using var running = new Running(runner);

        (await world.Positions.WaitForAsync("note_entries", 6, Patience, Cancellation)).ShouldBeTrue();
        (await world.Positions.WaitForAsync("notes", 3, Patience, Cancellation)).ShouldBeTrue();
        ViewStatus? status = null;
        for (var tries = 0; tries < 200 && status?.EventId is null; tries++)
        {
            await Task.Delay(20, Cancellation);
            status = (await runner.StatusAsync(Cancellation)).Single(view => view.Name == "notes");
        }

        status.ShouldBe(new ViewStatus("notes", 3, 3, "InvalidOperationException: does not add up", failing.EventId, 4));
        broken = false;
        (await world.Positions.WaitForAsync("notes", 6, Patience, Cancellation)).ShouldBeTrue();
        await Task.Delay(300, Cancellation);
        (await runner.StatusAsync(Cancellation)).ShouldAllBe(view => view.Error == null && view.Behind == 0);
    }

    [Fact]
    public async Task Creates_its_tables_with_many_nodes_starting_at_once()
    {
        await using var world = await ViewsWorld.CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            new ViewTables(world.Source).CreateAsync([new NotesView(), new NoteEntriesView()], Cancellation)));

        (await world.DumpAsync(new NotesView())).ShouldBe("");
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly Task task;

        public Running(ViewRunner runner) => task = Task.Run(() => runner.RunAsync(stop.Token));

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await task;
            stop.Dispose();
        }
    }
}
