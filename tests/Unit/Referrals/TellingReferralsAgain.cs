using CaseFlow.Domain;
using CaseFlow.Domain.Referrals;
using static CaseFlow.Unit.Referrals.ReferralFacts;

namespace CaseFlow.Unit.Referrals;

/// <summary>Told again, what a receiver does with a referral is done already only if it is the same.</summary>
public sealed class TellingReferralsAgain : IntakeSpec
{
    private static readonly string[] WhoAndWhose = ["ReferralId", "ProviderAgencyId"];

    [Fact]
    public void A_receipt() =>
        ShouldLoseNothing(new AcknowledgeReferral(ReferralId, Us, "cora", Today), (told, state, now) => AcknowledgeReferral.Decide(told, state, SentToUs, now), [.. WhoAndWhose, "AcknowledgedBy"]);

    [Fact]
    public void An_acceptance() =>
        ShouldLoseNothing(new AcceptReferral(ReferralId, Us, "cora", Today), (told, state, now) => AcceptReferral.Decide(told, state, SentToUs, now), [.. WhoAndWhose, "AcceptedBy"]);

    [Fact]
    public void An_end()
    {
        Given(Acknowledged, Accepted);
        ShouldLoseNothing(new CloseReferral(ReferralId, Us, ReferralOutcome.DidNotGetHelp, Today), (told, state, now) => CloseReferral.Decide(told, state, SentToUs, now), WhoAndWhose);
    }
}

public sealed class SendingAgain() : Spec<ReferralState, ReferralEvent>(ReferralState.Initial, ReferralState.Evolve)
{
    [Fact]
    public void Says_the_channel_and_the_time()
    {
        Given(Created);
        ShouldLoseNothing(
            new SendReferral(ReferralId, ReferralChannel.Inbox, When.At(ReferralFacts.Now), "ada"),
            (told, state, now) => SendReferral.Decide(told, state, Policy, now), "ReferralId", "SentBy");
    }
}
