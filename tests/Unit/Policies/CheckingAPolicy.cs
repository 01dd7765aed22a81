using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Policies;

public sealed class CheckingAPolicy
{
    private static readonly JurisdictionPolicy Policy = JurisdictionPolicy.Default("safe-communities");
    private static readonly OverdoseDutyPolicy Duty = Policy.OverdoseDuty;
    private static readonly ReferralPolicy Referrals = Policy.Referrals;
    private static readonly OfficeDay Monday = new(DayOfWeek.Monday, new TimeOnly(8, 0), new TimeOnly(17, 0));

    public static TheoryData<string, JurisdictionPolicy, Rejection> Broken => new()
    {
        { "unknown time zone", Policy with { TimeZone = "Wisconsin" }, PolicyRejections.TimeZoneUnknown("Wisconsin") },
        { "never open", Policy with { OfficeHours = [] }, PolicyRejections.NeverOpen() },
        { "a year of holidays", Policy with { OfficeHours = [Monday], Holidays = Mondays(60) }, PolicyRejections.NeverOpen() },
        { "weekday twice", Policy with { OfficeHours = [Monday, Monday with { Opens = new(9, 0) }] }, PolicyRejections.OfficeDayTwice() },
        { "closes as it opens", Policy with { OfficeHours = [Monday with { Closes = new(8, 0) }] }, PolicyRejections.OfficeDayEmpty() },
        { "no weekday", Policy with { OfficeHours = [Monday, Monday with { Day = (DayOfWeek)7 }] }, PolicyRejections.OfficeDayEmpty() },
        { "holiday twice", Policy with { Holidays = [new(2026, 7, 4), new(2026, 7, 4)] }, PolicyRejections.HolidayTwice() },
        { "no erasure reason", Policy with { Erasure = Policy.Erasure with { Reasons = [] } }, PolicyRejections.ErasureReasonsInvalid("erasure.reasons") },
        { "hold reason twice", Policy with { Erasure = Policy.Erasure with { HoldReasons = ["audit", "audit"] } }, PolicyRejections.ErasureReasonsInvalid("erasure.holdReasons") },
        { "code word", Policy with { Identity = Policy.Identity with { CodeWordLetters = 3 } }, Amount("identity.codeWordLetters", 4, 40) },
        { "no document", Policy with { Identity = Policy.Identity with { DocumentKinds = [] } }, PolicyRejections.CodeListInvalid("identity.documentKinds") },
        { "verifier twice", Policy with { Identity = Policy.Identity with { DeathVerifiers = ["coroner", "coroner"] } }, PolicyRejections.CodeListInvalid("identity.deathVerifiers") },
        { "place code", Policy with { Identity = Policy.Identity with { PlaceKinds = ["A Home"] } }, PolicyRejections.CodeListInvalid("identity.placeKinds") },
        { "no answer", Policy with { Identity = Policy.Identity with { Demographics = [new("race", [], Many: true)] } }, PolicyRejections.CodeListInvalid("identity.demographics") },
        { "declining listed", Policy with { Identity = Policy.Identity with { Demographics = [new("race", ["declined-to-answer"], Many: true)] } }, PolicyRejections.CodeListInvalid("identity.demographics") },
        { "question twice", Policy with { Identity = Policy.Identity with { Demographics = [new("race", ["white"], true), new("race", ["asian"], true)] } }, PolicyRejections.CodeListInvalid("identity.demographics") },
        { "weak word of nothing", Policy with { Identity = Policy.Identity with { WeakCodeWords = [" - "] } }, PolicyRejections.CodeListInvalid("identity.weakCodeWords") },
        { "provider", With(Duty with { ProviderAgencyId = "Safe Communities" }), PolicyRejections.ProviderNotASlug() },
        { "within 0", With(Duty with { Within = new(0, TimeUnit.Days) }), Amount("overdoseDuty.within.amount", 1, 90) },
        { "within 91", With(Duty with { Within = new(91, TimeUnit.BusinessDays) }), Amount("overdoseDuty.within.amount", 1, 90) },
        { "within hours", With(Duty with { Within = new(2161, TimeUnit.Hours) }), Amount("overdoseDuty.within.amount", 1, 2160) },
        { "unit", With(Duty with { Within = new(1, (TimeUnit)9) }), PolicyRejections.UnitUnknown("overdoseDuty.within.unit") },
        { "reminder", With(Duty with { ReminderHoursBeforeDue = -1 }), Amount("overdoseDuty.reminderHoursBeforeDue", 0, 2160) },
        { "merge window", With(Duty with { MergeWindowHours = -1 }), Amount("overdoseDuty.mergeWindowHours", 0, 2160) },
        { "re-offer", With(Duty with { ReofferAfterDays = 0 }), Amount("overdoseDuty.reofferAfterDays", 1, 365) },
        { "reason code", With(Duty with { ExemptionReasons = ["Deceased"] }), PolicyRejections.ExemptionReasonNotASlug() },
        { "reason twice", With(Duty with { ExemptionReasons = ["gone", "gone"] }), PolicyRejections.ExemptionReasonTwice() },
        { "verify", With(Duty with { VerifyWithin = new(0, TimeUnit.OfficeHours) }), Amount("overdoseDuty.verifyWithin.amount", 1, 2160) },
        { "no mode", With(Duty with { NotInterestedModes = [] }), PolicyRejections.NotInterestedModesInvalid() },
        { "no role", With(Duty with { MayDischarge = [] }), PolicyRejections.MayDischargeInvalid() },
        { "role twice", With(Duty with { MayDischarge = [Role.Agent, Role.Agent] }), PolicyRejections.MayDischargeInvalid() },
        { "acknowledge", With(Referrals with { AcknowledgeWithin = new(0, TimeUnit.Days) }), Amount("referrals.acknowledgeWithin.amount", 1, 90) },
        { "grace", With(Referrals with { AcknowledgeGrace = new(0, TimeUnit.Days) }), Amount("referrals.acknowledgeGrace.amount", 1, 90) },
        { "first attempt", With(Referrals with { FirstAttemptHours = 0 }), Amount("referrals.firstAttemptHours", 1, 2160) },
        { "contact before attempt", With(Referrals with { FirstContactHours = 23 }), Amount("referrals.firstContactHours", 24, 2160) },
        { "attempts", With(Referrals.Unreachable with { Attempts = 51 }), Amount("referrals.unreachable.attempts", 1, 50) },
        { "more modes than attempts", With(Referrals.Unreachable with { Modes = 4 }), Amount("referrals.unreachable.modes", 1, 3) },
        { "five parts of a day", With(new UnreachablePolicy(9, 2, 5, 7)), Amount("referrals.unreachable.dayParts", 1, 4) },
        { "over days", With(Referrals.Unreachable with { OverDays = -1 }), Amount("referrals.unreachable.overDays", 0, 90) },
        { "follow-up", Policy with { FamilyFollowUp = new(0, 42) }, Amount("familyFollowUp.earliestDays", 1, 365) },
        { "follow-up reversed", Policy with { FamilyFollowUp = new(28, 27) }, Amount("familyFollowUp.latestDays", 28, 365) },
        { "look-back of two years", With(new RightsPolicy(Part2LookBackYears: 2)), Amount("rights.part2LookBackYears", 3, 20) },
        { "look-back of five years", With(new RightsPolicy(HipaaLookBackYears: 5)), Amount("rights.hipaaLookBackYears", 6, 20) },
        { "accounting", With(new RightsPolicy(AccountingDays: 61)), Amount("rights.accountingDays", 1, 60) },
        { "copy of the record", With(new RightsPolicy(RecordsRequestDays: 31)), Amount("rights.recordsRequestDays", 1, 30) },
        { "amendment", With(new RightsPolicy(AmendmentDays: 61)), Amount("rights.amendmentDays", 1, 60) },
        { "emergency access", With(new RightsPolicy(EmergencyAccessHours: 25)), Amount("rights.emergencyAccessHours", 1, 24) },
        { "emergency review", With(new RightsPolicy(EmergencyReviewDays: 0)), Amount("rights.emergencyReviewDays", 1, 30) },
        { "pages under a consent for once", With(new RightsPolicy(ConsentForOnceMinutes: 61)), Amount("rights.consentForOnceMinutes", 0, 60) },
        { "breach assessment", With(new RightsPolicy(BreachAssessmentHours: 0)), Amount("rights.breachAssessmentHours", 1, 168) },
        { "breach notification", With(new RightsPolicy(BreachNotificationDays: 61)), Amount("rights.breachNotificationDays", 1, 60) },
        { "access log", With(new RightsPolicy(AccessLogYears: 5)), Amount("rights.accessLogYears", 6, 100) },
        { "record", With(new RetentionPolicy(RecordYears: 5)), Amount("retention.recordYears", 6, 100) },
        { "record of a minor", With(new RetentionPolicy(MinorUntilAge: 17)), Amount("retention.minorUntilAge", 18, 40) },
        { "documentation", With(new RetentionPolicy(DocumentationYears: 5)), Amount("retention.documentationYears", 6, 100) },
        { "postponement", With(new RetentionPolicy(LongestPostponementYears: 0)), Amount("retention.longestPostponementYears", 1, 100) },
        { "reads of criminal justice information", With(new RetentionPolicy(CjiAccessYears: 0)), Amount("retention.cjiAccessYears", 1, 100) },
        { "overdoses of nobody known", With(new RetentionPolicy(UnidentifiedYears: 5)), Amount("retention.unidentifiedYears", 6, 100) },
        { "rejected lines", With(new RetentionPolicy(RejectedLineYears: 0)), Amount("retention.rejectedLineYears", 1, 100) },
        { "reasons to postpone", With(new RetentionPolicy { PostponementReasons = [] }), PolicyRejections.CodeListInvalid("retention.postponementReasons") },
        { "data entry, court", Policy with { DataEntry = new(0, 24) }, Amount("dataEntry.courtHours", 1, 2160) },
        { "hearing soon", Policy with { CourtCaseload = new(0, 14) }, Amount("courtCaseload.hearingSoonDays", 1, 90) },
        { "tests in sight", Policy with { CourtCaseload = new(7, 91) }, Amount("courtCaseload.testConcernDays", 1, 90) },
        { "legal basis ending", Policy with { CourtCaseload = new(7, 14, 0) }, Amount("courtCaseload.basisEndingDays", 1, 90) },
        { "aftercare ending", Policy with { CourtCaseload = new(7, 14, 30, 91) }, Amount("courtCaseload.aftercareEndingDays", 1, 90) },
        { "data entry, contact", Policy with { DataEntry = new(48, 2161) }, Amount("dataEntry.contactHours", 1, 2160) },
        { "redisclosure notice without a version", Policy with { Redisclosure = new("", "No.") }, PolicyRejections.RedisclosureNoticeInvalid() },
        { "redisclosure notice without a text", Policy with { Redisclosure = new("v-1", " ") }, PolicyRejections.RedisclosureNoticeInvalid() },
        { "audit grant", Policy with { AuditGrantMaxDays = 0 }, Amount("auditGrantMaxDays", 1, 365) },
        { "no consent at all", With(Policy.Consents! with { MaxTermMonths = 0 }), Amount("consents.maxTermMonths", 1, 120) },
        { "a consent for ever", With(Policy.Consents! with { MaxTermMonths = 121 }), Amount("consents.maxTermMonths", 1, 120) },
        { "nobody to receive a revocation", With(Policy.Consents! with { MayReceiveRevocation = [] }), PolicyRejections.MayReceiveRevocationInvalid() },
        { "courts need nothing", With(Policy.Consents! with { CourtMonitoring = [] }), PolicyRejections.CourtMonitoringInvalid() },
        { "courts need more than monitoring takes", With(Policy.Consents! with { CourtMonitoring = [ConsentInformation.WholeRecord] }), PolicyRejections.CourtMonitoringInvalid() },
        { "courts need it twice", With(Policy.Consents! with { CourtMonitoring = [ConsentInformation.Progress, ConsentInformation.Progress] }), PolicyRejections.CourtMonitoringInvalid() },
        { "announced on the day itself", With(Policy.Consents! with { ExpiryNoticeDays = [0] }), PolicyRejections.ExpiryNoticeDaysInvalid(10, 365) },
        { "announced long before", With(Policy.Consents! with { ExpiryNoticeDays = [366] }), PolicyRejections.ExpiryNoticeDaysInvalid(10, 365) },
        { "warned of on the last day itself", WithWarnings(0), PolicyRejections.CertificationWarningDaysInvalid(10, 365) },
        { "warned of years before", WithWarnings(366), PolicyRejections.CertificationWarningDaysInvalid(10, 365) },
        { "warned of twice on a day", WithWarnings(30, 30), PolicyRejections.CertificationWarningDaysInvalid(10, 365) },
        { "announced twice on a day", With(Policy.Consents! with { ExpiryNoticeDays = [7, 7] }), PolicyRejections.ExpiryNoticeDaysInvalid(10, 365) },
        { "receives it twice", With(Policy.Consents! with { MayReceiveRevocation = [Role.Coach, Role.Coach] }), PolicyRejections.MayReceiveRevocationInvalid() },
    };

    [Fact]
    public void Finds_nothing_wrong_with_the_defaults() => PolicyRules.BrokenBy(Policy).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Broken))]
    public void Names_the_broken_rule_and_its_field(string what, JurisdictionPolicy policy, Rejection rejection) =>
        PolicyRules.BrokenBy(policy).ShouldHaveSingleItem(what).ShouldBe(rejection, what);

    [Fact]
    public void Finds_nothing_wrong_with_a_policy_older_than_consents() => PolicyRules.BrokenBy(Policy with { Consents = null }).ShouldBeEmpty();

    [Fact]
    public void Names_every_broken_rule()
    {
        var broken = Policy with { TimeZone = "Wisconsin", AuditGrantMaxDays = 0, FamilyFollowUp = new(28, 27) };

        PolicyRules.BrokenBy(broken).Select(rejection => rejection.Field)
            .ShouldBe(["policy.timeZone", "policy.familyFollowUp.latestDays", "policy.auditGrantMaxDays"]);
    }

    private static JurisdictionPolicy WithWarnings(params int[] days) =>
        Policy with { Workforce = Policy.Workforce with { CertificationWarningDays = days } };

    private static JurisdictionPolicy With(RightsPolicy rights) => Policy with { Rights = rights };

    private static JurisdictionPolicy With(RetentionPolicy retention) => Policy with { Retention = retention };

    private static JurisdictionPolicy With(OverdoseDutyPolicy duty) => Policy with { OverdoseDuty = duty };

    private static JurisdictionPolicy With(ConsentPolicy consents) => Policy with { Consents = consents };

    private static JurisdictionPolicy With(ReferralPolicy referrals) => Policy with { Referrals = referrals };

    private static JurisdictionPolicy With(UnreachablePolicy unreachable) => With(Referrals with { Unreachable = unreachable });

    private static Rejection Amount(string field, int least, int most) => PolicyRejections.AmountOutOfRange(field, least, most);

    private static List<DateOnly> Mondays(int count) =>
        [.. Enumerable.Range(0, count).Select(week => new DateOnly(2026, 1, 5).AddDays(7 * week))];
}
