using CaseFlow.Api.Access;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Clients;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections;

namespace CaseFlow.Api.Consents;

/// <summary>Reads a client's consents from their stream, as of two times: as far as was recorded then, judged at an instant.</summary>
public sealed class ConsentReading(
    CaseFlowDatabase database, Registers registers, ClientAccess access, ReadingRights rights, ViewInstants instants, OpenedTexts texts, TimeProvider clock)
{
    /// <returns>A refusal that does not tell a stranger's client from none, or null.</returns>
    public async Task<Rejection?> CheckAsync(Actor actor, Guid clientId, CancellationToken cancellation)
    {
        if (await rights.CheckGrantAsync(actor, cancellation) is { } refused)
            return refused;
        var client = await database.Store.FoldAsync(Streams.Client, actor.Jurisdiction, clientId, cancellation);
        return client.State.IsRegistered && await ReachesAsync(actor, clientId, client.State, cancellation) ? null : ClientRejections.NotFound(clientId);
    }

    /// <summary>Reads what the stream held, and opens nothing yet.</summary>
    /// <exception cref="UnreadableRequestException">There is no such moment.</exception>
    internal async Task<(ConsentItems Items, DirectoryState Directory, DateTimeOffset EvaluatedAt)> ReadAsync(
        Actor actor, Guid clientId, AskedMoment asked, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (asked.AsRecorded > now + When.Skew)
            throw new UnreadableRequestException(new Problem(ProblemCatalogue.AsRecordedAhead, field: "asRecorded"));
        if (await instants.ResolveAsync(asked.AsOf, asked.AsRecorded, asked.AsRecordedPosition, cancellation) is not ViewInstantAnswer.At found)
            throw new UnreadableRequestException(new Problem(ProblemCatalogue.PositionBeyondLog, field: "asRecordedPosition"));

        var directory = await registers.DirectoryAsync(actor.Jurisdiction, cancellation);
        var read = await database.Store.ReadStreamAsync(actor.Jurisdiction, StreamIds.Consents(clientId), cancellation: cancellation);
        await texts.PreloadAsync(actor.Jurisdiction, [clientId], cancellation);
        var recordedByThen = read.Events.Where(recorded => found.Instant.Position is null || recorded.Position <= found.Instant.Position).ToArray();
        ConsentItems Tell(DateTimeOffset at) =>
            new(recordedByThen, asked.AsOf, at, ProjectionCatalogue.EventTypes.StoredName, text => texts.Open(actor.Jurisdiction, text?.Token));

        // A position is judged at the stamp of the last change that is shown: what others did there must not tell.
        var evaluatedAt = asked.AsOf ?? asked.AsRecorded ?? (asked.AsRecordedPosition is null
            ? now
            : await database.Positions.StampOfAsync(
                actor.Jurisdiction, Tell(now).Position(scope => actor.IsParty(scope, directory)), cancellation));
        return (Tell(evaluatedAt), directory, evaluatedAt);
    }

    private async Task<bool> ReachesAsync(Actor actor, Guid clientId, ClientState client, CancellationToken cancellation)
    {
        if (actor.Role is Role.PrivacyOfficer or Role.Auditor || await access.ReachAsync(actor, clientId, client, cancellation) >= ClientReach.Contact)
            return true;
        var directory = await registers.DirectoryAsync(actor.Jurisdiction, cancellation);
        var consents = await database.Store.FoldAsync(Streams.Consents, actor.Jurisdiction, StreamIds.Consents(clientId), cancellation);
        // A client's agent reaches their own clients alone, whatever the clients signed.
        return actor.Role is not (Role.Agent or Role.AgentSupervisor) && consents.State.Consents.Exists(consent => actor.IsParty(consent.Scope, directory));
    }
}
