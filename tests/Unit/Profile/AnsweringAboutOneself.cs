using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Profile;

namespace CaseFlow.Unit.Profile;

public sealed class AnsweringAboutOneself : ProfileSpec
{
    private static readonly DemographicAnswer Race = new("race", ["white", "asian"], null, "f-race");
    private static readonly DemographicAnswer Gender = new("gender", ["self-described"], Sealed<string>.Of("Agender"), "f-gender");
    private static readonly DemographicAnswer Veteran = new("veteran", ["declined-to-answer"], null, "f-veteran");

    [Fact]
    public void Records_each_answer_once_declining_among_them()
    {
        WhenAsked(state => RecordDemographics.Decide(new(ClientId, [Race, Gender, Veteran], Told), state, Policy, Now))
            .ShouldRecord(Recorded(Race, "asian white"), Recorded(Gender, "self-described"), Recorded(Veteran, "declined-to-answer"));
        WhenAsked(state => RecordDemographics.Decide(new(ClientId, [Race, Gender, Veteran], Told), state, Policy, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Another_answer_later_is_recorded_beside_those_that_stay()
    {
        Given(Recorded(Race, "asian white"), Recorded(Veteran, "declined-to-answer"));
        var yes = new DemographicAnswer("veteran", ["yes"], null, "f-yes");

        WhenAsked(state => RecordDemographics.Decide(new(ClientId, [Race, yes], Told), state, Policy, Now)).ShouldRecord(Recorded(yes, "yes"));
    }

    public static TheoryData<string, DemographicAnswer, Rejection> Wrong => new()
    {
        { "no such question", Race with { Field = "shoe-size" }, ProfileRejections.CodeUnknown("field") },
        { "no answer", Race with { Codes = [] }, ProfileRejections.AnswerMissing() },
        { "no such answer", Race with { Codes = ["martian"] }, ProfileRejections.CodeUnknown("codes") },
        { "declined and answered", Race with { Codes = ["white", "declined-to-answer"] }, ProfileRejections.DeclinedExcludesOthers() },
        { "two of one", Veteran with { Codes = ["yes", "no"] }, ProfileRejections.OneAnswerOnly() },
        { "twice", Race with { Codes = ["white", "white"] }, ProfileRejections.OneAnswerOnly() },
        { "own words without the code", Race with { SelfDescribed = Sealed<string>.Of("Hmong") }, ProfileRejections.SelfDescriptionMismatch() },
        { "the code without own words", Gender with { SelfDescribed = null }, ProfileRejections.SelfDescriptionMismatch() },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Is_refused(string what, DemographicAnswer answer, Rejection refusal)
    {
        what.ShouldNotBeEmpty();
        WhenAsked(state => RecordDemographics.Decide(new(ClientId, [answer], Told), state, Policy, Now)).ShouldBeRefused(refusal);
        WhenAsked(state => CorrectDemographics.Decide(new(ClientId, ClientId, answer, Reason, Told), state, Policy, Now)).ShouldBeRefused(refusal);
    }

    [Fact]
    public void One_question_is_not_answered_twice_at_once() =>
        WhenAsked(state => RecordDemographics.Decide(new(ClientId, [Veteran, Veteran], Told), state, Policy, Now)).ShouldBeRefused(ProfileRejections.OneAnswerOnly());

    [Fact]
    public void Questions_and_answers_are_policy()
    {
        var policy = Policy with { Demographics = [new DemographicField("tribe", ["ho-chunk", "oneida"], Many: true)] };
        var tribe = new DemographicAnswer("tribe", ["ho-chunk"], null, "f-tribe");

        WhenAsked(state => RecordDemographics.Decide(new(ClientId, [Race], Told), state, policy, Now)).ShouldBeRefused(ProfileRejections.CodeUnknown("field"));
        WhenAsked(state => RecordDemographics.Decide(new(ClientId, [tribe], Told), state, policy, Now)).ShouldRecord(Recorded(tribe, "ho-chunk"));
    }

    [Fact]
    public void A_correction_names_what_it_corrects_and_why_once()
    {
        var wrong = Guid.Parse("0195d6c4-0000-7000-8000-0000000000e1");
        Given(Recorded(Veteran, "declined-to-answer"));
        var no = new DemographicAnswer("veteran", ["no"], null, "f-no");
        var correct = new CorrectDemographics(ClientId, wrong, no, Reason, Told);

        WhenAsked(state => CorrectDemographics.Decide(correct with { Reason = Sealed<string>.Of(" ") }, state, Policy, Now))
            .ShouldBeRefused(ProfileRejections.ValueMissing("reason"));
        WhenAsked(state => CorrectDemographics.Decide(correct, state, Policy, Now)).ShouldRecord(
            new DemographicsCorrected(wrong, "veteran", Sealed<string>.Of("no"), null, Reason) { ClientId = ClientId, AnswerId = IdOf(no) }.At(Told));
        WhenAsked(state => CorrectDemographics.Decide(correct, state, Policy, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Nothing_is_corrected_that_was_not_answered_and_nothing_ahead_of_time()
    {
        WhenAsked(state => CorrectDemographics.Decide(new(ClientId, default, Veteran, Reason, Told), state, Policy, Now)).ShouldBeRefused(ProfileRejections.NotAnswered());
        WhenAsked(state => CorrectDemographics.Decide(new(ClientId, default, Veteran, Reason, Tomorrow), state, Policy, Now)).ShouldBeRefused(InFuture);
        WhenAsked(state => RecordDemographics.Decide(new(ClientId, [Veteran], Tomorrow), state, Policy, Now)).ShouldBeRefused(InFuture);
    }

    private static Guid IdOf(DemographicAnswer answer) => ValueId.Of(ClientId, $"demographics/{answer.Field}", answer.Fingerprint);

    private static DemographicsRecorded Recorded(DemographicAnswer answer, string codes) =>
        new DemographicsRecorded(answer.Field, Sealed<string>.Of(codes), answer.SelfDescribed) { ClientId = ClientId, AnswerId = IdOf(answer) }.At(Told);
}
