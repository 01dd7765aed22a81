using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Time;

namespace CaseFlow.Unit.Coaching;

/// <summary>What a court offers or orders in one participation.</summary>
public abstract class CoachingOrderSpec() : Spec<CoachingOrderState, CoachingOrderEvent>(CoachingOrderState.Initial, CoachingOrderState.Evolve)
{
    protected static OfferPeer Offer => new(CoachingSpec.In, "drug-court", "recovery-coaches", "aftercare", CoachingSpec.Rules, When.At(Now));

    protected void GivenOrdered() => WhenAsked(state => OrderCoaching.Decide(CoachingSpec.Order, state, Now)).Rejection.ShouldBeNull();
}

/// <summary>The coaching of recovery-coaches in one participation of a drug court.</summary>
public abstract class CoachingSpec() : Spec<CoachingState, CoachingEvent>(CoachingState.Initial, CoachingState.Evolve)
{
    internal static readonly CoachedIn In = new(Guid.Parse("0195d6c4-0000-8000-8000-0000000000d1"), Guid.Parse("0195d6c4-0000-7000-8000-000000000001"))
    {
        Calendar = new BusinessCalendar(JurisdictionPolicy.Default("court")),
    };

    internal static readonly DateOnly Today = new(2026, 3, 3);
    internal static readonly Sealed<string> Words = Sealed<string>.Of("In words.");
    internal static readonly CoachingRules Rules =
        CourtTemplates.Of(CourtType.Drug, "Drug court", "court", []).Coaching with { Agencies = ["recovery-coaches", "peer-house"], Instruments = ["barc-10", "rant", "phq-9"] };

    internal static readonly CoachingOrder Weekly = new(1, OrderPeriod.Week, SessionKind.OneToOne, Today, Today.AddYears(1));

    /// <summary>What the court ordered.</summary>
    protected static readonly CoachingOrderState Ordered =
        OrderCoaching.Decide(Order, CoachingOrderState.Initial, Now).Events.Aggregate(CoachingOrderState.Initial, CoachingOrderState.Evolve);

    internal static OrderCoaching Order => new(In, "drug-court", "recovery-coaches", "aftercare", Weekly, Rules, 1, Today, When.At(Now));

    protected void GivenCoached(string coachId = "coach-1") =>
        WhenAsked(state => AssignCoach.Decide(Assign(coachId), state, Ordered, Now)).Rejection.ShouldBeNull();

    protected static AssignCoach Assign(string coachId) => new(In, "recovery-coaches", coachId, AboveAdvised: false, 1);

    internal static TFact Fact<TFact>(Func<Guid, Guid, TFact> fact)
        where TFact : CoachingEvent => fact(In.ParticipationId, In.ClientId).At(Now);
}
