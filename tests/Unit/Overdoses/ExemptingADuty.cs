using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Unit.Overdoses;

public sealed class ExemptingADuty : DutySpec
{
    private static readonly DateTimeOffset Now = Cdt(6, 2, 14);

    private static readonly ExemptDuty Exempt = new(
        ClientId, DutyId, "in-custody-elsewhere", Supervisor, Sealed<string>.Of("Booking sheet of 2 June."));

    [Fact]
    public void Discharges_it_with_the_reason_and_the_approver()
    {
        Given(OpenDuty());

        Decide(Exempt).ShouldRecord(
            new ReferralDutyExemptionRecorded(DutyId, "in-custody-elsewhere", Supervisor, Exempt.Evidence) { ClientId = ClientId }.At(Now),
            Discharged(DischargePath.Exempt, Now));
    }

    [Fact]
    public void Is_late_after_due()
    {
        Given(OpenDuty());

        ExemptDuty.Decide(Exempt, State, Policy, Cdt(6, 3, 10, 1)).Events[1]
            .ShouldBe(Discharged(DischargePath.Exempt, Cdt(6, 3, 10, 1), inTime: false));
    }

    [Theory]
    [InlineData("deceased")]
    [InlineData("in-custody-elsewhere")]
    [InlineData("actively-coached")]
    [InlineData("ruled-out")]
    public void Takes_every_reason_on_the_policys_list(string reason)
    {
        Given(OpenDuty());

        Decide(Exempt with { ReasonCode = reason }).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Still_discharges_a_duty_found_impossible()
    {
        Given([.. OpenDuty(), Gone(Cdt(6, 2, 12))]);

        Decide(Exempt).Events[1].ShouldBe(Discharged(DischargePath.Exempt, Now));
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        Given(OpenDuty());
        GivenThat(Decide(Exempt));

        Decide(Exempt).ShouldRecordNothing();
    }

    [Fact]
    public void Is_refused_without_a_duty() => Decide(Exempt).ShouldRefuse(DutyRejections.NotFound());

    [Fact]
    public void Is_refused_after_another_discharge()
    {
        Given(MetDuty());

        Decide(Exempt).ShouldRefuse(DutyRejections.AlreadyDischarged(DischargePath.Referred));
    }

    [Fact]
    public void Is_refused_after_supervision_ended()
    {
        Given([.. OpenDuty(), Closed(Cdt(6, 2, 12))]);

        Decide(Exempt).ShouldRefuse(DutyRejections.Closed());
    }

    [Fact]
    public void Is_refused_to_the_dutys_own_agent()
    {
        Given(OpenDuty());

        Decide(Exempt with { ApprovedBy = Agent }).ShouldRefuse(DutyRejections.ApproverIsAgent());
    }

    [Fact]
    public void Is_refused_for_a_reason_that_is_not_on_the_list()
    {
        Given(OpenDuty());

        Decide(Exempt with { ReasonCode = "too-busy" }).ShouldRefuse(DutyRejections.ExemptionUnknown("too-busy"));
    }

    private Decision<DutyEvent> Decide(ExemptDuty command) => ExemptDuty.Decide(command, State, Policy, Now);
}
