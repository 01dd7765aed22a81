using CaseFlow.Domain;

namespace CaseFlow.Api.Access;

/// <summary>Every way access can say no before a rule is asked.</summary>
public static class AccessRejections
{
    public static Rejection NotInDirectory() => new(
        RejectionKind.Forbidden, "not-in-directory", "The jurisdiction's directory does not know this person in this role, agency and office.");

    public static Rejection NoAuditGrant() => new(
        RejectionKind.Forbidden, "no-audit-grant", "An auditor reads under a grant in force; there is none (R66).");
}
