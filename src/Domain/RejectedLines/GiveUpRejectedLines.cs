using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.RejectedLines;

/// <summary>How the rejected lines of a run stand by the policy on keeping.</summary>
/// <param name="EndsOn">The first local day on which they need not be kept any more.</param>
/// <param name="Blocks">What stands in the way whatever the day.</param>
public sealed record RejectedLinesStanding(DateOnly EndsOn, IReadOnlyList<RetentionBlock> Blocks)
{
    /// <summary>Years are whole, and the anniversary is still kept, as of a client's record.</summary>
    /// <param name="run">What is kept.</param>
    /// <param name="isHeld">Whether a hold keeps the record of somebody, or the overdose, that one of the lines is about.</param>
    /// <param name="policy">In force now.</param>
    /// <param name="dayOf">The jurisdiction's local day of an instant.</param>
    public static RejectedLinesStanding Of(RejectedRun run, bool isHeld, RetentionPolicy policy, Func<DateTimeOffset, DateOnly> dayOf) => new(
        dayOf(run.KeptAt).AddYears(policy.RejectedLineYears).AddDays(1), run.IsHeld || isHeld ? [RetentionBlock.LegalHold] : []);

    /// <returns>Whether they may go on a local day.</returns>
    public bool IsProposedOn(DateOnly today) => EndsOn <= today && Blocks.Count == 0;
}

/// <summary>
/// The period of keeping the lines of a run is over, and somebody responsible approves that they go: by what they were shown, or not at all. They go as
/// they go by order (<see cref="EraseRejectedLines"/>), and there is no way back.
/// </summary>
/// <param name="EndsOn">When the period ended, as the approver was shown it.</param>
/// <param name="PolicyVersion">By which version of the policy, as the approver was shown it; null while there is none.</param>
public sealed record GiveUpRejectedLines(Guid RunId, DateOnly EndsOn, int? PolicyVersion)
{
    /// <param name="command">What is approved.</param>
    /// <param name="state">What is kept.</param>
    /// <param name="standing">How the lines stand now; null for a run that keeps none.</param>
    /// <param name="policyVersion">The version by which they do; null while there is none.</param>
    /// <param name="today">The local day.</param>
    /// <param name="now">The moment of recording.</param>
    public static Decision<RejectedLinesEvent> Decide(
        GiveUpRejectedLines command, RejectedLinesState state, RejectedLinesStanding? standing, int? policyVersion, DateOnly today, DateTimeOffset now)
    {
        if (standing is null || !state.Runs.TryGetValue(command.RunId, out var run))
            return RejectedLinesRejections.NotFound(command.RunId);
        if (run.Erased is not null)
        {
            return Decision<RejectedLinesEvent>.AlreadyDoneIf<RejectedLinesRetentionReached>(fact => fact.RunId == command.RunId, (fact, _) => (fact.EndedOn, fact.PolicyVersion) == (command.EndsOn, command.PolicyVersion));
        }

        if (standing.Blocks.Count > 0)
            return RejectedLinesRejections.Held();
        if (standing.EndsOn > today)
            return RejectedLinesRejections.RetentionNotReached(standing.EndsOn);
        if ((command.EndsOn, command.PolicyVersion) != (standing.EndsOn, policyVersion))
            return RejectedLinesRejections.RetentionChanged(standing.EndsOn);
        RejectedLinesEvent[] facts =
        [
            new RejectedLinesRetentionReached(standing.EndsOn, policyVersion) { RunId = command.RunId }.At(now),
            new RejectedLinesErased(ErasureAuthority.Agency, RetentionPolicy.ReasonCode) { RunId = command.RunId }.At(now),
        ];
        return facts;
    }
}
