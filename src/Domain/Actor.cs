using CaseFlow.Domain.Privacy;

namespace CaseFlow.Domain;

/// <summary>Who acts, as their token and the directory say.</summary>
/// <param name="Id">Staff id, for example <c>agent-1</c>.</param>
/// <param name="Role">What they act as.</param>
/// <param name="Jurisdiction">The tenant.</param>
/// <param name="Agency">Their agency's id, when they belong to one.</param>
/// <param name="Office">Their office's id, when they belong to one.</param>
/// <param name="Purpose">Purpose of use, HL7 ActReason in plain words.</param>
public sealed record Actor(string Id, Role Role, string Jurisdiction, string? Agency, string? Office, Purpose Purpose)
{
    /// <summary>Somebody who acts for what their role is usually for, unless it is said.</summary>
    public Actor(string Id, Role Role, string Jurisdiction, string? Agency = null, string? Office = null, Purpose? Purpose = null)
        : this(Id, Role, Jurisdiction, Agency, Office, Purpose ?? PurposesOfUse.UsualOf(Role))
    {
    }
}

/// <summary>The fourteen roles of overdose-duty.md; kebab-case in tokens and JSON.</summary>
public enum Role
{
    Agent,
    AgentSupervisor,
    Coach,
    CoachSupervisor,
    PeerSpecialist,
    Coordinator,
    Judge,
    Prosecutor,
    Defence,
    Dispatcher,
    Auditor,
    PrivacyOfficer,
    Administrator,
    Service,
}

/// <summary>Purpose of use carried by a token.</summary>
public enum Purpose
{
    Care,
    Supervision,
    CourtMonitoring,
    Audit,
    OwnRecord,
    Operations,
}
