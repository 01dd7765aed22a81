namespace CaseFlow.Domain.Agencies;

/// <summary>An office closes; nobody may be left working there.</summary>
public sealed record CloseOffice(string AgencyId, string OfficeId, string Reason)
{
    public static Decision<DirectoryEvent> Decide(CloseOffice command, DirectoryState state, DateTimeOffset now)
    {
        if (state.FindAgency(command.AgencyId) is not { } agency)
            return DirectoryRejections.AgencyNotFound(command.AgencyId);
        if (agency.Offices.GetValueOrDefault(command.OfficeId) is not { } office)
            return DirectoryRejections.OfficeNotFound(command.OfficeId);
        if (!office.IsOpen)
            return Decision<DirectoryEvent>.AlreadyDoneIf<OfficeClosed>(fact => (fact.AgencyId, fact.OfficeId) == (command.AgencyId, command.OfficeId), (fact, _) => fact.Reason == command.Reason);

        var atWork = state.Staff.Values.Count(member =>
            !member.Post.Departed && member.Post.AgencyId == command.AgencyId && member.Post.OfficeId == command.OfficeId);
        return atWork > 0
            ? DirectoryRejections.OfficeHasStaff(command.OfficeId, atWork)
            : new OfficeClosed(command.AgencyId, command.OfficeId, command.Reason).At(now);
    }
}
