using System.Text.Json.Nodes;
using CaseFlow.Api.Documentation;
using CaseFlow.Unit.Http.Toy;

namespace CaseFlow.Unit.Http;

public sealed class DescribingTheApi : IAsyncLifetime
{
    private DoorHost door = null!;

    public async ValueTask InitializeAsync() => door = await DoorHost.StartAsync();

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Fact]
    public async Task The_document_is_openapi_3_1_and_lists_every_route_with_its_roles()
    {
        var reply = await door.GetAsync("/openapi/v1.json", role: null);
        ((int)reply.Status).ShouldBe(200, reply.Text);
        var document = reply.Json;

        document["openapi"]!.GetValue<string>().ShouldStartWith("3.1");
        Microsoft.OpenApi.OpenApiDocument.Parse(reply.Text, "json").Diagnostic!.Errors.ShouldBeEmpty();
        document["components"]!["securitySchemes"]!["bearer"]!["scheme"]!.GetValue<string>().ShouldBe("bearer");
        var routes = door.Routes.Where(route => route.Access.Roles is not null).ToArray();
        routes.Length.ShouldBe(6);
        foreach (var route in routes)
        {
            var path = System.Text.RegularExpressions.Regex.Replace(route.Pattern, @":\w+\}", "}");
            var operation = document["paths"]![path]![route.Method.ToLowerInvariant()]!;
            operation["operationId"]!.GetValue<string>().ShouldBe(route.Name);
            operation["x-roles"]!.AsArray().Select(role => role!.GetValue<string>())
                .ShouldBe(route.Access.Roles!.Order().Select(role => CaseFlow.Api.Http.EnumNames.Kebab(role)));
            operation["security"]![0]!["bearer"].ShouldNotBeNull();
            foreach (var status in new[] { "401", "403", "404", "429", "503" })
            {
                var content = operation["responses"]![status]!["content"]!["application/problem+json"]!;
                content["schema"]!["$ref"]!.GetValue<string>().ShouldBe("#/components/schemas/Problem");
                content["example"]!["status"]!.GetValue<int>().ShouldBe(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    [Fact]
    public async Task Commands_show_their_headers_bodies_and_examples()
    {
        var paths = (await door.GetAsync("/openapi/v1.json", role: null)).Json["paths"]!;
        var place = paths["/api/lamps"]!["post"]!;
        var light = paths["/api/lamps/{lampId}/light"]!["post"]!;

        place["requestBody"]!["content"]!["application/json"]!["example"]!["name"]!.GetValue<string>().ShouldBe("desk-lamp");
        place["responses"]!["201"]!["content"]!["application/json"]!["example"]!["name"]!.GetValue<string>().ShouldBe("desk-lamp");
        place["responses"]!["201"]!["headers"]!["ETag"].ShouldNotBeNull();
        light["responses"]!["204"].ShouldNotBeNull();
        light["responses"]!.AsObject().ContainsKey("200").ShouldBeFalse();
        foreach (var status in new[] { "400", "409", "412", "413", "415", "422", "428" })
            light["responses"]![status].ShouldNotBeNull(status);
        Parameter(light, "If-Match")!["required"]!.GetValue<bool>().ShouldBeTrue();
        Parameter(light, "Idempotency-Key").ShouldNotBeNull();
        Parameter(paths["/api/lamps"]!["get"]!, "cursor").ShouldNotBeNull();
        Parameter(paths["/api/lamps"]!["get"]!, "limit").ShouldNotBeNull();
    }

    [Fact]
    public async Task Schemas_demand_what_the_door_demands()
    {
        var schemas = (await door.GetAsync("/openapi/v1.json", role: null)).Json["components"]!["schemas"]!;

        schemas["LampPlaceRequest"]!["required"]!.AsArray().Select(name => name!.GetValue<string>())
            .ShouldBe(["lampId", "name", "kind", "watts", "when"], ignoreOrder: true);
        schemas["LampKind"]!["enum"]!.AsArray().Select(word => word!.GetValue<string>()).ShouldBe(["warm", "cold"]);
    }

    [Fact]
    public async Task The_page_shows_it_and_loads_nothing_from_elsewhere()
    {
        var page = await door.GetAsync("/docs/index.html", role: null);

        ((int)page.Status).ShouldBe(200);
        page["Content-Security-Policy"]!.ShouldContain("script-src 'self'");
        page.Text.ShouldNotContain("http://");
        page.Text.ShouldNotContain("https://");
        System.Text.RegularExpressions.Regex.IsMatch(page.Text, "<script>|<script (?![^>]*src)").ShouldBeFalse(page.Text);
        ((int)(await door.GetAsync("/docs/index.js", role: null)).Status).ShouldBe(200);
    }

    [Fact]
    public async Task Health_says_whether_it_can_serve()
    {
        ((int)(await door.GetAsync("/health/live", role: null)).Status).ShouldBe(200);
        (await door.GetAsync("/health/ready", role: null)).Json["status"]!.GetValue<string>().ShouldBe("ready");

        door.Store.Away = true;
        var away = await door.GetAsync("/health/ready", role: null);

        ((int)away.Status).ShouldBe(503);
        away.Json["checks"]!["database"]!.GetValue<string>().ShouldBe("failed");
        away.Text.ShouldNotContain("nobody answers");
        ((int)(await door.GetAsync("/health/live", role: null)).Status).ShouldBe(200);
    }

    [Fact]
    public async Task A_problem_explains_itself()
    {
        (await door.GetAsync("/problems/stale", role: null)).Json["whatToDo"]!.GetValue<string>().ShouldNotBeEmpty();
        (await door.GetAsync("/problems/known-before-occurred", role: null)).Json["status"]!.GetValue<int>().ShouldBe(422);
        (await door.GetAsync("/problems/made-up", role: null)).ShouldBeProblem(404, "no-such-route");
        var page = await door.SendAsync(HttpMethod.Get, "/problems/stale", role: null, headers: ("Accept", "text/html,*/*"));
        page["Content-Type"]!.ShouldStartWith("text/html");
        page.Text.ShouldContain("The record has moved on");
    }

    [Fact]
    public void Every_problem_has_one_meaning()
    {
        var all = CaseFlow.Api.Http.ProblemCatalogue.All.Concat(ProblemBook.OfDomain(typeof(CaseFlow.Domain.Rejection).Assembly)).ToArray();

        all.ShouldAllBe(kind => System.Text.RegularExpressions.Regex.IsMatch(kind.Code, "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"));
        all.GroupBy(kind => kind.Code).Where(group => group.Select(kind => kind.Status).Distinct().Count() > 1).Select(group => group.Key).ShouldBeEmpty();
    }

    [Fact]
    public void The_written_book_of_problems_is_the_codes()
    {
        var file = Path.Combine(Repository.Root, "docs", "problems.md");
        if (Environment.GetEnvironmentVariable("CASEFLOW_WRITE_DOCS") == "1")
            File.WriteAllText(file, ProblemBook.Markdown());

        File.ReadAllText(file).ShouldBe(ProblemBook.Markdown(), "Run the tests once with CASEFLOW_WRITE_DOCS=1 and commit docs/problems.md.");
    }

    private static JsonNode? Parameter(JsonNode operation, string name) =>
        operation["parameters"]!.AsArray().SingleOrDefault(parameter => parameter!["name"]!.GetValue<string>() == name);
}
