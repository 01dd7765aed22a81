namespace CaseFlow.Domain.Referrals;

/// <summary>Every way the sender's side of a referral can say no.</summary>
public static class ReferralRejections
{
    public static Rejection NotFound(Guid referralId) =>
        new(RejectionKind.NotFound, "referral-not-found", $"There is no referral {referralId}.");

    public static Rejection CreatedDifferently(Guid referralId) =>
        new(RejectionKind.Conflict, "referral-created-differently", $"Referral {referralId} exists already, with other content.", "referralId");

    public static Rejection ReceiverUnknown(string agencyId) =>
        new(RejectionKind.Unprocessable, "referral-receiver-unknown", $"There is no agency \"{agencyId}\" to refer to.", "toAgencyId");

    public static Rejection ToOwnAgency() =>
        new(RejectionKind.Unprocessable, "referral-to-own-agency", "A referral goes to another agency.", "toAgencyId");

    public static Rejection NeedNotASlug() => new(
        RejectionKind.Unprocessable,
        "referral-need-not-a-slug",
        "What is asked for is a code in kebab-case, such as recovery-coach; own words belong into the message.",
        "need");

    public static Rejection NoPolicyInForce() => new(
        RejectionKind.Conflict, "referral-without-policy", "The jurisdiction has no policy in force that says how long a receiver may take.");

    public static Rejection NotSent() =>
        new(RejectionKind.Conflict, "referral-not-sent", "The referral has not been sent.");

    public static Rejection AlreadyDelivered() =>
        new(RejectionKind.Conflict, "referral-already-delivered", "The referral has reached its receiver.");

    public static Rejection Withdrawn() =>
        new(RejectionKind.Conflict, "referral-withdrawn", "The referral was withdrawn.");

    public static Rejection BeforePreviousStep() =>
        new(RejectionKind.Unprocessable, "referral-before-previous-step", "This cannot have happened before the step that leads to it.", "occurredAt");

    public static Rejection SenderCannotConfirm() => new(
        RejectionKind.Forbidden,
        "sender-cannot-confirm-delivery",
        "Delivery is proven by the receiver's act or the transport's receipt, never by the sender.");

    public static Rejection ReceiptNotFromTransport() =>
        new(RejectionKind.Forbidden, "receipt-not-from-transport", "Only the transport itself hands in its receipt.");

    public static Rejection ReceiptMissing() =>
        new(RejectionKind.Unprocessable, "receipt-missing", "The transport's receipt has a number.", "receipt");
}
