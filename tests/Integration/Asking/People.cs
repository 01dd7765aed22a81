using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;

namespace CaseFlow.Integration.Asking;

/// <summary>Who works where in the county.</summary>
public static class People
{
    public static readonly Actor Agent1 = Of("agent-1", Role.Agent, "dcc", "madison");
    public static readonly Actor Agent2 = Of("agent-2", Role.Agent, "dcc", "madison");
    public static readonly Actor Agent3 = Of("agent-3", Role.Agent, "dcc", "sun-prairie");
    public static readonly Actor Supervisor = Of("sup-1", Role.AgentSupervisor, "dcc", "madison");
    public static readonly Actor OtherSupervisor = Of("sup-2", Role.AgentSupervisor, "dcc", "sun-prairie");
    public static readonly Actor Overseer = Of("sup-3", Role.AgentSupervisor, "dcc", "sun-prairie");
    public static readonly Actor Coach = Of("coach-1", Role.Coach, "safe-communities");
    public static readonly Actor OtherCoach = Of("coach-2", Role.Coach, "tellurian");
    public static readonly Actor Auditor = Of("aud-1", Role.Auditor, "doj");
    public static readonly Actor AuditorWithoutGrant = Of("aud-2", Role.Auditor, "doj");
    public static readonly Actor Coordinator = Of("coord-1", Role.Coordinator, "court");
    public static readonly Actor Judge = Of("judge-1", Role.Judge, "court");
    public static readonly Actor Prosecutor = Of("prosecutor-1", Role.Prosecutor, "court");
    public static readonly Actor Defence = Of("defence-1", Role.Defence, "court");
    public static readonly Actor PrivacyOfficer = Of("privacy-1", Role.PrivacyOfficer);
    public static readonly Actor Administrator = Of("admin-1", Role.Administrator);

    private static readonly Actor[] Staff =
        [Agent1, Agent2, Agent3, Supervisor, OtherSupervisor, Overseer, Coach, OtherCoach, Auditor, AuditorWithoutGrant, Coordinator, Judge, Prosecutor, Defence];

    public static Actor Of(string id, Role role, string? agency = null, string? office = null) =>
        new(id, role, StoppedCounty.Jurisdiction, agency, office);

    public static Task EngageAsync(StoppedCounty county)
    {
        var start = StoppedCounty.Cdt(5, 1, 8);
        DomainEvent[] facts =
        [
            new AgencyRegistered("dcc", "Community Corrections", AgencyKind.CommunityCorrections, Part2Status.NotPart2, InternalOnly: false),
            new AgencyRegistered("safe-communities", "Safe Communities", AgencyKind.RecoveryCoachProvider, Part2Status.Part2Program, InternalOnly: false),
            new AgencyRegistered("tellurian", "Tellurian", AgencyKind.RecoveryCoachProvider, Part2Status.Unknown, InternalOnly: false),
            new AgencyRegistered("doj", "Justice", AgencyKind.Other, Part2Status.NotPart2, InternalOnly: false),
            new AgencyRegistered("court", "Court", AgencyKind.Court, Part2Status.NotPart2, InternalOnly: false),
            new OfficeOpened("dcc", "madison", "Madison"),
            new OfficeOpened("dcc", "sun-prairie", "Sun Prairie"),
            .. Staff.Select(one => new StaffMemberEngaged(one.Id, one.Role, one.Agency!, one.Office)),
            new JurisdictionOversightAssigned(Overseer.Id),
            new AuditGrantGiven(Guid.CreateVersion7(), Auditor.Id, "yearly review", start, start.AddDays(90)),
        ];
        return county.RecordAsync(Administrator, StreamIds.Directory(StoppedCounty.Jurisdiction), "directory", [.. facts.Select(fact => fact.At(start))]);
    }
}
