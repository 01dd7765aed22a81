namespace CaseFlow.Domain.Erasure;

/// <summary>
/// The database was restored to a moment before an erasure that the list outside holds. It is erased again whatever stands in
/// the restored record, a hold included: the erasure was lawful when it was made, and its keys are destroyed.
/// </summary>
/// <param name="Order">As the list holds it.</param>
/// <param name="AppliedAt">When it was carried out.</param>
public sealed record RepeatErasure(Guid ClientId, ErasureOrder Order, DateTimeOffset AppliedAt)
{
    public static Decision<ErasureEvent> Decide(RepeatErasure command, ErasureState state, DateTimeOffset now)
    {
        var order = command.Order;
        if (state.Orders.TryGetValue(order.OrderId, out var known) && known.IsApplied)
            return Decision<ErasureEvent>.AlreadyDone;
        return new ExpunctionApplied(order.OrderId, order.Scope, order.Authority, order.ReasonCode, order.Subjects)
        {
            ClientId = command.ClientId,
        }.At(new When(command.AppliedAt, TimePrecision.Exact, now));
    }
}
