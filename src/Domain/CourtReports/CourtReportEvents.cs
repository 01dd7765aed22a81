using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.CourtReports;

// Storage format: renaming a type or a member here breaks every packet already issued.

/// <summary>Packets for hearings: one stream per packet, with one page for each participant of it.</summary>
public abstract record CourtReportEvent : DomainEvent, IClientEvent
{
    public required Guid PacketId { get; init; }

    public required Guid ClientId { get; init; }

    Guid? IClientEvent.ClientId => ClientId;
}

/// <summary>
/// A page about a participant was issued for a hearing. Its data and its sheet are kept as they were issued, sealed under the client's key, so no
/// later program can write them differently; the moment says from what they were made, and the hashes prove that they are the same.
/// </summary>
/// <param name="ParticipationId">Whose page.</param>
/// <param name="Court">The court's code.</param>
/// <param name="ForRole">For whose eyes it was made.</param>
/// <param name="Format">Version of what a page holds and how it is written.</param>
/// <param name="Position">What had been recorded: up to this position of the log.</param>
/// <param name="AsOf">What had occurred by then; null for all that was recorded.</param>
/// <param name="EvaluatedAt">Against which instant days and due times were counted; consents were judged then.</param>
/// <param name="CourtVersion">Version of the court's configuration that it was measured by.</param>
/// <param name="PolicyVersion">Version of the jurisdiction's policy; null where there was none.</param>
/// <param name="ContentHash">SHA-256 of the page's JSON in UTF-8, lower-case hex.</param>
/// <param name="Data">The page's JSON as it was issued; null for pages of formats 1 and 2, which are made again from their moment.</param>
/// <param name="Sheet">The page on paper, HTML, as it was issued; null with <paramref name="Data"/>.</param>
/// <param name="SheetHash">SHA-256 of the sheet in UTF-8, lower-case hex; null with <paramref name="Data"/>.</param>
public sealed record CourtReportIssued(
    Guid ParticipationId,
    string Court,
    Role ForRole,
    int Format,
    long Position,
    DateTimeOffset? AsOf,
    DateTimeOffset EvaluatedAt,
    int CourtVersion,
    int? PolicyVersion,
    string ContentHash,
    Sealed<string>? Data = null,
    Sealed<string>? Sheet = null,
    string? SheetHash = null) : CourtReportEvent
{
    /// <summary>It was asked for as the record was at this instant; null for all that was recorded when it was issued.</summary>
    public DateTimeOffset? AsRecorded { get; init; }
}

/// <summary>A packet that was issued, page by page.</summary>
public sealed record CourtReportState(ImmutableList<CourtReportIssued> Pages)
{
    public static readonly CourtReportState Initial = new(ImmutableList<CourtReportIssued>.Empty);

    public static CourtReportState Evolve(CourtReportState state, CourtReportEvent fact) => fact switch
    {
        CourtReportIssued e => new(state.Pages.Add(e)),
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(CourtReportState)}."),
    };
}
