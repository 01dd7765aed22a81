namespace CaseFlow.Domain.Agencies;

/// <summary>Somebody changes office or agency and keeps their role; another role is a departure and a new engagement.</summary>
public sealed record MoveStaffMember(string StaffId, string AgencyId, string? OfficeId)
{
    public static Decision<DirectoryEvent> Decide(MoveStaffMember command, DirectoryState state, DateTimeOffset now)
    {
        if (state.Find(command.StaffId) is not { } member)
            return DirectoryRejections.StaffNotFound(command.StaffId);
        if ((member.Post.AgencyId, member.Post.OfficeId) == (command.AgencyId, command.OfficeId))
            return Decision<DirectoryEvent>.AlreadyDone;

        return EngageStaffMember.CheckPost(state, member.Post.Role, command.AgencyId, command.OfficeId) is { } rejection
            ? rejection
            : new StaffMemberMoved(command.StaffId, command.AgencyId, command.OfficeId).At(now);
    }
}
