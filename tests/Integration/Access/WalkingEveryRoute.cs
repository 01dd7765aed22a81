using System.Text.RegularExpressions;
using CaseFlow.Api.Agencies;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Referrals;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Courts;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Access;

/// <summary>The whole list of routes and roles, as the running program has it.</summary>
public sealed partial class WalkingEveryRoute(WalkingEveryRoute.Unhurried unhurried) : IClassFixture<WalkingEveryRoute.Unhurried>
{
    private readonly County county = unhurried.County;

    private static readonly Role[] WithoutEntry = [Role.Administrator, Role.Service, Role.PrivacyOfficer];

    private static readonly Dictionary<string, Guid> Unknown = [];

    [Fact]
    public async Task Whoever_shows_no_token_gets_401_everywhere_but_on_open_routes()
    {
        foreach (var (route, body) in county.Routes)
        {
            var reply = await AskAsync(null, route, body, Unknown);
            if (route.Access.Roles is null)
                reply.Status.ShouldNotBe(401, route.Pattern);
            else
                reply.ShouldBeProblem(401, "token-missing");
        }

        county.Routes.Where(route => route.Route.Access.Roles is null).Select(route => route.Route.Pattern).ShouldAllBe(pattern => !pattern.StartsWith("/api/"));
    }

    [Fact]
    public async Task Every_role_that_is_not_on_the_list_gets_403()
    {
        foreach (var (route, body) in Closed())
        {
            foreach (var role in Enum.GetValues<Role>().Where(role => !route.Admits(role)))
                (await AskAsync(At(role), route, body, Unknown)).ShouldBeProblem(403, "role-not-allowed");
        }
    }

    [Fact]
    public async Task Every_role_on_the_list_passes()
    {
        foreach (var role in Enum.GetValues<Role>().Except(WithoutEntry))
            await county.EngageAsync(At(role));

        foreach (var (route, body) in Closed())
        {
            foreach (var role in Enum.GetValues<Role>().Where(route.Admits))
            {
                var reply = await AskAsync(At(role), route, body, Unknown);
                var code = reply.Status < 400 ? null : reply.Json["code"]!.GetValue<string>();
                code.ShouldNotBeOneOf(["token-missing", "token-invalid", "token-incomplete", "role-not-allowed", "not-in-directory"], $"{role} {route.Name}");
                reply.Status.ShouldBeLessThan(500, $"{role} {route.Name}: {reply.Text}");
            }
        }
    }

    [Fact]
    public async Task A_role_that_the_directory_does_not_know_there_gets_403()
    {
        foreach (var role in Enum.GetValues<Role>().Except(WithoutEntry))
        {
            await county.EngageAsync(At(role));
            await county.EngageAsync(Departed(role));
            (await county.PostAsync(Administrator, $"/api/staff/{Departed(role).Id}/depart", BecauseRequest.Example)).ShouldSucceed();
        }

        foreach (var (route, body) in Closed())
        {
            foreach (var role in Enum.GetValues<Role>().Except(WithoutEntry).Where(route.Admits))
            {
                var here = At(role);
                List<Actor> wrong = [here with { Agency = "peer-house" }, here with { Agency = null }, here with { Id = "nobody" }, here with { Jurisdiction = "nowhere" }, Departed(role)];
                if (here.Office is not null)
                    wrong.AddRange([here with { Office = "south" }, here with { Office = null }]);
                foreach (var actor in wrong)
                    (await AskAsync(actor, route, body, Unknown)).ShouldBeProblem(403, "not-in-directory");
            }
        }
    }

    [Fact]
    public async Task What_is_somebody_elses_answers_byte_for_byte_like_what_does_not_exist()
    {
        var real = await SomebodyElsesAsync();
        foreach (var role in Enum.GetValues<Role>().Except(WithoutEntry))
        {
            await county.EngageAsync(InElsewhere(role));
            foreach (var stranger in Strangers(role))
                await county.EngageAsync(stranger);
        }

        (await county.PostAsync(Administrator with { Jurisdiction = "elsewhere" }, $"/api/staff/{At(Role.Auditor).Id}/audit-grants", new GiveAuditGrantDoor.Request(
            "Yearly audit.", county.Now.AddDays(7)))).ShouldSucceed();
        var walked = 0;
        foreach (var (route, body) in Closed().Where(route => Parameter().Matches(route.Route.Pattern).Any(one => real.ContainsKey(one.Groups["name"].Value))))
        {
            foreach (var role in Enum.GetValues<Role>().Where(route.Admits))
            {
                // A dispatcher reports on whomever they meet, and reads nothing by it.
                // Whoever opens a record in an emergency reaches anybody of the county; that is on record and reviewed.
                var opens = route.Name == "useEmergencyAccess";
                var meetsAnybody = opens || (role == Role.Dispatcher && route.Pattern.Contains("/touchpoints/", StringComparison.Ordinal));
                var elsewhere = opens ? InElsewhere(role) with { Purpose = Purpose.Care } : InElsewhere(role);
                foreach (var actor in meetsAnybody ? [elsewhere] : Strangers(role).Append(elsewhere))
                {
                    // An opening is new: a version of it is refused whosever record it is.
                    foreach (var version in opens ? [null] : new[] { null, "\"1\"" })
                    {
                        await ShouldNotExistAsync(actor, route, body, real, version);
                        walked++;
                    }
                }
            }
        }

        walked.ShouldBeGreaterThan(200);
    }

    [Fact]
    public async Task A_known_clients_route_does_not_show_somebody_elses_overdose_or_duty()
    {
        var real = await SomebodyElsesAsync();
        var own = await county.OweAsync(Colleague);
        var mixed = new Dictionary<string, Guid>(real) { ["clientId"] = own.ClientId };
        foreach (var (route, body) in Closed().Where(route => route.Route.Pattern.Contains("{clientId") && route.Route.Pattern.Contains("{overdoseId")))
            await ShouldNotExistAsync(Colleague, route, body, mixed, "\"2\"", keep: "clientId");
    }

    [Fact]
    public async Task A_referral_of_somebody_elses_client_cannot_be_prepared()
    {
        var real = await SomebodyElsesAsync();
        await county.EngageAsync(InElsewhere(Role.Agent));
        foreach (var actor in new[] { Colleague, SouthAgent, SouthSupervisor, InElsewhere(Role.Agent) })
        {
            await county.ShouldNotExistAsync(actor, real["clientId"], id =>
                county.PostAsync(actor, "/api/referrals", new CreateReferralRequest(id, "recovery-coaches", DutyId: real["dutyId"])));
        }
    }

    /// <summary>A client of an agent of the north office, with an overdose, a duty, a referral, and something of each kind that hangs on a client.</summary>
    private async Task<Dictionary<string, Guid>> SomebodyElsesAsync()
    {
        var owed = await county.OweAsync(Agent);
        var client = $"/api/clients/{owed.ClientId}";
        var point = await county.PostAsync(Agent, client + "/contact-points", ContactPointRequest.Example);
        var number = await county.PostAsync(Agent, client + "/external-identifiers", new IdentifierRequest(IdentifierSystem.Doc, $"W{Random.Shared.Next()}"));
        var opened = await county.PostAsync(Coach, client + "/emergency-access", new EmergencyDoors.UseRequest(EmergencyReason.Overdose, "Found unconscious."));
        var proof = new ProofPart(ProofOfIdentity.PhotoDocument);
        async Task<Guid> AskAsync(string path, object body) =>
            (await county.PostAsync(Officer, $"{client}/{path}", body)).ShouldSucceed().Json["requestId"]!.GetValue<Guid>();
        return new()
        {
            ["requestId"] = await AskAsync("records-requests", new RecordsAsk(proof)),
            ["participationId"] = await TakesPartAsync(),
            ["emergencyAccessId"] = opened.ShouldSucceed().Json["emergencyAccessId"]!.GetValue<Guid>(),
            ["clientId"] = owed.ClientId,
            ["overdoseId"] = owed.OverdoseId,
            ["dutyId"] = owed.DutyId,
            ["referralId"] = await county.ReferAsync(owed),
            ["contactPointId"] = point.ShouldSucceed().Json["contactPointId"]!.GetValue<Guid>(),
            ["identifierId"] = number.ShouldSucceed().Json.AsObject().First(member => member.Key != "clientId").Value!.GetValue<Guid>(),
        };
    }

    /// <summary>Somebody in a court that none of the strangers works for.</summary>
    private async Task<Guid> TakesPartAsync()
    {
        await county.FurnishCourtAsync();
        return Guid.Parse((await county.AdmitAsync()).Split('/')[^1]);
    }

    private async Task ShouldNotExistAsync(
        Actor actor, RouteRole route, object? body, Dictionary<string, Guid> real, string? version, string? keep = null)
    {
        // Ids that the caller chooses name nothing either way; they are known here, so that they can be left out of both answers.
        var named = Parameter().Matches(route.Pattern).Where(match => match.Groups["kind"].Value == "guid").Select(match => match.Groups["name"].Value);
        real = real.Concat(named.Except(real.Keys).Select(name => KeyValuePair.Create(name, Guid.CreateVersion7()))).ToDictionary();
        var nothing = real.ToDictionary(one => one.Key, one => one.Key == keep ? one.Value : Guid.CreateVersion7());
        var what = $"{actor.Role} {actor.Id} of {actor.Jurisdiction}: {route.Method} {route.Pattern}";
        var reply = await AskAsync(actor, route, body, real, version);
        reply.Status.ShouldBe(404, $"{what}: {reply.Text}");
        Blank(reply, real).ShouldBe(Blank(await AskAsync(actor, route, body, nothing, version), nothing), what);
    }

    private static string Blank(Reply reply, Dictionary<string, Guid> ids) =>
        ids.Values.Aggregate(reply.Without(ids.First().Value), (text, id) => text.Replace(id.ToString(), "?", StringComparison.Ordinal));

    private Task<Reply> AskAsync(Actor? actor, RouteRole route, object? body, Dictionary<string, Guid> ids, string? version = null)
    {
        var path = Parameter().Replace(route.Pattern, match => (match.Groups["name"].Value, match.Groups["kind"].Value) switch
        {
            var (name, kind) when kind == "guid" => $"{ids.GetValueOrDefault(name, Guid.CreateVersion7())}",
            (_, "int") => "999",
            _ => "nobody",
        });
        return county.SendAsync(new HttpMethod(route.Method), actor, path, body, version is null ? [] : [("If-Match", version)]);
    }

    private IEnumerable<(RouteRole Route, object? Body)> Closed() => county.Routes.Where(route => route.Route.Access.Roles is not null);

    /// <summary>One of a role, at work where one would be.</summary>
    private static Actor At(Role role) => role switch
    {
        Role.Agent or Role.AgentSupervisor => new($"walking-{role.Kebab()}", role, "demo", "dcc", "north"),
        Role.Coach or Role.CoachSupervisor or Role.PeerSpecialist => new($"walking-{role.Kebab()}", role, "demo", "recovery-coaches"),
        Role.Service => new($"walking-{role.Kebab()}", role, "demo", "dcc"),
        _ when WithoutEntry.Contains(role) => new($"walking-{role.Kebab()}", role, "demo"),
        _ => new($"walking-{role.Kebab()}", role, "demo", "sheriff"),
    };

    private static Actor Departed(Role role) => At(role) with { Id = $"gone-{role.Kebab()}" };

    private static Actor InElsewhere(Role role) => At(role) with { Jurisdiction = "elsewhere" };

    /// <summary>Of the same county, without a right: another agent, another office, another agency.</summary>
    private static IReadOnlyList<Actor> Strangers(Role role) => role switch
    {
        Role.Agent => [Colleague, SouthAgent, At(role)],
        Role.AgentSupervisor => [SouthSupervisor],
        Role.Coach => [OtherCoach],
        // They see what is the county's (a system, the privacy officer), or under a grant that nobody gave them.
        Role.Administrator or Role.Service or Role.PrivacyOfficer or Role.Auditor => [],
        _ => [At(role) with { Id = $"stranger-{role.Kebab()}", Agency = "peer-house" }],
    };

    [GeneratedRegex(@"\{(?<name>\w+)(:(?<kind>\w+))?\}")]
    private static partial Regex Parameter();

    /// <summary>A county that lets one caller walk all its routes without a pause.</summary>
    public sealed class Unhurried : IAsyncLifetime
    {
        public County County { get; private set; } = null!;

        public async ValueTask InitializeAsync() => County = await County.WithAsync(("Limits:RequestBurst", "100000"));

        public ValueTask DisposeAsync() => County.DisposeAsync();
    }
}
