using CaseFlow.Api.Privacy;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.CourtViews;

/// <summary>
/// What stands beside the entries that a page about a participant tells of. Such a page has codes, days and numbers and nobody's words, so it says that an
/// entry is amended, or denied and on what ground, or on the wrong person; the words are where the entry is read.
/// </summary>
/// <param name="Beside">In the order of the entries.</param>
/// <param name="ChangedAt">The log position of the last change of these; 0 for none.</param>
public sealed record CourtMarks(IReadOnlyList<EntryBeside> Beside, long ChangedAt)
{
    private static readonly CourtMarks None = new([], 0);

    /// <param name="marked">Entries of the client's record beside which something stands, or stood.</param>
    /// <param name="seen">What is seen of the participant, every row whole.</param>
    /// <param name="eyes">Through whose eyes.</param>
    public static CourtMarks Of(IReadOnlyList<MarkedEntry> marked, ParticipantSeen seen, CourtEyes eyes)
    {
        if (marked.Count == 0)
            return None;
        return Of(marked, Told(seen), eyes);
    }

    /// <param name="marked">Entries of the client's record beside which something stands, or stood.</param>
    /// <param name="told">The events that the page tells of.</param>
    /// <param name="eyes">Through whose eyes.</param>
    public static CourtMarks Of(IReadOnlyList<MarkedEntry> marked, IReadOnlySet<Guid> told, CourtEyes eyes)
    {
        var own = marked.Where(one => told.Contains(one.Entry.EventId) && eyes.Sees(SourceOf(one.Entry).Key)).ToList();
        return new CourtMarks(
            [
                .. own.Where(one => one.Until is null).OrderBy(one => one.Entry.OccurredAt).ThenBy(one => one.Entry.LogPosition)
                    .Select(one => EntryBeside.WithoutWords(one.Entry)),
            ],
            own.Max(one => (long?)(one.Until ?? one.Since)) ?? 0);
    }

    private static HashSet<Guid> Told(ParticipantSeen seen) =>
    [
        .. seen.Entry.Facts.Select(fact => fact.EventId)
            .Concat(seen.Hearings.Select(hearing => hearing.Fact.EventId))
            .Concat(seen.Activity.SelectMany(line => line.Row?.Events ?? [])),
    ];

    private static TimelineSource SourceOf(TimelineEntry entry) => new(entry.SourceAgency, entry.Information, entry.Labels);
}
