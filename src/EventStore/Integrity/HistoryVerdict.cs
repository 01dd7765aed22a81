namespace CaseFlow.EventStore.Integrity;

/// <summary>How history can differ from what was sealed.</summary>
public enum HistoryDefect
{
    /// <summary>An event is not as it was sealed.</summary>
    Changed,

    /// <summary>Only the mark that an event's stream is archived is not as it was sealed.</summary>
    Archived,

    /// <summary>An event, or its place in the log, is gone.</summary>
    Missing,

    /// <summary>Another event stands where one was sealed, and that one stands elsewhere.</summary>
    Reordered,

    /// <summary>An event is in its stream that the log never placed.</summary>
    Added,

    /// <summary>A leaf of the ledger is gone.</summary>
    LeafMissing,

    /// <summary>A node of the ledger does not follow from its leaves.</summary>
    NodeDiffers,

    /// <summary>A signed checkpoint says another root of these events than the ledger.</summary>
    CheckpointDiffers,

    /// <summary>A signed checkpoint has more events than are sealed: the database was restored to an earlier moment or cut short.</summary>
    CheckpointAhead,

    /// <summary>A checkpoint is signed by no key of the ledger, or was changed.</summary>
    SignatureInvalid,

    /// <summary>A checkpoint is signed with a key that had been replaced.</summary>
    KeyReplaced,

    /// <summary>The keys of the ledger do not follow from each other, or database and file name different ones.</summary>
    KeyChainBroken,

    /// <summary>A checkpoint is of another history.</summary>
    AnotherHistory,

    /// <summary>The copy of the checkpoints outside the database cannot be read.</summary>
    CopyUnreadable,

    /// <summary>The copy outside lacks checkpoints that the database has.</summary>
    CopyIncomplete,
}

/// <summary>One difference.</summary>
/// <param name="Defect">Which.</param>
/// <param name="First">Its first log position; null when it has none.</param>
/// <param name="Last">Its last.</param>
/// <param name="EventId">The event, as it was sealed or as it was found.</param>
/// <param name="TenantId">Whose event it is; null when that is not known.</param>
/// <param name="Detail">In words; never content.</param>
public sealed record HistoryFinding(HistoryDefect Defect, long? First, long? Last, Guid? EventId, string? TenantId, string Detail);

/// <summary>What a verification found.</summary>
/// <param name="Origin">Which history.</param>
/// <param name="First">The first position that was looked at.</param>
/// <param name="Last">The last; 0 when nothing is sealed.</param>
/// <param name="IsWhole">Whether it was all that was sealed, with checkpoints and the copy outside.</param>
/// <param name="Size">Events sealed when it began.</param>
/// <param name="Root">Of the tree over them, as the ledger has it; null when rows of it are missing.</param>
/// <param name="NotSealed">Events with a position and no leaf yet: nothing is proved about them.</param>
/// <param name="Checkpoints">Signed checkpoints of the database that were compared.</param>
/// <param name="Outside">Those of the copy outside.</param>
/// <param name="SignedSize">Events of the last checkpoint that holds; what is beyond it is sealed, and not signed yet.</param>
/// <param name="Archived">Events whose stream was archived since, in a store that is shared with Marten, which may do so.</param>
/// <param name="Findings">The first differences.</param>
/// <param name="FindingCount">All of them.</param>
public sealed record HistoryVerdict(
    string Origin,
    long First,
    long Last,
    bool IsWhole,
    long Size,
    byte[]? Root,
    long NotSealed,
    long Checkpoints,
    long Outside,
    long SignedSize,
    long Archived,
    IReadOnlyList<HistoryFinding> Findings,
    long FindingCount)
{
    /// <summary>Whether nothing differs.</summary>
    public bool IsIntact => FindingCount == 0;
}
