using CaseFlow.Api.Access;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Touchpoints;

namespace CaseFlow.Api.Touchpoints;

/// <summary>Records plain facts in the stream of the actor's agency.</summary>
public sealed class TouchpointDesk(CommandDesk desk, ClientAccess access, Registers registers, JurisdictionTime time)
{
    /// <summary>Nothing in the record can refuse a plain fact; that the actor meets the client is all that is asked.</summary>
    public Task<IResult> ReportAsync(Guid clientId, ReportableFact line, IFactRequest ask, Func<Guid, TouchpointEvent> fact) =>
        desk.RunAsync(async session =>
        {
            if (session.Actor.Agency is not { } agency)
            {
                session.Refuse(AccessRejections.NoAgency());
                return Answer.Done(await session.LoadAsync(Streams.Client, clientId));
            }

            var facts = await session.LoadAsync(Streams.Touchpoints, StreamIds.Touchpoints(clientId, agency));
            var client = await session.LoadAsync(Streams.Client, clientId);
            if (await MeetsAsync(session, clientId, client.State))
            {
                var when = await time.WhenAsync(session.Actor.Jurisdiction, ask.When, session.Now, session.Cancellation);
                var told = fact(clientId) with { Note = Sealing.Seal(ask.Note) };
                await session.FileAsync(registers, ask.FiledAs);
                session.Record(facts, ReportFact.Decide(new(told, when), session.Now), about => about with { Intercept = line.Intercept });
            }

            return Answer.Done(facts);
        });

    /// <summary>
    /// Dispatchers and other systems report on whoever they meet, by the id that a number found, and read nothing by it;
    /// everybody else reports on clients whom they reach.
    /// </summary>
    private async Task<bool> MeetsAsync(CommandSession session, Guid clientId, ClientState client)
    {
        if (session.Actor.Role is not (Role.Dispatcher or Role.Service))
            return await access.EnterAsync(session, clientId, client, ClientReach.Contact);
        if (!client.IsRegistered)
            session.Refuse(ClientRejections.NotFound(clientId));
        return client.IsRegistered;
    }
}
