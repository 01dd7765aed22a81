using CaseFlow.Domain;
using CaseFlow.Domain.Courts;

namespace CaseFlow.Unit.Courts;

/// <summary>A day ends where the next begins: what is known to be of the one was not in the other.</summary>
public sealed class KeepingDaysApart : ParticipationSpec
{
    private static readonly Sealed<string> Reference = Sealed<string>.Of("Two meetings a week.");

    private When DayAgo(int days) => new(Clock.AddDays(-days), TimePrecision.Day, Clock, Clock.AddDays(1 - days));

    [Fact]
    public void A_second_time_is_not_of_the_day_before_the_end_of_the_first()
    {
        EndBefore = new ParticipantWithdrew("moved", null).At(DayAgo(10));

        RecordOn(Referral(), DayAgo(11)).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"participant withdrew, {Clock.AddDays(-10):u}"));
        RecordOn(Referral(), DayAgo(10)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_graduation_of_the_day_before_a_warrant_need_not_follow_its_quashing()
    {
        GivenInTheLastPhase();
        GivenPhaseDone();
        DaysPass(20);
        var issued = RecordOn(new WarrantIssued("failure-to-appear"), DayAgo(5)).Events.Single();
        RecordOn(new WarrantQuashed(issued.EntryId), DayAgo(2)).Rejection.ShouldBeNull();
        var graduate = new ParticipantGraduated(0, SobrietyDays: 90, default, OnwardReferralId: null);

        RecordOn(graduate, DayAgo(5)).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"warrant quashed, {Clock.AddDays(-2):u}"));
        RecordOn(graduate, DayAgo(6)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void What_was_met_in_the_first_stay_is_not_told_as_of_the_day_before_a_return_to_it()
    {
        GivenAdmitted();
        GivenPhaseDone();
        DaysPass(5);
        var advanced = RecordOn(new PhaseAdvanced("", SecondPhase, [], [], 0, 20), DayAgo(3));
        advanced.Rejection.ShouldBeNull();
        RecordOn(new PhaseReturnedToEarlier("", FirstPhase, Reference, MadeWithParticipant: true), DayAgo(2)).Rejection.ShouldBeNull();
        var begun = new PhaseRequirementRecorded(FirstPhase, "treatment-begun");

        RecordOn(begun, DayAgo(3)).ShouldBeRefused(ParticipationRejections.BeforeThePhase());
        RecordOn(begun, DayAgo(2)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_hearing_of_the_next_day_heard_nobody_about_jail_imposed_before_it()
    {
        GivenAdmitted();
        DaysPass(20);
        var heard = RecordOn(new StatusHearingHeld(null, HearingKind.Sanction, HearingPresence.InPerson), DayAgo(5)).Events.Single();
        JailSanctionImposed Jail() => new(4, "tampered-test", DateOnly.FromDateTime(Clock.UtcDateTime), DueProcess.Hearing, heard.EntryId, Reference, AboveUsual: false);

        RecordOn(Jail(), DayAgo(6)).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4, "was held after they were imposed"));
        RecordOn(Jail(), DayAgo(5)).Events.Single().ShouldBeOfType<JailSanctionImposed>().TakenAsHeard.ShouldBe(true);
    }

    [Fact]
    public void A_staffing_of_the_next_day_decided_nothing()
    {
        GivenAdmitted();
        DaysPass(20);
        var staffing = RecordOn(new StaffingHeld(["coord-1", "judge-1"], null), DayAgo(5)).Events.Single();
        var waived = new PhaseRequirementWaived(FirstPhase, "housing-plan") { StaffingId = staffing.EntryId };

        RecordOn(waived, DayAgo(6)).ShouldBeRefused(ParticipationRejections.StaffingUnknown());
        RecordOn(waived, DayAgo(5)).Rejection.ShouldBeNull();
    }
}
