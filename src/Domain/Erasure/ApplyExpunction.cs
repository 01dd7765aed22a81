namespace CaseFlow.Domain.Erasure;

/// <summary>An order is carried out; a legal hold stops it. There is no way back.</summary>
/// <param name="FurtherSubjects">Subjects of the client's content with ids of their own: overdoses sealed before anybody knew whose they were.</param>
public sealed record ApplyExpunction(Guid ClientId, Guid OrderId, IReadOnlyList<Guid> FurtherSubjects)
{
    public static Decision<ErasureEvent> Decide(ApplyExpunction command, ErasureState state, DateTimeOffset now)
    {
        if (!state.Orders.TryGetValue(command.OrderId, out var order))
            return ErasureRejections.OrderNotFound(command.OrderId);
        if (order.Step == ErasureStep.Lifted)
            return ErasureRejections.OrderLifted();
        if (order.Step == ErasureStep.Overtaken)
            return ErasureRejections.AlreadyErased();
        if (order.Step != ErasureStep.Ordered)
            return Decision<ErasureEvent>.AlreadyDone;
        if (state.IsHeld)
            return ErasureRejections.LegalHold();

        var further = order.Scope == ErasureScope.WholeRecord ? command.FurtherSubjects : [];
        return new ExpunctionApplied(
            order.OrderId, order.Scope, order.Authority, order.ReasonCode,
            [.. SealedClasses.SubjectsOf(command.ClientId, order.Scope).Concat(further).Distinct()])
        {
            ClientId = command.ClientId,
        }.At(now);
    }
}
