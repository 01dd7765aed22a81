namespace CaseFlow.Domain.Policies;

/// <summary>Why a record may be erased, and why it may be held.</summary>
/// <param name="Reasons">Codes for erasure; Wis. Stat. 973.015 and 938.355 (4m) for the first two [P].</param>
/// <param name="HoldReasons">Codes for a legal hold [P].</param>
public sealed record ErasurePolicy(IReadOnlyList<string> Reasons, IReadOnlyList<string> HoldReasons)
{
    public static ErasurePolicy Default { get; } = new(
        ["adult-expunction", "juvenile-expunction", "record-sealing", "mistaken-identity", "retention-reached", "client-request"],
        ["litigation", "audit", "investigation"]);

    public bool Equals(ErasurePolicy? other) =>
        other is not null && Reasons.SequenceEqual(other.Reasons) && HoldReasons.SequenceEqual(other.HoldReasons);

    public override int GetHashCode() => HashCode.Combine(Reasons.Count, HoldReasons.Count);
}
