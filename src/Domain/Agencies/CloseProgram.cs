namespace CaseFlow.Domain.Agencies;

/// <summary>A programme comes to its end.</summary>
public sealed record CloseProgram(string AgencyId, string ProgramId, string Reason)
{
    public static Decision<DirectoryEvent> Decide(CloseProgram command, DirectoryState state, DateTimeOffset now)
    {
        if (state.FindAgency(command.AgencyId) is not { } agency)
            return DirectoryRejections.AgencyNotFound(command.AgencyId);

        return agency.Programs.GetValueOrDefault(command.ProgramId) switch
        {
            null => DirectoryRejections.ProgramNotFound(command.ProgramId),
            { IsOpen: false } => Decision<DirectoryEvent>.AlreadyDoneIf<ProgramClosed>(fact => (fact.AgencyId, fact.ProgramId) == (command.AgencyId, command.ProgramId), (fact, _) => fact.Reason == command.Reason),
            _ => new ProgramClosed(command.AgencyId, command.ProgramId, command.Reason).At(now),
        };
    }
}
