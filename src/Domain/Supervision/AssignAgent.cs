namespace CaseFlow.Domain.Supervision;

/// <summary>A client under supervision gets their first agent; the supervision moves to the agent's office.</summary>
public sealed record AssignAgent(Guid ClientId, string AgentId, When When)
{
    /// <param name="agent">Where the agent works; null for somebody the directory does not know.</param>
    public static Decision<SupervisionEvent> Decide(AssignAgent command, SupervisionState state, StaffPost? agent, DateTimeOffset now)
    {
        if (state.Phase != SupervisionPhase.Supervised)
            return SupervisionRejections.NotUnderSupervision();
        if (state.AgentId == command.AgentId)
        {
            return Decision<SupervisionEvent>.AlreadyDoneIf<SupervisionEvent>(fact => fact is AgentAssigned or AgentReassigned, (fact, _) => command.When.Says(fact, now) && fact switch
            {
                AgentAssigned e => e.AgentId == command.AgentId,
                AgentReassigned e => e.AgentId == command.AgentId,
                _ => false,
            });
        }

        if (state.AgentId is not null)
            return SupervisionRejections.AgentAlreadyAssigned();
        if ((command.When.Check(now) ?? AgentPosts.CheckAgent(command.AgentId, agent, state.AgencyId!)) is { } rejection)
            return rejection;
        if (command.When.IsBefore(state.StartedAt))
            return SupervisionRejections.ChangesBeforeStart();

        return new AgentAssigned(command.AgentId, agent!.AgencyId, agent.OfficeId!) { ClientId = command.ClientId }.At(command.When);
    }
}
