using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Embedded;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Settings;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Access;
using CaseFlow.EventStore.Sealing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CaseFlow.Benchmarks;

/// <summary>
/// What recording every read costs: the same timeline pages over HTTP with and without it, in slices that take turns, beside
/// the bare commit of one row. The program has no switch to read unrecorded; here a log that forgets stands before the real one.
/// </summary>
internal sealed class Accesses(WebApplication app, DevelopmentTokens tokens, Accesses.Switched log, Guid[] clients) : IDisposable
{
    private const double Limit = 0.10;
    private const int Clients = 20;
    private const int EntriesPerClient = 60;
    private const int Callers = 128;
    private const int Readers = 200;
    private const int SliceRequests = 100;
    private static readonly TimeSpan RateSlice = TimeSpan.FromSeconds(2);

    private readonly HttpClient http = new() { BaseAddress = new Uri(app.Urls.Single()) };
    private readonly AuthenticationHeaderValue[] readers = [.. Enumerable.Range(0, Readers).Select(n => new AuthenticationHeaderValue(
        "Bearer", tokens.Issue(new Actor($"privacy-{n}", Role.PrivacyOfficer, World.Jurisdiction, Purpose: Purpose.Audit), TimeSpan.FromHours(4))))];

    private int asked;

    public static async Task<bool> RunAsync(string? count)
    {
        var rounds = count is null ? 12 : int.Parse(count, CultureInfo.InvariantCulture);
        var directory = World.NewDirectory();
        Directory.CreateDirectory(directory);
        await using var server = await World.StartServerAsync();
        var settings = new CaseFlowSettings
        {
            ConnectionString = await server.CreateDatabaseAsync($"bench_{Guid.NewGuid():N}"),
            Authentication = new AuthenticationSettings { DevelopmentKeyFile = Path.Combine(directory, "token.key") },
            Keys = new KeySettings { File = Path.Combine(directory, "wrapping.key") },
        };
        FileWrappingKey.OpenOrCreate(settings.Keys.File); // a key that is named must be there
        bool passed;
        await using (var opened = await OpenDatabase.OpenAsync(settings, NullLoggerFactory.Instance, CancellationToken.None))
        await using (var app = Build(settings, opened))
        {
            var database = app.Services.GetRequiredService<CaseFlowDatabase>();
            await database.MigrateAsync(CancellationToken.None);
            var clients = await TellAsync(database);
            await app.StartAsync();
            using var accesses = new Accesses(
                app, new DevelopmentTokens(settings.Authentication.DevelopmentKeyFile), (Switched)app.Services.GetRequiredService<IAccessLog>(), clients);
            passed = await accesses.MeasureAsync(database, settings.ConnectionString!, rounds);
        }

        NpgsqlConnection.ClearAllPools();
        Directory.Delete(directory, recursive: true);
        return passed;
    }

    public void Dispose() => http.Dispose();

    private async Task<bool> MeasureAsync(CaseFlowDatabase database, string connectionString, int rounds)
    {
        await using var owner = NpgsqlDataSource.Create(connectionString);
        await using var bare = new BareCommit(owner);
        await bare.PrepareAsync();
        Dictionary<bool, Side> sides = new() { [false] = new(), [true] = new() };
        var commits = new Latencies();
        for (var round = -2; round < rounds; round++)
        {
            var warming = round < 0;
            foreach (var on in round % 2 == 0 ? new[] { false, true } : [true, false])
            {
                log.On = on;
                await SliceAsync(warming ? new Side() : sides[on]);
            }

            for (var n = 0; n < SliceRequests; n++)
            {
                var started = Stopwatch.GetTimestamp();
                await bare.CommitAsync();
                if (!warming)
                    commits.Add(started);
            }
        }

        return Tell(sides[false], sides[true], commits, await RowsAsync(owner), database.AccessLog.Commits);
    }

    private async Task SliceAsync(Side side)
    {
        for (var n = 0; n < SliceRequests; n++)
        {
            var started = Stopwatch.GetTimestamp();
            await AskAsync();
            side.Alone.Add(started);
        }

        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var done = (await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            var answers = 0;
            for (; watch.Elapsed < RateSlice; answers++)
            {
                var started = Stopwatch.GetTimestamp();
                await AskAsync();
                side.Together.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            return answers;
        })))).Sum();
        side.Rates.Add(done / watch.Elapsed.TotalSeconds);
        side.Cpu.Add((Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / done);
    }

    /// <summary>Another reader every time, so that none meets the limit of requests.</summary>
    private async Task AskAsync()
    {
        var n = Interlocked.Increment(ref asked);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/clients/{clients[n % clients.Length]}/timeline");
        request.Headers.Authorization = readers[n % readers.Length];
        using var answer = await http.SendAsync(request);
        await answer.Content.ReadAsByteArrayAsync();
        answer.EnsureSuccessStatusCode();
    }

    private static bool Tell(Side without, Side with, Latencies commits, long rows, long shared)
    {
        var cost = 1 - (Median(with.Rates) / Median(without.Rates));
        Report.Table(
            [$"timeline page, {Callers} callers", "per second", "slowest slice", "fastest slice", "p50 ms", "p99 ms", "CPU µs of the program and its callers"],
            [Line("not recorded", without), Line("recorded", with)]);
        Report.Table(
            ["one caller", "p50 ms", "p95 ms", "p99 ms", "n"],
            [
                ["not recorded", .. Alone(without.Alone)],
                ["recorded", .. Alone(with.Alone)],
                ["limit of the difference: bare commit of one row", .. Alone(commits)],
            ]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Cost: {cost:P1} of throughput (limit {Limit:P0}), {with.Alone.At(0.5) - without.Alone.At(0.5):0.00} ms for one caller; {Report.Count(rows)} reads in {Report.Count(shared)} commits.\n"));
        return cost <= Limit;

        static string[] Line(string name, Side side) =>
        [
            name, Report.Count(Median(side.Rates)), Report.Count(side.Rates.Min()), Report.Count(side.Rates.Max()),
            Report.Milliseconds(side.Together.At(0.5)), Report.Milliseconds(side.Together.At(0.99)), Report.Count(Median(side.Cpu)),
        ];

        static string[] Alone(Latencies one) => [one.Text(0.5), one.Text(0.95), one.Text(0.99), Report.Count(one.Count)];
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<long> RowsAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("select count(*) from caseflow.cf_access");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static WebApplication Build(CaseFlowSettings settings, OpenDatabase opened)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddCaseFlow(settings, opened);
        // The log stands still, so that nothing but the questions is measured.
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(BackgroundWork)));
        builder.Services.AddSingleton<IAccessLog>(provider => new Switched(provider.GetRequiredService<CaseFlowDatabase>().AccessLog));
        var app = builder.Build();
        app.UseHttpRoom(Doors.Map);
        return app;
    }

    /// <returns>Clients with more than a page of touchpoints each.</returns>
    private static async Task<Guid[]> TellAsync(CaseFlowDatabase database)
    {
        var now = DateTimeOffset.UtcNow;
        Guid[] clients = [.. Enumerable.Range(0, Clients).Select(_ => Guid.CreateVersion7())];
        foreach (var client in clients)
        {
            var registered = RegisterClient.Decide(
                new RegisterClient(client, RegistrationSource.Supervision, World.Agency, null, When.At(now.AddDays(-90))), ClientState.Initial, now).Events;
            var contacts = Enumerable.Range(0, EntriesPerClient).Select(n => new SupervisionContactReported(ContactMode.Phone) { ClientId = client }.At(now.AddDays(-n)));
            await database.Store.AppendAsync(
                new Append(
                    World.Jurisdiction,
                    [
                        new StreamAppend(client, Streams.Client.Alias, ExpectedVersion.NoStream, [.. registered.Select(fact => New(fact, client))]),
                        new StreamAppend(StreamIds.Touchpoints(client, World.Agency), Streams.Touchpoints.Alias, ExpectedVersion.NoStream, [.. contacts.Select(fact => New(fact, client))]),
                    ],
                    new AppendMetadata("bench")),
                CancellationToken.None);
        }

        await database.CatchUpAsync(CancellationToken.None);
        return clients;

        static NewEvent New(DomainEvent fact, Guid client) =>
            new(Guid.CreateVersion7(), fact, new Circumstances { Actor = "bench", Role = Role.Agent, Agency = World.Agency, Purpose = Purpose.Supervision, Intercept = 5 }, client);
    }

    /// <summary>One side of the comparison.</summary>
    private sealed class Side
    {
        public Latencies Alone { get; } = new();

        public SharedLatencies Together { get; } = new();

        public List<double> Rates { get; } = [];

        public List<double> Cpu { get; } = [];
    }

    /// <summary>Durations that many callers add.</summary>
    private sealed class SharedLatencies
    {
        private readonly Latencies all = new();

        public void Add(double milliseconds)
        {
            lock (all)
                all.Add(milliseconds);
        }

        public double At(double share) => all.At(share);
    }

    /// <summary>Records, or says it did.</summary>
    internal sealed class Switched(IAccessLog log) : IAccessLog
    {
        public bool On { get; set; } = true;

        public IDisposable Expect() => log.Expect();

        public Task RecordAsync(AccessEntry entry, CancellationToken cancellation) => On ? log.RecordAsync(entry, cancellation) : Task.CompletedTask;
    }
}
