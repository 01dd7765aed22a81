using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Overdoses;

public sealed class LearningOfAnOverdose : DutySpec
{
    private static readonly RecordOverdoseKnown Learn = new(ClientId, FirstOverdose, Agent, LearnedFrom.Police, KnownAt);

    /// <summary>The worked example's calendar: Labor Day, Monday 7 September 2026, is a holiday.</summary>
    private static readonly JurisdictionPolicy LaborDay = Policy with { Holidays = [new DateOnly(2026, 9, 7)] };

    [Fact]
    public void Opens_a_duty_that_is_due_in_one_business_day()
    {
        Learning(FirstOverdose, KnownAt).ShouldRecord(
            new OverdoseKnownToAgent(FirstOverdose, Agent, LearnedFrom.Police) { ClientId = ClientId }.At(KnownAt),
            new ReferralDutyTriggered(
                DutyId, FirstOverdose, "R1", Agent, "doc", "office-1", Provider,
                ClockStartsAt: KnownAt, DueAt: DueAt, RemindAt: Cdt(6, 3, 6), PolicyVersion: 3, LatestPolicyVersion: 3)
            { ClientId = ClientId }.At(KnownAt));
    }

    [Fact]
    public void On_Friday_at_18_00_before_a_holiday_starts_the_clock_Tuesday_08_00_and_is_due_Tuesday_17_00()
    {
        var friday = Cdt(9, 4, 18);

        Learning(FirstOverdose, friday, Always(LaborDay)).ShouldRecord(
            Known(FirstOverdose, friday), Triggered(FirstOverdose, friday, startsAt: Cdt(9, 8, 8), dueAt: Cdt(9, 8, 17)));
    }

    [Fact]
    public void On_Friday_at_10_00_before_a_holiday_is_due_Tuesday_10_00()
    {
        var friday = Cdt(9, 4, 10);

        Learning(FirstOverdose, friday, Always(LaborDay)).ShouldRecord(
            Known(FirstOverdose, friday), Triggered(FirstOverdose, friday, startsAt: friday, dueAt: Cdt(9, 8, 10)));
    }

    [Fact]
    public void Counts_by_the_wall_clock_when_summer_time_begins()
    {
        var friday = Cst(2026, 3, 6, 10);

        Learning(FirstOverdose, friday).ShouldRecord(
            Known(FirstOverdose, friday), Triggered(FirstOverdose, friday, startsAt: friday, dueAt: Cdt(3, 9, 10)));
    }

    [Fact]
    public void Counts_by_the_wall_clock_when_summer_time_ends()
    {
        var friday = Cdt(10, 30, 10);

        Learning(FirstOverdose, friday).ShouldRecord(
            Known(FirstOverdose, friday), Triggered(FirstOverdose, friday, startsAt: friday, dueAt: Cst(2026, 11, 2, 10)));
    }

    [Fact]
    public void Starts_the_clock_at_the_knowing_however_late_it_is_recorded()
    {
        Learning(FirstOverdose, KnownAt, now: Cdt(6, 20, 9)).ShouldRecord(OpenDuty());
    }

    [Fact]
    public void Names_the_version_judged_under_and_the_newest_that_ever_may()
    {
        var register = Register((Cst(2026, 1, 1, 0), Policy), (Cdt(7, 1, 0), Policy));

        Learning(FirstOverdose, KnownAt, register).ShouldRecord(
            Known(FirstOverdose, KnownAt), Triggered(FirstOverdose, KnownAt, KnownAt, DueAt, version: 1, latest: 2));
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        Given(OpenDuty());

        Learning(FirstOverdose, KnownAt).ShouldRecordNothing();
    }

    [Fact]
    public void Twice_changes_nothing_after_the_duty_was_met()
    {
        Given(MetDuty());

        Learning(FirstOverdose, KnownAt).ShouldRecordNothing();
    }

    [Fact]
    public void With_another_time_is_refused_and_sent_to_correction()
    {
        Given(OpenDuty());

        Learning(FirstOverdose, KnownAt.AddMinutes(1)).ShouldRefuse(DutyRejections.KnowledgeRecordedDifferently(FirstOverdose));
    }

    [Fact]
    public void Is_refused_for_an_overdose_of_somebody_else()
    {
        var overdose = FactsOf(FirstOverdose) with { ClientId = Guid.Parse("0195d6c4-0000-7000-8000-0000000000c2") };

        Decide(overdose, Supervision).ShouldRefuse(DutyRejections.OverdoseOfAnother(FirstOverdose));
    }

    [Fact]
    public void Is_refused_while_the_person_is_not_identified()
    {
        Decide(FactsOf(FirstOverdose) with { ClientId = null }, Supervision).ShouldRefuse(DutyRejections.OverdoseOfAnother(FirstOverdose));
    }

    [Fact]
    public void Is_refused_before_the_overdose_happened()
    {
        var occurredAt = KnownAt.AddMinutes(6);

        Decide(FactsOf(FirstOverdose) with { OccurredAt = occurredAt }, Supervision)
            .ShouldRefuse(TimeRejections.KnownBeforeOccurred(KnownAt));
    }

    [Fact]
    public void Is_compared_with_nothing_where_nobody_may_be_told_when_it_happened()
    {
        var occurredAt = KnownAt.AddMinutes(6);
        Decide(FactsOf(FirstOverdose) with { OccurredAt = occurredAt }, Supervision).Rejection.ShouldNotBeNull();

        Decide(FactsOf(FirstOverdose) with { OccurredAt = null }, Supervision).Events.OfType<ReferralDutyTriggered>().Single()
            .ClockStartsAt.ShouldBe(KnownAt, "what the agent says stands");
    }

    [Fact]
    public void Is_refused_ahead_of_the_recording()
    {
        var now = KnownAt.AddMinutes(-6);

        Learning(FirstOverdose, KnownAt, now: now).ShouldRefuse(TimeRejections.KnownInFuture(KnownAt, now));
    }

    [Fact]
    public void Opens_no_duty_for_a_client_who_is_not_supervised() =>
        Decide(FactsOf(FirstOverdose), supervision: null).ShouldRecord(Known(FirstOverdose, KnownAt), NotOwed(NotOwedReason.NotSupervised));

    [Fact]
    public void Opens_no_duty_after_a_death() =>
        Decide(FactsOf(FirstOverdose) with { Fatal = true }, Supervision)
            .ShouldRecord(Known(FirstOverdose, KnownAt), NotOwed(NotOwedReason.Fatal));

    [Fact]
    public void Opens_no_duty_for_what_was_ruled_out() =>
        Decide(FactsOf(FirstOverdose) with { RuledOut = true }, Supervision)
            .ShouldRecord(Known(FirstOverdose, KnownAt), NotOwed(NotOwedReason.RuledOut));

    [Fact]
    public void Opens_no_duty_where_the_jurisdiction_has_it_off()
    {
        var off = Policy with { OverdoseDuty = Policy.OverdoseDuty with { On = false } };

        Learning(FirstOverdose, KnownAt, Always(off)).ShouldRecord(Known(FirstOverdose, KnownAt), NotOwed(NotOwedReason.DutyOff));
    }

    [Fact]
    public void Opens_no_duty_before_the_first_policy()
    {
        var register = Register((Cdt(6, 2, 11), Policy));

        Learning(FirstOverdose, KnownAt, register)
            .ShouldRecord(Known(FirstOverdose, KnownAt), NotOwed(NotOwedReason.DutyOff, policyVersion: 0));
    }

    [Fact]
    public void That_owes_nothing_is_said_once()
    {
        Given(Known(FirstOverdose, KnownAt), NotOwed(NotOwedReason.NotSupervised));

        Learning(FirstOverdose, KnownAt).ShouldRecordNothing();
    }

    private Decision<DutyEvent> Decide(OverdoseFacts overdose, SupervisedBy? supervision) =>
        RecordOverdoseKnown.Decide(Learn, State, overdose, supervision, InForce, KnownAt);

    private static ReferralDutyNotOwed NotOwed(NotOwedReason reason, int policyVersion = 3) =>
        new ReferralDutyNotOwed(FirstOverdose, reason, policyVersion) { ClientId = ClientId }.At(KnownAt);
}
