using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Courts;

/// <summary>
/// Times that the same person takes part in the same court on other records of theirs. They are the court's own entries, so whoever of its agency
/// works with one works with all; a record that is sealed from the asker leads to none, and none to it.
/// </summary>
public sealed class PersonParticipations(IEventStore store, Persons persons, SealedRecords seals)
{
    /// <summary>Longest line of times that somebody takes part in one court.</summary>
    internal const int MostTimes = 100;

    /// <param name="asker">Whose eyes.</param>
    /// <param name="of">The participation that was asked about.</param>
    /// <param name="position">The log position asked about: whose records were known to be one person's then; null for now.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<IReadOnlyList<PersonParticipation>> OfAsync(
        Actor asker, ParticipationState of, long? position, CancellationToken cancellation)
    {
        var history = await persons.OfAsync(asker.Jurisdiction, cancellation);
        if (history.IsEmpty)
            return [];
        var records = (position is null ? history.Now : history.At(position)).RecordsOf(of.ClientId);
        var sealOf = await seals.OfAllAsync(asker, records, cancellation);
        if (sealOf(of.ClientId).OfWholeRecord is not null)
            return [];

        var found = new List<PersonParticipation>();
        foreach (var record in records.Where(record => record != of.ClientId && sealOf(record).OfWholeRecord is null))
        {
            for (var time = 1; time <= MostTimes; time++)
            {
                var id = StreamIds.Participation(record, of.Court!, time);
                var state = (await store.FoldAsync(Streams.Participation, asker.Jurisdiction, id, cancellation)).State;
                if (state.Stage == ParticipationStage.None)
                    break;
                if (state.AgencyId == of.AgencyId)
                    found.Add(new PersonParticipation(id, record));
            }
        }

        return found;
    }
}

/// <param name="ClientId">The record that it is on.</param>
public sealed record PersonParticipation(Guid ParticipationId, Guid ClientId);
