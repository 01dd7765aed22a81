namespace CaseFlow.Domain.Erasure;

/// <summary>
/// A hold no longer stands in the way; orders that wait are carried out when somebody says so. It is released by whoever demanded it, or by a court
/// (<see cref="ErasureAuthorities.Ends"/>).
/// </summary>
public sealed record ReleaseLegalHold(Guid ClientId, Guid HoldId, ErasureAuthority Authority, When When)
{
    public static Decision<ErasureEvent> Decide(ReleaseLegalHold command, ErasureState state, DateTimeOffset now)
    {
        if (!state.Holds.TryGetValue(command.HoldId, out var inForce))
            return ErasureRejections.HoldNotFound(command.HoldId);
        if (!inForce)
            return Decision<ErasureEvent>.AlreadyDoneIf<LegalHoldReleased>(fact => fact.HoldId == command.HoldId, (fact, _) => command.When.Says(fact, now) && fact.Authority == command.Authority, ErasureRejections.HoldReleasedDifferently(command.HoldId));
        if (!command.Authority.Ends(state.HeldBy[command.HoldId]))
            return ErasureRejections.ReleasedByAnother();
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;
        return new LegalHoldReleased(command.HoldId, command.Authority) { ClientId = command.ClientId }.At(command.When);
    }
}
