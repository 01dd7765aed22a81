namespace CaseFlow.Domain.Integrity;

/// <summary>What a verification of the stored history found is put on record, whoever asked for it [Seed 12].</summary>
/// <param name="Origin">Which history.</param>
/// <param name="FirstPosition">First log position that was computed anew.</param>
/// <param name="LastPosition">Last one.</param>
/// <param name="IsWhole">Whether it was all that was sealed.</param>
/// <param name="SignedUpTo">Events of the last signed checkpoint that holds.</param>
/// <param name="NotSealed">Events not sealed yet.</param>
/// <param name="RootHash">Root of the tree, base64.</param>
/// <param name="FindingCount">How many differences.</param>
/// <param name="Findings">The first of them.</param>
public sealed record RecordVerification(
    string Origin,
    long FirstPosition,
    long LastPosition,
    bool IsWhole,
    long SignedUpTo,
    long NotSealed,
    string? RootHash,
    long FindingCount,
    IReadOnlyList<IntegrityFinding> Findings)
{
    /// <summary>Each verification is a fact of its own, also when it finds what the one before found.</summary>
    /// <param name="command">What was found.</param>
    /// <param name="now">The instant of the decision.</param>
    public static Decision<IntegrityEvent> Decide(RecordVerification command, DateTimeOffset now)
    {
        IntegrityEvent fact = command.FindingCount == 0
            ? new HistoryIntegrityVerified()
            : new HistoryIntegrityBroken(command.FindingCount, command.Findings);
        return (fact with
        {
            Origin = command.Origin,
            FirstPosition = command.FirstPosition,
            LastPosition = command.LastPosition,
            IsWhole = command.IsWhole,
            SignedUpTo = command.SignedUpTo,
            NotSealed = command.NotSealed,
            RootHash = command.RootHash,
        }).At(now);
    }
}
