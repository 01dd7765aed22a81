using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Identities;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;
using CaseFlow.Projections;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.Identities;

/// <summary>Finds the entries of a client's record that somebody says are on the wrong person, and what goes along with them.</summary>
public sealed class MistakenEntries(CaseFlowDatabase database)
{
    /// <param name="Entries">Those that were named, then those that go along.</param>
    /// <param name="Sources">Whose each is that was named, and under which labels.</param>
    public sealed record Found(IReadOnlyList<MistakenEntry> Entries, IReadOnlyDictionary<Guid, MistakeMark> Sources);

    /// <returns>Whether somebody may say so of an agency's entry.</returns>
    public static bool IsTheirs(Actor actor, string? agencyId) =>
        actor.Role == Role.PrivacyOfficer || (agencyId is not null && agencyId == actor.Agency);

    /// <summary>What is looked at is guarded: what becomes of a report meanwhile is recorded before or after.</summary>
    /// <param name="session">The command.</param>
    /// <param name="clientId">On whom they were recorded.</param>
    /// <param name="named">Event ids.</param>
    /// <param name="declared">The mistake as it was declared before; null for a new one.</param>
    /// <returns>The entries as they stand in the record; null once the command is refused.</returns>
    public async Task<Found?> FindAsync(CommandSession session, Guid clientId, IReadOnlyList<Guid> named, IdentityMistake? declared)
    {
        var entries = new List<MistakenEntry>();
        var sources = new Dictionary<Guid, MistakeMark>();
        foreach (var eventId in named.Distinct())
        {
            if (declared?.Entries.Find(entry => entry.EventId == eventId) is { } told)
            {
                entries.Add(told);
                continue;
            }

            var entry = await TimelineQueries.EntryAsync(
                database.Reader, database.Views.Timeline, session.Actor.Jurisdiction, clientId, eventId, session.Cancellation);
            if (entry is null || !IsTheirs(session.Actor, entry.SourceAgency))
            {
                session.Refuse(IdentityRejections.EntryNotFound(eventId));
                return null;
            }

            var labels = await AmendedEntries.LabelsAsync(session, entry);
            var orders = await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(clientId));
            if (LabelDoors.IsHidden(session.Actor, entry with { Labels = labels }, [orders]))
            {
                session.Refuse(IdentityRejections.EntryNotFound(eventId));
                return null;
            }

            entries.Add(new MistakenEntry(entry.EventId, entry.Kind, entry.OverdoseId));
            sources[entry.EventId] = new MistakeMark(entry.SourceAgency, labels);
        }

        if (declared is not null)
            return new Found(entries, sources);
        var along = await AlongAsync(session, clientId, entries);
        return new Found([.. entries.Where(entry => along.All(one => one.EventId != entry.EventId)), .. along], sources);
    }

    /// <summary>The labels, as they are now, of what goes along, and of whatever was corrected: also of what no timeline shows, because nobody knows whose it is.</summary>
    public static async Task<IReadOnlySet<string>> LabelsAsync(CommandSession session, IReadOnlyList<MistakenEntry> entries, IReadOnlyCollection<Guid> records)
    {
        var labels = new HashSet<string>(StringComparer.Ordinal);
        var corrected = new HashSet<Guid>();
        foreach (var record in records)
        {
            var stream = await session.LoadAsync(Streams.Labels, StreamIds.Labels(record));
            foreach (var entry in entries.Where(entry => stream.State.Corrected.ContainsKey(entry.EventId)))
            {
                corrected.Add(entry.EventId);
                labels.UnionWith(stream.State.Corrected[entry.EventId]);
            }
        }

        foreach (var overdoseId in entries.Where(entry => entry.Kind == TimelineView.ReportName).Select(entry => entry.OverdoseId).OfType<Guid>().Distinct())
        {
            var overdose = await session.LoadAsync(Streams.Overdose, overdoseId);
            foreach (var recorded in overdose.History.Where(one => !corrected.Contains(one.EventId) && entries.Any(entry => entry.EventId == one.EventId)))
                labels.UnionWith(EntryLabels.AsRecorded.Of(recorded));
        }

        return labels;
    }

    /// <summary>What became of a moved report, and corrections of the labels of everything that is moved.</summary>
    private static async Task<IReadOnlyList<MistakenEntry>> AlongAsync(CommandSession session, Guid clientId, IReadOnlyList<MistakenEntry> named)
    {
        var along = new List<MistakenEntry>();
        foreach (var report in named.Where(entry => entry is { Kind: TimelineView.ReportName, OverdoseId: not null }))
        {
            var overdose = await session.LoadAsync(Streams.Overdose, report.OverdoseId!.Value);
            along.AddRange(overdose.History
                .Where(recorded => recorded.Data is OverdoseEvent fact and not OverdoseReported && fact.ClientId == clientId)
                .Select(recorded => EntryOf(recorded, report.EventId)));
        }

        var labels = await session.LoadAsync(Streams.Labels, StreamIds.Labels(clientId));
        foreach (var recorded in labels.History)
        {
            var corrected = ((EventLabelsCorrected)recorded.Data).CorrectedEventId;
            if (named.Concat(along).Any(entry => entry.EventId == corrected))
                along.Add(EntryOf(recorded, corrected));
        }

        return along;

        static MistakenEntry EntryOf(RecordedEvent recorded, Guid with) =>
            new(recorded.EventId, ProjectionCatalogue.EventTypes.StoredName(recorded.Data.GetType()), OverdoseId: null) { With = with };
    }
}
