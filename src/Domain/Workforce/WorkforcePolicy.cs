namespace CaseFlow.Domain.Workforce;

/// <summary>What a jurisdiction asks of its peer workforce (R50).</summary>
/// <param name="CertificationYears">Longest time a certification is valid (R50: 2 [S:dhs-cps]).</param>
/// <param name="ContinuingEducationHours">Fewest hours for a renewal (R50: 20 [S:wicps-recert]).</param>
public sealed record WorkforcePolicy(int CertificationYears, int ContinuingEducationHours)
{
    public static WorkforcePolicy Default { get; } = new(CertificationYears: 2, ContinuingEducationHours: 20);

    /// <summary>How many days before its last one a certification is warned of (R50: 180, 90, 30); policies from before it was asked for have these.</summary>
    public IReadOnlyList<int> CertificationWarningDays { get; init; } = [180, 90, 30];

    public bool Equals(WorkforcePolicy? other) => other is not null
        && (CertificationYears, ContinuingEducationHours) == (other.CertificationYears, other.ContinuingEducationHours)
        && CertificationWarningDays.SequenceEqual(other.CertificationWarningDays);

    public override int GetHashCode() => HashCode.Combine(CertificationYears, ContinuingEducationHours, CertificationWarningDays.Count);
}
