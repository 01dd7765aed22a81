using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Clients;

public sealed class RecordingADeath : ClientSpec
{
    private static readonly IdentityPolicy Policy = IdentityPolicy.Default;
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);
    private static readonly When OnSunday = new(Day, TimePrecision.Day, Now, Day.AddDays(1));
    private static readonly Sealed<string> Source = Sealed<string>.Of("Told by the medical examiner.");
    private static readonly RecordDeath Record = new(ClientId, "medical-examiner", Source, OnSunday);
    private static readonly ClientDeceased Died = new ClientDeceased("medical-examiner", Source) { ClientId = ClientId }.At(OnSunday);
    private static readonly Guid DeathEvent = Guid.Parse("0195d6c4-0000-7000-8000-0000000000d1");
    private static readonly RetractDeath Retract = new(ClientId, DeathEvent, Sealed<string>.Of("It was the brother."), Today);
    private static readonly ClientDeathRetracted Retracted = new ClientDeathRetracted(DeathEvent, Retract.Reason) { ClientId = ClientId }.At(Now);

    [Fact]
    public void Is_recorded_once_at_the_time_of_death()
    {
        Given(Registered);

        WhenAsked(state => RecordDeath.Decide(Record, state, Policy, Now)).ShouldRecord(Died);
        WhenAsked(state => RecordDeath.Decide(Record, state, Policy, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Told_differently_is_refused_until_the_first_is_taken_back()
    {
        Given(Registered, Died);
        var other = Record with { VerifiedBy = "hospital" };

        WhenAsked(state => RecordDeath.Decide(other, state, Policy, Now)).ShouldBeRefused(ClientRejections.DeathRecordedDifferently());
        WhenAsked(state => RecordDeath.Decide(Record with { When = Today }, state, Policy, Now)).ShouldBeRefused(ClientRejections.DeathRecordedDifferently());
        WhenAsked(state => RetractDeath.Decide(Retract, state, Now)).ShouldRecord(Retracted);
        WhenAsked(state => RecordDeath.Decide(other, state, Policy, Now)).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_mistake_is_taken_back_once_and_the_client_lives()
    {
        Given(Registered, Died);

        WhenAsked(state => RetractDeath.Decide(Retract, state, Now)).ShouldRecord(Retracted);
        WhenAsked(state => RetractDeath.Decide(Retract, state, Now)).ShouldBeAlreadyDone();
        State.Death.ShouldBeNull();
        Living.Check(State, Now).ShouldBeNull();
    }

    [Fact]
    public void Taking_back_is_refused_where_nothing_is_to_be_taken_back()
    {
        WhenAsked(state => RetractDeath.Decide(Retract, state, Now)).ShouldBeRefused(ClientRejections.NotFound(ClientId));
        Given(Registered);
        WhenAsked(state => RetractDeath.Decide(Retract, state, Now)).ShouldBeRefused(ClientRejections.NoDeathRecorded());
        Given(Died);
        WhenAsked(state => RetractDeath.Decide(Retract with { When = Tomorrow }, state, Now)).ShouldBeRefused(InFuture);
        WhenAsked(state => RetractDeath.Decide(Retract with { Reason = Sealed<string>.Of(" ") }, state, Now)).ShouldBeRefused(ClientRejections.ValueMissing("reason"));
    }

    [Fact]
    public void Is_refused_without_a_listed_verifier_a_source_or_ahead_of_time()
    {
        WhenAsked(state => RecordDeath.Decide(Record, state, Policy, Now)).ShouldBeRefused(ClientRejections.NotFound(ClientId));
        Given(Registered);
        WhenAsked(state => RecordDeath.Decide(Record with { VerifiedBy = "rumour" }, state, Policy, Now)).ShouldBeRefused(ClientRejections.CodeUnknown("verifiedBy"));
        WhenAsked(state => RecordDeath.Decide(Record with { Source = Sealed<string>.Of("  ") }, state, Policy, Now)).ShouldBeRefused(ClientRejections.ValueMissing("source"));
        WhenAsked(state => RecordDeath.Decide(Record with { When = Tomorrow }, state, Policy, Now)).ShouldBeRefused(InFuture);
    }

    [Fact]
    public void What_was_done_before_the_end_of_that_day_was_done_by_a_living_client()
    {
        Given(Registered, Died);

        Living.Check(State, Day.AddDays(1)).ShouldBeNull();
        Living.Check(State, Day.AddDays(1).AddSeconds(1)).ShouldBe(ClientRejections.Deceased());
    }

    [Theory]
    [InlineData(NoticeKind.Reminder, false)]
    [InlineData(NoticeKind.Unacknowledged, false)]
    [InlineData(NoticeKind.Overdue, true)]
    public void Nobody_is_reminded_to_reach_them_and_an_overdue_duty_is_still_told(NoticeKind kind, bool goesOut)
    {
        Given(Registered);
        DutyNotices.GoesOut(kind, State.Death is null).ShouldBeTrue();

        Given(Died);
        DutyNotices.GoesOut(kind, State.Death is null).ShouldBe(goesOut);
    }
}
