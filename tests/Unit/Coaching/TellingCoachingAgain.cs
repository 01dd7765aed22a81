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
    public void An_assignment_and_the_end()
    {
        ShouldLoseNothing(
            Assign("coach-1") with { When = When.At(Now) }, (told, state, now) => AssignCoach.Decide(told, state, Ordered, now), "In", "AgencyId", "AboveAdvised", "CourtVersion");
        ShouldLoseNothing(new EndCoaching(In, CoachingEndReason.Moved, When.At(Now)), EndCoaching.Decide, "In", "OnRecord", "NextCoachBy", "CourtVersion");
    }
}
