using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Api.Caseload;

/// <summary>The last contacts of a caseload's lines without those that corrected labels hide from the asker. What is due stays: no label discharges it.</summary>
public sealed class OwnContacts(IEventStore store, EntrySights sights)
{
    /// <param name="actor">Who asks.</param>
    /// <param name="lines">The lines of one answer.</param>
    /// <param name="at">The moment of the answer.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<IReadOnlyList<PersonLine>> ShownAsync(
        Actor actor, IReadOnlyList<PersonLine> lines, ViewInstant at, CancellationToken cancellation)
    {
        var sightOf = await sights.OfAllAsync(actor, lines.SelectMany(RecordsOf), cancellation);
        var shown = new List<PersonLine>(lines.Count);
        foreach (var line in lines)
        {
            shown.Add(RecordsOf(line).Any(record => sightOf(record).HidesAny)
                ? line with { Entry = line.Entry with { LastContacts = await OfAsync(line) } }
                : line);
        }

        return shown;

        async Task<SortedDictionary<string, DateTimeOffset>> OfAsync(PersonLine line)
        {
            var last = new SortedDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
            foreach (var record in RecordsOf(line))
            {
                var read = await store.ReadStreamAsync(
                    actor.Jurisdiction, StreamIds.Touchpoints(record, line.Entry.AgencyId), upToPosition: at.Position, cancellation: cancellation);
                foreach (var recorded in read.Events.Where(recorded => recorded.Data is SupervisionContactReported or ContactMade && !sightOf(record).Hides(recorded)))
                {
                    var fact = (DomainEvent)recorded.Data;
                    if (recorded.Headers is Circumstances by && !(fact.CountsFrom() > at.Instant) && !(last.GetValueOrDefault(by.Actor) > fact.OccurredAt))
                        last[by.Actor] = fact.OccurredAt;
                }
            }

            return last;
        }
    }

    private static IEnumerable<Guid> RecordsOf(PersonLine line) => line.OtherRecords.Append(line.Entry.ClientId);
}
