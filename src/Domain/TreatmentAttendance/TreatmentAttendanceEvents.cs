namespace CaseFlow.Domain.TreatmentAttendance;

// Storage format: renaming a type or a member here breaks every attendance already recorded.

/// <summary>
/// What a treatment provider tells of one participant's attendance: how many sessions, never what was in them. One stream per participation and
/// provider. It is the provider's record and reaches the court's team by the client's consent alone (42 CFR 2.31, 2.35; R38).
/// </summary>
public abstract record TreatmentAttendanceEvent : DomainEvent, IClientEvent
{
    public required Guid ParticipationId { get; init; }

    public required Guid ClientId { get; init; }

    Guid? IClientEvent.ClientId => ClientId;

    /// <summary>Names the report for ever.</summary>
    public required Guid ReportId { get; init; }
}

/// <summary>Attendance over a period; <c>occurredAt</c> is the end of the period.</summary>
/// <param name="ProviderAgencyId">Whose sessions.</param>
/// <param name="ProgramId">The provider's programme, whose law the record is under; null for none.</param>
/// <param name="From">First local day.</param>
/// <param name="To">Last local day.</param>
public sealed record TreatmentAttendanceReported(
    string ProviderAgencyId, string? ProgramId, DateOnly From, DateOnly To, AttendanceCount Count) : TreatmentAttendanceEvent;

/// <summary>A report was wrong; what was recorded stays as it is (R65).</summary>
/// <param name="CorrectedEventId">The report.</param>
/// <param name="Count">The right count; null when there is nothing to report of the period.</param>
/// <param name="Reason">Why, sealed.</param>
public sealed record TreatmentAttendanceCorrected(Guid CorrectedEventId, AttendanceCount? Count, Sealed<string> Reason) : TreatmentAttendanceEvent, ICorrection
{
    DateTimeOffset? ICorrection.CorrectedOccurredAt => null;
}

/// <summary>Sessions of a period.</summary>
/// <param name="Offered">How many the participant was to come to.</param>
/// <param name="Attended">How many they came to.</param>
/// <param name="Excused">How many they missed with an excuse; the others were missed without.</param>
public sealed record AttendanceCount(int Offered, int Attended, int Excused)
{
    /// <summary>Missed without an excuse.</summary>
    public int Missed() => Offered - Attended - Excused;
}
