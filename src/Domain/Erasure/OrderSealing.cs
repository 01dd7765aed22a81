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
    /// <summary>Follows from who ordered what under which number.</summary>
    public Guid OrderId => NamedId.Of(ClientId, $"order/{Scope}/{Authority}/{ReferenceMark}");

    public static Decision<ErasureEvent> Decide(OrderSealing command, ErasureState state, ErasurePolicy policy, DateTimeOffset now)
    {
        if (state.Orders.ContainsKey(command.OrderId))
            return Decision<ErasureEvent>.AlreadyDone;
        if (state.IsErased)
            return ErasureRejections.AlreadyErased();
        if (!policy.Reasons.Contains(command.ReasonCode))
            return ErasureRejections.ReasonUnknown(command.ReasonCode);
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;
        return new SealingOrdered(command.OrderId, command.Scope, command.Authority, command.ReasonCode, command.Reference)
        {
            ClientId = command.ClientId,
        }.At(command.When);
    }
}
