using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Api.Overdoses;

/// <summary>What can be said of an overdose once it is reported.</summary>
public static class ChangeOverdose
{
    /// <summary>
    /// Whose client the person is, and whether the id is anybody's, is not asked, as with a report: the answer tells nothing of it. Into an
    /// erased record nothing more comes; its erasure is guarded, so that an order that is being applied finds this overdose or refuses it.
    /// </summary>
    public static Task<IResult> IdentifyAsync(Guid overdoseId, IdentifyRequest request, OverdoseDesk desk) =>
        desk.ChangeAsync(overdoseId, request.When, async (session, state, when) =>
        {
            if (request.ClientId == overdoseId)
                return ClientRejections.NotFound(request.ClientId);
            // Whoever it was found not to be is not recognised in it before that is undone.
            if (state.ClientId is null && (await session.LoadAsync(Streams.Overdose, overdoseId)).State.ClientId == request.ClientId)
                return OverdoseRejections.PersonAlreadyIdentified(overdoseId);
            if ((await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(overdoseId))).State.IsErased)
                return ErasureRejections.ContentErased();
            var decision = IdentifyOverdosePerson.Decide(new(overdoseId, request.ClientId, request.How, when), state, session.Now);
            return decision.Events.Count > 0 && (await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(request.ClientId))).State.IsErased
                ? ErasureRejections.ContentErased()
                : decision;
        });

    /// <summary>What was ruled out when the agent learned of it, and is confirmed after all, is owed from that knowing on.</summary>
    public static Task<IResult> ConfirmAsync(Guid overdoseId, ConfirmRequest request, OverdoseDesk desk, DutyDesk duties) =>
        desk.ChangeAsync(overdoseId, request.When, async (session, state, when) =>
        {
            var decision = ConfirmOverdose.Decide(new(overdoseId, request.By, when), state, session.Now);
            if (state.RuledOut && decision.Events.Count > 0)
                await duties.OweAfterAllAsync(session, state with { RuledOut = false });
            return decision;
        });

    public static Task<IResult> RuleOutAsync(Guid overdoseId, RuleOutRequest request, OverdoseDesk desk) =>
        desk.ChangeAsync(overdoseId, request.When, (session, state, when) =>
            Task.FromResult(RuleOutOverdose.Decide(new(overdoseId, Sealed<string>.Of(request.Reason), when), state, session.Now)));

    public static Task<IResult> ConfirmFatalityAsync(Guid overdoseId, ConfirmRequest request, OverdoseDesk desk, JurisdictionTime time) =>
        desk.ChangeAsync(overdoseId, request.When, async (session, state, when) =>
            await time.PolicyAtAsync(session.Actor.Jurisdiction, when.KnownAt, session.Cancellation) is { } policy
                ? ConfirmOverdoseFatality.Decide(new(overdoseId, request.By, when), state, policy.Policy, policy.Version, session.Now)
                : OverdoseRejections.NoPolicy());

    /// <summary>What was told as fatal when the agent learned of it, and was not, is owed from that knowing on.</summary>
    public static Task<IResult> CorrectAsync(Guid overdoseId, CorrectRequest request, OverdoseDesk desk, DutyDesk duties) =>
        desk.ChangeAsync(overdoseId, request.When, async (session, state, when) =>
        {
            var stream = await session.LoadAsync(Streams.Overdose, overdoseId);
            var reportId = stream.History.FirstOrDefault(recorded => recorded.Data is OverdoseReported)?.EventId;
            var command = new CorrectOverdoseReport(
                overdoseId, request.CorrectedEventId, reportId, request.Details.ToDetails(), Sealed<string>.Of(request.Reason), when);
            var decision = CorrectOverdoseReport.Decide(command, state, session.Now);
            if (state.IsFatal && decision.Events.Count > 0)
                await duties.OweAfterAllAsync(session, decision.Events.Aggregate(state, OverdoseState.Evolve));
            return decision;
        });
}
