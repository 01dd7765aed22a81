using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;

namespace CaseFlow.Api.Coaching;

/// <summary>Sessions of a coaching. What was said in one stays with the provider.</summary>
public static class SessionDoors
{
    private static readonly Role[] Coaches = [Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist];

    public static void Map(IEndpointRouteBuilder api)
    {
        const string session = CoachingDoors.Coaching + "/sessions/{sessionId:guid}";
        var startsAt = new DateTimeOffset(2026, 3, 9, 15, 0, 0, TimeSpan.Zero);

        api.MapFact(session + "/schedule", (Guid participationId, Guid sessionId, ScheduleRequest ask, CoachingDesk desk) =>
                desk.OfProviderAsync(participationId, null, (on, _) =>
                    ScheduleSession.Decide(new(on.In, sessionId, ask.StartsAt.ToUniversalTime(), ask.Kind, ask.Mode), on.State, on.Now)))
            .Named("scheduleSession", "A session is agreed").Allow(Coaches)
            .Takes(CoachingShapes.Schedule, new ScheduleRequest(startsAt, SessionKind.OneToOne, ContactMode.InPerson));
        api.MapFact(session + "/reschedule", (Guid participationId, Guid sessionId, RescheduleRequest ask, CoachingDesk desk) =>
                desk.OfProviderAsync(participationId, null, (on, _) =>
                    RescheduleSession.Decide(new(on.In, sessionId, ask.StartsAt.ToUniversalTime(), ask.AskedBy), on.State, on.Now)))
            .Named("rescheduleSession", "It is moved to another time").Allow(Coaches)
            .Takes(CoachingShapes.Reschedule, new RescheduleRequest(startsAt, SessionParty.Client));
        api.MapFact(session + "/hold", (Guid participationId, Guid sessionId, HeldRequest ask, CoachingDesk desk) =>
                desk.OfProviderAsync(participationId, ask.When, (on, when) => HoldSession.Decide(
                    new(on.In, sessionId, ask.Kind, ask.Mode, ask.Minutes, ask.PlanItems ?? [], Sealing.Seal(ask.Content), when) { By = on.Teller }, on.State, on.Now), formerly: true))
            .Named("holdSession", "Coach and client met, as agreed or without, told by whoever coached then too; what was said is sealed").Allow(Coaches)
            .Takes(CoachingShapes.Held, new HeldRequest(SessionKind.OneToOne, ContactMode.InPerson, 45, Content: "Spoke about the move."));
        api.MapFact(session + "/miss", (Guid participationId, Guid sessionId, MissedRequest ask, CoachingDesk desk) =>
                desk.OfProviderAsync(participationId, null, (on, _) =>
                    MissSession.Decide(new(on.In, sessionId, ask.Excused, Sealing.Seal(ask.Reason)) { By = on.Teller }, on.State, on.Now), formerly: true))
            .Named("missSession", "The client did not come, with or without an excuse").Allow(Coaches)
            .Takes(CoachingShapes.Missed, new MissedRequest(Excused: true, "Had to work."));
        api.MapFact(session + "/excuse", (Guid participationId, Guid sessionId, TextRequest ask, CoachingDesk desk) =>
                desk.OfProviderAsync(participationId, null, (on, _) => ExcuseSession.Decide(new(on.In, sessionId, Sealed<string>.Of(ask.Text)), on.State, on.Now)))
            .Named("excuseSession", "An excuse came later").Allow(Coaches).Takes(CoachingShapes.Text, new TextRequest("Was in hospital."));
    }
}
