namespace CaseFlow.Domain.Agencies;

// Storage format: renaming a type or a member here breaks every directory already recorded.

/// <summary>Who exists, who works where, who supervises whom. One stream per jurisdiction; authorisation reads it.</summary>
public abstract record DirectoryEvent : DomainEvent;

/// <param name="AgencyId">Slug, for example <c>dcc</c>.</param>
/// <param name="Part2">Whether the agency's records fall under 42 CFR Part 2: a legal question per agency.</param>
/// <param name="InternalOnly">Serves its own staff and keeps no client records [Seed 0.1].</param>
public sealed record AgencyRegistered(
    string AgencyId, string Name, AgencyKind Kind, Part2Status Part2, bool InternalOnly) : DirectoryEvent;

public sealed record OfficeOpened(string AgencyId, string OfficeId, string Name) : DirectoryEvent;

public sealed record OfficeClosed(string AgencyId, string OfficeId, string Reason) : DirectoryEvent;

/// <param name="Intercept">Sequential Intercept Model 0–5 where the programme mostly works; null for none.</param>
public sealed record ProgramOpened(string AgencyId, string ProgramId, string Name, int? Intercept) : DirectoryEvent;

public sealed record ProgramClosed(string AgencyId, string ProgramId, string Reason) : DirectoryEvent;

/// <summary>Under which law an agency's records are from now on, or those of one of its programmes; it labels what is recorded after it.</summary>
/// <param name="ProgramId">The programme, whose status overrides the agency's; null for the agency itself.</param>
/// <param name="Reason">Whose opinion it is. Never about a client.</param>
public sealed record RecordStatusDecided(string AgencyId, string? ProgramId, RecordStatus Status, string Reason) : DirectoryEvent;

public sealed record StaffMemberEngaged(string StaffId, Role Role, string AgencyId, string? OfficeId) : DirectoryEvent;

public sealed record StaffMemberMoved(string StaffId, string AgencyId, string? OfficeId) : DirectoryEvent;

public sealed record StaffMemberDeparted(string StaffId, string Reason) : DirectoryEvent;

/// <summary>Who supervises whom from now on.</summary>
public sealed record SupervisorAssigned(string StaffId, string SupervisorId) : DirectoryEvent;

/// <summary>A supervisor sees the whole jurisdiction's duty queue, not only the own office's.</summary>
public sealed record JurisdictionOversightAssigned(string StaffId) : DirectoryEvent;

public sealed record JurisdictionOversightEnded(string StaffId, string Reason) : DirectoryEvent;

/// <summary>An auditor may read, for a purpose and a time [R66].</summary>
/// <param name="ValidUntil">UTC; at most the policy's grant length after <paramref name="ValidFrom"/>.</param>
public sealed record AuditGrantGiven(
    Guid GrantId, string AuditorId, string GrantedPurpose, DateTimeOffset ValidFrom, DateTimeOffset ValidUntil) : DirectoryEvent;

public sealed record AuditGrantEnded(Guid GrantId, string AuditorId, string Reason) : DirectoryEvent;

public enum AgencyKind
{
    CommunityCorrections,
    RecoveryCoachProvider,
    Police,
    FireAndEms,
    Hospital,
    Crisis,
    Court,
    ProsecutorOffice,
    PublicDefender,
    Jail,
    Prison,
    PeerRun,
    Coroner,
    Other,
}

public enum Part2Status
{
    Unknown,
    Part2Program,
    NotPart2,
}
