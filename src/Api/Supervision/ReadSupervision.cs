using System.Text.Json.Serialization;
using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Supervision;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Supervision;

/// <summary>Whether a client is under supervision, where and with whom; for those who reach the whole record, and for services.</summary>
public static class ReadSupervision
{
    /// <param name="LastEndedAt">End of the supervision before; null when there was none.</param>
    public sealed record View(
        Guid ClientId,
        SupervisionPhase Phase,
        SupervisionStatus? Status,
        string? AgencyId,
        string? OfficeId,
        string? AgentId,
        DateTimeOffset? StartedAt,
        DateTimeOffset? LastEndedAt) : IToldByAgencies
    {
        [JsonIgnore]
        public IEnumerable<string?> ToldBy => [AgencyId];
    }

    public static View Example { get; } = new(
        Guid.Parse("0195d6c4-0000-7000-8000-000000000001"),
        SupervisionPhase.Supervised,
        SupervisionStatus.Probation,
        "dcc",
        "north",
        "agent-1",
        new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero),
        LastEndedAt: null);

    public static async Task<IResult> Handle(
        Guid clientId, Actor actor, IEventStore store, ClientAccess access, HttpResponse response, CancellationToken cancellation)
    {
        var client = await store.FoldAsync(Streams.Client, actor.Jurisdiction, clientId, cancellation);
        var supervision = await store.FoldAsync(Streams.Supervision, actor.Jurisdiction, StreamIds.Supervision(clientId), cancellation);
        var isKeeper = actor.Role == Role.Service && client.State.IsRegistered;
        if (!isKeeper && await access.ReachAsync(actor, clientId, client.State, supervision.State, cancellation) < ClientReach.Whole)
            return Problems.From(ClientRejections.NotFound(clientId));

        response.SetVersion(supervision.Version);
        var state = supervision.State;
        return TypedResults.Ok(new View(
            clientId, state.Phase, state.Status, state.AgencyId, state.OfficeId, state.AgentId, state.StartedAt, state.EndedAt));
    }
}
