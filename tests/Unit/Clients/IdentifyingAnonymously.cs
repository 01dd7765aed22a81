using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Clients;

public sealed class IdentifyingAnonymously : ClientSpec
{
    private static readonly Guid Another = Guid.Parse("0195d6c4-0000-7000-8000-000000000002");
    private static readonly IdentityPolicy Policy = IdentityPolicy.Default;
    private static readonly IdentifyAnonymously Identify = new(ClientId, "peer-house", Sealed<string>.Of("BLUE HERON"), "A1B2", Today);

    private static readonly ClientIdentifiedAnonymously Identified = new ClientIdentifiedAnonymously("peer-house", Sealed<string>.Of("A1B2"))
    {
        ClientId = ClientId,
        CodeWordId = ValueId.Of(ClientId, "code-word", "A1B2"),
    }.At(Now);

    [Fact]
    public void Records_the_mark_and_not_the_word_once_and_the_client_stays_anonymous()
    {
        Given(Registered);

        WhenAsked(state => IdentifyAnonymously.Decide(Identify, state, null, Policy, Now)).ShouldRecord(Identified);
        WhenAsked(state => IdentifyAnonymously.Decide(Identify, state, ClientId, Policy, Now)).ShouldBeAlreadyDone();
        State.IsAnonymous.ShouldBeTrue();
    }

    [Fact]
    public void Another_word_takes_its_place()
    {
        Given(Registered, Identified);

        WhenAsked(state => IdentifyAnonymously.Decide(Identify with { Mark = "C3D4" }, state, null, Policy, Now)).Events.ShouldHaveSingleItem();
        State.CodeWords["peer-house"].ShouldBe(ValueId.Of(ClientId, "code-word", "C3D4"));
    }

    [Fact]
    public void Another_agencys_word_stands_beside_it_and_takes_no_place()
    {
        Given(Registered, Identified);

        WhenAsked(state => IdentifyAnonymously.Decide(Identify with { AgencyId = "dcc", Mark = "C3D4" }, state, null, Policy, Now)).Events.ShouldHaveSingleItem();
        WhenAsked(state => IdentifyAnonymously.Decide(Identify, state, ClientId, Policy, Now)).ShouldBeAlreadyDone();
        State.CodeWords.Keys.Order().ShouldBe(["dcc", "peer-house"]);
    }

    [Fact]
    public void A_name_later_keeps_the_word_and_a_new_word_is_refused_then()
    {
        Given(Registered, Identified, Named);

        State.IsAnonymous.ShouldBeFalse();
        WhenAsked(state => IdentifyAnonymously.Decide(Identify, state, ClientId, Policy, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => IdentifyAnonymously.Decide(Identify with { Mark = "C3D4" }, state, null, Policy, Now)).ShouldBeRefused(ClientRejections.HasAName());
    }

    [Theory]
    [InlineData("heron", "too short")]
    [InlineData("- h e r o n -", "spaces and dashes are no letters")]
    [InlineData("hahahaha", "two letters")]
    [InlineData("anannanana", "two letters")]
    [InlineData("Recovery", "listed")]
    [InlineData("re-COV-ery!", "listed, however it is written")]
    [InlineData("123 456", "listed")]
    public void A_word_that_anybody_would_guess_is_refused(string word, string because)
    {
        Given(Registered);

        WhenAsked(state => IdentifyAnonymously.Decide(Identify with { Word = Sealed<string>.Of(word) }, state, null, Policy, Now))
            .ShouldBeRefused(ClientRejections.CodeWordWeak(6));
        because.ShouldNotBeEmpty();
    }

    [Fact]
    public void How_long_a_word_must_be_is_policy()
    {
        Given(Registered);

        WhenAsked(state => IdentifyAnonymously.Decide(Identify, state, null, Policy with { CodeWordLetters = 10 }, Now))
            .ShouldBeRefused(ClientRejections.CodeWordWeak(10));
        WhenAsked(state => IdentifyAnonymously.Decide(Identify, state, null, Policy with { CodeWordLetters = 9 }, Now)).ShouldRecord(Identified);
    }

    [Fact]
    public void A_word_that_another_client_of_the_agency_has_is_refused()
    {
        Given(Registered);

        WhenAsked(state => IdentifyAnonymously.Decide(Identify, state, Another, Policy, Now)).ShouldBeRefused(ClientRejections.CodeWordUsed());
    }

    [Fact]
    public void Is_refused_for_a_client_nobody_knows_or_ahead_of_time()
    {
        WhenAsked(state => IdentifyAnonymously.Decide(Identify, state, null, Policy, Now)).ShouldBeRefused(ClientRejections.NotFound(ClientId));
        Given(Registered);
        WhenAsked(state => IdentifyAnonymously.Decide(Identify with { When = Tomorrow }, state, null, Policy, Now)).ShouldBeRefused(InFuture);
    }
}
