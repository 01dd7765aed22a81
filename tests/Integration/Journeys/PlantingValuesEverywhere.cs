using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Integration.Coaching;
using CaseFlow.Integration.Erasure;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using Npgsql;
using static CaseFlow.Integration.Coaching.CoachStories;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Journeys;

/// <summary>
/// Every operation about clients is sent planted values in every text that it takes, in what it accepts and in what it refuses,
/// in malformed bodies, addresses and queries. Then everything that the program wrote is searched for them in every form.
/// </summary>
public sealed class PlantingValuesEverywhere : IAsyncLifetime
{
    /// <summary>With letters that JSON escapes, and one that is none of ASCII.</summary>
    private const string Planted = "Zwölfkraut \"Mirabelle\" O'Quitte";

    private const string PlantedNumber = "QX 55-77 31";

    /// <summary>Parts of them: none may be found alone either.</summary>
    private static readonly string[] Values = [Planted, "Zwölfkraut", "Mirabelle", "O'Quitte", PlantedNumber, "QX557731"];

    private County county = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => county = await County.WithAsync(("Limits:RequestBurst", "10000"));

    public ValueTask DisposeAsync() => county.DisposeAsync();

    [Fact]
    public async Task Nothing_that_the_program_writes_or_says_holds_one()
    {
        using var telemetry = new Telemetry();
        var clientId = await county.KnownAsync(Agent, "P-1");
        var overdoseId = await county.ReportAsync(Agent, clientId);
        (await county.KnowAsync(Agent, clientId, overdoseId)).ShouldSucceed();
        var referral = (await county.PostAsync(Agent, "/api/referrals", new { clientId, toAgencyId = "recovery-coaches" })).ShouldSucceed();
        await county.FurnishCoachesAsync();
        var participation = await county.CoachAsync();
        var breachId = Guid.CreateVersion7();
        (await county.PostAsync(Officer, "/api/breaches", new BreachDoors.SuspectRequest("A page was left lying.", breachId))).ShouldSucceed();
        var ids = new Dictionary<string, string>
        {
            ["{clientId"] = clientId.ToString(),
            ["{overdoseId"] = overdoseId.ToString(),
            ["{referralId"] = referral.Json["referralId"]!.GetValue<string>(),
            ["{participationId"] = participation.Split('/')[3],
            ["{court"] = "drug-court",
            ["{breachId"] = breachId.ToString(),
        };
        var answers = new List<Reply>();
        var (kept, sent) = (0, 0);
        foreach (var (route, body) in county.Routes.Where(one => one.Route.Method == "POST" && IsAboutClients(one.Route.Pattern)).OrderBy(one => one.Route.Pattern.Contains("supervision", StringComparison.Ordinal)))
        {
            var actor = new[] { Agent, Supervisor, Officer, Coach, Coordinator, Judge, Lead, Feed, Dispatcher, Administrator }.FirstOrDefault(one => route.Admits(one.Role)) ?? Agent;
            var path = Addressed(route.Pattern, ids);
            var example = body is null ? new JsonObject() : JsonSerializer.SerializeToNode(body, body.GetType(), JsonRules.Options)!;
            foreach (var planted in Plantings(example))
            {
                answers.Add(await county.SendAsync(HttpMethod.Post, actor, path, planted, ("Idempotency-Key", $"planted-{sent++}")));
                if (answers[^1].Text.Contains("if-match-missing", StringComparison.Ordinal))
                    answers.Add(await AtItsVersionAsync(actor, path, planted, $"planted-{sent++}"));
                kept += (int)answers[^1].Status < 300 ? 1 : 0;
                // A search shows the person to those who may see them: that is no leak.
                if (route.Shown is not null && (int)answers[^1].Status < 300)
                    answers.RemoveAt(answers.Count - 1);
            }

            answers.Add(await county.SendAsync(HttpMethod.Post, actor, path, JsonSerializer.Serialize(Planted)[..^3]));
            answers.Add(await county.SendAsync(HttpMethod.Post, actor, path, new JsonArray(Planted).ToJsonString()));
            answers.Add(await county.SendTextAsync(actor, path, Planted, "text/plain"));
        }

        foreach (var route in county.Routes.Select(one => one.Route).Where(route => route.Method == "GET"))
        {
            var escaped = Uri.EscapeDataString(Planted);
            answers.Add(await county.GetAsync(Agent, $"{Addressed(route.Pattern, ids)}?cursor={escaped}&kind={escaped}&from={escaped}"));
            answers.Add(await county.SendAsync(HttpMethod.Get, Agent, $"{Addressed(route.Pattern, ids)}/{escaped}", null, ("If-None-Match", PlantedNumber)));
        }

        await county.Database.CatchUpAsync(Stop);
        answers.Count.ShouldBeGreaterThan(150);
        kept.ShouldBeGreaterThan(3, "Accepted plantings are what the tables are searched for.");
        (await CountKeptAnswersAsync()).ShouldBeGreaterThan(0);

        foreach (var form in Values.SelectMany(Forms).Distinct(StringComparer.Ordinal))
        {
            (await Tables.HoldingAsync(county.ConnectionString, form)).ShouldBeEmpty(form);
            county.Log.Lines.ShouldAllBe(line => !Holds(line, form), form);
            telemetry.Said.ShouldAllBe(said => !Holds(said, form), form);
            answers.ShouldAllBe(answer => !Holds(answer.Text + JsonSerializer.Serialize(answer.Headers), form), form);
            foreach (var file in Directory.EnumerateFiles(county.KeyDirectory, "*", SearchOption.AllDirectories))
                Holds(file + Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Stop)), form).ShouldBeFalse($"{form} in {file}");
        }

        (await Tables.HoldingAsync(county.ConnectionString, clientId.ToString())).ShouldNotBeEmpty("What is no secret is found.");
        // The planted values are there, sealed: this is the search that opens them.
        (await OpenedAsync()).ShouldContain(Planted);
    }

    private static bool IsAboutClients(string pattern) =>
        new[] { "/api/clients", "/api/overdoses", "/api/referrals", "/api/participations", "/api/courts/{court}/referrals", "/api/courts/{court}/packets", "/api/breaches", "/api/drop-in-visits" }.Any(about => pattern.StartsWith(about, StringComparison.Ordinal));

    private static string Addressed(string pattern, Dictionary<string, string> ids) => string.Join('/', pattern.Split('/').Select(part =>
        part.StartsWith('{') ? ids.GetValueOrDefault(part.Split(':', '}')[0], Guid.NewGuid().ToString()) : part));

    /// <summary>A change names a version; the refusal of a wrong one says the right one.</summary>
    private async Task<Reply> AtItsVersionAsync(Actor actor, string path, string body, string key)
    {
        var stale = await county.SendAsync(HttpMethod.Post, actor, path, body, ("If-Match", "\"99\""));
        return (int)stale.Status == 412
            ? await county.SendAsync(HttpMethod.Post, actor, path, body, ("If-Match", $"\"{stale.Json["currentVersion"]}\""), ("Idempotency-Key", key))
            : stale;
    }

    /// <summary>For each text of the example, the example with a planted value in its place; one with all of them, and one with a member more.</summary>
    private static IEnumerable<string> Plantings(JsonNode example)
    {
        var texts = Texts(example).ToList();
        foreach (var value in new[] { Planted, PlantedNumber })
        {
            foreach (var path in texts)
                yield return With(example, [path], value);
        }

        yield return With(example, texts, Planted);
        var unknown = example.DeepClone();
        if (unknown is JsonObject members)
            members["unknownMember"] = Planted;
        yield return unknown.ToJsonString();
    }

    private static string With(JsonNode example, IReadOnlyList<string[]> paths, string value)
    {
        var copy = example.DeepClone();
        foreach (var path in paths)
        {
            var node = copy;
            foreach (var step in path[..^1])
                node = node is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!;
            if (node is JsonArray items)
                items[int.Parse(path[^1], System.Globalization.CultureInfo.InvariantCulture)] = value;
            else
                node[path[^1]] = value;
        }

        return copy.ToJsonString();
    }

    private static IEnumerable<string[]> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Texts(member.Value).Select(rest => (string[])[member.Key, .. rest])),
        JsonArray items => items.SelectMany((item, n) => Texts(item).Select(rest => (string[])[n.ToString(System.Globalization.CultureInfo.InvariantCulture), .. rest])),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [[]],
        _ => [],
    };

    /// <summary>As it is (searched without regard to case), escaped as JSON and as an address, in hexadecimal and in base64 at every offset.</summary>
    private static IEnumerable<string> Forms(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        yield return value;
        yield return JavaScriptEncoder.Default.Encode(value);
        yield return Uri.EscapeDataString(value);
        yield return Convert.ToHexString(bytes);
        for (var offset = 0; offset < 3; offset++)
        {
            // Without the letters that what stands before and after would change.
            var encoded = Convert.ToBase64String([.. new byte[offset], .. bytes]).TrimEnd('=');
            yield return encoded[(offset == 0 ? 0 : 4)..^2];
        }
    }

    private static bool Holds(string text, string form) => text.Contains(form, StringComparison.OrdinalIgnoreCase);

    private async Task<long> CountKeptAnswersAsync()
    {
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand("select count(*) from caseflow.cf_idempotency where key like 'planted-%'");
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }

    private async Task<List<string>> OpenedAsync()
    {
        var opened = new List<string>();
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand(
            "select tenant_id, t.token[1] from caseflow.mt_events e, regexp_matches(e.data::text, '\"(v1\\.[0-9a-f]{32}\\.[^\"]+)\"', 'g') as t (token)");
        await using var reader = await command.ExecuteReaderAsync(Stop);
        while (await reader.ReadAsync(Stop))
            opened.Add(JsonSerializer.Deserialize<JsonNode>(county.Database.Sealer.Open(reader.GetString(0), reader.GetString(1)))!.ToString());
        return opened;
    }
}
