using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Clients;

public sealed class VerifyingIdentity : ClientSpec
{
    private static readonly IdentityPolicy Policy = IdentityPolicy.Default;
    private static readonly VerifyIdentity Verify = new(ClientId, IdentityMethod.DocumentSeen, "state-id", "agent-1", "dcc", Today);

    private static readonly ClientIdentityVerified Verified =
        new ClientIdentityVerified(IdentityMethod.DocumentSeen, "state-id", "agent-1", "dcc") { ClientId = ClientId }.At(Now);

    [Fact]
    public void Records_how_and_by_whom_once()
    {
        Given(Registered, Named);

        WhenAsked(state => VerifyIdentity.Decide(Verify, state, Policy, Now)).ShouldRecord(Verified);
        WhenAsked(state => VerifyIdentity.Decide(Verify, state, Policy, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => VerifyIdentity.Decide(Verify with { How = IdentityMethod.Biometric, DocumentKind = null }, state, Policy, Now))
            .Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void Another_name_ends_it_also_when_the_old_one_comes_back()
    {
        Given(Registered, Named, Verified);
        var other = Joan with { Family = Sealed<string>.Of("Roe"), Fingerprint = "f-joan-roe" };
        Given([.. RecordName.Decide(new(ClientId, other, Today), State, Now).Events]);
        State.Verification!.HasLapsed.ShouldBeTrue();

        Given([.. RecordName.Decide(new(ClientId, Joan, Today), State, Now).Events]);
        State.Verification!.HasLapsed.ShouldBeTrue();
        WhenAsked(state => VerifyIdentity.Decide(Verify, state, Policy, Now)).ShouldRecord(Verified);
        State.Verification!.HasLapsed.ShouldBeFalse();
    }

    [Fact]
    public void A_birth_date_that_is_corrected_ends_it_and_one_that_is_learned_does_not()
    {
        Given(Registered, Named, Verified);

        Given([.. RecordBirthDate.Decide(new(ClientId, Sealed<string>.Of("1990-12-31"), "f-1", Today), State, Now).Events]);
        State.Verification!.HasLapsed.ShouldBeFalse();
        Given([.. RecordBirthDate.Decide(new(ClientId, Sealed<string>.Of("1990-12-30"), "f-2", Today), State, Now).Events]);
        State.Verification!.HasLapsed.ShouldBeTrue();
    }

    [Theory]
    [InlineData(IdentityMethod.DocumentSeen, null)]
    [InlineData(IdentityMethod.PersonallyKnown, "state-id")]
    public void A_document_goes_with_having_seen_one_alone(IdentityMethod how, string? kind)
    {
        Given(Registered, Named);

        WhenAsked(state => VerifyIdentity.Decide(Verify with { How = how, DocumentKind = kind }, state, Policy, Now))
            .ShouldBeRefused(ClientRejections.DocumentKindMismatch());
    }

    [Fact]
    public void A_document_that_policy_does_not_list_is_refused()
    {
        Given(Registered, Named);

        WhenAsked(state => VerifyIdentity.Decide(Verify with { DocumentKind = "library-card" }, state, Policy, Now))
            .ShouldBeRefused(ClientRejections.CodeUnknown("documentKind"));
    }

    [Fact]
    public void Is_refused_for_nobody_for_a_client_without_a_name_and_ahead_of_time()
    {
        WhenAsked(state => VerifyIdentity.Decide(Verify, state, Policy, Now)).ShouldBeRefused(ClientRejections.NotFound(ClientId));
        Given(Registered);
        WhenAsked(state => VerifyIdentity.Decide(Verify, state, Policy, Now)).ShouldBeRefused(ClientRejections.NoNameToVerify());
        Given(Named);
        WhenAsked(state => VerifyIdentity.Decide(Verify with { When = Tomorrow }, state, Policy, Now)).ShouldBeRefused(InFuture);
    }
}
