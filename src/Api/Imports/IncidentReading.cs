using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Api.Imports;

/// <summary>What the rules make of a row: a report or a rejection.</summary>
public readonly record struct IncidentReading(IncidentReport? Report, RejectedRow? Rejected)
{
    public static implicit operator IncidentReading(IncidentReport report) => new(report, null);

    public static implicit operator IncidentReading(RejectedRow rejected) => new(null, rejected);
}

/// <summary>A row that stands.</summary>
/// <param name="Row">Where it came from.</param>
/// <param name="ExternalId">Incident and victim number, <c>9670/7600</c>: the row's identity at its source.</param>
/// <param name="Command">What is asked of the domain, as by HTTP.</param>
/// <param name="Notes">What of the row is not known.</param>
public sealed record IncidentReport(IncidentRow Row, string ExternalId, ReportOverdose Command, IReadOnlyList<RowNote> Notes);
