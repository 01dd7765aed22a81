using CaseFlow.Api.Clients;
using CaseFlow.Api.Supervision;
using CaseFlow.Api.Touchpoints;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;
using Request = CaseFlow.Api.Clients.RegisterClientDoor.Request;

namespace CaseFlow.Integration.Clients;

public sealed class KeepingSecrets(County county) : IClassFixture<County>
{
    private static readonly string[] Planted =
        ["Zephyrine", "Quillfeather", "Brambleton", "608 555 7788", "6085557788", "1971-09-23", "ZQ424242", "mistletoe", "juniper", "sycamore"];

    [Fact]
    public async Task Personal_values_are_in_no_table_no_log_line_and_no_answer_to_strangers()
    {
        var clientId = await county.SuperviseAsync(Agent, new Request(
            RegistrationSource.Supervision, Name: new("Zephyrine", "Quillfeather"), BornOn: new(1971, 9, 23),
            ExternalIdentifiers: [new(IdentifierSystem.Doc, "zq-42 42 42")]));
        var client = $"/api/clients/{clientId}";
        List<Reply> answers =
        [
            await county.SendAsync(HttpMethod.Post, Agent, client + "/aliases", new AliasRequest("Brambleton"), ("Idempotency-Key", "k-1")),
            await county.PostAsync(Agent, client + "/contact-points", new ContactPointRequest(ContactPointKind.Phone, "608 555 7788")),
            await county.PostAsync(Agent, client + "/touchpoints/supervision-contacts", new SupervisionContactRequest(ContactMode.Phone, Note: "spoke of mistletoe")),
            await county.ChangeAsync(Supervisor, client + "/supervision/reassign", await county.VersionAsync(Supervisor, client + "/supervision"),
                new ReassignAgentRequest(Colleague.Id, "asked for because of juniper")),
        ];
        answers.Add(await county.ChangeAsync(
            Colleague, $"{client}/contact-points/{answers[1].Json["contactPointId"]}/remove", await county.VersionAsync(Colleague, client), new ReasonRequest("moved to sycamore")));
        answers.ForEach(answer => answer.ShouldSucceed());
        answers.Add(await county.PostAsync(Coach, "/api/clients", new Request(RegistrationSource.DropIn, ExternalIdentifiers: [new(IdentifierSystem.Doc, "ZQ424242")])));
        answers.Add(await county.PostAsync(Coach, "/api/clients/find", new FindRequest(IdentifierSystem.Doc, "ZQ424242")));
        answers.Add(await county.GetAsync(Coach, client));
        answers.Add(await county.PostAsync(Agent, "/api/clients", "{\"source\":\"supervision\",\"name\":\"Zephyrine\",\"Quillfeather\":1}"));
        answers.Add(await county.PostAsync(Agent, "/api/clients", new Request(RegistrationSource.Supervision, Name: new("Zephyrine\n", "Quillfeather"))));
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);

        (await county.GetAsync(Colleague, client)).Json["name"]!["familyName"]!.GetValue<string>().ShouldBe("Quillfeather");
        // The search finds what is there to be found.
        (await Tables.HoldingAsync(county.ConnectionString, clientId.ToString())).ShouldNotBeEmpty();
        var log = string.Join('\n', county.Log.Lines);
        log.ShouldContain("POST /api/clients answered 201");
        foreach (var value in Planted)
        {
            (await Tables.HoldingAsync(county.ConnectionString, value)).ShouldBeEmpty(value);
            log.ShouldNotContain(value, Case.Insensitive);
        }

        // An unknown member is named back to whoever sent it; nothing else of a body is.
        foreach (var value in Planted.Except(["Quillfeather"]))
            answers.ShouldAllBe(answer => !answer.Text.Contains(value, StringComparison.OrdinalIgnoreCase));
    }
}
