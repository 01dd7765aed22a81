namespace CaseFlow.Domain.Agencies;

/// <summary>An agency opens a programme, or opens a closed one again.</summary>
/// <param name="Intercept">Sequential Intercept Model 0–5; null for none.</param>
public sealed record OpenProgram(string AgencyId, string ProgramId, string Name, int? Intercept)
{
    public static Decision<DirectoryEvent> Decide(OpenProgram command, DirectoryState state, DateTimeOffset now)
    {
        if (!Slug.IsValid(command.ProgramId))
            return DirectoryRejections.IdNotASlug("programId");
        if (command.Intercept is < 0 or > 5)
            return DirectoryRejections.InterceptOutOfRange();
        if (state.FindAgency(command.AgencyId) is not { } agency)
            return DirectoryRejections.AgencyNotFound(command.AgencyId);

        return agency.Programs.GetValueOrDefault(command.ProgramId) switch
        {
            { IsOpen: true } open when (open.Name, open.Intercept) == (command.Name, command.Intercept) =>
                Decision<DirectoryEvent>.AlreadyDone,
            { IsOpen: true } => DirectoryRejections.ProgramOpenedDifferently(command.ProgramId),
            _ => new ProgramOpened(command.AgencyId, command.ProgramId, command.Name, command.Intercept).At(now),
        };
    }
}
