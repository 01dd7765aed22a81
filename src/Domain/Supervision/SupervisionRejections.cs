namespace CaseFlow.Domain.Supervision;

/// <summary>Every way supervision can say no.</summary>
public static class SupervisionRejections
{
    public static Rejection NotUnderSupervision() =>
        new(RejectionKind.Conflict, "not-under-supervision", "The client is not under supervision.");

    public static Rejection AlreadyUnderSupervision() =>
        new(RejectionKind.Conflict, "already-under-supervision", "The client is under supervision already; end that first.");

    public static Rejection OfficeUnknown(string officeId) =>
        new(RejectionKind.Unprocessable, "supervision-office-unknown", $"The agency has no open office \"{officeId}\".", "officeId");

    public static Rejection AgentUnknown(string agentId) =>
        new(RejectionKind.Unprocessable, "agent-unknown", $"There is no agent \"{agentId}\".", "agentId");

    public static Rejection AgentDeparted(string agentId) =>
        new(RejectionKind.Unprocessable, "agent-departed", $"\"{agentId}\" does not work here any more.", "agentId");

    public static Rejection AgentOfAnotherAgency(string agentId) =>
        new(RejectionKind.Unprocessable, "agent-of-another-agency", $"\"{agentId}\" works for another agency than the one that supervises.", "agentId");

    public static Rejection AgentOfAnotherOffice(string agentId) =>
        new(RejectionKind.Unprocessable, "agent-of-another-office", $"\"{agentId}\" works at another office than the one that supervises.", "agentId");

    public static Rejection AgentAlreadyAssigned() =>
        new(RejectionKind.Conflict, "agent-already-assigned", "The client has an agent already; reassign instead.", "agentId");

    public static Rejection NoAgentAssigned() =>
        new(RejectionKind.Conflict, "no-agent-assigned", "The client has no agent yet; assign one instead.", "agentId");

    public static Rejection StartsBeforeLastEnd() =>
        new(RejectionKind.Unprocessable, "supervision-starts-before-last-end", "A new supervision starts after the last one ended.", "occurredAt");

    public static Rejection ChangesBeforeStart() =>
        new(RejectionKind.Unprocessable, "supervision-changes-before-start", "This cannot have happened before the supervision started.", "occurredAt");
}
