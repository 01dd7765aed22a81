using CaseFlow.Api.Clients;
using CaseFlow.Api.Disclosures;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;
using Request = CaseFlow.Api.Clients.RegisterClientDoor.Request;

namespace CaseFlow.Integration.Clients;

public sealed class SeeingClients(County county) : IClassFixture<County>
{
    private static readonly ContactPointRequest Phone = new(ContactPointKind.Phone, "608 555 0103");

    [Fact]
    public async Task The_registering_agency_sees_the_client_until_somebody_supervises_them()
    {
        var clientId = await county.RegisterAsync(Coach);
        (await county.GetAsync(Coach, $"/api/clients/{clientId}")).Status.ShouldBe(200);
        await NobodyAsync(clientId, Agent, Supervisor, OtherCoach, Dispatcher, Stranger);

        (await county.PostAsync(Agent, $"/api/clients/{clientId}/supervision/start", ClientStories.StartOf(Agent))).Status.ShouldBe(204);

        foreach (var actor in new[] { Agent, Supervisor, Officer })
            (await county.GetAsync(actor, $"/api/clients/{clientId}")).Status.ShouldBe(200);
        await NobodyAsync(clientId, Coach, Colleague, SouthAgent, SouthSupervisor, Feed, Stranger);
    }

    [Fact]
    public async Task The_agency_a_client_was_referred_to_sees_how_to_reach_them_and_no_number()
    {
        var clientId = await county.SuperviseAsync(Agent, new Request(
            RegistrationSource.Supervision, Name: new("Robin", "Roe"), ExternalIdentifiers: [new(IdentifierSystem.Doc, "REF-1")]));
        (await county.PostAsync(Agent, $"/api/clients/{clientId}/contact-points", Phone)).Status.ShouldBe(201);
        await NobodyAsync(clientId, Coach, OtherCoach);

        await county.ReferAsync(Agent, clientId, "recovery-coaches");

        var read = await county.GetAsync(Coach, $"/api/clients/{clientId}");
        read.Status.ShouldBe(200, read.Text);
        read.Json["name"]!["givenName"]!.GetValue<string>().ShouldBe("Robin");
        read.Json["contactPoints"]!.AsArray().Count.ShouldBe(1);
        read.Json["externalIdentifiers"].ShouldBeNull();
        read.Text.ShouldNotContain("REF1");
        // Nor does anything move when one is added.
        read.ETag.ShouldBeNull();
        (await county.PostAsync(Agent, $"/api/clients/{clientId}/external-identifiers", new IdentifierRequest(IdentifierSystem.Doc, "REF-2"))).ShouldSucceed();
        var again = await county.GetAsync(Coach, $"/api/clients/{clientId}");
        (again.Status, again.Text, again.ETag).ShouldBe((read.Status, read.Text, read.ETag));
        await NobodyAsync(clientId, OtherCoach);
    }

    [Fact]
    public async Task What_victim_services_told_of_a_client_is_shown_to_nobody_who_works_with_them_since()
    {
        await county.OpenVictimServicesAsync();
        var told = new Request(RegistrationSource.SelfReferral, Name: new("Marisol", "Plantedroe"), BornOn: new(1986, 4, 5), ExternalIdentifiers: [new(IdentifierSystem.Doc, "VX-17")]);
        var clientId = await county.RegisterAsync(ClientStories.Advocate, told);
        var path = $"/api/clients/{clientId}";
        var shelter = new ContactPointRequest(ContactPointKind.Address, "9 Shelter Lane");
        (await county.PostAsync(ClientStories.Advocate, path + "/contact-points", shelter)).ShouldSucceed();
        (await county.PostAsync(ClientStories.Advocate, path + "/aliases", new AliasRequest("Plantedalias"))).ShouldSucceed();
        string[] planted = ["Marisol", "Plantedroe", "1986-04-05", "VX17", "9 Shelter Lane", "Plantedalias"];
        foreach (var actor in new[] { ClientStories.Advocate, Officer })
        {
            var whole = (await county.GetAsync(actor, path)).ShouldSucceed().Text;
            planted.ShouldAllBe(one => whole.Contains(one, StringComparison.Ordinal), actor.Id);
        }

        (await county.PostAsync(SouthAgent, path + "/supervision/start", ClientStories.StartOf(SouthAgent))).ShouldSucceed();
        await county.ReferAsync(SouthAgent, clientId, "recovery-coaches");
        (await county.PostAsync(OtherCoach, path + "/emergency-access", new EmergencyDoors.UseRequest(EmergencyReason.Unconscious, "Found in the park."))).ShouldSucceed();

        foreach (var actor in new[] { SouthAgent, SouthSupervisor, Coach, OtherCoach })
        {
            var read = (await county.GetAsync(actor, path)).ShouldSucceed();
            planted.ShouldAllBe(one => !read.Text.Contains(one, StringComparison.Ordinal), $"{actor.Id}: {read.Text}");
            read.Json["code"]!.GetValue<string>().ShouldBe(ClientCode.Of(clientId));
        }

        // What is hidden counts as not told: whoever is told it themselves records it, and shows it.
        (await county.PostAsync(SouthAgent, path + "/contact-points", shelter)).Status.ShouldBe(201);
        (await county.PostAsync(SouthAgent, path + "/aliases", new AliasRequest("Plantedalias"))).ShouldSucceed();
        (await county.PostAsync(SouthAgent, path + "/external-identifiers", new IdentifierRequest(IdentifierSystem.Doc, "VX-17"))).Status.ShouldBe(201);
        (await county.ChangeAsync(SouthAgent, path + "/name", await county.VersionAsync(SouthAgent, path), new NameRequest("Mari", "Roe"))).ShouldSucceed();
        var own = (await county.GetAsync(SouthAgent, path)).ShouldSucceed();
        (own.Json["contactPoints"]!.AsArray().Count, own.Json["aliases"]!.AsArray().Count, own.Json["externalIdentifiers"]!.AsArray().Count).ShouldBe((1, 1, 1));
        own.Json["name"]!["familyName"]!.GetValue<string>().ShouldBe("Roe");
        own.Json["bornOn"].ShouldBeNull();
    }

    [Fact]
    public async Task Who_reads_a_client_and_may_not_change_who_they_are_is_told_who_may()
    {
        var clientId = await county.SuperviseAsync(Agent);
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        (await county.GetAsync(Coach, $"/api/clients/{clientId}")).ShouldSucceed();

        foreach (var (path, body) in Changes)
        {
            foreach (var version in new[] { null, "\"1\"", "\"99\"" })
            {
                var refused = await county.SendAsync(HttpMethod.Post, Coach, $"/api/clients/{clientId}{path}", body, version is null ? [] : [("If-Match", version)]);
                refused.ShouldBeProblem(403, "client-not-yours-to-change");
                refused.Json["detail"]!.GetValue<string>().ShouldContain("those who supervise them");
                await county.ShouldNotExistAsync(OtherCoach, clientId, id =>
                    county.SendAsync(HttpMethod.Post, OtherCoach, $"/api/clients/{id}{path}", body, version is null ? [] : [("If-Match", version)]));
            }
        }
    }

    [Fact]
    public async Task Nothing_of_somebody_elses_client_can_be_changed()
    {
        var clientId = await county.SuperviseAsync(Agent);
        foreach (var actor in new[] { Colleague, SouthSupervisor, Coach, Dispatcher, Stranger })
        {
            foreach (var (path, body) in Changes)
            {
                // With and without a version: neither may tell a record that exists from one that does not.
                await county.ShouldNotExistAsync(actor, clientId, id => county.PostAsync(actor, $"/api/clients/{id}{path}", body));
                await county.ShouldNotExistAsync(actor, clientId, id => county.ChangeAsync(actor, $"/api/clients/{id}{path}", "\"1\"", body));
            }
        }
    }

    /// <summary>All that says who a client is and how they are reached.</summary>
    private static readonly (string Path, object Body)[] Changes =
    [
        ("/name", NameRequest.Example),
        ("/aliases", AliasRequest.Example),
        ("/birth-date", BirthDateRequest.Example),
        ("/contact-points", ContactPointRequest.Example),
        ($"/contact-points/{Guid.Empty}/safety", SafetyRequest.Example),
        ($"/contact-points/{Guid.Empty}/remove", ReasonRequest.Example),
        ("/external-identifiers", IdentifierRequest.Example),
        ($"/external-identifiers/{Guid.Empty}/unlink", ReasonRequest.Example),
    ];

    private async Task NobodyAsync(Guid clientId, params Actor[] actors)
    {
        foreach (var actor in actors)
            await county.ShouldNotExistAsync(actor, clientId, id => county.GetAsync(actor, $"/api/clients/{id}"));
    }
}
