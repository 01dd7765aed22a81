using CaseFlow.Domain;
using CaseFlow.Domain.Referrals;
using static CaseFlow.Unit.Referrals.ReferralFacts;

namespace CaseFlow.Unit.Referrals;

/// <summary>The receiver's side of a referral that was sent to Safe Communities.</summary>
public abstract class IntakeSpec() : Spec<IntakeState, IntakeEvent>(IntakeState.Initial, IntakeState.Evolve)
{
    protected const string Us = "safe-communities";
    protected const string Others = "lighthouse";

    protected static readonly When Today = When.At(Now);
    protected static readonly When Tomorrow = When.At(Now.AddDays(1));

    protected static readonly ReferralState SentToUs = new[] { (ReferralEvent)Created, Sent }.Aggregate(ReferralState.Initial, ReferralState.Evolve);
    protected static readonly ReferralState WithdrawnFromUs = ReferralState.Evolve(SentToUs, Withdrawn);

    protected static readonly ReferralAcknowledged Acknowledged =
        new ReferralAcknowledged("cora") { ReferralId = ReferralId, ClientId = ClientId, ProviderAgencyId = Us }.At(Now);

    protected static readonly ReferralAccepted Accepted =
        new ReferralAccepted("cora") { ReferralId = ReferralId, ClientId = ClientId, ProviderAgencyId = Us }.At(Now);

    protected static readonly ReferralDeclinedByReceiver Declined =
        new ReferralDeclinedByReceiver(ReceiverDeclineReason.NoCapacity) { ReferralId = ReferralId, ClientId = ClientId, ProviderAgencyId = Us }.At(Now);

    protected static readonly ReferralRedirected Redirected =
        new ReferralRedirected(Others, Sealed<string>.Of("lives there")) { ReferralId = ReferralId, ClientId = ClientId, ProviderAgencyId = Us }.At(Now);

    protected static readonly ReferralFirstContactMade InContact =
        new ReferralFirstContactMade(ContactMode.Phone) { ReferralId = ReferralId, ClientId = ClientId, ProviderAgencyId = Us }.At(Now);

    protected static readonly ReferralCouldNotContact Unreachable =
        new ReferralCouldNotContact([], PolicyVersion: 3) { ReferralId = ReferralId, ClientId = ClientId, ProviderAgencyId = Us }.At(Now);

    protected static readonly ReferralReopened Reopened =
        new ReferralReopened(Sealed<string>.Of("room again")) { ReferralId = ReferralId, ClientId = ClientId, ProviderAgencyId = Us }.At(Now);

    protected static ReferralClosed Closed(ReferralOutcome outcome) =>
        new ReferralClosed(outcome) { ReferralId = ReferralId, ClientId = ClientId, ProviderAgencyId = Us }.At(Now);

    protected static ReferralContactAttempted Attempted(ContactMode mode, DateTimeOffset at) =>
        new ReferralContactAttempted(mode, AttemptOutcome.NoAnswer) { ReferralId = ReferralId, ClientId = ClientId, ProviderAgencyId = Us }.At(at);
}

/// <summary>Who may act on a referral at all: the same for every act of a receiver.</summary>
public sealed class HoldingAReferral : IntakeSpec
{
    public static TheoryData<string> Acts => [.. EveryAct("", Today).Keys];

    [Theory]
    [MemberData(nameof(Acts))]
    public void Lets_no_other_agency_see_it(string act) =>
        WhenAsked(state => EveryAct(Others, Today)[act](state, SentToUs)).ShouldBeRefused(ReferralRejections.NotFound(ReferralId));

    [Theory]
    [MemberData(nameof(Acts))]
    public void Passes_with_a_redirection(string act)
    {
        Given(Acknowledged, Redirected);

        EveryAct(Us, Today)[act](State, SentToUs).ShouldBeRefused(ReferralRejections.NotFound(ReferralId));
        EveryAct(Others, Today)[act](State, SentToUs).Rejection?.Code.ShouldNotBe("referral-not-found");
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public void Begins_with_the_sending(string act)
    {
        var onlyCreated = ReferralState.Evolve(ReferralState.Initial, Created);

        WhenAsked(state => EveryAct(Us, Today)[act](state, ReferralState.Initial)).ShouldBeRefused(ReferralRejections.NotFound(ReferralId));
        WhenAsked(state => EveryAct(Us, Today)[act](state, onlyCreated)).ShouldBeRefused(ReferralRejections.NotFound(ReferralId));
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public void Ends_with_a_withdrawal(string act) =>
        WhenAsked(state => EveryAct(Us, Today)[act](state, WithdrawnFromUs)).ShouldBeRefused(ReferralRejections.Withdrawn());

    [Theory]
    [MemberData(nameof(Acts))]
    public void Allows_nothing_ahead_of_time(string act)
    {
        Given(act switch
        {
            "acknowledge" or "accept" or "decline" or "redirect" => [],
            "reopen" => [Acknowledged, Declined],
            "could not contact" =>
                [Acknowledged, Accepted, Attempted(ContactMode.Phone, Now.AddDays(-7)), Attempted(ContactMode.Text, Now.AddHours(3)), Attempted(ContactMode.Phone, Now)],
            _ => [Acknowledged, Accepted],
        });

        WhenAsked(state => EveryAct(Us, Tomorrow)[act](state, SentToUs)).ShouldBeRefused(InFuture);
    }

    private static Dictionary<string, Func<IntakeState, ReferralState, Decision<IntakeEvent>>> EveryAct(string agencyId, When when) => new()
    {
        ["acknowledge"] = (state, referral) => AcknowledgeReferral.Decide(new(ReferralId, agencyId, "cora", when), state, referral, Now),
        ["accept"] = (state, referral) => AcceptReferral.Decide(new(ReferralId, agencyId, "cora", when), state, referral, Now),
        ["decline"] = (state, referral) =>
            DeclineReferral.Decide(new(ReferralId, agencyId, "cora", ReceiverDeclineReason.OutOfArea, when), state, referral, Now),
        ["redirect"] = (state, referral) => RedirectReferral.Decide(
            new(ReferralId, agencyId, "cora", "north-star", Sealed<string>.Of("closer"), when), state, referral, targetIsProvider: true, Now),
        ["attempt"] = (state, referral) =>
            RecordContactAttempt.Decide(new(ReferralId, agencyId, ContactMode.Phone, AttemptOutcome.NoAnswer, when), state, referral, Now),
        ["first contact"] = (state, referral) =>
            RecordFirstContact.Decide(new(ReferralId, agencyId, ContactMode.Phone, when), state, referral, Now),
        ["could not contact"] = (state, referral) => RecordCouldNotContact.Decide(new(ReferralId, agencyId, when), state, referral, Policy, Now),
        ["close"] = (state, referral) =>
            CloseReferral.Decide(new(ReferralId, agencyId, ReferralOutcome.InCustody, when), state, referral, Now),
        ["reopen"] = (state, referral) =>
            ReopenReferral.Decide(new(ReferralId, agencyId, Sealed<string>.Of("room again"), when), state, referral, Now),
    };
}
