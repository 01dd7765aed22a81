using CaseFlow.Api.Clients;
using CaseFlow.Domain.Clients;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;
using Request = CaseFlow.Api.Clients.RegisterClientDoor.Request;

namespace CaseFlow.Integration.Clients;

public sealed class RegisteringClients(County county) : IClassFixture<County>
{
    [Fact]
    public async Task A_record_is_opened_with_all_that_is_known()
    {
        var reply = await county.PostAsync(Agent, "/api/clients", new Request(
            RegistrationSource.Supervision, Name: new(" Dana  Maria ", "Doe"), BornOn: new(1990, 12, 31),
            ExternalIdentifiers: [new(IdentifierSystem.Doc, "a-100 1"), new(IdentifierSystem.CourtCase, "2026CF000100")]));
        reply.Status.ShouldBe(201, reply.Text);
        reply["Location"].ShouldBe($"/api/clients/{reply.Json["clientId"]}");

        var read = (await county.GetAsync(Agent, reply["Location"]!)).ShouldSucceed();

        read.ETag.ShouldBe(reply.ETag);
        read.Json["code"]!.GetValue<string>().ShouldBe(reply.Json["code"]!.GetValue<string>());
        read.Json["name"]!["givenName"]!.GetValue<string>().ShouldBe("Dana Maria");
        read.Json["bornOn"]!.GetValue<string>().ShouldBe("1990-12-31");
        read.Json["registeredByAgency"]!.GetValue<string>().ShouldBe("dcc");
        read.Json["externalIdentifiers"]!.AsArray().Select(one => one!["value"]!.GetValue<string>()).ShouldBe(["A1001", "2026CF000100"]);
    }

    [Fact]
    public async Task Told_twice_it_is_registered_once()
    {
        var ask = new Request(RegistrationSource.DropIn, Guid.CreateVersion7());

        var first = await county.PostAsync(Coach, "/api/clients", ask);
        var second = await county.PostAsync(Coach, "/api/clients", ask);

        first.Status.ShouldBe(201, first.Text);
        second.Status.ShouldBe(200, second.Text);
        second.Text.ShouldBe(first.Text);
        second.ETag.ShouldBe(first.ETag);
        (await county.GetAsync(Coach, $"/api/clients/{ask.ClientId}")).Json["name"].ShouldBeNull();
    }

    [Fact]
    public async Task An_id_of_another_record_is_taken()
    {
        var taken = await county.RegisterAsync(Coach);

        (await county.PostAsync(Agent, "/api/clients", new Request(RegistrationSource.Supervision, taken))).ShouldBeProblem(409, "id-taken");
        (await county.PostAsync(Stranger, "/api/clients", new Request(RegistrationSource.Supervision, taken))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Of_two_at_once_with_one_number_one_wins()
    {
        for (var round = 0; round < 5; round++)
        {
            var ask = new Request(RegistrationSource.Jail, ExternalIdentifiers: [new(IdentifierSystem.Doc, $"RACE-{round}")]);
            var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => county.PostAsync(Agent, "/api/clients", ask)));

            replies.Count(reply => reply.Status == 201).ShouldBe(1, string.Join('\n', replies.Select(reply => reply.Text)));
            foreach (var loser in replies.Where(reply => reply.Status != 201))
                loser.ShouldBeProblem(409, "identifier-of-another-client", "value");
            var found = await county.PostAsync(Agent, "/api/clients/find", new FindRequest(IdentifierSystem.Doc, $"race {round}"));
            found.Json.AsArray().Count.ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_number_is_found_however_it_is_typed()
    {
        var clientId = await county.RegisterAsync(Dispatcher, new Request(RegistrationSource.Police, ExternalIdentifiers: [new(IdentifierSystem.Doc, "F-7001")]));

        var found = await county.PostAsync(Agent, "/api/clients/find", new FindRequest(IdentifierSystem.Doc, " f 7001 "));

        found.Status.ShouldBe(200, found.Text);
        found.Json.AsArray().Single()!["clientId"]!.GetValue<Guid>().ShouldBe(clientId);
        found.Json.AsArray().Single()!["code"]!.GetValue<string>().ShouldStartWith("C-");
        (await FindAsync(Agent, IdentifierSystem.Core, "F-7001")).ShouldBe("[]");
        (await FindAsync(Agent, IdentifierSystem.Doc, "F-7002")).ShouldBe("[]");
        (await FindAsync(Stranger, IdentifierSystem.Doc, "F-7001")).ShouldBe("[]");
        (await county.GetAsync(Agent, $"/api/clients/{clientId}")).ShouldBeProblem(404, "client-not-found");
    }

    [Fact]
    public async Task A_number_that_several_share_finds_own_clients_alone()
    {
        var own = await county.RegisterAsync(Agent, new Request(RegistrationSource.Court, ExternalIdentifiers: [new(IdentifierSystem.CourtCase, "2026CF0777")]));
        await county.RegisterAsync(Coach, new Request(RegistrationSource.Court, ExternalIdentifiers: [new(IdentifierSystem.CourtCase, "2026CF0777")]));

        var found = await county.PostAsync(Agent, "/api/clients/find", new FindRequest(IdentifierSystem.CourtCase, "2026 CF 0777"));

        found.Json.AsArray().Single()!["clientId"]!.GetValue<Guid>().ShouldBe(own);
    }

    [Theory]
    [InlineData("""{"source":"supervision","name":{"givenName":" ","familyName":"Doe"}}""", 400, "validation-failed")]
    [InlineData("""{"source":"supervision","name":{"givenName":"Dana"}}""", 400, "validation-failed")]
    [InlineData("""{"source":"supervision","name":{"givenName":"Da\u0007na","familyName":"Doe"}}""", 400, "validation-failed")]
    [InlineData("""{"source":"supervision","clientId":"00000000-0000-0000-0000-000000000000"}""", 400, "validation-failed")]
    [InlineData("""{"source":"supervision","nick":"D"}""", 400, "unknown-member")]
    [InlineData("""{"source":"supervision","bornOn":"2999-01-01"}""", 422, "birth-date-in-future")]
    [InlineData("""{"source":"supervision","bornOn":"1800-01-01"}""", 422, "birth-date-too-long-ago")]
    [InlineData("""{"source":"supervision","externalIdentifiers":[{"system":"doc","value":"--"}]}""", 422, "identifier-invalid")]
    [InlineData("""{"source":"supervision","when":{"occurredAt":"2999-01-01T00:00:00Z"}}""", 422, "occurred-in-future")]
    public async Task What_makes_no_sense_is_refused(string body, int status, string code) =>
        (await county.PostAsync(Agent, "/api/clients", body)).ShouldBeProblem(status, code);

    private async Task<string> FindAsync(Domain.Actor actor, IdentifierSystem system, string value) =>
        (await county.PostAsync(actor, "/api/clients/find", new FindRequest(system, value))).ShouldSucceed().Text;
}
