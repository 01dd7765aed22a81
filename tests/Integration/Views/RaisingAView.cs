using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using CaseFlow.EventStore.Views.Rebuilding;

namespace CaseFlow.Integration.Views;

/// <summary>A raised view that cannot apply one tenant's event is raised for all others, and has stopped for that one.</summary>
public sealed class RaisingAView
{
    private const string South = "south";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Goes_on_for_the_others_and_for_the_one_when_it_is_mended(bool unreadable)
    {
        await using var world = await ViewsWorld.CreateAsync();
        await RecordAsync(world, 0, 10);
        await world.Runner(new NotesView(1)).CatchUpAsync(cancellation: Cancellation);
        if (unreadable)
            await world.SpoilAsync("update caseflow.mt_events set data = '{\"torn\": 1}' where seq_id in (6, 8)");
        var broken = true;
        var raised = new NotesView(2, recorded => broken && recorded.Position == 6);

        await using (new Running(world.Runner(raised)))
        {
            await RecordAsync(world, 10, 4);
            (await world.Positions.WaitForAsync("notes", ViewsWorld.Tenant, 13, Patience, Cancellation)).ShouldBeTrue();
            var status = await world.StoppedAsync(raised, South, failure => failure.Attempts > 1);
            (status.Position, status.Behind, status.State).ShouldBe((4, 5, ViewState.Stopped));
            (status.Failure!.Position, status.Failure.Version, status.Failure.EventType).ShouldBe((6, 2, "note_taken"));
            (await world.Statuses.OfAsync([raised], ViewsWorld.Tenant, Cancellation))[0].State.ShouldBe(ViewState.Moving);

            broken = false;
            if (unreadable)
                await world.SpoilAsync("update caseflow.mt_events e set data = jsonb_set(o.data, '{keys}', '[\"mended\"]') from caseflow.mt_events o where e.seq_id in (6, 8) and o.seq_id = 4");
            (await world.Positions.WaitForAsync("notes", South, 14, Patience, Cancellation)).ShouldBeTrue();
        }

        var live = await world.DumpAsync(raised);
        await new ViewRebuild(world.Source, world.Store).RebuildAsync(raised, Cancellation);
        (await world.DumpAsync(raised)).ShouldBe(live);
        (await RebuildStatus.ListAsync(world.Source, new EventStoreOptions(), Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Keeps_the_old_rows_when_it_fails_for_everybody()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await RecordAsync(world, 0, 10);
        await world.Runner(new NotesView(1)).CatchUpAsync(cancellation: Cancellation);
        var before = await world.DumpAsync(new NotesView());
        var raised = new NotesView(2, recorded => recorded.Position > 4);

        await using (new Running(world.Runner(raised)))
        {
            await world.StoppedAsync(raised, South);
            await world.StoppedAsync(raised, ViewsWorld.Tenant);
        }

        (await world.DumpAsync(raised)).ShouldBe(before);
        (await world.AskAsync<int>("select version from caseflow.cf_views where name = 'notes'")).ShouldBe(1);
    }

    /// <summary>North's events have odd positions, South's even ones.</summary>
    private static async Task RecordAsync(ViewsWorld world, int from, int count)
    {
        for (var n = from; n < from + count; n++)
            await world.RecordAsync(n % 2 == 0 ? ViewsWorld.Tenant : South, [new NoteTaken([$"k{n}"], n, ViewsWorld.Hour(n))]);
    }
}
