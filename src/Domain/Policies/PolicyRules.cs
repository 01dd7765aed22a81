using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Profile;

namespace CaseFlow.Domain.Policies;

/// <summary>What a policy must satisfy before anybody is judged by it; each broken rule names its field.</summary>
public static class PolicyRules
{
    private const int MostDays = 90;
    private const int MostHours = MostDays * 24;
    private const int LongestClosureDays = 366;
    private const int MostConsentMonths = 120;
    private const int MostNotice = 2000;
    private const int MostNotices = 10;
    private const int MostNoticeDays = 365;

    /// <returns>Every broken rule, in the order of the policy's members; empty when it may be published.</returns>
    public static IEnumerable<Rejection> BrokenBy(JurisdictionPolicy policy) =>
    [
        .. Calendar(policy),
        .. Duty(policy.OverdoseDuty),
        .. Referrals(policy.Referrals),
        .. Range(policy.FamilyFollowUp.EarliestDays, 1, 365, "familyFollowUp.earliestDays"),
        .. Range(policy.FamilyFollowUp.LatestDays, policy.FamilyFollowUp.EarliestDays, 365, "familyFollowUp.latestDays"),
        .. Range(policy.AuditGrantMaxDays, 1, 365, "auditGrantMaxDays"),
        .. policy.Rights is { } rights ? Rights(rights) : [],
        .. policy.Consents is { } consents ? Consents(consents) : [],
        .. AreReasons(policy.Erasure.Reasons) ? [] : new[] { PolicyRejections.ErasureReasonsInvalid("erasure.reasons") },
        .. AreReasons(policy.Erasure.HoldReasons) ? [] : new[] { PolicyRejections.ErasureReasonsInvalid("erasure.holdReasons") },
        .. Retention(policy.Retention),
        .. Identity(policy.Identity),
        .. Range(policy.Workforce.CertificationYears, 1, 10, "workforce.certificationYears"),
        .. Range(policy.Workforce.ContinuingEducationHours, 0, 500, "workforce.continuingEducationHours"),
        .. AreNotices(policy.Workforce.CertificationWarningDays)
            ? [] : new[] { PolicyRejections.CertificationWarningDaysInvalid(MostNotices, MostNoticeDays) },
        .. Range(policy.DataEntry.CourtHours, 1, MostHours, "dataEntry.courtHours"),
        .. Range(policy.DataEntry.ContactHours, 1, MostHours, "dataEntry.contactHours"),
        .. Range(policy.CourtCaseload.HearingSoonDays, 1, MostDays, "courtCaseload.hearingSoonDays"),
        .. Range(policy.CourtCaseload.TestConcernDays, 1, MostDays, "courtCaseload.testConcernDays"),
        .. Range(policy.CourtCaseload.BasisEndingDays, 1, MostDays, "courtCaseload.basisEndingDays"),
        .. Range(policy.CourtCaseload.AftercareEndingDays, 1, MostDays, "courtCaseload.aftercareEndingDays"),
        .. policy.Redisclosure is { } notice && (!Slug.IsValid(notice.Version) || string.IsNullOrWhiteSpace(notice.Text) || notice.Text.Length > MostNotice)
            ? new[] { PolicyRejections.RedisclosureNoticeInvalid() } : [],
    ];

    private static bool AreReasons(IReadOnlyList<string> codes) => codes.Count > 0 && IsDistinct(codes) && codes.All(Slug.IsValid);

    private static IEnumerable<Rejection> Identity(IdentityPolicy identity) =>
    [
        .. Range(identity.CodeWordLetters, 4, 40, "identity.codeWordLetters"),
        .. from list in new (string Name, IReadOnlyList<string> Codes)[]
            {
                ("documentKinds", identity.DocumentKinds), ("deathVerifiers", identity.DeathVerifiers), ("placeKinds", identity.PlaceKinds),
                ("languages", identity.Languages), ("disabilities", identity.Disabilities), ("accommodations", identity.Accommodations),
                ("relations", identity.Relations),
            }
            where !AreReasons(list.Codes)
            select PolicyRejections.CodeListInvalid($"identity.{list.Name}"),
        // A jurisdiction may ask nothing at all.
        .. IsDistinct([.. identity.Demographics.Select(field => field.Field)]) && identity.Demographics.All(field => Slug.IsValid(field.Field))
            ? [] : new[] { PolicyRejections.CodeListInvalid("identity.demographics") },
        .. from field in identity.Demographics
            where !AreReasons(field.Codes) || field.Codes.Any(Demographics.IsAlwaysAnAnswer)
            select PolicyRejections.CodeListInvalid("identity.demographics"),
        .. identity.WeakCodeWords.All(word => CodeWord.Normalise(word).Length > 0) ? [] : new[] { PolicyRejections.CodeListInvalid("identity.weakCodeWords") },
    ];

    private static IEnumerable<Rejection> Calendar(JurisdictionPolicy policy)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(policy.TimeZone, out _))
            yield return PolicyRejections.TimeZoneUnknown(policy.TimeZone);
        if (policy.OfficeHours.DistinctBy(day => day.Day).Count() < policy.OfficeHours.Count)
            yield return PolicyRejections.OfficeDayTwice();
        if (policy.OfficeHours.Any(day => !Enum.IsDefined(day.Day) || day.Opens >= day.Closes))
            yield return PolicyRejections.OfficeDayEmpty();
        if (policy.Holidays.Distinct().Count() < policy.Holidays.Count)
            yield return PolicyRejections.HolidayTwice();
        if (IsEverClosedForAYear(policy))
            yield return PolicyRejections.NeverOpen();
    }

    private static IEnumerable<Rejection> Duty(OverdoseDutyPolicy duty) =>
    [
        .. Slug.IsValid(duty.ProviderAgencyId) ? [] : new[] { PolicyRejections.ProviderNotASlug() },
        .. Limit(duty.Within, "overdoseDuty.within"),
        .. Range(duty.ReminderHoursBeforeDue, 0, MostHours, "overdoseDuty.reminderHoursBeforeDue"),
        .. Range(duty.MergeWindowHours, 0, MostHours, "overdoseDuty.mergeWindowHours"),
        .. Range(duty.ReofferAfterDays, 1, 365, "overdoseDuty.reofferAfterDays"),
        .. duty.ExemptionReasons.All(Slug.IsValid) ? [] : new[] { PolicyRejections.ExemptionReasonNotASlug() },
        .. IsDistinct(duty.ExemptionReasons) ? [] : new[] { PolicyRejections.ExemptionReasonTwice() },
        .. Limit(duty.VerifyWithin, "overdoseDuty.verifyWithin"),
        .. duty.NotInterestedModes.Count > 0 && IsDistinct(duty.NotInterestedModes) && duty.NotInterestedModes.All(Enum.IsDefined)
            ? [] : new[] { PolicyRejections.NotInterestedModesInvalid() },
        .. duty.MayDischarge.Count > 0 && IsDistinct(duty.MayDischarge) && duty.MayDischarge.All(Enum.IsDefined)
            ? [] : new[] { PolicyRejections.MayDischargeInvalid() },
    ];

    private static IEnumerable<Rejection> Consents(ConsentPolicy consents) =>
    [
        .. Range(consents.MaxTermMonths, 1, MostConsentMonths, "consents.maxTermMonths"),
        .. consents.MayReceiveRevocation.Count > 0 && IsDistinct(consents.MayReceiveRevocation) && consents.MayReceiveRevocation.All(Enum.IsDefined)
            ? [] : new[] { PolicyRejections.MayReceiveRevocationInvalid() },
        .. consents.CourtMonitoring.Count > 0 && IsDistinct(consents.CourtMonitoring) && consents.CourtMonitoring.All(ConsentElements.Monitoring.Contains)
            ? [] : new[] { PolicyRejections.CourtMonitoringInvalid() },
        .. AreNotices(consents.ExpiryNoticeDays)
            ? [] : new[] { PolicyRejections.ExpiryNoticeDaysInvalid(MostNotices, MostNoticeDays) },
    ];

    private static IEnumerable<Rejection> Referrals(ReferralPolicy referrals) =>
    [
        .. Limit(referrals.AcknowledgeWithin, "referrals.acknowledgeWithin"),
        .. Limit(referrals.AcknowledgeGrace, "referrals.acknowledgeGrace"),
        .. Range(referrals.FirstAttemptHours, 1, MostHours, "referrals.firstAttemptHours"),
        .. Range(referrals.FirstContactHours, referrals.FirstAttemptHours, MostHours, "referrals.firstContactHours"),
        .. Range(referrals.Unreachable.Attempts, 1, 50, "referrals.unreachable.attempts"),
        .. Range(referrals.Unreachable.Modes, 1, MostTries(referrals, Enum.GetValues<ContactMode>().Length), "referrals.unreachable.modes"),
        .. Range(referrals.Unreachable.DayParts, 1, MostTries(referrals, Enum.GetValues<DayPart>().Length), "referrals.unreachable.dayParts"),
        .. Range(referrals.Unreachable.OverDays, 0, MostDays, "referrals.unreachable.overDays"),
    ];

    /// <summary>Nobody looks back less, or answers later, than the law lets them.</summary>
    private static IEnumerable<Rejection> Rights(RightsPolicy rights) =>
    [
        .. Range(rights.Part2LookBackYears, 3, 20, "rights.part2LookBackYears"),
        .. Range(rights.HipaaLookBackYears, 6, 20, "rights.hipaaLookBackYears"),
        .. Range(rights.AccountingDays, 1, 60, "rights.accountingDays"),
        .. Range(rights.RecordsRequestDays, 1, 30, "rights.recordsRequestDays"),
        .. Range(rights.AmendmentDays, 1, 60, "rights.amendmentDays"),
        .. Range(rights.EmergencyAccessHours, 1, 24, "rights.emergencyAccessHours"),
        .. Range(rights.EmergencyReviewDays, 1, 30, "rights.emergencyReviewDays"),
        .. Range(rights.ConsentForOnceMinutes, 0, 60, "rights.consentForOnceMinutes"),
        .. Range(rights.BreachAssessmentHours, 1, 7 * 24, "rights.breachAssessmentHours"),
        .. Range(rights.BreachNotificationDays, 1, 60, "rights.breachNotificationDays"),
        .. Range(rights.AccessLogYears, 6, 100, "rights.accessLogYears"),
    ];

    /// <summary>No record is given up earlier than the law lets it.</summary>
    private static IEnumerable<Rejection> Retention(RetentionPolicy retention) =>
    [
        .. Range(retention.RecordYears, 6, 100, "retention.recordYears"),
        .. Range(retention.MinorUntilAge, 18, 40, "retention.minorUntilAge"),
        .. Range(retention.DocumentationYears, 6, 100, "retention.documentationYears"),
        .. Range(retention.LongestPostponementYears, 1, 100, "retention.longestPostponementYears"),
        .. Range(retention.CjiAccessYears, 1, 100, "retention.cjiAccessYears"),
        .. Range(retention.UnidentifiedYears, 6, 100, "retention.unidentifiedYears"),
        .. Range(retention.RejectedLineYears, 1, 100, "retention.rejectedLineYears"),
        .. AreReasons(retention.PostponementReasons) ? [] : new[] { PolicyRejections.CodeListInvalid("retention.postponementReasons") },
    ];

    /// <summary>Nobody can try more ways, or parts of the day, than there are, nor more than they make attempts.</summary>
    private static int MostTries(ReferralPolicy referrals, int kinds) => Math.Clamp(referrals.Unreachable.Attempts, 1, kinds);

    private static Rejection[] Limit(TimeLimit limit, string field) => limit.Unit switch
    {
        TimeUnit.BusinessDays or TimeUnit.Days => Range(limit.Amount, 1, MostDays, $"{field}.amount"),
        TimeUnit.OfficeHours or TimeUnit.Hours => Range(limit.Amount, 1, MostHours, $"{field}.amount"),
        _ => [PolicyRejections.UnitUnknown($"{field}.unit")],
    };

    private static Rejection[] Range(int amount, int least, int most, string field) =>
        amount >= least && amount <= most ? [] : [PolicyRejections.AmountOutOfRange(field, least, most)];

    private static bool AreNotices(IReadOnlyList<int> before) =>
        IsDistinct(before) && before.Count <= MostNotices && before.All(days => days is > 0 and <= MostNoticeDays);

    private static bool IsDistinct<T>(IReadOnlyList<T> list) => list.Distinct().Count() == list.Count;

    /// <summary>Business days could not be counted: the office never opens, or holidays close it for a whole year.</summary>
    private static bool IsEverClosedForAYear(JurisdictionPolicy policy)
    {
        var weekdays = policy.OfficeHours.Select(day => day.Day).ToHashSet();
        var holidays = policy.Holidays.ToHashSet();
        return weekdays.Count == 0 || policy.Holidays.Any(first => Enumerable.Range(0, LongestClosureDays)
            .Select(first.AddDays)
            .All(date => holidays.Contains(date) || !weekdays.Contains(date.DayOfWeek)));
    }
}
