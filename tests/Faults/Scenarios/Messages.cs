using System.Collections.Concurrent;
using CaseFlow.Api.Composition;
using CaseFlow.Faults.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CaseFlow.Faults.Scenarios;

/// <summary>What leaves the database is told at least once, each time under the same id.</summary>
internal static class Messages
{
    private const string Undelivered = "select count(*) from caseflow.cf_outbox where delivered_at is null";

    private const string Ids = "select string_agg(id::text, ' ' order by id) from caseflow.cf_outbox";

    /// <summary>The receiver has a message, its mark is about to be written: there the program is killed.</summary>
    public static async Task<Report> KilledBetweenSendingAndMarkingAsync(int seed, int kills)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var arena = await Arena.OpenAsync("killing between sending and marking", seed);
        arena.NodeSettings = [$"--Notices:Webhook={receiver.Address}"];
        await Lingering.AtAsync(arena.Server, "update", "cf_outbox");
        var node = await arena.StartNodeAsync();
        var owed = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            if (owed < arena.Clients.Count)
                await Timers.OweAsync(node, arena.Clients[owed++], DateTimeOffset.UtcNow.AddDays(-10));
            await Machine.UntilAsync(
                $"a message is sent and about to be marked (seed {seed})", TimeSpan.FromSeconds(30),
                () => Lingering.IsAsync(arena.Server, "node-", "delivered_at"));
            await Task.Delay(arena.Random.Next(200));
            arena.Kill(node);
            node = await arena.StartNodeAsync();
        }

        await Lingering.NoMoreAtAsync(arena.Server, "cf_outbox");
        await Machine.UntilAsync(
            $"every message is delivered (seed {seed})", TimeSpan.FromSeconds(60),
            async () => receiver.Told.Count >= owed * Timers.NoticesPerDuty && await arena.Server.AskAsync<long>(Undelivered, "caseflow") == 0);
        var report = await arena.FinishAsync();
        string.Join(' ', receiver.Told.Keys.Order()).ShouldBe(await arena.Server.AskAsync<string>(Ids, "caseflow"), $"nothing else was told (seed {seed})");
        receiver.Told.Count.ShouldBe(owed * Timers.NoticesPerDuty, $"each notice has one id, however often it is told (seed {seed})");
        var again = receiver.Told.Values.Sum(texts => texts.Count - 1);
        again.ShouldBeGreaterThanOrEqualTo(1, $"a kill between sending and marking tells it again (seed {seed})");
        receiver.Told.Values.ShouldAllBe(texts => texts.Distinct().Count() == 1, $"the same id says the same (seed {seed})");
        return report with { Notes = $"{receiver.Told.Count} messages, {again} told again under their own ids" };
    }

    /// <summary>The system outside: takes whatever it is told.</summary>
    private sealed class Receiver(WebApplication application) : IAsyncDisposable
    {
        public ConcurrentDictionary<string, ConcurrentBag<string>> Told { get; } = new();

        public string Address => $"{application.Urls.Single()}/notices";

        public static async Task<Receiver> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var application = builder.Build();
            var receiver = new Receiver(application);
            application.MapPost("/notices", receiver.TakeAsync);
            await application.StartAsync();
            return receiver;
        }

        public ValueTask DisposeAsync() => application.DisposeAsync();

        private async Task TakeAsync(HttpRequest told)
        {
            using var reader = new StreamReader(told.Body);
            Told.GetOrAdd(told.Headers[NoticeWebhook.IdHeader].ToString(), _ => []).Add(await reader.ReadToEndAsync());
        }
    }
}
