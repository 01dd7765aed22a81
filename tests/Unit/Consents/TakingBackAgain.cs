using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using static CaseFlow.Unit.Consents.ConsentFacts;

namespace CaseFlow.Unit.Consents;

/// <summary>A consent that was taken back is taken back once more: that speaks of everything signed for the same since.</summary>
public sealed class TakingBackAgain : ConsentSpec
{
    private static readonly DateTimeOffset Revoked = Now.AddDays(10);
    private static readonly DateTimeOffset Signed = Now.AddDays(20);
    private static readonly DateTimeOffset Later = Now.AddDays(30);
    private static readonly Actor Cora = new("cora", Role.Coach, "demo", Coaches);
    private static readonly ConsentGranted SignedSince = Granted(Second, term: new ConsentTerm(Signed, Signed.AddYears(1), null, null));

    [Fact]
    public void A_word_holds_what_was_signed_since_and_is_lifted()
    {
        Given(Granted(), RevokedAt(Revoked), SignedSince);
        Standing(Later).ShouldBe(new ConsentAnswer(ConsentStanding.InForce, Second, ConsentKind.Part2General));

        Take(RevocationMode.Oral).Events.Select(fact => fact.GetType()).ShouldBe([typeof(ConsentRevocationRequested), typeof(ConsentProtectiveHoldPlaced)]);

        Take(RevocationMode.Oral).ShouldBeAlreadyDone();
        Standing(Later).Standing.ShouldBe(ConsentStanding.Held);
        Lift().Events.ShouldHaveSingleItem().ShouldBeOfType<ConsentHoldLifted>();
        Lift().ShouldBeAlreadyDone();
        Standing(Later).ConsentId.ShouldBe(Second);
        State.Find(First)!.StandingAt(Later).ShouldBe(ConsentStanding.Revoked);
    }

    [Fact]
    public void The_writing_revokes_what_was_signed_since_also_where_that_is_held()
    {
        Given(Granted(), RevokedAt(Revoked), SignedSince, HeldAt(Signed.AddDays(1), Second));
        Take(RevocationMode.Oral).ShouldBeAlreadyDone();

        Take(RevocationMode.Written, "I revoke.").Events[1].ShouldBe(RevokedAt(Later));

        Take(RevocationMode.Written, "I revoke.").ShouldBeAlreadyDone();
        Take(RevocationMode.Written, "In other words.").ShouldBeRefused(RepeatRejections.RecordedDifferently());
        WhenAsked(state => LiftConsentHold.Decide(new(ClientId, Second, "cora", Sealed<string>.Of("After all."), When.At(Later)), state, Later)).Events.ShouldHaveSingleItem();
        Standing(Later).Standing.ShouldBe(ConsentStanding.Revoked);
    }

    [Fact]
    public void What_was_signed_again_since_or_on_another_record_is_taken_back_too()
    {
        Given(Granted(), RevokedAt(Revoked));
        var beside = Granted(Second);
        Take(RevocationMode.Oral).ShouldBeAlreadyDone();
        Take(RevocationMode.Oral, beside: [beside]).ShouldBeAlreadyDone();

        Take(RevocationMode.Oral, beside: [beside, Renewed(Signed, Signed.AddYears(1)) with { ConsentId = Second }]).Events.Count.ShouldBe(2);
    }

    [Fact]
    public void What_speaks_of_something_else_or_was_signed_before_or_after_is_left_as_it_is()
    {
        Given(Granted(), Granted(Second), Granted(RestrictionId, scope: ToCourt, term: SignedSince.Term), RevokedAt(Revoked));
        Take(RevocationMode.Written).ShouldBeAlreadyDone();

        Given(SignedSince with { ConsentId = OrderId });
        WhenAsked(state => TakeConsentBack.Decide(
            new(ClientId, First, RevocationMode.Written, Cora, null, null, null, When.At(Signed.AddDays(-1))), state, Policy, Later)).ShouldBeAlreadyDone();
        Standing(Later).ConsentId.ShouldBe(OrderId);
        Take(RevocationMode.Written).Events.Count.ShouldBe(2);
        Standing(Later).Standing.ShouldBe(ConsentStanding.Revoked);
    }

    [Fact]
    public void An_earlier_date_counts_and_a_later_one_is_refused()
    {
        Given(Granted(), RevokedAt(Later.AddDays(5)));

        Take(RevocationMode.Written, effectiveAt: Later.AddDays(5)).ShouldBeAlreadyDone();
        Take(RevocationMode.Written, effectiveAt: Later.AddDays(9)).ShouldBeRefused(RepeatRejections.RecordedDifferently());
        Take(RevocationMode.Written, effectiveAt: Later.AddDays(2)).Events[1].ShouldBeOfType<ConsentRevoked>().EffectiveAt.ShouldBe(Later.AddDays(2));
        Take(RevocationMode.Written, "I revoke.", Later.AddDays(4)).ShouldBeRefused(RepeatRejections.RecordedDifferently());
        Take(RevocationMode.Written).Events.Count.ShouldBe(2);
        Standing(Later).Standing.ShouldBe(ConsentStanding.Revoked);
        Take(RevocationMode.Written, effectiveAt: Later.AddDays(1)).ShouldBeRefused(RepeatRejections.RecordedDifferently());
    }

    private ConsentAnswer Standing(DateTimeOffset at) => State.StandingOf(AgentAsksForEngagement, at);

    private Decision<ConsentEvent> Lift() =>
        WhenAsked(state => LiftConsentHold.Decide(new(ClientId, First, "cora", Sealed<string>.Of("After all."), When.At(Later)), state, Later));

    private Decision<ConsentEvent> Take(RevocationMode mode, string? words = null, DateTimeOffset? effectiveAt = null, ConsentEvent[]? beside = null) =>
        WhenAsked(state => TakeConsentBack.Decide(
            new(ClientId, First, mode, Cora, effectiveAt, words is null ? null : Sealed<string>.Of(words), null, When.At(Later)), state, Policy, Later,
            beside is null ? null : [beside.Aggregate(ConsentState.Initial, ConsentState.Evolve)]));
}
