using CaseFlow.Domain;
using CaseFlow.Domain.Referrals;
using static CaseFlow.Unit.Referrals.ReferralFacts;

namespace CaseFlow.Unit.Referrals;

public sealed class CreatingAReferral : ReferralSpec
{
    private static readonly CreateReferral Create =
        new(ReferralId, ClientId, DutyId, "dcc", "safe-communities", "ada", "recovery-coach", Created.Message, When.At(Now));

    [Fact]
    public void Records_it_once()
    {
        WhenAsked(state => CreateReferral.Decide(Create, state, receiverIsKnown: true, Now)).ShouldRecord(Created);
        WhenAsked(state => CreateReferral.Decide(Create, state, receiverIsKnown: true, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_refused_under_an_id_that_means_another()
    {
        Given(Created);

        WhenAsked(state => CreateReferral.Decide(Create with { ToAgencyId = "lighthouse" }, state, receiverIsKnown: true, Now))
            .ShouldBeRefused(ReferralRejections.CreatedDifferently(ReferralId));
    }

    [Fact]
    public void Is_refused_to_the_own_or_an_unknown_agency()
    {
        WhenAsked(state => CreateReferral.Decide(Create with { ToAgencyId = "dcc" }, state, receiverIsKnown: true, Now))
            .ShouldBeRefused(ReferralRejections.ToOwnAgency());
        WhenAsked(state => CreateReferral.Decide(Create, state, receiverIsKnown: false, Now))
            .ShouldBeRefused(ReferralRejections.ReceiverUnknown("safe-communities"));
    }

    [Fact]
    public void Is_refused_in_own_words_or_ahead_of_time()
    {
        WhenAsked(state => CreateReferral.Decide(Create with { Need = "help for Joan" }, state, receiverIsKnown: true, Now))
            .ShouldBeRefused(ReferralRejections.NeedNotASlug());
        WhenAsked(state => CreateReferral.Decide(Create with { When = When.At(Now.AddDays(1)) }, state, receiverIsKnown: true, Now))
            .ShouldBeRefused(InFuture);
    }
}

public sealed class SendingAReferral : ReferralSpec
{
    private static readonly SendReferral Send = new(ReferralId, ReferralChannel.Inbox, When.At(Now));

    [Fact]
    public void Says_when_receipt_is_due_and_when_somebody_is_told()
    {
        Given(Created);

        WhenAsked(state => SendReferral.Decide(Send, state, Policy, Now)).ShouldRecord(Sent);
    }

    [Fact]
    public void Twice_changes_nothing_nor_does_sending_what_arrived()
    {
        Given(Created, Sent);
        WhenAsked(state => SendReferral.Decide(Send, state, Policy, Now)).ShouldBeAlreadyDone();

        Given(Delivered);
        WhenAsked(state => SendReferral.Decide(Send, state, Policy, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Again_after_a_failure_starts_the_clock_again()
    {
        Given(Created, Sent, Failed);

        WhenAsked(state => SendReferral.Decide(Send, state, Policy, Now)).ShouldRecord(Sent);
    }

    [Fact]
    public void Is_refused_for_what_does_not_exist_or_was_withdrawn()
    {
        WhenAsked(state => SendReferral.Decide(Send, state, Policy, Now)).ShouldBeRefused(ReferralRejections.NotFound(ReferralId));
        Given(Created, Withdrawn);
        WhenAsked(state => SendReferral.Decide(Send, state, Policy, Now)).ShouldBeRefused(ReferralRejections.Withdrawn());
    }

    [Fact]
    public void Is_refused_out_of_time_or_without_a_policy()
    {
        Given(Created);

        WhenAsked(state => SendReferral.Decide(Send with { When = When.At(Now.AddDays(1)) }, state, Policy, Now)).ShouldBeRefused(InFuture);
        WhenAsked(state => SendReferral.Decide(Send with { When = When.At(Now.AddDays(-1)) }, state, Policy, Now))
            .ShouldBeRefused(ReferralRejections.BeforePreviousStep());
        WhenAsked(state => SendReferral.Decide(Send, state, policy: null, Now)).ShouldBeRefused(ReferralRejections.NoPolicyInForce());
    }
}

public sealed class ConfirmingDelivery : ReferralSpec
{
    private static readonly ConfirmDelivery ByReceiver = ConfirmDelivery.ByReceiver(ReferralId, Coach, When.At(Now));
    private static readonly ConfirmDelivery ByReceipt = new(ReferralId, DeliveryProof.TransportReceipt, "fax-778", Transport, When.At(Now));

    [Fact]
    public void Takes_the_receivers_act_once()
    {
        Given(Created, Sent);

        WhenAsked(state => ConfirmDelivery.Decide(ByReceiver, state, Now)).ShouldRecord(Delivered);
        WhenAsked(state => ConfirmDelivery.Decide(ByReceiver, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Takes_the_transports_receipt()
    {
        Given(Created, Sent);

        WhenAsked(state => ConfirmDelivery.Decide(ByReceipt, state, Now))
            .ShouldRecord(Delivered with { Proof = DeliveryProof.TransportReceipt, Receipt = "fax-778" });
    }

    [Fact]
    public void Takes_a_proof_that_comes_after_a_failure()
    {
        Given(Created, Sent, Failed);

        WhenAsked(state => ConfirmDelivery.Decide(ByReceiver, state, Now)).ShouldRecord(Delivered);
    }

    [Theory]
    [InlineData(DeliveryProof.TransportReceipt)]
    [InlineData(DeliveryProof.ReceiverAcknowledgement)]
    public void Is_refused_to_the_sender(DeliveryProof proof)
    {
        Given(Created, Sent);

        WhenAsked(state => ConfirmDelivery.Decide(new(ReferralId, proof, "fax-778", Agent, When.At(Now)), state, Now))
            .ShouldBeRefused(ReferralRejections.SenderCannotConfirm());
    }

    [Fact]
    public void Is_refused_with_a_receipt_from_anybody_but_the_transport()
    {
        Given(Created, Sent);

        WhenAsked(state => ConfirmDelivery.Decide(ByReceipt with { ConfirmedBy = Coach }, state, Now))
            .ShouldBeRefused(ReferralRejections.ReceiptNotFromTransport());
        WhenAsked(state => ConfirmDelivery.Decide(ByReceipt with { Receipt = " " }, state, Now))
            .ShouldBeRefused(ReferralRejections.ReceiptMissing());
    }

    [Fact]
    public void Does_not_exist_for_another_agency()
    {
        Given(Created, Sent);

        WhenAsked(state => ConfirmDelivery.Decide(ByReceiver with { ConfirmedBy = Coach with { Agency = "lighthouse" } }, state, Now))
            .ShouldBeRefused(ReferralRejections.NotFound(ReferralId));
    }

    [Fact]
    public void Is_refused_for_what_was_never_sent_or_withdrawn()
    {
        WhenAsked(state => ConfirmDelivery.Decide(ByReceipt, state, Now)).ShouldBeRefused(ReferralRejections.NotFound(ReferralId));
        Given(Created);
        WhenAsked(state => ConfirmDelivery.Decide(ByReceipt, state, Now)).ShouldBeRefused(ReferralRejections.NotSent());
        Given(Withdrawn);
        WhenAsked(state => ConfirmDelivery.Decide(ByReceipt, state, Now)).ShouldBeRefused(ReferralRejections.Withdrawn());
    }

    [Fact]
    public void Is_refused_out_of_time()
    {
        Given(Created, Sent);

        WhenAsked(state => ConfirmDelivery.Decide(ByReceipt with { When = When.At(Now.AddDays(1)) }, state, Now)).ShouldBeRefused(InFuture);
        WhenAsked(state => ConfirmDelivery.Decide(ByReceipt with { When = When.At(Now.AddHours(-1)) }, state, Now))
            .ShouldBeRefused(ReferralRejections.BeforePreviousStep());
    }
}

public sealed class RecordingADeliveryFailure : ReferralSpec
{
    private static readonly RecordDeliveryFailure Fail = new(ReferralId, Sealed<string>.Of("line busy"), When.At(Now));

    [Fact]
    public void Records_it_once()
    {
        Given(Created, Sent);

        WhenAsked(state => RecordDeliveryFailure.Decide(Fail, state, Now)).ShouldRecord(Failed);
        WhenAsked(state => RecordDeliveryFailure.Decide(Fail, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_refused_for_what_is_not_on_its_way()
    {
        WhenAsked(state => RecordDeliveryFailure.Decide(Fail, state, Now)).ShouldBeRefused(ReferralRejections.NotFound(ReferralId));
        Given(Created);
        WhenAsked(state => RecordDeliveryFailure.Decide(Fail, state, Now)).ShouldBeRefused(ReferralRejections.NotSent());
        Given(Sent, Delivered);
        WhenAsked(state => RecordDeliveryFailure.Decide(Fail, state, Now)).ShouldBeRefused(ReferralRejections.AlreadyDelivered());
        Given(Withdrawn);
        WhenAsked(state => RecordDeliveryFailure.Decide(Fail, state, Now)).ShouldBeRefused(ReferralRejections.Withdrawn());
    }

    [Fact]
    public void Is_refused_out_of_time()
    {
        Given(Created, Sent);

        WhenAsked(state => RecordDeliveryFailure.Decide(Fail with { When = When.At(Now.AddDays(1)) }, state, Now)).ShouldBeRefused(InFuture);
        WhenAsked(state => RecordDeliveryFailure.Decide(Fail with { When = When.At(Now.AddHours(-1)) }, state, Now))
            .ShouldBeRefused(ReferralRejections.BeforePreviousStep());
    }
}

public sealed class WithdrawingAReferral : ReferralSpec
{
    private static readonly WithdrawReferral Withdraw = new(ReferralId, WithdrawalReason.Duplicate, When.At(Now));

    [Fact]
    public void Records_it_once()
    {
        Given(Created, Sent);

        WhenAsked(state => WithdrawReferral.Decide(Withdraw, state, Now)).ShouldRecord(Withdrawn);
        WhenAsked(state => WithdrawReferral.Decide(Withdraw, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_refused_once_it_arrived_and_for_what_does_not_exist()
    {
        WhenAsked(state => WithdrawReferral.Decide(Withdraw, state, Now)).ShouldBeRefused(ReferralRejections.NotFound(ReferralId));
        Given(Created, Sent, Delivered);
        WhenAsked(state => WithdrawReferral.Decide(Withdraw, state, Now)).ShouldBeRefused(ReferralRejections.AlreadyDelivered());
    }

    [Fact]
    public void Is_refused_out_of_time()
    {
        Given(Created);

        WhenAsked(state => WithdrawReferral.Decide(Withdraw with { When = When.At(Now.AddDays(1)) }, state, Now)).ShouldBeRefused(InFuture);
        WhenAsked(state => WithdrawReferral.Decide(Withdraw with { When = When.At(Now.AddHours(-1)) }, state, Now))
            .ShouldBeRefused(ReferralRejections.BeforePreviousStep());
    }
}
