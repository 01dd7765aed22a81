namespace CaseFlow.Domain.Referrals;

/// <summary>Every way the receiver's side of a referral can say no.</summary>
public static class IntakeRejections
{
    public static Rejection Declined() =>
        new(RejectionKind.Conflict, "referral-declined", "The referral was declined; reopen it first.");

    public static Rejection Closed() =>
        new(RejectionKind.Conflict, "referral-closed", "The referral is closed; reopen it first.");

    public static Rejection AlreadyAccepted() =>
        new(RejectionKind.Conflict, "referral-already-accepted", "The referral was accepted; close it with its outcome, or redirect it.");

    public static Rejection NotAccepted() =>
        new(RejectionKind.Conflict, "referral-not-accepted", "Accept the referral before contacting the client.");

    public static Rejection NotAnswered() =>
        new(RejectionKind.Conflict, "referral-not-answered", "Accept or decline the referral before closing it.");

    public static Rejection NotClosed() =>
        new(RejectionKind.Conflict, "referral-not-closed", "Only a declined or closed referral can be reopened.");

    public static Rejection RedirectTargetUnknown(string agencyId) =>
        new(RejectionKind.Unprocessable, "redirect-target-unknown", $"There is no provider \"{agencyId}\" to pass it on to.", "toAgencyId");

    public static Rejection RedirectToOneself() =>
        new(RejectionKind.Unprocessable, "redirect-to-oneself", "A referral is passed on to another provider.", "toAgencyId");

    public static Rejection InContact() =>
        new(RejectionKind.Conflict, "referral-in-contact", "Contact was made; the client is not unreachable.");

    public static Rejection AttemptsInsufficient(IReadOnlyList<string> missing) =>
        new(RejectionKind.Conflict, "contact-attempts-insufficient", $"Not yet unreachable (R9); still lacking: {string.Join(", ", missing)}.");

    public static Rejection NoContactMade() =>
        new(RejectionKind.Conflict, "referral-no-contact-made", "Nobody got help before a first contact was made.", "outcome");

    public static Rejection UnreachabilityNotRecorded() =>
        new(RejectionKind.Conflict, "unreachability-not-recorded", "Record first that the client could not be contacted, with the attempts (R9).", "outcome");
}
