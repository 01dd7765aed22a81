namespace CaseFlow.Domain.Agencies;

/// <summary>Somebody supervises a staff member from now on, instead of whoever did.</summary>
public sealed record AssignSupervisor(string StaffId, string SupervisorId)
{
    public static Decision<DirectoryEvent> Decide(AssignSupervisor command, DirectoryState state, DateTimeOffset now)
    {
        if (state.Find(command.StaffId) is not { } staff)
            return DirectoryRejections.StaffNotFound(command.StaffId);
        if (staff.SupervisorId == command.SupervisorId)
            return Decision<DirectoryEvent>.AlreadyDone;
        if (command.StaffId == command.SupervisorId)
            return DirectoryRejections.OwnSupervisor();
        if (state.Find(command.SupervisorId) is not { } supervisor)
            return DirectoryRejections.SupervisorUnknown(command.SupervisorId);
        if (supervisor.Post.AgencyId != staff.Post.AgencyId)
            return DirectoryRejections.SupervisorOfAnotherAgency();
        if (!Fits(supervisor.Post.Role, staff.Post.Role))
            return DirectoryRejections.SupervisorRoleUnfit();
        if (state.Supervises(command.StaffId, command.SupervisorId))
            return DirectoryRejections.SupervisionCircular();

        return new SupervisorAssigned(command.StaffId, command.SupervisorId).At(now);
    }

    private static bool Fits(Role supervisor, Role staff) => supervisor switch
    {
        Role.AgentSupervisor => staff is Role.Agent or Role.AgentSupervisor,
        Role.CoachSupervisor => staff is Role.Coach or Role.PeerSpecialist or Role.CoachSupervisor,
        _ => false,
    };
}
