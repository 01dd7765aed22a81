namespace CaseFlow.Domain.Agencies;

/// <summary>Somebody who may has answered under which law an agency's or a programme's records are.</summary>
/// <param name="ProgramId">Null for the agency itself.</param>
public sealed record DecideRecordStatus(string AgencyId, string? ProgramId, RecordStatus Status, string Reason)
{
    public static Decision<DirectoryEvent> Decide(DecideRecordStatus command, DirectoryState state, DateTimeOffset now)
    {
        if (state.FindAgency(command.AgencyId) is not { } agency)
            return DirectoryRejections.AgencyNotFound(command.AgencyId);
        if (command.ProgramId is { } programId && !agency.Programs.ContainsKey(programId))
            return DirectoryRejections.ProgramNotFound(programId);

        var known = command.ProgramId is null ? agency.Status : agency.Programs[command.ProgramId].Status;
        return known == command.Status
            ? Decision<DirectoryEvent>.AlreadyDoneIf<RecordStatusDecided>(fact => (fact.AgencyId, fact.ProgramId) == (command.AgencyId, command.ProgramId), (fact, _) => (fact.Status, fact.Reason) == (command.Status, command.Reason))
            : new RecordStatusDecided(command.AgencyId, command.ProgramId, command.Status, command.Reason).At(now);
    }
}
