using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using static CaseFlow.Unit.Consents.ConsentFacts;

namespace CaseFlow.Unit.Consents;

public sealed class RetractingAConsentCondition : ConsentSpec
{
    private static readonly DateTimeOffset Later = Now.AddDays(10);
    private static readonly Guid Recorded = Guid.Parse("0195d6c4-0000-7000-8000-0000000000f7");
    private static readonly Actor Cleo = new("cleo", Role.Coordinator, "demo", "court");
    private static readonly Actor Cora = new("cora", Role.Coach, "demo", Coaches);
    private static readonly Actor Officer = new("privacy-1", Role.PrivacyOfficer, "demo");
    private static readonly Sealed<string> Reason = Sealed<string>.Of("Entered on the wrong case.");

    [Fact]
    public void The_consent_stands_at_every_instant_as_if_the_event_had_not_happened()
    {
        Given(GrantedToCourt(), MetAt(Later, ConsentCondition.EndOfProgram));
        State.Find(First)!.StandingAt(Later.AddDays(1)).ShouldBe(ConsentStanding.Expired);

        Retract(ConsentCondition.EndOfProgram, Cleo).ShouldRecord(
            new ConsentConditionRetracted(First, ConsentCondition.EndOfProgram, Recorded, "cleo", Reason) { ClientId = ClientId }.At(Later.AddDays(2)));

        foreach (var at in new[] { Later, Later.AddDays(1), Later.AddDays(3) })
            State.Find(First)!.StandingAt(at).ShouldBe(ConsentStanding.InForce);
        Retract(ConsentCondition.EndOfProgram, Cleo).ShouldBeAlreadyDone();
    }

    [Fact]
    public void It_binds_again_until_its_event_and_the_event_may_happen_after_all()
    {
        Given(GrantedToCourt(), MetAt(Later, ConsentCondition.FinalDisposition));
        State.Find(First)!.IsIrrevocableAt(Later).ShouldBeFalse();

        Retract(ConsentCondition.FinalDisposition, Officer).Rejection.ShouldBeNull();

        State.Find(First)!.IsIrrevocableAt(Later.AddDays(5)).ShouldBeTrue();
        WhenAsked(state => RecordConsentCondition.Decide(
            new(ClientId, First, ConsentCondition.FinalDisposition, "cora", When.At(Later.AddDays(6))), state, Later.AddDays(100))).Rejection.ShouldBeNull();
        State.Find(First)!.IsIrrevocableAt(Later.AddDays(6)).ShouldBeFalse();
        Retract(ConsentCondition.FinalDisposition, Cleo).ShouldBeRefused(ConsentRejections.ConditionRecordedByAnother());
        Retract(ConsentCondition.FinalDisposition, Cora).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Whoever_recorded_it_takes_it_back_or_the_privacy_officer()
    {
        Given(GrantedToCourt(), MetAt(Later, ConsentCondition.EndOfProgram));

        Retract(ConsentCondition.EndOfProgram, Cora).ShouldBeRefused(ConsentRejections.ConditionRecordedByAnother());
        Retract(ConsentCondition.EndOfProgram, Officer).Rejection.ShouldBeNull();
    }

    [Fact]
    public void What_the_client_took_back_meanwhile_stays_taken_back()
    {
        Given(GrantedToCourt(), MetAt(Later, ConsentCondition.FinalDisposition), RevokedAt(Later.AddDays(1)));
        Retract(ConsentCondition.FinalDisposition, Cleo).ShouldBeRefused(ConsentRejections.Revoked());
        State.Find(First)!.StandingAt(Later.AddDays(2)).ShouldBe(ConsentStanding.Revoked);
    }

    [Fact]
    public void Nor_does_it_bind_again_while_the_client_wants_out()
    {
        Given(GrantedToCourt(), MetAt(Later, ConsentCondition.FinalDisposition), HeldAt(Later.AddDays(1)));
        Retract(ConsentCondition.FinalDisposition, Cleo).ShouldBeRefused(ConsentRejections.Held());

        Given(LiftedAt(Later.AddDays(2)));
        Retract(ConsentCondition.FinalDisposition, Cleo).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_disclosure_that_was_made_was_made()
    {
        Given(
            Granted(term: new ConsentTerm(Now, Now.AddYears(1), ConsentCondition.DisclosureMade, null)), MetAt(Later, ConsentCondition.DisclosureMade));
        Retract(ConsentCondition.DisclosureMade, Officer).ShouldBeRefused(ConsentRejections.DisclosureNotRetracted());
    }

    [Fact]
    public void What_is_not_on_record_or_has_no_reason_is_not_taken_back()
    {
        Retract(ConsentCondition.EndOfProgram, Cleo).ShouldBeRefused(ConsentRejections.NotFound(First));
        Given(GrantedToCourt());
        Retract(ConsentCondition.EndOfProgram, Cleo).ShouldBeRefused(ConsentRejections.ConditionNotMet());
        Given(MetAt(Later, ConsentCondition.EndOfProgram));
        Retract(ConsentCondition.EndOfProgram, Cleo, " ").ShouldBeRefused(ConsentRejections.RetractionWithoutReason());
        var ahead = Later.AddDays(1000);
        Retract(ConsentCondition.EndOfProgram, Cleo, at: ahead).ShouldBeRefused(TimeRejections.KnownInFuture(ahead, Later.AddDays(100)));
    }

    [Fact]
    public void Nothing_that_was_taken_back_is_permitted_by_it_whatever_happened_before()
    {
        // Every order of these three, after the grant: a retraction that is recorded never lets pass what the client had taken back.
        ConsentEvent[] told = [MetAt(Later, ConsentCondition.FinalDisposition), HeldAt(Later.AddDays(1)), RevokedAt(Later.AddDays(1))];
        for (var chosen = 0; chosen < 8; chosen++)
        {
            var facts = told.Where((_, n) => (chosen & (1 << n)) != 0).Prepend(GrantedToCourt()).ToList();
            var state = facts.Aggregate(ConsentState.Initial, ConsentState.Evolve);
            var decided = RetractConsentCondition.Decide(
                new(ClientId, First, ConsentCondition.FinalDisposition, Recorded, Cleo, Reason, When.At(Later.AddDays(2))), state, Later.AddDays(100));
            var after = decided.Events.Aggregate(state, ConsentState.Evolve);
            if (state.Find(First)!.StandingAt(Later.AddDays(3)) is ConsentStanding.Revoked or ConsentStanding.Held)
                after.Find(First)!.StandingAt(Later.AddDays(3)).ShouldBe(state.Find(First)!.StandingAt(Later.AddDays(3)));
        }
    }

    private Decision<ConsentEvent> Retract(ConsentCondition condition, Actor by, string reason = "Entered on the wrong case.", DateTimeOffset? at = null) =>
        WhenAsked(state => RetractConsentCondition.Decide(
            new(ClientId, First, condition, Recorded, by, reason == Reason.Plain() ? Reason : Sealed<string>.Of(reason), When.At(at ?? Later.AddDays(2))),
            state,
            Later.AddDays(100)));
}
