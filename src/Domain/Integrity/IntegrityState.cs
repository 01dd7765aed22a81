using System.Diagnostics;

namespace CaseFlow.Domain.Integrity;

/// <summary>What is known of a jurisdiction's history.</summary>
/// <param name="Last">The last verdict on all that was sealed; null before the first.</param>
public sealed record IntegrityState(IntegrityVerdict? Last)
{
    public static readonly IntegrityState Initial = new(Last: null);

    public static IntegrityState Evolve(IntegrityState state, IntegrityEvent fact) => fact switch
    {
        HistoryIntegrityVerified or HistoryIntegrityBroken when !fact.IsWhole => state,
        HistoryIntegrityVerified e => new(new IntegrityVerdict(e.OccurredAt, e.LastPosition, e.SignedUpTo, 0)),
        HistoryIntegrityBroken e => new(new IntegrityVerdict(e.OccurredAt, e.LastPosition, e.SignedUpTo, e.FindingCount)),
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(IntegrityState)}."),
    };
}

/// <param name="At">When, UTC.</param>
/// <param name="LastPosition">Up to which log position.</param>
/// <param name="SignedUpTo">Events of the last signed checkpoint that held.</param>
/// <param name="FindingCount">How many differences; 0 when it is intact.</param>
public sealed record IntegrityVerdict(DateTimeOffset At, long LastPosition, long SignedUpTo, long FindingCount);
