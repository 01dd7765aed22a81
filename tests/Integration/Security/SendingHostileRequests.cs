using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using CaseFlow.Api.Agencies;
using CaseFlow.Api.Documentation;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Integration.Coaching;
using CaseFlow.Integration.Courts;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using Npgsql;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Security;

/// <summary>
/// Every operation of the OpenAPI document, as an attacker calls it who holds a good token. <c>CASEFLOW_FUZZ_ROUNDS</c> makes it
/// longer, <c>CASEFLOW_FUZZ_SEED</c> repeats a run.
/// </summary>
public sealed class SendingHostileRequests(ITestOutputHelper output)
{
    /// <summary>Refusals that mean "not now": the door may say so to anybody.</summary>
    private static readonly string[] NotNow = [ProblemCatalogue.ViewBehind.Code, ProblemCatalogue.TryAgain.Code];

    private static readonly Actor Reviewer = new("auditor-1", Role.Auditor, "demo", "sheriff", Purpose: Purpose.Audit);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> faults = [];
    private readonly ConcurrentDictionary<string, string> refused = [];
    private readonly ConcurrentDictionary<string, string> succeeded = [];

    [Fact]
    public async Task None_is_answered_with_an_error_of_ours_and_none_that_is_refused_leaves_an_event()
    {
        var rounds = Setting("CASEFLOW_FUZZ_ROUNDS") ?? 1;
        var seed = Setting("CASEFLOW_FUZZ_SEED") ?? Random.Shared.Next(1_000_000);
        output.WriteLine($"CASEFLOW_FUZZ_SEED={seed} CASEFLOW_FUZZ_ROUNDS={rounds}");
        await using var county = await County.WithAsync(("Limits:RequestBurst", "1000000"), ("Limits:RequestsPerSecond", "1000000"));
        var api = await ApiOperations.OfAsync(county);
        api.All.Count.ShouldBeGreaterThan(50);
        var owed = await county.OweAsync(Agent);
        await county.FurnishCoachesAsync();
        await county.EngageAsync(Reviewer);
        (await county.PostAsync(Administrator, $"/api/staff/{Reviewer.Id}/audit-grants", new GiveAuditGrantDoor.Request("Review.", county.Now.AddDays(7)))).ShouldSucceed();
        var known = new Dictionary<string, Guid>
        {
            ["clientId"] = owed.ClientId,
            ["overdoseId"] = owed.OverdoseId,
            ["dutyId"] = owed.DutyId,
            ["referralId"] = await county.ReferAsync(owed),
            ["participationId"] = Guid.Parse((await county.AdmitAsync()).Split('/')[^1]),
        };

        await Parallel.ForEachAsync(
            api.All.Select((operation, index) => (operation, index)),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken },
            async (one, _) => await AttackAsync(county, api, one.operation, known, new Random((seed * 1000) + one.index), rounds));

        output.WriteLine($"{refused.Count} refused, {succeeded.Count} succeeded");
        faults.Distinct().Take(20).ShouldBeEmpty($"CASEFLOW_FUZZ_SEED={seed}");
        refused.Count.ShouldBeGreaterThan(1000);
        // That a disclosure was stopped is a fact of its own: it is recorded with its refusal, and nothing else is.
        (await RecordedAsync(county, refused)).Where(one => !one.StartsWith("disclosure_blocked by ", StringComparison.Ordinal)).ShouldBeEmpty("a refused request wrote");
        (await RecordedAsync(county, succeeded)).ShouldNotBeEmpty("nothing was asked that could be granted");
        var log = string.Join('\n', county.Log.Lines);
        log.ShouldNotContain("stopped at position");
        log.Contains(HostileInput.Mark, StringComparison.Ordinal).ShouldBeFalse("what was sent is in the log");
    }

    private async Task AttackAsync(County county, ApiOperations api, ApiOperation operation, Dictionary<string, Guid> known, Random chance, int rounds)
    {
        Guid[] ids = [.. known.Values];
        var people = new[] { Agent, Supervisor, Coach, Dispatcher, Administrator, Feed, Officer, Reviewer, CoachStories.Lead, CourtStories.Coordinator, CourtStories.Judge }.Where(one => operation.Roles.Contains(one.Role.Kebab())).ToArray();
        people.ShouldNotBeEmpty(operation.Id);
        var path = PathOf(operation, known);
        var example = operation.Example?.ToJsonString();

        Task SendAsync(string address, byte[]? body = null, string mediaType = "application/json", (string Name, string Value)? header = null) =>
            AskAsync(county, people[chance.Next(people.Length)], operation, address, body, mediaType, header);
        Task SayAsync(string body) => SendAsync(path, Encoding.UTF8.GetBytes(body), header: ("If-Match", $"\"{chance.Next(1, 7)}\""));

        for (var round = 0; round < rounds; round++)
        {
            foreach (var (_, value) in operation.Parameters.Where(one => one.In == "path").SelectMany(one => Few(HostileInput.PathParts, chance, 5).Select(part => (one, PathOf(operation, known, one.Name, part)))))
                await SendAsync(value, example is null ? null : Encoding.UTF8.GetBytes(example));
            foreach (var (name, _) in operation.Parameters.Where(one => one.In == "query"))
            {
                foreach (var value in Few(HostileInput.QueryValues, chance, 5))
                    await SendAsync($"{path}?{name}={value}");
                await SendAsync($"{path}?{name}=1&{name}=2");
            }

            await SendAsync($"{path}?{HostileInput.Mark}=1&%00=&=");
            foreach (var header in Few(HostileInput.Headers, chance, 7))
                await SendAsync(path, example is null ? null : Encoding.UTF8.GetBytes(example), header: header);
            if (operation.Body is null || example is null)
                continue;
            foreach (var (body, mediaType) in HostileInput.Bodies(example, chance))
                await SendAsync(path, body, mediaType);
            foreach (var body in HostileInput.Spoilt(operation.Example!, chance, each: 3))
                await SayAsync(body);
            for (var draw = 0; draw < 12; draw++)
                await SayAsync(api.Draw(operation.Body, chance, ids)?.ToJsonString() ?? "null");
        }
    }

    private async Task AskAsync(
        County county, Actor actor, ApiOperation operation, string path, byte[]? body, string mediaType, (string Name, string Value)? header, bool isSecond = false)
    {
        var trace = Guid.NewGuid().ToString("N");
        var address = new Uri(county.Http.BaseAddress!.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(operation.Method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", county.TokenOf(actor));
        request.Headers.TryAddWithoutValidation("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        }

        if (header is var (name, value) && !request.Headers.TryAddWithoutValidation(name, value))
            request.Content?.Headers.TryAddWithoutValidation(name, value);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bounded.CancelAfter(Patience);
        var what = $"{operation.Method} {Short(path)} {header?.Name} {Short(header?.Value ?? "")} {Short(body is null ? "" : Encoding.UTF8.GetString(body))}";
        try
        {
            using var response = await county.Http.SendAsync(request, bounded.Token);
            Judge(await Reply.OfAsync(response), trace, what);
        }
        catch (OperationCanceledException) when (bounded.IsCancellationRequested && !TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            faults.Enqueue($"hangs: {what}");
        }
        catch (HttpRequestException broken) when (body is { Length: > 65536 })
        {
            // The server may hang up while too much is still being sent: that is a refusal too.
            output.WriteLine($"{what}: {broken.Message}");
        }
        catch (HttpRequestException) when (!isSecond)
        {
            // It went out on a connection that the server was just hanging up, because too much had been sent on it before. Asked once more, on another, it is answered.
            await AskAsync(county, actor, operation, path, body, mediaType, header, isSecond: true);
        }
    }

    private void Judge(Reply reply, string trace, string what)
    {
        if (reply.Status < 400)
        {
            succeeded[trace] = what;
            return;
        }

        refused[trace] = $"{reply.Status} {Short(reply.Text)} to {what}";
        // What breaks HTTP itself is refused by the server before there is a request to answer.
        if (reply is { Status: 400, Text: "" } && reply["Connection"] == "close")
            return;
        if (reply["Content-Type"] != "application/problem+json")
            faults.Enqueue($"{reply.Status} is no problem: {what}: {Short(reply.Text)}");
        else if (reply.Json["code"]!.GetValue<string>() is var code && (!ProblemBook.All.TryGetValue(code, out var kind) || kind.Status != reply.Status))
            faults.Enqueue($"{reply.Status} {code} is not in the book: {what}");
        else if (reply.Status >= 500 && !NotNow.Contains(code))
            faults.Enqueue($"{reply.Status} {code}: {what}");
    }

    /// <returns>What was recorded by requests, each with the request.</returns>
    private static async Task<IReadOnlyList<string>> RecordedAsync(County county, IReadOnlyDictionary<string, string> requests)
    {
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand("select type, correlation_id from caseflow.mt_events where correlation_id = any(@traces)");
        command.Parameters.AddWithValue("traces", requests.Keys.ToArray());
        var recorded = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
            recorded.Add($"{rows.GetString(0)} by {requests[rows.GetString(1)]}");
        return recorded;
    }

    private static string PathOf(ApiOperation operation, Dictionary<string, Guid> known, string? spoilt = null, string? part = null) =>
        operation.Parameters.Where(one => one.In == "path").Aggregate(operation.Path, (path, one) => path.Replace(
            $"{{{one.Name}}}",
            one.Name == spoilt ? part : one.Name switch
            {
                "agencyId" => "dcc",
                "officeId" => "north",
                "court" => "drug-court",
                "version" => "1",
                _ when known.TryGetValue(one.Name, out var id) => $"{id}",
                _ when one.Name is "staffId" or "programId" => "fuzzed",
                _ => $"{Guid.CreateVersion7()}",
            },
            StringComparison.Ordinal));

    private static IEnumerable<T> Few<T>(IReadOnlyList<T> all, Random chance, int count) => Enumerable.Range(0, count).Select(_ => all[chance.Next(all.Count)]);

    private static string Short(string text) => text.Length <= 160 ? text : text[..160] + "…";

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
