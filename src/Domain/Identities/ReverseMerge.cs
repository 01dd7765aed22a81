namespace CaseFlow.Domain.Identities;

/// <summary>A merge is taken back: each record is its own again, with what was recorded on it meanwhile. Gives back nothing that was erased.</summary>
/// <param name="ClientId">Either of the two.</param>
public sealed record ReverseMerge(Guid ClientId, Guid MergeId, MergeReversalReason ReasonCode, Sealed<string> Reason, When When)
{
    public static Decision<IdentityEvent> Decide(ReverseMerge command, IdentityState state, DateTimeOffset now)
    {
        if (!state.Merges.TryGetValue(command.MergeId, out var merge) || (command.ClientId != merge.ClientId && command.ClientId != merge.MergedClientId))
            return IdentityRejections.MergeNotFound(command.MergeId);
        if (merge.IsReversed)
            return Decision<IdentityEvent>.AlreadyDoneIf<MergeReversed>(fact => fact.MergeId == command.MergeId, (fact, same) => command.When.Says(fact, now) && fact.ReasonCode == command.ReasonCode && same(command.Reason, fact.Reason));
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;
        return new MergeReversed(merge.MergeId, merge.MergedClientId, command.ReasonCode, command.Reason) { ClientId = merge.ClientId }.At(command.When);
    }
}
