using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Erasures;

/// <summary>The skeleton: what was erased of a record, when, why, by whose authority, and what holds it.</summary>
public static class ReadErasure
{
    /// <param name="IsErased">Nothing of the record's content is left.</param>
    /// <param name="IsSealed">An order that is neither lifted nor carried out seals the record, or a part of it.</param>
    public sealed record View(Guid ClientId, bool IsErased, bool IsSealed, IReadOnlyList<Order> Orders, IReadOnlyList<Hold> Holds) : ITellsCji
    {
        /// <summary>Orders about a record tell nothing of what is, or was, in it.</summary>
        bool ITellsCji.TellsCji => false;
    }

    /// <param name="Reference">The order's number.</param>
    /// <param name="AppliedAt">From when on nothing shows the content.</param>
    /// <param name="KeysDestroyedAt">From when on no copy of the database opens it.</param>
    public sealed record Order(
        Guid OrderId, ErasureScope Scope, ErasureAuthority Authority, string ReasonCode, string? Reference, ErasureStep Step,
        DateTimeOffset? OrderedAt, DateTimeOffset? AppliedAt, DateTimeOffset? KeysDestroyedAt)
    {
        /// <summary>Whom it leaves the record to while it is sealed.</summary>
        public SealingExceptions LeftTo { get; init; } = SealingExceptions.Nobody;

        /// <summary>From when on the record shows again; null while it does not.</summary>
        public DateTimeOffset? LiftedAt { get; init; }

        public ErasureAuthority? LiftedBy { get; init; }

        /// <summary>The lifting order's number.</summary>
        public string? LiftReference { get; init; }
    }

    public sealed record Hold(
        Guid HoldId, ErasureAuthority Authority, string ReasonCode, string? Reference, DateTimeOffset PlacedAt, DateTimeOffset? ReleasedAt);

    public static View Example { get; } = new(
        Guid.Parse("0195d6c4-0000-7000-8000-000000000001"),
        IsErased: true,
        IsSealed: false,
        [
            new(
                Guid.Parse("0195d6c4-0000-8000-8000-000000000021"), ErasureScope.WholeRecord, ErasureAuthority.Court, "adult-expunction",
                "Order of branch 3", ErasureStep.KeyDestroyed, At(9), At(10), At(10)),
        ],
        []);

    public static async Task<IResult> Handle(
        Guid clientId, Actor actor, IEventStore store, ReadingRights rights, OpenedTexts texts, HttpResponse response, CancellationToken cancellation)
    {
        if (await rights.AccessesAsync(actor, clientId, cancellation) is { } refused)
            return Problems.From(refused);

        var stream = await store.ReadStreamAsync(actor.Jurisdiction, StreamIds.Erasure(clientId), cancellation: cancellation);
        ErasureEvent[] facts = [.. stream.Events.Select(recorded => (ErasureEvent)recorded.Data)];
        var state = facts.Aggregate(ErasureState.Initial, ErasureState.Evolve);
        response.SetVersion(stream.Version);
        return TypedResults.Ok(new View(
            clientId,
            state.IsErased,
            state.Orders.Values.Any(order => order.Step == ErasureStep.Ordered),
            [.. state.Orders.Values.Select(order => OrderOf(order, facts, Open)).OrderBy(order => order.OrderedAt ?? order.AppliedAt)],
            HoldsOf(facts, Open)));

        string? Open(Sealed<string> text) => texts.Open(actor.Jurisdiction, text.Token);
    }

    /// <returns>Every hold, in force or released.</returns>
    internal static IReadOnlyList<Hold> HoldsOf(ErasureEvent[] facts, Func<Sealed<string>, string?> open) =>
    [
        .. facts.OfType<LegalHoldPlaced>().Select(placed => new Hold(
            placed.HoldId, placed.Authority, placed.ReasonCode, open(placed.Reference), placed.OccurredAt,
            facts.OfType<LegalHoldReleased>().FirstOrDefault(released => released.HoldId == placed.HoldId)?.OccurredAt)),
    ];

    /// <summary>An order that a restore took back has no order of its own any more, only what was done.</summary>
    private static Order OrderOf(ErasureOrder order, ErasureEvent[] facts, Func<Sealed<string>, string?> open)
    {
        var ordered = facts.OfType<SealingOrdered>().FirstOrDefault(fact => fact.OrderId == order.OrderId);
        var lifted = facts.OfType<SealingLifted>().FirstOrDefault(fact => fact.OrderId == order.OrderId);
        return new Order(
            order.OrderId, order.Scope, order.Authority, order.ReasonCode, ordered is null ? null : open(ordered.Reference), order.Step,
            ordered?.OccurredAt,
            facts.OfType<ExpunctionApplied>().FirstOrDefault(fact => fact.OrderId == order.OrderId)?.OccurredAt,
            facts.OfType<KeyDestroyed>().FirstOrDefault(fact => fact.OrderId == order.OrderId)?.OccurredAt)
        {
            LeftTo = order.LeftTo,
            LiftedAt = lifted?.OccurredAt,
            LiftedBy = lifted?.Authority,
            LiftReference = lifted is null ? null : open(lifted.Reference),
        };
    }

    private static DateTimeOffset At(int hour) => new(2026, 3, 2, hour, 0, 0, TimeSpan.Zero);
}
