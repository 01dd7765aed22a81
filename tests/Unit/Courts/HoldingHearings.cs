using CaseFlow.Domain.Courts;

namespace CaseFlow.Unit.Courts;

public sealed class HoldingHearings : ParticipationSpec
{
    private static readonly StatusHearingScheduled Schedule = new(HearingKind.Status, Now.AddDays(14), "3b");

    [Fact]
    public void A_hearing_is_scheduled_continued_and_held()
    {
        GivenAdmitted();
        var hearing = Recorded(Schedule);
        Recorded(new StatusHearingContinued(hearing, Now.AddDays(16), "judge-ill"));
        State.Hearings[hearing].At.ShouldBe(Now.AddDays(16));
        DaysPass(16);

        Record(new StatusHearingHeld(hearing, HearingKind.Termination, HearingPresence.Video))
            .Events.ShouldHaveSingleItem().ShouldBeOfType<StatusHearingHeld>().Kind.ShouldBe(HearingKind.Status, "the hearing is of the kind that was scheduled");
        State.Hearings[hearing].Standing.ShouldBe(HearingStanding.Held);
    }

    [Fact]
    public void Is_refused_in_the_past()
    {
        GivenAdmitted();
        var hearing = Recorded(Schedule);

        Record(Schedule with { ScheduledAt = Now }).ShouldBeRefused(ParticipationRejections.HearingInThePast());
        Record(new StatusHearingContinued(hearing, Now.AddTicks(-1), "judge-ill")).ShouldBeRefused(ParticipationRejections.HearingInThePast());
    }

    /// <summary>What nobody entered beforehand is entered afterwards, as it was: set before its time, then missed.</summary>
    [Fact]
    public void One_that_nobody_entered_in_time_is_entered_late_as_set_before_it_and_missed()
    {
        GivenAdmitted();
        DaysPass(20);

        Record(Schedule).ShouldBeRefused(ParticipationRejections.HearingInThePast());
        Record(Schedule, at: Schedule.ScheduledAt).ShouldBeRefused(ParticipationRejections.HearingInThePast());
        var hearing = Recorded(Schedule, at: Schedule.ScheduledAt.AddDays(-7));
        Record(new StatusHearingContinued(hearing, Schedule.ScheduledAt.AddDays(1), "judge-ill"), at: Schedule.ScheduledAt.AddDays(1)).ShouldBeRefused(ParticipationRejections.HearingInThePast());
        Recorded(new StatusHearingMissed(hearing, Excused: false), at: Schedule.ScheduledAt);
        State.Hearings[hearing].ShouldBe(new CourtHearing(HearingKind.Status, Schedule.ScheduledAt, HearingStanding.Missed));
    }

    [Fact]
    public void Is_neither_held_nor_missed_while_it_lies_ahead()
    {
        GivenAdmitted();
        var hearing = Recorded(Schedule);

        Record(new StatusHearingHeld(hearing, HearingKind.Status, HearingPresence.InPerson)).ShouldBeRefused(ParticipationRejections.HearingStillAhead());
        Record(new StatusHearingMissed(hearing, Excused: false)).ShouldBeRefused(ParticipationRejections.HearingStillAhead());
        DaysPass(14);
        Record(new StatusHearingMissed(hearing, Excused: false)).Rejection.ShouldBeNull();
        State.Hearings[hearing].Standing.ShouldBe(HearingStanding.Missed);
    }

    [Fact]
    public void Is_over_once_held_or_missed()
    {
        GivenAdmitted();
        var hearing = Recorded(Schedule);
        DaysPass(14);
        Recorded(new StatusHearingHeld(hearing, HearingKind.Status, HearingPresence.InPerson));

        foreach (var id in new[] { hearing, Id(1) })
        {
            Record(new StatusHearingHeld(id, HearingKind.Status, HearingPresence.InPerson)).ShouldBeRefused(ParticipationRejections.HearingUnknown());
            Record(new StatusHearingMissed(id, Excused: true)).ShouldBeRefused(ParticipationRejections.HearingUnknown());
            Record(new StatusHearingContinued(id, Clock.AddDays(7), "judge-ill")).ShouldBeRefused(ParticipationRejections.HearingUnknown());
        }
    }

    [Fact]
    public void One_that_nobody_scheduled_is_named_by_its_own_entry()
    {
        GivenAdmitted();
        var hearing = Recorded(new StatusHearingHeld(null, HearingKind.Sanction, HearingPresence.InPerson));

        State.Hearings[hearing].ShouldBe(new CourtHearing(HearingKind.Sanction, Now, HearingStanding.Held));
    }

    [Fact]
    public void A_staffing_names_who_was_there_and_what_it_prepared()
    {
        GivenAdmitted();

        Record(new StaffingHeld([], null)).ShouldBeRefused(ParticipationRejections.NobodyAttended());
        Record(new StaffingHeld(["coord-1", "nobody"], null)).Rejection!.Field.ShouldBe("attendees");
        Record(new StaffingHeld(["coord-1"], Id(1))).ShouldBeRefused(ParticipationRejections.HearingUnknown());
        Record(new JudicialActionRecorded("order-entered", Id(1))).ShouldBeRefused(ParticipationRejections.HearingUnknown());
    }
}
