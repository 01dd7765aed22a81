using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using CaseFlow.Domain.Erasure;

namespace CaseFlow.Domain.RejectedLines;

/// <summary>Which runs keep rejected lines, and what became of them.</summary>
/// <param name="Runs">By id.</param>
public sealed record RejectedLinesState(ImmutableDictionary<Guid, RejectedRun> Runs)
{
    public static readonly RejectedLinesState Initial = new(ImmutableDictionary<Guid, RejectedRun>.Empty);

    public static RejectedLinesState Evolve(RejectedLinesState state, RejectedLinesEvent fact) => fact switch
    {
        RejectedLinesKept e => state.With(state.Runs.TryGetValue(e.RunId, out var known)
            ? known with { Lines = known.Lines + e.Lines, Overdoses = known.Overdoses.AddRange(e.Overdoses) }
            : new RejectedRun(e.RunId, e.Source, e.Lines, [.. e.Overdoses], e.OccurredAt, ImmutableDictionary<Guid, bool>.Empty, Erased: null, DestroyedAt: null)),
        RejectedLinesHoldPlaced e => state.Change(
            e.RunId, run => run with { Holds = run.Holds.SetItem(e.HoldId, true), HeldBy = run.HeldBy.SetItem(e.HoldId, e.Authority) }),
        RejectedLinesHoldReleased e => state.Change(e.RunId, run => run with { Holds = run.Holds.SetItem(e.HoldId, false) }),
        // What is done because of it is a fact of its own.
        RejectedLinesRetentionReached => state,
        RejectedLinesErased e => state.Change(e.RunId, run => run with { Erased = e }),
        RejectedLinesKeyDestroyed e => state.Change(e.RunId, run => run with { DestroyedAt = e.OccurredAt }),
        RejectedLineErased e => state.Change(e.RunId, run => run with { ErasedLines = run.ErasedLines.SetItem(e.Line, new ErasedLine(e, DestroyedAt: null)) }),
        RejectedLineKeyDestroyed e => state.Change(
            e.RunId, run => run with { ErasedLines = run.ErasedLines.SetItem(e.Line, run.ErasedLines[e.Line] with { DestroyedAt = e.OccurredAt }) }),
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(RejectedLinesState)}."),
    };

    private RejectedLinesState Change(Guid runId, Func<RejectedRun, RejectedRun> change) => With(change(Runs[runId]));

    private RejectedLinesState With(RejectedRun run) => new(Runs.SetItem(run.RunId, run));
}

/// <summary>The rejected lines of one run.</summary>
/// <param name="Overdoses">Which overdoses some of them are about.</param>
/// <param name="KeptAt">When, UTC.</param>
/// <param name="Holds">By id; false for one that was released.</param>
/// <param name="Erased">Null while nobody ordered it.</param>
/// <param name="DestroyedAt">When the key was destroyed, UTC; null while it is not.</param>
public sealed record RejectedRun(
    Guid RunId,
    string Source,
    int Lines,
    ImmutableList<Guid> Overdoses,
    DateTimeOffset KeptAt,
    ImmutableDictionary<Guid, bool> Holds,
    RejectedLinesErased? Erased,
    DateTimeOffset? DestroyedAt)
{
    /// <summary>Who demanded each hold, by its id.</summary>
    public ImmutableDictionary<Guid, ErasureAuthority> HeldBy { get; init; } = ImmutableDictionary<Guid, ErasureAuthority>.Empty;

    /// <summary>Whether a hold on the lines stands.</summary>
    public bool IsHeld => Holds.ContainsValue(true);

    /// <summary>Lines that were erased by themselves, by their numbers.</summary>
    public ImmutableSortedDictionary<int, ErasedLine> ErasedLines { get; init; } = ImmutableSortedDictionary<int, ErasedLine>.Empty;

    /// <summary>Whose key a line of nobody in particular is sealed under, beside that of its run.</summary>
    public static Guid SubjectOf(Guid runId, int line) => NamedId.Of(SubjectOf(runId), string.Create(CultureInfo.InvariantCulture, $"line/{line}"));

    /// <summary>Whose key a line about an overdose is sealed under, beside those of its run and of that overdose.</summary>
    public static Guid SubjectOfOverdoseLine(Guid runId, int line) => NamedId.Of(SubjectOf(runId), string.Create(CultureInfo.InvariantCulture, $"overdose-line/{line}"));

    /// <summary>The order that erases one line, as the list outside the database names it.</summary>
    public static Guid OrderOf(Guid runId, int line) => NamedId.Of(OrderOf(runId), string.Create(CultureInfo.InvariantCulture, $"line/{line}"));

    /// <summary>Whose key the lines of a run are sealed under, beside that of the overdose that a line is about.</summary>
    public static Guid SubjectOf(Guid runId) => NamedId.Of(runId, "rejected-lines");

    /// <summary>The order that erases them, as the list outside the database names it.</summary>
    public static Guid OrderOf(Guid runId) => NamedId.Of(runId, "erasure");
}

/// <summary>A line that was erased by itself.</summary>
/// <param name="DestroyedAt">When its key was destroyed, UTC; null while it is not.</param>
public sealed record ErasedLine(RejectedLineErased Erased, DateTimeOffset? DestroyedAt);
