using CaseFlow.Domain.Erasure;

namespace CaseFlow.Domain.RejectedLines;

// Storage format: renaming a type or a member here breaks every run already recorded.

/// <summary>
/// What became of the lines that a run of an import rejected. They are in a file, sealed; here is under which key, and that it was destroyed. One stream
/// per jurisdiction: what is kept, held and erased is one list.
/// </summary>
public abstract record RejectedLinesEvent : DomainEvent
{
    /// <summary>The run of the import.</summary>
    public required Guid RunId { get; init; }
}

/// <summary>A run keeps lines; recorded before their file has its name. A run with very many says so several times.</summary>
/// <param name="Source">The source system.</param>
/// <param name="Lines">How many lines.</param>
/// <param name="Overdoses">Which overdoses some of them are about, as far as their numbers tell: whose person is known later may be under a hold.</param>
public sealed record RejectedLinesKept(string Source, int Lines, IReadOnlyList<Guid> Overdoses) : RejectedLinesEvent
{
    public bool Equals(RejectedLinesKept? other) => other is not null
        && base.Equals(other)
        && (Source, Lines) == (other.Source, other.Lines)
        && Overdoses.SequenceEqual(other.Overdoses);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Source, Lines, Overdoses.Count);
}

/// <summary>The lines must be kept as they are until the hold is released.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="Authority">Who demands it.</param>
/// <param name="ReasonCode">From the policy's list.</param>
public sealed record RejectedLinesHoldPlaced(Guid HoldId, ErasureAuthority Authority, string ReasonCode) : RejectedLinesEvent;

/// <summary>The hold no longer stands in the way.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="Authority">Who released it.</param>
public sealed record RejectedLinesHoldReleased(Guid HoldId, ErasureAuthority Authority) : RejectedLinesEvent;

/// <summary>The period of keeping the lines was over, and whoever is responsible approved that they go. The erasure follows it.</summary>
/// <param name="EndedOn">The first local day on which they need not be kept any more.</param>
/// <param name="PolicyVersion">The version that said so; null while there was none, and the defaults held.</param>
public sealed record RejectedLinesRetentionReached(DateOnly EndedOn, int? PolicyVersion) : RejectedLinesEvent;

/// <summary>From here on nobody reads the lines, in no copy of the file: their key is being destroyed.</summary>
/// <param name="Authority">Who ordered it.</param>
/// <param name="ReasonCode">From the policy's list.</param>
public sealed record RejectedLinesErased(ErasureAuthority Authority, string ReasonCode) : RejectedLinesEvent;

/// <summary>The key is destroyed.</summary>
public sealed record RejectedLinesKeyDestroyed : RejectedLinesEvent;

/// <summary>From here on nobody reads this one line, in no copy of the file: its own key is being destroyed.</summary>
/// <param name="Line">Line of the imported file on which it begins, from 1.</param>
/// <param name="Authority">Who ordered it.</param>
/// <param name="ReasonCode">From the policy's list.</param>
public sealed record RejectedLineErased(int Line, ErasureAuthority Authority, string ReasonCode) : RejectedLinesEvent;

/// <summary>The key of the line is destroyed.</summary>
/// <param name="Line">Line of the imported file on which it begins, from 1.</param>
public sealed record RejectedLineKeyDestroyed(int Line) : RejectedLinesEvent;
