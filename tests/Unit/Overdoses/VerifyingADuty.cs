using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Unit.Overdoses;

public sealed class VerifyingADuty : DutySpec
{
    private static readonly DateTimeOffset Now = Cdt(6, 4, 9);
    private static readonly VerifyDuty Verify = new(ClientId, DutyId, Supervisor);

    [Fact]
    public void Follows_the_attestation()
    {
        Given([.. MetDuty(), Attested(Cdt(6, 3, 11))]);

        Decide(Verify).ShouldRecord(Verified(Now));
    }

    [Fact]
    public void Needs_no_attestation_when_the_duty_could_not_be_met()
    {
        Given([.. OpenDuty(), Gone(Cdt(6, 3, 9))]);

        Decide(Verify).ShouldRecord(Verified(Now));
    }

    [Fact]
    public void Happens_again_after_the_verdict_was_made_again()
    {
        Given([.. MetDuty(), Attested(Cdt(6, 3, 11)), Verified(Cdt(6, 3, 12))]);
        GivenThat(Correcting(FirstOverdose, Cdt(6, 1, 10)));

        Decide(Verify).ShouldRecord(Verified(Now));
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        Given([.. MetDuty(), Attested(Cdt(6, 3, 11)), Verified(Now)]);

        Decide(Verify).ShouldRecordNothing();
    }

    [Fact]
    public void Is_refused_without_a_duty() => Decide(Verify).ShouldRefuse(DutyRejections.NotFound());

    [Fact]
    public void Is_refused_while_the_duty_is_open()
    {
        Given(OpenDuty());

        Decide(Verify).ShouldRefuse(DutyRejections.NothingToVerify());
    }

    [Fact]
    public void Is_refused_after_supervision_ended()
    {
        Given([.. OpenDuty(), Closed(Cdt(6, 2, 14))]);

        Decide(Verify).ShouldRefuse(DutyRejections.NothingToVerify());
    }

    [Fact]
    public void Is_refused_before_the_attestation()
    {
        Given(MetDuty());

        Decide(Verify).ShouldRefuse(DutyRejections.NotAttested());
    }

    [Fact]
    public void Is_refused_between_the_return_and_the_next_attestation()
    {
        Given([.. MetDuty(), Attested(Cdt(6, 3, 11)), Returned(Cdt(6, 3, 12))]);

        Decide(Verify).ShouldRefuse(DutyRejections.NotAttested());
    }

    [Fact]
    public void Is_refused_to_the_holder()
    {
        Given([.. MetDuty(), Attested(Cdt(6, 3, 11))]);

        Decide(Verify with { VerifiedBy = Agent }).ShouldRefuse(DutyRejections.OwnAct());
    }

    [Fact]
    public void Is_refused_to_who_held_it_before()
    {
        Given([.. OpenDuty(), Reassigned(Cdt(6, 2, 12)), Gone(Cdt(6, 3, 9))]);

        Decide(Verify with { VerifiedBy = Agent }).ShouldRefuse(DutyRejections.OwnAct());
    }

    [Fact]
    public void Is_refused_to_who_approved_the_exemption()
    {
        Given(OpenDuty());
        GivenThat(ExemptDuty.Decide(new ExemptDuty(ClientId, DutyId, "deceased", Supervisor, Evidence: null), State, Policy, Cdt(6, 2, 14)));
        Given(Attested(Cdt(6, 3, 11)));

        Decide(Verify).ShouldRefuse(DutyRejections.OwnAct());
    }

    [Fact]
    public void Is_refused_to_who_asked_the_client()
    {
        Given(OpenDuty());
        GivenThat(RecordNotInterested.Decide(
            new RecordNotInterested(
                ClientId, DutyId, Supervisor, Role.AgentSupervisor, Cdt(6, 2, 14), ContactMode.Phone, Sealed<string>.Of("No.")),
            State,
            Policy,
            Now));
        Given(Attested(Cdt(6, 3, 11)));

        Decide(Verify).ShouldRefuse(DutyRejections.OwnAct());
    }

    private Decision<DutyEvent> Decide(VerifyDuty command) => VerifyDuty.Decide(command, State, Now);
}
