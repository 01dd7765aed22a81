using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Time;

namespace CaseFlow.Domain.Workforce;

/// <summary>What is to be known of a certification; the most pressing first.</summary>
public enum CertificationWarningKind
{
    /// <summary>It was taken away for good.</summary>
    Revoked,

    /// <summary>It does not count until it is renewed.</summary>
    Suspended,

    /// <summary>It was said to count no more, before its last day.</summary>
    Lapsed,

    /// <summary>Its last day is over.</summary>
    Expired,

    /// <summary>It ends within a number of days that the policy names (R50: 180, 90, 30).</summary>
    Expiring,
}

/// <summary>It shows, and decides nothing: who may take on whom is asked of the certification itself.</summary>
/// <param name="Since">Local day from which it is so: for one that ends soon, the first of the days before its end that the policy names.</param>
/// <param name="ValidUntil">Last local day.</param>
/// <param name="DaysLeft">Local days from today to the last one; 0 on it. Null for what counts no more.</param>
/// <param name="WithinDays">The fewest of the policy's numbers of days that it ends within; null for what counts no more.</param>
/// <param name="PolicyVersion">Version of the policy that says so.</param>
public sealed record CertificationWarning(
    Certification Kind, CertificationWarningKind Warning, DateOnly Since, DateOnly ValidUntil, int? DaysLeft, int? WithinDays, int PolicyVersion);

/// <summary>Warnings of certifications, by the policy in force at the moment asked about and on the jurisdiction's own days (R50 [S:dhs-cps]).</summary>
/// <param name="policy">In force then.</param>
/// <param name="now">The instant asked about, UTC.</param>
public sealed class CertificationWarnings(PolicyInForce policy, DateTimeOffset now)
{
    private readonly BusinessCalendar calendar = new(policy.Policy);

    /// <summary>The jurisdiction's day of the instant.</summary>
    public DateOnly Today => calendar.LocalDate(now);

    /// <returns>Whether the worker may take somebody on.</returns>
    public bool IsCertified(WorkforceState worker) => worker.IsCertified(Enum.GetValues<Certification>(), Today);

    /// <returns>Of each certification at most one, the most pressing first.</returns>
    public IReadOnlyList<CertificationWarning> Of(WorkforceState worker) =>
    [
        .. worker.Certificates.Select(one => WarningOf(one.Key, one.Value)).OfType<CertificationWarning>()
            .OrderBy(one => one.Warning).ThenBy(one => one.ValidUntil).ThenBy(one => one.Kind),
    ];

    /// <returns>
    /// Since when none of the worker's certifications counts, UTC: then all whom they coach are flagged, and stay with them (scenario 14). Null
    /// while one counts, and for somebody who never had one.
    /// </returns>
    public DateTimeOffset? UncertifiedSince(WorkforceState worker) =>
        IsCertified(worker) ? null : worker.Certificates.Values.Max(one => (DateTimeOffset?)EndOf(one));

    private CertificationWarning? WarningOf(Certification kind, Certificate one)
    {
        if (one.Standing != CertificateStanding.InForce)
        {
            var warning = one.Standing switch
            {
                CertificateStanding.Revoked => CertificationWarningKind.Revoked,
                CertificateStanding.Suspended => CertificationWarningKind.Suspended,
                _ => CertificationWarningKind.Lapsed,
            };
            return new CertificationWarning(kind, warning, calendar.LocalDate(one.WithdrawnAt!.Value), one.ValidUntil, null, null, policy.Version);
        }

        var left = one.ValidUntil.DayNumber - Today.DayNumber;
        if (left < 0)
            return new CertificationWarning(kind, CertificationWarningKind.Expired, one.ValidUntil.AddDays(1), one.ValidUntil, null, null, policy.Version);
        return policy.Policy.Workforce.CertificationWarningDays.Where(days => left <= days).Order().Select(days => (int?)days).FirstOrDefault() is { } within
            ? new CertificationWarning(kind, CertificationWarningKind.Expiring, one.ValidUntil.AddDays(-within), one.ValidUntil, left, within, policy.Version)
            : null;
    }

    private DateTimeOffset EndOf(Certificate one)
    {
        var end = calendar.DayOf(one.ValidUntil).End;
        return one.WithdrawnAt < end ? one.WithdrawnAt.Value : end;
    }
}
