using System.Diagnostics;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace CaseFlow.Benchmarks;

/// <summary>
/// A single command's append: one event at an expected version, with its stream, its circumstances and the log's fence. The
/// limit beside it is a prepared INSERT of the same row into a table of the same columns without index or constraint, by the
/// same driver with the same settings. Both take turns in short slices, so that both meet the same machine.
/// </summary>
internal static class Appending
{
    private const int Slices = 12;
    private const int SliceOps = 150;
    private const int Writers = 8;
    private static readonly TimeSpan RateSlice = TimeSpan.FromSeconds(2);

    public static async Task<bool> RunAsync(string? _)
    {
        await using var server = await World.StartServerAsync();
        await using var world = await World.CreateAsync(server);
        await using var bare = StoreDataSource.Create(world.ConnectionString);
        await world.AskAsync("create table public.bare (like caseflow.mt_events); grant insert on public.bare to public");
        var streams = Enumerable.Range(0, Writers).Select(_ => new Writer(world)).ToArray();
        foreach (var writer in streams)
            await writer.AppendAsync();
        var row = await Row.ReadAsync(world);

        var (appends, inserts) = (new Latencies(), new Latencies());
        for (var slice = -2; slice < Slices; slice++)
        {
            await SliceAsync(slice < 0 ? new() : appends, streams[0].AppendAsync);
            await SliceAsync(slice < 0 ? new() : inserts, () => row.InsertAsync(bare));
        }

        Report.Table(
            ["1 writer", "p50 ms", "p95 ms", "p99 ms", "n"],
            [
                ["append of one event", appends.Text(0.5), appends.Text(0.95), appends.Text(0.99), Report.Count(appends.Count)],
                ["limit: prepared INSERT", inserts.Text(0.5), inserts.Text(0.95), inserts.Text(0.99), Report.Count(inserts.Count)],
                ["ratio", Ratio(0.5), Ratio(0.95), Ratio(0.99), ""],
            ]);

        var (appended, inserted) = (new List<double>(), new List<double>());
        for (var slice = -1; slice < 6; slice++)
        {
            var append = await RateAsync(writer => streams[writer].AppendAsync());
            var insert = await RateAsync(_ => row.InsertAsync(bare));
            if (slice < 0)
                continue;
            appended.Add(append);
            inserted.Add(insert);
        }

        var (rate, limit) = (appended.Average(), inserted.Average());
        Report.Table(
            [$"{Writers} writers", "per second", "slowest slice", "fastest slice"],
            [
                ["append of one event", Report.Count(rate), Report.Count(appended.Min()), Report.Count(appended.Max())],
                ["limit: prepared INSERT", Report.Count(limit), Report.Count(inserted.Min()), Report.Count(inserted.Max())],
                ["ratio", Report.Times(limit / rate), "", ""],
            ]);
        return true;

        string Ratio(double share) => Report.Times(appends.At(share) / inserts.At(share));
    }

    private static async Task SliceAsync(Latencies latencies, Func<Task> act)
    {
        for (var n = 0; n < SliceOps; n++)
        {
            var started = Stopwatch.GetTimestamp();
            await act();
            latencies.Add(started);
        }
    }

    private static async Task<double> RateAsync(Func<int, Task> act)
    {
        var watch = Stopwatch.StartNew();
        var done = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var count = 0;
            for (; watch.Elapsed < RateSlice; count++)
                await act(writer);
            return count;
        })));
        return done.Sum() / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Appends to a stream of its own.</summary>
    private sealed class Writer(World world)
    {
        private readonly Guid client = Guid.CreateVersion7();
        private long version;

        public async Task AppendAsync()
        {
            var fact = new SupervisionContactReported(ContactMode.Phone) { ClientId = client }.At(DateTimeOffset.UtcNow);
            var about = new Circumstances
            {
                Actor = "agent-1",
                Role = Role.Agent,
                Agency = World.Agency,
                Office = "north",
                Purpose = Purpose.Supervision,
                Intercept = 5,
                TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
            };
            var result = await world.Database.Store.AppendAsync(
                new Append(
                    World.Jurisdiction,
                    [
                        new StreamAppend(
                            StreamIds.Touchpoints(client, World.Agency), Streams.Touchpoints.Alias, ExpectedVersion.Exactly(version),
                            [new NewEvent(Guid.CreateVersion7(), fact, about)]),
                    ],
                    new AppendMetadata("agent-1", about.TraceId)),
                CancellationToken.None);
            if (result is not AppendResult.Appended)
                throw new InvalidOperationException($"{result}");
            version++;
        }
    }

    /// <summary>A stored event, to be inserted again and again.</summary>
    private sealed record Row(string Data, string Headers, string Type, string DotnetType)
    {
        private long sequence;

        public static async Task<Row> ReadAsync(World world)
        {
            await using var source = NpgsqlDataSource.Create(world.ConnectionString);
            await using var command = source.CreateCommand(
                "select data::text, headers::text, type, mt_dotnet_type from caseflow.mt_events order by seq_id desc limit 1");
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            return new Row(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3));
        }

        public async Task InsertAsync(NpgsqlDataSource source)
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var command = new NpgsqlCommand(
                """
                insert into public.bare (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, user_name, is_archived)
                values ($1, $2, $3, $4, $5, $6, now(), $7, $8, $9, $10, $11, $12, false)
                """,
                connection);
            command.Parameters.Add(new() { Value = Interlocked.Increment(ref sequence) });
            command.Parameters.Add(new() { Value = Guid.CreateVersion7() });
            command.Parameters.Add(new() { Value = Guid.CreateVersion7() });
            command.Parameters.Add(new() { Value = 1L });
            command.Parameters.Add(new() { Value = Data, NpgsqlDbType = NpgsqlDbType.Jsonb });
            command.Parameters.Add(new() { Value = Type });
            command.Parameters.Add(new() { Value = World.Jurisdiction });
            command.Parameters.Add(new() { Value = DotnetType });
            command.Parameters.Add(new() { Value = "4bf92f3577b34da6a3ce929d0e0e4736" });
            command.Parameters.Add(new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Varchar });
            command.Parameters.Add(new() { Value = Headers, NpgsqlDbType = NpgsqlDbType.Jsonb });
            command.Parameters.Add(new() { Value = "agent-1" });
            await command.ExecuteNonQueryAsync();
        }
    }
}
