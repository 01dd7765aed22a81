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

    public static Rejection OrderAgencyUnknown() =>
        new(RejectionKind.Unprocessable, "court-order-agency-unknown", "The directory does not know an agency that the order names.", "recipientAgency");

    public static Rejection OrderOver() =>
        new(RejectionKind.Unprocessable, "court-order-over", "An order ends after it was received.", "orderedUntil");
}
