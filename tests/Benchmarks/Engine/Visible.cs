using System.Diagnostics;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Embedded;
using CaseFlow.Api.Settings;
using CaseFlow.Domain;
using CaseFlow.EventStore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>
/// From the start of an append to its row in an async view, seen by another session that looks every millisecond, while the
/// program does nothing else. Beside it: the time a NOTIFY takes from one session to another.
/// </summary>
internal static class Visible
{
    private const double MedianAllowed = 50;
    private const double LastAllowed = 250;

    public static async Task<IReadOnlyList<Row>> RunAsync(BenchServer server, EngineOptions options)
    {
        var directory = World.NewDirectory();
        Directory.CreateDirectory(directory);
        await using var app = await StartAsync(await server.CreateDatabaseAsync(), directory);
        var database = app.Services.GetRequiredService<CaseFlowDatabase>();
        var connectionString = app.Services.GetRequiredService<OpenDatabase>().Logins.Program;
        for (var n = 0; n < 20; n++)
            await OnceAsync(database);

        var notify = await NotifyAsync(connectionString);
        List<Row> rows = [RowOf("async view, append to visible, idle", await SampleAsync(database, options.Minute), notify)];

        await using (var other = new NpgsqlConnection(connectionString))
        {
            await other.OpenAsync();
            await using var transaction = await other.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
            await using (var begin = new NpgsqlCommand("create table public.unrelated (n int); select pg_current_xact_id(), count(*) from caseflow.mt_events", other, transaction))
                await begin.ExecuteNonQueryAsync();
            rows.Add(RowOf($"the same, an unrelated transaction open for {options.Minute.TotalSeconds:0} s", await SampleAsync(database, options.Minute), notify));
            await transaction.RollbackAsync();
        }

        await app.StopAsync();
        Directory.Delete(directory, recursive: true);
        return rows;
    }

    private static Row RowOf(string work, Latencies ours, Latencies notify)
    {
        Console.WriteLine($"  {work}: p50 {ours.Text(0.5)} ms, p99 {ours.Text(0.99)} ms, longest {ours.Text(1)} ms, n {ours.Count}");
        return new Row(
            work, $"p50 {ours.Text(0.5)}, p99 {ours.Text(0.99)} ms", $"NOTIFY p50 {notify.Text(0.5)}, p99 {notify.Text(0.99)} ms",
            $"{Row.Number(ours.At(0.5) / notify.At(0.5))} × p50", $"p50 ≤ {MedianAllowed} ms, p99 ≤ {LastAllowed} ms",
            ours.At(0.5) <= MedianAllowed && ours.At(0.99) <= LastAllowed, Limits: "waiting between append, sequencer and view; any other work on the machine");
    }

    /// <summary>Appends now and then for so long.</summary>
    private static async Task<Latencies> SampleAsync(CaseFlowDatabase database, TimeSpan time)
    {
        var (latencies, watch) = (new Latencies(), Stopwatch.StartNew());
        while (watch.Elapsed < time)
        {
            await Task.Delay(Random.Shared.Next(100, 300));
            latencies.Add(await OnceAsync(database));
        }

        return latencies;
    }

    private static async Task<double> OnceAsync(CaseFlowDatabase database)
    {
        await using var connection = await database.Reading.OpenConnectionAsync();
        await using (var tenant = new NpgsqlCommand($"set caseflow.tenant = '{EngineUse.Tenant}'", connection))
            await tenant.ExecuteNonQueryAsync();
        var client = Guid.CreateVersion7();
        var events = Sample.Events(client, 1);
        await using var look = new NpgsqlCommand("select exists (select from views.timeline where tenant_id = $1 and key = $2)", connection);
        look.Parameters.Add(new() { Value = EngineUse.Tenant });
        look.Parameters.Add(new() { Value = events[0].EventId.ToString() });
        await look.PrepareAsync();
        var started = Stopwatch.GetTimestamp();
        await database.Store.AppendAsync(
            new Append(EngineUse.Tenant, [new StreamAppend(StreamIds.Touchpoints(client, "dcc"), EngineUse.Alias, ExpectedVersion.NoStream, events)], Sample.Metadata),
            CancellationToken.None);
        while (await look.ExecuteScalarAsync() is not true)
            await Task.Delay(1);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task<Latencies> NotifyAsync(string connectionString)
    {
        await using var listener = new NpgsqlConnection(connectionString);
        await using var speaker = new NpgsqlConnection(connectionString);
        await listener.OpenAsync();
        await speaker.OpenAsync();
        await using (var listen = new NpgsqlCommand("listen round_trip", listener))
            await listen.ExecuteNonQueryAsync();
        var latencies = new Latencies();
        for (var n = 0; n < 200; n++)
        {
            await using var notify = new NpgsqlCommand("notify round_trip", speaker);
            var started = Stopwatch.GetTimestamp();
            var heard = listener.WaitAsync();
            await notify.ExecuteNonQueryAsync();
            await heard;
            latencies.Add(started);
        }

        return latencies;
    }

    /// <summary>The program as it is, composed by itself, on a given database.</summary>
    private static async Task<WebApplication> StartAsync(string connectionString, string directory)
    {
        var settings = new CaseFlowSettings
        {
            ConnectionString = connectionString,
            Authentication = new AuthenticationSettings { DevelopmentKeyFile = ServedProgram.TokenKey(directory) },
            Keys = new KeySettings { File = Path.Combine(directory, "wrapping.key") },
        };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(settings);
        var opened = await OpenDatabase.OpenAsync(settings, NullLoggerFactory.Instance, CancellationToken.None);
        builder.Services.AddSingleton(opened);
        builder.Services.AddCaseFlow(settings, opened);
        var app = builder.Build();
        await app.Services.GetRequiredService<CaseFlowDatabase>().MigrateAsync(CancellationToken.None);
        await app.StartAsync();
        return app;
    }
}
