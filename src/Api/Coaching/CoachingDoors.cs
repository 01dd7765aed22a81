using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Referrals;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Api.Coaching;

/// <summary>
/// Coaching in a participation: offered or ordered by the court, done by the provider. Sessions, plans, goals and assessments have ids that
/// the caller chooses, so telling one twice records it once.
/// </summary>
public static class CoachingDoors
{
    internal const string Coaching = "/participations/{participationId:guid}/coaching";

    private static readonly Role[] Court = [Role.Coordinator];
    private static readonly Role[] Coaches = [Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist];

    public static void Map(IEndpointRouteBuilder api)
    {
        MapCourt(api);
        MapCoaches(api);
        SessionDoors.Map(api);
        PlanDoors.Map(api);
        CorrectionDoors.Map(api);
        ListCoachings.Map(api);
        api.MapAsk(Coaching, ReadCoaching.HandleAsync)
            .Named("readCoaching", "The whole coaching, whoever coached before, for the coach who is assigned and who supervises the coaches there")
            .Allow(Coaches).Shows<ReadCoaching.View>(Streams.Coaching.Alias, (shown, _) => [shown.ClientId], _ => true)
            .Asks(AskedMoment.Parameters).Gives(ReadCoaching.Example);
        api.MapAsk(Coaching + "/attendance", ReadAttendance.HandleAsync)
            .Named("readCoachingAttendance", "What the court orders and, with the client's consent, which sessions were attended; never what was said")
            .Allow(Role.Coordinator, Role.Judge, Role.Prosecutor, Role.Defence)
            .Shows<ReadAttendance.View>(
                ReadAttendance.ViewName, (shown, _) => [shown.ClientId], shown => shown.Providers.Any(one => one.Attendance == ReadAttendance.Restricted))
            .Asks(AskedMoment.Parameters).Gives(ReadAttendance.Example);
    }

    private static void MapCourt(IEndpointRouteBuilder api)
    {
        var order = new CoachingOrder(1, OrderPeriod.Week, SessionKind.OneToOne, new DateOnly(2026, 3, 1), new DateOnly(2027, 2, 28));
        api.MapFact(Coaching + "/offer", (Guid participationId, OfferRequest ask, CoachingDesk desk) =>
                desk.OfCourtAsync(
                    participationId, ask.When,
                    (on, when) => OfferPeer.Decide(new(on.In, on.Court, ask.ProviderAgencyId, ask.Program, on.Rules.Coaching, when), on.State, on.Now),
                    ask.ProviderAgencyId, ask.Program))
            .Named("offerPeer", "The court offers a peer; the participant is free to say no").Allow(Court)
            .Takes(CoachingShapes.Offer, new OfferRequest("recovery-coaches"));
        api.MapFact(Coaching + "/accept", (Guid participationId, WhenOnly ask, CoachingDesk desk) =>
                desk.OfCourtAsync(participationId, ask.When, (on, when) => AcceptPeer.Decide(new(on.In, when), on.State, on.Now)))
            .Named("acceptPeer", "The participant wants a peer").Allow(Court).Takes(new WhenOnlyValidator(), WhenOnly.Example);
        api.MapFact(Coaching + "/decline", (Guid participationId, DeclineOfferRequest ask, CoachingDesk desk) =>
                desk.OfCourtAsync(participationId, ask.When, (on, when) =>
                    DeclinePeer.Decide(new(on.In, Sealing.Seal(ask.Words), ask.ReofferOn, when), on.State, on.Now)))
            .Named("declinePeer", "The participant wants no peer now; nothing follows from it").Allow(Court)
            .Takes(CoachingShapes.Decline, new DeclineOfferRequest("Not now.", new DateOnly(2026, 4, 2)));
        api.MapFact(Coaching + "/order", (Guid participationId, OrderRequest ask, CoachingDesk desk) =>
                desk.OfCourtAsync(
                    participationId, ask.When,
                    (on, when) => OrderCoaching.Decide(
                        new(on.In, on.Court, ask.ProviderAgencyId, ask.Program, ask.Order, on.Rules.Coaching, on.Rules.Version, on.Rules.Today, when), on.State, on.Now),
                    ask.ProviderAgencyId, ask.Program))
            .Named("orderCoaching", "The court orders coaching, or changes its order").Allow(Court)
            .Takes(CoachingShapes.Order, new OrderRequest("recovery-coaches", order));
        api.MapFact(Coaching + "/lift", (Guid participationId, EndCoachingRequest ask, CoachingDesk desk) =>
                desk.OfCourtAsync(participationId, ask.When, (on, when) => LiftOrder.Decide(new(on.In, ask.Reason, when), on.State, on.Now)))
            .EndsWorkOnErased("the court lets go")
            .Named("liftCoachingOrder", "The court neither offers nor orders coaching any more").Allow(Court)
            .Takes(CoachingShapes.End, new EndCoachingRequest(CoachingEndReason.OrderLifted));
    }

    private static void MapCoaches(IEndpointRouteBuilder api)
    {
        api.MapFact(Coaching + "/assign", (Guid participationId, AssignCoachRequest ask, CoachChanges changes) => changes.AssignAsync(participationId, ask))
            .Named("assignCoach", "A coach takes the client on: certified (R50), without conflict (R56), with room (R54), told of the time before (R24)").Allow(Role.CoachSupervisor)
            .Takes(CoachingShapes.Assign, new AssignCoachRequest("coach-1"));
        api.MapFact(Coaching + "/unassign", (Guid participationId, UnassignRequest ask, CoachChanges changes) => changes.UnassignAsync(participationId, ask))
            .Named("unassignCoach", "The coach leaves, with a note for whoever comes next (R24)").Allow(Role.CoachSupervisor)
            .Takes(CoachingShapes.Unassign, new UnassignRequest(CoachChangeReason.CoachLeft, "Meets best on Mondays."));
        api.MapFact(Coaching + "/reassign", (Guid participationId, ReassignRequest ask, CoachChanges changes) => changes.ReassignAsync(participationId, ask))
            .Named("reassignCoach", "One coach hands over to another; nothing of the history is hidden from the new one").Allow(Role.CoachSupervisor)
            .Takes(CoachingShapes.Reassign, new ReassignRequest("coach-2", CoachChangeReason.Reassigned, "Meets best on Mondays."));
        api.MapFact(Coaching + "/handover", (Guid participationId, CoachingDesk desk) =>
                desk.OfProviderAsync(participationId, null, (on, _) => CompleteHandover.Decide(new(on.In, on.Actor.Id), on.State, on.Now)))
            .Named("completeHandover", "The new coach has read what the one before left").Allow(Role.Coach, Role.PeerSpecialist);
        api.MapFact(Coaching + "/end", (Guid participationId, FinishCoachingRequest ask, CoachChanges changes) => changes.EndAsync(participationId, ask))
            .EndsWorkOnErased("the coach lets go")
            .Named("endCoaching", "The provider's coaching is over; while the court's order stands a next coach is awaited (R24)").Allow(Coaches)
            .Takes(CoachingShapes.Finish, new FinishCoachingRequest(CoachingEndReason.Completed, "Meets best on Mondays."));
        api.MapFact(Coaching + "/continue", (Guid participationId, ContinueCoachingRequest ask, CoachingDesk desk) =>
                desk.OfProviderAsync(participationId, ask.When, (on, when) => ContinueCoaching.Decide(new(on.In, Sealing.Seal(ask.Words), when), on.State, on.Now)))
            .Named("continueCoaching", "The participation is over, and the client goes on with the coach of their own free will").Allow(Coaches)
            .Takes(CoachingShapes.Continue, new ContinueCoachingRequest("I want to keep coming."));
        api.MapFact(Coaching + "/notes", (Guid participationId, TextRequest ask, CoachingDesk desk) =>
                desk.OfProviderAsync(
                    participationId, null, (on, _) => KeepNote.Decide(new(on.In, on.Actor.Id, Sealed<string>.Of(ask.Text)), on.State, on.Now),
                    labels: Label.WorkerPrivate))
            .Named("keepCoachNote", "The coach's own note, shown to the supervisors of the own agency alone").Allow(Role.Coach, Role.PeerSpecialist)
            .Takes(CoachingShapes.Text, new TextRequest("I was close to tears myself."));
    }
}
