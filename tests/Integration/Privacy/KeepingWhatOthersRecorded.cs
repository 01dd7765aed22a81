using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Coaching;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using static CaseFlow.Integration.Coaching.CoachStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Privacy;

/// <summary>
/// What an agency recorded from the start under a law that asks for a consent, or as a worker's private note, is shown to nobody else by any door while
/// nobody consented: walked through every route that records such an entry and every route that shows anything.
/// </summary>
public sealed class KeepingWhatOthersRecorded(County county) : IClassFixture<County>, IAsyncLifetime
{
    /// <summary>What of an entry is told in the recorder's own words, or in codes of theirs.</summary>
    private const string Planted = "planted-code";

    private static readonly string[] Coded = ["facility", "from", "to", "levelOfCare", "need"];

    public async ValueTask InitializeAsync() => await county.FurnishCoachesAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("PART2")]
    [InlineData("WORKER_PRIVATE")]
    public async Task No_door_shows_it_to_those_who_supervise_the_client_or_lets_them_add_to_it(string label)
    {
        var owed = await county.OweAsync(Agent);
        var referralId = await county.ReferAsync(owed);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        (await county.AcknowledgeAsync(Coach, referralId)).ShouldSucceed();
        var (recorded, overdoseId) = await RecordAllAsync(owed.ClientId, label);
        var entries = (await county.AskAsync(Lead, $"/api/clients/{owed.ClientId}/timeline?limit=100")).ShouldSucceed().Json["items"]!.AsArray()
            .Where(item => item!["labels"]!.AsArray().Any(code => code!.GetValue<string>() == label)).ToList();
        entries.Count.ShouldBeGreaterThanOrEqualTo(recorded, "those whose they are see them");
        // What is known of the receiver's side is decided by its own consent.
        string[] secrets = [Planted, .. entries.Select(entry => entry!["eventId"]!.GetValue<string>())];
        var ids = new Dictionary<string, Guid>
        {
            ["clientId"] = owed.ClientId,
            ["dutyId"] = owed.DutyId,
            ["referralId"] = referralId,
            ["overdoseId"] = overdoseId,
        };

        (await ShownAsync(Lead)).ShouldNotBeEmpty();
        foreach (var actor in new[] { Agent, Supervisor })
        {
            (await ShownAsync(actor)).ShouldBeEmpty(actor.Id);
            (await ChangedAsync(actor)).ShouldBeEmpty(actor.Id);
        }

        // That there was an overdose is the agent's to know once it is on record; what was reported of it is not.
        (await county.KnowAsync(Agent, owed.ClientId, overdoseId)).ShouldSucceed();
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        foreach (var actor in new[] { Agent, Supervisor })
        {
            (await ShownAsync(actor)).ShouldBeEmpty(actor.Id);
            (await ChangedAsync(actor)).ShouldBeEmpty(actor.Id);
        }

        async Task<List<string>> ShownAsync(Actor actor)
        {
            var shown = new List<string>();
            foreach (var (route, _) in county.Routes.Where(one => one.Route.Method == "GET" && one.Route.Access.Roles is not null && one.Route.Admits(actor.Role)))
            {
                var reply = await county.AskAsync(actor, PathOf(route.Pattern));
                reply.Status.ShouldBeLessThan(500, $"{actor.Id} {route.Name}: {reply.Text}");
                if (secrets.Any(secret => reply.Text.Contains(secret, StringComparison.Ordinal)))
                    shown.Add(route.Name);
            }

            return shown;
        }

        // What changes an overdose; that the agent knows of it is the agent's own.
        async Task<List<string>> ChangedAsync(Actor actor)
        {
            var changed = new List<string>();
            var routes = county.Routes.Where(one => one.Route.Method == "POST" && one.Route.Pattern.StartsWith("/api/overdoses/{overdoseId", StringComparison.Ordinal)
                && one.Route.Admits(actor.Role)).ToList();
            routes.Count.ShouldBeGreaterThanOrEqualTo(5);
            foreach (var (route, body) in routes)
            {
                if ((await county.ChangeAsync(actor, PathOf(route.Pattern), "\"1\"", body)).Status is not (403 or 404))
                    changed.Add(route.Name);
            }

            return changed;
        }

        string PathOf(string pattern) => Regex.Replace(pattern, @"\{(\w+)[^}]*\}", part => $"{ids.GetValueOrDefault(part.Groups[1].Value, Guid.CreateVersion7())}");
    }

    /// <summary>By every route that takes a filing from a coach.</summary>
    /// <returns>How many entries there are, and the overdose.</returns>
    private async Task<(int Entries, Guid OverdoseId)> RecordAllAsync(Guid clientId, string label)
    {
        var (count, overdoseId) = (0, Guid.CreateVersion7());
        foreach (var (route, example) in county.Routes.Where(one => one.Route.Method == "POST" && one.Body is not null && one.Route.Admits(Coach.Role)))
        {
            var body = JsonSerializer.SerializeToNode(example, example!.GetType(), JsonRules.Options)!.AsObject();
            if (!example.GetType().GetProperties().Any(property => property.Name == "FiledAs"))
                continue;
            body["note"] = $"The {Planted}.";
            body["filedAs"] = new JsonObject { ["workerPrivate"] = label == "WORKER_PRIVATE" };
            body.Remove("when");
            foreach (var code in Coded.Where(body.ContainsKey))
                body[code] = Planted;
            if (body["details"] is JsonObject details)
            {
                details["area"] = Planted;
                (body["overdoseId"], body["clientId"]) = (overdoseId, clientId);
                body["when"] = new JsonObject { ["occurredAt"] = county.Now.AddMinutes(-40) };
            }

            var reply = await county.PostAsync(Coach, route.Pattern.Replace("{clientId:guid}", $"{clientId}", StringComparison.Ordinal), body);
            reply.Status.ShouldBeInRange(200, 204, $"{route.Name}: {reply.Text}");
            count++;
        }

        count.ShouldBeGreaterThan(9);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        return (count, overdoseId);
    }
}
