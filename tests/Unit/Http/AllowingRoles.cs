using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Privacy;
using CaseFlow.Unit.Http.Toy;

namespace CaseFlow.Unit.Http;

public sealed class AllowingRoles
{
    [Fact]
    public async Task Every_route_admits_exactly_its_roles()
    {
        await using var door = await DoorHost.StartAsync();
        var walked = 0;
        foreach (var route in door.Routes)
        {
            var path = route.Pattern.Replace("{lampId:guid}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal)
                .Replace("{number:int}", "3", StringComparison.Ordinal).Replace("{kind}", "none", StringComparison.Ordinal)
                .Replace("{code}", "stale", StringComparison.Ordinal).Replace("{documentName}", "v1", StringComparison.Ordinal);
            foreach (var role in Enum.GetValues<Role>())
            {
                var reply = await door.SendAsync(new HttpMethod(route.Method), path, role: role);
                ((int)reply.Status == 403).ShouldBe(!route.Admits(role), $"{route.Method} {path} as {role}: {reply.Text}");
                walked++;
            }

            var anonymous = await door.SendAsync(new HttpMethod(route.Method), path, role: null);
            ((int)anonymous.Status == 401).ShouldBe(route.Access.Roles is not null, route.Pattern);
        }

        walked.ShouldBe(door.Routes.Count * 14);
        (await door.GetAsync("/api/lamps", Role.Judge)).ShouldBeProblem(403, "role-not-allowed");
    }

    [Fact]
    public async Task A_purpose_that_is_not_the_roles_is_refused_before_the_staff_is_asked()
    {
        await using var door = await DoorHost.StartAsync(staff: new NobodyWorksHere());
        foreach (var purpose in Enum.GetValues<Purpose>())
        {
            var reply = await door.SendAsync(HttpMethod.Get, "/api/lamps", token: door.Tokens.Issue(DoorHost.Agent with { Purpose = purpose }, TimeSpan.FromHours(1)));
            if (PurposesOfUse.Of(Role.Agent).Contains(purpose))
            {
                reply.ShouldBeProblem(403, "left-the-agency");
                continue;
            }

            var problem = reply.ShouldBeProblem(403, "purpose-not-of-role");
            problem["field"]!.GetValue<string>().ShouldBe("purpose");
            problem["detail"]!.GetValue<string>().ShouldBe($"The claim \"purpose\" of the role agent is supervision or care, not {purpose.Kebab()}.");
        }
    }

    [Fact]
    public async Task The_staff_directory_has_the_last_word()
    {
        await using var door = await DoorHost.StartAsync(staff: new NobodyWorksHere());

        (await door.GetAsync("/api/lamps")).ShouldBeProblem(403, "left-the-agency");
        (await door.GetAsync("/api/lamps", Role.Judge)).ShouldBeProblem(403, "role-not-allowed");
        ((int)(await door.GetAsync("/health/live", role: null)).Status).ShouldBe(200);
    }

    [Fact]
    public async Task A_route_that_does_not_say_who_may_use_it_stops_the_start()
    {
        var start = () => DoorHost.StartAsync(doors: api => api.MapAsk("/open", () => "?"));

        (await start.ShouldThrowAsync<InvalidOperationException>()).Message.ShouldContain("GET /api/open must say once");
    }

    [Fact]
    public async Task A_body_without_rules_stops_the_start()
    {
        var start = () => DoorHost.StartAsync(doors: api => api.MapFact("/open", (LampDoors.LightRequest request) => request).Allow(Role.Agent));

        (await start.ShouldThrowAsync<InvalidOperationException>()).Message.ShouldContain("POST /api/open takes a body");
    }

    [Fact]
    public async Task An_example_that_breaks_its_rules_stops_the_start()
    {
        var start = () => DoorHost.StartAsync(doors: api => api
            .MapFact("/open", (LampDoors.LightRequest request) => request).Allow(Role.Agent).Takes(new LampDoors.LightValidator(), new(0)));

        await start.ShouldThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task The_list_reads_as_a_document()
    {
        await using var door = await DoorHost.StartAsync();

        var text = RouteRoles.Markdown(door.Routes);

        text.ShouldContain("- `POST /api/lamps` (placeLamp): `agent`, `agent-supervisor`\n");
        text.ShouldContain("- `GET /health/live`");
        text.ShouldContain("anyone (documentation)");
    }

    private sealed class NobodyWorksHere : IStaffDirectory
    {
        public ValueTask<Rejection?> CheckAsync(Actor actor, CancellationToken cancellation) =>
            new(new Rejection(RejectionKind.Forbidden, "left-the-agency", "No longer on the staff."));
    }
}
