using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;

namespace CaseFlow.Unit.Agencies;

public sealed class AssigningASupervisor : DirectorySpec
{
    private static readonly AssignSupervisor Assign = new("ada", "sam");

    [Fact]
    public void Records_it_once()
    {
        GivenTheStaff();

        WhenAsked(state => AssignSupervisor.Decide(Assign, state, Now)).ShouldRecord(new SupervisorAssigned("ada", "sam").At(Now));
        WhenAsked(state => AssignSupervisor.Decide(Assign, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Puts_everybody_above_in_the_line()
    {
        GivenTheStaff();
        Given(new SupervisorAssigned("ada", "sam").At(Now), new SupervisorAssigned("sam", "sue").At(Now));

        State.Supervises("sam", "ada").ShouldBeTrue();
        State.Supervises("sue", "ada").ShouldBeTrue();
        State.Supervises("ada", "sam").ShouldBeFalse();
        State.Supervises("ada", "ada").ShouldBeFalse();
    }

    [Fact]
    public void Is_refused_for_somebody_not_at_work()
    {
        GivenTheStaff();

        WhenAsked(state => AssignSupervisor.Decide(Assign with { StaffId = "nobody" }, state, Now))
            .ShouldBeRefused(DirectoryRejections.StaffNotFound("nobody"));
        WhenAsked(state => AssignSupervisor.Decide(Assign with { SupervisorId = "nobody" }, state, Now))
            .ShouldBeRefused(DirectoryRejections.SupervisorUnknown("nobody"));
    }

    [Fact]
    public void Is_refused_over_oneself()
    {
        GivenTheStaff();

        WhenAsked(state => AssignSupervisor.Decide(new("sam", "sam"), state, Now)).ShouldBeRefused(DirectoryRejections.OwnSupervisor());
    }

    [Fact]
    public void Is_refused_across_agencies()
    {
        GivenTheStaff();
        Given(new StaffMemberEngaged("cleo", Role.CoachSupervisor, "safe-communities", null).At(Now));

        WhenAsked(state => AssignSupervisor.Decide(Assign with { SupervisorId = "cleo" }, state, Now))
            .ShouldBeRefused(DirectoryRejections.SupervisorOfAnotherAgency());
    }

    [Theory]
    [InlineData("sam", "ada")]
    [InlineData("ada", "audrey")]
    [InlineData("audrey", "sam")]
    public void Is_refused_where_the_role_does_not_fit(string staff, string supervisor)
    {
        GivenTheStaff();

        WhenAsked(state => AssignSupervisor.Decide(new(staff, supervisor), state, Now))
            .ShouldBeRefused(DirectoryRejections.SupervisorRoleUnfit());
    }

    [Fact]
    public void Is_refused_in_a_circle()
    {
        GivenTheStaff();
        Given(new SupervisorAssigned("sam", "sue").At(Now));

        WhenAsked(state => AssignSupervisor.Decide(new("sue", "sam"), state, Now))
            .ShouldBeRefused(DirectoryRejections.SupervisionCircular());
    }
}

public sealed class AssigningOversight : DirectorySpec
{
    [Fact]
    public void Is_recorded_once()
    {
        GivenTheStaff();

        WhenAsked(state => AssignOversight.Decide(new("sam"), state, Now)).ShouldRecord(new JurisdictionOversightAssigned("sam").At(Now));
        WhenAsked(state => AssignOversight.Decide(new("sam"), state, Now)).ShouldBeAlreadyDone();
        State.HasOversight("sam").ShouldBeTrue();
        State.HasOversight("sue").ShouldBeFalse();
        State.HasOversight("nobody").ShouldBeFalse();
    }

    [Fact]
    public void Is_refused_for_anybody_but_an_agent_supervisor()
    {
        GivenTheStaff();

        WhenAsked(state => AssignOversight.Decide(new("ada"), state, Now)).ShouldBeRefused(DirectoryRejections.OversightNotForRole());
        WhenAsked(state => AssignOversight.Decide(new("nobody"), state, Now)).ShouldBeRefused(DirectoryRejections.StaffNotFound("nobody"));
    }
}

public sealed class EndingOversight : DirectorySpec
{
    private static readonly EndOversight End = new("sam", "new post");

    [Fact]
    public void Is_recorded_once()
    {
        GivenTheStaff();
        Given(new JurisdictionOversightAssigned("sam").At(Now));

        WhenAsked(state => EndOversight.Decide(End, state, Now)).ShouldRecord(new JurisdictionOversightEnded("sam", "new post").At(Now));
        WhenAsked(state => EndOversight.Decide(End, state, Now)).ShouldBeAlreadyDone();
        State.HasOversight("sam").ShouldBeFalse();
    }

    [Fact]
    public void Is_refused_for_somebody_not_at_work() =>
        WhenAsked(state => EndOversight.Decide(End, state, Now)).ShouldBeRefused(DirectoryRejections.StaffNotFound("sam"));
}
