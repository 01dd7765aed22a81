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
    public void A_restriction_ends_at_the_clients_wish_and_binds_nobody_from_then_on()
    {
        Given(Granted(), RestrictionAsked(), RestrictionAgreedAt(Now.AddDays(-2)));

        End(RestrictionEnder.Client).ShouldRecord(new RestrictionEnded(RestrictionId, RestrictionEnder.Client, "cora", Words) { ClientId = ClientId }.At(Now));
        End(RestrictionEnder.Client).ShouldBeAlreadyDone();
        End(RestrictionEnder.Agency).ShouldBeAlreadyDone();
        State.StandingOf(AgentAsksForEngagement, Now).RestrictionId.ShouldBeNull();
        State.RestrictionOn(AgentAsksForEngagement, Now.AddDays(-1)).ShouldBe(RestrictionId, "until then it bound");
    }

    [Fact]
    public void An_agency_ends_it_for_what_it_receives_from_then_on_and_the_client_may_still_end_the_rest()
    {
        Given(Granted(), RestrictionAsked(), RestrictionAgreedAt(Now.AddDays(-2)));

        End(RestrictionEnder.Agency).Events.ShouldHaveSingleItem();
        End(RestrictionEnder.Agency).ShouldBeAlreadyDone();
        State.RestrictionOn(AgentAsksForEngagement, Now).ShouldBe(RestrictionId);
        State.RestrictionOn(AgentAsksForEngagement, Now, Now.AddTicks(-1)).ShouldBe(RestrictionId);
        State.RestrictionOn(AgentAsksForEngagement, Now, Now).ShouldBeNull();
        End(RestrictionEnder.Client).Events.ShouldHaveSingleItem();
        State.RestrictionOn(AgentAsksForEngagement, Now).ShouldBeNull();
    }

    [Fact]
    public void What_was_never_agreed_does_not_end_and_nothing_ends_before_it_began()
    {
        End(RestrictionEnder.Client).ShouldBeRefused(RestrictionRejections.NotFound(RestrictionId));
        Given(RestrictionAsked());
        End(RestrictionEnder.Client).ShouldBeRefused(RestrictionRejections.NotInForce());
        Given(RestrictionAgreedAt(Now));
        End(RestrictionEnder.Client, When.At(Now.AddDays(1))).ShouldBeRefused(InFuture);
        End(RestrictionEnder.Client, new When(Now.AddDays(-1), TimePrecision.Exact, Now)).ShouldBeRefused(RestrictionRejections.EndedBeforeAgreed());
    }

    [Fact]
    public void What_was_paid_in_full_has_to_be_agreed_to_and_only_the_client_ends_it()
    {
        WhenAsked(state => RequestRestriction.Decide(
            new(ClientId, RestrictionId, Coaches, Corrections, [], [ConsentPurpose.Payment, ConsentPurpose.Treatment], Words, When.At(Now)) { PaidInFull = true }, state, Known, Now))
            .ShouldBeRefused(RestrictionRejections.PaidForOtherPurposes());
        WhenAsked(state => RequestRestriction.Decide(
            new(ClientId, RestrictionId, Coaches, Corrections, [], [ConsentPurpose.Payment], Words, When.At(Now)) { PaidInFull = true }, state, Known, Now))
            .Events.Single().ShouldBeOfType<RestrictionRequested>().PaidInFull.ShouldBeTrue();

        Answer(Words).ShouldBeRefused(RestrictionRejections.Mandatory());
        Answer().Events.ShouldHaveSingleItem();
        End(RestrictionEnder.Agency).ShouldBeRefused(RestrictionRejections.Mandatory());
        End(RestrictionEnder.Client).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void An_order_for_other_than_criminal_purposes_names_no_prosecutor()
    {
        WhenAsked(state => RecordCourtOrder.Decide(
            new(ClientId, OrderId, CourtOrderBasis.NonCriminal, Coaches, Court, [ConsentInformation.Attendance], null, Words, "cora", When.At(Now))
            {
                RecipientRoles = [Role.Judge, Role.Prosecutor],
            },
            state, Known, Now)).ShouldBeRefused(RestrictionRejections.OrderNotForProsecution());
    }

    [Fact]
    public void An_order_is_recorded_once_and_permits_what_it_names()
    {
        Order().Events.ShouldHaveSingleItem().ShouldBeOfType<CourtOrderForDisclosureReceived>();
        Order().ShouldBeAlreadyDone();
        State.OrderOn(JudgeAsksForTests with { Information = ConsentInformation.Attendance }, Now).ShouldBe(OrderId);
    }

    [Fact]
    public void Only_whoever_received_an_order_is_told_whether_its_words_are_the_same()
    {
        var order = new RecordCourtOrder(
            ClientId, OrderId, CourtOrderBasis.NonCriminal, Coaches, Court, [ConsentInformation.Attendance], null, Words, "cora", When.At(Now));
        Given(Ordered() with { CaseReference = Words });
        var other = order with { CaseReference = Sealed<string>.Of("Another case") };

        WhenAsked(state => RecordCourtOrder.Decide(order, state, Known, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => RecordCourtOrder.Decide(other, state, Known, Now)).ShouldBeRefused(RepeatRejections.RecordedDifferently());
        WhenAsked(state => RecordCourtOrder.Decide(order with { ReceivedBy = "cleo" }, state, Known, Now)).ShouldBeRefused(RepeatRejections.RecordedDifferently());
        WhenAsked(state => RecordCourtOrder.Decide(other with { ReceivedBy = "cleo" }, state, Known, Now)).ShouldBeRefused(RepeatRejections.RecordedDifferently());
    }

    [Fact]
    public void An_order_that_is_over_or_names_nobody_is_refused()
    {
        Order(until: Now).ShouldBeRefused(RestrictionRejections.OrderOver());
        Order(discloser: "nobody").ShouldBeRefused(RestrictionRejections.OrderAgencyUnknown());
        Order(recipient: "nobody").ShouldBeRefused(RestrictionRejections.OrderAgencyUnknown());
        Order(when: When.At(Now.AddDays(1))).ShouldBeRefused(InFuture);
        Order(until: Now.AddHours(1), when: new When(Now.AddHours(-10), TimePrecision.Day, Now, Now.AddHours(14))).Events.ShouldHaveSingleItem("until the evening of the day that is told");
    }

    [Fact]
    public void Each_is_told_again_by_its_own_id_whatever_came_after_it()
    {
        Ask();
        WhenAsked(state => RequestRestriction.Decide(new(ClientId, OrderId, Court, Corrections, [], [], null, When.At(Now)), state, Known, Now)).Events.ShouldHaveSingleItem();
        Order();
        WhenAsked(state => RecordCourtOrder.Decide(
            new(ClientId, RestrictionId, CourtOrderBasis.NonCriminal, Court, Coaches, [ConsentInformation.Progress], null, Words, "cora", When.At(Now)), state, Known, Now)).Events.ShouldHaveSingleItem();

        Ask().ShouldBeAlreadyDone();
        Order().ShouldBeAlreadyDone();
    }

    private static bool Known(string agency) => agency != "nobody";

    private Decision<ConsentEvent> Ask(string discloser = Coaches, string recipient = Corrections, When? when = null) => WhenAsked(state =>
        RequestRestriction.Decide(new(ClientId, RestrictionId, discloser, recipient, [], [], Words, when ?? When.At(Now)), state, Known, Now));

    private Decision<ConsentEvent> Answer(Sealed<string>? declinedBecause = null, When? when = null) => WhenAsked(state =>
        AnswerRestriction.Decide(new(ClientId, RestrictionId, "cora", declinedBecause, when ?? When.At(Now)), state, Now));

    private Decision<ConsentEvent> End(RestrictionEnder by, When? when = null) => WhenAsked(state =>
        EndRestriction.Decide(new(ClientId, RestrictionId, by, "cora", Words, when ?? When.At(Now)), state, Now));

    private Decision<ConsentEvent> Order(string discloser = Coaches, string recipient = Court, DateTimeOffset? until = null, When? when = null) => WhenAsked(state =>
        RecordCourtOrder.Decide(
            new(ClientId, OrderId, CourtOrderBasis.NonCriminal, discloser, recipient, [ConsentInformation.Attendance], until, Words, "cora", when ?? When.At(Now)),
            state,
            Known,
            Now));
}
