using CaseFlow.Domain.Workforce;

namespace CaseFlow.Domain.Policies;

/// <summary>
/// Everything a jurisdiction configures: hours, calendars, duties, times. Defaults are proposals, not law; each names its
/// source. Part of the storage format.
/// </summary>
/// <param name="TimeZone">IANA time zone, for example <c>America/Chicago</c>.</param>
/// <param name="OfficeHours">Local office hours by weekday; a day without an entry is no business day.</param>
/// <param name="Holidays">Local dates on which the office is closed.</param>
/// <param name="OverdoseDuty">R1–R6.</param>
/// <param name="Referrals">R7–R9.</param>
/// <param name="FamilyFollowUp">R18.</param>
/// <param name="AuditGrantMaxDays">Longest audit grant, days (R66: 30).</param>
/// <param name="Rights">R62–R64; <see cref="RightsPolicy.Default"/> when null.</param>
/// <param name="Consents">R60, R61; null in policies older than consents: the default then counts.</param>
/// <param name="Redisclosure">The notice on every consented disclosure (42 CFR 2.32); <see cref="RedisclosureNotice.Prescribed"/> when null.</param>
public sealed record JurisdictionPolicy(
    string TimeZone,
    IReadOnlyList<OfficeDay> OfficeHours,
    IReadOnlyList<DateOnly> Holidays,
    OverdoseDutyPolicy OverdoseDuty,
    ReferralPolicy Referrals,
    FamilyFollowUpPolicy FamilyFollowUp,
    int AuditGrantMaxDays = 30,
    RightsPolicy? Rights = null,
    ConsentPolicy? Consents = null,
    RedisclosureNotice? Redisclosure = null)
{
    /// <summary>Wisconsin defaults: Central time, weekdays 08:00–17:00, one business day [P].</summary>
    public static JurisdictionPolicy Default(string providerAgencyId) => new(
        "America/Chicago",
        [.. Enumerable.Range(1, 5).Select(day => new OfficeDay((DayOfWeek)day, new TimeOnly(8, 0), new TimeOnly(17, 0)))],
        [],
        OverdoseDutyPolicy.Default(providerAgencyId),
        ReferralPolicy.Default,
        new FamilyFollowUpPolicy(EarliestDays: 28, LatestDays: 42),
        Consents: ConsentPolicy.Default);

    /// <summary>Reasons for erasing and for holding; policies from before they were asked for have the defaults.</summary>
    public ErasurePolicy Erasure { get; init; } = ErasurePolicy.Default;

    /// <summary>How long records are kept; policies from before it was asked for have the defaults.</summary>
    public RetentionPolicy Retention { get; init; } = RetentionPolicy.Default;

    /// <summary>Code lists about who a client is; policies from before they were asked for have the defaults.</summary>
    public IdentityPolicy Identity { get; init; } = IdentityPolicy.Default;

    /// <summary>R50; policies from before it was asked for have the defaults.</summary>
    public WorkforcePolicy Workforce { get; init; } = WorkforcePolicy.Default;

    /// <summary>R19, R55; policies from before they were asked for have the defaults.</summary>
    public DataEntryPolicy DataEntry { get; init; } = DataEntryPolicy.Default;

    /// <summary>What a court's caseload shows first; policies from before it have the defaults.</summary>
    public CourtCaseloadPolicy CourtCaseload { get; init; } = CourtCaseloadPolicy.Default;

    public bool Equals(JurisdictionPolicy? other) => other is not null
        && (TimeZone, OverdoseDuty, Referrals, FamilyFollowUp, AuditGrantMaxDays, (Rights, Consents, Erasure, Redisclosure, Workforce), DataEntry, CourtCaseload)
            == (other.TimeZone, other.OverdoseDuty, other.Referrals, other.FamilyFollowUp, other.AuditGrantMaxDays,
                (other.Rights, other.Consents, other.Erasure, other.Redisclosure, other.Workforce), other.DataEntry, other.CourtCaseload)
        && Identity == other.Identity && Retention == other.Retention
        && OfficeHours.SequenceEqual(other.OfficeHours) && Holidays.SequenceEqual(other.Holidays);

    public override int GetHashCode() => HashCode.Combine(
        TimeZone, OfficeHours.Count + Holidays.Count, OverdoseDuty, Referrals, FamilyFollowUp, AuditGrantMaxDays, Rights, Redisclosure);
}

/// <summary>The wording of the notice that recipients of a consented disclosure get (42 CFR 2.32(a)).</summary>
/// <param name="Version">Code of the wording, kebab-case.</param>
/// <param name="Text">The notice itself.</param>
public sealed record RedisclosureNotice(string Version, string Text)
{
    /// <summary>The short form that 42 CFR 2.32(a)(2) prescribes.</summary>
    public static RedisclosureNotice Prescribed { get; } =
        new("42-cfr-2-32-short", "42 CFR part 2 prohibits unauthorized use or disclosure of these records.");
}

/// <param name="Day">Weekday.</param>
/// <param name="Opens">Local opening time, inclusive.</param>
/// <param name="Closes">Local closing time, exclusive.</param>
public sealed record OfficeDay(DayOfWeek Day, TimeOnly Opens, TimeOnly Closes);

/// <summary>A span of time as policy counts it.</summary>
/// <param name="Amount">At least 1.</param>
/// <param name="Unit">How to count.</param>
public sealed record TimeLimit(int Amount, TimeUnit Unit);

public enum TimeUnit
{
    /// <summary>Days on which the office is open; see <c>BusinessCalendar</c>.</summary>
    BusinessDays,

    /// <summary>Hours while the office is open.</summary>
    OfficeHours,

    /// <summary>Hours on the clock.</summary>
    Hours,

    /// <summary>Days of 24 hours on the clock.</summary>
    Days,
}

/// <summary>The duty to refer after an overdose: R1–R6 [Seed 0.7]; all numbers [P].</summary>
/// <param name="On">Whether the jurisdiction has the duty.</param>
/// <param name="ProviderAgencyId">The recovery-coach provider to refer to.</param>
/// <param name="Within">Time to discharge it, from the agent's knowing (R1: 1 business day).</param>
/// <param name="ReminderHoursBeforeDue">Hours on the clock before due at which a reminder goes out (R1: 4).</param>
/// <param name="MergeWindowHours">A further overdose known within so many hours joins the open duty (R4: 24).</param>
/// <param name="ReofferAfterDays">Days until a client who was not interested is asked again (R2: 30).</param>
/// <param name="ExemptionReasons">Codes that may exempt (R3).</param>
/// <param name="VerifyWithin">Time for the supervisor's verification (R6: 5 business days).</param>
/// <param name="NotInterestedModes">Ways of asking that count (R2).</param>
/// <param name="MayDischarge">Roles that may refer or record "not interested" (R1).</param>
public sealed record OverdoseDutyPolicy(
    bool On,
    string ProviderAgencyId,
    TimeLimit Within,
    int ReminderHoursBeforeDue,
    int MergeWindowHours,
    int ReofferAfterDays,
    IReadOnlyList<string> ExemptionReasons,
    TimeLimit VerifyWithin,
    IReadOnlyList<ContactMode> NotInterestedModes,
    IReadOnlyList<Role> MayDischarge)
{
    public static OverdoseDutyPolicy Default(string providerAgencyId) => new(
        On: true,
        providerAgencyId,
        new TimeLimit(1, TimeUnit.BusinessDays),
        ReminderHoursBeforeDue: 4,
        MergeWindowHours: 24,
        ReofferAfterDays: 30,
        ["deceased", "in-custody-elsewhere", "actively-coached", "ruled-out"],
        new TimeLimit(5, TimeUnit.BusinessDays),
        [ContactMode.InPerson, ContactMode.Phone, ContactMode.Video, ContactMode.HomeVisit],
        [Role.Agent, Role.AgentSupervisor]);

    public bool Equals(OverdoseDutyPolicy? other) => other is not null
        && (On, ProviderAgencyId, Within, ReminderHoursBeforeDue, MergeWindowHours, ReofferAfterDays, VerifyWithin)
            == (other.On, other.ProviderAgencyId, other.Within, other.ReminderHoursBeforeDue, other.MergeWindowHours,
                other.ReofferAfterDays, other.VerifyWithin)
        && ExemptionReasons.SequenceEqual(other.ExemptionReasons)
        && NotInterestedModes.SequenceEqual(other.NotInterestedModes)
        && MayDischarge.SequenceEqual(other.MayDischarge);

    public override int GetHashCode() => HashCode.Combine(
        On, ProviderAgencyId, Within, ReminderHoursBeforeDue, MergeWindowHours, ReofferAfterDays, VerifyWithin);
}

/// <summary>Times and evidence around a referral: R7–R9.</summary>
/// <param name="AcknowledgeWithin">Receiver's acknowledgement (R7: 2 business days [S:communicare]).</param>
/// <param name="AcknowledgeGrace">Grace after that before the notice goes out (R7: 2 business days [S:communicare]).</param>
/// <param name="FirstAttemptHours">First contact attempt after the overdose became known (R8: 24).</param>
/// <param name="FirstContactHours">First contact after the overdose became known (R8: 72).</param>
/// <param name="Unreachable">What it takes before "could not contact" (R9).</param>
public sealed record ReferralPolicy(
    TimeLimit AcknowledgeWithin, TimeLimit AcknowledgeGrace, int FirstAttemptHours, int FirstContactHours, UnreachablePolicy Unreachable)
{
    public static ReferralPolicy Default { get; } = new(
        new TimeLimit(2, TimeUnit.BusinessDays),
        new TimeLimit(2, TimeUnit.BusinessDays),
        FirstAttemptHours: 24,
        FirstContactHours: 72,
        new UnreachablePolicy(Attempts: 3, Modes: 2, DayParts: 2, OverDays: 7));
}

/// <summary>Attempts before a client may be called unreachable (R9 [P]).</summary>
/// <param name="Attempts">Fewest attempts.</param>
/// <param name="Modes">Fewest different ways of trying.</param>
/// <param name="DayParts">Fewest different parts of the day (morning, afternoon, evening, night; local).</param>
/// <param name="OverDays">Days that first and last attempt lie apart at least.</param>
public sealed record UnreachablePolicy(int Attempts, int Modes, int DayParts, int OverDays);

/// <summary>Support for the family after a fatal overdose (R18: 4–6 weeks [S:cossup-eb]).</summary>
public sealed record FamilyFollowUpPolicy(int EarliestDays, int LatestDays);
