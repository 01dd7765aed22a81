using CaseFlow.Domain;
using CaseFlow.Domain.Courts;

namespace CaseFlow.Unit.Courts;

/// <summary>A participation as some of its entries tell it: those of a moment in the past.</summary>
public sealed class ReadingAParticipationThen : ParticipationSpec
{
    public ReadingAParticipationThen() => GivenAdmitted();

    [Fact]
    public void All_of_them_tell_what_it_is()
    {
        var warrant = Recorded(new WarrantIssued("failure-to-appear"));
        Recorded(new FeeOrdered("program-fee", 4_000, null));
        Recorded(new CourtEntryRetracted(warrant, "", Id(1), null));

        var then = ParticipationState.OfSome(State.Log);

        (then.Stage, then.Phase, then.AdmittedOn).ShouldBe((State.Stage, State.Phase, State.AdmittedOn));
        then.Warrants.ShouldBeEmpty();
        then.Orders.ShouldBe(State.Orders);
        then.Log.ShouldBe(State.Log);
        then.Retracted.ShouldBe([warrant]);
    }

    [Fact]
    public void Before_the_referral_there_is_none() => ParticipationState.OfSome([]).Stage.ShouldBe(ParticipationStage.None);

    /// <summary>A payment can be dated before its order; of the day between, it is shown and settles nothing.</summary>
    [Fact]
    public void What_is_about_something_not_there_yet_is_shown_and_changes_nothing()
    {
        var hearing = Recorded(new StatusHearingScheduled(HearingKind.Status, Now.AddDays(1), null));
        Recorded(new StatusHearingContinued(hearing, Now.AddDays(2), "court-closed"));
        var fee = Recorded(new FeeOrdered("program-fee", 4_000, null));
        Recorded(new FeePaid(fee, 1_000));
        Recorded(new FeeWaived(fee, 1_000));
        var restitution = Recorded(new RestitutionOrdered(4_000, null));
        Recorded(new RestitutionPaid(restitution, 1_000));
        var service = Recorded(new CommunityServiceOrdered(20, null));
        Recorded(new CommunityServiceCompleted(service, 4));
        var jail = Recorded(new JailSanctionImposed(2, "tampered-test", new DateOnly(2026, 3, 3), DueProcess.HearingWaived, null, Sealed<string>.Of("Page 5."), AboveUsual: false));
        Recorded(new JailSanctionServed(jail, 1));
        DaysPass(3);
        Recorded(new StatusHearingMissed(hearing, Excused: false));

        Guid[] notYet = [hearing, fee, restitution, service, jail];
        var then = ParticipationState.OfSome(State.Log.Where(entry => !notYet.Contains(entry.EntryId)));

        then.Hearings.ShouldBeEmpty();
        then.Orders.ShouldBeEmpty();
        then.JailDays.ShouldBeEmpty();
        then.Log.OfType<FeePaid>().ShouldHaveSingleItem();
        then.Stage.ShouldBe(ParticipationStage.Admitted);
    }
}
