using CaseFlow.EventStore.Views;
using CaseFlow.EventStore.Views.Rebuilding;
using Npgsql;

namespace CaseFlow.Integration.Views;

public sealed class RebuildingAView
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Gives_the_same_rows_byte_for_byte_however_the_log_was_paged(int seed)
    {
        await using var world = await ViewsWorld.CreateAsync();
        await NoteHistories.RecordAsync(world, seed, events: 120);
        foreach (var view in new IView[] { new NotesView(), new NoteEntriesView(), new NoteCountsView() })
        {
            var dumps = new List<string>();
            foreach (var pageSize in new[] { 1, 7, 500 })
            {
                await world.ForgetAsync(view);
                await world.Runner(view).CatchUpAsync(pageSize, Cancellation);
                dumps.Add(await world.DumpAsync(view));
            }

            foreach (var (pageSize, memory, keptEvery) in new[] { (5, 1L, 0), (7, 20_000L, 20), (5_000, 1L << 30, 20) })
            {
                var rebuild = new ViewRebuild(world.Source, world.Store, new ViewOptions
                {
                    RebuildPageSize = pageSize,
                    RebuildMemory = memory,
                    RebuildKeptEvery = TimeSpan.FromSeconds(keptEvery),
                });
                (await rebuild.RebuildAsync(view, Cancellation)).ShouldBe(120);
                dumps.Add(await world.DumpAsync(view));
            }

            dumps[0].Length.ShouldBeGreaterThan(300);
            dumps.Distinct().Count().ShouldBe(1);
        }
    }

    [Fact]
    public async Task Happens_while_others_read_the_old_rows_and_write_on()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await NoteHistories.RecordAsync(world, seed: 21, events: 50);
        var gate = new TaskCompletionSource();
        var view = new NotesView();
        await world.Runner(view).CatchUpAsync(cancellation: Cancellation);
        var before = await world.DumpAsync(view);

        var waiting = new WaitingView(view, gate.Task);
        var rebuilding = new ViewRebuild(world.Source, world.Store).RebuildAsync(waiting, Cancellation);
        await waiting.Reached;
        (await world.DumpAsync(view)).ShouldBe(before);
        await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(70)));
        gate.SetResult();

        (await rebuilding).ShouldBe(51);
        (await world.Positions.PositionOfAsync("notes", ViewsWorld.Tenant, Cancellation)).ShouldBe(51);
    }

    [Fact]
    public async Task Takes_the_place_of_what_a_running_node_remembers_of_the_old_rows_too()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(0)));
        await world.Runner(new NotesView()).CatchUpAsync(cancellation: Cancellation);
        await world.SpoilAsync("""update views.notes set row = jsonb_set(row, '{mixed}', '2')""");
        // The node meets the spoiled row and keeps in mind what it made of it.
        var node = world.Runner(new NotesView());
        await world.RecordAsync(new NoteTaken(["a"], 2, ViewsWorld.Hour(1)));
        await node.CatchUpAsync(cancellation: Cancellation);
        var rebuild = new ViewRebuild(world.Source, world.Store);
        (await rebuild.VerifyAsync(new NotesView(), Cancellation)).IsSame.ShouldBeFalse();

        await rebuild.RebuildAsync(new NotesView(), Cancellation);
        await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(2)));
        await node.CatchUpAsync(cancellation: Cancellation);

        var verdict = await rebuild.VerifyAsync(new NotesView(), Cancellation);
        verdict.IsSame.ShouldBeTrue(string.Join("; ", verdict.Tables));
    }

    [Fact]
    public async Task Follows_a_raised_version_at_start()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await NoteHistories.RecordAsync(world, seed: 22, events: 30);
        await world.Runner(new NotesView(1)).CatchUpAsync(cancellation: Cancellation);
        var before = await world.DumpAsync(new NotesView());
        await using (var spoil = world.Owner.CreateCommand("update views.notes set value = -1"))
            await spoil.ExecuteNonQueryAsync(Cancellation);

        await world.Runner(new NotesView(2)).CatchUpAsync(cancellation: Cancellation);

        (await world.DumpAsync(new NotesView())).ShouldBe(before);
        await Should.ThrowAsync<NewerViewException>(() => world.Runner(new NotesView(1)).CatchUpAsync(cancellation: Cancellation));
    }

    [Fact]
    public async Task Leaves_a_view_of_a_newer_program_alone_also_when_it_is_raised_meanwhile()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await NoteHistories.RecordAsync(world, seed: 25, events: 30);
        await world.Runner(new NotesView(2)).CatchUpAsync(cancellation: Cancellation);
        var rebuild = new ViewRebuild(world.Source, world.Store);

        await Should.ThrowAsync<NewerViewException>(() => rebuild.RebuildAsync(new NotesView(1), Cancellation));

        var folded = 0;
        var older = new NotesView(2, _ =>
        {
            if (folded++ > 0)
                return false;
            using var raise = world.Owner.CreateCommand("update caseflow.cf_views set version = 3 where name = 'notes'; update views.notes set value = -1");
            return raise.ExecuteNonQuery() < 0;
        });
        await Should.ThrowAsync<NewerViewException>(() => rebuild.RebuildAsync(older, Cancellation));
        folded.ShouldBeGreaterThan(0);
        (await world.AskAsync<int>("select version from caseflow.cf_views where name = 'notes'")).ShouldBe(3);
        (await world.AskAsync<bool>("select bool_and(value = -1) from views.notes")).ShouldBeTrue();
    }

    [Fact]
    public async Task Replays_an_inline_view_from_every_committed_event()
    {
        var view = new InlineNotes();
        await using var world = await ViewsWorld.CreateAsync(view);
        await NoteHistories.RecordAsync(world, seed: 23, events: 40);
        await world.RecordAsync(ViewsWorld.Tenant, [new NoteTaken(["late"], 2, ViewsWorld.Hour(1))], place: false);
        var before = await world.DumpAsync(view.Tables);
        before.ShouldContain("late");
        await using (var spoil = world.Owner.CreateCommand("delete from views.inline_notes where value = 2"))
            await spoil.ExecuteNonQueryAsync(Cancellation);

        (await new ViewRebuild(world.Source, world.Store).RebuildAsync(view, Cancellation)).ShouldBe(41);

        (await world.DumpAsync(view.Tables)).ShouldBe(before);
    }

    [Fact]
    public async Task Keeps_every_row_of_an_inline_view_while_it_is_appended_to()
    {
        var view = new InlineNotes();
        await using var world = await ViewsWorld.CreateAsync(view);
        await NoteHistories.RecordAsync(world, seed: 24, events: 40);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var written = 0;
        var writing = Enumerable.Range(0, 3).Select(writer => Task.Run(async () =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                await world.RecordAsync(ViewsWorld.Tenant, [new NoteTaken([$"w{writer}"], n, ViewsWorld.Hour(n))], place: n % 3 == 0);
                Interlocked.Increment(ref written);
            }
        }, Cancellation)).ToList();

        var rebuild = new ViewRebuild(world.Source, world.Store, new ViewOptions { RebuildPageSize = 20 });
        for (var round = 0; round < 5; round++)
        {
            await rebuild.RebuildAsync(view, Cancellation);
            (await rebuild.VerifyAsync(view, Cancellation)).IsSame.ShouldBeTrue();
        }

        await stop.CancelAsync();
        await Task.WhenAll(writing);
        written.ShouldBeGreaterThan(0);
        (await world.AskAsync<long>("select count(*) from views.inline_notes"))
            .ShouldBe(await world.AskAsync<long>("select count(*) from caseflow.mt_events where type = 'note_taken'"));
    }

    [Fact]
    public async Task Is_shown_while_it_is_compared_and_gives_up_on_a_view_that_is_written_to_for_long()
    {
        var inline = new InlineNotes();
        await using var world = await ViewsWorld.CreateAsync(inline);
        await NoteHistories.RecordAsync(world, seed: 26, events: 20);
        await world.Runner(new NotesView()).CatchUpAsync(cancellation: Cancellation);
        var shown = new List<long>();
        var rebuild = new ViewRebuild(world.Source, world.Store, new ViewOptions { VerifyPatience = TimeSpan.FromMilliseconds(300) }, null, progress =>
        {
            using var count = world.Owner.CreateCommand("select count(*) from caseflow.cf_rebuilds");
            if (progress.Phase == RebuildPhase.Comparing)
                shown.Add((long)count.ExecuteScalar()!);
        });
        (await rebuild.VerifyAsync(new NotesView(), Cancellation)).IsSame.ShouldBeTrue();
        (await rebuild.VerifyAsync(inline, Cancellation)).IsSame.ShouldBeTrue();
        shown.ShouldBe([1, 1]);

        await using var writer = await world.Owner.OpenConnectionAsync(Cancellation);
        await using var writing = await writer.BeginTransactionAsync(Cancellation);
        await using (var write = new NpgsqlCommand("lock table views.inline_notes in row exclusive mode", writer))
            await write.ExecuteNonQueryAsync(Cancellation);
        var verdict = await rebuild.VerifyAsync(inline, Cancellation);
        (verdict.IsSame, verdict.Why).ShouldBe((false, "It could not be held still: somebody writes to it for long."));
        (await world.AskAsync<long>("select count(*) from caseflow.cf_rebuilds")).ShouldBe(0);
    }

    /// <summary>A view that stops in the middle of its first page until it is let go on.</summary>
    private sealed class WaitingView(NotesView view, Task gate) : IView
    {
        private readonly TaskCompletionSource reached = new();

        public Task Reached => reached.Task;

        public string Name => view.Name;

        public int Version => view.Version;

        public string TablesSql => view.TablesSql;

        public IReadOnlyList<string> Tables => view.Tables;

        public async Task ApplyAsync(LogPage page, CancellationToken cancellation)
        {
            reached.TrySetResult();
            await gate.WaitAsync(cancellation);
            await view.ApplyAsync(page, cancellation);
        }
    }

    private sealed class InlineNotes : IInlineView
    {
        public string Name => "inline_notes";

        public string TablesSql => "create table if not exists views.inline_notes (event uuid primary key, version bigint, keys text[], value int)";

        public IReadOnlyList<string> Tables => ["views.inline_notes"];

        public IEnumerable<NpgsqlBatchCommand> RowsFor(InlineEvent appended)
        {
            if (appended.Data is not NoteTaken taken)
                yield break;
            var row = new NpgsqlBatchCommand("insert into views.inline_notes values (@event, @version, @keys, @value)");
            row.Parameters.AddWithValue("event", appended.EventId);
            row.Parameters.AddWithValue("version", appended.Version!.Value);
            row.Parameters.AddWithValue("keys", taken.Keys.ToArray());
            row.Parameters.AddWithValue("value", taken.Value);
            yield return row;
        }
    }
}
