using CaseFlow.Domain.Courts;

namespace CaseFlow.Unit.Courts;

/// <summary>Conditions, warrants, restitution, fees and community service.</summary>
public sealed class KeepingOrders : ParticipationSpec
{
    private static readonly ConditionOrdered Condition = new("essay", new DateOnly(2026, 3, 17));

    public KeepingOrders() => GivenAdmitted();

    [Fact]
    public void A_condition_has_terms_a_kind_of_the_courts_and_a_day_ahead()
    {
        Record(Condition, words: null).ShouldBeRefused(ParticipationRejections.TermsMissing());
        Record(Condition with { Kind = "dance" }).ShouldBeRefused(ParticipationRejections.CodeUnknown("kind"));
        Record(Condition with { DueOn = new DateOnly(2026, 3, 2) }).ShouldBeRefused(ParticipationRejections.DueInThePast());
        Record(Condition with { DueOn = new DateOnly(2026, 3, 3) }).Rejection.ShouldBeNull();
        Record(Condition with { DueOn = null }).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_condition_is_amended_and_violated_while_it_is_open_and_satisfied_once()
    {
        var condition = Recorded(Condition);
        Recorded(new ConditionAmended(condition, new DateOnly(2026, 4, 1)));
        Record(new ConditionAmended(condition, new DateOnly(2026, 3, 1))).ShouldBeRefused(ParticipationRejections.DueInThePast());
        Record(new ConditionViolated(condition), words: null).ShouldBeRefused(ParticipationRejections.ReasonMissing());
        Recorded(new ConditionViolated(condition));
        State.Conditions[condition].ShouldBe(ConditionStanding.Open);
        Recorded(new ConditionSatisfied(condition));
        DaysPass(1);

        foreach (var id in new[] { condition, Id(1) })
        {
            foreach (var fact in new ParticipationEvent[] { new ConditionSatisfied(id), new ConditionLifted(id), new ConditionViolated(id), new ConditionAmended(id, null) })
                Record(fact).ShouldBeRefused(ParticipationRejections.ConditionNotOpen());
        }

        var other = Recorded(Condition);
        Record(new ConditionLifted(other), by: ["coord-1"]).ShouldBeRefused(ParticipationRejections.NotByAJudge());
        Recorded(new ConditionLifted(other));
        State.Conditions[other].ShouldBe(ConditionStanding.Lifted);
    }

    [Fact]
    public void What_was_so_while_a_condition_stood_is_told_also_once_it_has_ended()
    {
        var condition = Recorded(Condition);
        DaysPass(10);
        var lifted = Recorded(new ConditionLifted(condition));
        DaysPass(5);

        Recorded(new ConditionViolated(condition), at: Clock.AddDays(-6));
        Recorded(new ConditionAmended(condition, null), at: Clock.AddDays(-7));
        Record(new ConditionViolated(condition), at: Clock.AddDays(-4)).ShouldBeRefused(ParticipationRejections.ConditionNotOpen());
        Record(new ConditionSatisfied(condition), at: Clock.AddDays(-6)).ShouldBeRefused(ParticipationRejections.ConditionNotOpen());
        Record(new ConditionViolated(lifted), at: Clock.AddDays(-6)).ShouldBeRefused(ParticipationRejections.ConditionNotOpen());
        State.Conditions[condition].ShouldBe(ConditionStanding.Lifted);
    }

    [Fact]
    public void A_warrant_is_quashed_once()
    {
        var warrant = Recorded(new WarrantIssued("failure-to-appear"));
        State.Warrants.ShouldBe([warrant]);
        Record(new WarrantQuashed(Id(1))).ShouldBeRefused(ParticipationRejections.WarrantNotOpen());
        Recorded(new WarrantQuashed(warrant));
        Record(new WarrantQuashed(warrant)).ShouldBeRefused(ParticipationRejections.WarrantNotOpen());
    }

    [Fact]
    public void One_that_is_out_when_the_participation_ends_is_quashed_after_it()
    {
        var (warrant, other) = (Recorded(new WarrantIssued("failure-to-appear")), Recorded(new WarrantIssued("failure-to-appear")));
        Recorded(new ParticipationClosed(ParticipationClosure.CaseDismissed));
        State.Warrants.ShouldBe([warrant, other], ignoreOrder: true);
        Recorded(new WarrantQuashed(warrant));
        State.Warrants.ShouldBe([other]);
        Record(new WarrantIssued("failure-to-appear")).ShouldBeRefused(ParticipationRejections.Over(ParticipationStage.Closed));
    }

    [Fact]
    public void Nothing_is_paid_waived_or_done_beyond_what_was_ordered()
    {
        var restitution = Recorded(new RestitutionOrdered(25_000, null));
        var fee = Recorded(new FeeOrdered("program-fee", 4_000, null));
        var service = Recorded(new CommunityServiceOrdered(20, null));
        Recorded(new RestitutionPaid(restitution, 20_000));
        Recorded(new FeePaid(fee, 1_000));
        Recorded(new CommunityServiceCompleted(service, 12));

        Record(new RestitutionPaid(restitution, 5_001)).ShouldBeRefused(ParticipationRejections.AmountOverOpen(5_000));
        Record(new FeeWaived(fee, 3_001)).ShouldBeRefused(ParticipationRejections.AmountOverOpen(3_000));
        Record(new CommunityServiceCompleted(service, 9)).ShouldBeRefused(ParticipationRejections.AmountOverOpen(8));
        Recorded(new FeeWaived(fee, 3_000));
        Record(new FeePaid(fee, 1)).ShouldBeRefused(ParticipationRejections.AmountOverOpen(0));
    }

    [Fact]
    public void An_order_is_settled_as_what_it_is()
    {
        var restitution = Recorded(new RestitutionOrdered(25_000, null));

        Record(new FeePaid(restitution, 100)).ShouldBeRefused(ParticipationRejections.OrderUnknown());
        Record(new FeeWaived(restitution, 100)).ShouldBeRefused(ParticipationRejections.OrderUnknown());
        Record(new CommunityServiceCompleted(restitution, 1)).ShouldBeRefused(ParticipationRejections.OrderUnknown());
        Record(new RestitutionPaid(Id(1), 100)).ShouldBeRefused(ParticipationRejections.OrderUnknown());
    }

    [Fact]
    public void Amounts_are_more_than_nothing_and_due_ahead()
    {
        foreach (var cents in new[] { 0L, -1, 1_000_000_001 })
        {
            Record(new RestitutionOrdered(cents, null)).ShouldBeRefused(ParticipationRejections.AmountOutOfRange("amountCents", 1, 1_000_000_000));
            Record(new FeeOrdered("program-fee", cents, null)).ShouldBeRefused(ParticipationRejections.AmountOutOfRange("amountCents", 1, 1_000_000_000));
            Record(new RestitutionPaid(Id(1), cents)).ShouldBeRefused(ParticipationRejections.AmountOutOfRange("amountCents", 1, 1_000_000_000));
        }

        Record(new CommunityServiceOrdered(0, null)).ShouldBeRefused(ParticipationRejections.AmountOutOfRange("hours", 1, 10_000));
        foreach (var fact in new ParticipationEvent[]
        {
            new RestitutionOrdered(1, new DateOnly(2026, 3, 2)), new FeeOrdered("program-fee", 1, new DateOnly(2026, 3, 2)), new CommunityServiceOrdered(1, new DateOnly(2026, 3, 2)),
        })
        {
            Record(fact).ShouldBeRefused(ParticipationRejections.DueInThePast());
        }
    }
}
