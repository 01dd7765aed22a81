using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;

using static CaseFlow.Unit.Coaching.CoachingSpec;

namespace CaseFlow.Unit.Coaching;

/// <summary>A court offers a peer, freely declined, or orders coaching.</summary>
public sealed class OfferingAndOrdering : CoachingOrderSpec
{
    [Fact]
    public void An_offer_is_accepted_once()
    {
        WhenAsked(state => AcceptPeer.Decide(new(In, When.At(Now)), state, Now)).ShouldBeRefused(CoachingRejections.NotFound());
        WhenAsked(state => OfferPeer.Decide(Offer with { ProviderAgencyId = "somebody-else" }, state, Now)).ShouldBeRefused(CoachingRejections.ProviderNotUsed("somebody-else"));
        WhenAsked(state => OfferPeer.Decide(Offer with { When = When.At(Now.AddHours(1)) }, state, Now)).Rejection!.Code.ShouldBe("known-in-future");
        WhenAsked(state => OfferPeer.Decide(Offer, state, Now)).ShouldRecord(Fact((participation, client) =>
            new PeerOffered("drug-court", "recovery-coaches", "aftercare") { ParticipationId = participation, ClientId = client }));
        WhenAsked(state => OfferPeer.Decide(Offer, state, Now)).ShouldBeAlreadyDone();

        WhenAsked(state => AcceptPeer.Decide(new(In, When.At(Now)), state, Now)).ShouldRecord(Fact((participation, client) =>
            new PeerAccepted { ParticipationId = participation, ClientId = client, Court = "drug-court" }));
        WhenAsked(state => AcceptPeer.Decide(new(In, When.At(Now)), state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => OfferPeer.Decide(Offer, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => OfferPeer.Decide(Offer with { ProgramId = null }, state, Now)).ShouldBeRefused(CoachingRejections.UnderWay());
    }

    /// <summary>Not compulsory: a decline has no consequence and never closes the door [Seed 2.8].</summary>
    [Fact]
    public void A_declined_offer_can_be_made_again_and_accepted()
    {
        WhenAsked(state => DeclinePeer.Decide(new(In, null, null, When.At(Now)), state, Now)).ShouldBeRefused(CoachingRejections.NotFound());
        WhenAsked(state => OfferPeer.Decide(Offer, state, Now));
        WhenAsked(state => DeclinePeer.Decide(new(In, Words, Today.AddDays(30), When.At(Now)), state, Now)).Events.Single().ShouldBeOfType<PeerDeclined>().Court.ShouldBe("drug-court");
        WhenAsked(state => DeclinePeer.Decide(new(In, null, null, When.At(Now)), state, Now)).ShouldBeAlreadyDone();

        WhenAsked(state => OfferPeer.Decide(Offer, state, Now)).Events.Single().ShouldBeOfType<PeerOffered>();
        WhenAsked(state => AcceptPeer.Decide(new(In, When.At(Now)), state, Now));
        State.Phase.ShouldBe(CoachingOrderPhase.Agreed);
    }

    [Fact]
    public void What_is_ordered_is_not_declined()
    {
        GivenOrdered();
        WhenAsked(state => DeclinePeer.Decide(new(In, null, null, When.At(Now)), state, Now)).ShouldBeRefused(CoachingRejections.NothingOffered());
    }

    [Fact]
    public void An_order_is_changed_by_another_order()
    {
        GivenOrdered();
        WhenAsked(state => OrderCoaching.Decide(Order, state, Now)).ShouldBeAlreadyDone();

        WhenAsked(state => OrderCoaching.Decide(Order with { Order = Weekly with { Sessions = 2 } }, state, Now)).Events.Single().ShouldBeOfType<CoachingOrdered>();
        State.Order!.Sessions.ShouldBe(2);
    }

    [Fact]
    public void An_order_says_how_many_sessions_from_when_until_when()
    {
        OrderCoaching.Decide(Order with { Order = Weekly with { Sessions = 0 } }, State, Now).ShouldBeRefused(CoachingRejections.OrderUnsound("order.sessions"));
        OrderCoaching.Decide(Order with { Order = Weekly with { Sessions = 201 } }, State, Now).ShouldBeRefused(CoachingRejections.OrderUnsound("order.sessions"));
        OrderCoaching.Decide(Order with { Order = Weekly with { Until = Today.AddDays(-1) } }, State, Now).ShouldBeRefused(CoachingRejections.OrderUnsound("order.until"));
        OrderCoaching.Decide(Order with { Order = Weekly with { Until = Today.AddYears(6) } }, State, Now).ShouldBeRefused(CoachingRejections.OrderUnsound("order.until"));
        OrderCoaching.Decide(Order with { Order = Weekly with { From = Today.AddDays(-9), Until = Today.AddDays(-1) } }, State, Now).ShouldBeRefused(CoachingRejections.OrderOver());
        OrderCoaching.Decide(Order with { ProviderAgencyId = "somebody-else" }, State, Now).ShouldBeRefused(CoachingRejections.ProviderNotUsed("somebody-else"));
    }

    [Fact]
    public void Another_provider_is_ordered_by_another_order()
    {
        GivenOrdered();
        WhenAsked(state => OrderCoaching.Decide(Order with { ProviderAgencyId = "peer-house", ProgramId = null }, state, Now)).Events.Single().ShouldBeOfType<CoachingOrdered>();
        (State.ProviderAgencyId, State.ProgramId).ShouldBe(("peer-house", null));
    }

    /// <summary>Both are entered as late as may be; what is held is the order of the times that they tell.</summary>
    [Fact]
    public void An_offer_is_answered_after_it_was_made_and_what_stands_is_lifted_after_it_was_said()
    {
        var later = Now.AddDays(9);
        WhenAsked(state => OfferPeer.Decide(Offer, state, later));
        var offered = TimeRejections.BeforeWhatItFollows($"peer offered, {Now:u}");
        var (before, first, second) = (When.At(Now.AddTicks(-1)), When.At(Now.AddDays(2)), When.At(Now.AddDays(4)));
        AcceptPeer.Decide(new(In, before), State, later).ShouldBeRefused(offered);
        DeclinePeer.Decide(new(In, Words, null, before), State, later).ShouldBeRefused(offered);
        LiftOrder.Decide(new(In, CoachingEndReason.OrderLifted, before), State, later).ShouldBeRefused(offered);
        AcceptPeer.Decide(new(In, new When(Now.AddHours(-9), TimePrecision.Day, later, Now.AddHours(15))), State, later).Rejection.ShouldBeNull("it may have been later that day");

        WhenAsked(state => DeclinePeer.Decide(new(In, Words, null, first), state, later)).Rejection.ShouldBeNull();
        AcceptPeer.Decide(new(In, When.At(Now.AddDays(1))), State, later).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"peer declined, {first.OccurredAt:u}"));
        WhenAsked(state => AcceptPeer.Decide(new(In, second), state, later)).Rejection.ShouldBeNull();
        LiftOrder.Decide(new(In, CoachingEndReason.OrderLifted, first), State, later).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"peer accepted, {second.OccurredAt:u}"));
        WhenAsked(state => LiftOrder.Decide(new(In, CoachingEndReason.OrderLifted, second), state, later)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void An_order_is_lifted_after_its_last_change()
    {
        var later = Now.AddDays(9);
        var (first, changed) = (When.At(Now), When.At(Now.AddDays(3)));
        WhenAsked(state => OrderCoaching.Decide(Order with { When = first }, state, later)).Rejection.ShouldBeNull();
        WhenAsked(state => OrderCoaching.Decide(Order with { When = changed, Order = Weekly with { Sessions = 2 } }, state, later)).Rejection.ShouldBeNull();

        LiftOrder.Decide(new(In, CoachingEndReason.OrderLifted, When.At(Now.AddDays(1))), State, later).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"coaching ordered, {changed.OccurredAt:u}"));
        WhenAsked(state => LiftOrder.Decide(new(In, CoachingEndReason.OrderLifted, changed), state, later)).Rejection.ShouldBeNull();
        State.Last.ShouldBeNull();
    }

    /// <summary>The last one told is in force: one of before would put it aside unseen.</summary>
    [Fact]
    public void An_order_that_changes_another_is_not_of_before_it_and_told_again_changes_nothing()
    {
        var later = Now.AddDays(9);
        var (first, changed) = (Order with { When = When.At(Now) }, Order with { When = When.At(Now.AddDays(3)), Order = Weekly with { Sessions = 2 } });
        WhenAsked(state => OrderCoaching.Decide(first, state, later)).Rejection.ShouldBeNull();
        WhenAsked(state => OrderCoaching.Decide(changed, state, later)).Rejection.ShouldBeNull();

        var third = Order with { When = When.At(Now.AddDays(1)), Order = Weekly with { Sessions = 3 } };
        WhenAsked(state => OrderCoaching.Decide(third, state, later)).ShouldBeRefused(TimeRejections.BeforeWhatItFollows($"coaching ordered, {Now.AddDays(3):u}"));
        WhenAsked(state => OrderCoaching.Decide(first, state, later)).ShouldBeAlreadyDone();
        State.Order!.Sessions.ShouldBe(2);
        var wholeDay = new When(Now.AddDays(3).AddHours(-9), TimePrecision.Day, later, Now.AddDays(3).AddHours(15));
        OrderCoaching.Decide(third with { When = wholeDay }, State, later).Rejection.ShouldBeNull("it may have been later that day");

        WhenAsked(state => LiftOrder.Decide(new(In, CoachingEndReason.OrderLifted, When.At(Now.AddDays(4))), state, later)).Rejection.ShouldBeNull();
        WhenAsked(state => OrderCoaching.Decide(changed, state, later)).ShouldBeAlreadyDone();
        State.Phase.ShouldBe(CoachingOrderPhase.Lifted, "a request that is sent twice orders nothing anew");
        WhenAsked(state => OrderCoaching.Decide(third, state, later)).Rejection.ShouldBeNull("then it stood all along");
    }

    [Fact]
    public void An_offer_that_was_declined_is_not_made_anew_by_telling_it_again()
    {
        var later = Now.AddDays(9);
        WhenAsked(state => OfferPeer.Decide(Offer, state, later)).Rejection.ShouldBeNull();
        WhenAsked(state => DeclinePeer.Decide(new(In, Words, null, When.At(Now.AddDays(1))), state, later)).Rejection.ShouldBeNull();

        WhenAsked(state => OfferPeer.Decide(Offer, state, later)).ShouldBeAlreadyDone();
        State.Phase.ShouldBe(CoachingOrderPhase.Declined);
        WhenAsked(state => OfferPeer.Decide(Offer with { When = When.At(Now.AddDays(2)) }, state, later)).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void What_was_lifted_is_offered_anew()
    {
        var lift = new LiftOrder(In, CoachingEndReason.OrderLifted, When.At(Now));
        WhenAsked(state => LiftOrder.Decide(lift, state, Now)).ShouldBeRefused(CoachingRejections.NotFound());
        GivenOrdered();
        WhenAsked(state => LiftOrder.Decide(lift, state, Now)).Events.Single().ShouldBeOfType<CoachingOrderLifted>().Court.ShouldBe("drug-court");
        WhenAsked(state => LiftOrder.Decide(lift, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => AcceptPeer.Decide(new(In, When.At(Now)), state, Now)).ShouldBeRefused(CoachingRejections.Over());
        State.Order.ShouldBeNull();

        WhenAsked(state => OfferPeer.Decide(Offer, state, Now)).Events.Single().ShouldBeOfType<PeerOffered>();
    }
}
