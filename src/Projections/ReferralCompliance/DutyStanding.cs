using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Projections.ReferralCompliance;

/// <summary>Where a duty stands at an instant: its phase, with what follows from the due time.</summary>
public enum DutyStanding
{
    Open,
    DueSoon,
    Overdue,
    Referred,
    NotInterested,
    Exempt,
    Impossible,
    NoLongerSupervised,
}

/// <summary>What a queue can be narrowed to; several together must all hold.</summary>
public enum DutyFilter
{
    /// <summary>Not discharged, impossible or closed; overdue ones too.</summary>
    Open,
    DueSoon,
    Overdue,

    /// <summary>Open, with a referral sent whose delivery is not proven.</summary>
    Sent,
    Discharged,
    MetInTime,
    MetLate,
    Referred,
    NotInterested,
    Exempt,
    Impossible,
    NoLongerSupervised,
    Attested,

    /// <summary>Discharged, and the agent has not attested it.</summary>
    Unattested,
    Verified,

    /// <summary>Discharged or impossible, and no supervisor has verified it.</summary>
    Unverified,
    Returned,

    /// <summary>Holds more than one overdose.</summary>
    Merged,
}

/// <summary>What follows from a duty and the asked instant; never stored, because it changes while nothing happens.</summary>
public static class DutyStandings
{
    public static DutyStanding StandingAt(this DutyEntry entry, DateTimeOffset instant) => (entry.Phase, entry.Path) switch
    {
        (DutyPhase.Open, _) when instant > entry.DueAt => DutyStanding.Overdue,
        (DutyPhase.Open, _) when instant >= entry.RemindAt => DutyStanding.DueSoon,
        (DutyPhase.Open, _) => DutyStanding.Open,
        (DutyPhase.Impossible, _) => DutyStanding.Impossible,
        (DutyPhase.ClosedUnsupervised, _) => DutyStanding.NoLongerSupervised,
        (_, DischargePath.NotInterested) => DutyStanding.NotInterested,
        (_, DischargePath.Exempt) => DutyStanding.Exempt,
        _ => DutyStanding.Referred,
    };

    /// <returns>Whole minutes until due, below zero when overdue; null for a duty that is not open.</returns>
    public static long? MinutesLeftAt(this DutyEntry entry, DateTimeOffset instant) =>
        entry.Phase == DutyPhase.Open ? (long)Math.Floor((entry.DueAt - instant).TotalMinutes) : null;

    /// <returns>Whether it was met in time; null for a duty that is not discharged.</returns>
    public static bool? MetInTime(this DutyEntry entry) => entry.Phase == DutyPhase.Discharged ? entry.InTime : null;

    /// <summary>The filter over the view's columns; <c>@evaluated</c> is the asked instant.</summary>
    internal static string Sql(this DutyFilter filter) => filter switch
    {
        DutyFilter.Open => "phase = 'open'",
        DutyFilter.DueSoon => "phase = 'open' and due_at >= @evaluated and remind_at <= @evaluated",
        DutyFilter.Overdue => "phase = 'open' and due_at < @evaluated",
        DutyFilter.Sent => "phase = 'open' and sent",
        DutyFilter.Discharged => "phase = 'discharged'",
        DutyFilter.MetInTime => "phase = 'discharged' and met_in_time",
        DutyFilter.MetLate => "phase = 'discharged' and not met_in_time",
        DutyFilter.Referred => "phase = 'discharged' and path = 'referred'",
        DutyFilter.NotInterested => "phase = 'discharged' and path = 'notInterested'",
        DutyFilter.Exempt => "phase = 'discharged' and path = 'exempt'",
        DutyFilter.Impossible => "phase = 'impossible'",
        DutyFilter.NoLongerSupervised => "phase = 'closedUnsupervised'",
        DutyFilter.Attested => "attested",
        DutyFilter.Unattested => "phase = 'discharged' and not attested",
        DutyFilter.Verified => "verified",
        DutyFilter.Unverified => "phase in ('discharged', 'impossible') and not verified",
        DutyFilter.Returned => "returned",
        DutyFilter.Merged => "merged",
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "Say which duties it keeps."),
    };

    /// <summary>The one phase that a filter is about, to read it from that phase's index; null when there are several.</summary>
    internal static DutyPhase? PhaseOf(this DutyFilter filter) => filter switch
    {
        DutyFilter.Open or DutyFilter.DueSoon or DutyFilter.Overdue or DutyFilter.Sent => DutyPhase.Open,
        DutyFilter.Discharged or DutyFilter.MetInTime or DutyFilter.MetLate or DutyFilter.Referred or DutyFilter.NotInterested
            or DutyFilter.Exempt or DutyFilter.Unattested => DutyPhase.Discharged,
        DutyFilter.Impossible => DutyPhase.Impossible,
        DutyFilter.NoLongerSupervised => DutyPhase.ClosedUnsupervised,
        _ => null,
    };
}
