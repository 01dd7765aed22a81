namespace CaseFlow.Domain.Identities;

/// <summary>What was declared a mistake was none: its entries are shown where they were recorded.</summary>
/// <param name="ClientId">On whom they were recorded.</param>
public sealed record UndoIdentityMistake(Guid ClientId, Guid MistakeId, Sealed<string> Reason, When When)
{
    public static Decision<IdentityEvent> Decide(UndoIdentityMistake command, IdentityState state, DateTimeOffset now)
    {
        if (!state.Mistakes.TryGetValue(command.MistakeId, out var mistake) || mistake.ClientId != command.ClientId)
            return IdentityRejections.MistakeNotFound(command.MistakeId);
        if (mistake.IsUndone)
            return Decision<IdentityEvent>.AlreadyDoneIf<IdentityMistakeUndone>(fact => fact.MistakeId == command.MistakeId, (fact, same) => command.When.Says(fact, now) && same(command.Reason, fact.Reason));
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;
        return new IdentityMistakeUndone(mistake.MistakeId, mistake.RightClientId, mistake.Entries, command.Reason) { ClientId = mistake.ClientId }.At(command.When);
    }
}
