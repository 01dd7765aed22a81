namespace CaseFlow.Domain.Erasure;

/// <summary>
/// A sealing comes to its end: the record shows again, to those and as far as it would show had it never been sealed. It is lifted by
/// whoever ordered it, or by a court (<see cref="ErasureAuthorities.Ends"/>); what is expunged stays so.
/// </summary>
public sealed record LiftSealing(Guid ClientId, Guid OrderId, ErasureAuthority Authority, Sealed<string> Reference, When When)
{
    public static Decision<ErasureEvent> Decide(LiftSealing command, ErasureState state, DateTimeOffset now)
    {
        if (!state.Orders.TryGetValue(command.OrderId, out var order))
            return ErasureRejections.OrderNotFound(command.OrderId);
        if (order.Step == ErasureStep.Lifted)
            return Decision<ErasureEvent>.AlreadyDoneIf<SealingLifted>(fact => fact.OrderId == command.OrderId, (fact, same) => command.When.Says(fact, now) && fact.Authority == command.Authority && same(command.Reference, fact.Reference));
        if (order.Step != ErasureStep.Ordered)
            return ErasureRejections.AlreadyErased();
        if (!command.Authority.Ends(order.Authority))
            return order.Authority == ErasureAuthority.Court ? ErasureRejections.LiftedByCourtAlone() : ErasureRejections.LiftedByAnother();
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;
        return new SealingLifted(command.OrderId, order.Scope, command.Authority, command.Reference) { ClientId = command.ClientId }.At(command.When);
    }
}
