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
        var (read, empty) = (0, 0);
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

        (read, empty).ShouldBe((read, 0));
        read.ShouldBeGreaterThan(20);
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
            var last = 0L;
            while (!stop.IsCancellationRequested)
            {
                var found = await world.Reader.FindAsync(notes, ViewsWorld.Tenant, "kept", ViewInstant.Now, Cancellation);
                var counted = await counts.FindAsync(world.Source, ViewsWorld.Tenant, "kept", cancellation: Cancellation);
                Interlocked.Add(ref empty, found.Row is null || counted is null || found.At.Position < last ? 1 : 0);
                Interlocked.Increment(ref read);
                last = found.At.Position!.Value;
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
