using CaseFlow.Api.Asking;
using CaseFlow.Domain;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Workforce;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Coaching;

/// <summary>Whether coaches are certified at a moment (R50), many in one read.</summary>
public sealed class CoachCertifications(IEventStore store)
{
    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="coaches">Whose certifications.</param>
    /// <param name="position">What was recorded up to there; null for all that is.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<CertificationsHeld> OfAsync(string jurisdiction, IEnumerable<string> coaches, long? position, CancellationToken cancellation)
    {
        var asked = coaches.Distinct(StringComparer.Ordinal).ToList();
        var streams = asked.Count == 0
            ? new Dictionary<Guid, StreamEvents>()
            : await store.ReadStreamsAsync(jurisdiction, [.. asked.Select(coach => StreamIds.Workforce(jurisdiction, coach))], cancellation);
        return new CertificationsHeld(asked.ToDictionary(coach => coach, IReadOnlyList<RecordedEvent> (coach) =>
            [
                .. (streams.GetValueOrDefault(StreamIds.Workforce(jurisdiction, coach))?.Events ?? [])
                    .Where(one => one.Data is CertificationGranted or CertificationRenewed or CertificationLapsed or CertificationSuspended or CertificationRevoked
                        && (position is null || one.Position <= position)),
            ],
            StringComparer.Ordinal));
    }
}

/// <summary>What was recorded of some coaches' certifications.</summary>
public sealed class CertificationsHeld(IReadOnlyDictionary<string, IReadOnlyList<RecordedEvent>> histories)
{
    /// <summary>Log position of the last of it; what else is recorded of a worker, whom they coach for example, does not move it.</summary>
    public long ChangedAt => histories.Values.SelectMany(history => history).Max(one => one.Position) ?? 0;

    /// <param name="coachId">Of those that were asked for; null for nobody.</param>
    /// <param name="policy">In force then; while there is none, nobody is flagged.</param>
    /// <param name="at">The instant asked about.</param>
    /// <returns>Since when none of the coach's certifications counts, UTC; null while one does.</returns>
    public DateTimeOffset? UncertifiedSince(string? coachId, PolicyInForce? policy, DateTimeOffset at) => coachId is null || policy is null
        ? null
        : new CertificationWarnings(policy, at).UncertifiedSince(
            Occurred.By(histories[coachId], at).Select(one => (WorkforceEvent)one.Data).Aggregate(WorkforceState.Initial, WorkforceState.Evolve));
}
