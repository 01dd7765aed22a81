using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Integration.Views;

/// <summary>An event is skipped on record or applied, never both, whenever the decision falls.</summary>
public sealed class SkippingDuringARebuild
{
    private const string Waiting =
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%cf_view_skips%' and pid <> pg_backend_pid()";

    private static readonly ViewDecisions Decisions = new(new EventStoreOptions(), fact => fact is NoteGivenUp given
        ? new ViewDecision.Skip(given.View, given.Version, given.Position, given.EventId, "It cannot be mended.")
        : null);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_heeded_when_it_concerns_what_only_the_swap_itself_would_fold()
    {
        await using var world = await ViewsWorld.CreateAsync(Decisions);
        await RecordAsync(world, 0, 5);
        await world.Runner(new NotesView()).CatchUpAsync(cancellation: Cancellation);
        var once = 0;
        var view = new NotesView(1, WhenFolded((5, () => RecordAsync(world, 5, 1)), (6, async () =>
        {
            if (Interlocked.Increment(ref once) > 1)
                return;
            await RecordAsync(world, 6, 1);
            (await SkipAsync(world, 7)).ShouldBeOfType<AppendResult.Appended>();
        }
        )));

        await new ViewRebuild(world.Source, world.Store).RebuildAsync(view, Cancellation);

        var rows = await world.DumpAsync(view);
        rows.ShouldContain("k5");
        rows.ShouldNotContain("k6");
    }

    [Fact]
    public async Task Is_refused_once_the_swap_folds_the_event()
    {
        await using var world = await ViewsWorld.CreateAsync(Decisions);
        await RecordAsync(world, 0, 5);
        await world.Runner(new NotesView()).CatchUpAsync(cancellation: Cancellation);
        Task<AppendResult>? deciding = null;
        var view = new NotesView(1, WhenFolded(
            (5, () => RecordAsync(world, 5, 1)),
            (6, () => RecordAsync(world, 6, 1)),
            (7, async () =>
            {
                deciding ??= SkipAsync(world, 7);
                while (!deciding.IsCompleted && await world.AskAsync<long>(Waiting) == 0)
                    await Task.Delay(10, Cancellation);
            }
        )));

        await new ViewRebuild(world.Source, world.Store).RebuildAsync(view, Cancellation);

        (await deciding.ShouldNotBeNull()).ShouldBeOfType<AppendResult.Conflict>();
        (await world.DumpAsync(view)).ShouldContain("k6");
        (await world.Statuses.SkipsAsync(ViewsWorld.Tenant, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Makes_a_verification_compare_with_what_passes_over_the_same()
    {
        await using var world = await ViewsWorld.CreateAsync(Decisions);
        await RecordAsync(world, 0, 6);
        await Should.ThrowAsync<ViewFailedException>(() =>
            world.Runner(new NotesView(1, recorded => recorded.Position == 4)).CatchUpAsync(1, Cancellation));
        var decided = 0;
        var view = new NotesView(1, WhenFolded((5, async () =>
        {
            if (Interlocked.Increment(ref decided) > 1)
                return;
            (await SkipAsync(world, 4)).ShouldBeOfType<AppendResult.Appended>();
            await world.Runner(new NotesView()).CatchUpAsync(cancellation: Cancellation);
        }
        )));

        var verdict = await new ViewRebuild(world.Source, world.Store).VerifyAsync(view, Cancellation);

        verdict.IsSame.ShouldBeTrue($"{verdict} {string.Join("; ", verdict.Tables)}");
        (await world.DumpAsync(view)).ShouldNotContain("k3");
    }

    /// <summary>Does something when an event is folded, and waits for it.</summary>
    private static Func<RecordedEvent, bool> WhenFolded(params (long Position, Func<Task> Act)[] acts) => recorded =>
    {
        foreach (var (_, act) in acts.Where(act => act.Position == recorded.Position))
            Task.Run(act, Cancellation).GetAwaiter().GetResult();
        return false;
    };

    private static async Task RecordAsync(ViewsWorld world, int from, int count)
    {
        if ((await world.LogAsync()).Count == from)
            await world.RecordAsync([.. Enumerable.Range(from, count).Select(n => new NoteTaken([$"k{n}"], n, ViewsWorld.Hour(n)))]);
    }

    private static async Task<AppendResult> SkipAsync(ViewsWorld world, long position)
    {
        var decision = new NoteGivenUp("notes", 1, position, (await world.LogAsync()).Single(recorded => recorded.Position == position).EventId);
        return await world.Store.AppendAsync(
            new(ViewsWorld.Tenant, [new(Guid.CreateVersion7(), "decisions", ExpectedVersion.NoStream, [new(Guid.CreateVersion7(), decision)])], new("supervisor")), Cancellation);
    }
}
