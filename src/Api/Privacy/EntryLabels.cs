using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;
using CaseFlow.Projections;

namespace CaseFlow.Api.Privacy;

/// <summary>An entry of a record whose labels were corrected.</summary>
/// <param name="Kind">Its stored name.</param>
/// <param name="OverdoseId">The overdose it tells of, when it is the report of one or an agent's knowing.</param>
/// <param name="AgencyId">Whose record it is; null for the system's own.</param>
/// <param name="Recorded">Codes it was recorded with.</param>
/// <param name="Labels">Codes that hold now.</param>
public sealed record CorrectedEntry(
    Guid EventId, string Kind, Guid? OverdoseId, string? AgencyId, IReadOnlyList<string> Recorded, IReadOnlyList<string> Labels)
{
    /// <summary>What it tells, in the words of a consent.</summary>
    public ConsentInformation Information { get; } =
        ProjectionCatalogue.EventTypes.Find(Kind) is { } type ? Told.By(type) : ConsentInformation.WholeRecord;

    /// <summary>What the correction put on it.</summary>
    public IEnumerable<string> PutOn => Labels.Except(Recorded, StringComparer.Ordinal);

    /// <returns>The entry under some labels, as the decision asks about it.</returns>
    public RecordShown Under(IEnumerable<string> labels) => new(AgencyId, Domain.Privacy.Labels.Of(labels), Information);
}

/// <summary>
/// The labels that hold for the entries of a record: those they were recorded with, or those they were corrected to, as they are when somebody
/// asks, also in a question about the past. Everything but the timeline, whose rows carry them, knows them from here, by <see cref="EntrySights"/>.
/// </summary>
public sealed class EntryLabels
{
    /// <summary>Nothing was corrected.</summary>
    public static readonly EntryLabels AsRecorded = new(new Dictionary<Guid, CorrectedEntry>());

    private readonly IReadOnlyDictionary<Guid, CorrectedEntry> corrected;

    private EntryLabels(IReadOnlyDictionary<Guid, CorrectedEntry> corrected) => this.corrected = corrected;

    /// <summary>Everything that was corrected.</summary>
    public IEnumerable<CorrectedEntry> Corrected => corrected.Values;

    /// <summary>Nothing was corrected.</summary>
    public bool IsEmpty => corrected.Count == 0;

    /// <returns>The corrected entry; null when its labels are those it was recorded with.</returns>
    public CorrectedEntry? Find(Guid eventId) => corrected.GetValueOrDefault(eventId);

    /// <returns>The codes that hold.</returns>
    public IReadOnlyList<string> Of(RecordedEvent recorded) => Find(recorded.EventId)?.Labels ?? (recorded.Headers as Circumstances)?.Labels ?? [];

    /// <summary>From the corrections of one or several records.</summary>
    public static EntryLabels Of(IEnumerable<RecordedEvent> corrections)
    {
        Dictionary<Guid, CorrectedEntry>? entries = null;
        foreach (var recorded in corrections)
        {
            if (recorded.Data is not EventLabelsCorrected e)
                continue;
            entries ??= [];
            entries[e.CorrectedEventId] = entries.TryGetValue(e.CorrectedEventId, out var earlier)
                ? earlier with { Labels = e.Labels }
                : new CorrectedEntry(e.CorrectedEventId, e.CorrectedKind, e.OverdoseId, (recorded.Headers as Circumstances)?.Owner(), e.PreviousLabels, e.Labels);
        }

        return entries is null ? AsRecorded : new EntryLabels(entries);
    }

    /// <summary>Of entries, each once.</summary>
    public static EntryLabels Of(IEnumerable<CorrectedEntry> corrected) =>
        corrected.ToDictionary(entry => entry.EventId) is { Count: > 0 } entries ? new EntryLabels(entries) : AsRecorded;

    /// <summary>Of a record and others that its entries may have been on; the correction on the record named first counts.</summary>
    public static EntryLabels Together(IEnumerable<EntryLabels> records) =>
        Of(records.SelectMany(record => record.Corrected).DistinctBy(entry => entry.EventId));
}
