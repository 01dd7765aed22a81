using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.Erasure;

/// <summary>Which orders there are and how far each is carried out, and which holds stand in the way.</summary>
/// <param name="Orders">By id.</param>
/// <param name="Holds">By id; false for one that was released.</param>
public sealed record ErasureState(ImmutableDictionary<Guid, ErasureOrder> Orders, ImmutableDictionary<Guid, bool> Holds)
{
    public static readonly ErasureState Initial = new(
        ImmutableDictionary<Guid, ErasureOrder>.Empty, ImmutableDictionary<Guid, bool>.Empty);

    /// <summary>Whether any hold stands.</summary>
    public bool IsHeld => Holds.ContainsValue(true);

    /// <summary>Whether nothing of the record's content is left.</summary>
    public bool IsErased => Orders.Values.Any(order => order.Step != ErasureStep.Ordered && order.Scope == ErasureScope.WholeRecord);

    public static ErasureState Evolve(ErasureState state, ErasureEvent fact) => fact switch
    {
        SealingOrdered e => state.With(new(e.OrderId, e.Scope, e.Authority, e.ReasonCode, ErasureStep.Ordered, [])),
        ExpunctionApplied e => state.With(new(e.OrderId, e.Scope, e.Authority, e.ReasonCode, ErasureStep.Applied, e.Subjects)),
        KeyDestroyed e => state.With(state.Orders[e.OrderId] with { Step = ErasureStep.KeyDestroyed }),
        LegalHoldPlaced e => state with { Holds = state.Holds.SetItem(e.HoldId, true) },
        LegalHoldReleased e => state with { Holds = state.Holds.SetItem(e.HoldId, false) },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(ErasureState)}."),
    };

    private ErasureState With(ErasureOrder order) => this with { Orders = Orders.SetItem(order.OrderId, order) };
}

/// <summary>An order, and how far it is carried out.</summary>
/// <param name="Subjects">Whose keys go; empty until it is applied.</param>
public sealed record ErasureOrder(
    Guid OrderId, ErasureScope Scope, ErasureAuthority Authority, string ReasonCode, ErasureStep Step, IReadOnlyList<Guid> Subjects);

public enum ErasureStep
{
    Ordered,
    Applied,
    KeyDestroyed,
}
