using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;

namespace CaseFlow.Api.Referrals;

/// <summary>The receiver's side of a referral, by the agency that holds it. Its version is the receiver's own.</summary>
public static class IntakeDoors
{
    private static readonly Role[] Providers = [Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist];

    public static void Map(IEndpointRouteBuilder api)
    {
        const string referral = "/referrals/{referralId:guid}";

        api.MapAsk(referral + "/intake", ReceivingReferrals.ReadAsync)
            .Named("readReferralIntake", "Where the referral stands with the agency that holds it, with the version for If-Match")
            .Allow(Providers).Shows<ReceivingReferrals.View>(Streams.Intake.Alias, (shown, _) => [shown.ClientId])
            .Gives(ReceivingReferrals.Example);
        api.MapFact(referral + "/acknowledge", ReceivingReferrals.AcknowledgeAsync)
            .Named("acknowledgeReferral", "It arrived: proves delivery and discharges the sender's duty (R7)")
            .Allow(Providers).Takes(new WhenOnlyValidator(), WhenOnly.Example);
        api.MapChange(referral + "/accept", ReceivingReferrals.AcceptAsync)
            .Named("acceptReferral", "The provider takes the client on").Allow(Providers).Takes(new WhenOnlyValidator(), WhenOnly.Example);
        api.MapChange(referral + "/decline", ReceivingReferrals.DeclineAsync)
            .EndsWorkOnErased("whoever received it lets it go")
            .Named("declineReferral", "No capacity, not eligible, or out of area").Allow(Providers)
            .Takes(new DeclineRequestValidator(), DeclineRequest.Example);
        api.MapChange(referral + "/redirect", ReceivingReferrals.RedirectAsync)
            .Named("redirectReferral", "Passed on to another provider, which then has it in its inbox").Allow(Providers)
            .Takes(new RedirectRequestValidator(), RedirectRequest.Example);
        api.MapFact(referral + "/attempts", ReceivingReferrals.AttemptAsync)
            .Named("recordContactAttempt", "The provider tried to reach the client (R8, R9)").Allow(Providers)
            .Takes(new AttemptRequestValidator(), AttemptRequest.Example);
        api.MapChange(referral + "/first-contact", ReceivingReferrals.FirstContactAsync)
            .Named("recordFirstContact", "The provider and the client spoke for the first time (R8)").Allow(Providers)
            .Takes(new FirstContactRequestValidator(), FirstContactRequest.Example);
        api.MapChange(referral + "/could-not-contact", ReceivingReferrals.CouldNotContactAsync)
            .Named("recordCouldNotContact", "The attempts that policy asks for were made in vain (R9)").Allow(Providers)
            .Takes(new WhenOnlyValidator(), WhenOnly.Example);
        api.MapChange(referral + "/close", ReceivingReferrals.CloseAsync)
            .EndsWorkOnErased("whoever took it closes it, with what came of it")
            .Named("closeReferral", "Closed, with what came of it").Allow(Providers).Takes(new CloseRequestValidator(), CloseRequest.Example);
        api.MapChange(referral + "/reopen", ReceivingReferrals.ReopenAsync)
            .Named("reopenReferral", "Taken up again").Allow(Providers).Takes(new ReopenRequestValidator(), ReopenRequest.Example);
    }
}
