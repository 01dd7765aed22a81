using System.Collections.Concurrent;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Integration.Views;

/// <summary>What goes wrong in one place ends nothing elsewhere, and is shown without anybody's content.</summary>
public sealed class StumblingAndGoingOn
{
    private const string South = "south";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upgrades_a_view_although_its_failure_could_not_be_kept_at_first()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(0)));
        await world.Runner(new NotesView()).CatchUpAsync(cancellation: Cancellation);
        await world.SpoilAsync("""
            create function public.refuse() returns trigger language plpgsql as $$ begin raise exception 'not now'; end $$;
            create trigger refused before insert on caseflow.cf_view_failures for each row execute function public.refuse()
            """);
        var broken = true;
        var runner = world.Runner(new NotesView(version: 2, fails: _ => broken));
        var stumbled = new TaskCompletionSource();
        runner.Stumbled += error => _ = error is PostgresException { MessageText: "not now" } && stumbled.TrySetResult();
        await using var running = new Running(runner);
        await stumbled.Task.WaitAsync(Patience, Cancellation);

        broken = false;
        await world.SpoilAsync("drop trigger refused on caseflow.cf_view_failures");
        await UntilAsync(async () => await world.AskAsync<int>("select version from caseflow.cf_views where name = 'notes'") == 2);
    }

    [Fact]
    public async Task Upgrades_one_view_after_the_other()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync([.. Enumerable.Range(0, 5).Select(n => new NoteTaken(["a"], n, ViewsWorld.Hour(n)))]);
        var (now, most) = (0, 0);
        async Task Slowly(LogPage page)
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Delay(20, Cancellation);
            Interlocked.Decrement(ref now);
        }

        string[] names = ["first", "second", "third"];
        await world.Runner([.. names.Select(name => new ActingView((_, _) => Task.CompletedTask, name))]).CatchUpAsync(cancellation: Cancellation);
        var options = new ViewOptions { RebuildPageSize = 1 };
        var raised = names.Select(name => new ActingView((page, _) => Slowly(page), name, version: 2)).ToList();
        await using var running = new Running(new ViewRunner(world.Source, world.Store, raised, world.Sequencer.Moved, options));

        await UntilAsync(async () => await world.AskAsync<long>("select count(*) from caseflow.cf_views where version = 2") == 3);
        most.ShouldBe(1);
    }

    [Fact]
    public async Task A_view_that_cancels_something_of_its_own_stops_like_any_other()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync(South, [new NoteTaken(["a"], 1, ViewsWorld.Hour(0))]);
        var notes = new NotesView(fails: recorded => recorded.TenantId == South ? throw new OperationCanceledException("gave up waiting") : false);
        await using var running = new Running(world.Runner(notes));

        (await world.StoppedAsync(notes, South)).Failure!.ErrorType.ShouldBe(nameof(OperationCanceledException));
        await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(0)));
        (await world.Positions.WaitForAsync("notes", ViewsWorld.Tenant, 2, Patience, Cancellation)).ShouldBeTrue();
    }

    [Fact]
    public async Task Statements_that_hang_leave_a_place_to_those_that_do_not()
    {
        await using var world = await ViewsWorld.CreateAsync();
        for (var n = 0; n < 6; n++)
            await world.RecordAsync($"{South}-{n}", [new NoteTaken(["a"], 1, ViewsWorld.Hour(0))]);
        var (stumbled, hanging) = (new ConcurrentDictionary<string, bool>(), 0);
        var view = new ActingView(async (page, cancellation) =>
        {
            if (page.TenantId == ViewsWorld.Tenant)
                return;
            if (stumbled.TryAdd(page.TenantId, true))
                throw new NpgsqlException("gone");
            Interlocked.Increment(ref hanging);
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        await using var running = new Running(world.Runner(view));
        await UntilAsync(() => Task.FromResult(stumbled.Count == 6 && Volatile.Read(ref hanging) == 3));
        for (var looks = 0; looks < 75 && Volatile.Read(ref hanging) == 3; looks++)
            await Task.Delay(20, Cancellation);

        Volatile.Read(ref hanging).ShouldBe(3, "of four places");
        var (_, token) = await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(0)));
        (await world.Positions.WaitForSequenceAsync(view.Name, ViewsWorld.Tenant, token, Patience, Cancellation)).ShouldBeTrue();
    }

    [Fact]
    public async Task An_error_that_does_not_pass_is_tried_ever_more_seldom()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(0)));
        var tries = 0;
        var view = new ActingView((_, _) => Interlocked.Increment(ref tries) > 0 ? throw new NpgsqlException("gone") : Task.CompletedTask);
        await using var running = new Running(world.Runner(view));

        var failure = (await world.StoppedAsync(view, ViewsWorld.Tenant, failure => failure.Attempts == 3)).Failure!;
        tries.ShouldBeLessThan(12, "after the first five each try counts as a failure");
        failure.EventId.ShouldBeNull("no event is to blame");
    }

    [Fact]
    public async Task Reads_no_event_beyond_its_page()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync([.. Enumerable.Range(0, 6).Select(n => new NoteTaken(["a"], n, ViewsWorld.Hour(n)))]);
        await world.SpoilAsync("update caseflow.mt_events set type = 'unheard_of' where seq_id = (select seq_id from caseflow.cf_log where position = 6)");
        var (pages, view) = Counted();
        var options = new ViewOptions { PageSize = 5, FirstRetry = Patience };
        await using var running = new Running(new ViewRunner(world.Source, world.Store, [view], world.Sequencer.Moved, options));

        (await world.StoppedAsync(view, ViewsWorld.Tenant)).Failure!.Position.ShouldBe(6);
        pages.ShouldBe([5]);
    }

    [Fact]
    public async Task Gives_a_view_no_more_at_once_than_it_takes()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync([.. Enumerable.Range(0, 7).Select(n => new NoteTaken(["a"], n, ViewsWorld.Hour(n)))]);
        var (pages, view) = Counted(mostAtOnce: 3);
        await using (new Running(world.Runner(view)))
            (await world.Positions.WaitForAsync(view.Name, ViewsWorld.Tenant, 7, Patience, Cancellation)).ShouldBeTrue();
        pages.ShouldBe([3, 3, 1]);

        pages.Clear();
        await world.SpoilAsync("delete from caseflow.cf_checkpoints");
        await world.Runner(view).CatchUpAsync(cancellation: Cancellation);
        pages.ShouldBe([3, 3, 1]);

        pages.Clear();
        await new ViewRebuild(world.Source, world.Store).RebuildAsync(view, Cancellation);
        pages.ShouldBe([3, 3, 1]);
    }

    [Fact]
    public async Task Shows_no_failure_of_another_version_as_its_own()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(0)));
        var notes = new NotesView(fails: _ => true);
        await using (new Running(world.Runner(TimeSpan.FromMinutes(10), notes)))
            await world.StoppedAsync(notes, ViewsWorld.Tenant);
        await world.SpoilAsync("update caseflow.cf_view_failures set version = 2");

        (await world.Statuses.OfAsync([notes], ViewsWorld.Tenant, Cancellation)).ShouldBe([new ViewStatus("notes", 0, 1, ViewState.Moving)]);
    }

    private static (ConcurrentQueue<int> Pages, ActingView View) Counted(int mostAtOnce = int.MaxValue)
    {
        var pages = new ConcurrentQueue<int>();
        return (pages, new ActingView(
            (page, _) =>
            {
                pages.Enqueue(page.Events.Count);
                return Task.CompletedTask;
            },
            mostAtOnce: mostAtOnce));
    }

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        for (var tries = 0; !await reached(); tries++)
        {
            tries.ShouldBeLessThan(1000);
            await Task.Delay(20, Cancellation);
        }
    }

    /// <summary>Does something with each page.</summary>
    private sealed class ActingView(
        Func<LogPage, CancellationToken, Task> act, string name = "acting", int version = 1, int mostAtOnce = int.MaxValue) : IView
    {
        public string Name => name;

        public int Version => version;

        public string TablesSql => $"create table if not exists {name} (n int)";

        public IReadOnlyList<string> Tables => [name];

        public int MostAtOnce => mostAtOnce;

        public Task ApplyAsync(LogPage page, CancellationToken cancellation) => act(page, cancellation);
    }
}
