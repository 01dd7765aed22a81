using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Unit.Overdoses;

public sealed class AttestingAReferral : DutySpec
{
    private static readonly DateTimeOffset Now = Cdt(6, 3, 11);
    private static readonly AttestReferral Attest = new(ClientId, DutyId, Agent);

    [Fact]
    public void Confirms_what_was_done()
    {
        Given(MetDuty());

        Decide(Attest).ShouldRecord(Attested(Now));
    }

    [Fact]
    public void Confirms_that_the_client_was_not_interested()
    {
        Given([.. OpenDuty(), Discharged(DischargePath.NotInterested, Cdt(6, 2, 14))]);

        Decide(Attest).ShouldRecord(Attested(Now));
    }

    [Fact]
    public void Confirms_that_it_could_not_be_met()
    {
        Given([.. OpenDuty(), Gone(Cdt(6, 3, 9))]);

        Decide(Attest).ShouldRecord(Attested(Now));
    }

    [Fact]
    public void Happens_again_after_the_duty_was_returned()
    {
        Given([.. MetDuty(), Attested(Cdt(6, 3, 10)), Returned(Cdt(6, 3, 10, 30))]);

        Decide(Attest).ShouldRecord(Attested(Now));
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        Given([.. MetDuty(), Attested(Now)]);

        Decide(Attest).ShouldRecordNothing();
    }

    [Fact]
    public void Is_refused_without_a_duty() => Decide(Attest).ShouldRefuse(DutyRejections.NotFound());

    [Fact]
    public void Is_refused_while_the_duty_is_open()
    {
        Given(OpenDuty());

        Decide(Attest).ShouldRefuse(DutyRejections.NothingToAttest());
    }

    [Fact]
    public void Is_refused_after_supervision_ended()
    {
        Given([.. OpenDuty(), Closed(Cdt(6, 2, 14))]);

        Decide(Attest).ShouldRefuse(DutyRejections.Closed());
    }

    [Theory]
    [InlineData(NextAgent)]
    [InlineData(Supervisor)]
    public void Is_refused_to_everybody_but_the_holder(string somebodyElse)
    {
        Given(MetDuty());

        Decide(Attest with { AttestedBy = somebodyElse }).ShouldRefuse(DutyRejections.NotDutyHolder());
    }

    [Fact]
    public void Belongs_to_the_new_holder_after_a_reassignment()
    {
        Given([.. OpenDuty(), Reassigned(Cdt(6, 2, 12)), Discharged(DischargePath.Referred, Cdt(6, 3, 9))]);

        Decide(Attest).ShouldRefuse(DutyRejections.NotDutyHolder());
        Decide(Attest with { AttestedBy = NextAgent }).ShouldRecord(
            new ReferralAttestationGiven(DutyId, NextAgent) { ClientId = ClientId }.At(Now));
    }

    private Decision<DutyEvent> Decide(AttestReferral command) => AttestReferral.Decide(command, State, Now);
}
