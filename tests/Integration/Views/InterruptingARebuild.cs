using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using CaseFlow.EventStore.Views.Rebuilding;
using Npgsql;

namespace CaseFlow.Integration.Views;

public sealed class InterruptingARebuild
{
    private const int Events = 120;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(41, 1L)]
    [InlineData(42, 1L << 30)]
    public async Task Goes_on_from_what_was_kept_and_gives_the_same_rows(int seed, long memory)
    {
        await using var world = await ViewsWorld.CreateAsync();
        await NoteHistories.RecordAsync(world, seed, Events);
        var random = new Random(seed);
        foreach (var watched in new Func<Func<RecordedEvent, bool>, IView>[] { watch => new NotesView(1, watch), watch => new NoteCountsView(watch) })
        {
            var whole = watched(_ => false);
            await world.Runner(whole).CatchUpAsync(cancellation: Cancellation);
            var live = await world.DumpAsync(whole);
            var firsts = new List<long>();
            for (var (dies, ended) = (random.Next(10, 40), false); !ended; dies += random.Next(10, 40))
            {
                var first = long.MaxValue;
                var view = watched(recorded =>
                {
                    first = Math.Min(first, recorded.Position!.Value);
                    if (recorded.Position == dies)
                        KillEverySession(world);
                    return false;
                });
                try
                {
                    (await Rebuild(world, memory).RebuildAsync(view, Cancellation)).ShouldBe(Events);
                    ended = true;
                }
                catch (Exception cut) when (cut is NpgsqlException or IOException)
                {
                    (await world.DumpAsync(view)).ShouldBe(live);
                    firsts.Add(first);
                    while (await world.AskAsync<long>("select count(*) from pg_locks l join pg_database d on d.oid = l.database where l.locktype = 'advisory' and d.datname = current_database()") > 0)
                        await Task.Delay(20, Cancellation);
                }
            }

            (await world.DumpAsync(whole)).ShouldBe(live);
            firsts.Count.ShouldBeGreaterThan(1);
            firsts.Skip(1).ShouldAllBe(first => first > 1);
            (await RebuildStatus.ListAsync(world.Source, new EventStoreOptions(), Cancellation)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Begins_again_when_other_code_was_at_work()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await NoteHistories.RecordAsync(world, seed: 43, Events);
        await Should.ThrowAsync<ViewFailedException>(() =>
            Rebuild(world).RebuildAsync(new NotesView(1, recorded => recorded.Position == 60), Cancellation));
        (await world.AskAsync<long>("select position from caseflow.cf_rebuilds")).ShouldBeGreaterThan(0);
        await world.SpoilAsync("update caseflow.cf_rebuilds set shape = 'of another program'; update views_rebuild.notes set value = -1");

        var first = long.MaxValue;
        await Rebuild(world).RebuildAsync(new NotesView(1, Seen), Cancellation);

        first.ShouldBe(1);
        (await world.DumpAsync(new NotesView())).ShouldNotContain(",-1,");

        bool Seen(RecordedEvent recorded)
        {
            first = Math.Min(first, recorded.Position!.Value);
            return false;
        }
    }

    [Fact]
    public async Task Keeps_the_old_rows_and_shows_the_event_it_failed_on()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync(Enumerable.Range(0, 6).Select(n => (object)new NoteTaken([$"k{n}"], n, ViewsWorld.Hour(n))).ToArray());
        await world.Runner(new NotesView()).CatchUpAsync(cancellation: Cancellation);
        var before = await world.DumpAsync(new NotesView());
        var failing = (await world.LogAsync())[3];
        var broken = new NotesView(1, recorded => recorded.Position == 4);

        (await Should.ThrowAsync<ViewFailedException>(() => Rebuild(world).RebuildAsync(broken, Cancellation))).EventId.ShouldBe(failing.EventId);

        (await world.DumpAsync(broken)).ShouldBe(before);
        var shown = (await RebuildStatus.ListAsync(world.Source, new EventStoreOptions(), Cancellation)).ShouldHaveSingleItem();
        (shown.ErrorPosition, shown.ErrorEventId, shown.Error).ShouldBe((4, failing.EventId, "InvalidOperationException: does not add up"));

        await world.SpoilAsync(
            $"""
            insert into caseflow.cf_view_skips values ('notes', 1, '{ViewsWorld.Tenant}', 4, '{failing.EventId}', gen_random_uuid(), 'supervisor', 'It cannot be mended.', now())
            """);
        (await Rebuild(world).RebuildAsync(broken, Cancellation)).ShouldBe(6);
        var after = await world.DumpAsync(broken);
        after.ShouldContain("k4");
        after.ShouldNotContain("k3");
    }

    [Fact]
    public async Task Names_the_unreadable_event_of_the_tenant_whose_it_is()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var stream = Guid.CreateVersion7();
        foreach (var tenant in new[] { ViewsWorld.Tenant, "south" })
        {
            await world.Store.AppendAsync(
                new(tenant, [new(stream, "note", ExpectedVersion.NoStream, [new(Guid.CreateVersion7(), new NoteTaken([tenant], 1, ViewsWorld.Hour(1)))])], new("writer")), Cancellation);
        }

        await world.Sequencer.PlaceNewAsync(Cancellation);
        var torn = (await world.LogAsync())[1];
        await world.SpoilAsync("update caseflow.mt_events set data = '{\"torn\": 1}' where tenant_id = 'south'");

        var failure = await Should.ThrowAsync<ViewFailedException>(() => Rebuild(world).RebuildAsync(new NotesView(), Cancellation));

        (failure.TenantId, failure.EventId, failure.After).ShouldBe(("south", torn.EventId, 1));
    }

    [Fact]
    public async Task Is_refused_while_another_is_at_it()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await NoteHistories.RecordAsync(world, seed: 44, events: 20);
        using var reached = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        var first = Rebuild(world).RebuildAsync(new NotesView(1, recorded =>
        {
            if (recorded.Position == 10)
            {
                reached.Release();
                goOn.Wait(Cancellation);
            }

            return false;
        }), Cancellation);
        await reached.WaitAsync(Cancellation);

        await Should.ThrowAsync<RebuildRunningException>(() => Rebuild(world).RebuildAsync(new NotesView(), Cancellation));
        await Should.ThrowAsync<RebuildRunningException>(() => Rebuild(world).VerifyAsync(new NotesView(), Cancellation));

        goOn.Release();
        (await first).ShouldBe(20);
        (await Rebuild(world).RebuildAsync(new NotesView(), Cancellation)).ShouldBe(20);
    }

    private static ViewRebuild Rebuild(ViewsWorld world, long memory = 1) => new(world.Source, world.Store, new ViewOptions
    {
        RebuildPageSize = 5,
        RebuildMemory = memory,
        RebuildKeptEvery = TimeSpan.Zero,
    });

    private static void KillEverySession(ViewsWorld world)
    {
        using var kill = world.Owner.CreateCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        kill.ExecuteNonQuery();
    }
}
