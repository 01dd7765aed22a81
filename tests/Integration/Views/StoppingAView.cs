using System.Collections.Concurrent;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Integration.Views;

/// <summary>A view that cannot apply an event stops there for that tenant; what is stored about it outlives the program.</summary>
public sealed class StoppingAView
{
    private const string South = "south";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stops_it_for_that_tenant_alone_before_the_failing_event_and_goes_on_when_mended()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var broken = true;
        var notes = new NotesView(fails: recorded => broken && recorded.TenantId == South && recorded.Data is NoteTaken { Value: 13 });
        for (var n = 0; n < 20; n++)
        {
            await world.RecordAsync(ViewsWorld.Tenant, [new NoteTaken(["a"], n, ViewsWorld.Hour(n))]);
            await world.RecordAsync(South, [new NoteTaken(["a"], n, ViewsWorld.Hour(n))]);
        }

        var failing = (await world.LogAsync()).Single(recorded => recorded.TenantId == South && recorded.Data is NoteTaken { Value: 13 });
        await using var running = new Running(world.Runner(notes, new NoteEntriesView()));

        (await world.Positions.WaitForAsync("note_entries", South, 40, Patience, Cancellation)).ShouldBeTrue();
        (await world.Positions.WaitForAsync("notes", ViewsWorld.Tenant, 40, Patience, Cancellation)).ShouldBeTrue();
        var status = await world.StoppedAsync(notes, South);
        status.State.ShouldBe(ViewState.Stopped);
        status.Position.ShouldBe(failing.Position!.Value - 2, "everything of the tenant before it is applied");
        status.Behind.ShouldBe(7);
        status.Failure!.EventId.ShouldBe(failing.EventId);
        status.Failure.Position.ShouldBe(failing.Position.Value);
        status.Failure.EventType.ShouldBe("note_taken");
        (status.Failure.ErrorType, status.Failure.Error).ShouldBe(("InvalidOperationException", "does not add up"));
        (await world.Reader.FindAsync(notes, South, "a", ViewInstant.Now, Cancellation)).Row!.Value.ShouldBe(12);
        (await world.Statuses.OfAsync([notes], ViewsWorld.Tenant, Cancellation))[0].State.ShouldBe(ViewState.Moving);

        // A tenant that stands still does not keep the other from moving on.
        await world.RecordAsync(ViewsWorld.Tenant, [new NoteTaken(["a"], 77, ViewsWorld.Hour(99))]);
        (await world.Positions.WaitForAsync("notes", ViewsWorld.Tenant, 41, Patience, Cancellation)).ShouldBeTrue();

        broken = false;
        (await world.Positions.WaitForAsync("notes", South, 40, Patience, Cancellation)).ShouldBeTrue();
        (await world.Statuses.OfAsync([notes], South, Cancellation)).ShouldBe([new ViewStatus("notes", 40, 0, ViewState.Moving)]);
    }

    [Fact]
    public async Task Keeps_the_pause_between_tries_over_a_restart_and_counts_on()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var tries = 0;
        var notes = new NotesView(fails: recorded => recorded.TenantId == South && Interlocked.Increment(ref tries) > 0);
        await world.RecordAsync(South, [new NoteTaken(["a"], 1, ViewsWorld.Hour(0))]);
        ViewFailure kept;
        await using (new Running(world.Runner(TimeSpan.FromMinutes(10), notes)))
            kept = (await world.StoppedAsync(notes, South)).Failure!;
        tries.ShouldBe(1);

        await using (new Running(world.Runner(TimeSpan.FromMinutes(10), notes)))
        {
            await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(0)));
            (await world.Positions.WaitForAsync("notes", ViewsWorld.Tenant, 2, Patience, Cancellation)).ShouldBeTrue();
            tries.ShouldBe(1, "it is not its time yet");
            (await world.Statuses.OfAsync([notes], South, Cancellation))[0].Failure.ShouldBe(kept);

            await world.SpoilAsync("update caseflow.cf_view_failures set next_try_at = now()");
            var again = (await world.StoppedAsync(notes, South, failure => failure.Attempts == 2)).Failure!;
            again.FirstFailedAt.ShouldBe(kept.FirstFailedAt);
            (again.NextTryAt - again.LastFailedAt).ShouldBeInRange(TimeSpan.FromMinutes(19), TimeSpan.FromMinutes(21));
        }
    }

    [Fact]
    public async Task Does_not_blame_an_event_for_a_lost_connection()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(0)), new NoteTaken(["b"], 1, ViewsWorld.Hour(0)));
        var cut = new CuttingView(new NotesView(), times: 2);
        var runner = world.Runner(cut);
        var stumbles = new ConcurrentQueue<Exception>();
        runner.Stumbled += stumbles.Enqueue;
        await using var running = new Running(runner);

        (await world.Positions.WaitForAsync("notes", ViewsWorld.Tenant, 2, Patience, Cancellation)).ShouldBeTrue();
        stumbles.Count.ShouldBe(2);
        (await world.AskAsync<long>("select count(*) from caseflow.cf_view_failures")).ShouldBe(0);
        (await world.AskAsync<long>("select count(*) from views.notes")).ShouldBe(2);
    }

    [Fact]
    public async Task Keeps_nothing_that_a_database_says_of_values()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(0)));
        var view = new AskingView("select 'her name'::int");
        await using var running = new Running(world.Runner(view));

        var failure = (await world.StoppedAsync(view, ViewsWorld.Tenant)).Failure!;
        (failure.ErrorType, failure.Error).ShouldBe(("PostgresException", "22P02"));
        (await world.AskAsync<string>("select row_to_json(f)::text from caseflow.cf_view_failures f")).ShouldNotContain("her name");
    }

    [Fact]
    public async Task Says_so_to_readers_who_name_what_it_does_not_have()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var notes = new NotesView(fails: recorded => recorded.TenantId == South);
        var (_, token) = await world.RecordAsync(South, [new NoteTaken(["a"], 1, ViewsWorld.Hour(0))]);
        var (_, other) = await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(0)));
        await using var running = new Running(world.Runner(TimeSpan.FromMinutes(10), notes));
        await world.StoppedAsync(notes, South);

        var told = await Should.ThrowAsync<ViewBehindException>(() => world.Reader.AwaitAsync("notes", South, token, Cancellation));
        told.TriedAgainIn.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.FromMinutes(9));
        (await Should.ThrowAsync<ViewBehindException>(() => world.Reader.FindAsync(notes, South, "a", new(1, null), Cancellation)))
            .TriedAgainIn.ShouldNotBeNull();
        await world.Reader.AwaitAsync("notes", ViewsWorld.Tenant, other, Cancellation);
        (await world.Reader.FindAsync(notes, South, "a", ViewInstant.Now, Cancellation)).ShouldBe((null, new ViewInstant(0, null)));
    }

    /// <summary>Cuts its own connection a few times.</summary>
    private sealed class CuttingView(NotesView view, int times) : IView
    {
        private int left = times;

        public string Name => view.Name;

        public int Version => view.Version;

        public string TablesSql => view.TablesSql;

        public IReadOnlyList<string> Tables => view.Tables;

        public async Task ApplyAsync(LogPage page, CancellationToken cancellation)
        {
            await view.ApplyAsync(page, cancellation);
            if (left-- <= 0)
                return;
            await using var cut = new NpgsqlCommand("set local role none; select pg_terminate_backend(pg_backend_pid())", page.Connection);
            await cut.ExecuteNonQueryAsync(cancellation);
        }
    }

    /// <summary>Runs a statement.</summary>
    private sealed class AskingView(string sql) : IView
    {
        public string Name => "asking";

        public int Version => 1;

        public string TablesSql => "create table if not exists asking (n int)";

        public IReadOnlyList<string> Tables => ["asking"];

        public async Task ApplyAsync(LogPage page, CancellationToken cancellation)
        {
            await using var ask = new NpgsqlCommand(sql, page.Connection);
            await ask.ExecuteNonQueryAsync(cancellation);
        }
    }
}
