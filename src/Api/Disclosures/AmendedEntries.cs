using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.Disclosures;

/// <summary>Finds the entry that a client wants amended, on whichever record of the person it stands by now.</summary>
public sealed class AmendedEntries(CaseFlowDatabase database, Persons persons)
{
    /// <returns>The entry of that agency's record; null when the person's records have none such.</returns>
    public Task<TimelineEntry?> FindAsync(CommandSession session, Guid clientId, Guid eventId, string agencyId) =>
        FindAsync(session.Actor.Jurisdiction, clientId, eventId, agencyId, session.Cancellation);

    /// <returns>The entry of that agency's record, with the labels that it has now; null when the person's records have none such.</returns>
    public async Task<TimelineEntry?> FindAsync(string jurisdiction, Guid clientId, Guid eventId, string agencyId, CancellationToken cancellation)
    {
        foreach (var record in await persons.RecordsOfAsync(jurisdiction, clientId, cancellation))
        {
            var entry = await TimelineQueries.EntryAsync(database.Reader, database.Views.Timeline, jurisdiction, record, eventId, cancellation);
            if (entry?.SourceAgency == agencyId)
                return entry;
        }

        return null;
    }

    /// <returns>The labels that the entry has now; a correction of them at the same time counts before or after.</returns>
    public static async Task<IReadOnlyList<string>> LabelsAsync(CommandSession session, TimelineEntry entry)
    {
        foreach (var record in ((Guid?[])[entry.RecordedOn, entry.ClientId]).OfType<Guid>())
        {
            if ((await session.LoadAsync(Streams.Labels, StreamIds.Labels(record))).State.Corrected.GetValueOrDefault(entry.EventId) is { } corrected)
                return corrected;
        }

        return entry.Labels;
    }

    /// <returns>As an amendment names it: by the client on whom it was recorded, whoever's it is found to be.</returns>
    public static AmendedEntry Of(TimelineEntry entry) => new(entry.EventId, entry.Kind, entry.OverdoseId, entry.RecordedOn ?? entry.ClientId!.Value);
}
