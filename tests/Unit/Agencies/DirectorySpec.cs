using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;

namespace CaseFlow.Unit.Agencies;

public abstract class DirectorySpec() : Spec<DirectoryState, DirectoryEvent>(DirectoryState.Initial, DirectoryState.Evolve)
{
    protected static readonly Guid GrantId = Guid.Parse("0195d6c4-0000-7000-8000-0000000000f1");

    protected static readonly AgencyRegistered Corrections =
        new AgencyRegistered("dcc", "Community Corrections", AgencyKind.CommunityCorrections, Part2Status.NotPart2, InternalOnly: false).At(Now);

    protected static readonly AgencyRegistered Provider =
        new AgencyRegistered("safe-communities", "Safe Communities", AgencyKind.RecoveryCoachProvider, Part2Status.Unknown, InternalOnly: false).At(Now);

    protected static readonly OfficeOpened North = new OfficeOpened("dcc", "north", "North office").At(Now);
    protected static readonly OfficeOpened South = new OfficeOpened("dcc", "south", "South office").At(Now);

    protected static readonly StaffMemberEngaged Ada = Engaged("ada", Role.Agent);
    protected static readonly StaffMemberEngaged Sam = Engaged("sam", Role.AgentSupervisor);
    protected static readonly StaffMemberEngaged Sue = Engaged("sue", Role.AgentSupervisor);
    protected static readonly StaffMemberEngaged Audrey = new StaffMemberEngaged("audrey", Role.Auditor, "dcc", OfficeId: null).At(Now);

    protected void GivenTheOffices() => Given(Corrections, Provider, North, South);

    protected void GivenTheStaff()
    {
        GivenTheOffices();
        Given(Ada, Sam, Sue, Audrey);
    }

    private static StaffMemberEngaged Engaged(string staffId, Role role) => new StaffMemberEngaged(staffId, role, "dcc", "north").At(Now);
}
