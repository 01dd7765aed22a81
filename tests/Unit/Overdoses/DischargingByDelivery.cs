using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Unit.Overdoses;

public sealed class DischargingByDelivery : DutySpec
{
    private static readonly DischargeByDelivery Delivered = new(ClientId, DutyId, ReferralId, Cdt(6, 3, 9));

    [Fact]
    public void Discharges_the_duty_at_the_moment_of_delivery()
    {
        Given(OpenDuty());

        Decide(Delivered).ShouldRecord(Discharged(DischargePath.Referred, Cdt(6, 3, 9), referral: ReferralId));
    }

    [Fact]
    public void Is_in_time_at_the_very_due_time()
    {
        Given(OpenDuty());

        Decide(Delivered with { DeliveredAt = DueAt })
            .ShouldRecord(Discharged(DischargePath.Referred, DueAt, inTime: true, ReferralId));
    }

    [Fact]
    public void Is_late_a_second_after_due()
    {
        Given(OpenDuty());

        Decide(Delivered with { DeliveredAt = DueAt.AddSeconds(1) })
            .ShouldRecord(Discharged(DischargePath.Referred, DueAt.AddSeconds(1), inTime: false, ReferralId));
    }

    [Fact]
    public void Meets_a_duty_that_had_been_found_impossible()
    {
        Given([.. OpenDuty(), Gone(Cdt(6, 2, 12))]);

        Decide(Delivered).ShouldRecord(Discharged(DischargePath.Referred, Cdt(6, 3, 9), referral: ReferralId));
    }

    [Fact]
    public void Asks_for_attestation_and_verification_anew_after_an_impossibility()
    {
        Given([.. OpenDuty(), Gone(Cdt(6, 2, 12)), Attested(Cdt(6, 2, 13)), Verified(Cdt(6, 2, 14))]);

        GivenThat(Decide(Delivered));

        Duty.ShouldSatisfyAllConditions(duty => duty.Attested.ShouldBeFalse(), duty => duty.Verified.ShouldBeFalse());
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        Given(MetDuty());

        Decide(Delivered).ShouldRecordNothing();
    }

    [Fact]
    public void After_another_discharge_changes_nothing()
    {
        Given([.. OpenDuty(), Discharged(DischargePath.NotInterested, Cdt(6, 2, 14))]);

        Decide(Delivered).ShouldRecordNothing();
    }

    [Fact]
    public void After_supervision_ended_changes_nothing()
    {
        Given([.. OpenDuty(), Closed(Cdt(6, 2, 14))]);

        Decide(Delivered).ShouldRecordNothing();
    }

    [Fact]
    public void Proven_late_opens_a_duty_for_what_became_known_after_the_delivery()
    {
        Given([.. OpenDuty(), Known(SecondOverdose, Cdt(6, 3, 9)), Merged(SecondOverdose, Cdt(6, 3, 9))]);

        Decide(Delivered with { DeliveredAt = Cdt(6, 2, 16) }).ShouldRecord(
            Discharged(DischargePath.Referred, Cdt(6, 2, 16), referral: ReferralId),
            Triggered(SecondOverdose, Cdt(6, 3, 9), Cdt(6, 3, 9), Cdt(6, 4, 9)) with
            {
                DutyId = Domain.NamedId.Of(ClientId, $"duty/{SecondOverdose}/{ReferralId}"),
            });
    }

    [Fact]
    public void Keeps_who_referred_so_that_nobody_verifies_an_own_referral()
    {
        Given(OpenDuty());
        GivenThat(Decide(Delivered with { ReferredBy = "supervisor-1" }));
        Given(Attested(Cdt(6, 3, 10)));

        VerifyDuty.Decide(new VerifyDuty(ClientId, DutyId, "supervisor-1"), State, Cdt(6, 3, 11)).ShouldRefuse(DutyRejections.OwnAct());
    }

    [Fact]
    public void Is_refused_without_a_duty() => Decide(Delivered).ShouldRefuse(DutyRejections.NotFound());

    private Decision<DutyEvent> Decide(DischargeByDelivery command) => DischargeByDelivery.Decide(command, State, InForce);
}
