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

    /// <summary>Until when somebody has it kept longer; null for nobody does.</summary>
    public DateOnly? KeptUntil { get; init; }

    /// <summary>Whether any hold stands.</summary>
    public bool IsHeld => Holds.ContainsValue(true);

    /// <summary>Whether nothing of the record's content is left.</summary>
    public bool IsErased => Orders.Values.Any(order => order.IsApplied && order.Scope == ErasureScope.WholeRecord);

    /// <returns>The orders that seal the record from somebody, neither lifted nor carried out.</returns>
    public IEnumerable<ErasureOrder> SealedFrom(Actor actor) =>
        Orders.Values.Where(order => order.Step == ErasureStep.Ordered && !order.LeftTo.Include(actor)).OrderBy(order => order.Scope).ThenBy(order => order.OrderId);

    /// <returns>The orders by which somebody sees nothing: of a record whose content is erased nobody does, whoever it was left to while it was sealed.
    /// What is gone comes before what is sealed.</returns>
    public IEnumerable<ErasureOrder> HiddenFrom(Actor actor) =>
        Orders.Values.Where(order => order.IsApplied).OrderBy(order => order.Scope).ThenBy(order => order.OrderId).Concat(SealedFrom(actor));

    public static ErasureState Evolve(ErasureState state, ErasureEvent fact) => fact switch
    {
        SealingOrdered e => state.With(new(e.OrderId, e.Scope, e.Authority, e.ReasonCode, ErasureStep.Ordered, []) { LeftTo = e.LeftTo }),
        SealingLifted e => state.With(state.Orders[e.OrderId] with { Step = ErasureStep.Lifted }),
        ExpunctionApplied e => state.With(new(e.OrderId, e.Scope, e.Authority, e.ReasonCode, ErasureStep.Applied, e.Subjects)),
        KeyDestroyed e => state.With(state.Orders[e.OrderId] with { Step = ErasureStep.KeyDestroyed }),
        LegalHoldPlaced e => state with { Holds = state.Holds.SetItem(e.HoldId, true) },
        LegalHoldReleased e => state with { Holds = state.Holds.SetItem(e.HoldId, false) },
        // What is done because of it is a fact of its own.
        RetentionReached or RecordCalledFor => state,
        RetentionPostponed e => state with { KeptUntil = e.Until },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(ErasureState)}."),
    };

    private ErasureState With(ErasureOrder order) => this with { Orders = Orders.SetItem(order.OrderId, order) };
}

/// <summary>An order, and how far it is carried out.</summary>
/// <param name="Subjects">Whose keys go; empty until it is applied.</param>
public sealed record ErasureOrder(
    Guid OrderId, ErasureScope Scope, ErasureAuthority Authority, string ReasonCode, ErasureStep Step, IReadOnlyList<Guid> Subjects)
{
    /// <summary>Whom the order leaves the record to while it is only sealed.</summary>
    public SealingExceptions LeftTo { get; init; } = SealingExceptions.Nobody;

    /// <summary>The content is gone, or its keys are being destroyed.</summary>
    public bool IsApplied => Step is ErasureStep.Applied or ErasureStep.KeyDestroyed;
}

public enum ErasureStep
{
    Ordered,
    Applied,
    KeyDestroyed,

    /// <summary>The record shows again.</summary>
    Lifted,
}
