using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;

namespace CaseFlow.Api.Erasures;

/// <summary>
/// Sealing and expunction of a client's record, and the holds that stop it: the privacy officer's alone, on the order of whoever
/// has the power. Nobody carries out an order that they have not recorded first.
/// </summary>
public static class ErasureDoors
{
    public static void Map(IEndpointRouteBuilder api)
    {
        const string erasure = "/clients/{clientId:guid}/erasure";
        const string orders = "orders say themselves what is left to do";

        api.MapAsk(erasure, ReadErasure.Handle)
            .Named("readErasure", "What was erased of a client's record, when, why and by whose authority; with the version for If-Match")
            .Allow(Role.PrivacyOfficer, Role.Auditor).Shows<ReadErasure.View>(Streams.Erasure.Alias)
            .ShowsSkeletonOfHidden("the orders themselves")
            .Asks().Gives(ReadErasure.Example);
        api.MapFact(erasure + "/orders", (Guid clientId, OrderRequest ask, Actor actor, ErasureDesk desk) => desk.OrderAsync(actor, clientId, ask))
            .WithMetadata(new EndsWhatItBegan()).GoesOnErased(orders)
            .Named("orderErasure", "An order to seal or expunge arrived: at once the record shows only to those whom it leaves it to; a legal hold does not stop that").Allow(Role.PrivacyOfficer)
            .Takes(new OrderRequestValidator(), OrderRequest.Example)
            .Gives(new OrderRecorded(ReadErasure.Example.Orders[0].OrderId), StatusCodes.Status201Created);
        api.MapChange(erasure + "/orders/{orderId:guid}/apply", (Guid clientId, Guid orderId, Actor actor, ErasureDesk desk) => desk.ApplyAsync(actor, clientId, orderId))
            .WithMetadata(new EndsWhatItBegan()).GoesOnErased(orders)
            .Named("applyErasure", "The order is carried out on every record of the person, also on those that it does not seal: the keys are destroyed, and there is no way back").Allow(Role.PrivacyOfficer)
            .Gives(new Erased(ReadErasure.Example.Orders[0].OrderId, new DateTimeOffset(2026, 3, 2, 10, 5, 0, TimeSpan.Zero)) { Records = [ReadErasure.Example.ClientId] });
        api.MapChange(erasure + "/orders/{orderId:guid}/lift", (Guid clientId, Guid orderId, LiftRequest ask, Actor actor, ErasureDesk desk) => desk.LiftAsync(actor, clientId, orderId, ask))
            .WithMetadata(new EndsWhatItBegan()).GoesOnErased(orders)
            .Named("liftSealing", "A sealing ends: the record shows again as if it had never been sealed").Allow(Role.PrivacyOfficer)
            .Takes(new LiftRequestValidator(), LiftRequest.Example);
        api.MapFact(erasure + "/holds", (Guid clientId, HoldRequest ask, ErasureDesk desk) => desk.HoldAsync(clientId, ask))
            .GoesOnErased(orders)
            .Named("placeLegalHold", "The record must be kept as it is").Allow(Role.PrivacyOfficer)
            .Takes(new HoldRequestValidator(), HoldRequest.Example)
            .Gives(new HoldRecorded(Guid.Parse("0195d6c4-0000-8000-8000-000000000022")), StatusCodes.Status201Created);
        api.MapChange(erasure + "/holds/{holdId:guid}/release", (Guid clientId, Guid holdId, ReleaseRequest ask, ErasureDesk desk) => desk.ReleaseAsync(clientId, holdId, ask))
            .GoesOnErased(orders)
            .Named("releaseLegalHold", "The hold no longer stands in the way").Allow(Role.PrivacyOfficer)
            .Takes(new ReleaseRequestValidator(), ReleaseRequest.Example);
    }
}
