using CaseFlow.Api.Clients;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Erasure;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;

namespace CaseFlow.Integration.Erasure;

/// <summary>What tests about erasure begin with.</summary>
public static class ErasureStories
{
    public static string PathOf(Guid clientId) => $"/api/clients/{clientId}/erasure";

    /// <returns>A client of the agent with everything that a record can hold of a person.</returns>
    public static async Task<Guid> KnownAsync(this County county, Actor agent, string number)
    {
        var clientId = await county.SuperviseAsync(agent, new(
            RegistrationSource.Supervision, null, new("Wilhelmina", "Plantedname"), new DateOnly(1984, 2, 29), [new(IdentifierSystem.Doc, number)]));
        var client = $"/api/clients/{clientId}";
        (await county.PostAsync(agent, client + "/aliases", new AliasRequest("Mina Plantedalias"))).ShouldSucceed();
        (await county.PostAsync(agent, client + "/contact-points", new { kind = "phone", value = "608 555 0117", safeToText = true, safeToLeaveMessage = false })).ShouldSucceed();
        return clientId;
    }

    /// <returns>The id of an order of the court.</returns>
    public static async Task<Guid> OrderAsync(
        this County county, Guid clientId, ErasureScope scope = ErasureScope.WholeRecord, string reason = "adult-expunction", string reference = "2026 EX 14")
    {
        var reply = await county.PostAsync(County.Officer, PathOf(clientId) + "/orders", new { scope, authority = "court", reasonCode = reason, reference });
        reply.ShouldSucceed();
        return reply.Json["orderId"]!.GetValue<Guid>();
    }

    public static async Task<Reply> ApplyAsync(this County county, Guid clientId, Guid orderId) => await county.ChangeAsync(
        County.Officer, $"{PathOf(clientId)}/orders/{orderId}/apply", await county.VersionAsync(County.Officer, PathOf(clientId)));

    /// <summary>Ordered and carried out.</summary>
    public static async Task EraseAsync(this County county, Guid clientId) =>
        (await county.ApplyAsync(clientId, await county.OrderAsync(clientId))).ShouldSucceed();

    public static async Task<Reply> FindAsync(this County county, Actor agent, string number) =>
        (await county.PostAsync(agent, "/api/clients/find", new { system = "doc", value = number })).ShouldSucceed();
}
