using CaseFlow.Domain;
using CaseFlow.Domain.Courts;

namespace CaseFlow.Unit.Courts;

/// <summary>R36: whether days of jail were heard is settled when they are imposed; those that were not are counted together, whatever hearing they name.</summary>
public sealed class CountingUnheardJail : ParticipationSpec
{
    private const string PermitsOne = "permitted another jail sanction, and permits one";

    private static readonly JailSanctionImposed Jail = new(3, "tampered-test", new DateOnly(2026, 3, 3), DueProcess.HearingWaived, null, Sealed<string>.Of("Page 5."), AboveUsual: false);

    public CountingUnheardJail() => GivenAdmitted();

    private DateOnly Today => DateOnly.FromDateTime(Clock.UtcDateTime);

    [Fact]
    public void Days_that_were_heard_are_taken_as_such_and_a_second_sanction_of_the_hearing_is_not()
    {
        var hearing = Held();

        Imposed(Heard(hearing, 5), asHeard: true);
        Record(Heard(hearing, 4)).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4, PermitsOne));
        Imposed(Heard(hearing, 3), asHeard: false);

        Record(Unheard(1)).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4));
        Record(Heard(hearing, 1)).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4, PermitsOne));
        Imposed(Heard(Held(), 4), asHeard: true);
    }

    /// <summary>Each further old hearing gives no days more.</summary>
    [Fact]
    public void Days_of_hearings_too_long_before_are_counted_together()
    {
        var (first, second) = (Held(), Held());
        DaysPass(20);

        Imposed(Heard(first, 3), asHeard: false);
        Record(Heard(second, 1)).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4, "was held too long before: more than 7 days"));
        Record(Unheard(1)).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4));
    }

    /// <summary>What was settled when it was recorded stays so, whatever the court asks since.</summary>
    [Fact]
    public void Nothing_on_record_is_judged_anew()
    {
        var (old, hearing) = (Held(), Held());
        DaysPass(7);
        Imposed(Heard(hearing, 5), asHeard: true);
        DaysPass(1);
        Imposed(Heard(old, 2), asHeard: false);

        foreach (var days in new[] { 0, 30 })
        {
            Court = DrugCourt with { Jail = DrugCourt.Jail with { HearingDays = days } };
            Record(Unheard(2)).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4));
        }

        Record(Unheard(1)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_sanction_that_was_not_heard_uses_no_hearing_up()
    {
        var hearing = Held();
        var first = Imposed(Heard(hearing, 5), asHeard: true);
        Imposed(Heard(hearing, 3), asHeard: false);
        Recorded(new CourtEntryRetracted(first.EntryId, "", Guid.Empty, null));

        Imposed(Heard(hearing, 4), asHeard: true);
        Record(Unheard(1)).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4));
    }

    [Fact]
    public void Neither_a_waiver_nor_a_hearing_of_another_kind_is_one_about_it()
    {
        var hearing = Held();
        Imposed(Unheard(1) with { HearingId = hearing }, asHeard: false);
        Imposed(Heard(Held(HearingKind.Status), 1), asHeard: false);
        Imposed(Unheard(1) with { DueProcess = DueProcess.HeardInCourt }, asHeard: false);

        Record(Unheard(1)).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4));
        Imposed(Heard(hearing, 4), asHeard: true);
    }

    /// <summary>What was recorded before sanctions kept it: the first that names a hearing about jail was heard, whenever that was held, and the second was not.</summary>
    [Fact]
    public void Of_what_does_not_say_whether_it_was_heard_the_first_of_each_hearing_was()
    {
        var (hearing, status) = (Held(), Held(HearingKind.Status));
        DaysPass(20);
        GivenFromBefore(1, Heard(hearing, 5));
        Court = DrugCourt with { Jail = DrugCourt.Jail with { HearingDays = 30 } };
        Record(Heard(hearing, 4)).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4, PermitsOne));
        Imposed(Unheard(1), asHeard: false);

        GivenFromBefore(2, Heard(hearing, 1));
        GivenFromBefore(3, Heard(status, 1));
        Record(Unheard(1)).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4));
    }

    /// <summary>The first of a hearing may be retracted and recorded anew: the second was not heard when it was recorded, and is not since.</summary>
    [Fact]
    public void Of_what_does_not_say_whether_it_was_heard_a_retraction_makes_nothing_heard()
    {
        var hearing = Held();
        GivenFromBefore(1, Heard(hearing, 5));
        GivenFromBefore(2, Heard(hearing, 1));
        Recorded(new CourtEntryRetracted(Id(1), "", Guid.Empty, null));

        Imposed(Heard(hearing, 4), asHeard: true);
        Record(Unheard(3)).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4));
    }

    /// <summary>What was retracted by then did not stand in its way.</summary>
    [Fact]
    public void Of_what_does_not_say_whether_it_was_heard_one_recorded_after_a_retraction_was_the_first()
    {
        var hearing = Held();
        GivenFromBefore(1, Heard(hearing, 5));
        Recorded(new CourtEntryRetracted(Id(1), "", Guid.Empty, null));
        GivenFromBefore(2, Heard(hearing, 4));

        Record(Heard(hearing, 4)).ShouldBeRefused(ParticipationRejections.JailOverLimitWithoutHearing(3, 4, PermitsOne));
    }

    private Guid Held(HearingKind kind = HearingKind.Sanction) => Recorded(new StatusHearingHeld(null, kind, HearingPresence.InPerson));

    private JailSanctionImposed Unheard(int days) => Jail with { Days = days, StartsOn = Today };

    private JailSanctionImposed Heard(Guid hearing, int days) => Unheard(days) with { DueProcess = DueProcess.Hearing, HearingId = hearing };

    private JailSanctionImposed Imposed(JailSanctionImposed jail, bool asHeard)
    {
        var imposed = Record(jail).Events.ShouldHaveSingleItem().ShouldBeOfType<JailSanctionImposed>();
        imposed.TakenAsHeard.ShouldBe(asHeard);
        return imposed;
    }

    private void GivenFromBefore(int number, JailSanctionImposed jail) =>
        Given((jail with { ClientId = ClientId, ParticipationId = ParticipationId, Court = "drug-court", EntryId = Id(number), OccurredOn = Today, DecidedBy = ["judge-1"] }).At(Clock));
}
