using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;

namespace CaseFlow.Unit.Courts;

/// <summary>One time of a person's in a court after the other, however late it is told or taken back.</summary>
public sealed class TakingPartOnceAtATime : ParticipationSpec
{
    private Guid AdmissionId => State.Standing.OfType<ParticipantAdmitted>().Single().EntryId;

    /// <summary>An admission with a wrong time is put right, and not to after what was done in it.</summary>
    [Fact]
    public void An_admission_told_anew_is_not_of_after_a_test()
    {
        GivenAdmitted();
        DaysPass(60);
        FirstTested = new ActOnATest("drug test ordered", Clock.AddDays(-30));
        Recorded(Retract(State.Standing.OfType<PhaseAssigned>().Single().EntryId));
        Recorded(Retract(AdmissionId));

        Record(Admission, at: Clock.AddDays(-25)).ShouldBeRefused(ParticipationRejections.AdmittedAfter($"drug test ordered, {Clock.AddDays(-30):u}"));
        Record(Admission, at: Clock.AddDays(-30)).Rejection.ShouldBeNull();
    }

    /// <summary>Of a notice no more than the day is known: they may have been admitted at any hour of it, and not on the next day.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(10, true)]
    [InlineData(23, true)]
    [InlineData(24, false)]
    public void An_admission_told_anew_may_be_of_any_hour_of_the_day_of_a_notice(int hours, bool mayBe)
    {
        GivenAdmitted();
        DaysPass(60);
        var start = Clock.AddDays(-30);
        FirstTested = new ActOnATest("drug test notified", start, start.AddDays(1));
        Recorded(Retract(State.Standing.OfType<PhaseAssigned>().Single().EntryId));
        Recorded(Retract(AdmissionId));

        var told = Record(Admission, at: start.AddHours(hours));
        told.Rejection.ShouldBe(mayBe ? null : ParticipationRejections.AdmittedAfter($"drug test notified, {start:u}"));
    }

    [Fact]
    public void A_second_time_begins_after_the_end_of_the_first()
    {
        EndBefore = new ParticipantWithdrew("moved", null).At(new When(Now.AddDays(-10), TimePrecision.Exact, Now));

        Record(Referral(), at: Now.AddDays(-11)).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"participant withdrew, {Now.AddDays(-10):u}"));
        RecordOn(Referral(), new When(Now.AddDays(-10.5), TimePrecision.Day, Now, Now.AddDays(-9.5))).Rejection.ShouldBeNull("it may have been later that day");
    }

    [Fact]
    public void An_end_is_not_taken_back_while_the_person_takes_part_again()
    {
        GivenAdmitted();
        var incentive = Recorded(new IncentiveGranted("praise", "attended"));
        var end = Recorded(new ParticipantWithdrew("moved", null));
        TakesPartAgain = true;

        Record(Retract(end)).ShouldBeRefused(ParticipationRejections.AlreadyOpen());
        Record(Retract(incentive)).Rejection.ShouldBeNull("it stays over");
        TakesPartAgain = false;
        Record(Retract(end)).Rejection.ShouldBeNull();
    }

    private static CourtEntryRetracted Retract(Guid entryId) => new(entryId, "", Guid.Empty, ReplacedBy: null);
}
