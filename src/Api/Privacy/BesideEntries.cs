using CaseFlow.Api.Access;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.Privacy;

/// <summary>
/// Finds what stands beside entries for the pages that show some of them by themselves: amendments, disagreements, and that an entry is on the wrong
/// person. The timeline's rows say it, and who sees an entry there sees here what stands beside it, by its labels.
/// </summary>
public sealed class BesideEntries(CaseFlowDatabase database, RecordSights sights, Persons persons, OpenedTexts texts)
{
    /// <summary>As somebody sees it, by the rights, labels and consents of now.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="clients">On whose records the entries are.</param>
    /// <param name="asked">The question's moment, for a write that must show; null for a page that knows no moments.</param>
    /// <param name="position">The log position asked about; null for now.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<MarksShown> OfAsync(
        Actor actor, IReadOnlyCollection<Guid> clients, AskedMoment? asked, long? position, CancellationToken cancellation)
    {
        if (asked?.AtLeast is { } token)
            await database.Reader.AwaitAsync(TimelineView.ViewName, actor.Jurisdiction, token, cancellation);
        var standing = (await HeldAsync(actor.Jurisdiction, clients, position, cancellation)).Where(one => one.Until is null).ToList();
        if (standing.Count == 0)
            return MarksShown.None;

        List<TimelineEntry> entries = [.. standing.Select(one => one.Entry)];
        var hidden = await ErasedContent.OfAsync(database.Store, persons, actor, entries, cancellation);
        await texts.PreloadAsync(
            actor.Jurisdiction, entries.SelectMany(entry => (Guid?[])[entry.ClientId, entry.RecordedOn]).OfType<Guid>(), cancellation);
        var shown = new List<EntryBeside>();
        foreach (var record in standing.GroupBy(one => one.Entry.ClientId!.Value))
        {
            var sight = await sights.OfAsync(actor, record.Key, position, cancellation);
            foreach (var one in record)
            {
                if (sight.ShownBy(one) is not { } allowed)
                    continue;
                var beside = EntryBeside.Of(one.Entry, allowed, token => texts.Open(actor.Jurisdiction, token));
                shown.Add(hidden(one.Entry) is null ? beside : beside.WithoutContent());
            }
        }

        return new MarksShown(shown);
    }

    /// <summary>Before anybody's rights are asked: of pages that have a decision of their own, about several readers at once.</summary>
    public Task<IReadOnlyList<MarkedEntry>> HeldAsync(string jurisdiction, IReadOnlyCollection<Guid> clients, long? position, CancellationToken cancellation) =>
        TimelineQueries.MarkedAsync(database.Reader, database.Views.Timeline, jurisdiction, clients, position, cancellation);
}

/// <summary>What stands beside the entries of some records, as somebody sees it.</summary>
public sealed class MarksShown
{
    private readonly Dictionary<Guid, EntryBeside> byEvent;

    internal MarksShown(IEnumerable<EntryBeside> shown) =>
        byEvent = shown.Where(one => one.Mistaken is not null || one.Amendments.Count > 0).ToDictionary(one => one.EventId);

    /// <summary>Nothing stands beside anything.</summary>
    public static MarksShown None { get; } = new([]);

    public bool IsEmpty => byEvent.Count == 0;

    /// <returns>What stands beside an entry, by the event that wrote it; null for nothing.</returns>
    public EntryBeside? Of(Guid eventId) => byEvent.GetValueOrDefault(eventId);

    /// <returns>What stands beside any of some entries, in their order.</returns>
    public IReadOnlyList<EntryBeside> Among(IEnumerable<Guid> eventIds) => IsEmpty ? [] : [.. eventIds.Distinct().Select(Of).OfType<EntryBeside>()];
}
