namespace CaseFlow.Domain.Policies;

/// <summary>The client's rights and the guard over the record: R62–R64; all times are defaults, to be confirmed by counsel.</summary>
/// <param name="Part2LookBackYears">An accounting under 42 CFR 2.25 (R62: 3).</param>
/// <param name="HipaaLookBackYears">An accounting under 45 CFR 164.528 (R62: 6).</param>
/// <param name="AccountingDays">Time to answer a request for an accounting, days (R62: 30).</param>
/// <param name="RecordsRequestDays">Time to give a copy of the record, days (45 CFR 164.524(b)(2): 30).</param>
/// <param name="AmendmentDays">Time to answer a request for amendment, days (45 CFR 164.526(b)(2): 60).</param>
/// <param name="EmergencyAccessHours">How long a record stays open in an emergency, hours ([P]: 4).</param>
/// <param name="EmergencyReviewDays">Time for the privacy officer's review of it, days ([P]: 7).</param>
/// <param name="BreachAssessmentHours">Time to begin the assessment of a suspected breach, hours (R63: 24).</param>
/// <param name="BreachNotificationDays">Time to notify, days (R63: 60 [K]).</param>
/// <param name="AccessLogYears">How long reads are kept at least, years (R64: 6).</param>
/// <param name="ConsentForOnceMinutes">How long the pages of one answer may be read that a consent for once permitted, minutes ([P]: 15).</param>
public sealed record RightsPolicy(
    int Part2LookBackYears = 3,
    int HipaaLookBackYears = 6,
    int AccountingDays = 30,
    int RecordsRequestDays = 30,
    int AmendmentDays = 60,
    int EmergencyAccessHours = 4,
    int EmergencyReviewDays = 7,
    int BreachAssessmentHours = 24,
    int BreachNotificationDays = 60,
    int AccessLogYears = 6,
    int ConsentForOnceMinutes = 15)
{
    public static RightsPolicy Default { get; } = new();
}
