using System.Globalization;

namespace CaseFlow.Domain.Agencies;

/// <summary>Every way the directory can say no.</summary>
public static class DirectoryRejections
{
    public static Rejection IdNotASlug(string field) => new(
        RejectionKind.Unprocessable,
        "directory-id-not-a-slug",
        "An id here is kebab-case: lower-case letters, digits and single hyphens, at most 63 characters.",
        field);

    public static Rejection AgencyNotFound(string agencyId) =>
        new(RejectionKind.NotFound, "agency-not-found", $"There is no agency \"{agencyId}\".");

    public static Rejection AgencyRegisteredDifferently(string agencyId) =>
        new(RejectionKind.Conflict, "agency-registered-differently", $"Agency \"{agencyId}\" is already registered, with other content.", "agencyId");

    public static Rejection AgencyUnknown(string agencyId) =>
        new(RejectionKind.Unprocessable, "agency-unknown", $"There is no agency \"{agencyId}\" to work for.", "agencyId");

    public static Rejection OfficeNotFound(string officeId) =>
        new(RejectionKind.NotFound, "office-not-found", $"The agency has no office \"{officeId}\".");

    public static Rejection OfficeOpenedDifferently(string officeId) =>
        new(RejectionKind.Conflict, "office-opened-differently", $"Office \"{officeId}\" is already open under another name.", "officeId");

    public static Rejection OfficeHasStaff(string officeId, int count) => new(
        RejectionKind.Conflict,
        "office-has-staff",
        string.Create(CultureInfo.InvariantCulture, $"{count} staff member(s) work at office \"{officeId}\"; move them first."));

    public static Rejection OfficeNotOpen(string officeId) =>
        new(RejectionKind.Unprocessable, "office-not-open", $"The agency has no open office \"{officeId}\".", "officeId");

    public static Rejection OfficeRequired() =>
        new(RejectionKind.Unprocessable, "office-required", "Agents and agent-supervisors work at an office.", "officeId");

    public static Rejection ProgramNotFound(string programId) =>
        new(RejectionKind.NotFound, "program-not-found", $"The agency has no programme \"{programId}\".");

    public static Rejection ProgramOpenedDifferently(string programId) =>
        new(RejectionKind.Conflict, "program-opened-differently", $"Programme \"{programId}\" is already open, with other content.", "programId");

    public static Rejection InterceptOutOfRange() =>
        new(RejectionKind.Unprocessable, "intercept-out-of-range", "The Sequential Intercept Model counts from 0 to 5.", "intercept");

    public static Rejection StaffNotFound(string staffId) =>
        new(RejectionKind.NotFound, "staff-not-found", $"Nobody called \"{staffId}\" is at work.");

    public static Rejection StaffAlreadyEngaged(string staffId) =>
        new(RejectionKind.Conflict, "staff-already-engaged", $"\"{staffId}\" is at work already, in another post. Move them instead.", "staffId");

    public static Rejection SupervisorUnknown(string supervisorId) =>
        new(RejectionKind.Unprocessable, "supervisor-unknown", $"Nobody called \"{supervisorId}\" is at work.", "supervisorId");

    public static Rejection OwnSupervisor() =>
        new(RejectionKind.Unprocessable, "own-supervisor", "Nobody supervises themselves.", "supervisorId");

    public static Rejection SupervisorOfAnotherAgency() =>
        new(RejectionKind.Unprocessable, "supervisor-of-another-agency", "A supervisor works for the same agency.", "supervisorId");

    public static Rejection SupervisorRoleUnfit() => new(
        RejectionKind.Unprocessable,
        "supervisor-role-unfit",
        "Agent-supervisors supervise agents and each other; coach-supervisors supervise coaches, peer specialists and each other.",
        "supervisorId");

    public static Rejection SupervisionCircular() =>
        new(RejectionKind.Conflict, "supervision-circular", "The supervisor would end up below their own staff.", "supervisorId");

    public static Rejection OversightNotForRole() =>
        new(RejectionKind.Unprocessable, "oversight-not-for-role", "Only an agent-supervisor oversees the jurisdiction.", "staffId");

    public static Rejection AuditorUnknown(string auditorId) =>
        new(RejectionKind.Unprocessable, "auditor-unknown", $"No auditor called \"{auditorId}\" is at work.", "auditorId");

    public static Rejection AuditPurposeMissing() =>
        new(RejectionKind.Unprocessable, "audit-purpose-missing", "A grant states its purpose (R66).", "grantedPurpose");

    public static Rejection AuditGrantRangeEmpty() =>
        new(RejectionKind.Unprocessable, "audit-grant-range-empty", "A grant ends after it begins, and after now.", "validUntil");

    public static Rejection AuditGrantBackdated() =>
        new(RejectionKind.Unprocessable, "audit-grant-backdated", "A grant never covers reading that was done before it was given.", "validFrom");

    public static Rejection AuditGrantTooLong(int longestDays) => new(
        RejectionKind.Unprocessable,
        "audit-grant-too-long",
        string.Create(CultureInfo.InvariantCulture, $"A grant lasts at most {longestDays} days here (R66)."),
        "validUntil");

    public static Rejection AuditGrantGivenDifferently(Guid grantId) =>
        new(RejectionKind.Conflict, "audit-grant-given-differently", $"Grant {grantId} is already given, with other content.", "grantId");

    public static Rejection AuditGrantNotFound(Guid grantId) =>
        new(RejectionKind.NotFound, "audit-grant-not-found", $"There is no audit grant {grantId}.");
}
