using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.EventStore;

namespace CaseFlow.Projections;

/// <summary>
/// From when the facts of a duty count as occurred. Knowing is what starts a duty, so when a knowing is corrected, all that
/// followed from it counts from the corrected moment; a duty exists from the first knowing among its overdoses.
/// </summary>
internal static class DutyTimes
{
    /// <returns>Whether the event can move the time from which earlier ones count.</returns>
    public static bool Moves(RecordedEvent recorded) => recorded.Data is AgentKnowledgeCorrected or OverdoseMergedIntoDuty;

    /// <returns>For each event of one duty or one client, in log order, the instant it counts from.</returns>
    public static IReadOnlyList<DateTimeOffset> CountsFrom(IReadOnlyList<RecordedEvent> history)
    {
        var knownAt = new Dictionary<Guid, DateTimeOffset>();
        var dutyOf = new Dictionary<Guid, Guid>();
        foreach (var recorded in history)
        {
            switch (recorded.Data)
            {
                case ReferralDutyTriggered e:
                    (knownAt[e.OverdoseId], dutyOf[e.OverdoseId]) = (e.OccurredAt, e.DutyId);
                    break;
                case OverdoseMergedIntoDuty e:
                    (knownAt[e.OverdoseId], dutyOf[e.OverdoseId]) = (e.OccurredAt, e.DutyId);
                    break;
                case AgentKnowledgeCorrected e:
                    knownAt[e.OverdoseId] = e.CorrectedKnownAt;
                    break;
            }
        }

        return [.. history.Select(recorded => recorded.Data switch
        {
            ReferralDutyTriggered e => dutyOf.Where(entry => entry.Value == e.DutyId).Min(entry => knownAt[entry.Key]),
            OverdoseMergedIntoDuty e => knownAt[e.OverdoseId],
            AgentKnowledgeCorrected e => knownAt[e.OverdoseId],
            var fact => ((DomainEvent)fact).CountsFrom(),
        })];
    }
}
