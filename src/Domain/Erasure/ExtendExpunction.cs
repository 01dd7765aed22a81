namespace CaseFlow.Domain.Erasure;

/// <summary>
/// An order is carried out, and the person has further records: it goes with each of them too, as the order of the record that it names says. A
/// legal hold on any of them stops all.
/// </summary>
/// <param name="ClientId">The further record.</param>
/// <param name="Applied">What is carried out.</param>
/// <param name="FurtherSubjects">Subjects of the record's content with ids of their own.</param>
public sealed record ExtendExpunction(Guid ClientId, ExpunctionApplied Applied, IReadOnlyList<Guid> FurtherSubjects)
{
    /// <summary>Follows from the order that is carried out: each record's own skeleton has an order of its own.</summary>
    public Guid OrderId => NamedId.Of(Applied.OrderId, $"extended/{ClientId}");

    public static Decision<ErasureEvent> Decide(ExtendExpunction command, ErasureState state, DateTimeOffset now)
    {
        if (state.IsErased || state.Orders.ContainsKey(command.OrderId))
            return Decision<ErasureEvent>.AlreadyDone;
        if (state.IsHeld)
            return ErasureRejections.LegalHold();

        var applied = command.Applied;
        var further = applied.Scope == ErasureScope.WholeRecord ? command.FurtherSubjects : [];
        return new ExpunctionApplied(
            command.OrderId, applied.Scope, applied.Authority, applied.ReasonCode,
            [.. SealedClasses.SubjectsOf(command.ClientId, applied.Scope).Concat(further).Distinct()])
        {
            ClientId = command.ClientId,
        }.At(now);
    }
}
