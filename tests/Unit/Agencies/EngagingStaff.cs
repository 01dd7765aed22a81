using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;

namespace CaseFlow.Unit.Agencies;

public sealed class EngagingAStaffMember : DirectorySpec
{
    private static readonly EngageStaffMember Engage = new("ada", Role.Agent, "dcc", "north");

    [Fact]
    public void What_is_entered_late_finds_everybody_where_they_worked_then()
    {
        GivenTheStaff();
        Given(new StaffMemberMoved("ada", "safe-communities", null).At(Now.AddDays(10)), new StaffMemberDeparted("ada", "Retired.").At(Now.AddDays(20)));

        StaffPost north = new("ada", Role.Agent, "dcc", "north"), safe = new("ada", Role.Agent, "safe-communities", OfficeId: null);
        IReadOnlyList<StaffPost> At(DateTimeOffset instant) => State.PostsAt("ada", When.At(instant));
        At(Now.AddYears(-1)).ShouldBe([north], "the directory is younger than the county");
        At(Now.AddDays(9)).ShouldBe([north]);
        At(Now.AddDays(10)).ShouldBe([safe]);
        At(Now.AddDays(20)).ShouldBe([safe with { Departed = true }]);
        State.PostsAt("nobody", When.At(Now)).ShouldBeEmpty();
    }

    [Fact]
    public void Of_a_day_they_worked_at_every_post_that_they_had_in_it()
    {
        GivenTheStaff();
        Given(new StaffMemberMoved("ada", "safe-communities", null).At(Now.AddDays(10)), new StaffMemberDeparted("ada", "Retired.").At(Now.AddDays(20)));
        StaffPost north = new("ada", Role.Agent, "dcc", "north"), safe = new("ada", Role.Agent, "safe-communities", OfficeId: null);
        IReadOnlyList<StaffPost> On(int day)
        {
            var start = new DateTimeOffset(Now.AddDays(day).Date, TimeSpan.Zero);
            return State.PostsAt("ada", new When(start, TimePrecision.Day, Now.AddDays(30), start.AddDays(1)));
        }

        On(9).ShouldBe([north]);
        On(10).ShouldBe([north, safe]);
        On(11).ShouldBe([safe]);
        On(20).ShouldBe([safe, safe with { Departed = true }]);
    }

    [Fact]
    public void Records_it()
    {
        GivenTheOffices();

        WhenAsked(state => EngageStaffMember.Decide(Engage, state, Now)).ShouldRecord(Ada);
        State.Find("ada")!.Post.ShouldBe(new StaffPost("ada", Role.Agent, "dcc", "north"));
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        GivenTheStaff();

        WhenAsked(state => EngageStaffMember.Decide(Engage, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_refused_for_somebody_at_work_elsewhere()
    {
        GivenTheStaff();

        WhenAsked(state => EngageStaffMember.Decide(Engage with { OfficeId = "south" }, state, Now))
            .ShouldBeRefused(DirectoryRejections.StaffAlreadyEngaged("ada"));
    }

    [Fact]
    public void Takes_back_somebody_who_left()
    {
        GivenTheStaff();
        Given(new StaffMemberDeparted("ada", "left").At(Now));

        WhenAsked(state => EngageStaffMember.Decide(Engage with { Role = Role.AgentSupervisor }, state, Now))
            .ShouldRecord(new StaffMemberEngaged("ada", Role.AgentSupervisor, "dcc", "north").At(Now));
    }

    [Fact]
    public void Is_refused_at_an_agency_nobody_knows() => WhenAsked(state => EngageStaffMember.Decide(Engage, state, Now))
        .ShouldBeRefused(DirectoryRejections.AgencyUnknown("dcc"));

    [Fact]
    public void Is_refused_at_an_office_that_is_not_open()
    {
        Given(Corrections);
        WhenAsked(state => EngageStaffMember.Decide(Engage, state, Now)).ShouldBeRefused(DirectoryRejections.OfficeNotOpen("north"));

        Given(North, new OfficeClosed("dcc", "north", "moved out").At(Now));
        WhenAsked(state => EngageStaffMember.Decide(Engage, state, Now)).ShouldBeRefused(DirectoryRejections.OfficeNotOpen("north"));
    }

    [Theory]
    [InlineData(Role.Agent)]
    [InlineData(Role.AgentSupervisor)]
    public void Is_refused_for_an_agent_or_supervisor_without_an_office(Role role)
    {
        GivenTheOffices();

        WhenAsked(state => EngageStaffMember.Decide(new("ada", role, "dcc", OfficeId: null), state, Now))
            .ShouldBeRefused(DirectoryRejections.OfficeRequired());
    }

    [Fact]
    public void Needs_no_office_for_a_coach()
    {
        GivenTheOffices();

        WhenAsked(state => EngageStaffMember.Decide(new("cora", Role.Coach, "safe-communities", OfficeId: null), state, Now))
            .ShouldRecord(new StaffMemberEngaged("cora", Role.Coach, "safe-communities", null).At(Now));
    }

    [Fact]
    public void Is_refused_under_an_id_that_is_no_slug() =>
        WhenAsked(state => EngageStaffMember.Decide(Engage with { StaffId = "Ada L." }, state, Now))
            .ShouldBeRefused(DirectoryRejections.IdNotASlug("staffId"));
}

public sealed class MovingAStaffMember : DirectorySpec
{
    private static readonly MoveStaffMember Move = new("ada", "dcc", "south");

    [Fact]
    public void Records_it_once()
    {
        GivenTheStaff();

        WhenAsked(state => MoveStaffMember.Decide(Move, state, Now)).ShouldRecord(new StaffMemberMoved("ada", "dcc", "south").At(Now));
        WhenAsked(state => MoveStaffMember.Decide(Move, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Inside_the_agency_keeps_the_supervisor()
    {
        GivenTheStaff();
        Given(new SupervisorAssigned("ada", "sam").At(Now));

        WhenAsked(state => MoveStaffMember.Decide(Move, state, Now));

        State.Supervises("sam", "ada").ShouldBeTrue();
    }

    [Fact]
    public void To_another_agency_leaves_the_line_of_supervision()
    {
        GivenTheStaff();
        Given(
            new OfficeOpened("safe-communities", "main", "Main").At(Now),
            new SupervisorAssigned("ada", "sam").At(Now),
            new SupervisorAssigned("sam", "sue").At(Now));

        WhenAsked(state => MoveStaffMember.Decide(new("sam", "safe-communities", "main"), state, Now));

        State.Supervises("sam", "ada").ShouldBeFalse();
        State.Supervises("sue", "sam").ShouldBeFalse();
    }

    [Fact]
    public void Is_refused_where_nobody_can_work()
    {
        GivenTheStaff();

        WhenAsked(state => MoveStaffMember.Decide(Move with { AgencyId = "unheard-of" }, state, Now))
            .ShouldBeRefused(DirectoryRejections.AgencyUnknown("unheard-of"));
        WhenAsked(state => MoveStaffMember.Decide(Move with { OfficeId = "west" }, state, Now))
            .ShouldBeRefused(DirectoryRejections.OfficeNotOpen("west"));
        WhenAsked(state => MoveStaffMember.Decide(Move with { OfficeId = null }, state, Now))
            .ShouldBeRefused(DirectoryRejections.OfficeRequired());
    }

    [Fact]
    public void Is_refused_for_somebody_not_at_work()
    {
        GivenTheOffices();

        WhenAsked(state => MoveStaffMember.Decide(Move, state, Now)).ShouldBeRefused(DirectoryRejections.StaffNotFound("ada"));
    }
}

public sealed class RecordingADeparture : DirectorySpec
{
    private static readonly RecordDeparture Depart = new("sam", "retired");

    [Fact]
    public void Records_it_once()
    {
        GivenTheStaff();

        WhenAsked(state => RecordDeparture.Decide(Depart, state, Now)).ShouldRecord(new StaffMemberDeparted("sam", "retired").At(Now));
        WhenAsked(state => RecordDeparture.Decide(Depart, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Ends_supervision_and_oversight_also_for_one_who_comes_back()
    {
        GivenTheStaff();
        Given(new SupervisorAssigned("ada", "sam").At(Now), new JurisdictionOversightAssigned("sam").At(Now));

        WhenAsked(state => RecordDeparture.Decide(Depart, state, Now));
        State.Find("sam").ShouldBeNull();
        State.PostOf("sam")!.Departed.ShouldBeTrue();
        Given(Sam);

        State.Supervises("sam", "ada").ShouldBeFalse();
        State.HasOversight("sam").ShouldBeFalse();
    }

    [Fact]
    public void Ends_an_auditors_grants()
    {
        GivenTheStaff();
        Given(new AuditGrantGiven(GrantId, "audrey", "yearly audit", Now, Now.AddDays(10)).At(Now));

        WhenAsked(state => RecordDeparture.Decide(new("audrey", "left"), state, Now));
        Given(Audrey);

        State.GrantInForce("audrey", Now).ShouldBeNull();
    }

    [Fact]
    public void Is_refused_for_somebody_nobody_knows() =>
        WhenAsked(state => RecordDeparture.Decide(Depart, state, Now)).ShouldBeRefused(DirectoryRejections.StaffNotFound("sam"));
}
