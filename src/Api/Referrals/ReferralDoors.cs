using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;

namespace CaseFlow.Api.Referrals;

/// <summary>The sender's side of a referral, up to the proof of delivery (R7).</summary>
public static class ReferralDoors
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapFact("/referrals", SendingReferrals.CreateAsync)
            .Named("createReferral", "Prepare a referral of a client to another agency; nothing leaves yet")
            .Allow(Role.Agent, Role.AgentSupervisor)
            .Takes(new CreateReferralRequestValidator(), CreateReferralRequest.Example)
            .Gives(new ReferralCreatedAnswer(CreateReferralRequest.ExampleId), StatusCodes.Status201Created);
        api.MapAsk("/referrals/{referralId:guid}", ReadReferral.Handle)
            .Named("readReferral", "The sender's side of a referral, with the version that changes name in If-Match")
            .Allow(Role.Agent, Role.AgentSupervisor).Shows<ReadReferral.View>(Streams.Referral.Alias, (shown, _) => [shown.ClientId], _ => true)
            .Gives(ReadReferral.Example);
        api.MapChange("/referrals/{referralId:guid}/send", SendingReferrals.SendAsync)
            .Named("sendReferral", "Send it; a duty stays open until delivery is proven")
            .Allow(Role.Agent, Role.AgentSupervisor)
            .Takes(new SendRequestValidator(), SendRequest.Example);
        api.MapChange("/referrals/{referralId:guid}/withdraw", SendingReferrals.WithdrawAsync)
            .EndsWorkOnErased("what never arrived is taken back")
            .Named("withdrawReferral", "Take it back while it has not been delivered")
            .Allow(Role.Agent, Role.AgentSupervisor)
            .Takes(new WithdrawRequestValidator(), WithdrawRequest.Example);
        api.MapFact("/referrals/{referralId:guid}/delivery-receipt", SendingReferrals.ConfirmDeliveryAsync)
            .Named("confirmReferralDelivery", "The transport's receipt proves delivery and discharges the duty")
            .Allow(Role.Service)
            .Takes(new ReceiptRequestValidator(), ReceiptRequest.Example);
        api.MapFact("/referrals/{referralId:guid}/delivery-failure", SendingReferrals.RecordFailureAsync)
            .Named("recordReferralDeliveryFailure", "It did not arrive; it can be sent again")
            .Allow(Role.Service, Role.Agent, Role.AgentSupervisor)
            .Takes(new FailureRequestValidator(), FailureRequest.Example);
    }
}
