using System.Diagnostics;

namespace CaseFlow.Domain.Coaching;

/// <summary>What a court offers or orders in one participation.</summary>
/// <param name="Phase">How far it got.</param>
/// <param name="Court">Code of the court.</param>
/// <param name="ProviderAgencyId">Whose coaches; the last one named counts.</param>
/// <param name="ProgramId">The provider's programme; null for none.</param>
/// <param name="Order">What is ordered; null for an offer.</param>
public sealed record CoachingOrderState(
    CoachingOrderPhase Phase, Guid ClientId, string Court, string ProviderAgencyId, string? ProgramId, CoachingOrder? Order)
{
    public static readonly CoachingOrderState Initial = new(CoachingOrderPhase.None, default, "", "", null, null);

    /// <summary>Since when it is agreed or ordered with that provider, UTC: nobody coaches for the court before. Null while it is not.</summary>
    public DateTimeOffset? AgreedAt { get; init; }

    /// <summary>Of what stands, the entry that happened last: nobody answers or lifts it before. Null for nothing.</summary>
    public OrderEntry? Last { get; init; }

    /// <summary>The order that stands: none that changes it is of before. Null for none.</summary>
    public OrderEntry? Ordered { get; init; }

    /// <returns>Whether an offer is open to which an answer of that time may be: one that is known to the day may be a second answer of the day.</returns>
    internal bool Awaits(When answer) => Phase == CoachingOrderPhase.Offered && answer.OccurredUntil is not null && Last?.Check(answer) is null;

    /// <param name="agencyId">A provider.</param>
    /// <param name="on">Local day.</param>
    /// <returns>Whether the court wants that provider's coaching: accepted, or ordered and not run out.</returns>
    public bool Stands(string agencyId, DateOnly on) =>
        Phase == CoachingOrderPhase.Agreed && ProviderAgencyId == agencyId && (Order is null || on <= Order.Until);

    public static CoachingOrderState Evolve(CoachingOrderState state, CoachingOrderEvent fact) => fact switch
    {
        PeerOffered e => new(CoachingOrderPhase.Offered, e.ClientId, e.Court, e.ProviderAgencyId, e.ProgramId, null) { Last = new("peer offered", e.OccurredAt) },
        PeerAccepted e => state with { Phase = CoachingOrderPhase.Agreed, AgreedAt = e.OccurredAt, Last = state.After("peer accepted", e) },
        PeerDeclined e => state with { Phase = CoachingOrderPhase.Declined, Last = state.After("peer declined", e) },
        CoachingOrdered e => new(CoachingOrderPhase.Agreed, e.ClientId, e.Court, e.ProviderAgencyId, e.ProgramId, e.Order)
        {
            // A changed order goes on from the first.
            AgreedAt = state.Phase == CoachingOrderPhase.Agreed && state.ProviderAgencyId == e.ProviderAgencyId && state.AgreedAt < e.OccurredAt ? state.AgreedAt : e.OccurredAt,
            Last = state.After("coaching ordered", e),
            Ordered = new("coaching ordered", e.OccurredAt),
        },
        CoachingOrderLifted => state with { Phase = CoachingOrderPhase.Lifted, Order = null, AgreedAt = null, Last = null, Ordered = null },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(CoachingOrderState)}."),
    };

    /// <summary>Orders of before they were held to the order of their times may stand the other way round, and an order may be of before an answer: what was last in time stays so.</summary>
    private OrderEntry After(string name, CoachingOrderEvent fact) => Last is { } last && last.At > fact.OccurredAt ? last : new(name, fact.OccurredAt);
}

/// <param name="Name">What it is, in words.</param>
/// <param name="At">When it happened, UTC.</param>
public sealed record OrderEntry(string Name, DateTimeOffset At)
{
    /// <returns>Why a stated time is none for what follows on this entry; null where it is one.</returns>
    internal Rejection? Check(When when) => when.IsBefore(At) ? TimeRejections.BeforeWhatItFollows($"{Name}, {At:u}") : null;
}

public enum CoachingOrderPhase
{
    /// <summary>Nothing was offered or ordered.</summary>
    None,
    Offered,
    Declined,

    /// <summary>Accepted, or ordered.</summary>
    Agreed,
    Lifted,
}
