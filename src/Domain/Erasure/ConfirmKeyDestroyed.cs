namespace CaseFlow.Domain.Erasure;

/// <summary>The keys of an order that was applied are destroyed.</summary>
public sealed record ConfirmKeyDestroyed(Guid ClientId, Guid OrderId)
{
    public static Decision<ErasureEvent> Decide(ConfirmKeyDestroyed command, ErasureState state, DateTimeOffset now) =>
        state.Orders.GetValueOrDefault(command.OrderId) switch
        {
            { Step: ErasureStep.KeyDestroyed } => Decision<ErasureEvent>.AlreadyDone,
            { Step: ErasureStep.Applied, Scope: var scope } => new KeyDestroyed(command.OrderId, scope) { ClientId = command.ClientId }.At(now),
            _ => ErasureRejections.OrderNotFound(command.OrderId),
        };
}
