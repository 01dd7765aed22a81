using System.Globalization;

namespace CaseFlow.Domain.Policies;

/// <summary>Every way a policy can be refused.</summary>
public static class PolicyRejections
{
    public static Rejection VersionNotNext(int next) => new(
        RejectionKind.Conflict,
        "policy-version-not-next",
        string.Create(CultureInfo.InvariantCulture, $"The next version to publish is {next}."),
        "policyVersion");

    public static Rejection NotFound(int version) => new(
        RejectionKind.NotFound,
        "policy-version-not-found",
        string.Create(CultureInfo.InvariantCulture, $"There is no policy version {version}."));

    public static Rejection NoneInForce() =>
        new(RejectionKind.NotFound, "policy-none-in-force", "No policy was in force then.");

    public static Rejection LastInForce() => new(
        RejectionKind.Conflict,
        "policy-last-in-force",
        "Without this version no policy would be in force; publish the next one first.");

    public static Rejection ChangeNoteMissing() => Invalid("policy-change-note-missing", "A version says what changed and why.", "changeNote");

    public static Rejection TimeZoneUnknown(string timeZone) =>
        Invalid("policy-time-zone-unknown", $"\"{timeZone}\" is no known time zone, such as America/Chicago.", "policy.timeZone");

    public static Rejection OfficeDayTwice() =>
        Invalid("policy-office-day-twice", "Each weekday has one entry at most.", "policy.officeHours");

    public static Rejection OfficeDayEmpty() =>
        Invalid("policy-office-day-empty", "An office day names a weekday and opens before it closes.", "policy.officeHours");

    public static Rejection NeverOpen() =>
        Invalid("policy-never-open", "The office must be open on some day of every year, or business days cannot be counted.", "policy.officeHours");

    public static Rejection HolidayTwice() => Invalid("policy-holiday-twice", "Each holiday is listed once.", "policy.holidays");

    public static Rejection ProviderNotASlug() =>
        Invalid("policy-provider-not-a-slug", "The provider is named by its agency id, in kebab-case.", "policy.overdoseDuty.providerAgencyId");

    public static Rejection ExemptionReasonNotASlug() =>
        Invalid("policy-exemption-reason-not-a-slug", "Exemption reasons are codes in kebab-case.", "policy.overdoseDuty.exemptionReasons");

    public static Rejection ExemptionReasonTwice() =>
        Invalid("policy-exemption-reason-twice", "Each exemption reason is listed once.", "policy.overdoseDuty.exemptionReasons");

    public static Rejection NotInterestedModesInvalid() => Invalid(
        "policy-not-interested-modes-invalid",
        "At least one way of asking the client counts, and each is listed once.",
        "policy.overdoseDuty.notInterestedModes");

    public static Rejection MayDischargeInvalid() => Invalid(
        "policy-may-discharge-invalid",
        "At least one role may discharge the duty, and each is listed once.",
        "policy.overdoseDuty.mayDischarge");

    public static Rejection MayReceiveRevocationInvalid() => Invalid(
        "policy-may-receive-revocation-invalid",
        "At least one role may receive a revocation, and each is listed once.",
        "policy.consents.mayReceiveRevocation");

    public static Rejection CourtMonitoringInvalid() => Invalid(
        "policy-court-monitoring-invalid",
        "At least one kind of information, each once, and no more than it takes to monitor progress (42 CFR 2.35(a)).",
        "policy.consents.courtMonitoring");

    public static Rejection CertificationWarningDaysInvalid(int most, int mostDays) => Invalid(
        "policy-certification-warning-days-invalid",
        string.Create(CultureInfo.InvariantCulture, $"At most {most} different numbers of days, each between 1 and {mostDays}."),
        "policy.workforce.certificationWarningDays");

    public static Rejection ExpiryNoticeDaysInvalid(int most, int mostDays) => Invalid(
        "policy-expiry-notice-days-invalid",
        string.Create(CultureInfo.InvariantCulture, $"At most {most} different numbers of days, each between 1 and {mostDays}."),
        "policy.consents.expiryNoticeDays");

    public static Rejection UnitUnknown(string field) =>
        Invalid("policy-unit-unknown", "A time is counted in business days, office hours, hours or days.", $"policy.{field}");

    public static Rejection AmountOutOfRange(string field, int least, int most) => Invalid(
        "policy-amount-out-of-range",
        string.Create(CultureInfo.InvariantCulture, $"It lies between {least} and {most}."),
        $"policy.{field}");

    public static Rejection RedisclosureNoticeInvalid() => Invalid(
        "policy-redisclosure-notice-invalid",
        "The notice on redisclosure has a version in kebab-case and a text of at most 2000 characters (42 CFR 2.32).",
        "policy.redisclosure");

    public static Rejection CodeListInvalid(string field) => Invalid(
        "policy-code-list-invalid",
        "A list of codes has at least one, each a different kebab-case code; to decline and to describe oneself are always answers and never listed.",
        $"policy.{field}");

    private static Rejection Invalid(string code, string reason, string field) => new(RejectionKind.Unprocessable, code, reason, field);

    public static Rejection ErasureReasonsInvalid(string field) => new(
        RejectionKind.Unprocessable, "policy-erasure-reasons-invalid", "At least one reason, each a different kebab-case code.", field);
}
