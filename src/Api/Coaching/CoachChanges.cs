using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Time;
using CaseFlow.Domain.Workforce;
using Coached = CaseFlow.Api.Commands.LoadedStream<CaseFlow.Domain.Coaching.CoachingState, CaseFlow.Domain.Coaching.CoachingEvent>;

namespace CaseFlow.Api.Coaching;

/// <summary>
/// Who coaches: a coaching and the caseloads of its coaches change in one transaction, so two assignments at once never exceed a caseload.
/// </summary>
public sealed class CoachChanges(CommandDesk desk, CoachingDesk coachings, Registers registers, JurisdictionTime time, CaseFlowDatabase database)
{
    /// <summary>The first coach, or the next one after one left.</summary>
    public Task<IResult> AssignAsync(Guid participationId, AssignCoachRequest ask) => desk.RunAsync(async session =>
    {
        var coaching = await session.LoadAsync(Streams.Coaching, CoachingDesk.StreamOf(session.Actor, participationId));
        await AssignAsync(session, coaching, participationId, ask.CoachId, ask.HandoverNote, await WhenAsync(session, ask.When));
        return Answer.Done(coaching);
    });

    /// <summary>The coach leaves, with a note for whoever comes next.</summary>
    public Task<IResult> UnassignAsync(Guid participationId, UnassignRequest ask) => desk.RunAsync(async session =>
    {
        var coaching = await session.LoadAsync(Streams.Coaching, CoachingDesk.StreamOf(session.Actor, participationId));
        var when = await WhenAsync(session, ask.When);
        if (coaching.State.Phase == CoachingPhase.None || !session.IsTold(coaching, ToldCoaches.Left(ask.Reason, Sealing.Seal(ask.HandoverNote), when, session.Now)))
            await UnassignAsync(session, coaching, participationId, ask, when);
        return Answer.Done(coaching);
    });

    /// <summary>One coach hands over to another, who is free for it.</summary>
    public Task<IResult> ReassignAsync(Guid participationId, ReassignRequest ask) => desk.RunAsync(async session =>
    {
        var coaching = await session.LoadAsync(Streams.Coaching, CoachingDesk.StreamOf(session.Actor, participationId));
        var when = await WhenAsync(session, ask.When);
        var note = Sealing.Seal(ask.HandoverNote);
        switch (coaching.State)
        {
            case not { Phase: CoachingPhase.None } when session.IsTold(coaching, ToldCoaches.Left(ask.Reason, note, when, session.Now))
                && session.IsTold(coaching, ToldCoaches.Assigned(ask.CoachId, null, when, session.Now)):
                break;
            case not { Phase: CoachingPhase.None } when note is not null && session.IsTold(coaching, ToldCoaches.Assigned(ask.CoachId, note, when, session.Now)):
                break;
            case { Phase: CoachingPhase.None }:
                session.Refuse(CoachingRejections.NotFound());
                break;
            // Nobody leaves any more of a coaching that has no coach: then the note is for whoever begins.
            case { CoachId: null }:
                await AssignAsync(session, coaching, participationId, ask.CoachId, ask.HandoverNote, when);
                break;
            case { CoachId: { } coachId } when coachId == ask.CoachId:
                session.Record(coaching, AssignCoach.Again(coachId, coaching.State, note, when, session.Now, ask.Reason));
                break;
            default:
                if (await UnassignAsync(session, coaching, participationId, new UnassignRequest(ask.Reason, ask.HandoverNote), when))
                    await AssignAsync(session, coaching, participationId, ask.CoachId, null, when);
                break;
        }

        return Answer.Done(coaching);
    });

    /// <summary>The provider's coaching is over; while the court's order stands, a next coach is awaited from then on (R24).</summary>
    public Task<IResult> EndAsync(Guid participationId, FinishCoachingRequest ask) => desk.RunAsync(async session =>
    {
        var coaching = await session.LoadAsync(Streams.Coaching, CoachingDesk.StreamOf(session.Actor, participationId));
        var before = coaching.State.CoachId;
        if (coaching.State.Phase is CoachingPhase.Coached or CoachingPhase.WithoutCoach && !CoachingDesk.IsCoachOrSupervisor(session.Actor, coaching.State))
            session.Refuse(CoachingRejections.NotFound());
        session.Filing = new Filing(coaching.State.ProgramId);
        var when = await time.WhenAsync(session.Actor.Jurisdiction, ask.When, session.Now, session.Cancellation);
        var next = session.IsRefused ? null : await NextCoachAsync(session, coaching.State, participationId, ask.Reason, when);
        // An end is recorded also where no policy is in force: then the day of an assignment is its instant.
        var policy = await time.PolicyAtAsync(session.Actor.Jurisdiction, session.Now, session.Cancellation);
        var coached = new CoachedIn(participationId, coaching.State.ClientId) { Calendar = policy is null ? null : new BusinessCalendar(policy.Policy) };
        var command = new EndCoaching(coached, ask.Reason, when)
        {
            HandoverNote = Sealing.Seal(ask.HandoverNote),
            OnRecord = ask.HandoverNote is null || coaching.State.Phase != CoachingPhase.Ended ? null : await coachings.NoteOfTheEndAsync(session, coaching),
            NextCoachBy = next?.By,
            CourtVersion = next?.CourtVersion,
        };
        if (session.Record(coaching, EndCoaching.Decide(command, coaching.State, session.Now), CoachingDesk.About) && before is not null)
            await LetGoAsync(session, before, participationId, when);
        return Answer.Done(coaching);
    });

    /// <summary>Recognises a worker's conflict with a client; nobody reads it back.</summary>
    public string ConflictMark(string jurisdiction, string staffId, Guid clientId) =>
        Convert.ToHexStringLower(database.Marks.MarkOf(jurisdiction, "conflict-of-interest", $"{staffId}/{clientId:D}"));

    /// <summary>Until when there is to be another coach after an end, and by which version of the court's rules; null for nobody to come.</summary>
    private async Task<(DateTimeOffset By, int CourtVersion)?> NextCoachAsync(
        CommandSession session, CoachingState coaching, Guid participationId, CoachingEndReason reason, When when)
    {
        if (coaching.Phase is CoachingPhase.None or CoachingPhase.Ended)
            return null;
        var order = (await session.LoadAsync(Streams.CoachingOrder, StreamIds.CoachingOrder(participationId))).State;
        var participation = (await session.LoadAsync(Streams.Participation, participationId)).State;
        // An end is recorded also where no rules are in force any more: then nothing says until when.
        if (order.Phase != CoachingOrderPhase.Agreed || participation.IsOver || (await coachings.FindRulesAsync(session, order.Court, session.Now)).Rules is not { } rules)
            return null;
        return EndCoaching.WantsNext(reason, coaching.ProviderAgencyId, order, rules.Today)
            ? (rules.Calendar.Add(when.OccurredAt, new TimeLimit(rules.Coaching.ReassignBusinessDays, TimeUnit.BusinessDays)), rules.Version)
            : null;
    }

    private Task<When> WhenAsync(CommandSession session, WhenPart? stated) => time.WhenAsync(session.Actor.Jurisdiction, stated, session.Now, session.Cancellation);

    private async Task AssignAsync(CommandSession session, Coached coaching, Guid participationId, string coachId, string? handoverNote, When when)
    {
        var order = (await session.LoadAsync(Streams.CoachingOrder, StreamIds.CoachingOrder(participationId))).State;
        if (coaching.State.CoachId == coachId)
        {
            session.Record(coaching, AssignCoach.Again(coachId, coaching.State, Sealing.Seal(handoverNote), when, session.Now));
            return;
        }

        if (session.IsTold(coaching, ToldCoaches.Assigned(coachId, Sealing.Seal(handoverNote), when, session.Now)))
            return;

        if (AssignCoach.Check(session.Actor.Agency ?? "", coaching.State, order) is { } unready)
        {
            session.Refuse(unready);
            return;
        }

        var participation = (await session.LoadAsync(Streams.Participation, participationId)).State;
        if (await coachings.RulesAsync(session, order.Court, session.Now) is not { } rules)
            return;
        // Whoever goes on of their own free will keeps being coached when the coach leaves; nobody begins anew.
        if (participation.IsOver && !when.IsBefore(participation.OverSince)
            && (coaching.State.Phase != CoachingPhase.WithoutCoach || EndedOrder.Of(coaching.State, order, participation.OverSince, rules.Calendar) is not null))
        {
            session.Refuse(ParticipationRejections.Over(participation.Stage));
            return;
        }

        var coached = new CoachedIn(participationId, order.ClientId) { Calendar = rules.Calendar };
        if (AssignCoach.CheckTime(coached, when, coaching.State, order, session.Now) is { } wrongTime)
        {
            session.Refuse(wrongTime);
            return;
        }

        var worker = await session.LoadAsync(Streams.Workforce, StreamIds.Workforce(session.Actor.Jurisdiction, coachId));
        var directory = await registers.DirectoryAsync(session.Actor.Jurisdiction, session.Cancellation);
        var on = rules.Calendar.LocalDate(when.OccurredAt);
        var take = new TakeOnClient(
            coachId, participationId, TakeOnClient.PostOf(directory.PostsAt(coachId, when), order.ProviderAgencyId), order.ProviderAgencyId, ConflictMark(session.Actor.Jurisdiction, coachId, order.ClientId),
            on, rules.Coaching.CoachCaseload, rules.Coaching.CoachCaseloadIsHard)
        {
            Then = Workers.By(worker.History, rules.Calendar.DayOf(on).End),
            When = when,
        };
        var taken = TakeOnClient.Decide(take, worker.State, session.Now);
        session.Filing = new Filing(order.ProgramId);
        if (!session.Record(worker, taken))
            return;
        var isAbove = taken.Events.OfType<CaseloadEntered>().Any(one => one.AboveAdvised);
        var assign = new AssignCoach(coached, order.ProviderAgencyId, coachId, isAbove, rules.Version)
        {
            HandoverNote = Sealing.Seal(handoverNote),
            When = when,
        };
        session.Record(coaching, AssignCoach.Decide(assign, coaching.State, order, session.Now), CoachingDesk.About);
    }

    private async Task<bool> UnassignAsync(CommandSession session, Coached coaching, Guid participationId, UnassignRequest ask, When when)
    {
        var before = coaching.State.CoachId;
        var order = (await session.LoadAsync(Streams.CoachingOrder, StreamIds.CoachingOrder(participationId))).State;
        if (coaching.State.Phase == CoachingPhase.None)
            session.Refuse(CoachingRejections.NotFound());
        if (coaching.State.Phase == CoachingPhase.None || await coachings.RulesAsync(session, order.Court, session.Now) is not { } rules)
            return false;
        var nextBy = rules.Calendar.Add(when.OccurredAt, new TimeLimit(rules.Coaching.ReassignBusinessDays, TimeUnit.BusinessDays));
        var coached = new CoachedIn(participationId, coaching.State.ClientId) { Calendar = rules.Calendar };
        var command = new UnassignCoach(coached, ask.Reason, Sealing.Seal(ask.HandoverNote), nextBy, rules.Version) { When = when };
        session.Filing = new Filing(coaching.State.ProgramId);
        if (!session.Record(coaching, UnassignCoach.Decide(command, coaching.State, session.Now), CoachingDesk.About))
            return false;
        if (before is not null)
            await LetGoAsync(session, before, participationId, when);
        return true;
    }

    private static async Task LetGoAsync(CommandSession session, string coachId, Guid participationId, When when)
    {
        var worker = await session.LoadAsync(Streams.Workforce, StreamIds.Workforce(session.Actor.Jurisdiction, coachId));
        session.Record(worker, LetClientGo.Decide(new(coachId, participationId) { When = when }, worker.State, session.Now));
    }
}
