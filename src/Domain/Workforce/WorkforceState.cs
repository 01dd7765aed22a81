using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.Workforce;

/// <summary>What deciding about a worker's assignments takes.</summary>
/// <param name="Certificates">The one on record of each kind.</param>
/// <param name="Capacity">The worker's own; null for what the rules say.</param>
/// <param name="Conflicts">Marks.</param>
/// <param name="Caseload">Participations whose coach they are.</param>
public sealed record WorkforceState(
    ImmutableDictionary<Certification, Certificate> Certificates,
    CaseloadCapacity? Capacity,
    ImmutableHashSet<string> Conflicts,
    ImmutableHashSet<Guid> Caseload)
{
    public static readonly WorkforceState Initial = new(ImmutableDictionary<Certification, Certificate>.Empty, null, [], []);

    /// <returns>Whether one of these certifications is in force on a local day.</returns>
    public bool IsCertified(IEnumerable<Certification> kinds, DateOnly on) =>
        kinds.Any(kind => Certificates.GetValueOrDefault(kind) is { } certificate && certificate.IsValid(on));

    public static WorkforceState Evolve(WorkforceState state, WorkforceEvent fact) => fact switch
    {
        CertificationGranted e => state.With(e.Kind, new Certificate(e.ValidUntil, CertificateStanding.InForce)),
        CertificationRenewed e => state.With(e.Kind, new Certificate(e.ValidUntil, CertificateStanding.InForce)),
        CertificationLapsed e => state.Without(e.Kind, CertificateStanding.Lapsed, e),
        CertificationSuspended e => state.Without(e.Kind, CertificateStanding.Suspended, e),
        CertificationRevoked e => state.Without(e.Kind, CertificateStanding.Revoked, e),
        CaseloadCapacitySet e => state with { Capacity = new CaseloadCapacity(e.Advised, e.Most) },
        ConflictOfInterestDeclared e => state with { Conflicts = state.Conflicts.Add(e.Mark) },
        CaseloadEntered e => state with { Caseload = state.Caseload.Add(e.ParticipationId) },
        CaseloadLeft e => state with { Caseload = state.Caseload.Remove(e.ParticipationId) },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(WorkforceState)}."),
    };

    /// <summary>Of a moment in the past the grant may not be there yet; then nothing is in force, which is what this says too.</summary>
    private WorkforceState Without(Certification kind, CertificateStanding standing, WorkforceEvent fact) =>
        Certificates.GetValueOrDefault(kind) is { } certificate ? With(kind, certificate with { Standing = standing, WithdrawnAt = certificate.WithdrawnAt ?? fact.OccurredAt }) : this;

    private WorkforceState With(Certification kind, Certificate certificate) => this with { Certificates = Certificates.SetItem(kind, certificate) };
}

/// <param name="ValidUntil">Last local day.</param>
/// <param name="Standing">What was decided about it.</param>
/// <param name="WithdrawnAt">When it first lapsed, was suspended or revoked, UTC; null while it counts until its day.</param>
public sealed record Certificate(DateOnly ValidUntil, CertificateStanding Standing, DateTimeOffset? WithdrawnAt = null)
{
    /// <returns>Whether it counts on a local day: it lapses by itself when its time is over (R50).</returns>
    public bool IsValid(DateOnly on) => Standing == CertificateStanding.InForce && on <= ValidUntil;
}

/// <param name="Advised">Without a warning.</param>
/// <param name="Most">At most.</param>
public sealed record CaseloadCapacity(int Advised, int Most);

public enum CertificateStanding
{
    InForce,
    Lapsed,
    Suspended,
    Revoked,
}
