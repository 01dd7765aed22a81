using CaseFlow.Api.Asking;
using CaseFlow.Api.CourtViews;
using CaseFlow.Domain.Courts;
using CaseFlow.EventStore;
using CaseFlow.Projections.Coachings;
using CaseFlow.Projections.CourtCompliance;

namespace CaseFlow.Api.Coaching;

/// <summary>
/// Phases and risk of those who are coached, for courts that ask by them how often a coach meets a participant (R22). They are the court's, and say nothing to the
/// view of a provider's coachings: its coaches are told until when they are to meet the client, and neither phase nor risk.
/// </summary>
public sealed class ContactStandings(IEventStore store)
{
    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="lines">Coachings.</param>
    /// <param name="courts">The courts of these, in all their versions.</param>
    /// <param name="position">What was recorded up to there.</param>
    /// <param name="asOf">What had occurred by then; null for all that was recorded.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<StandingsFound> OfAsync(
        string jurisdiction, IEnumerable<CoachingLine> lines, IReadOnlyDictionary<string, CourtKnown> courts, long position, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        var asked = lines.Select(line => (line.ParticipationId, Rules: line.Court is { } court ? RulesOf(courts[court]) : [])).Where(one => one.Rules.Count > 0)
            .DistinctBy(one => one.ParticipationId).ToDictionary(one => one.ParticipationId, one => one.Rules);
        if (asked.Count == 0)
            return new StandingsFound(new Dictionary<Guid, IReadOnlyList<ContactStanding>>(), changedAt: 0);
        var streams = await store.ReadStreamsAsync(jurisdiction, [.. asked.Keys], cancellation);
        var known = asked.Keys.ToDictionary(id => id, id => streams.GetValueOrDefault(id)?.Events.Where(one => one.Position <= position).ToList() ?? []);
        return new StandingsFound(
            known.ToDictionary(one => one.Key, one => Of(Occurred.By(one.Value, asOf ?? DateTimeOffset.MaxValue))),
            known.Max(one => ChangedAt(one.Value, asked[one.Key])));
    }

    /// <returns>Phases and risk by a participation's events.</returns>
    public static IReadOnlyList<ContactStanding> Of(IEnumerable<RecordedEvent> participation) =>
        participation.Where(Says).Aggregate((ComplianceEntry?)null, After)?.Standings() ?? [];

    /// <summary>Where it came to be that a coach meets the client at other times: no other entry of the court's tells a provider anything.</summary>
    private static long ChangedAt(IEnumerable<RecordedEvent> participation, IReadOnlyList<CoachingRules> rules)
    {
        var (entry, asks, changedAt) = ((ComplianceEntry?)null, "", 0L);
        foreach (var recorded in participation.Where(Says))
        {
            entry = After(entry, recorded);
            var next = string.Join(';', rules.SelectMany(rule => (entry?.Standings() ?? []).Select(one => $"{one.On:O} {string.Join(',', rule.ContactDaysOf(one.Phase, one.Risk))}")));
            if (next != asks)
                changedAt = recorded.Position ?? 0;
            asks = next;
        }

        return changedAt;
    }

    private static ComplianceEntry? After(ComplianceEntry? entry, RecordedEvent recorded) => ComplianceEntry.Evolve(entry, (ParticipationEvent)recorded.Data, recorded);

    private static bool Says(RecordedEvent recorded) =>
        recorded.Data is EligibilityScreened or PhaseAssigned or PhaseAdvanced or PhaseReturnedToEarlier or CourtEntryRetracted;

    private static IReadOnlyList<CoachingRules> RulesOf(CourtKnown court) =>
        [.. court.Court.Versions.Select(version => version.Configuration.Coaching).Where(rules => rules.Contacts is { Count: > 0 })];
}

/// <summary>Phases and risk of some of those who are coached.</summary>
/// <param name="found">By participation.</param>
/// <param name="changedAt">Log position of the last event that says so; 0 for none.</param>
public sealed class StandingsFound(IReadOnlyDictionary<Guid, IReadOnlyList<ContactStanding>> found, long changedAt)
{
    public long ChangedAt => changedAt;

    public IReadOnlyList<ContactStanding> Of(Guid participationId) => found.GetValueOrDefault(participationId) ?? [];
}
