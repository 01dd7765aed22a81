using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Courts;

namespace CaseFlow.Unit.Courts;

/// <summary>Nobody is sanctioned, sought or said to have failed who has died; what happened before is recorded also later.</summary>
public sealed class OutlivingNobody : ParticipationSpec
{
    private static readonly DateTimeOffset Died = Now.AddDays(10);

    public OutlivingNobody() => GivenAdmitted();

    private void GivenDeath(DateTimeOffset? latest = null)
    {
        DaysPass(20);
        Death = new KnownDeath("medical-examiner", Died, latest ?? Died);
    }

    public static TheoryData<string, ParticipationEvent> Against => new()
    {
        { "a sanction", new SanctionImposed("essay", "dishonest", DueProcess.HeardInCourt, null, Sealed<string>.Of("Page 4.")) },
        { "jail", new JailSanctionImposed(2, "tampered-test", new DateOnly(2029, 3, 17), DueProcess.HearingWaived, null, Sealed<string>.Of("Page 5."), AboveUsual: false) },
        { "a warrant", new WarrantIssued("failure-to-appear") },
        { "a termination", new TerminationProposed("absconded") },
    };

    [Theory]
    [MemberData(nameof(Against))]
    public void Nothing_is_held_against_the_dead_and_what_was_before_stands(string what, ParticipationEvent fact)
    {
        GivenDeath();

        Record(fact, at: Died.AddTicks(1)).ShouldBeRefused(ClientRejections.ParticipantDeceased());
        Record(fact, at: Died).Rejection.ShouldBeNull(what);
    }

    [Fact]
    public void A_hearing_from_the_death_on_is_not_missed_and_one_before_it_was()
    {
        var before = Recorded(new StatusHearingScheduled(HearingKind.Status, Died.AddHours(-1), null));
        var at = Recorded(new StatusHearingScheduled(HearingKind.Status, Died, null));
        GivenDeath();

        Record(new StatusHearingMissed(at, Excused: false)).ShouldBeRefused(ClientRejections.ParticipantDeceased());
        Record(new StatusHearingMissed(before, Excused: false)).Rejection.ShouldBeNull();
        Record(new StatusHearingMissed(at, Excused: true)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Of_a_death_known_to_the_day_the_whole_day_excuses()
    {
        var condition = Recorded(new ConditionOrdered("essay", new DateOnly(2029, 3, 17)));
        GivenDeath(latest: Died.AddDays(1));

        Record(new ConditionViolated(condition), at: Died).ShouldBeRefused(ClientRejections.ParticipantDeceased());
        Record(new WarrantIssued("failure-to-appear"), at: Died.AddHours(23)).Rejection.ShouldBeNull("they may have lived");
        Record(new ConditionViolated(condition), at: Died.AddTicks(-1)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void The_court_closes_the_participation()
    {
        GivenDeath();

        Record(new ParticipationClosed(ParticipationClosure.Deceased)).Rejection.ShouldBeNull();
    }
}
