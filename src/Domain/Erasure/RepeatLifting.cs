namespace CaseFlow.Domain.Erasure;

/// <summary>
/// The database was restored to a moment before a lifting that the list outside holds. The sealing ended, so the record shows again; the lifting order's
/// number was in the database alone, and is gone with what came after the backup.
/// </summary>
/// <param name="Authority">Who lifted it.</param>
/// <param name="Reference">What stands for the lifting order's number.</param>
/// <param name="LiftedAt">When it was lifted; null where the list does not say.</param>
public sealed record RepeatLifting(Guid ClientId, Guid OrderId, ErasureAuthority Authority, Sealed<string> Reference, DateTimeOffset? LiftedAt)
{
    public static Decision<ErasureEvent> Decide(RepeatLifting command, ErasureState state, DateTimeOffset now) =>
        state.Orders.GetValueOrDefault(command.OrderId) is { Step: ErasureStep.Ordered } order
            ? new SealingLifted(command.OrderId, order.Scope, command.Authority, command.Reference) { ClientId = command.ClientId }
                .At(new When(command.LiftedAt ?? now, TimePrecision.Exact, now))
            : Decision<ErasureEvent>.AlreadyDone;
}
