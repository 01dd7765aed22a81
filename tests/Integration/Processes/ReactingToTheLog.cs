using CaseFlow.EventStore;
using CaseFlow.EventStore.Processes;
using CaseFlow.Integration.Views;

namespace CaseFlow.Integration.Processes;

/// <summary>One effect per event, whatever is killed when.</summary>
public sealed class ReactingToTheLog
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_event_has_its_effects_once_with_two_runners_and_the_event_as_cause()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var (ids, _) = await world.RecordAsync([.. Enumerable.Range(0, 40).Select(n => new NoteTaken([$"k{n}"], n, ViewsWorld.Hour(0)))]);

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => world.Runner(Follower(world)).CatchUpAsync(7, Cancellation)));
        await world.Sequencer.PlaceNewAsync(Cancellation);

        var answers = (await world.LogAsync()).Where(recorded => recorded.Data is NothingNoted).ToList();
        answers.Select(answer => answer.Metadata.CausationId).ShouldBe(ids.Select(id => id.ToString()), ignoreOrder: true);
        answers.ShouldAllBe(answer => answer.Metadata.UserName == "acknowledging");
        (await MessagesAsync(world)).ShouldBe(Enumerable.Range(0, 40).Select(n => $"k{n}"));
    }

    [Fact]
    public async Task Killed_between_the_effect_and_the_checkpoint_it_has_the_effect_once()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(0)), new NoteTaken(["b"], 1, ViewsWorld.Hour(0)));
        var kills = 4; // Two appends in each of two attempts.
        var dying = Follower(world, async () =>
        {
            // Facts are appended by now, and the page's transaction has not ended.
            if (Interlocked.Decrement(ref kills) >= 0)
                await DoAsync(world, "select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction' and datname = current_database()");
        });

        for (var attempt = 0; attempt < 2; attempt++)
            await Should.ThrowAsync<Exception>(() => world.Runner(dying).CatchUpAsync(cancellation: Cancellation));
        (await MessagesAsync(world)).ShouldBeEmpty();
        await world.Runner(dying).CatchUpAsync(cancellation: Cancellation);
        await world.Sequencer.PlaceNewAsync(Cancellation);

        (await world.LogAsync()).Count(recorded => recorded.Data is NothingNoted).ShouldBe(2);
        (await MessagesAsync(world)).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Going_through_the_log_again_repeats_nothing()
    {
        await using var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(0)));
        await world.Runner(Follower(world)).CatchUpAsync(cancellation: Cancellation);

        await world.Runner(new ReactorFollower(new Acknowledging(version: 2), world.Store)).CatchUpAsync(cancellation: Cancellation);
        await world.Sequencer.PlaceNewAsync(Cancellation);

        (await world.LogAsync()).Count(recorded => recorded.Data is NothingNoted).ShouldBe(1);
        (await MessagesAsync(world)).ShouldBe(["a"]);
    }

    private static ReactorFollower Follower(ViewsWorld world, Func<Task>? beforeSending = null) =>
        new(new Acknowledging(), beforeSending is null ? world.Store : new Interrupted(world.Store, beforeSending));

    private static async Task<IReadOnlyList<string>> MessagesAsync(ViewsWorld world)
    {
        await using var command = world.Owner.CreateCommand("select coalesce(array_agg(payload->>'note' order by number), '{}') from caseflow.cf_outbox");
        return (string[])(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static async Task DoAsync(ViewsWorld world, string statement)
    {
        await using var command = world.Owner.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    /// <summary>Answers each note with a fact on a stream of its key and with a message.</summary>
    private sealed class Acknowledging(int version = 1) : IReactor
    {
        public string Name => "acknowledging";

        public int Version => version;

        public IEnumerable<Effect> EffectsOf(RecordedEvent recorded) => recorded.Data is not NoteTaken taken
            ? []
            :
            [
                new Effect.Record(Domain.NamedId.Of("acknowledged", taken.Keys[0]), "acknowledged", new NothingNoted(ViewsWorld.Hour(1))),
                new Effect.Send("notes", taken.Keys[0], $$"""{"note": "{{taken.Keys[0]}}"}"""),
            ];
    }

    /// <summary>The store, and something that happens right after an append.</summary>
    private sealed class Interrupted(IEventStore store, Func<Task> afterAppend) : IEventStore
    {
        public async Task<AppendResult> AppendAsync(Append append, CancellationToken cancellation)
        {
            var result = await store.AppendAsync(append, cancellation);
            await afterAppend();
            return result;
        }

        public Task<StreamEvents> ReadStreamAsync(
            string tenantId, Guid streamId, long fromVersion, long? upToPosition, CancellationToken cancellation) =>
            store.ReadStreamAsync(tenantId, streamId, fromVersion, upToPosition, cancellation);

        public Task<IReadOnlyDictionary<Guid, StreamEvents>> ReadStreamsAsync(
            string tenantId, IReadOnlyCollection<Guid> streamIds, CancellationToken cancellation) =>
            store.ReadStreamsAsync(tenantId, streamIds, cancellation);

        public IAsyncEnumerable<RecordedEvent> ReadLogAsync(
            long afterPosition, string? tenantId, long? upToPosition, CancellationToken cancellation) =>
            store.ReadLogAsync(afterPosition, tenantId, upToPosition, cancellation);

        public Task<LogEnd> EndOfLogAsync(CancellationToken cancellation) => store.EndOfLogAsync(cancellation);

        public Task<long> PositionAtAsync(DateTimeOffset instant, CancellationToken cancellation) => store.PositionAtAsync(instant, cancellation);

        public Task<StoredAnswer?> FindAnswerAsync(string tenantId, string actor, string key, CancellationToken cancellation) =>
            store.FindAnswerAsync(tenantId, actor, key, cancellation);
    }
}
