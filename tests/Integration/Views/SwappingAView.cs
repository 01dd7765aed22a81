using System.Collections.Concurrent;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Integration.Views;

public sealed class SwappingAView
{
    private const string Shapes =
        """
        select string_agg(line, chr(10) order by line) from (
          select c.relname || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' ' || coalesce(l.collname, '') as line
          from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_collation l on l.oid = a.attcollation
          where c.relnamespace = 'views'::regnamespace and c.relkind = 'r' and a.attnum > 0
          union all select indexdef from pg_indexes where schemaname = 'views'
          union all select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'views'::regnamespace) lines
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_tables_of_the_same_shape()
    {
        await using var world = await ViewsWorld.CreateAsync();
        IView[] views = [new NotesView(), new NoteEntriesView(), new NoteCountsView()];
        await world.Runner(views).CatchUpAsync(cancellation: Cancellation);
        var before = await world.AskAsync<string>(Shapes);

        foreach (var view in views)
            await new ViewRebuild(world.Source, world.Store).RebuildAsync(view, Cancellation);

        (await world.AskAsync<string>(Shapes)).ShouldBe(before);
        (await world.AskAsync<long>("select count(*) from pg_class where relnamespace in ('views_rebuild'::regnamespace, 'views_replaced'::regnamespace)")).ShouldBe(0);
    }

    [Fact]
    public async Task Is_never_seen_by_readers_while_writers_and_runner_go_on()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await NoteHistories.RecordAsync(world, seed: 51, events: 60);
        await world.RecordAsync(new NoteTaken(["kept"], 1, ViewsWorld.Hour(0)));
        IView[] views = [new NotesView(), new NoteCountsView()];
        var counts = new NoteCountsView();
        var notes = new NotesView();
        var runner = world.Runner(views);
        await runner.CatchUpAsync(cancellation: Cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var read = new ConcurrentQueue<(NoteRow? Row, long Position)>();
        var (uncounted, back) = (0, 0);
        await using (new Running(runner))
        {
            var others = new[] { Task.Run(WriteAsync, Cancellation), Task.Run(ReadAsync, Cancellation), Task.Run(ReadAsync, Cancellation), Task.Run(ReadForLongAsync, Cancellation) };
            for (var round = 0; round < 4; round++)
            {
                foreach (var view in views)
                    await new ViewRebuild(world.Source, world.Store, new ViewOptions { RebuildPageSize = 20 }).RebuildAsync(view, Cancellation);
            }

            await stop.CancelAsync();
            await Task.WhenAll(others);
            foreach (var view in views)
                (await world.Positions.WaitForAsync(view.Name, ViewsWorld.Tenant, (await world.Store.EndOfLogAsync(Cancellation)).Position, TimeSpan.FromSeconds(20), Cancellation)).ShouldBeTrue();
        }

        (uncounted, back).ShouldBe((0, 0));
        read.Count.ShouldBeGreaterThan(20);
        // Row and position are of one table: half a swap would show the rows of one beside the position of the other.
        var log = await world.LogAsync();
        foreach (var answer in read.Distinct())
            answer.Row.ShouldBe(NoteHistories.RowAt(log, ViewsWorld.Tenant, "kept", answer.Position, null), $"at {answer.Position}");
        foreach (var view in views)
        {
            var live = await world.DumpAsync(view);
            await world.ForgetAsync(view);
            await world.Runner(view).CatchUpAsync(cancellation: Cancellation);
            (await world.DumpAsync(view)).ShouldBe(live);
        }

        async Task WriteAsync()
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
                await world.RecordAsync(new NoteTaken([$"w{n % 5}", "kept"], n, ViewsWorld.Hour(n)));
        }

        async Task ReadAsync()
        {
            var (last, most) = (0L, 0);
            while (!stop.IsCancellationRequested)
            {
                var found = await world.Reader.FindAsync(notes, ViewsWorld.Tenant, "kept", ViewInstant.Now, Cancellation);
                var counted = await counts.FindAsync(world.Questions, ViewsWorld.Tenant, "kept", cancellation: Cancellation);
                read.Enqueue((found.Row, found.At.Position!.Value));
                Interlocked.Add(ref uncounted, counted is null ? 1 : 0);
                // Nobody erases these notes, so there are ever more.
                Interlocked.Add(ref back, found.At.Position < last || counted?.Row.Notes < most ? 1 : 0);
                (last, most) = (found.At.Position!.Value, counted?.Row.Notes ?? 0);
            }
        }

        async Task ReadForLongAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                await world.Reader.ReadAsync(notes, ViewsWorld.Tenant, ViewInstant.Now, null, async (_, _, _) =>
                {
                    await Task.Delay(400, Cancellation);
                    return 0;
                }, Cancellation);
            }
        }
    }
}
