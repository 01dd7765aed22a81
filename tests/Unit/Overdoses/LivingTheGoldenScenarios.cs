using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Unit.Overdoses;

/// <summary>The golden scenarios of overdose and duty, as far as decisions tell them.</summary>
public sealed class LivingTheGoldenScenarios : DutySpec
{
    [Fact]
    public void One_known_Tuesday_referred_Wednesday_delivered_attested_verified_met_under_policy_3()
    {
        GivenThat(Learning(FirstOverdose, KnownAt));
        Duty.Phase.ShouldBe(DutyPhase.Open);

        GivenThat(DischargeByDelivery.Decide(new DischargeByDelivery(ClientId, DutyId, ReferralId, Cdt(6, 3, 9, 15)), State, InForce));
        GivenThat(AttestReferral.Decide(new AttestReferral(ClientId, DutyId, Agent), State, Cdt(6, 3, 9, 30)));
        GivenThat(VerifyDuty.Decide(new VerifyDuty(ClientId, DutyId, Supervisor), State, Cdt(6, 4, 9)));

        Duty.ShouldSatisfyAllConditions(
            duty => duty.Phase.ShouldBe(DutyPhase.Discharged),
            duty => duty.Path.ShouldBe(DischargePath.Referred),
            duty => duty.InTime.ShouldBeTrue(),
            duty => duty.PolicyVersion.ShouldBe(3),
            duty => duty.Attested.ShouldBeTrue(),
            duty => duty.Verified.ShouldBeTrue());
    }

    [Fact]
    public void Two_not_interested_and_a_new_overdose_in_two_weeks_opens_a_new_duty()
    {
        GivenThat(Learning(FirstOverdose, KnownAt));
        GivenThat(RecordNotInterested.Decide(
            new RecordNotInterested(ClientId, DutyId, Agent, Role.Agent, Cdt(6, 3, 9), ContactMode.InPerson, Sealed<string>.Of("No.")),
            State,
            Policy,
            Cdt(6, 3, 9)));
        var twoWeeksLater = Cdt(6, 16, 10);

        var decision = Learning(SecondOverdose, twoWeeksLater);

        decision.ShouldRecord(
            Known(SecondOverdose, twoWeeksLater), Triggered(SecondOverdose, twoWeeksLater, twoWeeksLater, Cdt(6, 17, 10)));
        GivenThat(decision);
        State.Duties.Select(duty => duty.Phase).ShouldBe([DutyPhase.Discharged, DutyPhase.Open]);
    }

    [Fact]
    public void Three_happened_on_the_1st_learned_on_the_9th_recorded_on_the_12th_runs_from_the_9th()
    {
        var (first, ninth, twelfth) = (Cdt(6, 1, 22), Cdt(6, 9, 10), Cdt(6, 12, 11));

        var reported = ReportOverdose.Decide(
            new ReportOverdose(
                FirstOverdose,
                ClientId,
                new OverdoseDetails(Fatality.NonFatal, Certainty.Confirmed, [], NaloxoneGiven: null, NaloxoneDoses: null, Area: null),
                OverdoseSource.Agent,
                "doc",
                Note: null,
                new When(first, TimePrecision.Exact, ninth)),
            OverdoseState.Initial,
            twelfth);
        var known = RecordOverdoseKnown.Decide(
            new RecordOverdoseKnown(ClientId, FirstOverdose, Agent, LearnedFrom.Family, ninth),
            State,
            FactsOf(FirstOverdose) with { OccurredAt = first },
            Supervision,
            InForce,
            twelfth);

        // By the 5th it had happened and nobody knew; from the 9th the duty runs and is due on the 10th.
        reported.Events.ShouldHaveSingleItem().CountsFrom().ShouldBe(first);
        reported.Events[0].KnownAt.ShouldBe(ninth);
        known.Events.ShouldAllBe(fact => fact.CountsFrom() == ninth);
        GivenThat(known);
        Duty.DueAt.ShouldBe(Cdt(6, 10, 10));

        // Discharged the day it was recorded, it is judged from the 9th: late.
        GivenThat(DischargeByDelivery.Decide(new DischargeByDelivery(ClientId, DutyId, ReferralId, twelfth), State, InForce));
        Duty.InTime.ShouldBeFalse();
    }
}
