using CaseFlow.Domain;
using CaseFlow.Domain.Profile;

namespace CaseFlow.Unit.Profile;

public sealed class LivingSomewhere : ProfileSpec
{
    private static readonly RecordPlace Bridge = new(
        ClientId, "outdoors", Sealed<string>.Of("Under the bridge"), new(2026, 2, 1), null, VisitSafety.Safe, SafeToWrite: false, "f-bridge", Today, Told);

    private static readonly AddressOrSleepingPlaceRecorded Recorded = new AddressOrSleepingPlaceRecorded(
        Bridge.PlaceId, Sealed<string>.Of("outdoors"), Bridge.Place, Bridge.From, null, VisitSafety.Safe, SafeToWrite: false)
    { ClientId = ClientId }.At(Told);

    private static readonly EndPlace Leave = new(ClientId, Bridge.PlaceId, new(2026, 3, 2), Reason, Today, Told);

    private static readonly AddressOrSleepingPlaceEnded Left =
        new AddressOrSleepingPlaceEnded(Bridge.PlaceId, Leave.On, Reason) { ClientId = ClientId }.At(Told);

    [Fact]
    public void Is_recorded_once_and_told_again_what_is_said_last_counts()
    {
        WhenAsked(state => RecordPlace.Decide(Bridge, state, Policy, Now)).ShouldRecord(Recorded);
        WhenAsked(state => RecordPlace.Decide(Bridge, state, Policy, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => RecordPlace.Decide(Bridge with { Visits = VisitSafety.NotSafe }, state, Policy, Now)).ShouldRecord(Recorded with { Visits = VisitSafety.NotSafe });
        WhenAsked(state => RecordPlace.Decide(Bridge, state, Policy, Now)).ShouldRecord(Recorded);
    }

    [Fact]
    public void A_stay_may_be_granted_until_a_day_ahead() =>
        WhenAsked(state => RecordPlace.Decide(Bridge with { Kind = "shelter", Until = Today.AddDays(7) }, state, Policy, Now)).Events.ShouldHaveSingleItem();

    [Fact]
    public void Is_refused_when_the_days_or_the_words_make_no_sense()
    {
        WhenAsked(state => RecordPlace.Decide(Bridge with { From = Today.AddDays(1) }, state, Policy, Now)).ShouldBeRefused(ProfileRejections.Ahead("from"));
        WhenAsked(state => RecordPlace.Decide(Bridge with { Until = new(2026, 1, 31) }, state, Policy, Now)).ShouldBeRefused(ProfileRejections.EndsBeforeItBegins());
        WhenAsked(state => RecordPlace.Decide(Bridge with { Kind = "castle" }, state, Policy, Now)).ShouldBeRefused(ProfileRejections.CodeUnknown("kind"));
        WhenAsked(state => RecordPlace.Decide(Bridge with { Place = Sealed<string>.Of(" ") }, state, Policy, Now)).ShouldBeRefused(ProfileRejections.ValueMissing("place"));
        WhenAsked(state => RecordPlace.Decide(Bridge with { When = Tomorrow }, state, Policy, Now)).ShouldBeRefused(InFuture);
    }

    [Fact]
    public void Ends_once_and_may_begin_again()
    {
        Given(Recorded);

        WhenAsked(state => EndPlace.Decide(Leave, state, Now)).ShouldRecord(Left);
        WhenAsked(state => EndPlace.Decide(Leave, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => RecordPlace.Decide(Bridge, state, Policy, Now)).ShouldRecord(Recorded);
    }

    [Fact]
    public void Does_not_end_where_it_never_was_ahead_of_time_or_before_it_began()
    {
        WhenAsked(state => EndPlace.Decide(Leave, state, Now)).ShouldBeRefused(ProfileRejections.PlaceNotFound(Bridge.PlaceId));
        Given(Recorded);
        WhenAsked(state => EndPlace.Decide(Leave with { On = Today.AddDays(1) }, state, Now)).ShouldBeRefused(ProfileRejections.Ahead("on"));
        WhenAsked(state => EndPlace.Decide(Leave with { On = new(2026, 1, 31) }, state, Now)).ShouldBeRefused(ProfileRejections.EndsBeforeItBegins());
        WhenAsked(state => EndPlace.Decide(Leave with { When = Tomorrow }, state, Now)).ShouldBeRefused(InFuture);
    }
}
