using CaseFlow.Domain;
using CaseFlow.Domain.Referrals;
using static CaseFlow.Unit.Referrals.ReferralFacts;

namespace CaseFlow.Unit.Referrals;

public sealed class AcknowledgingAReferral : IntakeSpec
{
    private static readonly AcknowledgeReferral Acknowledge = new(ReferralId, Us, "cora", Today);

    [Fact]
    public void Records_it_once()
    {
        WhenAsked(state => AcknowledgeReferral.Decide(Acknowledge, state, SentToUs, Now)).ShouldRecord(Acknowledged);
        WhenAsked(state => AcknowledgeReferral.Decide(Acknowledge, state, SentToUs, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_done_with_any_answer()
    {
        Given(Acknowledged, Accepted, Closed(ReferralOutcome.InCustody));

        WhenAsked(state => AcknowledgeReferral.Decide(Acknowledge, state, SentToUs, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Starts_again_with_the_agency_it_was_passed_on_to()
    {
        Given(Acknowledged, Redirected);

        WhenAsked(state => AcknowledgeReferral.Decide(Acknowledge with { ProviderAgencyId = Others }, state, SentToUs, Now))
            .ShouldRecord(Acknowledged with { ProviderAgencyId = Others });
    }
}

public sealed class AcceptingAReferral : IntakeSpec
{
    private static readonly AcceptReferral Accept = new(ReferralId, Us, "cora", Today);

    [Fact]
    public void Acknowledges_it_too_when_nobody_did()
    {
        WhenAsked(state => AcceptReferral.Decide(Accept, state, SentToUs, Now)).ShouldRecord(Acknowledged, Accepted);
        WhenAsked(state => AcceptReferral.Decide(Accept, state, SentToUs, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void After_acknowledging_records_the_acceptance()
    {
        Given(Acknowledged);

        WhenAsked(state => AcceptReferral.Decide(Accept, state, SentToUs, Now)).ShouldRecord(Accepted);
    }

    [Fact]
    public void Is_refused_once_it_was_declined_or_closed()
    {
        Given(Acknowledged, Declined);
        WhenAsked(state => AcceptReferral.Decide(Accept, state, SentToUs, Now)).ShouldBeRefused(IntakeRejections.Declined());
        Given(Closed(ReferralOutcome.DidNotGetHelp));
        WhenAsked(state => AcceptReferral.Decide(Accept, state, SentToUs, Now)).ShouldBeRefused(IntakeRejections.Closed());
    }
}

public sealed class DecliningAReferral : IntakeSpec
{
    private static readonly DeclineReferral Decline = new(ReferralId, Us, "cora", ReceiverDeclineReason.NoCapacity, Today);

    [Fact]
    public void Acknowledges_it_too_when_nobody_did()
    {
        WhenAsked(state => DeclineReferral.Decide(Decline, state, SentToUs, Now)).ShouldRecord(Acknowledged, Declined);
        WhenAsked(state => DeclineReferral.Decide(Decline, state, SentToUs, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_refused_once_it_was_accepted_or_closed()
    {
        Given(Acknowledged, Accepted);
        WhenAsked(state => DeclineReferral.Decide(Decline, state, SentToUs, Now)).ShouldBeRefused(IntakeRejections.AlreadyAccepted());
        Given(Closed(ReferralOutcome.InCustody));
        WhenAsked(state => DeclineReferral.Decide(Decline, state, SentToUs, Now)).ShouldBeRefused(IntakeRejections.Closed());
    }
}

public sealed class RedirectingAReferral : IntakeSpec
{
    private static readonly RedirectReferral Redirect = new(ReferralId, Us, "cora", Others, Sealed<string>.Of("lives there"), Today);

    [Fact]
    public void Acknowledges_it_too_when_nobody_did()
    {
        WhenAsked(state => RedirectReferral.Decide(Redirect, state, SentToUs, targetIsProvider: true, Now)).ShouldRecord(Acknowledged, Redirected);
        WhenAsked(state => RedirectReferral.Decide(Redirect, state, SentToUs, targetIsProvider: true, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_possible_after_accepting_and_after_declining()
    {
        Given(Acknowledged, Accepted);
        RedirectReferral.Decide(Redirect, State, SentToUs, targetIsProvider: true, Now).ShouldRecord(Redirected);
        Given(Declined);
        RedirectReferral.Decide(Redirect, State, SentToUs, targetIsProvider: true, Now).ShouldRecord(Redirected);
    }

    [Fact]
    public void Starts_unacknowledged_with_the_new_provider_and_without_the_old_ones_attempts()
    {
        Given(Acknowledged, Accepted, Attempted(ContactMode.Phone, Now), InContact, Redirected);

        State.ShouldBeEquivalentTo(IntakeState.Initial with { HolderAgencyId = Others, RedirectedBy = Us });
    }

    [Fact]
    public void May_come_back()
    {
        Given(Acknowledged, Redirected);

        WhenAsked(state => RedirectReferral.Decide(
                Redirect with { ProviderAgencyId = Others, ToAgencyId = Us }, state, SentToUs, targetIsProvider: true, Now))
            .ShouldRecord(Acknowledged with { ProviderAgencyId = Others }, Redirected with { ProviderAgencyId = Others, ToAgencyId = Us });
    }

    [Fact]
    public void Is_refused_to_oneself_or_to_nobody_who_provides()
    {
        WhenAsked(state => RedirectReferral.Decide(Redirect with { ToAgencyId = Us }, state, SentToUs, targetIsProvider: true, Now))
            .ShouldBeRefused(IntakeRejections.RedirectToOneself());
        WhenAsked(state => RedirectReferral.Decide(Redirect, state, SentToUs, targetIsProvider: false, Now))
            .ShouldBeRefused(IntakeRejections.RedirectTargetUnknown(Others));
    }

    [Fact]
    public void Is_refused_once_it_was_closed()
    {
        Given(Acknowledged, Accepted, Closed(ReferralOutcome.InCustody));

        WhenAsked(state => RedirectReferral.Decide(Redirect, state, SentToUs, targetIsProvider: true, Now))
            .ShouldBeRefused(IntakeRejections.Closed());
    }
}
