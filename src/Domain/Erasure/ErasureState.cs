using System.Collections.Immutable;
using System.Diagnostics;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Domain.Erasure;

/// <summary>Which orders there are and how far each is carried out, and which holds stand in the way.</summary>
/// <param name="Orders">By id.</param>
/// <param name="Holds">By id; false for one that was released.</param>
public sealed record ErasureState(ImmutableDictionary<Guid, ErasureOrder> Orders, ImmutableDictionary<Guid, bool> Holds)
{
    public static readonly ErasureState Initial = new(
        ImmutableDictionary<Guid, ErasureOrder>.Empty, ImmutableDictionary<Guid, bool>.Empty);

    /// <summary>Who demanded each hold, by its id.</summary>
    public ImmutableDictionary<Guid, ErasureAuthority> HeldBy { get; init; } = ImmutableDictionary<Guid, ErasureAuthority>.Empty;

    /// <summary>Until when somebody has it kept longer; null for nobody does.</summary>
    public DateOnly? KeptUntil { get; init; }

    /// <summary>Whether any hold stands.</summary>
    public bool IsHeld => Holds.ContainsValue(true);

    /// <summary>
    /// Labels that no correction takes off while an order about their class stands: what is of the class, when it is ordered or from then on, stays sealed
    /// with it, and goes with it. Whoever was to leave it has the order lifted first. What an order that is carried out covers is corrected by nobody; it covers nothing recorded since.
    /// </summary>
    public IEnumerable<string> BoundLabels =>
        Orders.Values.Any(order => order is { Scope: ErasureScope.Juvenile, Step: ErasureStep.Ordered }) ? [Label.Juvenile.Code()] : [];

    /// <summary>Whether nothing of the record's content is left.</summary>
    public bool IsErased => Orders.Values.Any(order => order.IsApplied && order.Scope == ErasureScope.WholeRecord);

    /// <param name="labels">Of what is asked about.</param>
    /// <returns>The orders, standing or carried out, about something under these labels, or about the whole record.</returns>
    public IEnumerable<ErasureOrder> About(IReadOnlyCollection<string> labels) => Orders.Values.Where(order => order.Step != ErasureStep.Lifted
        && (order.Scope == ErasureScope.WholeRecord || labels.Contains(Label.Juvenile.Code(), StringComparer.Ordinal)));

    /// <returns>The orders that seal the record from somebody, neither lifted nor carried out.</returns>
    public IEnumerable<ErasureOrder> SealedFrom(Actor actor) =>
        Orders.Values.Where(order => order.Step == ErasureStep.Ordered && !order.LeftTo.Include(actor)).OrderBy(order => order.Scope).ThenBy(order => order.OrderId);

    /// <returns>The orders by which somebody sees nothing: of a record whose content is erased nobody does, whoever it was left to while it was sealed.
    /// What is gone comes before what is sealed; a class that was sealed when the whole record went stays hidden.</returns>
    public IEnumerable<ErasureOrder> HiddenFrom(Actor actor) =>
        Orders.Values.Where(order => order.IsApplied).OrderBy(order => order.Scope).ThenBy(order => order.OrderId)
            .Concat(SealedFrom(actor))
            .Concat(Orders.Values.Where(order => order.Step == ErasureStep.Overtaken && order.Scope != ErasureScope.WholeRecord && !order.LeftTo.Include(actor)).OrderBy(order => order.OrderId));

    public static ErasureState Evolve(ErasureState state, ErasureEvent fact) => fact switch
    {
        SealingOrdered e => state.With(new(e.OrderId, e.Scope, e.Authority, e.ReasonCode, ErasureStep.Ordered, []) { LeftTo = e.LeftTo }),
        SealingLifted e => state.With(state.Orders[e.OrderId] with { Step = ErasureStep.Lifted }),
        ExpunctionApplied e => (e.Scope == ErasureScope.WholeRecord ? state.Overtaken() : state)
            .With(new(e.OrderId, e.Scope, e.Authority, e.ReasonCode, ErasureStep.Applied, e.Subjects)),
        KeyDestroyed e => state.With(state.Orders[e.OrderId] with { Step = ErasureStep.KeyDestroyed }),
        LegalHoldPlaced e => state with { Holds = state.Holds.SetItem(e.HoldId, true), HeldBy = state.HeldBy.SetItem(e.HoldId, e.Authority) },
        LegalHoldReleased e => state with { Holds = state.Holds.SetItem(e.HoldId, false) },
        // What is done because of it is a fact of its own.
        RetentionReached or RecordCalledFor => state,
        RetentionPostponed e => state with { KeptUntil = e.Until },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(ErasureState)}."),
    };

    /// <summary>Once the whole record is gone there is nothing left that another order could seal, and nothing that lifting it could give back.</summary>
    private ErasureState Overtaken() => this with
    {
        Orders = Orders.ToImmutableDictionary(
            one => one.Key, one => one.Value.Step == ErasureStep.Ordered ? one.Value with { Step = ErasureStep.Overtaken } : one.Value),
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

    /// <summary>Another order was carried out, and took the whole record with it.</summary>
    Overtaken,
}
