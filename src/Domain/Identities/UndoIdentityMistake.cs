namespace CaseFlow.Domain.Identities;

/// <summary>
/// What was declared a mistake was none: its entries are shown where they were recorded. What an order about either record hides is not shown again that
/// way: while the order stands nothing is moved back, and what is erased stays so.
/// </summary>
/// <param name="ClientId">On whom they were recorded.</param>
public sealed record UndoIdentityMistake(Guid ClientId, Guid MistakeId, Sealed<string> Reason, When When)
{
    /// <param name="command">What is said.</param>
    /// <param name="state">What is merged and moved already.</param>
    /// <param name="contents">What is left, of the records of both, of the entries.</param>
    /// <param name="now">UTC.</param>
    public static Decision<IdentityEvent> Decide(
        UndoIdentityMistake command, IdentityState state, IReadOnlyCollection<RecordContent> contents, DateTimeOffset now)
    {
        if (!state.Mistakes.TryGetValue(command.MistakeId, out var mistake) || mistake.ClientId != command.ClientId)
            return IdentityRejections.MistakeNotFound(command.MistakeId);
        if (mistake.IsUndone)
            return Decision<IdentityEvent>.AlreadyDoneIf<IdentityMistakeUndone>(fact => fact.MistakeId == command.MistakeId, (fact, same) => command.When.Says(fact, now) && same(command.Reason, fact.Reason));
        if (contents.Contains(RecordContent.Erased))
            return IdentityRejections.RecordErased();
        if (contents.Contains(RecordContent.ErasureOrdered))
            return IdentityRejections.MistakeUnderOrder();
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;
        return new IdentityMistakeUndone(mistake.MistakeId, mistake.RightClientId, mistake.Entries, command.Reason) { ClientId = mistake.ClientId }.At(command.When);
    }
}
