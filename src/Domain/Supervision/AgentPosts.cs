namespace CaseFlow.Domain.Supervision;

/// <summary>Who can be a client's agent.</summary>
internal static class AgentPosts
{
    /// <param name="post">What the directory says of the agent; null for somebody it does not know.</param>
    /// <returns>Why they cannot be the agent of a client whom the agency supervises, or null.</returns>
    public static Rejection? CheckAgent(string agentId, StaffPost? post, string agencyId) => post switch
    {
        null or { Role: not Role.Agent } => SupervisionRejections.AgentUnknown(agentId),
        { Departed: true } => SupervisionRejections.AgentDeparted(agentId),
        _ when post.AgencyId != agencyId => SupervisionRejections.AgentOfAnotherAgency(agentId),
        _ => null,
    };
}
