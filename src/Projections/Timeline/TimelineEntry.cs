using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;

namespace CaseFlow.Projections.Timeline;

/// <summary>
/// One touchpoint in a client's timeline: where in the system of intercepts, who told it, its three times, one line of plain
/// language, and whether it was corrected.
/// </summary>
/// <param name="ClientId">Null for an overdose whose person is not identified; then nobody's timeline shows it.</param>
/// <param name="Kind">Stored event name.</param>
/// <param name="SourceAgency">Whose record it is; null for the system's own.</param>
/// <param name="SourceSystem">The system it was imported from, when it was.</param>
/// <param name="Summary">Plain language, never personal content.</param>
public sealed record TimelineEntry(
    Guid EventId,
    Guid? ClientId,
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
    string Summary)
{
    /// <summary>Where in the log it was told: entries of one instant stand in the order they were recorded.</summary>
    public long LogPosition { get; init; }

    /// <summary>What was corrected last; null when nothing was.</summary>
    public TimelineCorrection? Correction { get; init; }

    /// <summary>What a correction says of its time alone: it stands at the end of the line, beside what was found. Null for nothing.</summary>
    public string? RightTime { get; init; }

    /// <summary>What law it is under, by codes in their order.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>What it tells, in the words of a consent.</summary>
    public ConsentInformation Information { get; init; } = ConsentInformation.WholeRecord;

    /// <summary>The staff id of who keeps it as a private note; null for what is no private note.</summary>
    public string? Author { get; init; }

    /// <summary>The staff id of who recorded what may become a private note by a correction; null for what may not.</summary>
    public string? Recorder { get; init; }

    /// <summary>The last correction of its labels; null when there was none.</summary>
    public LabelCorrection? LabelCorrection { get; init; }

    /// <summary>What the client had put beside it, in the order it was recorded.</summary>
    public IReadOnlyList<EntryAmendment> Amendments { get; init; } = [];

    /// <summary>The overdose it tells of, when it is the report of one or an agent's knowing.</summary>
    public Guid? OverdoseId { get; init; }

    /// <summary>On whom it was recorded by mistake; null for nobody. Its words are sealed under that client's key.</summary>
    public Guid? RecordedOn { get; init; }

    /// <summary>It is on the wrong person and stays, because it decides something; null for none.</summary>
    public EntryMistake? Mistaken { get; init; }

    /// <summary>Whether anything stands beside it: an amendment, a disagreement, or that it is on the wrong person.</summary>
    internal bool IsMarked => Mistaken is not null || Amendments.Count > 0;

    /// <summary>Where it comes from.</summary>
    public TimelineSource Source() => new(SourceAgency, Information, Labels, Author);

    /// <returns>A line with what was put right of its time.</returns>
    internal static string Beside(string found, string time) => $"{found}. {time}";

    /// <returns>The line without what was put right of its time.</returns>
    internal string WithoutTime() => RightTime is { } time ? Summary[..^Beside("", time).Length] : Summary;

    /// <summary>The instant from which <c>asOf</c> counts it as occurred.</summary>
    internal DateTimeOffset CountsFrom() => OccurredUntil ?? OccurredAt;
}

/// <param name="CorrectionEventId">The event that corrected it.</param>
/// <param name="Reason">The author's reason, a sealed token.</param>
/// <param name="PreviousSummary">What it said before.</param>
/// <param name="PreviousOccurredAt">When it was said to have occurred before.</param>
public sealed record TimelineCorrection(
    Guid CorrectionEventId, DateTimeOffset CorrectedAt, string? CorrectedBy, string? Reason, string PreviousSummary, DateTimeOffset PreviousOccurredAt);

/// <param name="CorrectionEventId">The event that corrected them.</param>
/// <param name="Reason">The author's reason, a sealed token.</param>
/// <param name="PreviousLabels">Codes that held before.</param>
public sealed record LabelCorrection(
    Guid CorrectionEventId, DateTimeOffset CorrectedAt, string? CorrectedBy, string? Reason, IReadOnlyList<string> PreviousLabels);

/// <summary>An entry is on the wrong person's record.</summary>
/// <param name="EventId">The event that says so.</param>
/// <param name="At">When it was found.</param>
public sealed record EntryMistake(Guid EventId, DateTimeOffset At);

/// <summary>What stands beside an entry at the client's request (45 CFR 164.526).</summary>
/// <param name="EventId">The event that put it there.</param>
/// <param name="RequestId">What the client asked.</param>
/// <param name="Outcome">Accepted; or denied, and then the client disagrees.</param>
/// <param name="Ground">On what ground it was denied; null for one that was accepted.</param>
/// <param name="At">When it was accepted, or disagreed with.</param>
/// <param name="Words">The accepted words, or the client's own, a sealed token.</param>
public sealed record EntryAmendment(
    Guid EventId, Guid RequestId, RightsOutcome Outcome, AmendmentDenial? Ground, DateTimeOffset At, string? Words);
