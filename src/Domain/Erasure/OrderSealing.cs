using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Erasure;

/// <summary>An order arrives. It is recorded whether or not a hold stands; carrying it out is another step.</summary>
/// <param name="ReferenceMark">Keyed fingerprint of the reference: the same order told twice is recorded once.</param>
public sealed record OrderSealing(
    Guid ClientId,
    ErasureScope Scope,
    ErasureAuthority Authority,
    string ReasonCode,
    Sealed<string> Reference,
    string ReferenceMark,
    When When)
{
    /// <summary>Whom the order leaves the record to.</summary>
    public SealingExceptions LeftTo { get; init; } = SealingExceptions.Nobody;

    /// <summary>Follows from who ordered what under which number.</summary>
    public Guid OrderId => NamedId.Of(ClientId, $"order/{Scope}/{Authority}/{ReferenceMark}");

    /// <summary>Told again in the same words it is recorded once; told with another reason or to leave the record to others, it is refused.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="state">What was ordered before.</param>
    /// <param name="policy">In force when it is recorded.</param>
    /// <param name="isKnownAgency">Whether the directory knows an agency.</param>
    /// <param name="now">The moment of recording.</param>
    public static Decision<ErasureEvent> Decide(
        OrderSealing command, ErasureState state, ErasurePolicy policy, Func<string, bool> isKnownAgency, DateTimeOffset now)
    {
        if (state.Orders.TryGetValue(command.OrderId, out var known))
            return Again(command, known, now);
        if (state.IsErased)
            return ErasureRejections.AlreadyErased();
        if (command.ReasonCode == RetentionPolicy.ReasonCode)
            return ErasureRejections.RetentionNotByOrder();
        if (!policy.Reasons.Contains(command.ReasonCode))
            return ErasureRejections.ReasonUnknown(command.ReasonCode);
        if (!command.LeftTo.Staff.All(one => isKnownAgency(one.AgencyId)))
            return ErasureRejections.LeftToUnknown();
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;
        return new SealingOrdered(command.OrderId, command.Scope, command.Authority, command.ReasonCode, command.Reference)
        {
            ClientId = command.ClientId,
            LeftTo = command.LeftTo,
        }.At(command.When);
    }

    /// <summary>Whom an order that is carried out had left the record to is over: nobody sees it any more.</summary>
    private static Decision<ErasureEvent> Again(OrderSealing command, ErasureOrder known, DateTimeOffset now) => known.Step switch
    {
        ErasureStep.Lifted => ErasureRejections.OrderLifted(),
        _ when known.ReasonCode != command.ReasonCode => ErasureRejections.OrderRecordedDifferently(),
        ErasureStep.Ordered when !known.LeftTo.SameAs(command.LeftTo) => ErasureRejections.OrderRecordedDifferently(),
        ErasureStep.Ordered => Decision<ErasureEvent>.AlreadyDoneIf<SealingOrdered>(fact => fact.OrderId == known.OrderId, (fact, _) => command.When.Says(fact, now), ErasureRejections.OrderRecordedDifferently()),
        _ => Decision<ErasureEvent>.AlreadyDone,
    };
}
