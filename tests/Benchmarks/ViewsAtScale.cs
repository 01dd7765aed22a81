using System.Diagnostics;
using System.Globalization;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Migrations;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Sequencing;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Benchmarks;

/// <summary>Many keys with five events each: time to rebuild, time to follow, and pages now and at past moments.</summary>
internal static class ViewsAtScale
{
    private const int EventsPerKey = 5;
    private static readonly DateTimeOffset Start = new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task<bool> RunAsync(string? count)
    {
        var keys = count is null ? 100_000 : int.Parse(count, CultureInfo.InvariantCulture);
        await using var server = await World.StartServerAsync();
        await using var source = StoreDataSource.Create(server.ConnectionString);
        await using (var migrations = StoreDataSource.ForMigrations(server.ConnectionString))
            await new Migrator(migrations, new EventStoreOptions()).MigrateAsync();
        await MeasureAsync($"writing {keys * EventsPerKey:N0} events by SQL", () => WriteAsync(source, keys));

        var store = new PostgresEventStore(source, new EventStoreOptions(), new EventCodec(new EventTypes([typeof(StepTaken)]), typeof(string)));
        var view = new StepsView();
        var end = keys * EventsPerKey;
        await MeasureAsync("rebuilding", () => new ViewRebuild(source, store).RebuildAsync(view));
        Console.WriteLine($"peak memory of this process {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
        foreach (var size in new[] { "pg_table_size", "pg_indexes_size" })
            Console.WriteLine($"{size} {await AskAsync(source, $"select pg_size_pretty({size}('views.steps'))")}, rows {await AskAsync(source, "select count(*) from views.steps")}");

        var reader = new ViewReader(source, new ViewPositions(source));
        foreach (var (title, at) in new (string, ViewInstant)[]
        {
            ("now", ViewInstant.Now),
            ("at the middle of the log", new(end / 2, null)),
            ("at one tenth of the log", new(end / 10, null)),
            ("one hundredth", new(end / 100, null)),
            ("as of a third of the time", new(null, Start.AddMinutes(end / 3))),
            ("both", new(end / 2, Start.AddMinutes(end / 3))),
        })
        {
            foreach (var order in view.Orders)
            {
                var question = new ViewPageQuestion("north", order, new Dictionary<string, object> { ["agent"] = "agent-7" }, at);
                var first = await reader.PageAsync(view, question);
                var watch = Stopwatch.StartNew();
                for (var n = 0; n < 20; n++)
                    await reader.PageAsync(view, question with { After = first.Next });
                Console.WriteLine($"\n== {title}, by {order.Name}: {first.Rows.Count} rows, page 2 in {watch.Elapsed.TotalMilliseconds / 20:0.0} ms");
                Console.WriteLine(await reader.ExplainAsync(view, question with { After = first.Next }));
            }
        }

        foreach (var pageSize in new[] { 500, 50, 1 })
        {
            var events = Math.Min(keys, pageSize == 1 ? 500 : 20_000);
            await AskAsync(source, "drop table views.steps, views.steps_events; delete from caseflow.cf_checkpoints; delete from caseflow.cf_views");
            var runner = new ViewRunner(source, new UpTo(store, events), [view], new LogSignal());
            await MeasureAsync($"following {events:N0} events in pages of {pageSize}", () => runner.CatchUpAsync(pageSize));
        }

        return true;
    }

    private static async Task WriteAsync(NpgsqlDataSource source, int keys)
    {
        await AskAsync(source, $$"""
            insert into caseflow.mt_streams (tenant_id, id, type, version)
            select 'north', md5(k::text)::uuid, 'steps', {{EventsPerKey}} from generate_series(1, {{keys}}) k;
            insert into caseflow.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, user_name)
            select (v - 1) * {{keys}} + k, md5(v || ' ' || k)::uuid, md5(k::text)::uuid, v,
                jsonb_build_object('key', 'duty-' || k, 'agent', 'agent-' || (k % 50), 'step', v,
                    'at', timestamptz '2031-01-01 00:00Z' + make_interval(mins => (v - 1) * {{keys}} + k),
                    'dueAt', timestamptz '2031-01-01 00:00Z' + make_interval(mins => (v - 1) * {{keys}} + ((k * 7919) % {{keys}}) + 10000)),
                'step_taken', now(), 'north', 'writer'
            from generate_series(1, {{EventsPerKey}}) v, generate_series(1, {{keys}}) k;
            insert into caseflow.cf_log (position, seq_id, tenant_id, stamped_at)
            select seq_id, seq_id, 'north', now() from caseflow.mt_events;
            analyze caseflow.mt_events; analyze caseflow.cf_log; analyze caseflow.mt_streams
            """);
    }

    private static async Task<object?> AskAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 600;
        return await command.ExecuteScalarAsync();
    }

    private static async Task MeasureAsync(string what, Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        Console.WriteLine($"{what}: {watch.Elapsed.TotalSeconds:0.00} s");
    }

    private sealed record StepTaken(string Key, string Agent, int Step, DateTimeOffset At, DateTimeOffset DueAt);

    private sealed record StepRow(string Agent, int Step, DateTimeOffset DueAt, IReadOnlyList<string> Facts);

    private sealed class StepsView : HistoryView<StepRow>
    {
        public override string Name => "steps";

        public override int Version => 1;

        public override IReadOnlyList<ViewColumn<StepRow>> Columns { get; } =
            [ViewColumn<StepRow>.Text("agent", row => row.Agent), ViewColumn<StepRow>.Instant("due_at", row => row.DueAt)];

        public override IReadOnlyList<ViewOrder> Orders { get; } = [new("due", [], ["due_at"]), new("agent", ["agent"], ["due_at"])];

        protected override IEnumerable<string> KeysOf(RecordedEvent recorded) => [((StepTaken)recorded.Data).Key];

        protected override DateTimeOffset CountsFrom(RecordedEvent recorded) => ((StepTaken)recorded.Data).At;

        protected override StepRow? Evolve(StepRow? row, RecordedEvent recorded) => recorded.Data is StepTaken step
            ? new(step.Agent, step.Step, step.DueAt, [.. row?.Facts ?? [], $"step {step.Step}"])
            : row;
    }

    /// <summary>A log that ends earlier.</summary>
    private sealed class UpTo(PostgresEventStore store, long end) : IEventStore
    {
        public Task<AppendResult> AppendAsync(Append append, CancellationToken cancellation) => store.AppendAsync(append, cancellation);

        public Task<StreamEvents> ReadStreamAsync(string tenantId, Guid streamId, long fromVersion, long? upToPosition, CancellationToken cancellation) =>
            store.ReadStreamAsync(tenantId, streamId, fromVersion, upToPosition, cancellation);

        public Task<IReadOnlyDictionary<Guid, StreamEvents>> ReadStreamsAsync(
            string tenantId, IReadOnlyCollection<Guid> streamIds, CancellationToken cancellation) =>
            store.ReadStreamsAsync(tenantId, streamIds, cancellation);

        public IAsyncEnumerable<RecordedEvent> ReadLogAsync(long afterPosition, string? tenantId, long? upToPosition, CancellationToken cancellation) =>
            store.ReadLogAsync(afterPosition, tenantId, upToPosition, cancellation);

        public async Task<LogEnd> EndOfLogAsync(CancellationToken cancellation) => (await store.EndOfLogAsync(cancellation)) with { Position = end };

        public Task<long> PositionAtAsync(DateTimeOffset instant, CancellationToken cancellation) => store.PositionAtAsync(instant, cancellation);

        public Task<StoredAnswer?> FindAnswerAsync(string tenantId, string actor, string key, CancellationToken cancellation) =>
            store.FindAnswerAsync(tenantId, actor, key, cancellation);
    }
}
