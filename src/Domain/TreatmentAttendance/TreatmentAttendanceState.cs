using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.TreatmentAttendance;

/// <summary>What one provider reported of one participation.</summary>
/// <param name="Reports">By id.</param>
public sealed record TreatmentAttendanceState(ImmutableDictionary<Guid, AttendanceReport> Reports)
{
    public static readonly TreatmentAttendanceState Initial = new(ImmutableDictionary<Guid, AttendanceReport>.Empty);

    public static TreatmentAttendanceState Evolve(TreatmentAttendanceState state, TreatmentAttendanceEvent fact) => fact switch
    {
        TreatmentAttendanceReported e => state.With(new AttendanceReport(e.ReportId, e.ProgramId, e.From, e.To, e.Count)),
        TreatmentAttendanceCorrected e => state.With(state.Reports[e.ReportId] with { Count = e.Count }),
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(TreatmentAttendanceState)}."),
    };

    private TreatmentAttendanceState With(AttendanceReport report) => new(Reports.SetItem(report.ReportId, report));
}

/// <param name="Count">Null once it is retracted.</param>
public sealed record AttendanceReport(Guid ReportId, string? ProgramId, DateOnly From, DateOnly To, AttendanceCount? Count);
