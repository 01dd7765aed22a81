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

    [Fact]
    public void Only_whoever_noted_what_was_done_in_reliance_is_told_whether_the_note_is_the_same()
    {
        Given(Granted());
        Take(Cleo, RevocationMode.Oral).Events.Count.ShouldBe(2);
        Take(Cora, RevocationMode.Written, "Enough.", "Told the court.").Events.Count.ShouldBe(2);

        Take(Cora, RevocationMode.Written, "Enough.", "Told the court.").ShouldBeAlreadyDone();
        foreach (var (actor, words, note) in new[]
        {
            (Cora, "Enough.", "Told nobody."), (Cora, "More words.", "Told the court."), (Cleo, null, "Told the court."), (Cleo, null, "Told nobody."),
        })
        {
            Take(actor, RevocationMode.Written, words, note).ShouldBeRefused(RepeatRejections.RecordedDifferently());
        }
    }

    [Fact]
    public void So_it_is_where_it_is_deferred()
    {
        Given(GrantedToCourt());
        Take(Cleo, RevocationMode.Oral).Events.Count.ShouldBe(2);
        Given(
            new ConsentRevocationRequested(First, RevocationMode.Written, "cora", Words: null) { ClientId = ClientId }.At(Later),
            new ConsentRevocationDeferredUntilEvent(First, ConsentCondition.FinalDisposition, "cora", RevocationDeferral.IrrevocableUntilEvent)
            {
                ClientId = ClientId,
                RelianceNote = Sealed<string>.Of("Told the court."),
            }.At(Later));

        Take(Cleo, RevocationMode.Written, note: "Told the court.").ShouldBeRefused(RepeatRejections.RecordedDifferently());
    }

    [Theory]
    [InlineData(RevocationMode.Oral, "only-in-writing")]
    [InlineData(RevocationMode.Written)]
    public void What_was_done_in_reliance_is_noted_with_the_writing_alone(RevocationMode mode, params string[] codes) =>
        new TakeBackRequestValidator().Validate(new TakeBackRequest(mode, RelianceNote: "Told the court on Monday.")).Errors
            .Select(error => error.ErrorCode).ShouldBe(codes);

    private Decision<ConsentEvent> Take(Actor by, RevocationMode mode, string? words = null, string? note = null) => WhenAsked(state =>
        TakeConsentBack.Decide(new(ClientId, First, mode, by, null, Said(words), Said(note), When.At(Later)), state, Policy, Later));

    private static Sealed<string>? Said(string? text) => text is null ? null : Sealed<string>.Of(text);
}
