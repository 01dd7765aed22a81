namespace CaseFlow.Domain.Agencies;

/// <summary>An agent-supervisor sees the whole jurisdiction's duty queue, not only the own office's.</summary>
public sealed record AssignOversight(string StaffId)
{
    public static Decision<DirectoryEvent> Decide(AssignOversight command, DirectoryState state, DateTimeOffset now) =>
        state.Find(command.StaffId) switch
        {
            null => DirectoryRejections.StaffNotFound(command.StaffId),
            { Oversight: true } => Decision<DirectoryEvent>.AlreadyDone,
            { Post.Role: not Role.AgentSupervisor } => DirectoryRejections.OversightNotForRole(),
            _ => new JurisdictionOversightAssigned(command.StaffId).At(now),
        };
}
