using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;

namespace CaseFlow.Api.Coaching;

/// <summary>The recovery plan, its goals, and what measures recovery.</summary>
public static class PlanDoors
{
    private static readonly Role[] Coaches = [Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist];

    public static void Map(IEndpointRouteBuilder api)
    {
        const string plan = CoachingDoors.Coaching + "/plans/{planId:guid}";

        api.MapFact(plan + "/create", (Guid participationId, Guid planId, PlanRequest ask, CoachingDesk desk) =>
                desk.OfProviderAsync(participationId, null, (on, _) =>
                    CreatePlan.Decide(
                        new(on.In, planId, Sealed<string>.Of(ask.Summary), ask.ReviewOn, on.Rules.Today) { OnRecord = on.OnRecord }, on.State, on.Now), planId))
            .Named("createRecoveryPlan", "A recovery plan; it takes the place of the one before").Allow(Coaches)
            .Takes(CoachingShapes.Plan, new PlanRequest("A home, and somebody to call.", new DateOnly(2026, 6, 1)));
        api.MapFact(plan + "/sign", (Guid participationId, Guid planId, SignRequest ask, CoachingDesk desk) =>
                desk.OfProviderAsync(participationId, ask.When, (on, when) => SignPlan.Decide(
                    new(on.In, planId, ask.SignedBy, when), on.State, on.Now)))
            .Named("signRecoveryPlan", "Client or coach signs it").Allow(Coaches).Takes(CoachingShapes.Sign, new SignRequest(SessionParty.Client));
        api.MapFact(plan + "/review", (Guid participationId, Guid planId, ReviewRequest ask, CoachingDesk desk) =>
                desk.OfProviderAsync(participationId, null, (on, _) =>
                    ReviewPlan.Decide(new(on.In, planId, ask.NextReviewOn, Sealing.Seal(ask.Note), on.Rules.Today), on.State, on.Now)))
            .Named("reviewRecoveryPlan", "It was gone through together").Allow(Coaches)
            .Takes(CoachingShapes.Review, new ReviewRequest(new DateOnly(2026, 9, 1), "Two goals are near."));
        api.MapFact(plan + "/goals/{goalId:guid}", (Guid participationId, Guid planId, Guid goalId, GoalRequest ask, CoachingDesk desk) =>
                desk.OfProviderAsync(participationId, null, (on, _) =>
                    SetGoal.Decide(
                        new(on.In, planId, goalId, ask.Area, Sealed<string>.Of(ask.Words), ask.TargetOn) { OnRecord = on.OnRecord }, on.State, on.Now), goalId))
            .Named("setGoal", "A goal of the plan, in the client's own words").Allow(Coaches)
            .Takes(CoachingShapes.Goal, new GoalRequest("housing", "A room of my own.", new DateOnly(2026, 8, 1)));
        api.MapFact(CoachingDoors.Coaching + "/goals/{goalId:guid}/move", (Guid participationId, Guid goalId, MoveGoalRequest ask, CoachingDesk desk) =>
                desk.OfProviderAsync(participationId, ask.When, (on, when) =>
                    MoveGoal.Decide(new(on.In, goalId, ask.To, Sealing.Seal(ask.Note), when), on.State, on.Now)))
            .Named("moveGoal", "Progress, achieved or abandoned").Allow(Coaches)
            .Takes(CoachingShapes.MoveGoal, new MoveGoalRequest(GoalPhase.Achieved));
        api.MapFact(CoachingDoors.Coaching + "/assessments/{assessmentId:guid}", (Guid participationId, Guid assessmentId, AssessmentRequest ask, CoachingDesk desk) =>
                desk.OfProviderAsync(participationId, ask.When, (on, when) => CompleteAssessment.Decide(
                    new(
                        on.In, assessmentId, ask.Instrument, ask.InstrumentVersion, ask.Score, ask.Band, ask.Answers, on.Actor.Id, on.Rules.Coaching, when),
                    on.State,
                    on.Now)))
            .Named("completeAssessment", "An instrument was answered: score, band and date are kept (2.9)").Allow(Coaches)
            .Takes(CoachingShapes.Assessment, new AssessmentRequest("barc-10", "2017", 48, Answers: [5, 5, 5, 5, 5, 5, 5, 5, 4, 4]));
    }
}
