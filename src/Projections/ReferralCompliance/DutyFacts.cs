using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Projections.ReferralCompliance;

/// <summary>The facts behind a duty: what the view was folded from, and the knowings that led to it. Nothing of the receiver's stream.</summary>
public sealed class DutyFacts(IEventStore store, ViewReader reader, ReferralComplianceView view)
{
    /// <param name="tenantId">The jurisdiction.</param>
    /// <param name="entry">The duty at the asked moment.</param>
    /// <param name="at">That moment, its position filled in.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <returns>The facts in log order, as they were recorded.</returns>
    public async Task<IReadOnlyList<RecordedEvent>> OfAsync(string tenantId, DutyEntry entry, ViewInstant at, CancellationToken cancellation)
    {
        var position = at.Position!.Value;
        var positions = await reader.EventsOfAsync(view, tenantId, entry.DutyId.ToString(), position, cancellation);
        var folded = await PastEvents.Of(store).AtAsync([.. positions], cancellation);
        var overdoses = entry.Overdoses.Select(known => known.OverdoseId).ToHashSet();
        var duties = await store.ReadStreamAsync(tenantId, StreamIds.ReferralDuty(entry.ClientId), 1, position, cancellation);
        var knowings = duties.Events.Where(recorded => recorded.Data is OverdoseKnownToAgent known && overdoses.Contains(known.OverdoseId));
        var facts = folded.Concat(knowings).OrderBy(recorded => recorded.Position).ToList();
        return at.Instant is { } instant ? OccurredBy(instant, facts) : facts;
    }

    /// <summary>A corrected knowing counts from the corrected instant, like all that followed from it.</summary>
    private static List<RecordedEvent> OccurredBy(DateTimeOffset instant, List<RecordedEvent> facts)
    {
        var countsFrom = DutyTimes.CountsFrom(facts);
        return [.. facts.Where((_, n) => countsFrom[n] <= instant)];
    }
}
