namespace CaseFlow.Domain.Overdoses;

/// <summary>What had been reported was wrong.</summary>
/// <param name="ReportEventId">The event id of the report on record.</param>
/// <param name="CorrectedEventId">The event the author means to correct; must be the report.</param>
/// <param name="When">The corrected time of the overdose, and when the error became known.</param>
public sealed record CorrectOverdoseReport(
    Guid OverdoseId, Guid CorrectedEventId, Guid? ReportEventId, OverdoseDetails Details, Sealed<string> Reason, When When)
{
    public static Decision<OverdoseEvent> Decide(CorrectOverdoseReport command, OverdoseState state, DateTimeOffset now)
    {
        if (!state.Reported)
            return OverdoseRejections.NotFound(command.OverdoseId);
        if (command.ReportEventId != command.CorrectedEventId)
            return OverdoseRejections.ReportEventUnknown(command.CorrectedEventId);
        if ((command.When.Check(now) ?? ReportOverdose.Check(command.Details)) is { } rejection)
            return rejection;

        var timeMoved = (command.When.OccurredAt, command.When.OccurredUntil) != (state.OccurredAt, state.OccurredUntil);
        if (!timeMoved && command.Details.Equals(state.Details))
            return state.Corrected ? Decision<OverdoseEvent>.AlreadyDoneIf<OverdoseReportCorrected>((fact, same) => command.When.Says(fact, now) && same(command.Reason, fact.Reason)) : OverdoseRejections.NothingCorrected();

        return new OverdoseReportCorrected(
            command.CorrectedEventId, timeMoved ? command.When.OccurredAt : null, command.Details, command.Reason)
        {
            OverdoseId = command.OverdoseId,
            ClientId = state.ClientId,
        }.At(command.When);
    }
}
