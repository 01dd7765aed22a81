using System.Collections.Immutable;

namespace CaseFlow.Domain.Agencies;

/// <summary>An agency with its offices and programmes, open and closed.</summary>
public sealed record Agency(string AgencyId, string Name, AgencyKind Kind, Part2Status Part2, bool InternalOnly)
{
    public ImmutableDictionary<string, AgencyUnit> Offices { get; init; } = ImmutableDictionary<string, AgencyUnit>.Empty;

    public ImmutableDictionary<string, AgencyUnit> Programs { get; init; } = ImmutableDictionary<string, AgencyUnit>.Empty;

    public bool HasOpenOffice(string officeId) => Offices.GetValueOrDefault(officeId) is { IsOpen: true };

    internal Agency WithOffice(string officeId, AgencyUnit office) => this with { Offices = Offices.SetItem(officeId, office) };

    internal Agency WithProgram(string programId, AgencyUnit program) => this with { Programs = Programs.SetItem(programId, program) };
}

/// <summary>An office or a programme of an agency.</summary>
/// <param name="Intercept">Where a programme mostly works; null for an office.</param>
public sealed record AgencyUnit(string Name, bool IsOpen, int? Intercept = null)
{
    internal AgencyUnit Closed() => this with { IsOpen = false };
}

/// <summary>Somebody who works, or worked, for an agency.</summary>
/// <param name="SupervisorId">Who supervises them; null when nobody does.</param>
/// <param name="Oversight">Sees the whole jurisdiction's duty queue.</param>
public sealed record StaffMember(StaffPost Post, string? SupervisorId = null, bool Oversight = false);

/// <summary>An auditor's permission to read, for a purpose and a time [R66].</summary>
/// <param name="ValidFrom">UTC, inclusive.</param>
/// <param name="ValidUntil">UTC, exclusive.</param>
/// <param name="EndedAt">When it was ended early; null otherwise.</param>
public sealed record AuditGrant(
    Guid GrantId, string AuditorId, string GrantedPurpose, DateTimeOffset ValidFrom, DateTimeOffset ValidUntil, DateTimeOffset? EndedAt = null)
{
    public bool Covers(DateTimeOffset instant) => ValidFrom <= instant && instant < ValidUntil && !(EndedAt <= instant);
}
