using CaseFlow.Api.Agencies;
using CaseFlow.Api.Consents;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Profile;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Profile;

/// <summary>What one agency knows of a client's person is shown to another by the client's consent, in an emergency, or not at all.</summary>
public sealed class SharingAProfile(County county) : IClassFixture<County>
{
    private static readonly Actor Advocate = new("advocate-1", Role.Coach, "demo", "victim-house");

    [Fact]
    public async Task What_another_agency_learns_moves_nothing_of_what_one_sees()
    {
        var client = await ReferredAsync();
        (await county.PostAsync(Agent, client + "/places", PlaceRequest.Example)).ShouldSucceed();
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var before = await county.GetAsync(Agent, client + "/profile");

        (await county.PostAsync(Coach, client + "/demographics", DemographicsRequest.Example)).Status.ShouldBe(204);
        (await county.PostAsync(Coach, client + "/emergency-contacts", EmergencyContactRequest.Example)).Status.ShouldBe(201);
        (await county.PostAsync(Coach, client + "/places", PlaceRequest.Example)).Status.ShouldBe(201, "the agent's knowing is not the coach's");

        var after = await county.GetAsync(Agent, client + "/profile");
        (after.Text, after.ETag).ShouldBe((before.Text, before.ETag));
        var coachs = (await county.GetAsync(Coach, client + "/profile")).Json;
        coachs["places"]!.AsArray().ShouldHaveSingleItem()!["source"]!["agency"]!.GetValue<string>().ShouldBe("recovery-coaches");
        coachs["otherAgencies"]!.GetValue<string>().ShouldBe("restricted");
    }

    [Fact]
    public async Task A_consent_shows_what_it_names_with_the_notice_and_the_disclosure_on_record_until_it_is_taken_back()
    {
        var client = await ReferredAsync();
        (await county.PostAsync(Agent, client + "/emergency-contacts", EmergencyContactRequest.Example)).ShouldSucceed();
        (await county.PostAsync(Agent, client + "/demographics", DemographicsRequest.Example)).ShouldSucceed();
        (await county.GetAsync(Coach, client + "/profile")).Json["emergencyContacts"]!.AsArray().ShouldBeEmpty();

        var granted = await county.PostAsync(Officer, client + "/consents", GrantConsentRequest.Example with
        {
            Disclosers = ["dcc"],
            Recipients = ["recovery-coaches"],
            Information = [ConsentInformation.ContactDetails],
            Purposes = [ConsentPurpose.Treatment],
            Term = new TermPart(ExpiresAt: county.Now.AddMonths(12)),
            Form = FormPart.Example with { SignedAt = county.Now.AddHours(-2) },
        });
        granted.Status.ShouldBe(201, granted.Text);

        var read = await county.GetAsync(Coach, client + "/profile");
        read.Json["emergencyContacts"]!.AsArray().ShouldHaveSingleItem()!["source"]!["basis"]!.GetValue<string>().ShouldBe("consent");
        read.Json["demographics"]!.AsArray().ShouldBeEmpty("the consent names where the client is reached, and nothing else");
        read.Json["otherAgencies"]!.GetValue<string>().ShouldBe("by-consent");
        read.Json["notice"]!["text"]!.GetValue<string>().ShouldNotBeEmpty();
        read["Redisclosure-Notice"].ShouldNotBeNull();
        (await county.GetAsync(Officer, client + "/accounting")).Json["items"]!.AsArray().ShouldHaveSingleItem()!.ToJsonString().ShouldContain("profile");

        (await county.PostAsync(Officer, $"{client}/consents/{granted.Json["consentId"]}/take-back", new TakeBackRequest(RevocationMode.Oral))).ShouldSucceed();
        (await county.GetAsync(Coach, client + "/profile")).Json["emergencyContacts"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task In_an_emergency_whom_to_call_is_shown_and_that_is_on_record()
    {
        var client = $"/api/clients/{await county.SuperviseAsync(Agent)}";
        (await county.PostAsync(Agent, client + "/emergency-contacts", EmergencyContactRequest.Example)).ShouldSucceed();
        (await county.GetAsync(OtherCoach, client + "/profile")).ShouldBeProblem(404, "client-not-found");
        (await county.PostAsync(OtherCoach, client + "/emergency-access", new EmergencyDoors.UseRequest(EmergencyReason.Unconscious, "Found in the park."))).Status.ShouldBe(201);

        var read = (await county.GetAsync(OtherCoach, client + "/profile")).ShouldSucceed().Json;
        read["emergencyContacts"]!.AsArray().ShouldHaveSingleItem()!["source"]!["basis"]!.GetValue<string>().ShouldBe("emergency");
        (await county.GetAsync(Officer, client + "/accounting")).Json["items"]!.AsArray().ShouldHaveSingleItem();
        (await county.PostAsync(OtherCoach, client + "/places", PlaceRequest.Example)).ShouldBeProblem(403, "emergency-only-reads");
    }

    [Fact]
    public async Task A_victims_record_stays_with_victim_services()
    {
        await county.PostAsync(Administrator, "/api/agencies", new RegisterAgencyRequest("victim-house", "Victim House", AgencyKind.RecoveryCoachProvider));
        (await county.PostAsync(Administrator, "/api/agencies/victim-house/record-status", new RecordStatusRequest(
            new RecordStatus(Part2Status.NotPart2, VictimServices: true), "Opinion of counsel."))).ShouldSucceed();
        await county.EngageAsync(Advocate);
        var clientId = await county.SuperviseAsync(Agent);
        await county.ReferAsync(Agent, clientId, "victim-house");
        var client = $"/api/clients/{clientId}";

        (await county.PostAsync(Advocate, client + "/victim-witness-record", VictimWitnessRequest.Example)).Status.ShouldBe(204);
        (await county.PostAsync(Advocate, client + "/victim-witness-record", VictimWitnessRequest.Example)).Status.ShouldBe(204);
        (await county.PostAsync(Officer, client + "/consents", GrantConsentRequest.Example with
        {
            Disclosers = ["victim-house"],
            Information = [ConsentInformation.WholeRecord],
            Term = new TermPart(ExpiresAt: county.Now.AddMonths(12)),
            Form = FormPart.Example with { SignedAt = county.Now.AddHours(-2) },
        })).Status.ShouldBe(201);

        (await county.GetAsync(Advocate, client + "/profile")).Json["victimWitnessSupport"]!.AsArray().ShouldHaveSingleItem()!["capacity"]!.GetValue<string>().ShouldBe("witness");
        (await county.GetAsync(Agent, client + "/profile")).Json["victimWitnessSupport"]!.AsArray().ShouldBeEmpty("not even by consent");
        (await county.GetAsync(Officer, client + "/profile")).Json["victimWitnessSupport"]!.AsArray().ShouldHaveSingleItem();
        (await county.GetAsync(Officer with { Purpose = Purpose.OwnRecord }, client + "/profile")).Json["victimWitnessSupport"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_clients_copy_holds_what_is_known_in_words_and_names_no_other_client()
    {
        var (one, brother) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        var client = $"/api/clients/{one}";
        (await county.PostAsync(Agent, client + "/family", new FamilyRequest("sibling", "Otto Brotherly", brother))).ShouldSucceed();
        (await county.PostAsync(Agent, client + "/places", PlaceRequest.Example)).ShouldSucceed();
        var ask = new RecordsAsk(new(ProofOfIdentity.PhotoDocument), "Everything.", Guid.CreateVersion7());
        (await county.PostAsync(Officer, client + "/records-requests", ask)).ShouldSucceed();
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);

        var copy = (await county.GetAsync(Officer with { Purpose = Purpose.OwnRecord }, $"{client}/records-requests/{ask.RequestId}/copy")).ShouldSucceed().Text;
        copy.ShouldContain("Otto Brotherly");
        copy.ShouldContain(PlaceRequest.Example.Place);
        copy.ShouldNotContain(brother.ToString());
    }

    [Fact]
    public async Task Somebody_elses_client_does_not_exist()
    {
        var clientId = await county.SuperviseAsync(Agent);

        foreach (var actor in new[] { Coach, Colleague, SouthSupervisor, Officer with { Jurisdiction = "elsewhere" } })
            await county.ShouldNotExistAsync(actor, clientId, id => county.GetAsync(actor, $"/api/clients/{id}/profile"));
        foreach (var actor in new[] { Coach, Colleague })
        {
            await county.ShouldNotExistAsync(actor, clientId, id => county.PostAsync(actor, $"/api/clients/{id}/demographics", DemographicsRequest.Example));
            await county.ShouldNotExistAsync(actor, clientId, id => county.PostAsync(actor, $"/api/clients/{id}/family", FamilyRequest.Example));
            await county.ShouldNotExistAsync(actor, clientId, id => county.PostAsync(actor, $"/api/clients/{id}/victim-witness-record", VictimWitnessRequest.Example));
        }
    }

    private async Task<string> ReferredAsync()
    {
        var clientId = await county.SuperviseAsync(Agent);
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        return $"/api/clients/{clientId}";
    }
}
