using CaseFlow.Api.Consents;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using static CaseFlow.Unit.Consents.ConsentFacts;

namespace CaseFlow.Unit.Consents;

/// <summary>What a client said when they took a consent back is compared for whoever heard it, and tried by nobody else.</summary>
public sealed class RepeatingARevocation : ConsentSpec
{
    private static readonly DateTimeOffset Later = Now.AddDays(10);
    private static readonly Actor Cora = new("cora", Role.Coach, "demo", Coaches);
    private static readonly Actor Cleo = new("cleo", Role.Coordinator, "demo", Court);

    [Theory]
    [InlineData(RevocationMode.Oral)]
    [InlineData(RevocationMode.Written)]
    public void Only_whoever_received_it_is_told_whether_the_words_are_the_same(RevocationMode mode)
    {
        Given(Granted());
        Take(Cora, mode, words: "Enough.").Events.Count.ShouldBe(2);

        Take(Cora, mode, words: "Enough.").ShouldBeAlreadyDone();
        foreach (var (actor, words) in new[] { (Cora, "Something else."), (Cleo, "Enough."), (Cleo, "Something else.") })
            Take(actor, mode, words: words).ShouldBeRefused(RepeatRejections.RecordedDifferently());
        Take(Cleo, mode).ShouldBeAlreadyDone();
    }

    [Theory]
    [InlineData(RevocationMode.Oral, "only-in-writing")]
    [InlineData(RevocationMode.Written)]
    public void What_was_done_in_reliance_is_noted_with_the_writing_alone(RevocationMode mode, params string[] codes) =>
        new TakeBackRequestValidator().Validate(new TakeBackRequest(mode, RelianceNote: "Told the court on Monday.")).Errors
            .Select(error => error.ErrorCode).ShouldBe(codes);

    private Decision<ConsentEvent> Take(Actor by, RevocationMode mode, string? words = null) => WhenAsked(state => TakeConsentBack.Decide(
        new(ClientId, First, mode, by, null, words is null ? null : Sealed<string>.Of(words), null, When.At(Later)), state, Policy, Later));
}
