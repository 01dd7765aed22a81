using CaseFlow.Domain.Consents;

namespace CaseFlow.Domain.Policies;

/// <summary>How long a consent may last, who may receive its revocation, what courts need, and when an end is announced (R38, R60, R61).</summary>
/// <param name="MaxTermMonths">Longest consent, months (R60: 24 [P]); a criminal-justice consent lasts until its event.</param>
/// <param name="MayReceiveRevocation">Roles that may receive the writing (R61 [P]); anybody may hear an oral request.</param>
public sealed record ConsentPolicy(int MaxTermMonths, IReadOnlyList<Role> MayReceiveRevocation)
{
    /// <summary>Part of the storage format: an older policy has the defaults of what it does not say.</summary>
    public static ConsentPolicy Default { get; } = new(
        MaxTermMonths: 24, [Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist, Role.Coordinator, Role.PrivacyOfficer]);

    /// <summary>What a court needs of each source to monitor progress: R38 names whatever of it no consent covers (42 CFR 2.35(a)) [P].</summary>
    public IReadOnlyList<ConsentInformation> CourtMonitoring { get; init; } = ConsentElements.Monitoring;

    /// <summary>So many days before its end by date a consent is announced to end, each once; at the end it always is [P].</summary>
    public IReadOnlyList<int> ExpiryNoticeDays { get; init; } = [30, 7];

    public bool Equals(ConsentPolicy? other) => other is not null
        && MaxTermMonths == other.MaxTermMonths
        && MayReceiveRevocation.SequenceEqual(other.MayReceiveRevocation)
        && CourtMonitoring.SequenceEqual(other.CourtMonitoring)
        && ExpiryNoticeDays.SequenceEqual(other.ExpiryNoticeDays);

    public override int GetHashCode() => HashCode.Combine(MaxTermMonths, MayReceiveRevocation.Count, CourtMonitoring.Count, ExpiryNoticeDays.Count);
}
