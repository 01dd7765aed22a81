using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Overdoses;
using CaseFlow.Api.Referrals;
using CaseFlow.Api.Supervision;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Supervision;

namespace CaseFlow.Benchmarks;

/// <summary>
/// The overdose journey, one request after another by one caller, on the program in a process of its own with its
/// demonstration county: everything is in a figure, token check to commit, except the network.
/// </summary>
internal static class Requests
{
    private const int WarmUp = 30;
    private static readonly string[] Steps = ["known", "create", "send", "acknowledge", "attest", "compliance page", "timeline page"];

    public static async Task<bool> RunAsync(string? count)
    {
        var journeys = count is null ? 300 : int.Parse(count, CultureInfo.InvariantCulture);
        var directory = World.NewDirectory();
        Directory.CreateDirectory(directory);
        await using (var program = await ServedProgram.StartAsync(directory))
        {
            var figures = Steps.ToDictionary(step => step, _ => new Latencies());
            using var caller = new Caller(program.Address, new DevelopmentTokens(ServedProgram.TokenKey(directory)));
            for (var n = -WarmUp; n < journeys; n++)
                await JourneyAsync(caller, n < 0 ? Steps.ToDictionary(step => step, _ => new Latencies()) : figures);
            Report.Table(
                ["request", "p50 ms", "p95 ms", "p99 ms", "n"],
                Steps.Select(step => new[] { step, figures[step].Text(0.5), figures[step].Text(0.95), figures[step].Text(0.99), Report.Count(figures[step].Count) }));
        }

        Directory.Delete(directory, recursive: true);
        return true;
    }

    private static async Task JourneyAsync(Caller caller, Dictionary<string, Latencies> figures)
    {
        var (client, overdose, referral) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var now = DateTimeOffset.UtcNow;
        var duty = NamedId.Of(client, $"duty/{overdose}");
        await caller.PostAsync(Caller.Agent, "/api/clients", new RegisterClientDoor.Request(RegistrationSource.Supervision, client));
        await caller.PostAsync(
            Caller.Agent, $"/api/clients/{client}/supervision/start", new StartSupervisionRequest(SupervisionStatus.Probation, "dcc", "dcc-north", "agent-1"));
        await caller.PostAsync(
            Caller.Agent, "/api/overdoses",
            new ReportOverdoseDoor.Request(overdose, client, DetailsPart.Example, OverdoseSource.Hospital, new WhenPart(now.AddHours(-2))));

        await caller.PostAsync(
            Caller.Agent, $"/api/clients/{client}/overdoses/{overdose}/known", new KnownRequest(now.AddHours(-1), LearnedFrom.Hospital), figures["known"]);
        var created = await caller.PostAsync(
            Caller.Agent, "/api/referrals", new CreateReferralRequest(client, "safe-communities", referral, duty), figures["create"]);
        await caller.PostAsync(Caller.Agent, $"/api/referrals/{referral}/send", new SendRequest(), figures["send"], created);
        await caller.PostAsync(Caller.Coach, $"/api/referrals/{referral}/acknowledge", new WhenOnly(), figures["acknowledge"]);
        var read = await caller.GetAsync(Caller.Agent, $"/api/clients/{client}/referral-duty");
        await caller.PostAsync(Caller.Agent, $"/api/clients/{client}/referral-duty/attest", new WhichDuty(), figures["attest"], read);
        await caller.GetAsync(Caller.Supervisor, "/api/referral-compliance", figures["compliance page"]);
        await caller.GetAsync(Caller.Agent, $"/api/clients/{client}/timeline", figures["timeline page"]);
    }

    /// <summary>One connection, tokens made beforehand.</summary>
    private sealed class Caller(string address, DevelopmentTokens tokens) : IDisposable
    {
        public static readonly Actor Agent = new("agent-1", Role.Agent, "demo", "dcc", "dcc-north", Purpose.Supervision);
        public static readonly Actor Supervisor = new("supervisor-1", Role.AgentSupervisor, "demo", "dcc", "dcc-north", Purpose.Supervision);
        public static readonly Actor Coach = new("coach-1", Role.Coach, "demo", "safe-communities");

        private readonly HttpClient http = new() { BaseAddress = new Uri(address) };
        private readonly Dictionary<Actor, string> held = [];

        public Task<string?> PostAsync(Actor actor, string path, object body, Latencies? figure = null, string? version = null) =>
            SendAsync(HttpMethod.Post, actor, path, body, figure, version);

        public Task<string?> GetAsync(Actor actor, string path, Latencies? figure = null) => SendAsync(HttpMethod.Get, actor, path, null, figure, null);

        public void Dispose() => http.Dispose();

        /// <returns>The version that the answer names.</returns>
        private async Task<string?> SendAsync(HttpMethod method, Actor actor, string path, object? body, Latencies? figure, string? version)
        {
            if (!held.TryGetValue(actor, out var token))
                held[actor] = token = tokens.Issue(actor, TimeSpan.FromHours(4));
            while (true)
            {
                using var request = new HttpRequestMessage(method, path);
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                if (body is not null)
                    request.Content = JsonContent.Create(body, body.GetType(), options: JsonRules.Options);
                if (version is not null)
                    request.Headers.TryAddWithoutValidation("If-Match", version);
                var started = Stopwatch.GetTimestamp();
                using var answer = await http.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                {
                    await Task.Delay(TimeSpan.FromSeconds(1)); // more than one caller may ask; not part of any figure
                    continue;
                }

                if (!answer.IsSuccessStatusCode)
                    throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {text}");
                figure?.Add(started);
                return answer.Headers.ETag?.ToString();
            }
        }
    }
}
