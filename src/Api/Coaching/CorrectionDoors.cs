using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;

namespace CaseFlow.Api.Coaching;

/// <summary>
/// What is on record of a coaching and was wrong: corrected or retracted by whoever recorded it, or who leads the coaches, with the reason.
/// An entry is named by its id, as the coaching shows it.
/// </summary>
public static class CorrectionDoors
{
    private static readonly Role[] Coaches = [Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist];

    public static void Map(IEndpointRouteBuilder api)
    {
        const string entry = CoachingDoors.Coaching + "/entries/{entryEventId:guid}";

        api.MapFact(entry + "/retract", (Guid participationId, Guid entryEventId, RetractCoachingRequest ask, CoachingDesk desk) =>
                desk.CorrectAsync(participationId, entryEventId, null, (on, _) =>
                    RetractCoachingEntry.Decide(new(on.In, on.Entry, on.By, Sealed<string>.Of(ask.Reason)), on.State, on.Now)))
            .Named("retractCoachingEntry", "A session, a review, a signature, a step of a goal or an assessment that never was; the record shows both").Allow(Coaches)
            .Takes(CoachingShapes.Retract, new RetractCoachingRequest("Of another client."));
        api.MapFact(entry + "/correct-session", (Guid participationId, Guid entryEventId, CorrectSessionRequest ask, CoachingDesk desk) =>
                desk.CorrectAsync(participationId, entryEventId, ask.When, (on, when) => CorrectSession.Decide(
                    new(
                        on.In, on.Entry, new SessionOutcome(ask.Attended, ask.Kind, ask.Minutes), ask.When is null ? null : when, on.By,
                        Sealed<string>.Of(ask.Reason))
                    { CoachId = ask.CoachId, CoachCertified = on.CoachCertified },
                    on.State,
                    on.Now), ask.CoachId))
            .Named("correctCoachingSession", "A session was held or missed otherwise than recorded, or by another coach; its time is right unless stated").Allow(Coaches)
            .Takes(CoachingShapes.CorrectSession, new CorrectSessionRequest(Attendance.Attended, SessionKind.OneToOne, "Typed the wrong length.", 45));
        api.MapFact(entry + "/correct-assessment", (Guid participationId, Guid entryEventId, CorrectAssessmentRequest ask, CoachingDesk desk) =>
                desk.CorrectAsync(participationId, entryEventId, null, (on, _) => CorrectAssessment.Decide(
                    new(on.In, on.Entry, ask.Score, ask.Band, ask.Answers, on.By, Sealed<string>.Of(ask.Reason)), on.State, on.Now)))
            .Named("correctAssessment", "An instrument came to another score than recorded, or by other answers (2.9)").Allow(Coaches)
            .Takes(CoachingShapes.CorrectAssessment, new CorrectAssessmentRequest(46, "Added up wrongly.", Answers: [5, 5, 5, 5, 5, 5, 4, 4, 4, 4]));
    }
}
