using System.Text.Json.Nodes;
using CaseFlow.Api.Agencies;
using CaseFlow.Api.Consents;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Consents;

public sealed class TakingConsents(County county) : IClassFixture<County>, IAsyncLifetime
{
    private static readonly Actor CoachSupervisor = new("coach-supervisor-1", Role.CoachSupervisor, "demo", "recovery-coaches");
    private static readonly Actor Coordinator = new("coordinator-1", Role.Coordinator, "demo", "drug-court", Purpose: Purpose.CourtMonitoring);

    public async ValueTask InitializeAsync()
    {
        await county.EngageAsync(CoachSupervisor);
        (await county.PostAsync(Administrator, "/api/agencies", new RegisterAgencyRequest("drug-court", "Drug Court", AgencyKind.Court))).ShouldSucceed();
        await county.EngageAsync(Coordinator);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_consent_is_given_held_released_renewed_and_revoked()
    {
        var (client, consentId) = await GivenAsync();
        var consent = $"{client}/consents/{consentId}";
        (await StandingAsync(client)).ShouldBe("inForce");

        (await county.PostAsync(Coach, consent + "/take-back", new TakeBackRequest(RevocationMode.Oral, Words: "No more."))).Status.ShouldBe(204);
        (await StandingAsync(client)).ShouldBe("held");
        (await county.PostAsync(Coach, consent + "/lift-hold", LiftHoldRequest.Example)).Status.ShouldBe(204);
        (await StandingAsync(client)).ShouldBe("inForce");
        (await county.PostAsync(Coach, consent + "/renew", new RenewConsentRequest(
            new TermPart(ExpiresAt: county.Now.AddMonths(20)), Form(county.Now.AddMinutes(-1))))).Status.ShouldBe(204);
        (await county.PostAsync(Coach, consent + "/take-back", new TakeBackRequest(RevocationMode.Written, RelianceNote: "One report."))).Status.ShouldBe(204);

        var item = await ItemAsync(Coach, client);
        item["standing"]!.GetValue<string>().ShouldBe("revoked");
        item["history"]!.AsArray().Select(step => step!["what"]!.GetValue<string>()).ShouldBe(
        [
            "consent_granted", "consent_revocation_requested", "consent_protective_hold_placed", "consent_hold_lifted", "consent_renewed",
            "consent_revocation_requested", "consent_revoked",
        ]);
        item["history"]![1]!["words"]!.GetValue<string>().ShouldBe("No more.");
        item["signedName"]!.GetValue<string>().ShouldBe("Dana Doe");
        (await county.PostAsync(Coach, consent + "/lift-hold", LiftHoldRequest.Example)).ShouldBeProblem(409, "consent-revoked");
    }

    [Fact]
    public async Task What_is_missing_is_named_all_at_once_and_nothing_is_recorded()
    {
        var client = await ReferredAsync();

        var reply = await county.PostAsync(Coach, client + "/consents", new { kind = "wi5130", disclosers = new[] { "recovery-coaches" } });

        reply.ShouldBeProblem(422, "consent-incomplete");
        reply.Json["errors"]!.AsObject().Select(error => error.Key).ShouldBe(
        [
            "recipients", "information", "description", "purposes", "term.expiresAt", "form.rightToRevoke", "form.refusalConsequencesStated",
            "form.formVersion", "form.explainedBy", "form.language", "form.signer", "form.signature", "form.signedName", "form.signedAt", "form.clientAge",
        ]);
        reply.Json["errors"]!["term.expiresAt"]![0]!["code"]!.GetValue<string>().ShouldBe("consent-element-missing");
        (await EventsAsync(client)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_twice_is_recorded_once_by_key_by_id_and_by_rule()
    {
        var client = await ReferredAsync();
        var ask = Ask() with { ConsentId = Guid.CreateVersion7() };
        var path = client + "/consents";

        var first = await county.SendAsync(HttpMethod.Post, Coach, path, ask, ("Idempotency-Key", $"{ask.ConsentId}"));
        var repeated = await county.SendAsync(HttpMethod.Post, Coach, path, ask, ("Idempotency-Key", $"{ask.ConsentId}"));
        var again = await county.PostAsync(Coach, path, ask);

        first.Status.ShouldBe(201, first.Text);
        (repeated.Status, repeated.Text).ShouldBe((201, first.Text));
        (again.Status, again.Text).ShouldBe((200, first.Text));
        (await county.PostAsync(Coach, path, ask with { Information = [ConsentInformation.Progress] })).ShouldBeProblem(409, "consent-granted-differently");
        (await EventsAsync(client)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Two_who_take_it_back_at_once_record_one_revocation()
    {
        var (client, consentId) = await GivenAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            county.PostAsync(Coach, $"{client}/consents/{consentId}/take-back", new TakeBackRequest(RevocationMode.Oral))));

        replies.ShouldAllBe(reply => reply.Status == 204);
        (await EventsAsync(client)).OfType<ConsentProtectiveHoldPlaced>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Two_who_bring_other_forms_under_one_id_do_not_both_succeed()
    {
        var client = await ReferredAsync();
        var id = Guid.CreateVersion7();

        var replies = await Task.WhenAll(
            new[] { ConsentInformation.Progress, ConsentInformation.Attendance, ConsentInformation.Discharge, ConsentInformation.Engagement }.Select(what =>
                county.PostAsync(Coach, client + "/consents", Ask() with { ConsentId = id, Information = [what] })));

        replies.Count(reply => reply.Status == 201).ShouldBe(1);
        replies.Count(reply => reply.Status == 409).ShouldBe(3);
        (await EventsAsync(client)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task What_binds_until_an_event_is_deferred_and_revoked_by_it()
    {
        var (client, consentId) = await GivenAsync(ToCourt());
        var consent = $"{client}/consents/{consentId}";

        (await county.PostAsync(Coordinator, consent + "/take-back", new TakeBackRequest(RevocationMode.Written, Words: "I want out."))).Status.ShouldBe(204);
        var bound = await ItemAsync(Coordinator, client);
        (bound["standing"]!.GetValue<string>(), bound["isIrrevocable"]!.GetValue<bool>()).ShouldBe(("inForce", true));
        bound["history"]!.AsArray()[^1]!["what"]!.GetValue<string>().ShouldBe("consent_revocation_deferred_until_event");

        (await county.PostAsync(Coordinator, consent + "/conditions", ConditionRequest.Example)).Status.ShouldBe(204);
        (await ItemAsync(Coordinator, client))["standing"]!.GetValue<string>().ShouldBe("revoked");
    }

    [Fact]
    public async Task A_consent_for_once_ends_with_what_is_told_by_telephone_under_it()
    {
        var (client, consentId) = await GivenAsync(Ask() with { Term = new TermPart(ExpiresAt: county.Now.AddMonths(1), ExpiresOn: ConsentCondition.DisclosureMade) });
        var ask = new RecordDisclosureDoor.Request(
            DisclosurePurpose.Supervision, ["attendance"], DisclosureBasis.Consent, DisclosureMethod.Phone, Guid.CreateVersion7(), RecipientAgency: "dcc",
            RecipientRole: Role.Agent, BasisId: consentId, NoticeVersion: "part2-2024");

        (await county.PostAsync(Coach, client + "/disclosures", ask)).Status.ShouldBe(201);

        (await StandingAsync(client)).ShouldBe("expired");
        (await county.PostAsync(Coach, client + "/disclosures", ask)).ShouldSucceed();
        (await county.PostAsync(Coach, client + "/disclosures", ask with { DisclosureId = Guid.CreateVersion7() })).ShouldBeProblem(409, "disclosure-basis-not-in-force");
        (await EventsAsync(client)).OfType<ConsentConditionMet>().ShouldHaveSingleItem().Condition.ShouldBe(ConsentCondition.DisclosureMade);
    }

    [Fact]
    public async Task What_was_told_under_a_consent_for_once_before_it_was_spent_is_recorded_late()
    {
        var (client, consentId) = await GivenAsync(Ask() with { Term = new TermPart(ExpiresAt: county.Now.AddMonths(1), ExpiresOn: ConsentCondition.DisclosureMade) });
        var between = county.Now;
        var ask = new RecordDisclosureDoor.Request(
            DisclosurePurpose.Supervision, ["attendance"], DisclosureBasis.Consent, DisclosureMethod.Fax, Guid.CreateVersion7(), RecipientAgency: "dcc",
            RecipientRole: Role.Agent, BasisId: consentId, NoticeVersion: "part2-2024");
        (await county.PostAsync(Coach, client + "/disclosures", ask)).Status.ShouldBe(201);

        var late = ask with { DisclosureId = Guid.CreateVersion7(), When = new WhenPart(OccurredAt: between) };
        (await county.PostAsync(Coach, client + "/disclosures", late)).Status.ShouldBe(201);
        (await county.PostAsync(Coach, client + "/disclosures", late)).ShouldSucceed();

        (await EventsAsync(client)).OfType<ConsentConditionMet>().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Agencies_see_what_they_are_party_to_and_learn_nothing_of_the_rest()
    {
        var (client, consentId) = await GivenAsync();
        var before = await county.GetAsync(Agent, client + "/consents");
        before.Json["items"]!.AsArray().Single()!["consentId"]!.GetValue<Guid>().ShouldBe(consentId);
        var courts = (await county.PostAsync(Coach, client + "/consents", ToCourt())).ShouldSucceed().Json["consentId"]!.GetValue<Guid>();

        var after = await county.GetAsync(Agent, client + "/consents");
        Told(after).ShouldBe(Told(before), "the court's consent is none of the agent's business");
        after.ETag.ShouldBeNull();
        (await county.GetAsync(Coordinator, client + "/consents")).Json["items"]!.AsArray().Single()!["consentId"]!.GetValue<Guid>().ShouldBe(courts);
        (await county.GetAsync(Officer, client + "/consents")).Json["items"]!.AsArray().Count.ShouldBe(2);
        var nobodys = Guid.CreateVersion7();
        var others = await county.PostAsync(Coordinator, $"{client}/consents/{consentId}/take-back", TakeBackRequest.Example);
        others.ShouldBeProblem(404, "consent-not-found");
        others.Without(consentId).ShouldBe((await county.PostAsync(Coordinator, $"{client}/consents/{nobodys}/take-back", TakeBackRequest.Example)).Without(nobodys));
    }

    [Fact]
    public async Task One_that_permits_nothing_because_another_for_the_same_was_taken_back_since_is_not_listed_as_in_force()
    {
        var (client, _) = await GivenAsync();
        var other = (await county.PostAsync(Coach, client + "/consents", Ask())).ShouldSucceed().Json["consentId"]!.GetValue<Guid>();
        foreach (var actor in new[] { Coach, Agent, Officer })
            (await StandingsAsync(actor)).ShouldBe(["inForce", "inForce"], actor.Id);

        (await county.PostAsync(Coach, $"{client}/consents/{other}/take-back", new TakeBackRequest(RevocationMode.Oral))).Status.ShouldBe(204);
        foreach (var actor in new[] { Coach, Agent, Officer })
            (await StandingsAsync(actor)).ShouldBe(["held", "held"], actor.Id);

        async Task<IEnumerable<string>> StandingsAsync(Actor actor) =>
            (await county.GetAsync(actor, client + "/consents")).ShouldSucceed().Json["items"]!.AsArray().Select(item => item!["standing"]!.GetValue<string>());
    }

    [Fact]
    public async Task Those_beside_a_courts_team_see_the_consents_that_name_their_role_and_no_words()
    {
        var judge = new Actor("judge-1", Role.Judge, "demo", "drug-court", Purpose: Purpose.CourtMonitoring);
        var (prosecutor, defence) = (judge with { Id = "prosecutor-1", Role = Role.Prosecutor }, judge with { Id = "defence-1", Role = Role.Defence });
        foreach (var one in new[] { judge, prosecutor, defence })
            await county.EngageAsync(one);
        var (client, consentId) = await GivenAsync(ToCourt());
        (await county.PostAsync(Coordinator, $"{client}/consents/{consentId}/take-back", new TakeBackRequest(RevocationMode.Written, Words: "I want out."))).Status.ShouldBe(204);

        var seen = await ItemAsync(judge, client);
        seen["standing"]!.GetValue<string>().ShouldBe("inForce");
        (seen["description"], seen["signedName"], seen["history"]!.AsArray()[1]!["words"]).ShouldBe((null, null, null));
        seen["form"].ShouldNotBeNull();
        foreach (var beside in new[] { prosecutor, defence })
            (await county.GetAsync(beside, client + "/consents")).ShouldBeProblem(404, "client-not-found");

        (await county.PostAsync(Coach, client + "/consents", ToCourt() with { RecipientRoles = [Role.Prosecutor, Role.Defence] })).Status.ShouldBe(201);
        seen = await ItemAsync(prosecutor, client);
        seen["scope"]!["information"]!.AsArray().Count.ShouldBe(2);
        (seen["form"], seen["description"], seen["history"]!.AsArray().Count).ShouldBe((null, null, 0));
        (await ItemAsync(defence, client))["description"]!.GetValue<string>().ShouldBe("Just whether I come.");
        (await county.GetAsync(judge, client + "/consents")).Json["items"]!.AsArray().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Somebody_elses_client_does_not_exist()
    {
        var (client, consentId) = await GivenAsync();
        var clientId = IdOf(client);
        foreach (var actor in new[] { OtherCoach, Coordinator, Officer with { Jurisdiction = "elsewhere" } })
        {
            await county.ShouldNotExistAsync(actor, clientId, id => county.PostAsync(actor, $"/api/clients/{id}/consents", Ask()));
            await county.ShouldNotExistAsync(actor, clientId, id => county.PostAsync(actor, $"/api/clients/{id}/consents/{consentId}/take-back", TakeBackRequest.Example));
        }

        foreach (var actor in new[] { OtherCoach, Coordinator, Colleague, SouthSupervisor, Officer with { Jurisdiction = "elsewhere" } })
            await county.ShouldNotExistAsync(actor, clientId, id => county.GetAsync(actor, $"/api/clients/{id}/consents"));
    }

    [Fact]
    public async Task An_agency_takes_only_consents_to_its_own_disclosures()
    {
        var client = await ReferredAsync();

        foreach (var disclosers in new string[][] { ["peer-house"], ["recovery-coaches", "peer-house"] })
            (await county.PostAsync(Coach, client + "/consents", Ask() with { Disclosers = disclosers })).ShouldBeProblem(403, "not-a-party-to-consent");
        (await county.PostAsync(Coach, client + "/consents", Ask() with { DiscloserClass = AgencyKind.RecoveryCoachProvider })).ShouldBeProblem(403, "not-a-party-to-consent");
        (await county.PostAsync(Coach, client + "/consents", Ask() with { Recipients = ["nobody"] })).Json["errors"]!["recipients"]![0]!["code"]!
            .GetValue<string>().ShouldBe("consent-agency-unknown");
        (await county.PostAsync(Officer, client + "/consents", Ask() with { Disclosers = ["peer-house"] })).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Asking_and_refusing_are_kept_and_permit_nothing()
    {
        var client = await ReferredAsync();
        var asked = (await county.PostAsync(Coach, client + "/consents/requests", RequestConsentRequest.Example)).Json["consentId"]!.GetValue<Guid>();
        (await county.PostAsync(Coach, client + "/consents/refusals", RefuseConsentRequest.Example with { ToldThatRefusalIsPermitted = false }))
            .ShouldBeProblem(422, "refusal-without-warning", "toldThatRefusalIsPermitted");

        (await county.PostAsync(Coach, client + "/consents/refusals", RefuseConsentRequest.Example with { ConsentId = asked })).Status.ShouldBe(201);

        var item = await ItemAsync(Coach, client);
        (item["isRefused"]!.GetValue<bool>(), item["standing"]!.GetValue<string>()).ShouldBe((true, "none"));
        item["history"]![1]!["words"]!.GetValue<string>().ShouldBe(RefuseConsentRequest.Example.ConsequenceTold);
        (await county.PostAsync(Coach, client + "/consents/refusals", RefuseConsentRequest.Example with { Recipients = [] })).Status.ShouldBe(400, "some agency would be told");
        (await county.PostAsync(Coach, client + "/consents/refusals", RefuseConsentRequest.Example with { Kind = ConsentKind.Family, Recipients = [] }))
            .Status.ShouldBe(201, "a relative is no agency");
    }

    [Fact]
    public async Task A_restriction_is_asked_for_and_answered_by_the_agency_alone()
    {
        var client = await ReferredAsync();
        (await county.PostAsync(Coach, client + "/restrictions", RestrictionRequest.Example with { DisclosingAgency = "dcc" }))
            .ShouldBeProblem(403, "restriction-of-another-agency", "disclosingAgency");
        var id = (await county.PostAsync(Coach, client + "/restrictions", RestrictionRequest.Example)).ShouldSucceed().Json["restrictionId"]!.GetValue<Guid>();

        (await county.PostAsync(CoachSupervisor, $"{client}/restrictions/{id}/agree", AgreeRequest.Example)).Status.ShouldBe(204);
        (await county.PostAsync(CoachSupervisor, $"{client}/restrictions/{id}/decline", DeclineRestrictionRequest.Example))
            .ShouldBeProblem(409, "restriction-already-answered");
        (await county.PostAsync(CoachSupervisor, $"{client}/disclosure-orders", CourtOrderRequest.Example)).Status.ShouldBe(201);

        var read = (await county.GetAsync(Coach, client + "/consents")).Json;
        read["restrictions"]!.AsArray().Single()!["agreedAt"].ShouldNotBeNull();
        read["orders"]!.AsArray().Single()!["recipientAgency"]!.GetValue<string>().ShouldBe("dcc");
        (await county.GetAsync(Agent, client + "/consents")).Json["restrictions"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_restriction_ends_at_the_clients_wish_or_with_notice_but_not_one_that_was_paid_for()
    {
        var client = await ReferredAsync();
        async Task<Guid> AgreedAsync(RestrictionRequest ask)
        {
            var id = (await county.PostAsync(Coach, client + "/restrictions", ask)).ShouldSucceed().Json["restrictionId"]!.GetValue<Guid>();
            (await county.PostAsync(CoachSupervisor, $"{client}/restrictions/{id}/agree", AgreeRequest.Example)).Status.ShouldBe(204);
            return id;
        }

        var usual = await AgreedAsync(RestrictionRequest.Example);
        (await county.PostAsync(Coach, client + "/restrictions", RestrictionRequest.Example with { PaidInFull = true }))
            .ShouldBeProblem(422, "restriction-paid-for-other-purposes", "purposes");
        var paid = await AgreedAsync(RestrictionRequest.Example with { PaidInFull = true, Purposes = [ConsentPurpose.Payment] });

        (await county.PostAsync(Coach, $"{client}/restrictions/{usual}/end-with-notice", EndRestrictionRequest.Example)).ShouldBeProblem(403, "role-not-allowed");
        (await county.PostAsync(CoachSupervisor, $"{client}/restrictions/{usual}/end-with-notice", EndRestrictionRequest.Example)).Status.ShouldBe(204);
        (await county.PostAsync(CoachSupervisor, $"{client}/restrictions/{paid}/end-with-notice", EndRestrictionRequest.Example))
            .ShouldBeProblem(409, "restriction-mandatory");
        (await county.PostAsync(OtherCoach, $"{client}/restrictions/{paid}/end", EndRestrictionRequest.Example)).Status.ShouldBe(404);
        (await county.PostAsync(Coach, $"{client}/restrictions/{paid}/end", EndRestrictionRequest.Example)).Status.ShouldBe(204);
        (await county.PostAsync(Coach, $"{client}/restrictions/{Guid.CreateVersion7()}/end", EndRestrictionRequest.Example)).ShouldBeProblem(404, "restriction-not-found");

        var read = (await county.GetAsync(Coach, client + "/consents")).Json["restrictions"]!.AsArray();
        (read[0]!["endedForNewAt"] is not null, read[0]!["endedAt"] is not null, read[0]!["isMandatory"]!.GetValue<bool>()).ShouldBe((true, false, false));
        (read[1]!["endedForNewAt"] is not null, read[1]!["endedAt"] is not null, read[1]!["isMandatory"]!.GetValue<bool>()).ShouldBe((false, true, true));
    }

    [Fact]
    public async Task Consents_are_read_as_of_two_times()
    {
        var (client, consentId) = await GivenAsync();
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var position = (await county.GetAsync(Coach, client + "/consents")).Json["position"]!.GetValue<long>();
        position.ShouldBeGreaterThan(0);
        var occurred = county.Now.AddMinutes(-30);
        (await county.PostAsync(Coach, $"{client}/consents/{consentId}/take-back", new TakeBackRequest(RevocationMode.Written, When: new WhenPart(occurred))))
            .ShouldSucceed();

        async Task<string> AtAsync(string query) => (await ItemAsync(Coach, client, query))["standing"]!.GetValue<string>();
        (await AtAsync("")).ShouldBe("revoked");
        (await AtAsync($"?asRecordedPosition={position}")).ShouldBe("inForce", "nobody had recorded the writing");
        (await AtAsync($"?asOf={occurred.AddMinutes(-1):yyyy-MM-ddTHH:mm:ssZ}")).ShouldBe("inForce", "the writing had not come");
        (await AtAsync($"?asOf={occurred.AddMinutes(1):yyyy-MM-ddTHH:mm:ssZ}")).ShouldBe("revoked");
        (await AtAsync($"?asOf={county.Now.AddYears(3):yyyy-MM-ddTHH:mm:ssZ}&asRecordedPosition={position}")).ShouldBe("expired");
        (await county.GetAsync(Coach, $"{client}/consents?asRecordedPosition=999999999")).ShouldBeProblem(422, "position-beyond-log");
        (await county.GetAsync(Coach, $"{client}/consents?asRecorded={county.Now.AddDays(1):yyyy-MM-ddTHH:mm:ssZ}")).ShouldBeProblem(422, "as-recorded-ahead");
    }

    [Fact]
    public async Task Reads_are_recorded_and_words_are_stored_sealed()
    {
        var (client, consentId) = await GivenAsync();
        (await county.GetAsync(Agent, client + "/consents")).ShouldSucceed();
        (await county.PostAsync(Coach, $"{client}/consents/{consentId}/take-back", new TakeBackRequest(RevocationMode.Oral, Words: "Heliotrope."))).ShouldSucceed();

        var seen = (await county.GetAsync(Officer, client + "/access")).Json["items"]!.AsArray();
        seen.ShouldContain(item => item!["operation"]!.GetValue<string>() == "listConsents" && item["actorId"]!.GetValue<string>() == Agent.Id);
        foreach (var planted in new[] { "Heliotrope", "Dana Doe", "just whether I come" })
            (await Tables.HoldingAsync(county.ConnectionString, planted)).ShouldBeEmpty(planted);
    }

    private static FormPart Form(DateTimeOffset signedAt) => FormPart.Example with { SignedAt = signedAt };

    private static Guid IdOf(string client) => Guid.Parse(client.Split('/')[^1]);

    private static string Told(Reply reply)
    {
        var body = reply.Json.AsObject();
        body.Remove("evaluatedAt");
        return body.ToJsonString();
    }

    private GrantConsentRequest Ask() => GrantConsentRequest.Example with
    {
        Description = "Just whether I come.",
        Term = new TermPart(ExpiresAt: county.Now.AddMonths(12)),
        Form = Form(county.Now.AddDays(-2)),
    };

    private GrantConsentRequest ToCourt() => Ask() with
    {
        Kind = ConsentKind.CriminalJustice,
        Recipients = ["drug-court"],
        RecipientRoles = [Role.Judge, Role.Coordinator],
        Information = [ConsentInformation.Attendance, ConsentInformation.TestResults],
        Purposes = [ConsentPurpose.CourtMonitoring],
        Term = new TermPart(ExpiresOn: ConsentCondition.EndOfProgram, IrrevocableUntil: ConsentCondition.FinalDisposition),
    };

    private async Task<string> ReferredAsync()
    {
        var clientId = await county.SuperviseAsync(Agent);
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        return $"/api/clients/{clientId}";
    }

    private async Task<(string Client, Guid ConsentId)> GivenAsync(GrantConsentRequest? ask = null)
    {
        var client = await ReferredAsync();
        var reply = await county.PostAsync(Coach, client + "/consents", ask ?? Ask());
        reply.Status.ShouldBe(201, reply.Text);
        return (client, reply.Json["consentId"]!.GetValue<Guid>());
    }

    private async Task<string> StandingAsync(string client) => (await ItemAsync(Coach, client))["standing"]!.GetValue<string>();

    private async Task<JsonNode> ItemAsync(Actor actor, string client, string query = "") =>
        (await county.GetAsync(actor, $"{client}/consents{query}")).ShouldSucceed().Json["items"]!.AsArray().Single()!;

    private async Task<ConsentEvent[]> EventsAsync(string client) =>
    [
        .. (await county.Database.Store.ReadStreamAsync("demo", StreamIds.Consents(IdOf(client)), cancellation: TestContext.Current.CancellationToken))
            .Events.Select(recorded => (ConsentEvent)recorded.Data),
    ];
}
