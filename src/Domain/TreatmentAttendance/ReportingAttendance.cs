namespace CaseFlow.Domain.TreatmentAttendance;

/// <summary>Whose attendance it is, and from which local days on it can be, until when.</summary>
/// <param name="ReferredOn">Nothing before it is of this participation.</param>
/// <param name="EndedOn">Nothing after it is; null while it lasts.</param>
public sealed record AttendedIn(Guid ParticipationId, Guid ClientId, DateOnly ReferredOn, DateOnly? EndedOn);

/// <summary>A treatment provider reports attendance over a period that is over: counts, and no content of sessions.</summary>
/// <param name="ReportId">Chosen by who reports.</param>
/// <param name="ProgramId">The provider's programme; null for none.</param>
/// <param name="Today">Local.</param>
/// <param name="When">The end of the period, and when it was known.</param>
public sealed record ReportTreatmentAttendance(
    AttendedIn In, Guid ReportId, string ProviderAgencyId, string? ProgramId, DateOnly From, DateOnly To, AttendanceCount Count, DateOnly Today, When When)
{
    private const int MostDays = 92;

    /// <summary>As it was told first it is told already, whatever was corrected since.</summary>
    public static Decision<TreatmentAttendanceEvent> Decide(ReportTreatmentAttendance command, TreatmentAttendanceState state, DateTimeOffset now) =>
        state.Reports.GetValueOrDefault(command.ReportId) is { Count: not null }
            ? DecideAnew(command, state, now).UnlessTold<TreatmentAttendanceReported>(command.When, now, (fact, _) =>
                (fact.ReportId, fact.ProgramId, fact.From, fact.To, fact.Count) == (command.ReportId, command.ProgramId, command.From, command.To, command.Count))
            : DecideAnew(command, state, now);

    private static Decision<TreatmentAttendanceEvent> DecideAnew(ReportTreatmentAttendance command, TreatmentAttendanceState state, DateTimeOffset now)
    {
        if (state.Reports.TryGetValue(command.ReportId, out var known))
        {
            return known.Count is null ? TreatmentAttendanceRejections.Retracted()
                : known == new AttendanceReport(command.ReportId, command.ProgramId, command.From, command.To, command.Count)
                    ? Decision<TreatmentAttendanceEvent>.AlreadyDone
                    : TreatmentAttendanceRejections.ToldDifferently(command.ReportId);
        }

        if ((CheckPeriod(command) ?? AttendanceCounts.Check(command.Count) ?? command.When.Check(now)) is { } rejection)
            return rejection;
        var isCounted = state.Reports.Values.Any(report =>
            report.Count is not null && report.ProgramId == command.ProgramId && report.From <= command.To && command.From <= report.To);
        return isCounted
            ? TreatmentAttendanceRejections.PeriodReported()
            : new TreatmentAttendanceReported(command.ProviderAgencyId, command.ProgramId, command.From, command.To, command.Count)
            {
                ParticipationId = command.In.ParticipationId,
                ClientId = command.In.ClientId,
                ReportId = command.ReportId,
            }.At(command.When);
    }

    private static Rejection? CheckPeriod(ReportTreatmentAttendance command)
    {
        if (command.To < command.From || command.To.DayNumber - command.From.DayNumber >= MostDays || command.To > command.Today)
            return TreatmentAttendanceRejections.PeriodUnsound(MostDays);
        return command.To < command.In.ReferredOn || command.From > command.In.EndedOn ? TreatmentAttendanceRejections.OutsideParticipation() : null;
    }
}

/// <summary>A report was wrong: the right count counts instead, or nothing does (R65). Also once the participation is over.</summary>
/// <param name="ClientId">Whose report it is.</param>
/// <param name="Reported">Event and recorder of the report; null when there is none.</param>
/// <param name="Count">The right count; null to retract the report.</param>
public sealed record CorrectTreatmentAttendance(
    Guid ParticipationId, Guid ClientId, Guid ReportId, (Guid EventId, string? RecordedBy)? Reported, AttendanceCount? Count, Corrector By, Sealed<string> Reason)
{
    public static Decision<TreatmentAttendanceEvent> Decide(CorrectTreatmentAttendance command, TreatmentAttendanceState state, DateTimeOffset now)
    {
        if (state.Reports.GetValueOrDefault(command.ReportId) is not { } known || command.Reported is not var (eventId, recordedBy))
            return TreatmentAttendanceRejections.NotFound(command.ReportId);
        if (!command.By.MayCorrect(recordedBy))
            return TreatmentAttendanceRejections.NotTheRecorder();
        if (known.Count == command.Count)
        {
            return Decision<TreatmentAttendanceEvent>.AlreadyDoneIf<TreatmentAttendanceEvent>(
                fact => fact.ReportId == command.ReportId,
                (fact, same) => fact is TreatmentAttendanceReported told ? told.Count == command.Count : fact is TreatmentAttendanceCorrected e && same(command.Reason, e.Reason));
        }

        if (known.Count is null)
            return TreatmentAttendanceRejections.Retracted();
        return command.Count is { } count && AttendanceCounts.Check(count) is { } unsound
            ? unsound
            : new TreatmentAttendanceCorrected(eventId, command.Count, command.Reason)
            {
                ParticipationId = command.ParticipationId,
                ClientId = command.ClientId,
                ReportId = command.ReportId,
            }.At(now);
    }
}

internal static class AttendanceCounts
{
    private const int MostSessions = 500;

    /// <summary>Whoever came or was excused was offered a session.</summary>
    public static Rejection? Check(AttendanceCount count) =>
        count is { Offered: >= 0 and <= MostSessions, Attended: >= 0, Excused: >= 0 } && count.Missed() >= 0
            ? null
            : TreatmentAttendanceRejections.CountUnsound(MostSessions);
}
