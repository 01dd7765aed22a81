namespace CaseFlow.Domain.Erasure;

/// <summary>
/// The database was restored to a moment before an order that the list outside holds. The record is sealed again, to whom the order left it; the
/// order's number was in the database alone, and is gone with what came after the backup.
/// </summary>
/// <param name="Order">As the list holds it.</param>
/// <param name="OrderedAt">When it was ordered.</param>
/// <param name="Reference">What stands for the order's number.</param>
public sealed record RepeatSealing(Guid ClientId, ErasureOrder Order, Sealed<string> Reference, DateTimeOffset OrderedAt)
{
    public static Decision<ErasureEvent> Decide(RepeatSealing command, ErasureState state, DateTimeOffset now)
    {
        var order = command.Order;
        if (state.Orders.ContainsKey(order.OrderId) || state.IsErased)
            return Decision<ErasureEvent>.AlreadyDone;
        return new SealingOrdered(order.OrderId, order.Scope, order.Authority, order.ReasonCode, command.Reference)
        {
            ClientId = command.ClientId,
            LeftTo = order.LeftTo,
        }.At(new When(command.OrderedAt, TimePrecision.Exact, now));
    }
}
