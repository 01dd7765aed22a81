using CaseFlow.Domain;
using CaseFlow.Domain.Supervision;

namespace CaseFlow.Unit.Supervision;

public abstract class SupervisionSpec() : Spec<SupervisionState, SupervisionEvent>(SupervisionState.Initial, SupervisionState.Evolve)
{
    protected static readonly Guid ClientId = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    protected static readonly When Today = When.At(Now);
    protected static readonly When Tomorrow = When.At(Now.AddDays(1));
    protected static readonly When LastWeek = When.At(Now.AddDays(-7));
    protected static readonly Rejection InFuture = TimeRejections.KnownInFuture(Now.AddDays(1), Now);
    protected static readonly StaffPost Ada = new("ada", Role.Agent, "dcc", "north");
    protected static readonly StaffPost Ben = new("ben", Role.Agent, "dcc", "south");

    protected static readonly SupervisionStarted Started =
        new SupervisionStarted(SupervisionStatus.Probation, "dcc", "north", new DateOnly(2027, 3, 3)) { ClientId = ClientId }.At(Now);

    protected static readonly AgentAssigned Assigned = new AgentAssigned("ada", "dcc", "north") { ClientId = ClientId }.At(Now);

    protected static readonly SupervisionEnded Ended = new SupervisionEnded(SupervisionEndReason.Completed) { ClientId = ClientId }.At(Now);

    public static TheoryData<StaffPost?, Rejection> UnfitAgents => new()
    {
        { null, SupervisionRejections.AgentUnknown("ben") },
        { Ben with { Role = Role.Coach }, SupervisionRejections.AgentUnknown("ben") },
        { Ben with { Departed = true }, SupervisionRejections.AgentDeparted("ben") },
        { Ben with { AgencyId = "other-dcc" }, SupervisionRejections.AgentOfAnotherAgency("ben") },
    };
}

public sealed class StartingSupervision : SupervisionSpec
{
    private static readonly StartSupervision Start =
        new(ClientId, SupervisionStatus.Probation, "dcc", "north", "ada", new DateOnly(2027, 3, 3), Today);

    [Fact]
    public void Told_again_is_done_already_only_if_it_is_the_same()
    {
        ShouldLoseNothing(Start, (told, state, now) => StartSupervision.Decide(told, state, officeIsOpen: true, Ada, now), "ClientId");
        ShouldLoseNothing(
            new ReassignAgent(ClientId, "ben", Sealed<string>.Of("Moved."), Today), (told, state, now) => ReassignAgent.Decide(told, state, Ben, now), "ClientId");
        ShouldLoseNothing(new EndSupervision(ClientId, SupervisionEndReason.Completed, Today), EndSupervision.Decide, "ClientId");
    }

    [Fact]
    public void Told_again_it_is_the_supervision_that_stands_and_none_that_ended()
    {
        var yesterday = Now.AddDays(-1);
        Given(
            (Started with { ExpectedEndOn = new DateOnly(2026, 6, 1) }).At(yesterday), Assigned.At(yesterday),
            new AgentReassigned("ada", "ben", "dcc", "north", Sealed<string>.Of("Moved.")) { ClientId = ClientId }.At(yesterday), Ended.At(yesterday));
        WhenAsked(state => StartSupervision.Decide(Start, state, officeIsOpen: true, Ada, Now)).ShouldRecord(Started, Assigned);

        WhenAsked(state => StartSupervision.Decide(Start with { ExpectedEndOn = new DateOnly(2026, 6, 1) }, state, officeIsOpen: true, Ada, Now))
            .ShouldBeRefused(SupervisionRejections.AlreadyUnderSupervision());
        WhenAsked(state => StartSupervision.Decide(Start, state, officeIsOpen: true, Ada, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => ReassignAgent.Decide(new(ClientId, "ada", Sealed<string>.Of("Moved."), Today), state, Ada, Now))
            .ShouldBeRefused(RepeatRejections.RecordedDifferently());
    }

    [Fact]
    public void With_an_agent_records_both() =>
        WhenAsked(state => StartSupervision.Decide(Start, state, officeIsOpen: true, Ada, Now)).ShouldRecord(Started, Assigned);

    [Fact]
    public void Without_an_agent_yet_records_the_start() =>
        WhenAsked(state => StartSupervision.Decide(Start with { AgentId = null }, state, officeIsOpen: true, agent: null, Now))
            .ShouldRecord(Started);

    [Fact]
    public void Twice_changes_nothing()
    {
        Given(Started, Assigned);

        WhenAsked(state => StartSupervision.Decide(Start, state, officeIsOpen: true, Ada, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_refused_while_under_supervision()
    {
        Given(Started, Assigned);

        WhenAsked(state => StartSupervision.Decide(Start with { Status = SupervisionStatus.Parole }, state, officeIsOpen: true, Ada, Now))
            .ShouldBeRefused(SupervisionRejections.AlreadyUnderSupervision());
    }

    [Fact]
    public void Again_after_an_end_starts_anew()
    {
        Given(Started, Assigned, Ended);

        WhenAsked(state => StartSupervision.Decide(Start, state, officeIsOpen: true, Ada, Now)).ShouldRecord(Started, Assigned);
    }

    [Fact]
    public void Is_refused_before_the_last_end()
    {
        Given(Started, Assigned, Ended);

        WhenAsked(state => StartSupervision.Decide(Start with { When = LastWeek }, state, officeIsOpen: true, Ada, Now))
            .ShouldBeRefused(SupervisionRejections.StartsBeforeLastEnd());
    }

    [Fact]
    public void Is_allowed_on_the_day_of_the_last_end_when_only_the_day_is_known()
    {
        Given(Started, Assigned, Ended);
        var day = new When(Now.AddHours(-10), TimePrecision.Day, Now, Now.AddHours(14));

        WhenAsked(state => StartSupervision.Decide(Start with { When = day }, state, officeIsOpen: true, Ada, Now)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Is_refused_at_an_office_that_is_not_open() =>
        WhenAsked(state => StartSupervision.Decide(Start, state, officeIsOpen: false, Ada, Now))
            .ShouldBeRefused(SupervisionRejections.OfficeUnknown("north"));

    [Theory]
    [MemberData(nameof(UnfitAgents))]
    public void Is_refused_with_an_unfit_agent(StaffPost? post, Rejection rejection) =>
        WhenAsked(state => StartSupervision.Decide(Start with { AgentId = "ben" }, state, officeIsOpen: true, post, Now))
            .ShouldBeRefused(rejection);

    [Fact]
    public void Is_refused_with_an_agent_of_another_office() =>
        WhenAsked(state => StartSupervision.Decide(Start with { AgentId = "ben" }, state, officeIsOpen: true, Ben, Now))
            .ShouldBeRefused(SupervisionRejections.AgentOfAnotherOffice("ben"));

    [Fact]
    public void Is_refused_ahead_of_time() =>
        WhenAsked(state => StartSupervision.Decide(Start with { When = Tomorrow }, state, officeIsOpen: true, Ada, Now))
            .ShouldBeRefused(InFuture);
}

public sealed class AssigningAnAgent : SupervisionSpec
{
    private static readonly AssignAgent Assign = new(ClientId, "ben", Today);

    [Fact]
    public void Records_it_once_and_moves_to_the_agents_office()
    {
        Given(Started);

        WhenAsked(state => AssignAgent.Decide(Assign, state, Ben, Now))
            .ShouldRecord(new AgentAssigned("ben", "dcc", "south") { ClientId = ClientId }.At(Now));
        WhenAsked(state => AssignAgent.Decide(Assign, state, Ben, Now)).ShouldBeAlreadyDone();
        State.OfficeId.ShouldBe("south");
    }

    [Fact]
    public void Is_refused_when_there_is_an_agent_already()
    {
        Given(Started, Assigned);

        WhenAsked(state => AssignAgent.Decide(Assign, state, Ben, Now)).ShouldBeRefused(SupervisionRejections.AgentAlreadyAssigned());
    }

    [Fact]
    public void Is_refused_outside_supervision()
    {
        WhenAsked(state => AssignAgent.Decide(Assign, state, Ben, Now)).ShouldBeRefused(SupervisionRejections.NotUnderSupervision());
        Given(Started, Ended);
        WhenAsked(state => AssignAgent.Decide(Assign, state, Ben, Now)).ShouldBeRefused(SupervisionRejections.NotUnderSupervision());
    }

    [Theory]
    [MemberData(nameof(UnfitAgents))]
    public void Is_refused_with_an_unfit_agent(StaffPost? post, Rejection rejection)
    {
        Given(Started);

        WhenAsked(state => AssignAgent.Decide(Assign, state, post, Now)).ShouldBeRefused(rejection);
    }

    [Fact]
    public void Is_refused_before_the_start_or_ahead_of_time()
    {
        Given(Started);

        WhenAsked(state => AssignAgent.Decide(Assign with { When = LastWeek }, state, Ben, Now))
            .ShouldBeRefused(SupervisionRejections.ChangesBeforeStart());
        WhenAsked(state => AssignAgent.Decide(Assign with { When = Tomorrow }, state, Ben, Now)).ShouldBeRefused(InFuture);
    }
}

public sealed class ReassigningAnAgent : SupervisionSpec
{
    private static readonly ReassignAgent Reassign = new(ClientId, "ben", Sealed<string>.Of("moved south"), Today);

    [Fact]
    public void Records_both_agents_once()
    {
        Given(Started, Assigned);

        WhenAsked(state => ReassignAgent.Decide(Reassign, state, Ben, Now)).ShouldRecord(
            new AgentReassigned("ada", "ben", "dcc", "south", Sealed<string>.Of("moved south")) { ClientId = ClientId }.At(Now));
        WhenAsked(state => ReassignAgent.Decide(Reassign, state, Ben, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_refused_before_anybody_was_assigned()
    {
        Given(Started);

        WhenAsked(state => ReassignAgent.Decide(Reassign, state, Ben, Now)).ShouldBeRefused(SupervisionRejections.NoAgentAssigned());
    }

    [Fact]
    public void Is_refused_outside_supervision() =>
        WhenAsked(state => ReassignAgent.Decide(Reassign, state, Ben, Now)).ShouldBeRefused(SupervisionRejections.NotUnderSupervision());

    [Theory]
    [MemberData(nameof(UnfitAgents))]
    public void Is_refused_with_an_unfit_agent(StaffPost? post, Rejection rejection)
    {
        Given(Started, Assigned);

        WhenAsked(state => ReassignAgent.Decide(Reassign, state, post, Now)).ShouldBeRefused(rejection);
    }

    [Fact]
    public void Is_refused_before_the_start_or_ahead_of_time()
    {
        Given(Started, Assigned);

        WhenAsked(state => ReassignAgent.Decide(Reassign with { When = LastWeek }, state, Ben, Now))
            .ShouldBeRefused(SupervisionRejections.ChangesBeforeStart());
        WhenAsked(state => ReassignAgent.Decide(Reassign with { When = Tomorrow }, state, Ben, Now)).ShouldBeRefused(InFuture);
    }
}

public sealed class EndingSupervision : SupervisionSpec
{
    private static readonly EndSupervision End = new(ClientId, SupervisionEndReason.Completed, Today);

    [Fact]
    public void Records_it_once()
    {
        Given(Started, Assigned);

        WhenAsked(state => EndSupervision.Decide(End, state, Now)).ShouldRecord(Ended);
        WhenAsked(state => EndSupervision.Decide(End, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_refused_for_a_client_never_supervised() =>
        WhenAsked(state => EndSupervision.Decide(End, state, Now)).ShouldBeRefused(SupervisionRejections.NotUnderSupervision());

    [Fact]
    public void Is_refused_before_the_start_or_ahead_of_time()
    {
        Given(Started, Assigned);

        WhenAsked(state => EndSupervision.Decide(End with { When = LastWeek }, state, Now))
            .ShouldBeRefused(SupervisionRejections.ChangesBeforeStart());
        WhenAsked(state => EndSupervision.Decide(End with { When = Tomorrow }, state, Now)).ShouldBeRefused(InFuture);
    }
}
