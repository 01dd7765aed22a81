using CaseFlow.Domain;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Referrals;
using static CaseFlow.Unit.Referrals.ReferralFacts;

namespace CaseFlow.Unit.Referrals;

public sealed class RecordingAContactAttempt : IntakeSpec
{
    private static readonly RecordContactAttempt Attempt = new(ReferralId, Us, ContactMode.Phone, AttemptOutcome.NoAnswer, Today);

    [Fact]
    public void Records_it_once()
    {
        Given(Acknowledged, Accepted);

        WhenAsked(state => RecordContactAttempt.Decide(Attempt, state, SentToUs, Now)).ShouldRecord(Attempted(ContactMode.Phone, Now));
        WhenAsked(state => RecordContactAttempt.Decide(Attempt, state, SentToUs, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_refused_for_a_referral_not_taken_on()
    {
        WhenAsked(state => RecordContactAttempt.Decide(Attempt, state, SentToUs, Now)).ShouldBeRefused(IntakeRejections.NotAccepted());
        Given(Acknowledged, Declined);
        WhenAsked(state => RecordContactAttempt.Decide(Attempt, state, SentToUs, Now)).ShouldBeRefused(IntakeRejections.Declined());
        Given(Closed(ReferralOutcome.DidNotGetHelp));
        WhenAsked(state => RecordContactAttempt.Decide(Attempt, state, SentToUs, Now)).ShouldBeRefused(IntakeRejections.Closed());
    }
}

public sealed class RecordingAFirstContact : IntakeSpec
{
    private static readonly RecordFirstContact Contact = new(ReferralId, Us, ContactMode.Phone, Today);

    [Fact]
    public void Records_it_once()
    {
        Given(Acknowledged, Accepted);

        WhenAsked(state => RecordFirstContact.Decide(Contact, state, SentToUs, Now)).ShouldRecord(InContact);
        WhenAsked(state => RecordFirstContact.Decide(Contact, state, SentToUs, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_possible_after_all_with_a_client_who_could_not_be_contacted()
    {
        Given(Acknowledged, Accepted, Unreachable);

        WhenAsked(state => RecordFirstContact.Decide(Contact, state, SentToUs, Now)).ShouldRecord(InContact);
    }

    [Fact]
    public void Is_refused_for_a_referral_not_taken_on()
    {
        Given(Acknowledged);

        WhenAsked(state => RecordFirstContact.Decide(Contact, state, SentToUs, Now)).ShouldBeRefused(IntakeRejections.NotAccepted());
    }
}

/// <summary>R9: three attempts in two ways at two parts of the day, over seven days.</summary>
public sealed class RecordingThatAClientCouldNotBeContacted : IntakeSpec
{
    private static readonly RecordCouldNotContact Record = new(ReferralId, Us, Today);

    private static readonly ReferralContactAttempted[] Enough =
    [
        Attempted(ContactMode.Phone, Now.AddDays(-7)),
        Attempted(ContactMode.Text, Now.AddDays(-3).AddHours(3)),
        Attempted(ContactMode.Phone, Now),
    ];

    [Fact]
    public void Lists_the_attempts_once()
    {
        Given(Acknowledged, Accepted);
        Given(Enough);

        var recorded = WhenAsked(state => RecordCouldNotContact.Decide(Record, state, SentToUs, Policy, Now))
            .Events.ShouldHaveSingleItem().ShouldBeOfType<ReferralCouldNotContact>();

        recorded.Attempts.ShouldBe(Enough.Select(attempt => new ContactAttempt(attempt.OccurredAt, attempt.Mode, attempt.Outcome)));
        (recorded with { Attempts = Unreachable.Attempts }).ShouldBe(Unreachable);
        WhenAsked(state => RecordCouldNotContact.Decide(Record, state, SentToUs, Policy, Now)).ShouldBeAlreadyDone();
    }

    [Theory]
    [InlineData("attempts", new[] { ContactMode.Phone, ContactMode.Text }, new[] { -168, 3 })]
    [InlineData("modes", new[] { ContactMode.Phone, ContactMode.Phone, ContactMode.Phone }, new[] { -168, -69, 0 })]
    [InlineData("parts of the day", new[] { ContactMode.Phone, ContactMode.Text, ContactMode.Phone }, new[] { -168, -72, 0 })]
    [InlineData("days from first to last", new[] { ContactMode.Phone, ContactMode.Text, ContactMode.Phone }, new[] { -144, -69, 0 })]
    public void Is_refused_naming_what_is_missing(string missing, ContactMode[] modes, int[] hours)
    {
        Given(Acknowledged, Accepted);
        Given([.. modes.Zip(hours, (mode, hour) => Attempted(mode, Now.AddHours(hour)))]);

        var rejection = WhenAsked(state => RecordCouldNotContact.Decide(Record, state, SentToUs, Policy, Now)).Rejection.ShouldNotBeNull();

        rejection.Code.ShouldBe("contact-attempts-insufficient");
        rejection.Reason.ShouldContain(missing);
        rejection.Reason.Split(',').Length.ShouldBe(1);
    }

    [Fact]
    public void Is_refused_naming_everything_when_nothing_was_tried()
    {
        Given(Acknowledged, Accepted);
        var calendar = new Domain.Time.BusinessCalendar(Policy.Policy);

        WhenAsked(state => RecordCouldNotContact.Decide(Record, state, SentToUs, Policy, Now))
            .ShouldBeRefused(IntakeRejections.AttemptsInsufficient(UnreachableRule.Missing(Policy.Policy.Referrals.Unreachable, [], calendar)));
    }

    [Fact]
    public void Is_refused_once_there_was_contact_or_before_it_was_taken_on()
    {
        Given(Acknowledged);
        WhenAsked(state => RecordCouldNotContact.Decide(Record, state, SentToUs, Policy, Now)).ShouldBeRefused(IntakeRejections.NotAccepted());
        Given(Accepted, InContact);
        WhenAsked(state => RecordCouldNotContact.Decide(Record, state, SentToUs, Policy, Now)).ShouldBeRefused(IntakeRejections.InContact());
    }

    [Fact]
    public void Is_refused_without_a_policy_that_says_what_it_takes()
    {
        Given(Acknowledged, Accepted);

        WhenAsked(state => RecordCouldNotContact.Decide(Record, state, SentToUs, policy: null, Now))
            .ShouldBeRefused(ReferralRejections.NoPolicyInForce());
    }
}

public sealed class ClosingAReferral : IntakeSpec
{
    [Theory]
    [InlineData(ReferralOutcome.DidNotGetHelp)]
    [InlineData(ReferralOutcome.NoLongerInterested)]
    [InlineData(ReferralOutcome.Deceased)]
    [InlineData(ReferralOutcome.InCustody)]
    public void Records_the_outcome_once(ReferralOutcome outcome)
    {
        Given(Acknowledged, Accepted);

        WhenAsked(state => Close(state, outcome)).ShouldRecord(Closed(outcome));
        WhenAsked(state => Close(state, outcome)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Follows_a_decline_too()
    {
        Given(Acknowledged, Declined);

        WhenAsked(state => Close(state, ReferralOutcome.DidNotGetHelp)).ShouldRecord(Closed(ReferralOutcome.DidNotGetHelp));
    }

    [Fact]
    public void Is_refused_before_an_answer()
    {
        WhenAsked(state => Close(state, ReferralOutcome.Deceased)).ShouldBeRefused(IntakeRejections.NotAnswered());
        Given(Acknowledged);
        WhenAsked(state => Close(state, ReferralOutcome.Deceased)).ShouldBeRefused(IntakeRejections.NotAnswered());
    }

    [Fact]
    public void As_helped_needs_a_first_contact()
    {
        Given(Acknowledged, Accepted);
        WhenAsked(state => Close(state, ReferralOutcome.GotHelp)).ShouldBeRefused(IntakeRejections.NoContactMade());
        Given(InContact);
        WhenAsked(state => Close(state, ReferralOutcome.GotHelp)).ShouldRecord(Closed(ReferralOutcome.GotHelp));
    }

    [Fact]
    public void As_unreachable_needs_the_attempts_on_record()
    {
        Given(Acknowledged, Accepted);
        WhenAsked(state => Close(state, ReferralOutcome.CouldNotContact)).ShouldBeRefused(IntakeRejections.UnreachabilityNotRecorded());
        Given(Unreachable);
        WhenAsked(state => Close(state, ReferralOutcome.CouldNotContact)).ShouldRecord(Closed(ReferralOutcome.CouldNotContact));
    }

    [Fact]
    public void Is_refused_with_another_outcome_than_before()
    {
        Given(Acknowledged, Accepted, Closed(ReferralOutcome.InCustody));

        WhenAsked(state => Close(state, ReferralOutcome.Deceased)).ShouldBeRefused(IntakeRejections.Closed());
    }

    private static Decision<IntakeEvent> Close(IntakeState state, ReferralOutcome outcome) =>
        CloseReferral.Decide(new(ReferralId, Us, outcome, Today), state, SentToUs, Now);
}

public sealed class ReopeningAReferral : IntakeSpec
{
    private static readonly ReopenReferral Reopen = new(ReferralId, Us, Sealed<string>.Of("room again"), Today);

    [Fact]
    public void Takes_up_a_closed_one_where_it_was()
    {
        Given(Acknowledged, Accepted, Attempted(ContactMode.Phone, Now), Unreachable, Closed(ReferralOutcome.CouldNotContact));

        WhenAsked(state => ReopenReferral.Decide(Reopen, state, SentToUs, Now)).ShouldRecord(Reopened);
        WhenAsked(state => ReopenReferral.Decide(Reopen, state, SentToUs, Now)).ShouldBeAlreadyDone();
        State.Phase.ShouldBe(IntakePhase.Accepted);
        State.Attempts.ShouldBeEmpty();
        State.CouldNotContact.ShouldBeFalse();
    }

    [Fact]
    public void Lets_a_declined_one_be_accepted()
    {
        Given(Acknowledged, Declined);

        WhenAsked(state => ReopenReferral.Decide(Reopen, state, SentToUs, Now)).ShouldRecord(Reopened);
        WhenAsked(state => AcceptReferral.Decide(new(ReferralId, Us, "cora", Today), state, SentToUs, Now)).ShouldRecord(Accepted);
    }

    [Fact]
    public void Is_refused_while_it_is_open()
    {
        WhenAsked(state => ReopenReferral.Decide(Reopen, state, SentToUs, Now)).ShouldBeRefused(IntakeRejections.NotClosed());
        Given(Acknowledged, Accepted);
        WhenAsked(state => ReopenReferral.Decide(Reopen, state, SentToUs, Now)).ShouldBeRefused(IntakeRejections.NotClosed());
    }
}
