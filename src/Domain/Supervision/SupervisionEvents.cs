namespace CaseFlow.Domain.Supervision;

// Storage format: renaming a type or a member here breaks every supervision already recorded.

/// <summary>A client's time under community supervision (Intercept 5). One stream per client.</summary>
public abstract record SupervisionEvent : DomainEvent, IClientEvent
{
    public required Guid ClientId { get; init; }

    Guid? IClientEvent.ClientId => ClientId;
}

/// <param name="AgencyId">The supervising agency.</param>
/// <param name="OfficeId">Its office.</param>
/// <param name="ExpectedEndOn">When it is to end, if that is set.</param>
public sealed record SupervisionStarted(
    SupervisionStatus Status, string AgencyId, string OfficeId, DateOnly? ExpectedEndOn) : SupervisionEvent;

public sealed record AgentAssigned(string AgentId, string AgencyId, string OfficeId) : SupervisionEvent;

public sealed record AgentReassigned(
    string PreviousAgentId, string AgentId, string AgencyId, string OfficeId, Sealed<string> Reason) : SupervisionEvent;

public sealed record SupervisionEnded(SupervisionEndReason Reason) : SupervisionEvent;

public enum SupervisionStatus
{
    Probation,
    Parole,
    ExtendedSupervision,
    DeferredProsecution,
}

public enum SupervisionEndReason
{
    Completed,
    Revoked,
    Transferred,
    Deceased,
    OrderedByCourt,
}
