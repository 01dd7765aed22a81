using CaseFlow.EventStore;
using CaseFlow.EventStore.Background;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Integration.Views;

/// <summary>Views are moved past pages without an event of theirs together, and stand as if each had gone by itself.</summary>
public sealed class PassingOver
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asks_only_those_views_to_apply_a_page_whom_it_concerns()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var views = Enumerable.Range(0, 6).Select(n => new ConcernedView($"of_{n}", recorded => Value(recorded) == n)).ToArray();
        await world.RecordAsync([.. new[] { 0, 3, 3 }.Select(n => new NoteTaken(["a"], n, ViewsWorld.Hour(n)))]);
        await using (new Running(world.Runner(views)))
        {
            await ReachedAsync(world, views, 3);
            views.Select(view => view.Applied).ShouldBe([3, 0, 0, 3, 0, 0], "a page is applied whole, or passed over");
            foreach (var n in new[] { 5, 1, 5 })
            {
                await world.RecordAsync(new NoteTaken(["a"], n, ViewsWorld.Hour(n)));
                await ReachedAsync(world, views, (await world.LogAsync()).Count);
            }
        }

        views.Select(view => view.Applied).ShouldBe([3, 1, 0, 3, 0, 2]);
        (await world.AskAsync<long>("select count(*) from caseflow.cf_checkpoints where position = 6 and tenant_id = 'north'")).ShouldBe(6);
    }

    [Fact]
    public async Task Passes_many_pages_when_it_catches_up()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var (first, last, never) = (
            new ConcernedView("first", recorded => recorded.Position == 1), new ConcernedView("last", recorded => recorded.Position == 23), new ConcernedView("never", _ => false));
        await world.RecordAsync([.. Enumerable.Range(0, 23).Select(n => new NoteTaken(["a"], n, ViewsWorld.Hour(n)))]);

        await world.Runner(first, last, never).CatchUpAsync(pageSize: 5, Cancellation);

        (first.Applied, last.Applied, never.Applied).ShouldBe((23, 3, 0), "from the first page on that holds an event of its own");
        await ReachedAsync(world, [first, last, never], 23);
        await world.Runner(first, last, never).CatchUpAsync(pageSize: 5, Cancellation);
        (first.Applied, last.Applied, never.Applied).ShouldBe((23, 3, 0));
    }

    [Fact]
    public async Task Keeps_what_a_view_remembers_of_its_rows()
    {
        await using var world = await ViewsWorld.CreateAsync();
        IView[] views = [new NotesView(), new NoteEntriesView(), new NoteCountsView()];
        await using (new Running(world.Runner(views)))
        {
            for (var n = 0; n < 12; n++)
            {
                await world.RecordAsync(n % 3 == 0 ? new NoteTaken([n % 2 == 0 ? "a" : "b"], n, ViewsWorld.Hour(n)) : new NothingNoted(ViewsWorld.Hour(n)));
                await ReachedAsync(world, views, n + 1);
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
    public async Task Forgets_its_rows_when_another_runner_applied_a_page_in_between()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var (one, other, beside) = (new NotesView(), new NotesView(), new NoteEntriesView());
        foreach (var (view, n) in new[] { (one, 1), (other, 2), (one, 0), (other, 0), (one, 3), (other, 0), (one, 4) })
        {
            await world.RecordAsync(n > 0 ? new NoteTaken(["a"], n, ViewsWorld.Hour(n)) : new NothingNoted(ViewsWorld.Hour(n)));
            await world.Runner(view, beside).CatchUpAsync(cancellation: Cancellation);
        }

        var live = await world.DumpAsync(one);
        await new ViewRebuild(world.Source, world.Store).RebuildAsync(one, Cancellation);
        (await world.DumpAsync(one)).ShouldBe(live);
    }

    [Fact]
    public async Task Waits_for_no_view_that_another_session_holds()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var views = Enumerable.Range(0, 4).Select(n => new ConcernedView($"of_{n}", _ => false)).ToArray();
        await world.Runner(views).CatchUpAsync(cancellation: Cancellation);
        await world.RecordAsync(new NothingNoted(ViewsWorld.Hour(0)));
        await world.Runner(views).CatchUpAsync(cancellation: Cancellation);
        await using var holder = await world.Owner.OpenConnectionAsync(Cancellation);
        await using var transaction = await holder.BeginTransactionAsync(Cancellation);
        await using (var hold = new NpgsqlCommand("select 1 from caseflow.cf_checkpoints where name = 'of_1' for update", holder))
            await hold.ExecuteNonQueryAsync(Cancellation);

        await using var running = new Running(world.Runner(views));
        await world.RecordAsync(new NothingNoted(ViewsWorld.Hour(1)));
        await ReachedAsync(world, [views[0], views[2], views[3]], 2);
        (await world.Positions.PositionOfAsync("of_1", ViewsWorld.Tenant, Cancellation)).ShouldBe(1);

        await transaction.RollbackAsync(Cancellation);
        await ReachedAsync(world, views, 2);
    }

    [Fact]
    public async Task Shows_the_failure_of_a_view_that_cannot_be_asked_and_moves_the_others()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var notes = new NotesView(fails: _ => true);
        IView[] others = [new NoteEntriesView(), new NoteCountsView()];
        await using var running = new Running(world.Runner([notes, .. others]));
        await world.RecordAsync(new NothingNoted(ViewsWorld.Hour(0)));

        await ReachedAsync(world, others, 1);
        (await world.StoppedAsync(notes, ViewsWorld.Tenant)).Failure!.Position.ShouldBe(1);
    }

    [Fact]
    public async Task Keeps_nothing_when_the_lease_was_lost()
    {
        await using var world = await ViewsWorld.CreateAsync();
        IView[] views = [new ConcernedView("one", _ => false), new ConcernedView("two", _ => false)];
        await world.RecordAsync(new NothingNoted(ViewsWorld.Hour(0)));

        await Should.ThrowAsync<LeaseLostException>(() => world.Runner(views).RunAsync(new TakenLease(), Cancellation));

        (await world.AskAsync<long>("select count(*) from caseflow.cf_checkpoints")).ShouldBe(0);
    }

    private static int Value(RecordedEvent recorded) => recorded.Data is NoteTaken taken ? taken.Value : -1;

    private static async Task ReachedAsync(ViewsWorld world, IEnumerable<IView> views, long position)
    {
        foreach (var view in views)
            (await world.Positions.WaitForAsync(view.Name, ViewsWorld.Tenant, position, Patience, Cancellation)).ShouldBeTrue(view.Name);
    }

    /// <summary>Counts the events that it was asked to apply.</summary>
    private sealed class ConcernedView(string name, Func<RecordedEvent, bool> concerns) : IView
    {
        private int applied;

        public int Applied => applied;

        public string Name => name;

        public int Version => 1;

        public string TablesSql => $"create table if not exists {name} (n int)";

        public IReadOnlyList<string> Tables => [name];

        public bool Concerns(RecordedEvent recorded) => concerns(recorded);

        public Task ApplyAsync(LogPage page, CancellationToken cancellation)
        {
            Interlocked.Add(ref applied, page.Events.Count);
            return Task.CompletedTask;
        }
    }

    private sealed class TakenLease : IWorkLease
    {
        public Task HoldAsync(NpgsqlConnection connection, CancellationToken cancellation) => throw new LeaseLostException();

        public void HoldIn(NpgsqlBatch batch) => throw new LeaseLostException();
    }
}
