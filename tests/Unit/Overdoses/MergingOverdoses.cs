using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Overdoses;

/// <summary>R4: overdoses known within 24 hours are one duty while it is undischarged.</summary>
public sealed class MergingOverdoses : DutySpec
{
    private static readonly Guid ThirdOverdose = Guid.Parse("0195d6c4-0000-7000-8000-0000000000a3");

    [Fact]
    public void Two_learned_at_the_same_instant_are_one_duty()
    {
        GivenThat(Learning(FirstOverdose, KnownAt));

        var second = Learning(SecondOverdose, KnownAt);

        second.ShouldRecord(Known(SecondOverdose, KnownAt), Merged(SecondOverdose, KnownAt));
        GivenThat(second);
        State.Duties.ShouldHaveSingleItem().OverdoseIds.ShouldBe([FirstOverdose, SecondOverdose]);
        Duty.DueAt.ShouldBe(DueAt);
    }

    [Fact]
    public void The_merge_window_includes_its_last_instant()
    {
        Given(OpenDuty());
        var dayLater = KnownAt.AddHours(24);

        Learning(SecondOverdose, dayLater).ShouldRecord(Known(SecondOverdose, dayLater), Merged(SecondOverdose, dayLater));
    }

    [Fact]
    public void A_second_past_the_merge_window_opens_a_duty_of_its_own()
    {
        Given(OpenDuty());
        var tooLate = KnownAt.AddHours(24).AddSeconds(1);

        Learning(SecondOverdose, tooLate).ShouldRecord(
            Known(SecondOverdose, tooLate), Triggered(SecondOverdose, tooLate, tooLate, Cdt(6, 4, 10, 0, 1)));
    }

    [Fact]
    public void The_merge_window_runs_from_the_first_knowing_not_the_last()
    {
        Given([.. OpenDuty(), Known(SecondOverdose, Cdt(6, 3, 9)), Merged(SecondOverdose, Cdt(6, 3, 9))]);
        var thursday = Cdt(6, 4, 8, 30);

        Learning(ThirdOverdose, thursday).ShouldRecord(
            Known(ThirdOverdose, thursday), Triggered(ThirdOverdose, thursday, thursday, Cdt(6, 5, 8, 30)));
    }

    [Fact]
    public void An_overdue_duty_still_takes_a_further_overdose()
    {
        var friday = Cdt(6, 5, 16, 30);
        var hours = Policy with { OverdoseDuty = Policy.OverdoseDuty with { Within = new TimeLimit(1, TimeUnit.Hours) } };
        GivenThat(Learning(FirstOverdose, friday, Always(hours)));

        Learning(SecondOverdose, friday.AddHours(3), Always(hours))
            .ShouldRecord(Known(SecondOverdose, friday.AddHours(3)), Merged(SecondOverdose, friday.AddHours(3)));
    }

    [Fact]
    public void An_earlier_knowing_recorded_late_moves_the_due_time()
    {
        Given(OpenDuty());
        var monday = Cdt(6, 1, 15);

        var decision = Learning(SecondOverdose, monday, now: KnownAt);

        decision.ShouldRecord(
            Known(SecondOverdose, monday),
            Merged(SecondOverdose, monday),
            new ReferralDutyDueMoved(DutyId, DueAt, ClockStartsAt: monday, Cdt(6, 2, 15), RemindAt: Cdt(6, 2, 11), PolicyVersion: 3)
            {
                ClientId = ClientId,
            }.At(monday));
        GivenThat(decision);
        Duty.DueAt.ShouldBe(Cdt(6, 2, 15));
    }

    [Fact]
    public void An_earlier_knowing_with_the_same_due_time_moves_nothing()
    {
        var saturday = Cdt(6, 6, 12);
        GivenThat(Learning(FirstOverdose, saturday));

        Learning(SecondOverdose, saturday.AddHours(-2), now: saturday)
            .ShouldRecord(Known(SecondOverdose, saturday.AddHours(-2)), Merged(SecondOverdose, saturday.AddHours(-2)));
    }

    [Fact]
    public void A_later_version_does_not_move_the_due_time_of_a_standing_duty()
    {
        var slower = Policy with { OverdoseDuty = Policy.OverdoseDuty with { Within = new TimeLimit(3, TimeUnit.BusinessDays) } };
        var register = Register((Cst(2026, 1, 1, 0), Policy), (Cst(2026, 2, 1, 0), slower));
        Given(Known(FirstOverdose, KnownAt), Triggered(FirstOverdose, KnownAt, KnownAt, DueAt, version: 1, latest: 1));
        var monday = Cdt(6, 1, 15);

        Learning(SecondOverdose, monday, register, now: KnownAt).ShouldRecord(
            Known(SecondOverdose, monday),
            new OverdoseMergedIntoDuty(DutyId, SecondOverdose, PolicyVersion: 2) { ClientId = ClientId }.At(monday),
            new ReferralDutyDueMoved(DutyId, DueAt, monday, Cdt(6, 2, 15), Cdt(6, 2, 11), PolicyVersion: 1) { ClientId = ClientId }.At(monday));
    }

    [Fact]
    public void An_overdose_known_before_the_discharge_joins_the_discharged_duty()
    {
        Given(MetDuty());
        var before = Cdt(6, 2, 16);

        Learning(SecondOverdose, before, now: Cdt(6, 5, 9)).ShouldRecord(Known(SecondOverdose, before), Merged(SecondOverdose, before));
    }

    [Fact]
    public void An_earlier_knowing_that_joins_a_discharged_duty_judges_it_again()
    {
        Given(MetDuty());
        var monday = Cdt(6, 1, 15);

        var decision = Learning(SecondOverdose, monday, now: Cdt(6, 5, 9));

        decision.ShouldRecord(
            Known(SecondOverdose, monday),
            Merged(SecondOverdose, monday),
            new ReferralDutyRejudged(DutyId, DueAt, monday, Cdt(6, 2, 15), WasInTime: true, InTime: false, PolicyVersion: 3)
            {
                ClientId = ClientId,
            }.At(monday));
        GivenThat(decision);
        Duty.InTime.ShouldBeFalse();
    }

    [Fact]
    public void An_overdose_known_after_the_discharge_opens_a_new_duty()
    {
        Given(MetDuty());
        var after = Cdt(6, 3, 9, 30);

        Learning(SecondOverdose, after).ShouldRecord(
            Known(SecondOverdose, after), Triggered(SecondOverdose, after, after, Cdt(6, 4, 9, 30)));
    }

    [Fact]
    public void An_overdose_known_at_the_very_discharge_opens_a_new_duty()
    {
        Given(MetDuty());
        var at = Cdt(6, 3, 9);

        Learning(SecondOverdose, at).ShouldRecord(Known(SecondOverdose, at), Triggered(SecondOverdose, at, at, Cdt(6, 4, 9)));
    }

    [Fact]
    public void An_overdose_known_before_the_duty_was_found_impossible_joins_it()
    {
        Given([.. OpenDuty(), Gone(Cdt(6, 3, 9))]);
        var before = Cdt(6, 2, 16);

        Learning(SecondOverdose, before, now: Cdt(6, 5, 9)).ShouldRecord(Known(SecondOverdose, before), Merged(SecondOverdose, before));
    }

    [Fact]
    public void An_overdose_known_after_the_duty_was_found_impossible_opens_a_new_duty()
    {
        Given([.. OpenDuty(), Gone(Cdt(6, 2, 15))]);
        var after = Cdt(6, 2, 16);

        Learning(SecondOverdose, after).ShouldRecord(
            Known(SecondOverdose, after), Triggered(SecondOverdose, after, after, Cdt(6, 3, 16)));
    }

    [Fact]
    public void A_duty_closed_with_the_supervision_takes_no_further_overdose()
    {
        Given([.. OpenDuty(), Closed(Cdt(6, 2, 15))]);
        var after = Cdt(6, 2, 16);

        Learning(SecondOverdose, after).ShouldRecord(
            Known(SecondOverdose, after), Triggered(SecondOverdose, after, after, Cdt(6, 3, 16)));
    }

    [Fact]
    public void Between_two_open_duties_an_overdose_joins_the_earlier_known()
    {
        var thirtyHoursLater = Cdt(6, 3, 16);
        Given([.. OpenDuty(), Known(SecondOverdose, thirtyHoursLater), Triggered(SecondOverdose, thirtyHoursLater, thirtyHoursLater, Cdt(6, 4, 16))]);
        var between = Cdt(6, 2, 23);

        Learning(ThirdOverdose, between, now: Cdt(6, 5, 9)).ShouldRecord(Known(ThirdOverdose, between), Merged(ThirdOverdose, between));
    }

    [Fact]
    public void The_window_is_the_policys()
    {
        var narrow = Policy with { OverdoseDuty = Policy.OverdoseDuty with { MergeWindowHours = 1 } };
        Given(OpenDuty());
        var noon = Cdt(6, 2, 12);

        Learning(SecondOverdose, noon, Always(narrow)).ShouldRecord(
            Known(SecondOverdose, noon), Triggered(SecondOverdose, noon, noon, Cdt(6, 3, 12)));
    }

    [Fact]
    public void Again_changes_nothing()
    {
        Given([.. OpenDuty(), Known(SecondOverdose, KnownAt), Merged(SecondOverdose, KnownAt)]);

        Learning(SecondOverdose, KnownAt).ShouldRecordNothing();
    }
}
