using System.Net;
using System.Text.Json.Nodes;
using CaseFlow.Api.Http;
using CaseFlow.Api.Overdoses;
using CaseFlow.Api.Referrals;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using Npgsql;

namespace CaseFlow.Integration.Overdoses;

/// <param name="ClientId">Of <paramref name="Agent"/>.</param>
public sealed record Owed(Actor Agent, Guid ClientId, Guid OverdoseId, Guid DutyId)
{
    public string Path => $"/api/clients/{ClientId}/referral-duty";
}

/// <summary>What tests about the duty begin with.</summary>
public static class DutyStories
{
    /// <param name="county">Where.</param>
    /// <param name="reporter">Who reports.</param>
    /// <param name="clientId">Whose it is; null while nobody knows.</param>
    /// <param name="when">Half an hour ago unless said.</param>
    /// <param name="note">Words, which are sealed; without any there is nothing to seal.</param>
    /// <returns>The id of an overdose, of the client or of a person not identified.</returns>
    public static async Task<Guid> ReportAsync(this County county, Actor reporter, Guid? clientId, WhenPart? when = null, string? note = null)
    {
        var overdoseId = Guid.CreateVersion7();
        (await county.PostAsync(reporter, "/api/overdoses", new ReportOverdoseDoor.Request(
            overdoseId, clientId, DetailsPart.Example, OverdoseSource.Hospital, when ?? new WhenPart(county.Now.AddMinutes(-30)), Note: note))).ShouldBe(HttpStatusCode.Created);
        return overdoseId;
    }

    /// <summary>The agent learned of it, ten minutes ago unless said.</summary>
    public static Task<Reply> KnowAsync(this County county, Actor agent, Guid clientId, Guid overdoseId, DateTimeOffset? knownAt = null) =>
        county.PostAsync(agent, KnownPath(clientId, overdoseId), new KnownRequest(knownAt ?? county.Now.AddMinutes(-10), LearnedFrom.Hospital));

    public static string KnownPath(Guid clientId, Guid overdoseId) => $"/api/clients/{clientId}/overdoses/{overdoseId}/known";

    /// <returns>An open duty of a new client of the agent.</returns>
    public static async Task<Owed> OweAsync(this County county, Actor agent, DateTimeOffset? knownAt = null)
    {
        var clientId = await county.SuperviseAsync(agent);
        var overdoseId = await county.ReportAsync(agent, clientId, knownAt is null ? null : new WhenPart(knownAt.Value.AddMinutes(-20)));
        (await county.KnowAsync(agent, clientId, overdoseId, knownAt)).ShouldSucceed();
        return new Owed(agent, clientId, overdoseId, (await county.DutiesAsync(agent, clientId)).Single()!["dutyId"]!.GetValue<Guid>());
    }

    /// <returns>The client's duties, oldest first, from their own stream.</returns>
    public static async Task<JsonArray> DutiesAsync(this County county, Actor agent, Guid clientId) =>
        (await county.GetAsync(agent, $"/api/clients/{clientId}/referral-duty")).ShouldSucceed().Json["duties"]!.AsArray();

    /// <summary>Reads the duties and changes them at once.</summary>
    public static async Task<Reply> ChangeDutyAsync(this County county, Actor actor, Guid clientId, string act, object body)
    {
        var duty = $"/api/clients/{clientId}/referral-duty";
        return await county.ChangeAsync(actor, $"{duty}/{act}", (await county.GetAsync(actor, duty)).ETag ?? "\"0\"", body);
    }

    /// <summary>The client says no, on the telephone, now.</summary>
    public static Task<Reply> DeclineAsync(this County county, Actor actor, Guid clientId) => county.ChangeDutyAsync(
        actor, clientId, "not-interested", new NotInterestedRequest(county.Now, ContactMode.Phone, "Not now."));

    /// <returns>The id of a referral for the duty, sent.</returns>
    public static async Task<Guid> ReferAsync(this County county, Owed owed, string toAgency = "recovery-coaches", bool send = true)
    {
        var created = (await county.PostAsync(owed.Agent, "/api/referrals", new CreateReferralRequest(owed.ClientId, toAgency, DutyId: owed.DutyId))).ShouldBe(HttpStatusCode.Created);
        var referralId = created.Json["referralId"]!.GetValue<Guid>();
        if (send)
            (await county.ChangeAsync(owed.Agent, $"/api/referrals/{referralId}/send", created.ETag, SendRequest.Example)).ShouldSucceed();
        return referralId;
    }

    public static Task<Reply> AcknowledgeAsync(this County county, Actor coach, Guid referralId) =>
        county.PostAsync(coach, $"/api/referrals/{referralId}/acknowledge", WhenOnly.Example);

    /// <summary>The duty in the queue, as the asker sees it.</summary>
    public static async Task<JsonNode> InQueueAsync(this County county, Actor actor, Guid dutyId) =>
        (await county.AskAsync(actor, $"/api/referral-compliance/{dutyId}")).ShouldSucceed().Json["duty"]!;

    /// <returns>How many events of a stored name there are about the client.</returns>
    public static async Task<long> EventsAsync(this County county, string name, Guid clientId)
    {
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand("select count(*) from caseflow.mt_events where type = @name and data ->> 'clientId' = @client");
        command.Parameters.AddWithValue("name", name);
        command.Parameters.AddWithValue("client", clientId.ToString());
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
