using CaseFlow.Api.Asking;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.EventStore;
using CaseFlow.Projections.Coachings;

namespace CaseFlow.Api.Coaching;

/// <summary>
/// Whether the courts' orders stand, for coachings that their provider ended: a lift, another provider or the end of the participation is in streams
/// of the court's, which say nothing to the view of a provider's coachings.
/// </summary>
public sealed class StandingOrders(IEventStore store)
{
    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="ended">Coachings that were ended; few at any time, for each waits for a coach.</param>
    /// <param name="position">What was recorded up to there.</param>
    /// <param name="asOf">What had occurred by then; null for all that was recorded.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<OrdersFound> OfAsync(
        string jurisdiction, IReadOnlyCollection<CoachingLine> ended, long position, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        if (ended.Count == 0)
            return new OrdersFound(new Dictionary<Guid, OrderFound>());
        var participations = ended.Select(line => line.ParticipationId).ToList();
        var streams = await store.ReadStreamsAsync(jurisdiction, [.. participations, .. participations.Select(StreamIds.CoachingOrder)], cancellation);
        return new OrdersFound(participations.ToDictionary(id => id, id => Found(Known(StreamIds.CoachingOrder(id)), Known(id))));

        IReadOnlyList<RecordedEvent> Known(Guid stream) => [.. (streams.GetValueOrDefault(stream)?.Events ?? []).Where(one => one.Position <= position)];

        OrderFound Found(IReadOnlyList<RecordedEvent> order, IReadOnlyList<RecordedEvent> participation) => new(
            Occurred.By(order, asOf ?? DateTimeOffset.MaxValue).Select(one => (CoachingOrderEvent)one.Data).Aggregate(CoachingOrderState.Initial, CoachingOrderState.Evolve),
            ParticipationState.OfSome(Occurred.By(participation, asOf ?? DateTimeOffset.MaxValue).Select(one => (ParticipationEvent)one.Data)).IsOver,
            Math.Max(order.Max(one => one.Position) ?? 0, EndedAt(participation)));
    }

    /// <summary>Where it was ended last, or the end was taken back: no other entry of the court's tells a provider anything.</summary>
    private static long EndedAt(IReadOnlyList<RecordedEvent> participation)
    {
        var (state, changedAt) = (ParticipationState.Initial, 0L);
        foreach (var recorded in participation)
        {
            var next = ParticipationState.Evolve(state, (ParticipationEvent)recorded.Data);
            if (next.IsOver != state.IsOver)
                changedAt = recorded.Position ?? 0;
            state = next;
        }

        return changedAt;
    }
}

/// <param name="Order">What the court orders.</param>
/// <param name="IsOver">Whether the participation is.</param>
/// <param name="ChangedAt">Log position of the last event that says so.</param>
public sealed record OrderFound(CoachingOrderState Order, bool IsOver, long ChangedAt);

/// <summary>The orders of some coachings that were ended.</summary>
public sealed class OrdersFound(IReadOnlyDictionary<Guid, OrderFound> found)
{
    /// <summary>Log position of the last change of any.</summary>
    public long ChangedAt => found.Values.Select(one => one.ChangedAt).DefaultIfEmpty().Max();

    /// <returns>Whether the court's order stands with the coaching's provider on a local day.</returns>
    public bool Stand(CoachingLine line, DateOnly today) =>
        found.GetValueOrDefault(line.ParticipationId) is { IsOver: false } one && one.Order.Stands(line.AgencyId, today);
}
