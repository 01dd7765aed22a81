namespace CaseFlow.Domain.Consents;

/// <summary>Every way restrictions and court orders can say no.</summary>
public static class RestrictionRejections
{
    public static Rejection NotFound(Guid restrictionId) =>
        new(RejectionKind.NotFound, "restriction-not-found", $"The client has asked for no restriction {restrictionId}.");

    public static Rejection AgencyUnknown() =>
        new(RejectionKind.Unprocessable, "restriction-agency-unknown", "The directory does not know an agency that is named.", "recipientAgency");

    public static Rejection OfAnotherAgency() => new(
        RejectionKind.Forbidden, "restriction-of-another-agency", "An agency takes what concerns its own disclosures; the privacy officer takes any.", "disclosingAgency");

    public static Rejection AlreadyAnswered() =>
        new(RejectionKind.Conflict, "restriction-already-answered", "The restriction was answered otherwise.");

    public static Rejection PaidForOtherPurposes() => new(
        RejectionKind.Unprocessable,
        "restriction-paid-for-other-purposes",
        "What is paid in full need not be told for payment and operations; for nothing else (45 CFR 164.522(a)(1)(vi)).",
        "purposes");

    public static Rejection Mandatory() => new(
        RejectionKind.Conflict,
        "restriction-mandatory",
        "The client paid in full: the agency has to agree, and only the client ends it (45 CFR 164.522(a)).");

    public static Rejection NotInForce() =>
        new(RejectionKind.Conflict, "restriction-not-in-force", "Only a restriction that was agreed comes to an end.");

    public static Rejection EndedBeforeAgreed() =>
        new(RejectionKind.Unprocessable, "restriction-ended-before-agreed", "A restriction ends after it was agreed.", "when");

    public static Rejection OrderNotForProsecution() => new(
        RejectionKind.Unprocessable,
        "court-order-not-for-prosecution",
        "An order for other than criminal purposes is not for the prosecution (42 CFR 2.64).",
        "recipientRoles");

    public static Rejection OrderAgencyUnknown() =>
        new(RejectionKind.Unprocessable, "court-order-agency-unknown", "The directory does not know an agency that the order names.", "recipientAgency");

    public static Rejection OrderOver() =>
        new(RejectionKind.Unprocessable, "court-order-over", "An order ends after it was received.", "orderedUntil");
}
