namespace CaseFlow.Domain.Disclosures;

/// <summary>Every way an opening in an emergency, or its review, can be refused.</summary>
public static class EmergencyAccessRejections
{
    public static Rejection NotForRole() => new(
        RejectionKind.Forbidden, "emergency-access-not-for-role", "Only those who help the client open a record in an emergency (42 CFR 2.51).");

    public static Rejection NotForCare() => new(
        RejectionKind.Forbidden, "emergency-access-not-for-care", "An emergency opens a record for care alone; the token says another purpose of use.");

    public static Rejection UsedDifferently(Guid emergencyAccessId) => new(
        RejectionKind.Conflict, "emergency-access-used-differently", $"Emergency access {emergencyAccessId} is recorded already, by somebody else or for another reason.", "emergencyAccessId");

    public static Rejection NotFound(Guid emergencyAccessId) => new(
        RejectionKind.NotFound, "emergency-access-not-found", $"The client's record has no emergency access {emergencyAccessId}.");

    public static Rejection ReviewedDifferently(Guid emergencyAccessId) => new(
        RejectionKind.Conflict, "emergency-access-reviewed-differently", $"Emergency access {emergencyAccessId} was reviewed already, with another verdict or note.", "verdict");

    public static Rejection OwnReview() => new(
        RejectionKind.Forbidden, "emergency-access-own-review", "Nobody reviews an emergency access of their own.");
}
