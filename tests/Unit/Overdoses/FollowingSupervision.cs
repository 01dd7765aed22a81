using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Unit.Overdoses;

public sealed class FollowingSupervision : DutySpec
{
    private static readonly When Noon = When.At(Cdt(6, 2, 12));
    private static readonly SupervisedBy ToNextAgent = new(NextAgent, "doc", "office-2");

    [Fact]
    public void An_open_duty_follows_the_client_to_the_new_agent()
    {
        Given(OpenDuty());

        Reassigning().ShouldRecord(Reassigned(Cdt(6, 2, 12)));
    }

    [Fact]
    public void A_reassigned_duty_keeps_its_clock()
    {
        Given(OpenDuty());

        GivenThat(Reassigning());

        Duty.ShouldSatisfyAllConditions(
            duty => duty.AgentId.ShouldBe(NextAgent),
            duty => duty.OfficeId.ShouldBe("office-2"),
            duty => duty.DueAt.ShouldBe(DueAt),
            duty => duty.Phase.ShouldBe(DutyPhase.Open));
    }

    [Fact]
    public void A_duty_found_impossible_follows_too()
    {
        Given([.. OpenDuty(), Gone(Cdt(6, 2, 11))]);

        Reassigning().ShouldRecord(Reassigned(Cdt(6, 2, 12)));
    }

    [Fact]
    public void Every_open_duty_follows_and_the_verified_stays()
    {
        Given([.. MetDuty(), Attested(Cdt(6, 3, 11)), Verified(Cdt(6, 3, 12)), .. Learning(SecondOverdose, Cdt(6, 10, 10)).Events]);
        var when = When.At(Cdt(6, 10, 12));

        FollowSupervision.ToAgent(ClientId, State, ToNextAgent, when).ShouldRecord(
            new ReferralDutyReassigned(DutyOf(SecondOverdose), Agent, NextAgent, "doc", "office-2") { ClientId = ClientId }.At(when));
    }

    [Fact]
    public void A_discharged_duty_follows_until_it_is_verified_so_that_somebody_can_attest_it()
    {
        Given(MetDuty());
        var when = When.At(Cdt(6, 10, 12));

        GivenThat(FollowSupervision.ToAgent(ClientId, State, ToNextAgent, when));

        AttestReferral.Decide(new AttestReferral(ClientId, DutyId, NextAgent), State, Cdt(6, 10, 13)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Reassigning_twice_changes_nothing()
    {
        Given([.. OpenDuty(), Reassigned(Cdt(6, 2, 12))]);

        Reassigning().ShouldRecordNothing();
    }

    [Fact]
    public void Reassigning_a_client_without_duties_changes_nothing() => Reassigning().ShouldRecordNothing();

    [Fact]
    public void Supervision_ended_closes_an_open_duty_with_its_state_then()
    {
        Given(OpenDuty());

        Ending().ShouldRecord(Closed(Cdt(6, 2, 12)));
    }

    [Fact]
    public void Supervision_ended_closes_an_impossible_duty_with_its_state_then()
    {
        Given([.. OpenDuty(), Gone(Cdt(6, 2, 11))]);

        Ending().ShouldRecord(new ReferralDutyClosedUnsupervised(DutyId, DutyPhase.Impossible) { ClientId = ClientId }.At(Noon));
    }

    [Fact]
    public void Supervision_ended_leaves_a_discharged_duty_as_it_is()
    {
        Given(MetDuty());

        Ending().ShouldRecordNothing();
    }

    [Fact]
    public void Supervision_ended_twice_changes_nothing()
    {
        Given([.. OpenDuty(), Closed(Cdt(6, 2, 12))]);

        Ending().ShouldRecordNothing();
    }

    private Decision<DutyEvent> Reassigning() => FollowSupervision.ToAgent(ClientId, State, ToNextAgent, Noon);

    private Decision<DutyEvent> Ending() => FollowSupervision.Ended(ClientId, State, Noon);
}
