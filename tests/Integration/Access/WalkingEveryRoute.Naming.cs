using System.Text.Json.Nodes;
using CaseFlow.Api.Agencies;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Access;

/// <summary>Ids that are named elsewhere than for one's own record: by a role that may not, in a body, in a filter.</summary>
public sealed partial class WalkingEveryRoute
{
    [Fact]
    public async Task A_role_that_is_not_on_the_list_cannot_tell_what_exists()
    {
        var real = await SomebodyElsesAsync();
        var walked = 0;
        foreach (var (route, body) in WithAnIdOf(real))
        {
            foreach (var role in Enum.GetValues<Role>().Where(role => !route.Admits(role)))
            {
                var reply = await AskAsync(At(role), route, body, real, "\"1\"");
                reply.ShouldBeProblem(403, "role-not-allowed");
                Blank(reply, real).ShouldBe(await OfNothingAsync(At(role), route, body, real), $"{role} {route.Name}");
                walked++;
            }
        }

        walked.ShouldBeGreaterThan(200);
    }

    [Fact]
    public async Task Another_agency_of_the_same_kind_with_an_office_of_the_same_name_is_a_stranger()
    {
        await FurnishNeighboursAsync();
        var real = await SomebodyElsesAsync();
        var walked = 0;
        foreach (var (route, body) in WithAnIdOf(real).Where(one => one.Route.Name != "useEmergencyAccess"))
        {
            foreach (var actor in Neighbours.Where(actor => route.Admits(actor.Role)))
            {
                foreach (var version in new[] { null, "\"1\"", "\"99\"" })
                {
                    await ShouldNotExistAsync(actor, route, body, real, version);
                    walked++;
                }
            }
        }

        walked.ShouldBeGreaterThan(50);
    }

    [Fact]
    public async Task An_id_in_a_body_tells_no_more_than_one_in_an_address()
    {
        await FurnishNeighboursAsync();
        await county.EngageAsync(InElsewhere(Role.Agent));
        var real = await SomebodyElsesAsync();
        var walked = 0;
        foreach (var (route, body) in Closed().Where(one => one.Body is not null))
        {
            var example = System.Text.Json.JsonSerializer.SerializeToNode(body, body!.GetType(), JsonRules.Options)!.AsObject();
            foreach (var name in real.Keys.Where(name => example.ContainsKey(name) && !MayTell(route, name)))
            {
                foreach (var actor in Neighbours.Append(SouthAgent).Append(InElsewhere(Role.Agent)).Where(actor => route.Admits(actor.Role)))
                {
                    var nothing = real.ToDictionary(one => one.Key, _ => Guid.CreateVersion7());
                    var named = Named(await AskAsync(actor, route, With(example, name, real[name]), nothing, "\"1\""), nothing, real);
                    var unknown = Named(await AskAsync(actor, route, With(example, name, nothing[name]), nothing, "\"1\""), nothing, real);
                    named.ShouldBe(unknown, $"{actor.Id} of {actor.Agency} in {actor.Jurisdiction}: {route.Name} {name}");
                    walked++;
                }
            }
        }

        walked.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_filter_by_somebody_elses_id_finds_what_a_filter_by_nobodys_finds()
    {
        await FurnishNeighboursAsync();
        await county.EngageAsync(InElsewhere(Role.Agent));
        var real = await SomebodyElsesAsync();
        var client = real["clientId"];
        foreach (var actor in Neighbours.Append(Colleague).Append(SouthSupervisor).Append(InElsewhere(Role.Agent)))
        {
            foreach (var path in new[] { "/api/referral-compliance", "/api/referral-compliance/counts" })
            {
                var nobody = Guid.CreateVersion7();
                var named = (await county.AskAsync(actor, $"{path}?client={client}")).ShouldSucceed();
                named.Text.ShouldNotContain(client.ToString());
                WithoutMoment(named, client).ShouldBe(WithoutMoment(await county.AskAsync(actor, $"{path}?client={nobody}"), nobody), $"{actor.Id}: {path}");
            }
        }
    }

    private static readonly Actor[] Neighbours =
    [
        new("neighbour-agent", Role.Agent, "demo", "other-dcc", "north", Purpose.Supervision),
        new("neighbour-supervisor", Role.AgentSupervisor, "demo", "other-dcc", "north", Purpose.Supervision),
    ];

    private async Task FurnishNeighboursAsync()
    {
        (await county.PostAsync(Administrator, "/api/agencies", new RegisterAgencyRequest("other-dcc", "Other Corrections", AgencyKind.CommunityCorrections))).ShouldSucceed();
        (await county.PostAsync(Administrator, "/api/agencies/other-dcc/offices", new OpenOfficeRequest("north", "North office"))).ShouldSucceed();
        foreach (var neighbour in Neighbours)
            await county.EngageAsync(neighbour);
    }

    private IEnumerable<(RouteRole Route, object? Body)> WithAnIdOf(Dictionary<string, Guid> real) =>
        Closed().Where(one => Parameter().Matches(one.Route.Pattern).Any(match => real.ContainsKey(match.Groups["name"].Value)));

    private async Task<string> OfNothingAsync(Actor actor, RouteRole route, object? body, Dictionary<string, Guid> real)
    {
        var nothing = real.ToDictionary(one => one.Key, _ => Guid.CreateVersion7());
        return Blank(await AskAsync(actor, route, body, nothing, "\"1\""), nothing);
    }

    /// <summary>
    /// The id of a new record is the caller's to choose: that another has it is said, and nothing of whose it is. Whoever meets an
    /// overdose reports it of any client whose id they hold, and reads nothing by it.
    /// </summary>
    private static bool MayTell(RouteRole route, string name) => (route.Name, name) is
        ("registerClient", "clientId") or ("reportOverdose", "overdoseId") or ("createReferral", "referralId");

    private static JsonObject With(JsonObject body, string name, Guid id)
    {
        var copy = body.DeepClone().AsObject();
        copy[name] = id;
        return copy;
    }

    /// <summary>The answer without every id that either question named; a success has others.</summary>
    private static string Named(Reply reply, Dictionary<string, Guid> nothing, Dictionary<string, Guid> real) =>
        reply.Status < 400
            ? $"{reply.Status}"
            : nothing.Values.Concat(real.Values).Aggregate(reply.Without(Guid.Empty), (text, id) => text.Replace(id.ToString(), "?", StringComparison.Ordinal));

    private static string WithoutMoment(Reply reply, Guid asked)
    {
        var body = reply.Json.AsObject();
        body.Remove("evaluatedAt");
        return (reply with { Text = body.ToJsonString() }).Without(asked);
    }
}
