namespace CaseFlow.Domain.Agencies;

/// <summary>Somebody starts, or starts again, to work for an agency.</summary>
public sealed record EngageStaffMember(string StaffId, Role Role, string AgencyId, string? OfficeId)
{
    public static Decision<DirectoryEvent> Decide(EngageStaffMember command, DirectoryState state, DateTimeOffset now)
    {
        if (!Slug.IsValid(command.StaffId))
            return DirectoryRejections.IdNotASlug("staffId");
        if (state.Find(command.StaffId) is { } member)
        {
            return member.Post == new StaffPost(command.StaffId, command.Role, command.AgencyId, command.OfficeId)
                ? Decision<DirectoryEvent>.AlreadyDone
                : DirectoryRejections.StaffAlreadyEngaged(command.StaffId);
        }

        return CheckPost(state, command.Role, command.AgencyId, command.OfficeId) is { } rejection
            ? rejection
            : new StaffMemberEngaged(command.StaffId, command.Role, command.AgencyId, command.OfficeId).At(now);
    }

    /// <returns>Why nobody with that role can work there, or null.</returns>
    internal static Rejection? CheckPost(DirectoryState state, Role role, string agencyId, string? officeId)
    {
        if (state.FindAgency(agencyId) is not { } agency)
            return DirectoryRejections.AgencyUnknown(agencyId);
        if (officeId is null)
            return role is Role.Agent or Role.AgentSupervisor ? DirectoryRejections.OfficeRequired() : null;

        return agency.HasOpenOffice(officeId) ? null : DirectoryRejections.OfficeNotOpen(officeId);
    }
}
