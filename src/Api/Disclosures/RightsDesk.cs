using CaseFlow.Api.Asking;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore.Access;

namespace CaseFlow.Api.Disclosures;

/// <param name="Policy">The times that hold.</param>
/// <param name="Version">Of the policy in force; null while there is none.</param>
/// <param name="Directory">Who exists.</param>
public sealed record RightsTerms(RightsPolicy Policy, int? Version, DirectoryState Directory);

/// <summary>Receives and answers what clients ask of their own records.</summary>
public sealed class RightsDesk(
    CommandDesk desk, ClientMatters matters, JurisdictionTime time, Registers registers, Accountings accountings, AmendedEntries amended,
    CaseFlowDatabase database, TimeProvider clock)
{
    /// <summary>Records a request about a client's record, with the time by which it is due.</summary>
    public Task<IResult> ReceiveAsync(
        Guid clientId, IRightsAsk ask, Func<Guid, RecordRightsState, When, RightsTerms, DateTimeOffset, Decision<RecordRightsEvent>> decide)
    {
        var requestId = ask.RequestId ?? Guid.CreateVersion7();
        return desk.RunAsync(async session =>
        {
            var stream = await matters.RequestAsync(session, requestId);
            if (!(await session.LoadAsync(Streams.Client, clientId)).State.IsRegistered)
                session.Refuse(ClientRejections.NotFound(clientId));
            var policy = await time.PolicyAtAsync(session.Actor.Jurisdiction, session.Now, session.Cancellation);
            var terms = new RightsTerms(
                policy?.Policy.Rights ?? RightsPolicy.Default, policy?.Version, await registers.DirectoryAsync(session.Actor.Jurisdiction, session.Cancellation));
            var when = await time.WhenAsync(session.Actor.Jurisdiction, ask.When, session.Now, session.Cancellation);
            // Guarded: whoever approves at the same moment that the record goes decides before it, or with it.
            var orders = await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(clientId));
            var decision = decide(requestId, stream.State, when, terms, session.Now);
            if (session.Record(stream, decision, about => about with { PolicyVersion = policy?.Version }) && decision.Events.Count > 0)
                session.Record(orders, CallForRecord.Decide(new(clientId, requestId), orders.State, session.Now));
            return Answer.Created(stream, "/api/rights-requests", new RightsDoors.Asked(requestId, stream.State.Find(requestId)?.DueAt ?? session.Now));
        });
    }

    /// <summary>Records that the client got the copy that was made.</summary>
    public Task<IResult> FulfilAsync(Guid clientId, Guid requestId, DisclosureMethod method) => desk.RunAsync(async session =>
    {
        var stream = await matters.RequestAsync(session, requestId);
        var isMade = await IsMadeAsync(session, stream, clientId, RecordCopyDoor.ViewName, requestId);
        session.Record(stream, FulfilRecordsRequest.Decide(new(clientId, requestId, method, session.Actor.Id, isMade), stream.State, session.Now));
        return Answer.Done(stream);
    });

    /// <summary>
    /// Records an answer about an amendment. What is recorded belongs to the record that it is about, under the labels of the entry that it stands
    /// beside, so it is hidden and erased with it. The decision is told whether that has happened to the whole record, or to the entry's class.
    /// </summary>
    public Task<IResult> AnswerAmendmentAsync(
        Guid clientId, Guid requestId, Func<RecordRightsState, AmendedEntry?, bool, DateTimeOffset, Decision<RecordRightsEvent>> decide) => desk.RunAsync(async session =>
    {
        var stream = await matters.RequestAsync(session, requestId);
        var request = stream.State.Find(requestId, clientId, RightsKind.Amendment);
        var entry = request is { EntryEventId: { } eventId, AgencyId: { } agency } ? await amended.FindAsync(session, clientId, eventId, agency) : null;
        var erasure = (await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(clientId))).State;
        var labels = entry is null ? null : await AmendedEntries.LabelsAsync(session, entry);
        var isErased = erasure.IsErased
            || (labels?.Contains(Label.Juvenile.Code(), StringComparer.Ordinal) == true
                && erasure.Orders.Values.Any(order => order.IsApplied && order.Scope == ErasureScope.Juvenile));
        session.Record(stream, decide(stream.State, entry is null ? null : AmendedEntries.Of(entry), isErased, session.Now), about => about with
        {
            RecordOf = request?.AgencyId is { } of && of != about.Agency ? of : about.RecordOf,
            Labels = labels ?? about.Labels,
        });
        return Answer.Done(stream);
    });

    /// <summary>Records that the client got the accounting as it stands now.</summary>
    public Task<IResult> ProvideAsync(Guid clientId, Guid requestId, DisclosureMethod method) => desk.RunAsync(async session =>
    {
        var stream = await matters.RequestAsync(session, requestId);
        var lookBack = stream.State.Find(requestId, clientId, RightsKind.Accounting)?.LookBack ?? LookBack.Part2;
        var listed = await accountings.OfAsync(
            session.Actor, clientId, lookBack, new StreamMoment(Position: null, clock.GetUtcNow()), asOf: null, session.Cancellation);
        var isMade = await IsMadeAsync(session, stream, clientId, AccountingDoor.ViewName, requestId);
        session.Record(
            stream,
            ProvideAccounting.Decide(new(clientId, requestId, listed.Items.Count, listed.To, method, session.Actor.Id, isMade), stream.State, session.Now));
        return Answer.Done(stream);
    });

    /// <returns>
    /// Whether what is said to be given was shown for that request since it was asked for: the record of reads knows. Of what is
    /// erased there is nothing to show.
    /// </returns>
    private async Task<bool> IsMadeAsync(
        CommandSession session, LoadedStream<RecordRightsState, RecordRightsEvent> stream, Guid clientId, string view, Guid madeFor)
    {
        if (stream.State.Request is not { Outcome: null } request)
            return true;
        var asked = stream.History.First(recorded => recorded.Data is RecordRightsEvent fact && fact.RequestId == request.RequestId);
        var read = new AccessAsked(session.Actor.Jurisdiction, clientId) { From = asked.RecordedAt, ShownView = view, AskedId = madeFor };
        return (await database.AccessHistory.OfSubjectAsync(read, limit: 1, session.Cancellation)).Count > 0
            || (await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(clientId))).State.IsErased;
    }
}
