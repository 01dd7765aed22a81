using CaseFlow.Api.Clients;
using CaseFlow.Api.Consents;
using CaseFlow.Api.Courts;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Courts;

/// <summary>R38 and golden scenario 9: an admission rests on the consents, or on a legal reason to do without them.</summary>
public sealed class AdmittingWithConsent(County county) : IClassFixture<County>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await county.FurnishCourtAsync("recovery-coaches");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Without_a_consent_it_stops_and_names_the_provider_until_a_legal_reason_is_stated()
    {
        var (participation, _) = await AcceptedAsync();

        var stopped = await county.TryAsync(Coordinator, participation, "admit", Admission());
        stopped.ShouldBeProblem(409, "consents-missing", "overrideReason");
        stopped.Json["detail"]!.GetValue<string>().ShouldContain("recovery-coaches");
        (await county.TryAsync(Coordinator, participation, "admit", Admission() with { OverrideReason = "court-order" })).ShouldBeProblem(422, "court-reason-missing", "words");

        await county.EnterAsync(Coordinator, participation, "admit", Admission() with { OverrideReason = "court-order", Words = "Ordered on the record." });

        var admitted = await AdmittedAsync(participation);
        admitted.SourcesWithoutConsent.ShouldBe(["recovery-coaches"]);
        admitted.OverrideReason.ShouldBe("court-order");
    }

    [Fact]
    public async Task With_the_consent_in_force_nothing_is_missing_and_once_it_is_taken_back_it_is()
    {
        var (participation, client) = await AcceptedAsync();
        var (other, otherClient) = await AcceptedAsync();
        await ConsentAsync(client);
        var consentId = await ConsentAsync(otherClient);
        await county.EnterAsync(Coordinator, participation, "admit", Admission());
        (await AdmittedAsync(participation)).SourcesWithoutConsent.ShouldBeEmpty();

        (await county.PostAsync(Coach, $"{otherClient}/consents/{consentId}/take-back", new TakeBackRequest(RevocationMode.Oral))).ShouldSucceed();
        (await county.TryAsync(Coordinator, other, "admit", Admission())).ShouldBeProblem(409, "consents-missing");
    }

    /// <summary>Told late it is asked of its own time: what was signed only since is not there yet, and what was taken back since was.</summary>
    [Fact]
    public async Task The_consents_are_those_of_when_somebody_was_admitted()
    {
        WhenPart Days(double ago) => new(county.Now.AddDays(-ago));
        var (early, client) = await AcceptedAsync(Days(25));
        var (late, otherClient) = await AcceptedAsync(Days(25));
        await ConsentAsync(client, signedDaysAgo: 10);
        var consentId = await ConsentAsync(otherClient, signedDaysAgo: 20);
        (await county.PostAsync(Coach, $"{otherClient}/consents/{consentId}/take-back", new TakeBackRequest(RevocationMode.Written, When: Days(2)))).ShouldSucceed();

        (await county.TryAsync(Coordinator, early, "admit", Admission() with { When = Days(15) })).ShouldBeProblem(409, "consents-missing", "overrideReason");
        await county.EnterAsync(Coordinator, early, "admit", Admission() with { When = Days(5) });
        (await county.TryAsync(Coordinator, late, "admit", Admission() with { When = Days(1) })).ShouldBeProblem(409, "consents-missing", "overrideReason");
        await county.EnterAsync(Coordinator, late, "admit", Admission() with { When = Days(5) });
        (await AdmittedAsync(late)).SourcesWithoutConsent.ShouldBeEmpty();
    }

    private async Task<Guid> ConsentAsync(string client, double signedDaysAgo = 2)
    {
        var signed = county.Now.AddDays(-signedDaysAgo);
        return (await county.PostAsync(Coach, client + "/consents", GrantConsentRequest.Example with
        {
            Kind = ConsentKind.CourtTeam,
            Disclosers = ["recovery-coaches"],
            Recipients = ["court"],
            RecipientRoles = [Role.Judge, Role.Coordinator],
            Information = [ConsentInformation.Engagement, ConsentInformation.Attendance, ConsentInformation.Progress, ConsentInformation.TestResults, ConsentInformation.Discharge],
            Purposes = [ConsentPurpose.CourtMonitoring],
            Term = new TermPart(ExpiresAt: county.Now.AddYears(1)),
            Form = FormPart.Example with { SignedAt = signed },
        })).ShouldSucceed().Json["consentId"]!.GetValue<Guid>();
    }

    private async Task<(string Participation, string Client)> AcceptedAsync(WhenPart? when = null)
    {
        var number = $"A{Random.Shared.Next()}";
        var clientId = await county.SuperviseAsync(Agent);
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        (await county.PostAsync(Agent, $"/api/clients/{clientId}/external-identifiers", new IdentifierRequest(IdentifierSystem.Doc, number))).ShouldSucceed();
        var referred = await county.PostAsync(Coordinator, "/api/courts/drug-court/referrals", new ReferralRequest(
            clientId, CourtReferralSource.SupervisingAgent, new IdentifierRequest(IdentifierSystem.Doc, number))
        { File = CourtFile.Open, When = when });
        referred.Status.ShouldBe(201, referred.Text);
        var participation = $"/api/participations/{referred.Json["participationId"]!.GetValue<Guid>()}";
        await county.FinishScreeningAsync(participation, when);
        return (participation, $"/api/clients/{clientId}");
    }

    private async Task<ParticipantAdmitted> AdmittedAsync(string participation) =>
        (await county.Database.Store.ReadStreamAsync("demo", Guid.Parse(participation.Split('/')[^1]), cancellation: TestContext.Current.CancellationToken))
            .Events.Select(recorded => recorded.Data).OfType<ParticipantAdmitted>().Single();
}
