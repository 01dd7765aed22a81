using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using static CaseFlow.Unit.Consents.ConsentFacts;

namespace CaseFlow.Unit.Consents;

/// <summary>What limits disclosures although they might be made, and what orders them although nobody consented.</summary>
public sealed class RestrictingAndOrdering : ConsentSpec
{
    private static readonly Rejection InFuture = TimeRejections.KnownInFuture(Now.AddDays(1), Now);
    private static readonly Sealed<string> Words = Sealed<string>.Of("Not my tests.");

    [Fact]
    public void A_restriction_binds_once_the_agency_agrees()
    {
        Given(Granted());

        Ask().ShouldRecord(new RestrictionRequested(RestrictionId, Coaches, Corrections, [], [], Words) { ClientId = ClientId }.At(Now));
        Ask().ShouldBeAlreadyDone();
        State.StandingOf(AgentAsksForEngagement, Now).Standing.ShouldBe(ConsentStanding.InForce);

        Answer().ShouldRecord(RestrictionAgreedAt(Now));
        Answer().ShouldBeAlreadyDone();
        State.StandingOf(AgentAsksForEngagement, Now).RestrictionId.ShouldBe(RestrictionId);
        Answer(Words).ShouldBeRefused(RestrictionRejections.AlreadyAnswered());
    }

    [Fact]
    public void An_agency_may_decline_with_a_reason()
    {
        Ask();

        Answer(Words).ShouldRecord(new RestrictionDeclined(RestrictionId, "cora", Words) { ClientId = ClientId }.At(Now));
        Answer(Words).ShouldBeAlreadyDone();
        Answer().ShouldBeRefused(RestrictionRejections.AlreadyAnswered());
    }

    [Fact]
    public void What_nobody_asked_for_is_not_found() => Answer().ShouldBeRefused(RestrictionRejections.NotFound(RestrictionId));

    [Fact]
    public void Agencies_are_known_and_nothing_lies_ahead()
    {
        Ask(discloser: "nobody").ShouldBeRefused(RestrictionRejections.AgencyUnknown());
        Ask(recipient: "nobody").ShouldBeRefused(RestrictionRejections.AgencyUnknown());
        Ask(when: When.At(Now.AddDays(1))).ShouldBeRefused(InFuture);
        Ask();
        Answer(when: When.At(Now.AddDays(1))).ShouldBeRefused(InFuture);
    }

    [Fact]
    public void An_order_is_recorded_once_and_permits_what_it_names()
    {
        Order().Events.ShouldHaveSingleItem().ShouldBeOfType<CourtOrderForDisclosureReceived>();
        Order().ShouldBeAlreadyDone();
        State.OrderOn(JudgeAsksForTests with { Information = ConsentInformation.Attendance }, Now).ShouldBe(OrderId);
    }

    [Fact]
    public void An_order_that_is_over_or_names_nobody_is_refused()
    {
        Order(until: Now).ShouldBeRefused(RestrictionRejections.OrderOver());
        Order(discloser: "nobody").ShouldBeRefused(RestrictionRejections.OrderAgencyUnknown());
        Order(recipient: "nobody").ShouldBeRefused(RestrictionRejections.OrderAgencyUnknown());
        Order(when: When.At(Now.AddDays(1))).ShouldBeRefused(InFuture);
    }

    private static bool Known(string agency) => agency != "nobody";

    private Decision<ConsentEvent> Ask(string discloser = Coaches, string recipient = Corrections, When? when = null) => WhenAsked(state =>
        RequestRestriction.Decide(new(ClientId, RestrictionId, discloser, recipient, [], [], Words, when ?? When.At(Now)), state, Known, Now));

    private Decision<ConsentEvent> Answer(Sealed<string>? declinedBecause = null, When? when = null) => WhenAsked(state =>
        AnswerRestriction.Decide(new(ClientId, RestrictionId, "cora", declinedBecause, when ?? When.At(Now)), state, Now));

    private Decision<ConsentEvent> Order(string discloser = Coaches, string recipient = Court, DateTimeOffset? until = null, When? when = null) => WhenAsked(state =>
        RecordCourtOrder.Decide(
            new(ClientId, OrderId, CourtOrderBasis.NonCriminal, discloser, recipient, [ConsentInformation.Attendance], until, Words, "cora", when ?? When.At(Now)),
            state,
            Known,
            Now));
}
