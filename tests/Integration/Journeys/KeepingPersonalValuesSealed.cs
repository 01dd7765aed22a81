using System.Text.Json;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Http;
using CaseFlow.Api.Overdoses;
using CaseFlow.Api.Referrals;
using CaseFlow.Api.Supervision;
using CaseFlow.Api.Touchpoints;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Referrals;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Journeys;

/// <summary>
/// One whole journey with unmistakable personal values: nowhere in the database, the log, the traces or the metrics, and in
/// no answer but those to people who may see them.
/// </summary>
public sealed class KeepingPersonalValuesSealed(County county) : IClassFixture<County>
{
    private const string Given = "Wilhelmina";
    private const string Family = "Xanthopoulos";
    private const string Alias = "Quicksilver";
    private const string Phone = "608 555 9317";
    private const string Email = "wx1969@mailbox.example";
    private const string Street = "4711 Periwinkle Lane";
    private const string Doc = "DX778899";
    private const string BornOn = "1969-02-17";
    private const string ReportNote = "found by the bluebell gate";
    private const string ContactNote = "talked of the lighthouse";
    private const string Message = "please call about the marigold";
    private const string Words = "not while the foxglove blooms";
    private const string Evidence = "letter in the cupboard of oleander";
    private const string ReturnReason = "the paper about hyacinth is missing";
    private const string CorrectionReason = "mixed up with the gardenia call";
    private const string ReportCorrection = "the clock by the snapdragon was wrong";
    private const string RuledOut = "it was only valerian";
    private const string Failure = "number led to a bakery called tansy";
    private const string Redirection = "lives next to the chrysanthemum house";
    private const string Reopening = "sent a card with a peony";
    private const string Handover = "asked because of the camellia";
    private const string Removal = "the telephone drowned in nasturtium";

    private static readonly string[] Planted =
    [
        Given, Family, Alias, Phone, "6085559317", Email, Street, "Periwinkle", Doc, BornOn, ReportNote, ContactNote, Message, Words, Evidence,
        ReturnReason, CorrectionReason, ReportCorrection, RuledOut, Failure, Redirection, Reopening, Handover, Removal,
    ];

    [Fact]
    public async Task They_are_found_nowhere_but_in_answers_to_those_who_may_see_them()
    {
        using var telemetry = new Telemetry();
        List<Reply> writes = [];
        async Task<Reply> DoneAsync(Task<Reply> reply)
        {
            writes.Add((await reply).ShouldSucceed());
            return writes[^1];
        }

        // The client.
        var clientId = await county.SuperviseAsync(Agent, new RegisterClientDoor.Request(
            RegistrationSource.Supervision, Name: new(Given, Family), BornOn: DateOnly.Parse(BornOn, System.Globalization.CultureInfo.InvariantCulture),
            ExternalIdentifiers: [new(IdentifierSystem.Doc, Doc)]));
        var client = $"/api/clients/{clientId}";
        await DoneAsync(county.SendAsync(HttpMethod.Post, Agent, client + "/aliases", new AliasRequest(Alias), ("Idempotency-Key", "planted-1")));
        var phone = await DoneAsync(county.PostAsync(Agent, client + "/contact-points", new ContactPointRequest(ContactPointKind.Phone, Phone)));
        await DoneAsync(county.PostAsync(Agent, client + "/contact-points", new ContactPointRequest(ContactPointKind.Email, Email)));
        await DoneAsync(county.PostAsync(Agent, client + "/contact-points", new ContactPointRequest(ContactPointKind.Address, Street)));
        await DoneAsync(county.PostAsync(Agent, client + "/touchpoints/supervision-contacts", new SupervisionContactRequest(ContactMode.Phone, Note: ContactNote)));

        // A duty that is referred, delivered after a failure, attested, returned, attested, verified.
        var overdoseId = await ReportAsync(clientId);
        await DoneAsync(county.KnowAsync(Agent, clientId, overdoseId));
        await DoneAsync(ChangeAsync(Agent, $"{client}/overdoses/{overdoseId}/correct-knowledge", client + "/referral-duty", new CorrectKnowledgeRequest(county.Now.AddMinutes(-9), CorrectionReason)));
        var read = (await county.GetAsync(Agent, $"/api/overdoses/{overdoseId}")).Json;
        await DoneAsync(ChangeAsync(Agent, $"/api/overdoses/{overdoseId}/correct", $"/api/overdoses/{overdoseId}", new CorrectRequest(
            read["reportEventId"]!.GetValue<Guid>(), DetailsPart.Example, ReportCorrection, new WhenPart(county.Now.AddMinutes(-25)))));
        var dutyId = (await county.DutiesAsync(Agent, clientId)).Single()!["dutyId"]!.GetValue<Guid>();
        var created = await DoneAsync(county.SendAsync(
            HttpMethod.Post, Agent, "/api/referrals", new CreateReferralRequest(clientId, "recovery-coaches", DutyId: dutyId, Message: Message), ("Idempotency-Key", "planted-2")));
        var referral = $"/api/referrals/{created.Json["referralId"]}";
        await DoneAsync(ChangeAsync(Agent, referral + "/send", referral, SendRequest.Example));
        await DoneAsync(county.PostAsync(Agent, referral + "/delivery-failure", new FailureRequest(Failure)));
        await DoneAsync(ChangeAsync(Agent, referral + "/send", referral, new SendRequest(ReferralChannel.Fax)));
        await DoneAsync(ChangeAsync(Coach, referral + "/decline", referral + "/intake", DeclineRequest.Example));
        await DoneAsync(ChangeAsync(Coach, referral + "/reopen", referral + "/intake", new ReopenRequest(Reopening)));
        await DoneAsync(ChangeAsync(Coach, referral + "/redirect", referral + "/intake", new RedirectRequest("peer-house", Redirection)));
        await DoneAsync(county.ChangeDutyAsync(Agent, clientId, "attest", WhichDuty.Example));
        await DoneAsync(county.ChangeDutyAsync(Supervisor, clientId, "return", new ReturnRequest(ReturnReason)));

        // Two more duties: exempt, and not interested; and an overdose that was none.
        var second = await ReportAsync(clientId);
        await DoneAsync(county.KnowAsync(Agent, clientId, second, county.Now));
        await DoneAsync(county.ChangeDutyAsync(Supervisor, clientId, "exempt", ExemptRequest.Example with { Evidence = Evidence }));
        var third = await ReportAsync(clientId);
        await DoneAsync(county.KnowAsync(Agent, clientId, third, county.Now));
        await DoneAsync(county.ChangeDutyAsync(Agent, clientId, "not-interested", new NotInterestedRequest(county.Now, ContactMode.Phone, Words)));
        await DoneAsync(ChangeAsync(Agent, $"/api/overdoses/{third}/rule-out", $"/api/overdoses/{third}", new RuleOutRequest(RuledOut)));
        await DoneAsync(ChangeAsync(Agent, $"{client}/contact-points/{phone.Json["contactPointId"]}/remove", client, new ReasonRequest(Removal)));

        // Those who may see them do.
        var seen = new List<string>();
        foreach (var (actor, path) in new[]
        {
            (Agent, client), (Agent, client + "/timeline"), (OtherCoach, "/api/referral-inbox"),
            (Supervisor, "/api/referral-compliance"), (Supervisor, $"/api/referral-compliance/{dutyId}"),
        })
        {
            seen.Add((await county.AskAsync(actor, path)).ShouldSucceed().Text);
        }

        foreach (var duty in (await county.DutiesAsync(Agent, clientId)).Skip(1))
            seen.Add((await county.AskAsync(Agent, $"/api/referral-compliance/{duty!["dutyId"]}")).ShouldSucceed().Text);
        foreach (var value in new[] { Given, Family, Alias, Email, Street, Doc, BornOn, Message, Words, Evidence, ReturnReason, CorrectionReason, Failure })
            string.Concat(seen).ShouldContain(value);

        await DoneAsync(ChangeAsync(Supervisor, client + "/supervision/reassign", client + "/supervision", new ReassignAgentRequest(Colleague.Id, Handover)));
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);

        // Nobody without a right does, and no answer to a command or refusal says them back.
        var answers = writes.Concat(await ByStrangersAsync(clientId, overdoseId, dutyId, referral)).Concat(await RefusalsAsync(clientId)).ToList();
        foreach (var value in Planted)
        {
            answers.ShouldAllBe(answer => !Everything(answer).Contains(value, StringComparison.OrdinalIgnoreCase), value);
            (await Tables.HoldingAsync(county.ConnectionString, value)).ShouldBeEmpty(value);
            county.Log.Lines.ShouldAllBe(line => !line.Contains(value, StringComparison.OrdinalIgnoreCase), value);
            telemetry.Said.ShouldAllBe(said => !said.Contains(value, StringComparison.OrdinalIgnoreCase), value);
        }

        // The search would have found them: what is no secret is there.
        (await Tables.HoldingAsync(county.ConnectionString, overdoseId.ToString())).ShouldNotBeEmpty();
        county.Log.Lines.ShouldContain(line => line.Contains("/api/overdoses", StringComparison.Ordinal));
        telemetry.Said.ShouldContain(said => said.Contains("/api/overdoses", StringComparison.Ordinal));
    }

    private async Task<IEnumerable<Reply>> ByStrangersAsync(Guid clientId, Guid overdoseId, Guid dutyId, string referral)
    {
        List<Reply> replies = [];
        foreach (var actor in new[] { Agent, SouthAgent, SouthSupervisor, Coach, Dispatcher, Stranger, Feed, Administrator })
        {
            foreach (var path in new[]
            {
                $"/api/clients/{clientId}", $"/api/clients/{clientId}/timeline", $"/api/clients/{clientId}/supervision", $"/api/clients/{clientId}/referral-duty",
                $"/api/overdoses/{overdoseId}", referral, referral + "/intake", $"/api/referral-compliance/{dutyId}", "/api/referral-compliance",
                "/api/referral-compliance?held=previously", "/api/caseload", "/api/referral-inbox", "/api/directory", "/api/admin/projections", "/health/ready", "/openapi/v1.json",
            })
            {
                replies.Add(await county.AskAsync(actor, path));
            }
        }

        return replies;
    }

    private async Task<IEnumerable<Reply>> RefusalsAsync(Guid clientId)
    {
        var clients = "/api/clients";
        return
        [
            await county.PostAsync(Coach, clients, new RegisterClientDoor.Request(RegistrationSource.DropIn, ExternalIdentifiers: [new(IdentifierSystem.Doc, Doc)])),
            await county.PostAsync(Coach, clients + "/find", new FindRequest(IdentifierSystem.Doc, Doc)),
            await county.PostAsync(Agent, clients, $$"""{"source":"supervision","name":"{{Given}}"}"""),
            await county.PostAsync(Agent, clients, $$"""{"source":"{{Family}}"}"""),
            await county.PostAsync(Agent, clients, $$"""{"bornOn":"{{BornOn}} or so","source":"supervision"}"""),
            await county.PostAsync(Agent, clients, $$"""{"name":{"givenName":"{{Given}}","familyName":"{{Family}}" """),
            await county.ChangeAsync(Colleague, $"{clients}/{clientId}/referral-duty/not-interested", "\"1\"", new NotInterestedRequest(county.Now, ContactMode.Phone, Words)),
            await county.ChangeAsync(Agent, $"{clients}/{clientId}/referral-duty/not-interested", "\"1\"", new NotInterestedRequest(county.Now, ContactMode.Text, Words)),
            await county.GetAsync(Agent, $"{clients}/{Uri.EscapeDataString(Given)}"),
            await county.GetAsync(Agent, $"/api/referral-compliance?agent={Uri.EscapeDataString(Family)}"),
            await county.GetAsync(Agent, $"/api/referral-compliance?state={Uri.EscapeDataString(Words)}"),
            await county.GetAsync(Agent, $"/api/referral-compliance?cursor={Uri.EscapeDataString(Doc)}"),
        ];
    }

    private async Task<Guid> ReportAsync(Guid clientId)
    {
        var overdoseId = Guid.CreateVersion7();
        (await county.PostAsync(Agent, "/api/overdoses", new ReportOverdoseDoor.Request(
            overdoseId, clientId, DetailsPart.Example, OverdoseSource.Hospital, new WhenPart(county.Now.AddMinutes(-30)), ReportNote))).ShouldSucceed();
        return overdoseId;
    }

    private async Task<Reply> ChangeAsync(Actor actor, string path, string read, object body) =>
        await county.ChangeAsync(actor, path, await county.VersionAsync(actor, read), body);

    private static string Everything(Reply reply) => reply.Text + JsonSerializer.Serialize(reply.Headers);
}
