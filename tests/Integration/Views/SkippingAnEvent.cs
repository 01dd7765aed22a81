using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Integration.Views;

/// <summary>What somebody decided to skip is passed over: exactly that event, by that view, at that version, on record.</summary>
public sealed class SkippingAnEvent
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly ViewDecisions Decisions = new(new EventStoreOptions(), fact => fact is NoteGivenUp given
        ? new ViewDecision.Skip(given.View, given.Version, given.Position, given.EventId, "It cannot be mended.")
        : null);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Passes_over_it_and_a_rebuild_does_too_until_the_version_is_raised()
    {
        await using var world = await ViewsWorld.CreateAsync(Decisions);
        var notes = Failing(version: 1);
        await RecordAsync(world);
        await using (new Running(world.Runner(notes)))
        {
            var failure = (await world.StoppedAsync(notes, ViewsWorld.Tenant)).Failure!;
            await DecideAsync(world, failure);
            (await world.Positions.WaitForAsync("notes", ViewsWorld.Tenant, 6, Patience, Cancellation)).ShouldBeTrue();
        }

        var live = await world.DumpAsync(notes);
        live.ShouldContain("k3");
        live.ShouldNotContain("k2");
        var skip = (await world.Statuses.SkipsAsync(ViewsWorld.Tenant, Cancellation)).ShouldHaveSingleItem();
        (skip.View, skip.Version, skip.Position, skip.EventType, skip.By, skip.Reason).ShouldBe(("notes", 1, 3, "note_taken", "supervisor", "It cannot be mended."));
        (await world.Statuses.SkipsAsync("south", Cancellation)).ShouldBeEmpty();

        await new ViewRebuild(world.Source, world.Store).RebuildAsync(notes, Cancellation);
        (await world.DumpAsync(notes)).ShouldBe(live);

        (await Should.ThrowAsync<ViewFailedException>(() => world.Runner(Failing(version: 2)).CatchUpAsync(cancellation: Cancellation))).After.ShouldBe(2);
        await world.Runner(new NotesView(version: 2)).CatchUpAsync(cancellation: Cancellation);
        (await world.DumpAsync(notes)).ShouldContain("k2");
    }

    [Fact]
    public async Task Reaches_an_event_that_cannot_even_be_read()
    {
        await using var world = await ViewsWorld.CreateAsync(Decisions);
        var notes = new NotesView();
        await RecordAsync(world);
        await world.SpoilAsync("update caseflow.mt_events set data = '{\"torn\": 1}' where seq_id = 3");
        await using (new Running(world.Runner(notes)))
        {
            var status = await world.StoppedAsync(notes, ViewsWorld.Tenant);
            (status.Position, status.Failure!.Position, status.Failure.EventType).ShouldBe((2, 3, "note_taken"));
            status.Failure.ErrorType.ShouldBe(nameof(UnreadableEventException));
            await DecideAsync(world, status.Failure);
            (await world.Positions.WaitForAsync("notes", ViewsWorld.Tenant, 6, Patience, Cancellation)).ShouldBeTrue();
        }

        var live = await world.DumpAsync(notes);
        await new ViewRebuild(world.Source, world.Store).RebuildAsync(notes, Cancellation);
        (await world.DumpAsync(notes)).ShouldBe(live);
    }

    [Fact]
    public async Task Is_tried_by_a_failing_upgrade_too_which_then_succeeds()
    {
        await using var world = await ViewsWorld.CreateAsync(Decisions);
        await RecordAsync(world);
        await world.Runner(new NotesView(version: 1)).CatchUpAsync(cancellation: Cancellation);
        var raised = Failing(version: 2);
        await using var running = new Running(world.Runner(raised));

        var failure = (await world.StoppedAsync(raised, ViewsWorld.Tenant)).Failure!;
        (failure.Position, failure.Version).ShouldBe((3, 2));
        failure.EventId.ShouldNotBeNull();
        (await world.DumpAsync(raised)).ShouldContain("k2", Case.Sensitive, "the old rows serve meanwhile");
        await DecideAsync(world, failure);

        for (var tries = 0; (await world.Statuses.OfAsync([raised], ViewsWorld.Tenant, Cancellation))[0] is not { State: ViewState.Moving, Behind: 0 }; tries++)
        {
            tries.ShouldBeLessThan(1000);
            await Task.Delay(20, Cancellation);
        }

        (await world.DumpAsync(raised)).ShouldNotContain("k2");
    }

    [Fact]
    public async Task Is_not_recorded_once_the_view_has_passed_by_itself()
    {
        await using var world = await ViewsWorld.CreateAsync(Decisions);
        await RecordAsync(world);
        await world.Runner(new NotesView()).CatchUpAsync(cancellation: Cancellation);
        var third = (await world.LogAsync())[2];

        var result = await GiveUpAsync(world, new NoteGivenUp("notes", 1, 3, third.EventId));

        result.ShouldBeOfType<AppendResult.Conflict>();
        (await world.AskAsync<long>("select count(*) from caseflow.mt_events where type = 'note_given_up'")).ShouldBe(0);
        (await world.Statuses.SkipsAsync(ViewsWorld.Tenant, Cancellation)).ShouldBeEmpty();
    }

    /// <summary>Decision and effect are one transaction: killed in between there is neither, tried again there is one of each.</summary>
    [Fact]
    public async Task Is_recorded_and_in_effect_once_although_the_connection_is_killed_in_between()
    {
        await using var world = await ViewsWorld.CreateAsync(Decisions);
        var notes = Failing(version: 1);
        await RecordAsync(world);
        ViewFailure failure;
        await using (new Running(world.Runner(notes)))
            failure = (await world.StoppedAsync(notes, ViewsWorld.Tenant)).Failure!;

        // The append has written its event and waits for the checkpoint, which is held here.
        await using var holder = await world.Owner.OpenConnectionAsync(Cancellation);
        await using var transaction = await holder.BeginTransactionAsync(Cancellation);
        await using (var hold = new Npgsql.NpgsqlCommand("select 1 from caseflow.cf_checkpoints for update", holder))
            await hold.ExecuteNonQueryAsync(Cancellation);
        var deciding = DecideAsync(world, failure);
        const string Waiting = "from pg_stat_activity where wait_event_type = 'Lock' and query like '%cf_view_skips%' and pid <> pg_backend_pid()";
        while (await world.AskAsync<long>($"select count(*) {Waiting}") == 0)
            await Task.Delay(10, Cancellation);
        (await world.AskAsync<bool>($"select bool_and(pg_terminate_backend(pid)) {Waiting}")).ShouldBeTrue();
        (await world.AskAsync<long>("select count(*) from caseflow.mt_events where type = 'note_given_up'")).ShouldBe(0);
        (await world.Statuses.SkipsAsync(ViewsWorld.Tenant, Cancellation)).ShouldBeEmpty();
        await transaction.RollbackAsync(Cancellation);
        await deciding;

        (await world.AskAsync<long>("select count(*) from caseflow.mt_events where type = 'note_given_up'")).ShouldBe(1);
        (await world.Statuses.SkipsAsync(ViewsWorld.Tenant, Cancellation)).Count.ShouldBe(1);
    }

    private static NotesView Failing(int version) => new(version, fails: recorded => recorded.Data is NoteTaken taken && taken.Keys[0] == "k2");

    private static async Task RecordAsync(ViewsWorld world) =>
        await world.RecordAsync([.. Enumerable.Range(0, 6).Select(n => new NoteTaken([$"k{n}"], n, ViewsWorld.Hour(n)))]);

    private static async Task DecideAsync(ViewsWorld world, ViewFailure failure)
    {
        (await GiveUpAsync(world, new NoteGivenUp(failure.View, failure.Version, failure.Position, failure.EventId!.Value))).ShouldBeOfType<AppendResult.Appended>();
        await world.Sequencer.PlaceNewAsync(Cancellation);
    }

    private static Task<AppendResult> GiveUpAsync(ViewsWorld world, NoteGivenUp decision) => world.Store.AppendAsync(
        new(ViewsWorld.Tenant, [new(Guid.CreateVersion7(), "decisions", ExpectedVersion.NoStream, [new(Guid.CreateVersion7(), decision)])], new("supervisor")), Cancellation);
}
