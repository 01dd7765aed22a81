namespace CaseFlow.Domain.Identities;

/// <summary>Somebody who reaches both records says that they are of one person. Only records that stand for themselves are merged, so no
/// record is ever its own survivor.</summary>
/// <param name="ClientId">The record that stands for the person from now on.</param>
/// <param name="MergedClientId">The record that becomes its.</param>
public sealed record MergeClients(Guid ClientId, Guid MergedClientId, IdentityEvidence Evidence, Sealed<string> Reason, When When)
{
    /// <summary>The same two can be merged again once that was reversed, which is another merge.</summary>
    public static Guid MergeIdOf(Guid clientId, Guid mergedClientId, IdentityState state)
    {
        var before = state.Merges.Values.Count(merge => merge.ClientId == clientId && merge.MergedClientId == mergedClientId && merge.IsReversed);
        return NamedId.Of(clientId, $"merge/{mergedClientId}/{before}");
    }

    /// <param name="command">What is said.</param>
    /// <param name="state">What is merged already.</param>
    /// <param name="contents">What is left of each record of both. A legal hold does not stand in the way: nothing of either record changes.</param>
    /// <param name="reaches">Whether whoever merges reaches a record: of one that they do not reach, no refusal tells.</param>
    /// <param name="now">UTC.</param>
    public static Decision<IdentityEvent> Decide(
        MergeClients command, IdentityState state, IReadOnlyDictionary<Guid, RecordContent> contents, Func<Guid, bool> reaches, DateTimeOffset now)
    {
        var (survivor, merged) = (command.ClientId, command.MergedClientId);
        if (survivor == merged)
            return IdentityRejections.MergeWithItself();
        if (state.Into.TryGetValue(merged, out var mergeId) && state.Merges[mergeId].ClientId == survivor)
            return Decision<IdentityEvent>.AlreadyDoneIf<ClientsMerged>(fact => fact.MergeId == mergeId, (fact, same) => command.When.Says(fact, now) && fact.Evidence == command.Evidence && same(command.Reason, fact.Reason));
        if (state.AreOne(survivor, merged))
            return IdentityRejections.AlreadyOnePerson();
        if (state.Into.ContainsKey(merged))
            return reaches(state.Merges[mergeId].ClientId) ? IdentityRejections.MergedElsewhere() : IdentityRejections.CannotMergeHere();
        if (state.Into.TryGetValue(survivor, out var awayId))
            return reaches(state.Merges[awayId].ClientId) ? IdentityRejections.SurvivorMergedAway() : IdentityRejections.CannotMergeHere();
        if (contents.Any(one => one.Value == RecordContent.Erased && reaches(one.Key)))
            return IdentityRejections.RecordErased();
        if (contents.Values.Any(content => content != RecordContent.Whole))
            return IdentityRejections.CannotMergeHere();
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;
        return new ClientsMerged(MergeIdOf(survivor, merged, state), merged, command.Evidence, command.Reason) { ClientId = survivor }.At(command.When);
    }
}
