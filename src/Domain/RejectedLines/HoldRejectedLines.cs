using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.RejectedLines;

/// <summary>Somebody with the power to do so demands that rejected lines be kept as they are.</summary>
public sealed record HoldRejectedLines(Guid RunId, Guid HoldId, ErasureAuthority Authority, string ReasonCode)
{
    public static Decision<RejectedLinesEvent> Decide(HoldRejectedLines command, RejectedLinesState state, ErasurePolicy policy, DateTimeOffset now)
    {
        if (!state.Runs.TryGetValue(command.RunId, out var run))
            return RejectedLinesRejections.NotFound(command.RunId);
        if (run.Holds.TryGetValue(command.HoldId, out var inForce))
        {
            return inForce
                ? Decision<RejectedLinesEvent>.AlreadyDoneIf<RejectedLinesHoldPlaced>(fact => fact.HoldId == command.HoldId, (fact, _) => (fact.Authority, fact.ReasonCode) == (command.Authority, command.ReasonCode))
                : RejectedLinesRejections.HoldReleased(command.HoldId);
        }

        if (run.Erased is not null)
            return RejectedLinesRejections.Erased();
        if (!policy.HoldReasons.Contains(command.ReasonCode))
            return RejectedLinesRejections.ReasonUnknown(command.ReasonCode);
        return new RejectedLinesHoldPlaced(command.HoldId, command.Authority, command.ReasonCode) { RunId = command.RunId }.At(now);
    }
}

/// <summary>A hold on rejected lines no longer stands in the way.</summary>
public sealed record ReleaseRejectedLines(Guid RunId, Guid HoldId, ErasureAuthority Authority)
{
    public static Decision<RejectedLinesEvent> Decide(ReleaseRejectedLines command, RejectedLinesState state, DateTimeOffset now)
    {
        if (!state.Runs.TryGetValue(command.RunId, out var run))
            return RejectedLinesRejections.NotFound(command.RunId);
        if (!run.Holds.TryGetValue(command.HoldId, out var inForce))
            return RejectedLinesRejections.HoldNotFound(command.HoldId);
        if (inForce)
        {
            return command.Authority.Ends(run.HeldBy[command.HoldId])
                ? new RejectedLinesHoldReleased(command.HoldId, command.Authority) { RunId = command.RunId }.At(now)
                : RejectedLinesRejections.HoldReleasedByAnother();
        }

        return Decision<RejectedLinesEvent>.AlreadyDoneIf<RejectedLinesHoldReleased>(fact => fact.HoldId == command.HoldId, (fact, _) => fact.Authority == command.Authority);
    }
}
