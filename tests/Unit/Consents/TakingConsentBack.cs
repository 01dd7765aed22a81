using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Policies;
using static CaseFlow.Unit.Consents.ConsentFacts;

namespace CaseFlow.Unit.Consents;

public sealed class TakingConsentBack : ConsentSpec
{
    private static readonly DateTimeOffset Later = Now.AddDays(10);
    private static readonly Actor Cora = new("cora", Role.Coach, "demo", Coaches);

    [Fact]
    public void A_word_holds_at_once_and_asks_for_the_writing()
    {
        Given(Granted());

        Take(RevocationMode.Oral).ShouldRecord(Asked(RevocationMode.Oral), HeldAt(Later));
        Take(RevocationMode.Oral).ShouldBeAlreadyDone();
        State.StandingOf(AgentAsksForEngagement, Later).Standing.ShouldBe(ConsentStanding.Held);
    }

    [Fact]
    public void The_writing_revokes_on_receipt()
    {
        Given(Granted(), HeldAt(Now.AddDays(1)));

        Take(RevocationMode.Written).ShouldRecord(Asked(RevocationMode.Written), RevokedAt(Later));
        Take(RevocationMode.Written).ShouldBeAlreadyDone();
        Take(RevocationMode.Oral).ShouldBeAlreadyDone();
        State.StandingOf(AgentAsksForEngagement, Later).Standing.ShouldBe(ConsentStanding.Revoked);
    }

    [Fact]
    public void The_writing_may_name_a_later_day_and_never_an_earlier_one()
    {
        Given(Granted());
        Take(RevocationMode.Written, effectiveAt: Later.AddTicks(-1)).ShouldBeRefused(ConsentRejections.RevocationBeforeReceipt());

        Take(RevocationMode.Written, effectiveAt: Later.AddDays(5)).Rejection.ShouldBeNull();

        State.StandingOf(AgentAsksForEngagement, Later.AddDays(4)).Standing.ShouldBe(ConsentStanding.InForce);
        State.StandingOf(AgentAsksForEngagement, Later.AddDays(5)).Standing.ShouldBe(ConsentStanding.Revoked);
        Take(RevocationMode.Written).Events.Count.ShouldBe(2, "a second writing may bring it forward");
        State.StandingOf(AgentAsksForEngagement, Later).Standing.ShouldBe(ConsentStanding.Revoked);
    }

    [Fact]
    public void Policy_names_who_may_receive_the_writing_and_everybody_may_hear_a_word()
    {
        Given(Granted());
        var officerOnly = new ConsentPolicyInForce(ConsentPolicy.Default with { MayReceiveRevocation = [Role.PrivacyOfficer] }, 4);

        Take(RevocationMode.Written, policy: officerOnly).ShouldBeRefused(ConsentRejections.MayNotReceiveRevocation());
        Take(RevocationMode.Oral, policy: officerOnly).Rejection.ShouldBeNull();
    }

    [Theory]
    [InlineData(RevocationMode.Oral)]
    [InlineData(RevocationMode.Written)]
    public void What_is_irrevocable_is_deferred_to_its_event_and_revoked_by_it(RevocationMode mode)
    {
        Given(GrantedToCourt());

        Take(mode).ShouldRecord(
            Asked(mode),
            new ConsentRevocationDeferredUntilEvent(First, ConsentCondition.FinalDisposition, "cora", RevocationDeferral.IrrevocableUntilEvent)
            {
                ClientId = ClientId,
            }.At(Later));
        Take(mode).ShouldBeAlreadyDone();
        State.StandingOf(JudgeAsksForTests, Later).Standing.ShouldBe(ConsentStanding.InForce);

        var disposed = Later.AddDays(30);
        Happen(ConsentCondition.FinalDisposition, disposed).Events.Select(fact => fact.GetType()).ShouldBe([typeof(ConsentConditionMet), typeof(ConsentRevoked)]);
        State.StandingOf(JudgeAsksForTests, disposed.AddTicks(-1)).Standing.ShouldBe(ConsentStanding.InForce);
        State.StandingOf(JudgeAsksForTests, disposed).Standing.ShouldBe(ConsentStanding.Revoked);
    }

    [Fact]
    public void What_was_irrevocable_can_be_taken_back_after_its_event()
    {
        Given(GrantedToCourt());
        Happen(ConsentCondition.FinalDisposition, Later).Events.ShouldHaveSingleItem();
        State.StandingOf(JudgeAsksForTests, Later).Standing.ShouldBe(ConsentStanding.InForce, "nobody asked for it back");

        Take(RevocationMode.Written, at: Later.AddDays(1)).Events[1].ShouldBeOfType<ConsentRevoked>();
    }

    [Fact]
    public void A_hold_is_lifted_by_the_client_and_counts_no_more()
    {
        Given(Granted());
        Lift().ShouldBeRefused(ConsentRejections.NotHeld());
        Given(HeldAt(Later));
        Lift(Later.AddDays(-1)).ShouldBeRefused(ConsentRejections.NotHeld());

        Lift().ShouldRecord(new ConsentHoldLifted(First, "cora", Reason) { ClientId = ClientId }.At(Later));
        Lift().ShouldBeAlreadyDone();
        State.StandingOf(AgentAsksForEngagement, Later).Standing.ShouldBe(ConsentStanding.InForce);
    }

    [Fact]
    public void A_word_after_a_lifting_that_counts_from_the_end_of_its_day_holds_again()
    {
        Given(Granted(), HeldAt(Later));
        var day = new When(Later.AddHours(-10), TimePrecision.Day, Later.AddHours(1), OccurredUntil: Later.AddHours(14));
        WhenAsked(state => LiftConsentHold.Decide(new(ClientId, First, "cora", Reason, day), state, Later.AddHours(1))).Events.ShouldHaveSingleItem();

        TakeAt(Later.AddHours(5)).ShouldRecord(Asked(RevocationMode.Oral, Later.AddHours(5)), HeldAt(Later.AddHours(5)));

        TakeAt(Later.AddHours(5)).ShouldBeAlreadyDone();
        State.StandingOf(AgentAsksForEngagement, Later.AddDays(1)).Standing.ShouldBe(ConsentStanding.Held, "the lifting was of what had been said before");
    }

    [Fact]
    public void A_word_that_came_before_the_one_on_record_and_is_told_late_holds_from_then()
    {
        Given(Granted(), HeldAt(Later));

        TakeAt(Later.AddHours(-5)).ShouldRecord(Asked(RevocationMode.Oral, Later.AddHours(-5)), HeldAt(Later.AddHours(-5)));
        TakeAt(Later.AddHours(-4)).ShouldBeAlreadyDone();

        State.StandingOf(AgentAsksForEngagement, Later.AddHours(-1)).Standing.ShouldBe(ConsentStanding.Held);
        Lift().ShouldRecord(new ConsentHoldLifted(First, "cora", Reason) { ClientId = ClientId }.At(Later));
        State.StandingOf(AgentAsksForEngagement, Later).Standing.ShouldBe(ConsentStanding.InForce, "both were lifted");
    }

    [Fact]
    public void A_hold_that_is_told_by_the_day_is_lifted_by_no_word_of_the_day_before()
    {
        var (morning, end) = (Later.AddHours(-10), Later.AddHours(14));
        Given(Granted(), HeldAt(morning));

        LiftOn(morning.AddDays(-1)).ShouldBeRefused(ConsentRejections.NotHeld());
        State.StandingOf(AgentAsksForEngagement, Later).Standing.ShouldBe(ConsentStanding.Held);
        LiftOn(morning).Events.ShouldHaveSingleItem();
        State.StandingOf(AgentAsksForEngagement, end).Standing.ShouldBe(ConsentStanding.InForce);

        Decision<ConsentEvent> LiftOn(DateTimeOffset day) => WhenAsked(state =>
            LiftConsentHold.Decide(new(ClientId, First, "cora", Reason, new When(day, TimePrecision.Day, Later, day.AddDays(1))), state, Later));
    }

    [Theory]
    [InlineData(RevocationMode.Oral, ConsentStanding.Held)]
    [InlineData(RevocationMode.Written, ConsentStanding.Revoked)]
    public void Told_by_the_day_it_speaks_of_all_that_was_signed_until_it_was_known_and_of_nothing_signed_since(RevocationMode mode, ConsentStanding standing)
    {
        var day = new When(Later.AddHours(-10), TimePrecision.Day, Later, OccurredUntil: Later.AddHours(14));
        Given(Granted(), Granted(Second, term: new ConsentTerm(Later.AddHours(-2), Later.AddYears(1), null, null)));

        TakeOn(day).Events.Count.ShouldBe(2);
        TakeOn(day).ShouldBeAlreadyDone();
        TakeOn(day with { KnownAt = Later.AddHours(1) }).ShouldBeAlreadyDone();
        State.StandingOf(AgentAsksForEngagement, Later.AddHours(-9)).Standing.ShouldBe(standing);
        State.StandingOf(AgentAsksForEngagement, Later).Standing.ShouldBe(standing, "the other was signed in the morning, and they said it since");

        Given(Granted(OrderId, term: new ConsentTerm(Later.AddHours(1), Later.AddYears(1), null, null)));
        State.StandingOf(AgentAsksForEngagement, Later.AddHours(2)).Standing.ShouldBe(ConsentStanding.InForce, "signed afterwards");
        TakeOn(day).ShouldBeAlreadyDone();
        TakeOn(day with { KnownAt = Later.AddHours(3) }).Events.Count.ShouldBe(2);
        State.StandingOf(AgentAsksForEngagement, Later.AddHours(3)).Standing.ShouldBe(standing);

        Decision<ConsentEvent> TakeOn(When when) => WhenAsked(state =>
            TakeConsentBack.Decide(new(ClientId, First, mode, Cora, null, null, null, when), state, Policy, Later.AddHours(6)));
    }

    [Fact]
    public void The_writing_about_what_is_irrevocable_is_put_on_record_after_the_word()
    {
        Given(GrantedToCourt());
        Say(RevocationMode.Oral, "No more.").Events.Count.ShouldBe(2);

        Say(RevocationMode.Written, "In writing.").Events[0].ShouldBeOfType<ConsentRevocationRequested>().Mode.ShouldBe(RevocationMode.Written);

        Say(RevocationMode.Written, "In writing.").ShouldBeAlreadyDone();
        Say(RevocationMode.Oral, "No more.").ShouldBeAlreadyDone();
        Say(RevocationMode.Written, "Otherwise.").ShouldBeRefused(RepeatRejections.RecordedDifferently());
        State.StandingOf(JudgeAsksForTests, Later).Standing.ShouldBe(ConsentStanding.InForce);
        Happen(ConsentCondition.FinalDisposition, Later.AddDays(1)).Events.Select(fact => fact.GetType()).ShouldBe([typeof(ConsentConditionMet), typeof(ConsentRevoked)]);

        Decision<ConsentEvent> Say(RevocationMode mode, string words) => WhenAsked(state =>
            TakeConsentBack.Decide(new(ClientId, First, mode, Cora, null, Sealed<string>.Of(words), null, When.At(Later)), state, Policy, Later));
    }

    [Fact]
    public void A_hold_of_a_clock_that_is_ahead_is_lifted_by_the_same_clock()
    {
        var ahead = Later.AddMinutes(3);
        Given(Granted(), HeldAt(ahead));

        LiftNow(Later).ShouldBeRefused(ConsentRejections.NotHeld());
        LiftNow(ahead).ShouldRecord(new ConsentHoldLifted(First, "cora", Reason) { ClientId = ClientId }.At(ahead));

        Decision<ConsentEvent> LiftNow(DateTimeOffset at) => WhenAsked(state => LiftConsentHold.Decide(new(ClientId, First, "cora", Reason, When.At(at)), state, Later));
    }

    [Fact]
    public void A_consent_for_once_ends_by_the_disclosure_that_was_made_first_also_when_that_is_told_late()
    {
        Given(Granted(term: new ConsentTerm(Now, Now.AddYears(1), ConsentCondition.DisclosureMade, null)), MetAt(Later, ConsentCondition.DisclosureMade));
        State.Find(First)!.StandingAt(Later.AddHours(-2)).ShouldBe(ConsentStanding.InForce);

        Spend(Later).ShouldBeAlreadyDone();
        Spend(Later.AddHours(1)).ShouldBeAlreadyDone();
        Spend(Later.AddHours(-2)).ShouldRecord(MetAt(Later.AddHours(-2), ConsentCondition.DisclosureMade));

        State.Find(First)!.StandingAt(Later.AddHours(-2)).ShouldBe(ConsentStanding.Expired);
        Spend(Later.AddHours(-2)).ShouldBeAlreadyDone();
        Happen(ConsentCondition.DisclosureMade, Later.AddHours(-3)).ShouldBeRefused(RepeatRejections.RecordedDifferently());

        Decision<ConsentEvent> Spend(DateTimeOffset at) => WhenAsked(state =>
            RecordConsentCondition.Follow(new(ClientId, First, ConsentCondition.DisclosureMade, "cleo", When.At(at)), state, Later.AddDays(1)));
    }

    [Fact]
    public void A_word_that_was_lifted_is_not_the_one_that_stands()
    {
        Given(Granted());
        TakeSaying("No more.", Later).Events.Count.ShouldBe(2);
        Lift(Later.AddHours(1)).Events.ShouldHaveSingleItem();
        TakeSaying("I said stop.", Later.AddHours(2)).Events.Count.ShouldBe(2);

        TakeSaying("No more.", Later.AddHours(3)).ShouldBeRefused(RepeatRejections.RecordedDifferently());
        TakeSaying("I said stop.", Later.AddHours(3)).ShouldBeAlreadyDone();

        Decision<ConsentEvent> TakeSaying(string words, DateTimeOffset at) => WhenAsked(state => TakeConsentBack.Decide(
            new(ClientId, First, RevocationMode.Oral, Cora, null, Sealed<string>.Of(words), null, When.At(at)), state, Policy, at));
    }

    [Fact]
    public void A_revocation_is_not_lifted()
    {
        Given(Granted(), HeldAt(Later), RevokedAt(Later));

        Lift().ShouldBeRefused(ConsentRejections.Revoked());
        Renew().ShouldBeRefused(ConsentRejections.Revoked());
    }

    [Fact]
    public void It_is_signed_again_for_a_new_period()
    {
        Given(Granted());

        Renew().Events.ShouldHaveSingleItem().ShouldBeOfType<ConsentRenewed>().Term.ShouldBe(new ConsentTerm(Later, Later.AddYears(2), null, null));
        Renew().ShouldBeAlreadyDone();
        State.StandingOf(AgentAsksForEngagement, Now.AddYears(1).AddDays(1)).Standing.ShouldBe(ConsentStanding.InForce);
    }

    [Fact]
    public void A_renewal_has_every_element_too()
    {
        Given(Granted());

        Renew(form: Draft.Form with { SignedAt = Later, SignedName = null }).Rejection!.Parts.ShouldHaveSingleItem().Field.ShouldBe("form.signedName");
    }

    [Fact]
    public void A_signature_that_is_on_record_carries_no_new_period()
    {
        Given(Granted(), Renewed(Later, Later.AddYears(1)));

        var term = new TermDraft(null, Later.AddMonths(20), null, null);
        Renew(term, Draft.Form with { SignedAt = Later.AddDays(-1) }).ShouldBeRefused(ConsentRejections.SignatureNotNew());
        Renew(term).ShouldBeRefused(ConsentRejections.SignatureNotNew());
        Renew(term, Draft.Form with { SignedAt = Later.AddDays(1) }).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void Nothing_is_renewed_while_it_is_held_or_once_its_event_has_happened()
    {
        Given(Granted(term: new ConsentTerm(Now, Now.AddYears(1), ConsentCondition.EndOfTreatment, null)), MetAt(Later, ConsentCondition.EndOfTreatment));
        Renew(new TermDraft(null, Later.AddYears(1), ConsentCondition.EndOfTreatment, null)).ShouldBeRefused(ConsentRejections.ConditionAlreadyMet());

        Given(HeldAt(Later));
        Renew().ShouldBeRefused(ConsentRejections.Held());
    }

    [Theory]
    [InlineData(RevocationMode.Oral)]
    [InlineData(RevocationMode.Written)]
    public void What_was_done_in_reliance_is_kept_also_while_it_is_deferred_and_told_again_it_is_the_same(RevocationMode mode)
    {
        Given(GrantedToCourt());
        var take = new TakeConsentBack(ClientId, First, mode, Cora, null, Sealed<string>.Of("No more."), Sealed<string>.Of("The court was told."), When.At(Later));

        WhenAsked(state => TakeConsentBack.Decide(take, state, Policy, Later)).Events[1].ShouldBeOfType<ConsentRevocationDeferredUntilEvent>().RelianceNote!.Plain().ShouldBe("The court was told.");

        Again(take).ShouldBeAlreadyDone();
        Again(take with { Words = null }).ShouldBeAlreadyDone();
        Again(take with { RelianceNote = null }).ShouldBeAlreadyDone();
        Again(take with { RelianceNote = Sealed<string>.Of("Nobody was told.") }).ShouldBeRefused(RepeatRejections.RecordedDifferently());
        Again(take with { Words = Sealed<string>.Of("Not yet.") }).ShouldBeRefused(RepeatRejections.RecordedDifferently());

        Decision<ConsentEvent> Again(TakeConsentBack told) => WhenAsked(state => TakeConsentBack.Decide(told with { When = When.At(Later.AddHours(1)) }, state, Policy, Later.AddHours(1)));
    }

    [Fact]
    public void Only_an_event_that_it_waits_for_is_recorded_and_once()
    {
        Given(GrantedToCourt());

        Happen(ConsentCondition.EndOfTreatment, Later).ShouldBeRefused(ConsentRejections.DoesNotWaitFor());
        Happen(ConsentCondition.EndOfProgram, Now.AddDays(-1)).ShouldBeRefused(ConsentRejections.ConditionBeforeSignature());
        Happen(ConsentCondition.EndOfProgram, Later).ShouldRecord(MetAt(Later, ConsentCondition.EndOfProgram));
        Happen(ConsentCondition.EndOfProgram, Later).ShouldBeAlreadyDone();
        Happen(ConsentCondition.EndOfProgram, Later.AddDays(1)).ShouldBeRefused(RepeatRejections.RecordedDifferently());
        State.StandingOf(JudgeAsksForTests, Later).Standing.ShouldBe(ConsentStanding.Expired);
    }

    [Fact]
    public void What_was_never_given_is_not_found()
    {
        Take(RevocationMode.Oral).ShouldBeRefused(ConsentRejections.NotFound(First));
        Lift().ShouldBeRefused(ConsentRejections.NotFound(First));
        Renew().ShouldBeRefused(ConsentRejections.NotFound(First));
        Happen(ConsentCondition.EndOfProgram, Later).ShouldBeRefused(ConsentRejections.NotFound(First));
    }

    [Fact]
    public void Nothing_lies_ahead_or_before_the_signature()
    {
        var ahead = Later.AddDays(1000);
        var inFuture = TimeRejections.KnownInFuture(ahead, Later.AddDays(100));
        Given(Granted(), HeldAt(Later, First));

        Take(RevocationMode.Written, at: ahead).ShouldBeRefused(inFuture);
        Take(RevocationMode.Written, at: Now.AddDays(-1)).ShouldBeRefused(ConsentRejections.RevocationBeforeSignature());
        Lift(ahead).ShouldBeRefused(inFuture);
        Given(GrantedToCourt(Second));
        WhenAsked(state => RecordConsentCondition.Decide(
            new(ClientId, Second, ConsentCondition.EndOfProgram, "cleo", When.At(ahead)), state, Later.AddDays(100))).ShouldBeRefused(inFuture);
    }

    private static readonly Sealed<string> Reason = Sealed<string>.Of("Thought it over.");

    private static ConsentRevocationRequested Asked(RevocationMode mode, DateTimeOffset? at = null) =>
        new ConsentRevocationRequested(First, mode, "cora", Words: null) { ClientId = ClientId }.At(at ?? Later);

    /// <summary>By word of mouth, and recorded within the day.</summary>
    private Decision<ConsentEvent> TakeAt(DateTimeOffset at) => WhenAsked(state =>
        TakeConsentBack.Decide(new(ClientId, First, RevocationMode.Oral, Cora, null, null, null, When.At(at)), state, Policy, Later.AddHours(6)));

    private Decision<ConsentEvent> Take(
        RevocationMode mode, DateTimeOffset? at = null, DateTimeOffset? effectiveAt = null, ConsentPolicyInForce? policy = null) => WhenAsked(state =>
        TakeConsentBack.Decide(new(ClientId, First, mode, Cora, effectiveAt, null, null, When.At(at ?? Later)), state, policy ?? Policy, Later.AddDays(100)));

    private Decision<ConsentEvent> Lift(DateTimeOffset? at = null) => WhenAsked(state =>
        LiftConsentHold.Decide(new(ClientId, First, "cora", Reason, When.At(at ?? Later)), state, Later.AddDays(100)));

    private Decision<ConsentEvent> Renew(TermDraft? term = null, FormDraft? form = null) => WhenAsked(state => RenewConsent.Decide(
        new(ClientId, First, term ?? new TermDraft(null, Later.AddYears(2), null, null), form ?? Draft.Form with { SignedAt = Later }), state, Policy, Later.AddDays(100)));

    private Decision<ConsentEvent> Happen(ConsentCondition condition, DateTimeOffset at) => WhenAsked(state =>
        RecordConsentCondition.Decide(new(ClientId, First, condition, "cleo", When.At(at)), state, Later.AddDays(100)));
}
