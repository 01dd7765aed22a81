using CaseFlow.Api.Http;
using CaseFlow.Api.Overdoses;
using CaseFlow.Api.Referrals;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Security;

/// <summary>One id in two places of a request: it is one kind of record, and not the other.</summary>
public sealed class NamingOneIdTwice(County county) : IClassFixture<County>
{
    [Fact]
    public async Task An_overdose_is_not_its_own_person()
    {
        var overdoseId = await county.ReportAsync(Agent, null);
        var overdose = $"/api/overdoses/{overdoseId}";
        var version = await county.VersionAsync(Agent, overdose);

        (await county.ChangeAsync(Agent, $"{overdose}/identify", version, new { clientId = overdoseId, how = "staff" })).ShouldBeProblem(404, "client-not-found");
        (await county.VersionAsync(Agent, overdose)).ShouldBe(version);
    }

    [Fact]
    public async Task A_clients_id_is_taken_for_an_overdose_and_for_a_referral()
    {
        var clientId = await county.SuperviseAsync(Agent);

        (await county.PostAsync(Agent, "/api/overdoses", new ReportOverdoseDoor.Request(
            clientId, clientId, DetailsPart.Example, OverdoseSource.Hospital, new WhenPart(county.Now.AddMinutes(-30))))).ShouldBeProblem(409, "id-taken");
        (await county.PostAsync(Agent, "/api/referrals", new CreateReferralRequest(clientId, "recovery-coaches", ReferralId: clientId))).ShouldBeProblem(409, "id-taken");
        (await county.EventsAsync("overdose_reported", clientId)).ShouldBe(0);
        (await county.EventsAsync("referral_created", clientId)).ShouldBe(0);
    }
}
