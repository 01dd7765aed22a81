using CaseFlow.Domain;

namespace CaseFlow.Api.Access;

/// <summary>Every way access can say no before a rule is asked.</summary>
public static class AccessRejections
{
    public static Rejection NotInDirectory() => new(
        RejectionKind.Forbidden, "not-in-directory", "The jurisdiction's directory does not know this person in this role, agency and office.");

    public static Rejection NoAuditGrant() => new(
        RejectionKind.Forbidden, "no-audit-grant", "An auditor reads under a grant in force; there is none (R66).");

    public static Rejection ReplayForAuditors() => new(
        RejectionKind.Forbidden, "replay-for-auditors", "Only an auditor under a grant looks at the past through somebody else's eyes.", "visibleToRole");

    public static Rejection NotOwnCaseload() => new(
        RejectionKind.Forbidden, "not-own-caseload", "An agent sees the own caseload; a supervisor sees those of the office.", "agent");

    public static Rejection NoOffice() => new(
        RejectionKind.Forbidden, "no-office", "A supervisor's caseload is an office's; the token names none.");

    public static Rejection IdTaken(Guid id) =>
        new(RejectionKind.Conflict, Http.ProblemCatalogue.IdTaken.Code, $"Another record has the id {id}.");

    /// <summary>Said to those who read the record, and to nobody else.</summary>
    public static Rejection ClientNotYoursToChange() => new(
        RejectionKind.Forbidden, "client-not-yours-to-change",
        "Who the client is and how they are reached is changed by those who supervise them; while nobody does, by the agency that opened the record. Tell one of them what you learned.");

    /// <summary>Said to those who opened the record, and to nobody else.</summary>
    public static Rejection EmergencyOnlyReads() => new(
        RejectionKind.Forbidden, "emergency-only-reads",
        "A record that was opened in an emergency is read, not written: those write in it who supervise the client, to whose agency the client was referred, or who coach them.");

    public static Rejection NotOwnOffice() => new(
        RejectionKind.Forbidden, "not-own-office", "Agents and their supervisors act for their own office alone.");

    public static Rejection NotForAnotherAgent() => new(
        RejectionKind.Forbidden, "not-for-another-agent", "An agent takes clients on for themselves; a supervisor assigns them to others.");

    public static Rejection NotOwnAgency() => new(
        RejectionKind.Forbidden, "not-own-agency", "Only an auditor asks about another agency's staff.", "agency");

    public static Rejection NoAgency() => new(
        RejectionKind.Forbidden, "no-agency", "What is reported belongs to an agency's record; the token names no agency.");
}
