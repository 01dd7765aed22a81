using CaseFlow.EventStore.Background;
using CaseFlow.EventStore.Views;
using Npgsql;

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
            (await world.Positions.WaitForSequenceAsync("notes", ViewsWorld.Tenant, token, Patience, Cancellation)).ShouldBeTrue();
            (await world.Reader.FindAsync(view, ViewsWorld.Tenant, "a", ViewInstant.Now, Cancellation)).Row!.Value.ShouldBe(n);
        }
    }

    [Fact]
    public async Task Gives_up_waiting_when_the_time_is_over()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var (_, token) = await world.RecordAsync(ViewsWorld.Tenant, [new NothingNoted(ViewsWorld.Hour(0))], place: false);
        Task<bool> WaitAsync() => world.Positions.WaitForAsync("notes", ViewsWorld.Tenant, 1, TimeSpan.FromMilliseconds(50), Cancellation);

        (await world.Positions.WaitForSequenceAsync("notes", ViewsWorld.Tenant, token, TimeSpan.FromMilliseconds(50), Cancellation)).ShouldBeFalse();
        (await world.Positions.PositionOfSequenceAsync(token, Cancellation)).ShouldBeNull();
        (await WaitAsync()).ShouldBeFalse("nobody knows yet whose event position 1 will be");
        await world.Sequencer.PlaceNewAsync(Cancellation);
        (await world.Positions.PositionOfSequenceAsync(token, Cancellation)).ShouldBe(1);
        (await WaitAsync()).ShouldBeFalse();
        await world.Runner(new NotesView()).CatchUpAsync(cancellation: Cancellation);
        (await WaitAsync()).ShouldBeTrue();
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
            {
                foreach (var tenant in new[] { ViewsWorld.Tenant, "south" })
                    (await world.Positions.WaitForAsync(view.Name, tenant, 120, Patience, Cancellation)).ShouldBeTrue();
            }
        }

        foreach (var view in views)
        {
            var live = await world.DumpAsync(view);
            await new ViewRebuild(world.Source, world.Store).RebuildAsync(view, Cancellation);
            (await world.DumpAsync(view)).ShouldBe(live);
        }
    }

    [Fact]
    public async Task Follows_a_tenant_that_appears_while_it_runs()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(0)));
        var view = new NotesView();
        await using var running = new Running(world.Runner(view));
        (await world.Positions.WaitForAsync("notes", ViewsWorld.Tenant, 1, Patience, Cancellation)).ShouldBeTrue();

        var (_, token) = await world.RecordAsync("west", [new NoteTaken(["a"], 2, ViewsWorld.Hour(0))]);

        (await world.Positions.WaitForSequenceAsync("notes", "west", token, Patience, Cancellation)).ShouldBeTrue();
        var (row, at) = await world.Reader.FindAsync(view, "west", "a", ViewInstant.Now, Cancellation);
        row!.Value.ShouldBe(2);
        at.Position.ShouldBe(2);
        (await world.Positions.PositionOfAsync("notes", ViewsWorld.Tenant, Cancellation)).ShouldBe(1);
    }

    [Fact]
    public async Task Gives_every_tenant_its_turn_while_one_has_much_to_catch_up()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync([.. Enumerable.Range(0, 200).Select(n => new NoteTaken([$"k{n}"], n, ViewsWorld.Hour(n)))]);
        await world.RecordAsync("south", [new NoteTaken(["a"], 1, ViewsWorld.Hour(0))]);
        var order = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var view = new NotesView(fails: recorded =>
        {
            order.Enqueue(recorded.TenantId);
            return false;
        });
        var options = new ViewOptions { PageSize = 5, Parallelism = 1 };
        await using var running = new Running(new ViewRunner(world.Source, world.Store, [view], world.Sequencer.Moved, options));

        (await world.Positions.WaitForAsync("notes", ViewsWorld.Tenant, 200, Patience, Cancellation)).ShouldBeTrue();
        order.ToList().IndexOf("south").ShouldBeLessThan(10, "a page of the one, then it is the other's turn");
    }

    [Fact]
    public async Task Keeps_nothing_of_a_page_whose_lease_was_lost()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(0)));
        var runner = world.Runner(new NotesView());

        await Should.ThrowAsync<LeaseLostException>(() => runner.RunAsync(new LostLease(), Cancellation));

        (await world.Positions.PositionOfAsync("notes", ViewsWorld.Tenant, Cancellation)).ShouldBe(0);
        (await world.DumpAsync(new NotesView())).ShouldBe("");
    }

    [Fact]
    public async Task Creates_its_tables_with_many_nodes_starting_at_once()
    {
        await using var world = await ViewsWorld.CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            new ViewTables(world.Source).CreateAsync([new NotesView(), new NoteEntriesView()], Cancellation)));

        (await world.DumpAsync(new NotesView())).ShouldBe("");
    }

    private sealed class LostLease : IWorkLease
    {
        public Task HoldAsync(NpgsqlConnection connection, CancellationToken cancellation) => throw new LeaseLostException();

        public void HoldIn(NpgsqlBatch batch) => batch.BatchCommands.Add(new("do $$ begin raise exception 'lost' using errcode = 'CF423'; end $$"));
    }
}
