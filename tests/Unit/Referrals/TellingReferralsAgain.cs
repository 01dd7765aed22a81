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

    [Fact]
    public void A_receipt_after_an_answer_which_says_that_it_arrived()
    {
        Given(Acknowledged, Accepted);
        var earlier = When.At(Now.AddHours(-1));

        WhenAsked(state => AcknowledgeReferral.Decide(new(ReferralId, Us, "cora", earlier), state, SentToUs, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void A_refusal_of_a_referral_that_was_taken_up_again()
    {
        Given(Acknowledged, Declined, Reopened);
        ShouldLoseNothing(
            new DeclineReferral(ReferralId, Us, "cora", ReceiverDeclineReason.OutOfArea, Today), (told, state, now) => DeclineReferral.Decide(told, state, SentToUs, now), [.. WhoAndWhose, "DeclinedBy"]);

        WhenAsked(state => DeclineReferral.Decide(new(ReferralId, Us, "cora", ReceiverDeclineReason.NoCapacity, Today), state, SentToUs, Now))
            .ShouldBeRefused(RepeatRejections.RecordedDifferently());
    }

    [Fact]
    public void What_another_provider_did_before_it_was_passed_on_is_neither_told_nor_taken_for_the_same()
    {
        Given(Acknowledged, Declined, Reopened, Declined, Redirected);
        Given(Acknowledged with { ProviderAgencyId = Others }, (Declined with { ProviderAgencyId = Others, Reason = ReceiverDeclineReason.OutOfArea }).At(Now.AddMinutes(-1)));

        WhenAsked(state => DeclineReferral.Decide(new(ReferralId, Others, "otto", ReceiverDeclineReason.NoCapacity, Today), state, SentToUs, Now))
            .ShouldBeRefused(RepeatRejections.RecordedDifferently());
        WhenAsked(state => DeclineReferral.Decide(new(ReferralId, Others, "otto", ReceiverDeclineReason.OutOfArea, Today), state, SentToUs, Now)).ShouldBeAlreadyDone();

        Given(
            (Reopened with { ProviderAgencyId = Others, Reason = Sealed<string>.Of("a place is free") }).At(Now.AddMinutes(-1)),
            (Accepted with { ProviderAgencyId = Others }).At(Now.AddMinutes(-1)));
        foreach (var (words, same) in new[] { ("room again", false), ("a place is free", true) })
            (ReopenAgain(words).Rejection is null).ShouldBe(same);
        WhenAsked(state => AcceptReferral.Decide(new(ReferralId, Others, "otto", When.At(Now.AddMinutes(-1))), state, SentToUs, Now)).ShouldBeAlreadyDone();

        Decision<IntakeEvent> ReopenAgain(string words) =>
            WhenAsked(state => ReopenReferral.Decide(new(ReferralId, Others, Sealed<string>.Of(words), Today), state, SentToUs, Now));
    }

    [Fact]
    public void First_contact_and_acceptance_are_each_providers_own()
    {
        Given(Acknowledged, Accepted, InContact, Redirected);
        Given(
            Acknowledged with { ProviderAgencyId = Others },
            (Accepted with { ProviderAgencyId = Others }).At(Now.AddMinutes(-1)),
            (InContact with { ProviderAgencyId = Others, Mode = ContactMode.Text }).At(Now.AddMinutes(-1)));

        WhenAsked(state => AcceptReferral.Decide(new(ReferralId, Others, "otto", Stated), state, SentToUs, Later)).ShouldBeRefused(RepeatRejections.RecordedDifferently());
        WhenAsked(state => RecordFirstContact.Decide(new(ReferralId, Others, ContactMode.Phone, Stated), state, SentToUs, Later))
            .ShouldBeRefused(RepeatRejections.RecordedDifferently());
    }

    private static readonly DateTimeOffset Later = Now.AddHours(1);

    /// <summary>When the provider before them is on record to have done it.</summary>
    private static readonly When Stated = When.At(Now);
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

    [Fact]
    public void Says_the_channel_of_the_last_sending()
    {
        Given(Created, Sent, Failed);
        ShouldLoseNothing(
            new SendReferral(ReferralId, Sent.Channel == ReferralChannel.Fax ? ReferralChannel.Inbox : ReferralChannel.Fax, When.At(ReferralFacts.Now), "ada"),
            (told, state, now) => SendReferral.Decide(told, state, Policy, now), "ReferralId", "SentBy");

        WhenAsked(state => SendReferral.Decide(new(ReferralId, Sent.Channel, When.At(ReferralFacts.Now), "ada"), state, Policy, ReferralFacts.Now))
            .ShouldBeRefused(RepeatRejections.RecordedDifferently());
    }
}
