using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.DrugTests;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.CourtTests;

namespace CaseFlow.Api.CourtViews;

/// <summary>A court's tests without what corrected labels hide from the asker: a result as if nobody had reported it, a test as if it had not been drawn.</summary>
public sealed class TestSights(IEventStore store, EntrySights sights)
{
    /// <param name="actor">Who asks.</param>
    /// <param name="tests">The court's tests.</param>
    /// <param name="at">The moment of the answer.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<IReadOnlyList<CourtTestEntry>> ShownAsync(
        Actor actor, IReadOnlyList<CourtTestEntry> tests, ViewInstant at, CancellationToken cancellation)
    {
        var sightOf = await sights.OfAllAsync(actor, tests.Select(test => test.ClientId), cancellation);
        var participations = tests.Where(test => sightOf(test.ClientId).HidesAny).Select(test => test.ParticipationId).Distinct().ToList();
        if (participations.Count == 0)
            return tests;

        var streams = await store.ReadStreamsAsync(actor.Jurisdiction, [.. participations.Select(StreamIds.DrugTesting)], cancellation);
        return [.. tests.Select(Shown).OfType<CourtTestEntry>()];

        CourtTestEntry? Shown(CourtTestEntry row)
        {
            if (!streams.TryGetValue(StreamIds.DrugTesting(row.ParticipationId), out var stream))
                return row;
            var sight = sightOf(row.ClientId);
            List<RecordedEvent> facts =
            [
                .. stream.Events.Where(recorded => ((DrugTestEvent)recorded.Data).TestId == row.Test.TestId && !(recorded.Position > at.Position)
                    && !(((DomainEvent)recorded.Data).CountsFrom() > at.Instant) && (recorded.Headers as Circumstances)?.Owner() == row.AgencyId),
            ];
            if (!facts.Exists(sight.Hides))
                return row;
            var told = sight.Told(facts).Select(recorded => (DrugTestEvent)recorded.Data).ToList();
            return told is [DrugTestSelected, ..]
                ? row with { Test = told.Aggregate(DrugTestingState.Initial, DrugTestingState.Evolve).Tests[row.Test.TestId] }
                : null;
        }
    }
}
