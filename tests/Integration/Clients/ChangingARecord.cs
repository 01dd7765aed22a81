using CaseFlow.Api.Clients;
using CaseFlow.Domain.Clients;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Clients;

public sealed class ChangingARecord(County county) : IClassFixture<County>
{
    private static readonly ContactPointRequest Phone = new(ContactPointKind.Phone, "+1 608 555 0101", SafeToText: true);

    [Fact]
    public async Task Names_aliases_and_birth_date_are_recorded()
    {
        var client = await NewAsync();

        await ChangeAsync(client + "/name", new NameRequest("dana", "Doe"));
        await ChangeAsync(client + "/name", new NameRequest("Dana", "Doe"));
        await ChangeAsync(client + "/birth-date", new BirthDateRequest(new(1990, 12, 31)));
        (await county.PostAsync(Agent, client + "/aliases", new AliasRequest("Dee"))).Status.ShouldBe(204);
        (await county.PostAsync(Agent, client + "/aliases", new AliasRequest("Dee"))).Status.ShouldBe(204);

        var read = (await county.GetAsync(Agent, client)).Json;
        read["name"]!["givenName"]!.GetValue<string>().ShouldBe("Dana");
        read["bornOn"]!.GetValue<string>().ShouldBe("1990-12-31");
        read["aliases"]!.AsArray().Single()!["alias"]!.GetValue<string>().ShouldBe("Dee");
    }

    [Fact]
    public async Task A_contact_point_is_added_flagged_and_removed()
    {
        var client = await NewAsync();
        var added = await county.PostAsync(Agent, client + "/contact-points", Phone);
        added.Status.ShouldBe(201, added.Text);
        var point = $"{client}/contact-points/{added.Json["contactPointId"]}";

        (await county.PostAsync(Agent, client + "/contact-points", Phone with { Value = "(608) 555-0101" })).Status.ShouldBe(200);
        await ChangeAsync(point + "/safety", new SafetyRequest(SafeToText: false, SafeToLeaveMessage: true), client);
        var flagged = (await county.GetAsync(Agent, client)).Json["contactPoints"]!.AsArray().Single()!;
        await ChangeAsync(point + "/remove", ReasonRequest.Example, client);

        flagged["value"]!.GetValue<string>().ShouldBe("+1 608 555 0101");
        flagged["safeToText"]!.GetValue<bool>().ShouldBeFalse();
        flagged["safeToLeaveMessage"]!.GetValue<bool>().ShouldBeTrue();
        (await county.GetAsync(Agent, client)).Json["contactPoints"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_number_is_linked_unlinked_and_free_for_another()
    {
        var (first, second) = (await NewAsync(), await NewAsync());
        var ask = new IdentifierRequest(IdentifierSystem.Hmis, "H-55");
        var linked = await county.PostAsync(Agent, first + "/external-identifiers", ask);
        linked.Status.ShouldBe(201, linked.Text);

        (await county.PostAsync(Agent, second + "/external-identifiers", ask)).ShouldBeProblem(409, "identifier-of-another-client", "value");
        await ChangeAsync($"{first}/external-identifiers/{linked.Json["identifierId"]}/unlink", ReasonRequest.Example, first);
        (await county.PostAsync(Agent, second + "/external-identifiers", ask)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task What_replaces_or_takes_away_names_the_version_it_saw()
    {
        var client = await NewAsync();
        var added = await county.PostAsync(Agent, client + "/contact-points", Phone with { Value = "608 555 0102" });
        var linked = await county.PostAsync(Agent, client + "/external-identifiers", new IdentifierRequest(IdentifierSystem.Core, "V-1"));
        (string Path, object Body)[] changes =
        [
            ("/name", NameRequest.Example),
            ("/birth-date", BirthDateRequest.Example),
            ($"/contact-points/{added.Json["contactPointId"]}/safety", SafetyRequest.Example),
            ($"/contact-points/{added.Json["contactPointId"]}/remove", ReasonRequest.Example),
            ($"/external-identifiers/{linked.Json["identifierId"]}/unlink", ReasonRequest.Example),
        ];
        foreach (var (path, body) in changes)
        {
            (await county.PostAsync(Agent, client + path, body)).ShouldBeProblem(428, "if-match-missing");
            (await county.ChangeAsync(Agent, client + path, "\"1\"", body)).ShouldBeProblem(412, "stale");
        }
    }

    [Fact]
    public async Task Every_refusal_has_its_status_and_code()
    {
        var client = await NewAsync();
        var added = await county.PostAsync(Agent, client + "/contact-points", new ContactPointRequest(ContactPointKind.Email, "dana@example.org"));
        var email = $"/contact-points/{added.Json["contactPointId"]}";
        var nothing = Guid.CreateVersion7();
        (string Path, object Body, int Status, string Code)[] refusals =
        [
            ("/contact-points", new ContactPointRequest(ContactPointKind.Email, "dana@example.org", SafeToLeaveMessage: true), 409, "contact-point-added-differently"),
            ("/contact-points", new ContactPointRequest(ContactPointKind.Address, "1 Main Street", SafeToText: true), 422, "text-only-to-phone"),
            ("/contact-points", new ContactPointRequest(ContactPointKind.Phone, "call me"), 400, "validation-failed"),
            ("/contact-points", new ContactPointRequest(ContactPointKind.Email, "nowhere"), 400, "validation-failed"),
            (email + "/safety", new SafetyRequest(SafeToText: true, SafeToLeaveMessage: false), 422, "text-only-to-phone"),
            ($"/contact-points/{nothing}/safety", SafetyRequest.Example, 404, "contact-point-not-found"),
            ($"/contact-points/{nothing}/remove", ReasonRequest.Example, 404, "contact-point-not-found"),
            ($"/external-identifiers/{nothing}/unlink", ReasonRequest.Example, 404, "identifier-not-found"),
            ("/external-identifiers", new IdentifierRequest(IdentifierSystem.Doc, "--"), 422, "identifier-invalid"),
            ("/external-identifiers", new IdentifierRequest(IdentifierSystem.Doc, new string('9', 70)), 422, "identifier-invalid"),
            ("/birth-date", new BirthDateRequest(new(2999, 1, 1)), 422, "birth-date-in-future"),
            ("/birth-date", new BirthDateRequest(new(1800, 1, 1)), 422, "birth-date-too-long-ago"),
            ("/aliases", new AliasRequest(new string('x', 201)), 400, "validation-failed"),
            ("/aliases", new AliasRequest("Dee", new(DateTimeOffset.UtcNow.AddDays(1), KnownAt: DateTimeOffset.UtcNow.AddDays(2))), 422, "known-in-future"),
        ];
        foreach (var (path, body, status, code) in refusals)
            (await county.ChangeAsync(Agent, client + path, await county.VersionAsync(Agent, client), body)).ShouldBeProblem(status, code);
    }

    private async Task<string> NewAsync() => $"/api/clients/{await county.RegisterAsync(Agent)}";

    private async Task ChangeAsync(string path, object body, string? client = null)
    {
        var version = await county.VersionAsync(Agent, client ?? path[..path.LastIndexOf('/')]);
        var reply = await county.ChangeAsync(Agent, path, version, body);
        reply.Status.ShouldBe(204, reply.Text);
    }
}
