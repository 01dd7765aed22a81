using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Api.Demonstration;

/// <summary>A small county that does not exist: its agencies, the people who work there, what it decided to do.</summary>
internal static class County
{
    public const string Corrections = "dcc";
    public const string Provider = "safe-communities";
    public const string Peers = "police-and-peers";
    public const string Police = "city-police";
    public const string Court = "county-court";

    public static readonly Actor Administrator = Teller.Who("admin-1", Role.Administrator);
    public static readonly Actor Agent1 = Teller.Who("agent-1", Role.Agent, Corrections, "dcc-north");
    public static readonly Actor Agent2 = Teller.Who("agent-2", Role.Agent, Corrections, "dcc-north");
    public static readonly Actor Agent3 = Teller.Who("agent-3", Role.Agent, Corrections, "dcc-south");
    public static readonly Actor Supervisor1 = Teller.Who("supervisor-1", Role.AgentSupervisor, Corrections, "dcc-north");
    public static readonly Actor Supervisor2 = Teller.Who("supervisor-2", Role.AgentSupervisor, Corrections, "dcc-south");
    public static readonly Actor Coach1 = Teller.Who("coach-1", Role.Coach, Provider);
    public static readonly Actor Coach2 = Teller.Who("coach-2", Role.Coach, Provider);
    public static readonly Actor CoachLead1 = Teller.Who("coach-supervisor-1", Role.CoachSupervisor, Provider);
    public static readonly Actor Peer1 = Teller.Who("peer-1", Role.PeerSpecialist, Peers);
    public static readonly Actor Coordinator1 = Teller.Who("coordinator-1", Role.Coordinator, Court);
    public static readonly Actor Judge1 = Teller.Who("judge-1", Role.Judge, Court);
    public static readonly Actor Dispatcher1 = Teller.Who("dispatcher-1", Role.Dispatcher, Police);

    private static readonly Actor[] Staff =
    [
        Agent1, Agent2, Agent3, Supervisor1, Supervisor2, Coach1,
        Coach2,
        CoachLead1,
        Peer1,
        Dispatcher1,
        Coordinator1,
        Judge1,
        Teller.Who("prosecutor-1", Role.Prosecutor, Court),
        Teller.Who("defence-1", Role.Defence, Court),
        Teller.Who("auditor-1", Role.Auditor, "county-board"),
    ];

    public static async Task TellAsync(Teller teller)
    {
        await AgencyAsync(teller, Corrections, "Community corrections", AgencyKind.CommunityCorrections, Part2Status.NotPart2);
        await AgencyAsync(teller, Provider, "Recovery coaches", AgencyKind.RecoveryCoachProvider, Part2Status.Part2Program);
        await AgencyAsync(teller, "second-door", "Second recovery-coach provider", AgencyKind.RecoveryCoachProvider, Part2Status.Part2Program);
        await AgencyAsync(teller, Peers, "Peer outreach with the police", AgencyKind.PeerRun, Part2Status.Unknown);
        await AgencyAsync(teller, Police, "City police", AgencyKind.Police, Part2Status.NotPart2);
        await AgencyAsync(teller, Court, "Treatment court", AgencyKind.Court, Part2Status.NotPart2);
        await AgencyAsync(teller, "county-board", "County board", AgencyKind.Other, Part2Status.NotPart2);
        await DirectoryAsync(teller, (state, now) => OpenOffice.Decide(new(Corrections, "dcc-north", "North office"), state, now));
        await DirectoryAsync(teller, (state, now) => OpenOffice.Decide(new(Corrections, "dcc-south", "South office"), state, now));
        foreach (var member in Staff)
            await DirectoryAsync(teller, (state, now) => EngageStaffMember.Decide(new(member.Id, member.Role, member.Agency!, member.Office), state, now));
        foreach (var agent in new[] { Agent1, Agent2 })
            await DirectoryAsync(teller, (state, now) => AssignSupervisor.Decide(new(agent.Id, Supervisor1.Id), state, now));
        await DirectoryAsync(teller, (state, now) => AssignSupervisor.Decide(new(Agent3.Id, Supervisor2.Id), state, now));
        await DirectoryAsync(teller, (state, now) => AssignOversight.Decide(new(Supervisor2.Id), state, now));
        await DirectoryAsync(teller, (state, now) => GiveAuditGrant.Decide(
            new(Teller.Id("audit-grant"), "auditor-1", "Yearly review of the referral duty", teller.Anchor, teller.Anchor.AddDays(30)), state, 30, now));
        await PoliciesAsync(teller);
    }

    private static async Task PoliciesAsync(Teller teller)
    {
        var year = teller.Anchor.Year;
        var first = JurisdictionPolicy.Default(Provider);
        var slow = first with { OverdoseDuty = first.OverdoseDuty with { Within = new TimeLimit(2, TimeUnit.BusinessDays) } };
        var holidays = first with
        {
            Holidays = [.. Enumerable.Range(year - 1, 3).SelectMany(y => new[] { new DateOnly(y, 1, 1), new DateOnly(y, 7, 4), new DateOnly(y, 12, 25) })],
        };
        await PublishAsync(teller, 1, 400, slow, "First policy: two business days.");
        await PublishAsync(teller, 2, 200, first, "One business day.");
        await PublishAsync(teller, 3, 100, holidays, "The county's holidays.");
    }

    private static Task PublishAsync(Teller teller, int version, double effectiveDaysAgo, JurisdictionPolicy policy, string note) => teller.TellAsync(
        Administrator,
        Streams.Policies,
        StreamIds.Policies(Teller.Jurisdiction),
        (state, now) => PublishPolicy.Decide(new(version, teller.Ago(effectiveDaysAgo), policy, note), state, now));

    private static Task AgencyAsync(Teller teller, string id, string name, AgencyKind kind, Part2Status part2) =>
        DirectoryAsync(teller, (state, now) => RegisterAgency.Decide(new(id, name, kind, part2, InternalOnly: false), state, now));

    private static Task DirectoryAsync(Teller teller, Func<DirectoryState, DateTimeOffset, Decision<DirectoryEvent>> decide) =>
        teller.TellAsync(Administrator, Streams.Directory, StreamIds.Directory(Teller.Jurisdiction), decide);
}
