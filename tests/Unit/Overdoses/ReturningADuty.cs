using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Unit.Overdoses;

public sealed class ReturningADuty : DutySpec
{
    private static readonly DateTimeOffset Now = Cdt(6, 4, 9);
    private static readonly ReturnDuty Return = new(ClientId, DutyId, Supervisor, Sealed<string>.Of("Which coach?"));

    [Fact]
    public void Sends_it_back_with_a_reason()
    {
        Given([.. MetDuty(), Attested(Cdt(6, 3, 11))]);

        Decide(Return).ShouldRecord(Returned(Now));
    }

    [Fact]
    public void Takes_the_attestation_back()
    {
        Given([.. MetDuty(), Attested(Cdt(6, 3, 11)), Returned(Now)]);

        Duty.Attested.ShouldBeFalse();
        Duty.Phase.ShouldBe(DutyPhase.Discharged);
    }

    [Fact]
    public void Leads_to_verification_by_way_of_a_new_attestation()
    {
        Given([.. MetDuty(), Attested(Cdt(6, 3, 11)), Returned(Cdt(6, 3, 12)), Attested(Cdt(6, 3, 13))]);

        VerifyDuty.Decide(new VerifyDuty(ClientId, DutyId, Supervisor), State, Now).ShouldRecord(Verified(Now));
    }

    [Fact]
    public void Is_possible_before_any_attestation()
    {
        Given(MetDuty());

        Decide(Return).ShouldRecord(Returned(Now));
    }

    [Fact]
    public void Opens_a_duty_again_that_was_called_impossible()
    {
        Given([.. OpenDuty(), Gone(Cdt(6, 3, 9))]);

        var decision = Decide(Return);

        decision.ShouldRecord(Returned(Now) with { ReopenedDueAt = DueAt });
        GivenThat(decision);
        Duty.Phase.ShouldBe(DutyPhase.Open);
    }

    [Fact]
    public void Lets_a_discharged_duty_be_discharged_in_another_way()
    {
        Given([.. MetDuty(), Attested(Cdt(6, 3, 11)), Returned(Cdt(6, 3, 12))]);

        GivenThat(RecordNotInterested.Decide(
            new RecordNotInterested(ClientId, DutyId, Agent, Domain.Role.Agent, Cdt(6, 3, 13), Domain.ContactMode.Phone, Domain.Sealed<string>.Of("No.")),
            State, Policy, Cdt(6, 3, 14)));

        (Duty.Path, Duty.InTime, Duty.Returned).ShouldBe((DischargePath.NotInterested, false, false));
    }

    [Fact]
    public void Is_possible_again_after_the_next_attestation()
    {
        Given([.. MetDuty(), Attested(Cdt(6, 3, 11)), Returned(Cdt(6, 3, 12)), Attested(Cdt(6, 3, 13))]);

        Decide(Return).ShouldRecord(Returned(Now));
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        Given([.. MetDuty(), Attested(Cdt(6, 3, 11)), Returned(Now)]);

        Decide(Return).ShouldRecordNothing();
    }

    [Fact]
    public void Is_refused_without_a_duty() => Decide(Return).ShouldRefuse(DutyRejections.NotFound());

    [Fact]
    public void Is_refused_while_the_duty_is_open()
    {
        Given(OpenDuty());

        Decide(Return).ShouldRefuse(DutyRejections.NothingToVerify());
    }

    [Fact]
    public void Is_refused_after_supervision_ended()
    {
        Given([.. OpenDuty(), Closed(Cdt(6, 2, 14))]);

        Decide(Return).ShouldRefuse(DutyRejections.NothingToVerify());
    }

    [Fact]
    public void Is_refused_after_the_verification()
    {
        Given([.. MetDuty(), Attested(Cdt(6, 3, 11)), Verified(Cdt(6, 3, 12))]);

        Decide(Return).ShouldRefuse(DutyRejections.AlreadyVerified());
    }

    [Fact]
    public void Is_refused_to_the_holder()
    {
        Given(MetDuty());

        Decide(Return with { ReturnedBy = Agent }).ShouldRefuse(DutyRejections.OwnAct());
    }

    private Decision<DutyEvent> Decide(ReturnDuty command) => ReturnDuty.Decide(command, State, Now);
}
