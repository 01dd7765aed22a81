using CaseFlow.Api.Consents;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Courts;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Consents;

/// <summary>A client who says that they take a consent back: whoever is told holds it at once, and the words are not for everybody who is told by it.</summary>
public sealed class HearingAWord(County county) : IClassFixture<County>
{
    [Fact]
    public async Task An_agent_who_is_told_of_it_holds_the_consent_at_once_and_cannot_receive_the_writing()
    {
        var consent = await GivenAsync();

        (await county.PostAsync(Agent, consent.Path + "/take-back", new TakeBackRequest(RevocationMode.Written))).ShouldBeProblem(403, "may-not-receive-revocation");
        (await StandingAsync(Coach, consent)).ShouldBe("inForce");
        (await county.PostAsync(Agent, consent.Path + "/take-back", new TakeBackRequest(RevocationMode.Oral, Words: "Told my agent."))).Status.ShouldBe(204);

        (await StandingAsync(Coach, consent)).ShouldBe("held");
        (await StandingAsync(Agent, consent)).ShouldBe("held");
        (await WordsAsync(Agent, consent)).ShouldContain("Told my agent.", "who heard them reads them");
        (await WordsAsync(Coach, consent)).ShouldContain("Told my agent.", "so does the agency whose record it is about");
        await county.ShouldNotExistAsync(Colleague, consent.ClientId, id =>
            county.PostAsync(Colleague, $"/api/clients/{id}/consents/{consent.ConsentId}/take-back", new TakeBackRequest(RevocationMode.Oral)));
    }

    [Fact]
    public async Task Told_once_more_of_what_was_revoked_an_agent_holds_what_was_signed_since()
    {
        var revoked = await GivenAsync();
        (await county.PostAsync(Coach, revoked.Path + "/take-back", new TakeBackRequest(RevocationMode.Written))).Status.ShouldBe(204);
        var since = revoked with
        {
            ConsentId = (await county.PostAsync(Coach, revoked.List, GrantConsentRequest.Example with
            {
                Term = new TermPart(ExpiresAt: county.Now.AddYears(1)),
                Form = FormPart.Example with { SignedAt = county.Now },
            })).ShouldSucceed().Json["consentId"]!.GetValue<Guid>(),
        };
        (await StandingAsync(Coach, since)).ShouldBe("inForce");

        (await county.PostAsync(Agent, revoked.Path + "/take-back", new TakeBackRequest(RevocationMode.Oral, Words: "Stop it all."))).Status.ShouldBe(204);

        (await StandingAsync(Coach, since)).ShouldBe("held");
        (await county.PostAsync(Coach, revoked.Path + "/take-back", new TakeBackRequest(RevocationMode.Written))).Status.ShouldBe(204);
        (await StandingAsync(Coach, since)).ShouldBe("revoked");
        (await county.PostAsync(Coach, revoked.Path + "/take-back", new TakeBackRequest(RevocationMode.Written, EffectiveAt: county.Now.AddDays(5)))).ShouldBeProblem(409, "recorded-differently");
    }

    [Fact]
    public async Task A_judge_hears_of_the_consents_that_tell_judges_and_of_no_other_of_the_same_client()
    {
        await county.FurnishCourtAsync();
        var given = await GivenAsync();
        var toJudge = (await county.PostAsync(Coach, given.List, GrantConsentRequest.Example with
        {
            Recipients = ["court"],
            RecipientRoles = [Role.Judge],
            Purposes = [ConsentPurpose.CourtMonitoring],
            Term = new TermPart(ExpiresAt: county.Now.AddYears(1)),
            Form = FormPart.Example with { SignedAt = county.Now.AddDays(-2) },
        })).ShouldSucceed().Json["consentId"]!.GetValue<Guid>();

        (await county.PostAsync(CourtStories.Judge, given.Path + "/take-back", new TakeBackRequest(RevocationMode.Oral))).ShouldBeProblem(404, "consent-not-found");
        (await StandingAsync(Coach, given)).ShouldBe("inForce");
        (await county.PostAsync(CourtStories.Judge, $"{given.List}/{toJudge}/take-back", new TakeBackRequest(RevocationMode.Oral))).Status.ShouldBe(204);
        (await StandingAsync(Coach, given with { ConsentId = toJudge })).ShouldBe("held");
    }

    [Fact]
    public async Task Whoever_is_only_told_by_a_consent_sees_that_it_was_taken_back_and_not_in_what_words()
    {
        var consent = await GivenAsync();
        (await county.PostAsync(Coach, consent.Path + "/take-back", new TakeBackRequest(RevocationMode.Oral, Words: "He must not hear of my relapse."))).Status.ShouldBe(204);
        (await county.PostAsync(Coach, consent.Path + "/lift-hold", new LiftHoldRequest("Changed her mind after the relapse."))).Status.ShouldBe(204);
        (await county.PostAsync(Coach, consent.Path + "/take-back", new TakeBackRequest(
            RevocationMode.Written, Words: "In writing: no relapse told.", RelianceNote: "Relapse told on Monday."))).Status.ShouldBe(204);

        var seen = (await county.GetAsync(Agent, consent.List)).ShouldSucceed();
        seen.Text.ShouldNotContain("relapse", Case.Insensitive);
        var history = seen.Json["items"]!.AsArray().Single(item => item!["consentId"]!.GetValue<Guid>() == consent.ConsentId)!["history"]!.AsArray();
        history.Select(step => step!["what"]!.GetValue<string>()).ShouldBe(
        [
            "consent_granted", "consent_revocation_requested", "consent_protective_hold_placed", "consent_hold_lifted", "consent_revocation_requested", "consent_revoked",
        ]);
        history.ShouldAllBe(step => step!["words"] == null);
        foreach (var actor in new[] { Coach, Officer })
            (await WordsAsync(actor, consent)).Count(words => words?.Contains("elapse", StringComparison.Ordinal) is true).ShouldBe(4, actor.Id);
    }

    private sealed record Given(Guid ClientId, Guid ConsentId)
    {
        public string List => $"/api/clients/{ClientId}/consents";

        public string Path => $"{List}/{ConsentId}";
    }

    /// <summary>The coaches may tell corrections.</summary>
    private async Task<Given> GivenAsync()
    {
        var clientId = await county.SuperviseAsync(Agent);
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        var given = (await county.PostAsync(Coach, $"/api/clients/{clientId}/consents", GrantConsentRequest.Example with
        {
            Term = new TermPart(ExpiresAt: county.Now.AddYears(1)),
            Form = FormPart.Example with { SignedAt = county.Now.AddDays(-2) },
        })).ShouldSucceed();
        return new Given(clientId, given.Json["consentId"]!.GetValue<Guid>());
    }

    private async Task<string> StandingAsync(Actor actor, Given consent) =>
        (await ItemAsync(actor, consent))["standing"]!.GetValue<string>();

    private async Task<IReadOnlyList<string?>> WordsAsync(Actor actor, Given consent) =>
        [.. (await ItemAsync(actor, consent))["history"]!.AsArray().Select(step => step!["words"]?.GetValue<string>())];

    private async Task<System.Text.Json.Nodes.JsonNode> ItemAsync(Actor actor, Given consent) =>
        (await county.GetAsync(actor, consent.List)).ShouldSucceed().Json["items"]!.AsArray().Single(item => item!["consentId"]!.GetValue<Guid>() == consent.ConsentId)!;
}
