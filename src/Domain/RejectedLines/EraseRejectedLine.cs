using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.RejectedLines;

/// <summary>
/// One line that a run rejected is erased by itself, whether the overdose that it is about was ever recorded or not. Its number, the rule that it broke and
/// the reason stay in the file; what it said is gone from every copy. There is no way back, and a legal hold on the run stops it.
/// </summary>
/// <param name="Line">Line of the imported file on which it begins, from 1.</param>
public sealed record EraseRejectedLine(Guid RunId, int Line, ErasureAuthority Authority, string ReasonCode)
{
    /// <param name="command">What is ordered.</param>
    /// <param name="state">What is kept.</param>
    /// <param name="policy">In force when it is recorded.</param>
    /// <param name="hasKeyOfItsOwn">Whether the line is sealed under a key of its own: what an earlier program kept may not be.</param>
    /// <param name="isAnybodyHeld">The line is about an overdose, and a hold stands on the record of anybody whom the run's lines are about.</param>
    /// <param name="now">The moment of recording.</param>
    public static Decision<RejectedLinesEvent> Decide(
        EraseRejectedLine command, RejectedLinesState state, ErasurePolicy policy, bool hasKeyOfItsOwn, bool isAnybodyHeld, DateTimeOffset now)
    {
        if (!state.Runs.TryGetValue(command.RunId, out var run))
            return RejectedLinesRejections.NotFound(command.RunId);
        if (run.Erased is not null || run.ErasedLines.ContainsKey(command.Line))
            return Again(command);
        if (!hasKeyOfItsOwn)
            return RejectedLinesRejections.LineNotFound(command.Line);
        if (command.ReasonCode == RetentionPolicy.ReasonCode)
            return RejectedLinesRejections.RetentionNotByOrder();
        if (!policy.Reasons.Contains(command.ReasonCode))
            return RejectedLinesRejections.ReasonUnknown(command.ReasonCode);
        if (run.IsHeld || isAnybodyHeld)
            return RejectedLinesRejections.Held();
        return new RejectedLineErased(command.Line, command.Authority, command.ReasonCode) { RunId = command.RunId }.At(now);
    }

    /// <summary>The line is gone, by itself or with all of its run.</summary>
    private static Decision<RejectedLinesEvent> Again(EraseRejectedLine command) => Decision<RejectedLinesEvent>
        .AlreadyDoneIf<RejectedLineErased>(
            fact => (fact.RunId, fact.Line) == (command.RunId, command.Line), (fact, _) => (fact.Authority, fact.ReasonCode) == (command.Authority, command.ReasonCode))
        .Or<RejectedLinesErased>(fact => fact.RunId == command.RunId, (fact, _) => (fact.Authority, fact.ReasonCode) == (command.Authority, command.ReasonCode));
}

/// <summary>
/// The database was restored to a moment before the erasure of one line that the list outside holds: recorded again whatever hold the restored record has,
/// because the key is destroyed. A run that the backup does not know needs no record.
/// </summary>
/// <param name="ErasedAt">When it was ordered.</param>
public sealed record RepeatRejectedLineErasure(Guid RunId, int Line, ErasureAuthority Authority, string ReasonCode, DateTimeOffset ErasedAt)
{
    public static Decision<RejectedLinesEvent> Decide(RepeatRejectedLineErasure command, RejectedLinesState state, DateTimeOffset now) =>
        state.Runs.TryGetValue(command.RunId, out var run) && !run.ErasedLines.ContainsKey(command.Line)
            ? new RejectedLineErased(command.Line, command.Authority, command.ReasonCode) { RunId = command.RunId }
                .At(new When(command.ErasedAt, TimePrecision.Exact, now))
            : Decision<RejectedLinesEvent>.AlreadyDone;
}

/// <summary>The key of a line that was erased is destroyed.</summary>
public sealed record ConfirmRejectedLineDestroyed(Guid RunId, int Line)
{
    public static Decision<RejectedLinesEvent> Decide(ConfirmRejectedLineDestroyed command, RejectedLinesState state, DateTimeOffset now) =>
        state.Runs.GetValueOrDefault(command.RunId)?.ErasedLines.GetValueOrDefault(command.Line) switch
        {
            { DestroyedAt: null } => new RejectedLineKeyDestroyed(command.Line) { RunId = command.RunId }.At(now),
            { } => Decision<RejectedLinesEvent>.AlreadyDone,
            null => RejectedLinesRejections.LineNotFound(command.Line),
        };
}
