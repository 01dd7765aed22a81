using System.Globalization;

namespace CaseFlow.Domain.Consents;

/// <summary>Every way consents, restrictions and orders can say no; none of them repeats what is sealed.</summary>
public static class ConsentRejections
{
    public static Rejection NotFound(Guid consentId) =>
        new(RejectionKind.NotFound, "consent-not-found", $"The client has no consent {consentId}.");

    public static Rejection Incomplete(IReadOnlyList<string> fields) => new(
        RejectionKind.Unprocessable, "consent-incomplete", $"The consent is not one that permits anything; see errors: {string.Join(", ", fields)}.");

    public static Rejection ElementMissing(string field, string element, string rule) =>
        new(RejectionKind.Unprocessable, "consent-element-missing", $"The consent does not say {element} ({rule}).", field);

    public static Rejection ElementNotAllowed(string field, string rule) =>
        new(RejectionKind.Unprocessable, "consent-element-not-allowed", $"A consent of this kind cannot say that ({rule}).", field);

    public static Rejection AgencyUnknown(string field) =>
        new(RejectionKind.Unprocessable, "consent-agency-unknown", "The directory does not know an agency that is named.", field);

    public static Rejection EffectiveBeforeSignature() => new(
        RejectionKind.Unprocessable, "consent-effective-before-signature", "Nobody consents to what was disclosed before they signed.", "term.effectiveFrom");

    public static Rejection EndsBeforeItBegins() =>
        new(RejectionKind.Unprocessable, "consent-ends-before-it-begins", "A consent ends after it begins.", "term.expiresAt");

    public static Rejection TermTooLong(int months) => new(
        RejectionKind.Unprocessable,
        "consent-term-too-long",
        string.Create(CultureInfo.InvariantCulture, $"Policy lets a consent last {months} months at most (R60)."),
        "term.expiresAt");

    public static Rejection SignedAhead() =>
        new(RejectionKind.Unprocessable, "consent-signed-ahead", "The signature lies ahead of the recording.", "form.signedAt");

    public static Rejection NotACourt() =>
        new(RejectionKind.Unprocessable, "consent-court-unknown", "The directory knows no court by that id.", "court");

    public static Rejection OfAnotherCourt() => new(
        RejectionKind.Forbidden, "consents-of-another-court", "A court's team asks what its own court lacks.", "court");

    public static Rejection NotAParty() => new(
        RejectionKind.Forbidden,
        "not-a-party-to-consent",
        "A disclosing agency takes its own clients' consents to its own disclosures alone, a court those that name it as recipient; the privacy officer takes any.");

    public static Rejection GrantedDifferently(Guid consentId) => new(
        RejectionKind.Conflict, "consent-granted-differently", $"Consent {consentId} was given with other terms. Take a new one.", "consentId");

    public static Rejection AlreadyGranted() =>
        new(RejectionKind.Conflict, "consent-already-granted", "The consent was given; take it back instead.", "consentId");

    public static Rejection RefusalWithoutWarning() => new(
        RejectionKind.Unprocessable,
        "refusal-without-warning",
        "Tell the client that they may refuse, and what follows, before a refusal is recorded.",
        "toldThatRefusalIsPermitted");

    public static Rejection Revoked() =>
        new(RejectionKind.Conflict, "consent-revoked", "The consent was taken back; take a new one.");

    public static Rejection SignatureNotNew() =>
        new(RejectionKind.Unprocessable, "consent-signature-not-new", "A consent is renewed by a signature that is newer than those on record.", "form.signedAt");

    public static Rejection Held() =>
        new(RejectionKind.Conflict, "consent-held", "The client asked to take the consent back; settle that first.");

    public static Rejection NotHeld() =>
        new(RejectionKind.Conflict, "consent-not-held", "Nothing holds this consent.");

    public static Rejection MayNotReceiveRevocation() => new(
        RejectionKind.Forbidden, "may-not-receive-revocation", "Policy names other roles to receive a written revocation (R61); record the oral request, which holds at once.");

    public static Rejection RevocationBeforeSignature() =>
        new(RejectionKind.Unprocessable, "revocation-before-signature", "A consent is taken back after it was signed.", "occurredAt");

    public static Rejection RevocationBeforeReceipt() => new(
        RejectionKind.Unprocessable, "revocation-before-receipt", "A revocation takes effect on receipt or later; what was done in reliance before stays lawful (R61).", "effectiveAt");

    public static Rejection DoesNotWaitFor() =>
        new(RejectionKind.Unprocessable, "consent-does-not-wait-for", "The consent neither ends nor becomes revocable by this event.", "condition");

    public static Rejection ConditionBeforeSignature() =>
        new(RejectionKind.Unprocessable, "condition-before-signature", "The event that a consent waits for happens after it was signed.", "occurredAt");

    public static Rejection ConditionNotMet() =>
        new(RejectionKind.Conflict, "consent-condition-not-met", "No such event is on record for this consent.", "condition");

    public static Rejection ConditionRecordedByAnother() => new(
        RejectionKind.Forbidden, "consent-condition-of-another", "Whoever recorded the event takes it back, or the privacy officer.");

    public static Rejection DisclosureNotRetracted() => new(
        RejectionKind.Conflict, "disclosure-not-retracted", "A consent for one disclosure is spent once something was told; take a new one.", "condition");

    public static Rejection RetractionWithoutReason() =>
        new(RejectionKind.Unprocessable, "retraction-without-reason", "Say why the event was entered by mistake.", "reason");

    public static Rejection ConditionAlreadyMet() =>
        new(RejectionKind.Conflict, "consent-condition-already-met", "The event that ends this consent has happened; take a new one.");
}
