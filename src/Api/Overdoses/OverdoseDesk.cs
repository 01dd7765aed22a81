using CaseFlow.Api.Access;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Overdoses;

/// <summary>
/// Changes to an overdose on record, by the agency that reported it, or by those who supervise the client and are shown the report; what no agency
/// reported (an import) by a service. Nobody completes what they do not see: the answer would tell of it, and an agent's word would rule out what the agent
/// owes a duty for.
/// </summary>
public sealed class OverdoseDesk(CommandDesk desk, JurisdictionTime time, OverdoseSights sights)
{
    /// <summary>Loads the overdose, checks whose it is, decides and answers 204.</summary>
    public Task<IResult> ChangeAsync(
        Guid overdoseId, WhenPart? stated, Func<CommandSession, OverdoseState, When, Task<Decision<OverdoseEvent>>> decide) =>
        desk.RunAsync(async session =>
        {
            var stream = await session.LoadAsync(Streams.Overdose, overdoseId);
            var identities = await DutyDesk.IdentitiesAsync(session);
            // A report on the wrong person is the right one's, and so is what becomes of it.
            var overdose = stream.State with { ClientId = identities.PersonOf(overdoseId, stream.State.ClientId) };
            if (await WhyNotAsync(session, overdoseId, overdose, stream.History) is { } refusal)
            {
                session.Refuse(refusal);
                return Answer.Done(stream);
            }

            var when = await time.WhenAsync(session.Actor.Jurisdiction, stated, session.Now, session.Cancellation);
            session.Record(stream, await decide(session, overdose, when));
            return Answer.Done(stream);
        });

    private async Task<Rejection?> WhyNotAsync(CommandSession session, Guid overdoseId, OverdoseState overdose, IReadOnlyList<RecordedEvent> history)
    {
        if (!await session.ReachesAsync(overdose))
            return OverdoseRejections.NotFound(overdoseId);
        return await sights.OfAsync(session, overdose, history) switch
        {
            // What is erased with the whole record is refused like every command about it, in one place.
            { Hidden: { Kind: RejectionKind.NotFound } gone } => gone,
            { MayChange: true } => null,
            { IsKnown: true } => OverdoseRejections.ReportRestricted(overdoseId),
            _ => OverdoseRejections.NotFound(overdoseId),
        };
    }
}
