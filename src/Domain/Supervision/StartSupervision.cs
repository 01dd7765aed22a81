namespace CaseFlow.Domain.Supervision;

/// <summary>A client comes under community supervision, for the first time or again (Intercept 5).</summary>
/// <param name="AgentId">Of that office; null while no agent is assigned yet.</param>
public sealed record StartSupervision(
    Guid ClientId, SupervisionStatus Status, string AgencyId, string OfficeId, string? AgentId, DateOnly? ExpectedEndOn, When When)
{
    /// <param name="command">What is asked.</param>
    /// <param name="state">The client's supervision.</param>
    /// <param name="officeIsOpen">Whether the directory knows that office of that agency, open.</param>
    /// <param name="agent">Where the agent works; null for nobody or somebody unknown.</param>
    /// <param name="now">The moment of recording.</param>
    public static Decision<SupervisionEvent> Decide(
        StartSupervision command, SupervisionState state, bool officeIsOpen, StaffPost? agent, DateTimeOffset now)
    {
        if (state.Phase == SupervisionPhase.Supervised)
        {
            return IsSame(command, state)
                ? Decision<SupervisionEvent>.AlreadyDoneIf<SupervisionStarted>(
                    (fact, _) => command.When.Says(fact, now) && fact.ExpectedEndOn == command.ExpectedEndOn, SupervisionRejections.AlreadyUnderSupervision())
                : SupervisionRejections.AlreadyUnderSupervision();
        }

        if (command.When.Check(now) is { } rejection)
            return rejection;
        if (command.When.IsBefore(state.EndedAt))
            return SupervisionRejections.StartsBeforeLastEnd();
        if (!officeIsOpen)
            return SupervisionRejections.OfficeUnknown(command.OfficeId);
        if (command.AgentId is not null && CheckAgent(command.AgentId, agent, command) is { } unfit)
            return unfit;

        List<SupervisionEvent> facts =
        [
            new SupervisionStarted(command.Status, command.AgencyId, command.OfficeId, command.ExpectedEndOn)
            {
                ClientId = command.ClientId,
            }.At(command.When),
        ];
        if (command.AgentId is { } agentId)
            facts.Add(new AgentAssigned(agentId, command.AgencyId, command.OfficeId) { ClientId = command.ClientId }.At(command.When));
        return facts;
    }

    private static bool IsSame(StartSupervision command, SupervisionState state) =>
        (command.Status, command.AgencyId, command.OfficeId, command.AgentId) == (state.Status, state.AgencyId, state.OfficeId, state.AgentId);

    private static Rejection? CheckAgent(string agentId, StaffPost? agent, StartSupervision command) =>
        AgentPosts.CheckAgent(agentId, agent, command.AgencyId)
        ?? (agent!.OfficeId == command.OfficeId ? null : SupervisionRejections.AgentOfAnotherOffice(agentId));
}
