using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Unit.Overdoses;

/// <summary>R1: who may refer to whom so that the duty is discharged.</summary>
public sealed class ReferringForADuty : DutySpec
{
    [Fact]
    public void Is_allowed_to_the_provider_that_the_duty_names()
    {
        Given(OpenDuty());

        Check().ShouldBeNull();
    }

    [Fact]
    public void Is_allowed_for_a_duty_found_impossible()
    {
        Given([.. OpenDuty(), Gone(Cdt(6, 2, 12))]);

        Check().ShouldBeNull();
    }

    [Fact]
    public void Is_refused_without_a_duty() => Check().ShouldBe(DutyRejections.NotFound());

    [Fact]
    public void Is_refused_after_the_discharge()
    {
        Given(MetDuty());

        Check().ShouldBe(DutyRejections.AlreadyDischarged(DischargePath.Referred));
    }

    [Fact]
    public void Is_refused_after_supervision_ended()
    {
        Given([.. OpenDuty(), Closed(Cdt(6, 2, 12))]);

        Check().ShouldBe(DutyRejections.Closed());
    }

    [Fact]
    public void Is_refused_to_a_role_that_the_policy_does_not_name()
    {
        Given(OpenDuty());

        Check(referredAs: Role.Coordinator).ShouldBe(DutyRejections.RoleMayNotDischarge(Role.Coordinator));
    }

    [Fact]
    public void Is_refused_to_another_provider()
    {
        Given(OpenDuty());

        Check(toAgencyId: "another-provider").ShouldBe(DutyRejections.WrongProvider(Provider));
    }

    private Rejection? Check(string toAgencyId = Provider, Role referredAs = Role.Agent) =>
        ReferForDuty.Check(State, DutyId, toAgencyId, referredAs, Policy);
}
