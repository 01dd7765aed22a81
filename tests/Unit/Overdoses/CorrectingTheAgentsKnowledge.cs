using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Overdoses;

public sealed class CorrectingTheAgentsKnowledge : DutySpec
{
    private static readonly DateTimeOffset DayEarlier = Cdt(6, 1, 10);

    [Fact]
    public void Moves_the_due_time_of_an_open_duty_forward()
    {
        Given(OpenDuty());
        var later = Cdt(6, 2, 16);

        var decision = Correcting(FirstOverdose, later);

        decision.ShouldRecord(
            Corrected(KnownAt, later),
            new ReferralDutyDueMoved(DutyId, DueAt, later, Cdt(6, 3, 16), RemindAt: Cdt(6, 3, 12), PolicyVersion: 3) { ClientId = ClientId }.At(later));
        GivenThat(decision);
        Duty.DueAt.ShouldBe(Cdt(6, 3, 16));
    }

    [Fact]
    public void To_the_time_on_record_changes_nothing_and_loses_no_words()
    {
        Given(OpenDuty());
        DutyEvent[] recorded = [.. OpenDuty()];

        Correcting(FirstOverdose, KnownAt).Against(recorded, Same).ShouldBeAlreadyDone();
        Correcting(FirstOverdose, KnownAt).Against([], Same).Rejection.ShouldBe(RepeatRejections.RecordedDifferently());

        var corrected = Correcting(FirstOverdose, DayEarlier);
        GivenThat(corrected);
        recorded = [.. recorded, .. corrected.Events];
        Correcting(FirstOverdose, DayEarlier).Against(recorded, Same).ShouldBeAlreadyDone();
        Correcting(FirstOverdose, DayEarlier).Against(recorded, (_, _) => false).Rejection.ShouldBe(RepeatRejections.RecordedDifferently());

        static bool Same(Sealed<string>? told, Sealed<string>? before) => told?.Plain() == before?.Plain();
    }

    [Fact]
    public void Moves_the_due_time_of_an_open_duty_back()
    {
        Given(OpenDuty());

        Correcting(FirstOverdose, DayEarlier).ShouldRecord(
            Corrected(KnownAt, DayEarlier),
            new ReferralDutyDueMoved(DutyId, DueAt, DayEarlier, Cdt(6, 2, 10), RemindAt: Cdt(6, 2, 6), PolicyVersion: 3)
            {
                ClientId = ClientId,
            }.At(DayEarlier));
    }

    [Fact]
    public void Judges_a_met_duty_late_and_back_again()
    {
        Given(MetDuty());

        var late = Correcting(FirstOverdose, DayEarlier);
        late.ShouldRecord(Corrected(KnownAt, DayEarlier), Rejudged(DayEarlier, DueAt, Cdt(6, 2, 10), wasInTime: true, inTime: false));
        GivenThat(late);
        Duty.InTime.ShouldBeFalse();

        var back = Correcting(FirstOverdose, KnownAt);
        back.ShouldRecord(Corrected(DayEarlier, KnownAt), Rejudged(KnownAt, Cdt(6, 2, 10), DueAt, wasInTime: false, inTime: true));
        GivenThat(back);
        Duty.InTime.ShouldBeTrue();
    }

    [Fact]
    public void Takes_back_the_verification_of_a_verdict_made_again()
    {
        Given([.. MetDuty(), Attested(Cdt(6, 3, 11)), Verified(Cdt(6, 3, 12))]);

        GivenThat(Correcting(FirstOverdose, DayEarlier));

        Duty.Verified.ShouldBeFalse();
        Duty.Attested.ShouldBeTrue();
    }

    [Fact]
    public void That_leaves_the_due_time_where_it_was_moves_nothing()
    {
        var saturday = Cdt(6, 6, 12);
        GivenThat(Learning(FirstOverdose, saturday));

        Correcting(FirstOverdose, saturday.AddHours(1)).ShouldRecord(Corrected(saturday, saturday.AddHours(1)));
    }

    [Fact]
    public void Of_a_later_merged_overdose_leaves_the_clock_to_the_first()
    {
        Given([.. OpenDuty(), Known(SecondOverdose, Cdt(6, 2, 12)), Merged(SecondOverdose, Cdt(6, 2, 12))]);

        Correcting(SecondOverdose, Cdt(6, 2, 13)).ShouldRecord(Corrected(Cdt(6, 2, 12), Cdt(6, 2, 13), SecondOverdose));
    }

    [Fact]
    public void Of_the_first_hands_the_clock_to_the_next_known()
    {
        Given([.. OpenDuty(), Known(SecondOverdose, Cdt(6, 2, 12)), Merged(SecondOverdose, Cdt(6, 2, 12))]);

        Correcting(FirstOverdose, Cdt(6, 2, 15)).ShouldRecord(
            Corrected(KnownAt, Cdt(6, 2, 15)),
            new ReferralDutyDueMoved(DutyId, DueAt, Cdt(6, 2, 12), Cdt(6, 3, 12), RemindAt: Cdt(6, 3, 8), PolicyVersion: 3)
            {
                ClientId = ClientId,
            }.At(Cdt(6, 2, 15)));
    }

    [Fact]
    public void Moves_times_and_never_the_duty_that_an_overdose_belongs_to()
    {
        var thursday = Cdt(6, 4, 16);
        Given([.. OpenDuty(), Known(SecondOverdose, thursday), Triggered(SecondOverdose, thursday, thursday, Cdt(6, 5, 16))]);

        GivenThat(Correcting(SecondOverdose, Cdt(6, 2, 12)));

        State.Duties.Select(duty => duty.OverdoseIds.ShouldHaveSingleItem()).ShouldBe([FirstOverdose, SecondOverdose]);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 4)]
    public void Judges_under_the_policy_in_force_then_even_where_the_due_time_stays(int businessDays, int dueOn)
    {
        var slow = Policy with { OverdoseDuty = Policy.OverdoseDuty with { Within = new TimeLimit(businessDays, TimeUnit.BusinessDays) } };
        var register = Register((Cst(2026, 1, 1, 0), slow), (Cdt(6, 2, 0), Policy));
        Given(
            Known(FirstOverdose, KnownAt),
            Triggered(FirstOverdose, KnownAt, KnownAt, DueAt, version: 2, latest: 2),
            Discharged(DischargePath.Referred, Cdt(6, 3, 9)));

        Correcting(FirstOverdose, DayEarlier, register).ShouldRecord(
            Corrected(KnownAt, DayEarlier), Rejudged(DayEarlier, DueAt, Cdt(6, dueOn, 10), wasInTime: true, inTime: true, version: 1));
    }

    [Fact]
    public void Is_never_judged_by_a_version_published_later_with_an_earlier_effective_date()
    {
        var strict = Policy with { OverdoseDuty = Policy.OverdoseDuty with { Within = new TimeLimit(1, TimeUnit.OfficeHours) } };
        var register = Register((Cst(2026, 1, 1, 0), Policy), (Cst(2026, 2, 1, 0), strict));
        Given(
            Known(FirstOverdose, KnownAt),
            Triggered(FirstOverdose, KnownAt, KnownAt, DueAt, version: 1, latest: 1),
            Discharged(DischargePath.Referred, Cdt(6, 3, 9)));
        var hourEarlier = Cdt(6, 2, 9);

        Correcting(FirstOverdose, hourEarlier, register).ShouldRecord(
            Corrected(KnownAt, hourEarlier), Rejudged(hourEarlier, DueAt, Cdt(6, 3, 9), wasInTime: true, inTime: true, version: 1));
    }

    [Fact]
    public void That_owed_no_duty_changes_the_time_alone()
    {
        Given(
            Known(FirstOverdose, KnownAt),
            new ReferralDutyNotOwed(FirstOverdose, NotOwedReason.NotSupervised, PolicyVersion: 3) { ClientId = ClientId }.At(KnownAt));

        Correcting(FirstOverdose, DayEarlier).ShouldRecord(Corrected(KnownAt, DayEarlier) with { DutyId = null });
    }

    [Fact]
    public void Of_a_duty_closed_with_the_supervision_changes_the_time_alone()
    {
        Given([.. OpenDuty(), Closed(Cdt(6, 2, 15))]);

        Correcting(FirstOverdose, DayEarlier).ShouldRecord(Corrected(KnownAt, DayEarlier));
    }

    [Fact]
    public void Up_to_the_very_discharge_is_taken()
    {
        Given(MetDuty());

        Correcting(FirstOverdose, Cdt(6, 3, 9)).ShouldRecord(
            Corrected(KnownAt, Cdt(6, 3, 9)), Rejudged(Cdt(6, 3, 9), DueAt, Cdt(6, 4, 9), wasInTime: true, inTime: true));
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        Given(OpenDuty());
        GivenThat(Correcting(FirstOverdose, DayEarlier));

        Correcting(FirstOverdose, DayEarlier).ShouldRecordNothing();
    }

    [Fact]
    public void Is_refused_after_the_discharge()
    {
        Given(MetDuty());

        Correcting(FirstOverdose, Cdt(6, 3, 9, 0, 1)).ShouldRefuse(DutyRejections.KnownAfterDischarge(Cdt(6, 3, 9)));
    }

    [Fact]
    public void Is_refused_when_no_knowing_is_recorded() =>
        Correcting(FirstOverdose, KnownAt).ShouldRefuse(DutyRejections.KnowledgeNotRecorded(FirstOverdose));

    [Fact]
    public void Is_refused_before_the_overdose_happened()
    {
        Given(OpenDuty());
        var before = Cst(2025, 12, 31, 12);

        Correcting(FirstOverdose, before).ShouldRefuse(TimeRejections.KnownBeforeOccurred(before));
    }

    [Fact]
    public void Is_refused_ahead_of_the_recording()
    {
        Given(OpenDuty());
        var ahead = Cdt(7, 1, 9);

        Correcting(FirstOverdose, ahead).ShouldRefuse(TimeRejections.KnownInFuture(ahead, Cdt(6, 30, 9)));
    }

    private static AgentKnowledgeCorrected Corrected(DateTimeOffset from, DateTimeOffset to, Guid? overdose = null) =>
        new AgentKnowledgeCorrected(overdose ?? FirstOverdose, DutyId, KnownEventId, from, to, Sealed<string>.Of("Wrong date on the form."))
        {
            ClientId = ClientId,
        }.At(to);

    private static ReferralDutyRejudged Rejudged(
        DateTimeOffset knownAt, DateTimeOffset previousDueAt, DateTimeOffset dueAt, bool wasInTime, bool inTime, int version = 3) =>
        new ReferralDutyRejudged(DutyId, previousDueAt, knownAt, dueAt, wasInTime, inTime, version) { ClientId = ClientId }.At(knownAt);
}
