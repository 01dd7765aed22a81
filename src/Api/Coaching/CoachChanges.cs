using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Courts;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Workforce;

namespace CaseFlow.Api.Coaching;

/// <summary>
/// Who coaches: a coaching and the caseloads of its coaches change in one transaction, so two assignments at once never exceed a caseload.
/// </summary>
public sealed class CoachChanges(CommandDesk desk, CoachingDesk coachings, Registers registers, JurisdictionTime time, CaseFlowDatabase database)
{
    /// <summary>The first coach, or the next one after one left.</summary>
    public Task<IResult> AssignAsync(Guid participationId, string coachId) => ChangeAsync(participationId, (session, coaching, now) =>
        AssignAsync(session, coaching, now, coachId));

    /// <summary>The coach leaves, with a note for whoever comes next.</summary>
    public Task<IResult> UnassignAsync(Guid participationId, UnassignRequest ask) => ChangeAsync(participationId, (session, coaching, now) =>
        UnassignAsync(session, coaching, now, ask));

    /// <summary>One coach hands over to another, who is free for it.</summary>
    public Task<IResult> ReassignAsync(Guid participationId, ReassignRequest ask) => ChangeAsync(participationId, async (session, coaching, now) =>
    {
        if (coaching.State.CoachId == ask.CoachId)
            return;
        await UnassignAsync(session, coaching, now, new UnassignRequest(ask.Reason, ask.HandoverNote));
        await AssignAsync(session, coaching, now, ask.CoachId);
    });

    /// <summary>It is over: the court, or the provider, says so.</summary>
    public Task<IResult> EndAsync(Guid participationId, EndCoachingRequest ask) => desk.RunAsync(async session =>
    {
        var coaching = await session.LoadAsync(Streams.Coaching, StreamIds.Coaching(participationId));
        var participation = (await session.LoadAsync(Streams.Participation, participationId)).State;
        var isProvider = CoachingDesk.IsProvider(session.Actor, coaching.State) && CoachingDesk.IsCoachOrSupervisor(session.Actor, coaching.State);
        if (!isProvider && !(session.Actor.Role == Role.Coordinator && ParticipationDesk.Acts(session.Actor, participation)))
        {
            session.Refuse(CoachingRejections.NotFound());
            return Answer.Done(coaching);
        }

        var before = coaching.State.CoachId;
        if (isProvider)
            session.Filing = new Filing(coaching.State.ProgramId);
        var when = await time.WhenAsync(session.Actor.Jurisdiction, ask.When, session.Now, session.Cancellation);
        var command = new EndCoaching(new CoachedIn(participationId, coaching.State.ClientId), ask.Reason, when);
        if (session.Record(coaching, EndCoaching.Decide(command, coaching.State, session.Now), About) && before is not null)
            await LetGoAsync(session, before, participationId);
        return Answer.Done(coaching);
    });

    /// <summary>Recognises a worker's conflict with a client; nobody reads it back.</summary>
    public string ConflictMark(string jurisdiction, string staffId, Guid clientId) =>
        Convert.ToHexStringLower(database.Marks.MarkOf(jurisdiction, "conflict-of-interest", $"{staffId}/{clientId:D}"));

    private static Circumstances About(Circumstances about) => about with { Intercept = 3 };

    private Task<IResult> ChangeAsync(
        Guid participationId, Func<CommandSession, LoadedStream<CoachingState, CoachingEvent>, CoachedNow, Task> change) => desk.RunAsync(async session =>
        {
            var coaching = await session.LoadAsync(Streams.Coaching, StreamIds.Coaching(participationId));
            if (!CoachingDesk.IsProvider(session.Actor, coaching.State))
                session.Refuse(CoachingRejections.NotFound());
            else if (await coachings.NowAsync(session, participationId, coaching.State) is { } now)
            {
                session.Filing = new Filing(coaching.State.ProgramId);
                await change(session, coaching, now);
            }

            return Answer.Done(coaching);
        });

    private async Task AssignAsync(CommandSession session, LoadedStream<CoachingState, CoachingEvent> coaching, CoachedNow now, string coachId)
    {
        if (coaching.State.CoachId == coachId)
            return;
        var participation = (await session.LoadAsync(Streams.Participation, now.In.ParticipationId)).State;
        if (participation.IsOver)
            session.Refuse(ParticipationRejections.Over(participation.Stage));
        if (AssignCoach.Check(coaching.State) is { } unready)
            session.Refuse(unready);

        var worker = await session.LoadAsync(Streams.Workforce, StreamIds.Workforce(session.Actor.Jurisdiction, coachId));
        var directory = await registers.DirectoryAsync(session.Actor.Jurisdiction, session.Cancellation);
        var take = new TakeOnClient(
            coachId, now.In.ParticipationId, directory.PostOf(coachId), coaching.State.ProviderAgencyId,
            ConflictMark(session.Actor.Jurisdiction, coachId, now.In.ClientId), now.Today, now.Rules.CoachCaseload, now.Rules.CoachCaseloadIsHard);
        var taken = TakeOnClient.Decide(take, worker.State, session.Now);
        if (!session.Record(worker, taken))
            return;
        var isAbove = taken.Events.OfType<CaseloadEntered>().Any(one => one.AboveAdvised);
        session.Record(coaching, AssignCoach.Decide(new(now.In, coachId, isAbove, now.InForce.Version), coaching.State, session.Now), About);
    }

    private async Task UnassignAsync(CommandSession session, LoadedStream<CoachingState, CoachingEvent> coaching, CoachedNow now, UnassignRequest ask)
    {
        var before = coaching.State.CoachId;
        var nextBy = now.Calendar.Add(session.Now, new TimeLimit(now.Rules.ReassignBusinessDays, TimeUnit.BusinessDays));
        var command = new UnassignCoach(now.In, ask.Reason, Sealing.Seal(ask.HandoverNote), nextBy);
        if (session.Record(coaching, UnassignCoach.Decide(command, coaching.State, session.Now), About) && before is not null)
            await LetGoAsync(session, before, now.In.ParticipationId);
    }

    private static async Task LetGoAsync(CommandSession session, string coachId, Guid participationId)
    {
        var worker = await session.LoadAsync(Streams.Workforce, StreamIds.Workforce(session.Actor.Jurisdiction, coachId));
        session.Record(worker, LetClientGo.Decide(new(coachId, participationId), worker.State, session.Now));
    }
}
