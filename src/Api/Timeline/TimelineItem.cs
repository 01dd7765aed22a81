using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Privacy;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.Timeline;

/// <summary>One touchpoint.</summary>
/// <param name="Kind">Stored event name.</param>
/// <param name="Intercept">Sequential Intercept Model 0–5; null for none.</param>
/// <param name="SourceAgency">Whose record it is; null for the system's own.</param>
/// <param name="Summary">One line of plain language.</param>
/// <param name="Correction">What was corrected last, with what it said before; the reason's words are not told by consent or court order.</param>
/// <param name="Labels">What law it is under (docs/privacy.md).</param>
/// <param name="LabelCorrection">The last correction of its labels; not told to other agencies.</param>
/// <param name="Basis">On what ground it is shown.</param>
/// <param name="ConsentId">The consent that shows it; null on any other ground.</param>
public sealed record TimelineItem(
    Guid EventId,
    string Kind,
    int? Intercept,
    IReadOnlyList<int> AlsoRelevantTo,
    string? SourceAgency,
    Role? ActorRole,
    string? SourceSystem,
    DateTimeOffset OccurredAt,
    TimePrecision OccurredPrecision,
    DateTimeOffset? OccurredUntil,
    DateTimeOffset KnownAt,
    DateTimeOffset RecordedAt,
    string Summary,
    TimelineCorrection? Correction,
    IReadOnlyList<string> Labels,
    LabelCorrection? LabelCorrection,
    Basis Basis,
    Guid? ConsentId)
{
    /// <summary>The court order that shows it; null on any other ground.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>Why its content is erased, a code; null while it has any.</summary>
    public string? ErasedReason { get; init; }

    /// <summary>Why its content is not shown until an order is lifted, a code; null while it is.</summary>
    public string? SealedReason { get; init; }

    /// <summary>It was recorded on this person by mistake, and stays because it decides something; null when that was not found.</summary>
    public EntryMistake? Mistaken { get; init; }

    /// <summary>What stands beside it at the client's request; its words are not told by consent or court order.</summary>
    public IReadOnlyList<EntryAmendment> Amendments { get; init; } = [];

    /// <summary>Whether criminal justice information is told here.</summary>
    internal bool TellsCji => ErasedReason is null && SealedReason is null && CjiReads.IsCji(Labels);

    /// <summary>What stays: what kind of thing it was, and when.</summary>
    public TimelineItem WithoutContent(ContentHidden hidden) => this with
    {
        Summary = hidden.IsErased ? "Erased" : "Sealed",
        Correction = null,
        LabelCorrection = null,
        Amendments = [],
        SourceSystem = null,
        ErasedReason = hidden.IsErased ? hidden.ReasonCode : null,
        SealedReason = hidden.IsErased ? null : hidden.ReasonCode,
    };

    /// <param name="entry">The entry.</param>
    /// <param name="shown">On what ground it is shown.</param>
    /// <param name="open">Opens a sealed text, or says null.</param>
    public static TimelineItem Of(TimelineEntry entry, Disclosure.Allowed shown, Func<string?, string?> open)
    {
        var beside = EntryBeside.Of(entry, shown, open);
        return new(
            entry.EventId,
            entry.Kind,
            entry.Intercept,
            entry.AlsoRelevantTo,
            entry.SourceAgency,
            entry.ActorRole,
            entry.SourceSystem,
            entry.OccurredAt,
            entry.OccurredPrecision,
            entry.OccurredUntil,
            entry.KnownAt,
            entry.RecordedAt,
            entry.Summary,
            // Words may say anything: to those who are told by consent or order they would say more than it names.
            entry.Correction is { } correction
                ? correction with { Reason = shown.Basis is Basis.Consent or Basis.CourtOrder ? null : open(correction.Reason) }
                : null,
            entry.Labels,
            // Why an agency corrected a label is its own affair, and that of those who watch over it.
            entry.LabelCorrection is { } relabelled && shown.Basis is not (Basis.Consent or Basis.CourtOrder or Basis.Emergency) ? relabelled with { Reason = open(relabelled.Reason) } : null,
            shown.Basis,
            shown.ConsentId)
        {
            OrderId = shown.OrderId,
            Mistaken = beside.Mistaken,
            Amendments = beside.Amendments,
        };
    }

    public static TimelineItem Example { get; } = new(
        Guid.Parse("0195d6c4-0000-7000-8000-000000000009"),
        "overdose_reported",
        Intercept: 0,
        AlsoRelevantTo: [5],
        "dcc",
        Role.Agent,
        SourceSystem: null,
        new DateTimeOffset(2026, 3, 1, 6, 0, 0, TimeSpan.Zero),
        TimePrecision.Day,
        new DateTimeOffset(2026, 3, 2, 6, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 3, 9, 16, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 3, 12, 15, 0, 0, TimeSpan.Zero),
        "Overdose suspected: heroin; naloxone given (2)",
        Correction: null,
        Labels: [],
        LabelCorrection: null,
        Basis.OwnRecord,
        ConsentId: null);
}
