namespace CaseFlow.Domain.Workforce;

/// <summary>What a jurisdiction asks of its peer workforce (R50).</summary>
/// <param name="CertificationYears">Longest time a certification is valid (R50: 2 [S:dhs-cps]).</param>
/// <param name="ContinuingEducationHours">Fewest hours for a renewal (R50: 20 [S:wicps-recert]).</param>
public sealed record WorkforcePolicy(int CertificationYears, int ContinuingEducationHours)
{
    public static WorkforcePolicy Default { get; } = new(CertificationYears: 2, ContinuingEducationHours: 20);
}
