using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using static CaseFlow.Unit.Coaching.CoachingSpec;

namespace CaseFlow.Unit.Coaching;

/// <summary>Told again, what a court offers or orders is done already only if it is the same.</summary>
public sealed class TellingOrdersAgain : CoachingOrderSpec
{
    [Fact]
    public void An_offer_and_its_acceptance()
    {
        ShouldLoseNothing(Offer, OfferPeer.Decide, "In", "Court", "Rules");
        ShouldLoseNothing(new AcceptPeer(In, When.At(Now)), AcceptPeer.Decide, "In");
    }

    [Fact]
    public void An_order_and_its_lifting()
    {
        ShouldLoseNothing(Order, OrderCoaching.Decide, "In", "Court", "Order", "Rules", "CourtVersion", "Today");
        ShouldLoseNothing(new LiftOrder(In, CoachingEndReason.OrderLifted, When.At(Now)), LiftOrder.Decide, "In");
    }
}

/// <summary>With the time that it was told with, an answer is told already, whatever came later.</summary>
public sealed class TellingAnswersAgain : CoachingOrderSpec
{
    [Fact]
    public void A_decline_after_an_order_and_an_acceptance_after_the_lifting()
    {
        var later = Now.AddDays(3);
        Decision<CoachingOrderEvent> Declined(When when) => WhenAsked(state => DeclinePeer.Decide(new(In, Words, null, when), state, later));
        Decision<CoachingOrderEvent> Accepted(When when) => WhenAsked(state => AcceptPeer.Decide(new(In, when), state, later));
        var (first, second) = (new When(Now.AddHours(1), TimePrecision.Exact, later), new When(Now.AddHours(2), TimePrecision.Exact, later));
        WhenAsked(state => OfferPeer.Decide(Offer, state, later)).Rejection.ShouldBeNull();
        Declined(first).Events.ShouldHaveSingleItem();
        Accepted(second).Events.ShouldHaveSingleItem();

        Declined(first).ShouldBeAlreadyDone();
        Declined(second).ShouldBeRefused(CoachingRejections.NothingOffered());
        WhenAsked(state => LiftOrder.Decide(new(In, CoachingEndReason.OrderLifted, When.At(later)), state, later)).Rejection.ShouldBeNull();
        Accepted(second).ShouldBeAlreadyDone();
        Accepted(When.At(later)).ShouldBeRefused(CoachingRejections.Over());
        State.Phase.ShouldBe(CoachingOrderPhase.Lifted);
    }

    [Fact]
    public void A_second_answer_of_the_same_day_is_one_to_the_second_offer()
    {
        var (later, day) = (Now.AddDays(2), new When(Now.AddDays(-1), TimePrecision.Day, Now, Now));
        Decision<CoachingOrderEvent> Offered(string provider) => WhenAsked(state => OfferPeer.Decide(
            Offer with { ProviderAgencyId = provider, Rules = Offer.Rules with { Agencies = ["one", "other"] }, When = day }, state, later));
        Decision<CoachingOrderEvent> Declined() => WhenAsked(state => DeclinePeer.Decide(new(In, null, null, day), state, later));

        Offered("one").Events.ShouldHaveSingleItem();
        Declined().Events.ShouldHaveSingleItem();
        Declined().ShouldBeAlreadyDone();
        Offered("other").Events.ShouldHaveSingleItem();
        Declined().Events.ShouldHaveSingleItem();
    }

    /// <summary>No answer to an offer that was made since, it is the one to the first.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_answer_of_a_day_is_done_already_also_once_a_newer_offer_waits(bool accepted)
    {
        var (later, day) = (Now.AddDays(5), new When(Now.AddDays(-1), TimePrecision.Day, Now, Now));
        void Offered(When when) => WhenAsked(state => OfferPeer.Decide(Offer with { When = when }, state, later)).Events.ShouldHaveSingleItem();
        Decision<CoachingOrderEvent> Answered(When when) =>
            WhenAsked(state => accepted ? AcceptPeer.Decide(new(In, when), state, later) : DeclinePeer.Decide(new(In, Words, null, when), state, later));

        Offered(day);
        Answered(day).Events.ShouldHaveSingleItem();
        WhenAsked(state => LiftOrder.Decide(new(In, CoachingEndReason.Moved, When.At(Now)), state, later)).Rejection.ShouldBeNull();
        Offered(When.At(Now.AddDays(1)));

        Answered(day).ShouldBeAlreadyDone();
        Answered(day with { OccurredAt = day.OccurredAt.AddDays(-1), OccurredUntil = day.OccurredAt }).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"peer offered, {Now.AddDays(1):u}"));
        State.Phase.ShouldBe(CoachingOrderPhase.Offered);
    }
}

/// <summary>Told again, what a coach tells is done already only if it is the same.</summary>
public sealed class TellingCoachingAgain : CoachingSpec
{
    private static readonly Guid Session = Guid.Parse("0195d6c4-0000-7000-8000-0000000000f1");

    [Fact]
    public void A_session_and_its_new_time()
    {
        GivenCoached();
        ShouldLoseNothing(new ScheduleSession(In, Session, Now.AddDays(1), SessionKind.OneToOne, ContactMode.InPerson), ScheduleSession.Decide, "In");
        ShouldLoseNothing(new RescheduleSession(In, Session, Now.AddDays(2), SessionParty.Client), RescheduleSession.Decide, "In");
    }

    [Fact]
    public void A_session_that_was_held()
    {
        GivenCoached();
        ShouldLoseNothing(new HoldSession(In, Session, SessionKind.OneToOne, ContactMode.InPerson, 50, [], Words, When.At(Now)), HoldSession.Decide, "In", "PlanItems", "By");
    }

    [Fact]
    public void An_assessment()
    {
        GivenCoached();
        ShouldLoseNothing(
            new CompleteAssessment(In, Session, "rant", "1", 2, null, null, "coach-1", Rules, When.At(Now)), CompleteAssessment.Decide, "In", "Answers", "AssessedBy", "Rules");
    }

    [Fact]
    public void Who_coached_and_left_is_told_already_also_once_another_coaches()
    {
        var later = Now.AddDays(3);
        var (began, left) = (When.At(Now), new When(Now.AddDays(1), TimePrecision.Exact, later));
        WhenAsked(state => AssignCoach.Decide(Assign("coach-1") with { When = began }, state, Ordered, Now)).Rejection.ShouldBeNull();
        WhenAsked(state => UnassignCoach.Decide(new(In, CoachChangeReason.Reassigned, Words, later) { When = left }, state, later)).Rejection.ShouldBeNull();
        WhenAsked(state => AssignCoach.Decide(Assign("coach-2") with { When = left }, state, Ordered, later)).Rejection.ShouldBeNull();

        WhenAsked(_ => ToldCoaches.Assigned("coach-1", null, began, later)).ShouldBeAlreadyDone();
        WhenAsked(_ => ToldCoaches.Left(CoachChangeReason.Reassigned, Words, left, later)).ShouldBeAlreadyDone();
        WhenAsked(_ => ToldCoaches.Assigned("coach-1", null, left, later)).Rejection.ShouldNotBeNull();
        WhenAsked(_ => ToldCoaches.Left(CoachChangeReason.CoachLeft, Words, left, later)).Rejection.ShouldNotBeNull();
        WhenAsked(_ => ToldCoaches.Assigned("coach-1", null, When.At(later), later)).Rejection.ShouldNotBeNull("without a time it is a change of now");
    }

    [Fact]
    public void An_assignment_and_the_end()
    {
        ShouldLoseNothing(
            Assign("coach-1") with { When = When.At(Now) }, (told, state, now) => AssignCoach.Decide(told, state, Ordered, now), "In", "AgencyId", "AboveAdvised", "CourtVersion");
        ShouldLoseNothing(new EndCoaching(In, CoachingEndReason.Moved, When.At(Now)), EndCoaching.Decide, "In", "OnRecord", "NextCoachBy", "CourtVersion");
    }
}
