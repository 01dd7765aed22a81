using CaseFlow.Domain.Privacy;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.Privacy;

/// <summary>What stands beside an entry, wherever the entry is shown.</summary>
/// <param name="EventId">The event that wrote the entry.</param>
/// <param name="Kind">Its stored name.</param>
/// <param name="OccurredAt">When what it tells of occurred.</param>
/// <param name="Mistaken">It was recorded on this person by mistake, and stays because it decides something; null when that was not found.</param>
/// <param name="Amendments">What the client had put beside it; the words are not told by consent or court order.</param>
public sealed record EntryBeside(
    Guid EventId, string Kind, DateTimeOffset OccurredAt, EntryMistake? Mistaken, IReadOnlyList<EntryAmendment> Amendments)
{
    /// <summary>What is hidden takes its amendments with it, and leaves that it is on the wrong person.</summary>
    public EntryBeside WithoutContent() => this with { Amendments = [] };

    /// <summary>
    /// That it is amended, and on what ground not, goes with every disclosure of it (45 CFR 164.526(d)(5)). Words may say anything: to those who are told
    /// by consent or order they would say more than it names, so whoever is told may ask for them.
    /// </summary>
    /// <param name="entry">The entry.</param>
    /// <param name="shown">On what ground it is shown.</param>
    /// <param name="open">Opens a sealed text, or says null.</param>
    public static EntryBeside Of(TimelineEntry entry, Disclosure.Allowed shown, Func<string?, string?> open) =>
        With(entry, shown.Basis is Basis.Consent or Basis.CourtOrder ? _ => null : open);

    /// <returns>What stands beside it, for pages that tell nobody's words.</returns>
    public static EntryBeside WithoutWords(TimelineEntry entry) => With(entry, _ => null);

    private static EntryBeside With(TimelineEntry entry, Func<string?, string?> open) => new(
        entry.EventId, entry.Kind, entry.OccurredAt, entry.Mistaken, [.. entry.Amendments.Select(amendment => amendment with { Words = open(amendment.Words) })]);
}
