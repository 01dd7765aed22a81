namespace CaseFlow.Domain.Identities;

/// <summary>
/// A merge is taken back: each record is its own again, with what was recorded on it meanwhile. Gives back nothing that was erased. While an order about one of the
/// person's records is open, or a hold on one stands, it reaches the others through the merge, and nobody but the privacy officer takes them out of it.
/// </summary>
/// <param name="ClientId">Either of the two.</param>
public sealed record ReverseMerge(Guid ClientId, Guid MergeId, MergeReversalReason ReasonCode, Sealed<string> Reason, When When)
{
    /// <param name="command">What is said.</param>
    /// <param name="state">What is merged.</param>
    /// <param name="isBound">An order or a hold reaches the person's records, and whoever asks is not the privacy officer.</param>
    /// <param name="now">UTC.</param>
    public static Decision<IdentityEvent> Decide(ReverseMerge command, IdentityState state, bool isBound, DateTimeOffset now)
    {
        if (!state.Merges.TryGetValue(command.MergeId, out var merge) || (command.ClientId != merge.ClientId && command.ClientId != merge.MergedClientId))
            return IdentityRejections.MergeNotFound(command.MergeId);
        if (merge.IsReversed)
            return Decision<IdentityEvent>.AlreadyDoneIf<MergeReversed>(fact => fact.MergeId == command.MergeId, (fact, same) => command.When.Says(fact, now) && fact.ReasonCode == command.ReasonCode && same(command.Reason, fact.Reason));
        if (isBound)
            return IdentityRejections.CannotReverseHere();
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;
        return new MergeReversed(merge.MergeId, merge.MergedClientId, command.ReasonCode, command.Reason) { ClientId = merge.ClientId }.At(command.When);
    }
}
