using System.Text.Json.Nodes;
using CaseFlow.Api.Consents;
using CaseFlow.Api.Disclosures;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Identities;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Identities.IdentityStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Consents;

/// <summary>An event that a consent waits for was entered by mistake: the decision follows at once, and the history keeps both.</summary>
public sealed class RetractingAnEvent(County county) : IClassFixture<County>
{
    private static readonly ConditionRequest Ended = new(ConsentCondition.EndOfTreatment);
    private static readonly RetractConditionRequest Mistaken = new(ConsentCondition.EndOfTreatment, "Heliotrope: entered on the wrong case.");

    [Fact]
    public async Task The_consent_counts_again_at_once_and_the_history_keeps_both()
    {
        var (client, consentId) = await GivenAsync();
        var conditions = $"{client}/consents/{consentId}/conditions";
        (await county.PostAsync(Coach, conditions + "/retract", Mistaken)).ShouldBeProblem(409, "consent-condition-not-met", "condition");
        (await county.PostAsync(Coach, conditions, Ended)).Status.ShouldBe(204);
        var over = await ItemAsync(client);
        over["standing"]!.GetValue<string>().ShouldBe("expired");
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var position = (await county.AskAsync(Coach, client + "/consents")).Json["position"]!.GetValue<long>();

        (await county.PostAsync(Coach, conditions + "/retract", Mistaken with { Reason = " " })).Status.ShouldBe(400);
        (await county.PostAsync(Coach, conditions + "/retract", Mistaken)).Status.ShouldBe(204);
        (await county.PostAsync(Coach, conditions + "/retract", Mistaken)).Status.ShouldBe(204);

        var item = await ItemAsync(client);
        item["standing"]!.GetValue<string>().ShouldBe("inForce");
        var history = item["history"]!.AsArray();
        history.Select(step => step!["what"]!.GetValue<string>()).ShouldBe(["consent_granted", "consent_condition_met", "consent_condition_retracted"]);
        history[^1]!["words"]!.GetValue<string>().ShouldBe(Mistaken.Reason);
        (await Tables.HoldingAsync(county.ConnectionString, "Heliotrope")).ShouldBeEmpty();

        // As recorded before, it was over; the correction counts from what it corrects.
        var then = (await county.AskAsync(Coach, $"{client}/consents?asRecordedPosition={position}")).ShouldSucceed().Json["items"]![0]!;
        then["standing"]!.GetValue<string>().ShouldBe("expired");

        (await county.PostAsync(Coach, conditions, Ended)).Status.ShouldBe(204);
        (await ItemAsync(client))["standing"]!.GetValue<string>().ShouldBe("expired", "the treatment may end after all");
    }

    [Fact]
    public async Task What_was_taken_back_meanwhile_stays_so_and_nobody_else_takes_it_back()
    {
        var (client, consentId) = await GivenAsync();
        var consent = $"{client}/consents/{consentId}";
        (await county.PostAsync(Coach, consent + "/conditions", Ended)).Status.ShouldBe(204);
        var colleague = Coach with { Id = "coach-retracting" };
        await county.EngageAsync(colleague);

        (await county.PostAsync(colleague, consent + "/conditions/retract", Mistaken)).ShouldBeProblem(403, "consent-condition-of-another");
        (await county.PostAsync(OtherCoach, consent + "/conditions/retract", Mistaken)).ShouldBeProblem(404, "client-not-found");
        (await county.PostAsync(Agent, consent + "/conditions/retract", Mistaken)).ShouldBeProblem(403, "role-not-allowed");
        (await county.PostAsync(Coach, consent + "/take-back", new TakeBackRequest(RevocationMode.Oral))).Status.ShouldBe(204);
        (await county.PostAsync(Officer, consent + "/conditions/retract", Mistaken)).ShouldBeProblem(409, "consent-held");
        (await county.PostAsync(Coach, consent + "/take-back", new TakeBackRequest(RevocationMode.Written))).Status.ShouldBe(204);
        (await county.PostAsync(Officer, consent + "/conditions/retract", Mistaken)).ShouldBeProblem(409, "consent-revoked");
        (await ItemAsync(client))["standing"]!.GetValue<string>().ShouldBe("revoked");
    }

    [Fact]
    public async Task Of_many_at_once_one_is_recorded_and_it_is_found_by_the_persons_other_record()
    {
        var (client, consentId) = await GivenAsync();
        var other = await county.SuperviseAsync(Agent);
        await county.ReferAsync(Agent, other, "recovery-coaches");
        await county.MergeAsync(Supervisor, other, Guid.Parse(client.Split('/')[^1]));
        (await county.PostAsync(Coach, $"{client}/consents/{consentId}/conditions", Ended)).Status.ShouldBe(204);

        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            county.PostAsync(Officer, Of(other, $"/consents/{consentId}/conditions/retract"), Mistaken)));

        replies.ShouldAllBe(reply => reply.Status == 204);
        (await ItemAsync(client))["history"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task The_end_of_supervision_ends_it_without_being_entered_and_a_new_supervision_does_not_bring_it_back()
    {
        var (client, consentId) = await GivenAsync(ConsentCondition.EndOfSupervision);
        var twin = await county.SuperviseAsync(Agent);
        (await ItemAsync(client))["standing"]!.GetValue<string>().ShouldBe("inForce");
        var told = new RecordDisclosureDoor.Request(
            DisclosurePurpose.Supervision, ["attendance"], DisclosureBasis.Consent, DisclosureMethod.Phone, RecipientAgency: "dcc", BasisId: consentId, NoticeVersion: "notice-2024");
        (await county.PostAsync(Coach, client + "/disclosures", told)).Status.ShouldBe(201);

        (await county.ChangeAsync(Supervisor, client + "/supervision/end", await county.VersionAsync(Supervisor, client + "/supervision"), new { reason = "completed" })).ShouldSucceed();

        var item = await ItemAsync(client);
        item["standing"]!.GetValue<string>().ShouldBe("expired");
        item["history"]!.AsArray().Count.ShouldBe(1, "nobody entered it");
        (await county.PostAsync(Coach, client + "/disclosures", told)).ShouldBeProblem(409, "disclosure-basis-not-in-force");
        (await county.PostAsync(Agent, client + "/supervision/start", ClientStories.StartOf(Agent) with { When = null })).ShouldSucceed();
        (await ItemAsync(client))["standing"]!.GetValue<string>().ShouldBe("expired");

        var again = RenewConsentRequest.Example with
        {
            Term = new TermPart(ExpiresAt: county.Now.AddMonths(12), ExpiresOn: ConsentCondition.EndOfSupervision),
            Form = FormPart.Example with { SignedAt = county.Now },
        };
        (await county.PostAsync(Coach, $"{client}/consents/{consentId}/renew", again)).Status.ShouldBe(204);
        (await ItemAsync(client))["standing"]!.GetValue<string>().ShouldBe("inForce", "signed again for the new one");

        // On another record of the same person.
        await county.MergeAsync(Supervisor, twin, Guid.Parse(client.Split('/')[^1]));
        (await county.ChangeAsync(Supervisor, Of(twin, "/supervision/end"), await county.VersionAsync(Supervisor, Of(twin, "/supervision")), new { reason = "completed" })).ShouldSucceed();
        (await ItemAsync(client))["standing"]!.GetValue<string>().ShouldBe("expired");
    }

    private async Task<(string Client, Guid ConsentId)> GivenAsync(ConsentCondition endsOn = ConsentCondition.EndOfTreatment)
    {
        var clientId = await county.SuperviseAsync(Agent);
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        var reply = await county.PostAsync(Coach, Of(clientId, "/consents"), GrantConsentRequest.Example with
        {
            Term = new TermPart(ExpiresAt: county.Now.AddMonths(12), ExpiresOn: endsOn),
            Form = FormPart.Example with { SignedAt = county.Now.AddDays(-2) },
        });
        reply.Status.ShouldBe(201, reply.Text);
        return (Of(clientId), reply.Json["consentId"]!.GetValue<Guid>());
    }

    private async Task<JsonNode> ItemAsync(string client) =>
        (await county.AskAsync(Coach, client + "/consents")).ShouldSucceed().Json["items"]!.AsArray().Single()!;
}
