using CaseFlow.Api.Agencies;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Http;
using CaseFlow.Api.Supervision;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Supervision;
using CaseFlow.Integration.Infrastructure;

namespace CaseFlow.Integration.Clients;

/// <summary>What tests about clients begin with.</summary>
public static class ClientStories
{
    /// <summary>Of victim services, once they are open.</summary>
    public static readonly Actor Advocate = new("advocate-1", Role.PeerSpecialist, "demo", "safe-harbor");

    /// <summary>An agency of victim services begins to work, as the directory has it.</summary>
    public static async Task OpenVictimServicesAsync(this County county)
    {
        (await county.PostAsync(County.Administrator, "/api/agencies", new RegisterAgencyRequest("safe-harbor", "Safe Harbor", AgencyKind.Other))).ShouldSucceed();
        (await county.PostAsync(County.Officer, "/api/agencies/safe-harbor/record-status", new RecordStatusRequest(
            new RecordStatus(Part2Status.NotPart2, VictimServices: true), "Opinion of counsel."))).ShouldSucceed();
        await county.EngageAsync(Advocate);
    }

    /// <returns>The id of a client whom the actor has just registered.</returns>
    public static async Task<Guid> RegisterAsync(this County county, Actor actor, RegisterClientDoor.Request? ask = null)
    {
        var reply = await county.PostAsync(actor, "/api/clients", ask ?? new(RegistrationSource.Supervision));
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Json["clientId"]!.GetValue<Guid>();
    }

    /// <returns>The id of a client under the supervision of an agent of the dcc.</returns>
    public static async Task<Guid> SuperviseAsync(this County county, Actor agent, RegisterClientDoor.Request? ask = null)
    {
        var clientId = await county.RegisterAsync(agent, ask);
        var start = StartOf(agent) with { When = new WhenPart(county.Now.AddDays(-30)) };
        (await county.PostAsync(agent, $"/api/clients/{clientId}/supervision/start", start)).ShouldSucceed();
        return clientId;
    }

    /// <summary>A month ago, so that what follows has room.</summary>
    public static StartSupervisionRequest StartOf(Actor agent) => new(
        SupervisionStatus.Probation, agent.Agency!, agent.Office!, agent.Id, When: new WhenPart(DateTimeOffset.UtcNow.AddDays(-30)));

    public static async Task<string?> VersionAsync(this County county, Actor actor, string path) =>
        (await county.GetAsync(actor, path)).ShouldSucceed().ETag;

    /// <summary>Sends the client to the recovery coaches.</summary>
    public static async Task ReferAsync(this County county, Actor agent, Guid clientId, string toAgency)
    {
        var created = await county.PostAsync(agent, "/api/referrals", new { clientId, toAgencyId = toAgency });
        created.Status.ShouldBe(201, created.Text);
        var referral = $"/api/referrals/{created.Json["referralId"]!.GetValue<Guid>()}";
        (await county.ChangeAsync(agent, referral + "/send", created.ETag, new { channel = "inbox" })).ShouldSucceed();
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Somebody else's client answers byte for byte like one who does not exist.</summary>
    public static async Task ShouldNotExistAsync(this County county, Actor actor, Guid clientId, Func<Guid, Task<Reply>> ask)
    {
        var nobody = Guid.CreateVersion7();
        var reply = await ask(clientId);
        reply.ShouldBeProblem(404, "client-not-found");
        reply.Without(clientId).ShouldBe((await ask(nobody)).Without(nobody), $"{actor.Id} of {actor.Jurisdiction}");
    }
}
