using CaseFlow.Api.Coaching;
using CaseFlow.Api.Consents;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Overdoses;
using CaseFlow.Api.Referrals;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Referrals;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Erasure;

/// <summary>
/// Nobody waits for ever on a record whose content is gone: what is open is ended by whoever ends it, by a code, without words and without a version that nobody
/// is shown; and what is not open is told to nobody.
/// </summary>
public sealed class EndingTheWorkOnTheErased : IAsyncLifetime
{
    /// <summary>The commands that do nothing but end.</summary>
    public static readonly IReadOnlyList<string> Ends =
    [
        "withdrawReferral", "declineReferral", "closeReferral", "exemptDuty", "recordImpossibility", "recordParticipantWithdrew", "recordParticipationClosed",
        "recordWarrantQuashed", "liftCoachingOrder", "endCoaching", "endRandomTesting", "closeDrugTest", "agreeToRestriction", "takeConsentBack", "denyAmendment",
    ];

    private County county = null!;

    public async ValueTask InitializeAsync() => county = await County.WithAsync(("Limits:RequestBurst", "100000"));

    public ValueTask DisposeAsync() => county.DisposeAsync();

    [Fact]
    public void Each_says_so_at_its_route() => county.Routes.Select(one => one.Route.Name).Intersect(Ends).Count().ShouldBe(Ends.Count);

    [Fact]
    public async Task A_referral_is_withdrawn_declined_and_closed()
    {
        var clientId = await county.KnownAsync(Agent, "E-1");
        var (unsent, waiting, accepted) = (await ReferredAsync(clientId, send: false), await ReferredAsync(clientId, send: true), await ReferredAsync(clientId, send: true));
        (await county.PostAsync(Coach, accepted + "/acknowledge", WhenOnly.Example)).ShouldSucceed();
        (await county.ChangeAsync(Coach, accepted + "/accept", await county.VersionAsync(Coach, accepted + "/intake"), WhenOnly.Example)).ShouldSucceed();
        await county.EraseAsync(clientId);

        (await EndAsync(Agent, unsent + "/withdraw", WithdrawRequest.Example)).ShouldSucceed();
        (await EndAsync(Coach, waiting + "/decline", DeclineRequest.Example)).ShouldSucceed();
        (await EndAsync(Coach, accepted + "/close", new CaseFlow.Api.Referrals.CloseRequest(ReferralOutcome.GotHelp), 409)).ShouldBeProblem(409, "content-erased");
        (await EndAsync(Coach, accepted + "/close", new CaseFlow.Api.Referrals.CloseRequest(ReferralOutcome.DidNotGetHelp))).ShouldSucceed();
        foreach (var (actor, path, body) in new (CaseFlow.Domain.Actor, string, object)[]
                 {
                     (Agent, unsent + "/withdraw", WithdrawRequest.Example), (Coach, waiting + "/decline", DeclineRequest.Example),
                     (Coach, accepted + "/close", new CaseFlow.Api.Referrals.CloseRequest(ReferralOutcome.DidNotGetHelp)),
                     (Coach, accepted + "/close", new CaseFlow.Api.Referrals.CloseRequest(ReferralOutcome.CouldNotContact)),
                 })
        {
            (await EndAsync(actor, path, body, 409)).ShouldBeProblem(409, "content-erased");
        }
    }

    [Fact]
    public async Task A_duty_is_ended_by_a_code_and_by_no_words()
    {
        var (one, other) = (await county.KnownAsync(Agent, "E-2"), await county.KnownAsync(Agent, "E-3"));
        foreach (var clientId in new[] { one, other })
        {
            (await county.KnowAsync(Agent, clientId, await county.ReportAsync(Coach, clientId))).ShouldSucceed();
            await county.EraseAsync(clientId);
        }

        string Duty(Guid clientId) => $"/api/clients/{clientId}/referral-duty";
        (await EndAsync(Supervisor, Duty(one) + "/exempt", ExemptRequest.Example, 409)).ShouldBeProblem(409, "content-erased");
        (await EndAsync(Supervisor, Duty(one) + "/exempt", ExemptRequest.Example with { Evidence = null })).ShouldSucceed();
        (await EndAsync(Agent, Duty(other) + "/impossible", new ImpossibleRequest(ImpossibleReason.ClientGone))).ShouldSucceed();
        (await EndAsync(Agent, Duty(other) + "/impossible", new ImpossibleRequest(ImpossibleReason.ClientGone), 409)).ShouldBeProblem(409, "content-erased");
        var phases = await county.Database.Store.ReadStreamAsync("demo", CaseFlow.Domain.StreamIds.ReferralDuty(one), cancellation: TestContext.Current.CancellationToken);
        phases.Events[^1].Data.ShouldBeOfType<ReferralDutyDischarged>().Path.ShouldBe(DischargePath.Exempt);
    }

    [Fact]
    public async Task A_court_lets_go_of_a_participation_its_coaching_and_its_draws()
    {
        var record = await WholeRecord.TellAsync(county);
        var participation = $"/api/participations/{record.Ids["participationId"]}";
        (await county.PostAsync(Coordinator, participation + "/random-testing/start")).ShouldSucceed();
        var ordered = (await county.PostAsync(Coordinator, participation + "/drug-tests", new CaseFlow.Api.DrugTests.OrderTestRequest(ForCause: true, "Seemed intoxicated."))).ShouldSucceed();
        var test = $"{participation}/drug-tests/{ordered.Json["testId"]!.GetValue<Guid>()}";
        (await county.PostAsync(Coordinator, test + "/notify", new CaseFlow.Api.DrugTests.NotifyRequest(Specimen.Urine, CaseFlow.Domain.ContactMode.Phone))).ShouldSucceed();
        (await county.PostAsync(Coordinator, test + "/collect", new CaseFlow.Api.DrugTests.CollectRequest(Specimen.Urine, IdentityChecked: true, "collector-1", "COC-1"))).ShouldSucceed();
        await county.EraseAsync(record.ClientId);

        var unreported = new CaseFlow.Api.DrugTests.CloseTestRequest(TestClosure.NotReported);
        (await EndAsync(Coordinator, test + "/close", unreported)).ShouldSucceed();
        (await EndAsync(Coordinator, test + "/close", unreported, 409)).ShouldBeProblem(409, "content-erased");

        (await EndAsync(Coordinator, participation + "/random-testing/end", new CaseFlow.Api.DrugTests.EndTestingRequest(TestingEndReason.OrderedByCourt))).ShouldSucceed();
        (await EndAsync(Coach, participation + "/coaching/end", new FinishCoachingRequest(CoachingEndReason.Completed, "Words."), 409)).ShouldBeProblem(409, "content-erased");
        (await EndAsync(Coach, participation + "/coaching/end", new FinishCoachingRequest(CoachingEndReason.Completed))).ShouldSucceed();
        (await EndAsync(Coordinator, participation + "/coaching/lift", new EndCoachingRequest(CoachingEndReason.OrderLifted))).ShouldSucceed();
        var close = new CaseFlow.Api.Courts.CloseRequest(ParticipationClosure.CaseDismissed) { File = CourtFile.Open, DecidedBy = [Judge.Id] };
        (await EndAsync(Coordinator, participation + "/close", close with { Words = "Dismissed." }, 409)).ShouldBeProblem(409, "content-erased");
        (await EndAsync(Coordinator, participation + "/close", close)).ShouldSucceed();
        (await EndAsync(Coordinator, participation + "/close", close, 409)).ShouldBeProblem(409, "content-erased");
        var read = await county.Database.Store.ReadStreamAsync("demo", Guid.Parse(record.Ids["participationId"]), cancellation: TestContext.Current.CancellationToken);
        read.Events[^1].Data.ShouldBeOfType<ParticipationClosed>().Words.ShouldBeNull();
    }

    [Fact]
    public async Task What_was_asked_is_answered_and_what_was_opened_is_looked_at()
    {
        var record = await WholeRecord.TellAsync(county);
        var client = $"/api/clients/{record.ClientId}";
        var amendment = new AmendmentAsk("dcc", "Planted amendment.", new ProofPart(ProofOfIdentity.PhotoDocument), RequestId: Guid.CreateVersion7());
        (await county.PostAsync(Officer, client + "/amendments", amendment)).ShouldSucceed();
        var deny = $"{client}/amendments/{amendment.RequestId}/deny";
        (await county.PostAsync(Officer, deny, new DenyRequest(AmendmentDenial.NotAvailableForAccess))).ShouldBeProblem(422, "amendment-reason-missing");
        var restriction = (await county.PostAsync(Coach, client + "/restrictions", RestrictionRequest.Example with { DisclosingAgency = "recovery-coaches" })).ShouldSucceed().Json["restrictionId"]!.GetValue<Guid>();
        var consent = (await county.GetAsync(Coach, client + "/consents")).ShouldSucceed().Json["items"]!.AsArray()[0]!["consentId"]!.GetValue<Guid>();
        var opening = (await county.GetAsync(Officer, client + "/emergency-access")).ShouldSucceed().Json["items"]![0]!["emergencyAccessId"]!.GetValue<Guid>();
        await county.EraseAsync(record.ClientId);

        (await EndAsync(Officer, deny, new DenyRequest(AmendmentDenial.NotAvailableForAccess, "Words."), 409)).ShouldBeProblem(409, "content-erased");
        (await EndAsync(Officer, deny, new DenyRequest(AmendmentDenial.NotAvailableForAccess))).ShouldSucceed();
        (await EndAsync(Officer, $"{client}/restrictions/{restriction}/agree", new AgreeRequest())).ShouldSucceed();
        (await EndAsync(Coach, $"{client}/consents/{consent}/take-back", new TakeBackRequest(RevocationMode.Oral))).ShouldSucceed();
        var review = $"{client}/emergency-access/{opening}/review";
        (await county.PostAsync(Officer, review, new EmergencyDoors.ReviewRequest(EmergencyVerdict.Justified, "Words."))).ShouldBeProblem(409, "content-erased");
        (await county.PostAsync(Officer, review, new EmergencyDoors.ReviewRequest(EmergencyVerdict.Justified))).ShouldSucceed();
        var ask = new RecordsAsk(new ProofPart(ProofOfIdentity.PhotoDocument), RequestId: Guid.CreateVersion7());
        (await county.PostAsync(Officer, client + "/records-requests", ask with { Words = "Words." })).ShouldBeProblem(409, "content-erased");
        (await county.PostAsync(Officer, client + "/records-requests", ask)).ShouldSucceed();
        (await county.PostAsync(Officer, $"{client}/records-requests/{ask.RequestId}/fulfil", new GivenRequest(DisclosureMethod.Paper))).ShouldSucceed();
    }

    /// <summary>Without a version: nobody is shown one.</summary>
    private async Task<Reply> EndAsync(CaseFlow.Domain.Actor actor, string path, object body, params int[] statuses)
    {
        var reply = await county.PostAsync(actor, path, body);
        if (statuses.Length > 0)
            statuses.ShouldContain(reply.Status, reply.Text);
        return reply;
    }

    private async Task<string> ReferredAsync(Guid clientId, bool send)
    {
        var created = (await county.PostAsync(Agent, "/api/referrals", new CreateReferralRequest(clientId, "recovery-coaches"))).ShouldSucceed();
        var referral = $"/api/referrals/{created.Json["referralId"]!.GetValue<Guid>()}";
        if (send)
            (await county.ChangeAsync(Agent, referral + "/send", created.ETag, SendRequest.Example)).ShouldSucceed();
        return referral;
    }
}
