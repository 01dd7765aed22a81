using CaseFlow.Api.Disclosures;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Disclosures;

/// <summary>A record opened in an emergency: with a reason, for a time, and looked at afterwards.</summary>
public sealed class BreakingTheGlass(County county) : IClassFixture<County>
{
    private static readonly EmergencyDoors.UseRequest Unconscious = new(EmergencyReason.Unconscious, "Found behind the station, not breathing well.");

    [Fact]
    public async Task Is_told_once_and_shown_to_the_privacy_officer_until_reviewed()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var path = Path(clientId);
        var ask = Unconscious with { EmergencyAccessId = Guid.CreateVersion7() };

        var opened = await county.PostAsync(Coach, path, ask);
        opened.ShouldBe(System.Net.HttpStatusCode.Created);
        opened.Json["validUntil"]!.GetValue<DateTimeOffset>().ShouldBeInRange(county.Now.AddHours(4).AddMinutes(-1), county.Now.AddHours(4).AddMinutes(1));
        var again = await county.PostAsync(Coach, path, ask);
        again.ShouldBe(System.Net.HttpStatusCode.OK).Json["validUntil"]!.ToJsonString().ShouldBe(opened.Json["validUntil"]!.ToJsonString());
        (await county.PostAsync(OtherCoach, path, ask)).ShouldBeProblem(409, "emergency-access-used-differently");

        var shown = (await county.GetAsync(Officer, path)).ShouldSucceed().Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        shown["usedBy"].ShouldSay("coach-1");
        shown["reason"].ShouldSay(Unconscious.Reason);
        shown["verdict"].ShouldBeNull();
        shown["isReviewOverdue"]!.GetValue<bool>().ShouldBeFalse();

        var review = $"{path}/{ask.EmergencyAccessId}/review";
        (await county.PostAsync(Officer, review, new EmergencyDoors.ReviewRequest(EmergencyVerdict.NotJustified, "No emergency that night."))).ShouldSucceed();
        (await county.PostAsync(Officer, review, new EmergencyDoors.ReviewRequest(EmergencyVerdict.Justified))).ShouldBeProblem(409, "emergency-access-reviewed-differently");
        (await county.PostAsync(Officer, $"{path}/{Guid.CreateVersion7()}/review", new EmergencyDoors.ReviewRequest(EmergencyVerdict.Justified)))
            .ShouldBeProblem(404, "emergency-access-not-found");
        (await county.GetAsync(Officer, path)).Json["items"]![0]!["verdict"].ShouldSay("notJustified");
    }

    [Fact]
    public async Task Is_closed_when_it_was_not_justified_and_is_a_suspected_breach()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var (path, timeline) = (Path(clientId), $"/api/clients/{clientId}/timeline");
        var opened = (await county.PostAsync(OtherCoach, path, Unconscious)).ShouldSucceed().Json["emergencyAccessId"]!.GetValue<Guid>();
        (await county.AskAsync(OtherCoach, timeline)).ShouldSucceed();

        for (var time = 0; time < 2; time++)
            (await county.PostAsync(Officer, $"{path}/{opened}/review", new EmergencyDoors.ReviewRequest(EmergencyVerdict.NotJustified))).Status.ShouldBe(204);

        await county.ShouldNotExistAsync(OtherCoach, clientId, id => county.AskAsync(OtherCoach, $"/api/clients/{id}/timeline"));
        var breach = (await county.GetAsync(Officer, "/api/breaches")).ShouldSucceed().Json["items"]!.AsArray()
            .Where(item => item!["opened"]?["clientId"]?.GetValue<Guid>() == clientId).ShouldHaveSingleItem()!;
        (breach["opened"]!["emergencyAccessId"]!.GetValue<Guid>(), breach["agencyId"]!.GetValue<string>()).ShouldBe((opened, OtherCoach.Agency!));
        var assess = $"/api/breaches/{breach["breachId"]}/assess";
        (await county.PostAsync(Officer, assess, new BreachDoors.AssessRequest(BreachFinding.Breach, "Curiosity.", [Guid.CreateVersion7()]))).ShouldBeProblem(422, "breach-client-unknown", "clientIds");
        (await county.PostAsync(Officer, assess, new BreachDoors.AssessRequest(BreachFinding.Breach, "Curiosity."))).ShouldBeProblem(422, "breach-client-left-out", "clientIds");
        (await county.PostAsync(Officer, assess, new BreachDoors.AssessRequest(BreachFinding.Breach, "Curiosity.", [clientId]))).Status.ShouldBe(204);
    }

    [Fact]
    public async Task Proves_what_is_told_by_phone_meanwhile_and_nothing_else_does()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var path = $"/api/clients/{clientId}/disclosures";
        var told = new RecordDisclosureDoor.Request(
            DisclosurePurpose.MedicalEmergency, ["medication"], DisclosureBasis.EmergencyAccess, DisclosureMethod.Phone, RecipientAgency: OtherCoach.Agency, RecipientRole: CaseFlow.Domain.Role.Coach);

        (await county.PostAsync(Agent, path, told)).ShouldBeProblem(422, "disclosure-basis-missing", "basisId");
        (await county.PostAsync(Agent, path, told with { BasisId = Guid.CreateVersion7() })).ShouldBeProblem(409, "disclosure-basis-not-in-force", "basisId");
        (await county.PostAsync(Agent, path, told with { Basis = DisclosureBasis.AuditGrant, BasisId = Guid.CreateVersion7() })).ShouldBeProblem(409, "disclosure-basis-not-in-force", "basisId");
        var opened = (await county.PostAsync(OtherCoach, Path(clientId), Unconscious)).ShouldSucceed().Json["emergencyAccessId"]!.GetValue<Guid>();
        (await county.PostAsync(Agent, path, told with { BasisId = opened, Purpose = DisclosurePurpose.Supervision })).ShouldBeProblem(409, "disclosure-basis-not-in-force", "basisId");
        (await county.PostAsync(Agent, path, told with { BasisId = opened })).ShouldBe(System.Net.HttpStatusCode.Created);
    }

    [Fact]
    public async Task Who_may_not_open_learns_nothing_of_who_exists()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var nobody = Guid.CreateVersion7();

        var named = await county.PostAsync(Agent, Path(clientId), Unconscious);
        named.ShouldBeProblem(403, "emergency-access-not-for-care");
        named.Without(clientId).ShouldBe((await county.PostAsync(Agent, Path(nobody), Unconscious)).Without(nobody));
        (await county.PostAsync(Coach, Path(nobody), Unconscious)).ShouldBeProblem(404, "client-not-found");
    }

    [Fact]
    public async Task Shows_whom_one_treats_and_how_they_are_reached_for_its_time_and_records_that_it_was_told()
    {
        var clientId = await county.SuperviseAsync(Agent, new(
            RegistrationSource.Supervision, Name: new("Gwendolyn", "Emergencyname"), BornOn: new DateOnly(1979, 5, 6),
            ExternalIdentifiers: [new(IdentifierSystem.Doc, "EMERGENCY-1")]));
        var client = $"/api/clients/{clientId}";
        (await county.PostAsync(Agent, client + "/contact-points", new { kind = "phone", value = "608 555 0155", safeToText = true, safeToLeaveMessage = false })).ShouldSucceed();
        await county.ShouldNotExistAsync(OtherCoach, clientId, id => county.GetAsync(OtherCoach, $"/api/clients/{id}"));
        var opened = (await county.PostAsync(OtherCoach, Path(clientId), Unconscious)).ShouldSucceed().Json["emergencyAccessId"]!.GetValue<Guid>();

        var shown = (await county.GetAsync(OtherCoach, client)).ShouldSucceed();
        (await county.GetAsync(OtherCoach, client)).ShouldSucceed();

        (shown.Json["name"]!["familyName"]!.GetValue<string>(), shown.Json["bornOn"]!.GetValue<string>()).ShouldBe(("Emergencyname", "1979-05-06"));
        shown.Json["contactPoints"]![0]!["value"]!.GetValue<string>().ShouldBe("608 555 0155");
        shown.Text.ShouldNotContain("EMERGENCY-1", Case.Sensitive, "numbers of other systems are not needed");
        shown.ETag.ShouldBeNull("nobody changes a record by an emergency");
        (await county.PostAsync(OtherCoach, client + "/aliases", new Api.Clients.AliasRequest("Changed"))).ShouldBeProblem(403, "client-not-yours-to-change");
        (await county.PostAsync(OtherCoach, client + "/touchpoints/coach-offers", new Api.Touchpoints.CoachRequest())).ShouldBeProblem(403, "emergency-only-reads");
        var told = (await county.GetAsync(Officer, client + "/accounting")).ShouldSucceed().Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        (told["basis"]!.GetValue<string>(), told["basisId"]!.GetValue<Guid>(), told["disclosingAgency"]!.GetValue<string>()).ShouldBe(("emergencyAccess", opened, "dcc"));
        told["content"]!.AsArray().Select(code => code!.GetValue<string>()).ShouldBe(["client", "identity"]);
    }

    [Fact]
    public async Task Shows_nothing_to_whoever_opened_it_and_acts_for_something_else_now()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var helper = SouthAgent with { Purpose = CaseFlow.Domain.Purpose.Care };
        (await county.PostAsync(helper, Path(clientId), Unconscious)).ShouldSucceed();

        (await county.GetAsync(helper, $"/api/clients/{clientId}")).ShouldSucceed();
        await county.ShouldNotExistAsync(SouthAgent, clientId, id => county.GetAsync(SouthAgent, $"/api/clients/{id}"));
    }

    [Fact]
    public async Task Answers_nothing_about_somebody_before_it_is_on_record()
    {
        var (clientId, gone) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        await county.ReferAsync(Agent, clientId, Coach.Agency!);
        await Erasure.ErasureStories.OrderAsync(county, clientId);
        await Erasure.ErasureStories.EraseAsync(county, gone);

        foreach (var id in new[] { clientId, gone })
            await county.ShouldNotExistAsync(OtherCoach, id, one => county.PostAsync(OtherCoach, Path(one), Unconscious));
        (await county.PostAsync(Coach, Path(clientId), Unconscious)).ShouldBeProblem(403, "record-sealed");
        foreach (var id in new[] { clientId, gone, Guid.CreateVersion7() })
            (await county.SendAsync(HttpMethod.Post, OtherCoach, Path(id), Unconscious, [("If-Match", "\"7\"")])).ShouldBeProblem(400, "bad-if-match", "If-Match");
    }

    [Fact]
    public async Task Accounts_for_nothing_where_nothing_is_shown()
    {
        var hidden = await county.SuperviseAsync(Agent, new(RegistrationSource.Supervision, Name: new("Hiltrud", "Hiddenname")));
        (await county.PostAsync(OtherCoach, Path(hidden), Unconscious)).ShouldSucceed();
        await Erasure.ErasureStories.OrderAsync(county, hidden);

        (await county.GetAsync(OtherCoach, $"/api/clients/{hidden}")).Text.ShouldNotContain("Hiddenname");
        var disclosed = await county.Database.Store.ReadStreamAsync("demo", CaseFlow.Domain.StreamIds.Disclosures(hidden), cancellation: TestContext.Current.CancellationToken);
        disclosed.Events.ShouldBeEmpty("nothing was told");
    }

    [Fact]
    public async Task Opens_what_an_order_seals_to_nobody_also_if_it_was_opened_before()
    {
        var clientId = await county.SuperviseAsync(Agent);
        (await county.PostAsync(OtherCoach, Path(clientId), Unconscious)).ShouldSucceed();
        (await county.GetAsync(OtherCoach, $"/api/clients/{clientId}/timeline")).ShouldSucceed();

        await Erasure.ErasureStories.OrderAsync(county, clientId);

        foreach (var shown in new[] { "", "/timeline", "/profile" })
            await county.ShouldNotExistAsync(OtherCoach, clientId, id => county.GetAsync(OtherCoach, $"/api/clients/{id}{shown}"));
        await county.ShouldNotExistAsync(OtherCoach, clientId, id => county.PostAsync(OtherCoach, Path(id), Unconscious));
        (await county.GetAsync(Officer, "/api/emergency-access?open=true")).ShouldSucceed().Json["items"]!.AsArray()
            .Count(item => item!["clientId"]!.GetValue<Guid>() == clientId).ShouldBe(1, "what was not opened is not reviewed");
    }

    private static string Path(Guid clientId) => $"/api/clients/{clientId}/emergency-access";
}
