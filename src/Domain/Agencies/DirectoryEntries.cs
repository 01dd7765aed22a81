using System.Collections.Immutable;

namespace CaseFlow.Domain.Agencies;

/// <summary>An agency with its offices and programmes, open and closed.</summary>
public sealed record Agency(string AgencyId, string Name, AgencyKind Kind, Part2Status Part2, bool InternalOnly)
{
    public ImmutableDictionary<string, AgencyUnit> Offices { get; init; } = ImmutableDictionary<string, AgencyUnit>.Empty;

    public ImmutableDictionary<string, AgencyUnit> Programs { get; init; } = ImmutableDictionary<string, AgencyUnit>.Empty;

    /// <summary>What was decided about its records; null while nothing was.</summary>
    public RecordStatus? Status { get; init; }

    /// <summary>Under which law its records are, unless a programme's status says otherwise.</summary>
    public RecordStatus StatusOfRecords => Status ?? RecordStatus.Usual(Kind, Part2);

    public bool HasOpenOffice(string officeId) => Offices.GetValueOrDefault(officeId) is { IsOpen: true };

    internal Agency WithOffice(string officeId, AgencyUnit office) => this with { Offices = Offices.SetItem(officeId, office) };

    internal Agency WithProgram(string programId, AgencyUnit program) => this with { Programs = Programs.SetItem(programId, program) };

    internal Agency WithStatus(string? programId, RecordStatus status) =>
        programId is null ? this with { Status = status } : WithProgram(programId, Programs[programId] with { Status = status });
}

/// <summary>An office or a programme of an agency.</summary>
/// <param name="Intercept">Where a programme mostly works; null for an office.</param>
public sealed record AgencyUnit(string Name, bool IsOpen, int? Intercept = null)
{
    /// <summary>Under which law a programme's records are; null where the agency's status holds.</summary>
    public RecordStatus? Status { get; init; }

    internal AgencyUnit Closed() => this with { IsOpen = false };
}

/// <summary>Somebody who works, or worked, for an agency.</summary>
/// <param name="SupervisorId">Who supervises them; null when nobody does.</param>
/// <param name="Oversight">Sees the whole jurisdiction's duty queue.</param>
/// <param name="OversightEnded">Saw it, and somebody ended that: why is on record.</param>
public sealed record StaffMember(StaffPost Post, string? SupervisorId = null, bool Oversight = false, bool OversightEnded = false);

/// <summary>An auditor's permission to read, for a purpose and a time [R66].</summary>
/// <param name="ValidFrom">UTC, inclusive.</param>
/// <param name="ValidUntil">UTC, exclusive.</param>
/// <param name="EndedAt">When it was ended early; null otherwise.</param>
public sealed record AuditGrant(
    Guid GrantId, string AuditorId, string GrantedPurpose, DateTimeOffset ValidFrom, DateTimeOffset ValidUntil, DateTimeOffset? EndedAt = null)
{
    public bool Covers(DateTimeOffset instant) => ValidFrom <= instant && instant < ValidUntil && !(EndedAt <= instant);
}
