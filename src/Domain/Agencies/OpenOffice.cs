namespace CaseFlow.Domain.Agencies;

/// <summary>An agency opens an office, or opens a closed one again.</summary>
public sealed record OpenOffice(string AgencyId, string OfficeId, string Name)
{
    public static Decision<DirectoryEvent> Decide(OpenOffice command, DirectoryState state, DateTimeOffset now)
    {
        if (!Slug.IsValid(command.OfficeId))
            return DirectoryRejections.IdNotASlug("officeId");
        if (state.FindAgency(command.AgencyId) is not { } agency)
            return DirectoryRejections.AgencyNotFound(command.AgencyId);

        return agency.Offices.GetValueOrDefault(command.OfficeId) switch
        {
            { IsOpen: true } office when office.Name == command.Name => Decision<DirectoryEvent>.AlreadyDone,
            { IsOpen: true } => DirectoryRejections.OfficeOpenedDifferently(command.OfficeId),
            _ => new OfficeOpened(command.AgencyId, command.OfficeId, command.Name).At(now),
        };
    }
}
