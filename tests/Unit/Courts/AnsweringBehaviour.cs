using CaseFlow.Domain;
using CaseFlow.Domain.Courts;

namespace CaseFlow.Unit.Courts;

/// <summary>Incentives, sanctions, changes of service and jail: R36 and R37.</summary>
public sealed class AnsweringBehaviour : ParticipationSpec
{
    private static readonly SanctionImposed Sanction = new("essay", "dishonest", DueProcess.HeardInCourt, null, Sealed<string>.Of("Page 4."));
    private static readonly JailSanctionImposed Jail = new(3, "tampered-test", new DateOnly(2026, 3, 3), DueProcess.HearingWaived, null, Sealed<string>.Of("Page 5."), AboveUsual: false);
    private static readonly ServiceAdjustmentMade Adjustment = new("more-treatment", "use", "recovery-coaches");

    public AnsweringBehaviour() => GivenAdmitted();

    private DateOnly Today => DateOnly.FromDateTime(Clock.UtcDateTime);

    [Fact]
    public void A_sanction_has_a_reason_in_words()
    {
        Record(Sanction, words: null).ShouldBeRefused(ParticipationRejections.SanctionWithoutReason());
        Record(Jail, words: null).ShouldBeRefused(ParticipationRejections.SanctionWithoutReason());
        Record(Sanction).Rejection.ShouldBeNull();
    }

    [Theory]
    [InlineData("use")]
    [InlineData("symptoms")]
    public void A_symptom_is_never_sanctioned_and_may_change_the_service(string symptom)
    {
        Record(Sanction with { Behaviour = symptom }).ShouldBeRefused(ParticipationRejections.SanctionForSymptom());
        Record(Jail with { Behaviour = symptom }).ShouldBeRefused(ParticipationRejections.SanctionForSymptom());
        Record(Adjustment with { Behaviour = symptom }).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Responses_and_behaviours_are_those_of_the_matrix()
    {
        Record(new IncentiveGranted("car", "attended")).ShouldBeRefused(ParticipationRejections.CodeUnknown("incentive"));
        Record(new IncentiveGranted("praise", "smiled")).ShouldBeRefused(ParticipationRejections.CodeUnknown("behaviour"));
        Record(Sanction with { Sanction = "shaming" }).ShouldBeRefused(ParticipationRejections.CodeUnknown("sanction"));
        Record(Sanction with { Behaviour = "smiled" }).ShouldBeRefused(ParticipationRejections.CodeUnknown("behaviour"));
        Record(Jail with { Behaviour = "smiled" }).ShouldBeRefused(ParticipationRejections.CodeUnknown("behaviour"));
        Record(Adjustment with { Adjustment = "less-sleep" }).ShouldBeRefused(ParticipationRejections.CodeUnknown("adjustment"));
        Record(Adjustment with { Behaviour = "smiled" }).ShouldBeRefused(ParticipationRejections.CodeUnknown("behaviour"));
        Record(Adjustment with { Behaviour = null }).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_change_of_service_is_advised_by_who_treats_as_the_court_names_them()
    {
        Record(Adjustment with { TreatmentAgencyId = "court" }).ShouldBeRefused(ParticipationRejections.TreatmentSourceUnknown());
        Record(Adjustment with { TreatmentAgencyId = "nobody" }).ShouldBeRefused(ParticipationRejections.TreatmentSourceUnknown());
        Court = DrugCourt with { Providers = [] };
        Record(Adjustment).ShouldBeRefused(ParticipationRejections.TreatmentSourceUnknown());
        Court = DrugCourt with { TreatmentAgencies = ["treatment-house", "nobody", "court"] };
        Record(Adjustment).ShouldBeRefused(ParticipationRejections.TreatmentSourceUnknown());
        Record(Adjustment with { TreatmentAgencyId = "nobody" }).ShouldBeRefused(ParticipationRejections.TreatmentSourceUnknown());
        Record(Adjustment with { TreatmentAgencyId = "court" }).ShouldBeRefused(ParticipationRejections.TreatmentSourceUnknown());
        Record(Adjustment with { TreatmentAgencyId = "treatment-house" }).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_hearing_that_is_named_as_due_process_was_held()
    {
        var ahead = Recorded(new StatusHearingScheduled(HearingKind.Sanction, Now.AddDays(1), null));

        Record(Sanction with { DueProcess = DueProcess.Hearing }).ShouldBeRefused(ParticipationRejections.HearingNotHeld());
        Record(Sanction with { DueProcess = DueProcess.Hearing, HearingId = ahead }).ShouldBeRefused(ParticipationRejections.HearingNotHeld());
        Record(Sanction with { HearingId = Id(1) }).ShouldBeRefused(ParticipationRejections.HearingNotHeld());
        DaysPass(1);
        Recorded(new StatusHearingHeld(ahead, HearingKind.Sanction, HearingPresence.InPerson));
        Record(Sanction with { DueProcess = DueProcess.Hearing, HearingId = ahead }).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Jail_beyond_the_limit_needs_a_hearing_held_about_it()
    {
        Record(Jail with { Days = 4 }).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4));
        Record(Jail with { Days = 4, DueProcess = DueProcess.Hearing }).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4));
        Record(Heard(Id(1), 4)).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4, "was not held"));
        var hearing = Held(HearingKind.Sanction);
        Record(Jail with { Days = 4, HearingId = hearing }).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4));

        foreach (var (another, before) in new[] { (HearingKind.Status, 0), (HearingKind.Admission, 1), (HearingKind.Graduation, 2) })
        {
            var old = Held(another);
            Record(Heard(old, 4)).ShouldBeRefused(
                ParticipationRejections.JailOverLimitWithoutHearing(3, before + 4, $"was of another kind: {PlainNames.Words(another)}"));
            Imposed(Heard(old, 1)).Days.ShouldBe(1);
        }

        Imposed(Heard(Held(HearingKind.Termination), 4)).Days.ShouldBe(4);
        Imposed(Heard(hearing, 6)).AboveUsual.ShouldBeFalse();
        Imposed(Heard(Held(HearingKind.Sanction), 7)).AboveUsual.ShouldBeTrue();
    }

    /// <summary>R36: what was heard is taken once; a second sanction was not heard because a first one was.</summary>
    [Fact]
    public void A_hearing_permits_one_jail_sanction_and_another_once_that_is_retracted()
    {
        var hearing = Held(HearingKind.Sanction);
        var first = Recorded(Heard(hearing, 5));

        Record(Heard(hearing, 4)).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4, "permitted another jail sanction, and permits one"));
        Recorded(new CourtEntryRetracted(first, "", Guid.Empty, null));
        Imposed(Heard(hearing, 4)).Days.ShouldBe(4);
        Imposed(Heard(hearing, 3)).Days.ShouldBe(3, "within the limit nobody need be heard");
        Record(Jail with { Days = 1 }).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4));
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(8, false)]
    public void A_hearing_was_held_within_the_courts_days_before_the_sanction(int days, bool permits)
    {
        var hearing = Held(HearingKind.Sanction);
        DaysPass(days);

        Record(Heard(hearing, 4) with { StartsOn = Today }).Rejection
            .ShouldBe(permits ? null : ParticipationRejections.JailOverLimitWithoutHearing(3, 4, "was held too long before: more than 7 days"));
        Court = DrugCourt with { Jail = DrugCourt.Jail with { HearingDays = 0 } };
        Record(Heard(hearing, 40) with { StartsOn = Today }).Rejection!.Field.ShouldBe("hearingId", "the court says how long before");
    }

    [Fact]
    public void A_hearing_was_held_before_the_sanction_and_not_after_it()
    {
        DaysPass(20);
        var hearing = Held(HearingKind.Sanction);

        Record(Heard(hearing, 4) with { StartsOn = Today }, at: Clock.AddDays(-1))
            .ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4, "was held after they were imposed"));
        Record(Heard(hearing, 2) with { StartsOn = Today }, at: Clock.AddDays(-1))
            .ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"status hearing held, {Clock:u}"));
        Record(Sanction with { DueProcess = DueProcess.Hearing, HearingId = hearing }, at: Clock.AddDays(-1))
            .ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"status hearing held, {Clock:u}"));
        Record(Heard(hearing, 4) with { StartsOn = Today }).Rejection.ShouldBeNull();
    }

    /// <summary>R36: nobody is given more days by being given them in parts.</summary>
    [Fact]
    public void Sanctions_of_one_morning_are_counted_together_and_those_that_were_heard_are_not()
    {
        Imposed(Jail with { Days = 2 });
        Record(Jail with { Days = 2 }).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4));
        var hearing = Recorded(new StatusHearingHeld(null, HearingKind.Sanction, HearingPresence.InPerson));
        Imposed(Jail with { Days = 5, DueProcess = DueProcess.Hearing, HearingId = hearing });

        var last = Recorded(Jail with { Days = 1 });
        Record(Jail with { Days = 1 }).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4));
        Recorded(new CourtEntryRetracted(last, "", Guid.Empty, null));
        Record(Jail with { Days = 1 }).Rejection.ShouldBeNull("what was retracted was not imposed");
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(30, false)]
    public void Sanctions_of_the_courts_window_of_days_are_counted_together(int days, bool together)
    {
        Imposed(Jail);
        DaysPass(days);
        var next = Jail with { Days = 1, StartsOn = Today.AddDays(10) };

        Record(next).Rejection.ShouldBe(together ? ParticipationRejections.JailOverLimitWithoutHearing(3, 4) : null);
    }

    [Fact]
    public void A_sanction_told_late_is_counted_with_those_recorded_before_it()
    {
        DaysPass(40);
        Imposed(Jail with { StartsOn = Today.AddDays(10) });

        Record(Jail with { Days = 1, StartsOn = Today.AddDays(-29) }, at: Clock.AddDays(-29)).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4));
        Record(Jail with { Days = 1, StartsOn = Today.AddDays(-30) }, at: Clock.AddDays(-30)).Rejection.ShouldBeNull();
    }

    [Theory]
    [InlineData(2, true)] // still in jail
    [InlineData(3, true)] // the day after
    [InlineData(4, false)]
    public void Jail_without_a_day_between_is_counted_together_whenever_it_was_imposed(int startsAfter, bool together)
    {
        Court = DrugCourt with { Jail = DrugCourt.Jail with { WindowDays = 1 } };
        Imposed(Jail);
        DaysPass(1);

        Record(Jail with { Days = 1, StartsOn = Jail.StartsOn.AddDays(startsAfter) }).Rejection
            .ShouldBe(together ? ParticipationRejections.JailOverLimitWithoutHearing(3, 4) : null);
    }

    /// <summary>R36: whoever reads the entry sees it, without a look into the court's configuration.</summary>
    [Fact]
    public void Unusually_many_days_of_jail_are_marked_where_the_entry_is_read()
    {
        string Said(int days) => CourtFacts.Of(Jail).Summary(Imposed(Heard(Held(HearingKind.Sanction), days)));

        Said(7).ShouldBe($"Jail sanction: 7 days, more than is usual, for {Jail.Behaviour}");
        Said(6).ShouldBe($"Jail sanction: 6 days, for {Jail.Behaviour}");
    }

    [Fact]
    public void Jail_is_for_some_days_ahead_and_only_where_the_court_uses_it()
    {
        Record(Jail with { Days = 0 }).ShouldBeRefused(ParticipationRejections.AmountOutOfRange("days", 1, 365));
        Record(Jail with { Days = 366 }).ShouldBeRefused(ParticipationRejections.AmountOutOfRange("days", 1, 365));
        Record(Jail with { StartsOn = new DateOnly(2026, 3, 2) }).Rejection.ShouldBe(ParticipationRejections.DueInThePast() with { Field = "startsOn" });
        Court = DrugCourt with { Jail = new JailLimits(Allowed: false, 0, 0) };
        Record(Jail).ShouldBeRefused(ParticipationRejections.JailNotUsed());
    }

    [Fact]
    public void No_more_days_are_served_than_were_imposed()
    {
        var jail = Recorded(Jail);
        DaysPass(3);
        Recorded(new JailSanctionServed(jail, 2));

        Record(new JailSanctionServed(jail, 2)).ShouldBeRefused(ParticipationRejections.JailDaysExceeded());
        Record(new JailSanctionServed(Id(1), 1)).ShouldBeRefused(ParticipationRejections.JailDaysExceeded());
        Record(new JailSanctionServed(jail, 0)).ShouldBeRefused(ParticipationRejections.AmountOutOfRange("days", 1, 365));
        Record(new JailSanctionServed(jail, 1)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Days_are_served_from_the_first_one_on_and_as_they_go_by()
    {
        var jail = Recorded(Jail with { StartsOn = Today.AddDays(5) });
        Record(new JailSanctionServed(jail, 1)).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"the first day of jail, {Today.AddDays(5):yyyy-MM-dd}"));
        DaysPass(5);
        Record(new JailSanctionServed(jail, 2)).ShouldBeRefused(ParticipationRejections.JailDaysAhead(1));
        DaysPass(5);
        Recorded(new JailSanctionServed(jail, 1), at: Clock.AddDays(-3));

        Record(new JailSanctionServed(jail, 1), at: Clock.AddDays(-6)).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"the first day of jail, {Today.AddDays(-5):yyyy-MM-dd}"));
        Record(new JailSanctionServed(jail, 2), at: Clock.AddDays(-5)).ShouldBeRefused(ParticipationRejections.JailDaysAhead(1));
        Recorded(new JailSanctionServed(jail, 1), at: Clock.AddDays(-5));
        Record(new JailSanctionServed(jail, 1)).Rejection.ShouldBeNull();
    }

    /// <summary>What answers what is the court's response matrix [S:in27]; one that does not say leaves it to the team.</summary>
    [Fact]
    public void Sanctions_answer_what_was_not_asked_and_incentives_what_was()
    {
        Record(Sanction with { Behaviour = "attended" }).ShouldBeRefused(ParticipationRejections.SanctionForCompliance());
        Record(Jail with { Behaviour = "milestone" }).ShouldBeRefused(ParticipationRejections.SanctionForCompliance());
        Record(new IncentiveGranted("praise", "missed-test")).ShouldBeRefused(ParticipationRejections.IncentiveForNonCompliance());
        Record(new IncentiveGranted("praise", "honest")).Rejection.ShouldBeNull();
        Record(new IncentiveGranted("praise", "use")).Rejection.ShouldBeNull("the matrix says of which side it is, or leaves it to the team");

        Court = DrugCourt with { Responses = DrugCourt.Responses with { Behaviours = [new("attended", "Came"), new("missed-test", "Missed a test")] } };
        Record(Sanction with { Behaviour = "attended" }).Rejection.ShouldBeNull();
        Record(new IncentiveGranted("praise", "missed-test")).Rejection.ShouldBeNull();
    }

    private Guid Held(HearingKind kind) => Recorded(new StatusHearingHeld(null, kind, HearingPresence.InPerson));

    private static JailSanctionImposed Heard(Guid hearing, int days) => Jail with { Days = days, DueProcess = DueProcess.Hearing, HearingId = hearing };

    private JailSanctionImposed Imposed(JailSanctionImposed jail) => Record(jail).Events.ShouldHaveSingleItem().ShouldBeOfType<JailSanctionImposed>();
}
