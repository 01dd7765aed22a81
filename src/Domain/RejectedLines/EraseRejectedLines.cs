using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.RejectedLines;

/// <summary>
/// All that a run rejected is erased, whoever it is about: nobody knows that of a line whose numbers do not tell. There is no way back. A legal hold
/// stops it, on the lines or on the record of anybody whom one of them is about.
/// </summary>
public sealed record EraseRejectedLines(Guid RunId, ErasureAuthority Authority, string ReasonCode)
{
    /// <param name="command">What is ordered.</param>
    /// <param name="state">What is kept.</param>
    /// <param name="policy">In force when it is recorded.</param>
    /// <param name="isPersonHeld">Whether a hold stands on the record of somebody, or on the overdose, that one of the lines is about.</param>
    /// <param name="now">The moment of recording.</param>
    public static Decision<RejectedLinesEvent> Decide(
        EraseRejectedLines command, RejectedLinesState state, ErasurePolicy policy, bool isPersonHeld, DateTimeOffset now)
    {
        if (!state.Runs.TryGetValue(command.RunId, out var run))
            return RejectedLinesRejections.NotFound(command.RunId);
        if (run.Erased is not null)
        {
            return Decision<RejectedLinesEvent>.AlreadyDoneIf<RejectedLinesErased>(fact => fact.RunId == command.RunId, (fact, _) => (fact.Authority, fact.ReasonCode) == (command.Authority, command.ReasonCode));
        }

        if (command.ReasonCode == RetentionPolicy.ReasonCode)
            return RejectedLinesRejections.RetentionNotByOrder();
        if (!policy.Reasons.Contains(command.ReasonCode))
            return RejectedLinesRejections.ReasonUnknown(command.ReasonCode);
        if (run.IsHeld || isPersonHeld)
            return RejectedLinesRejections.Held();
        return new RejectedLinesErased(command.Authority, command.ReasonCode) { RunId = command.RunId }.At(now);
    }
}

/// <summary>
/// The database was restored to a moment before an erasure that the list outside holds: recorded again whatever hold the restored record has, because
/// the key is destroyed. A run that the backup does not know needs no record.
/// </summary>
/// <param name="ErasedAt">When it was ordered.</param>
public sealed record RepeatRejectedLinesErasure(Guid RunId, ErasureAuthority Authority, string ReasonCode, DateTimeOffset ErasedAt)
{
    public static Decision<RejectedLinesEvent> Decide(RepeatRejectedLinesErasure command, RejectedLinesState state, DateTimeOffset now) =>
        state.Runs.TryGetValue(command.RunId, out var run) && run.Erased is null
            ? new RejectedLinesErased(command.Authority, command.ReasonCode) { RunId = command.RunId }.At(new When(command.ErasedAt, TimePrecision.Exact, now))
            : Decision<RejectedLinesEvent>.AlreadyDone;
}

/// <summary>The key of lines that were erased is destroyed.</summary>
public sealed record ConfirmRejectedLinesDestroyed(Guid RunId)
{
    public static Decision<RejectedLinesEvent> Decide(ConfirmRejectedLinesDestroyed command, RejectedLinesState state, DateTimeOffset now) =>
        state.Runs.GetValueOrDefault(command.RunId) switch
        {
            { Erased: not null, DestroyedAt: null } => new RejectedLinesKeyDestroyed { RunId = command.RunId }.At(now),
            { DestroyedAt: not null } => Decision<RejectedLinesEvent>.AlreadyDone,
            _ => RejectedLinesRejections.NotFound(command.RunId),
        };
}
