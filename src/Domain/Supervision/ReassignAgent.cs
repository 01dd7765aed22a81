namespace CaseFlow.Domain.Supervision;

/// <summary>Another agent of the agency takes over; open duties follow the client, and their clock does not restart (R5).</summary>
public sealed record ReassignAgent(Guid ClientId, string AgentId, Sealed<string> Reason, When When)
{
    /// <param name="agent">Where the new agent works; null for somebody the directory does not know.</param>
    public static Decision<SupervisionEvent> Decide(ReassignAgent command, SupervisionState state, StaffPost? agent, DateTimeOffset now)
    {
        if (state.Phase != SupervisionPhase.Supervised)
            return SupervisionRejections.NotUnderSupervision();
        if (state.AgentId == command.AgentId)
        {
            return Decision<SupervisionEvent>.AlreadyDoneIf<SupervisionEvent>(
                fact => fact is AgentAssigned or AgentReassigned,
                (fact, same) => command.When.Says(fact, now) && fact is AgentReassigned e && e.AgentId == command.AgentId && same(command.Reason, e.Reason));
        }

        if (state.AgentId is not { } previous)
            return SupervisionRejections.NoAgentAssigned();
        if ((command.When.Check(now) ?? AgentPosts.CheckAgent(command.AgentId, agent, state.AgencyId!)) is { } rejection)
            return rejection;
        if (command.When.IsBefore(state.StartedAt))
            return SupervisionRejections.ChangesBeforeStart();

        return new AgentReassigned(previous, command.AgentId, agent!.AgencyId, agent.OfficeId!, command.Reason)
        {
            ClientId = command.ClientId,
        }.At(command.When);
    }
}
