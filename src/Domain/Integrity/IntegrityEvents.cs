namespace CaseFlow.Domain.Integrity;

// Storage format: renaming a type or a member here breaks every verdict already recorded.

/// <summary>What was found about the stored history. One stream per jurisdiction [Seed 12].</summary>
public abstract record IntegrityEvent : DomainEvent
{
    /// <summary>Which history; the first line of its signed checkpoints.</summary>
    public string Origin { get; init; } = "";

    /// <summary>First log position that was computed anew.</summary>
    public long FirstPosition { get; init; }

    /// <summary>Last log position that was; 0 when nothing was sealed.</summary>
    public long LastPosition { get; init; }

    /// <summary>Whether it was all that was sealed, with checkpoints and the copy outside; otherwise only these positions.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Events of the last signed checkpoint that holds.</summary>
    public long SignedUpTo { get; init; }

    /// <summary>Events that were not sealed yet, so that nothing is said of them.</summary>
    public long NotSealed { get; init; }

    /// <summary>Root of the tree over all that was sealed, base64; null when the ledger lacks rows.</summary>
    public string? RootHash { get; init; }
}

/// <summary>Every event is as it was sealed, in its place, and the signed checkpoints state this history.</summary>
public sealed record HistoryIntegrityVerified : IntegrityEvent;

/// <summary>The stored history is not the one that was sealed.</summary>
/// <param name="FindingCount">How many differences.</param>
/// <param name="Findings">The first of them.</param>
public sealed record HistoryIntegrityBroken(long FindingCount, IReadOnlyList<IntegrityFinding> Findings) : IntegrityEvent;

/// <summary>One difference between the stored history and what was sealed.</summary>
/// <param name="Defect">What kind, a code.</param>
/// <param name="FirstPosition">First log position; null when it has none.</param>
/// <param name="LastPosition">Last log position.</param>
/// <param name="EventId">The event; null when it is another jurisdiction's, or none in particular.</param>
public sealed record IntegrityFinding(string Defect, long? FirstPosition, long? LastPosition, Guid? EventId);
