using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.EventStore.Views;
using CaseFlow.Unit.Documents;
using CaseFlow.Unit.Storage;

namespace CaseFlow.Unit.Clients;

public sealed class LinkingAnExternalIdentifier : ClientSpec
{
    private static readonly Guid Another = Guid.Parse("0195d6c4-0000-7000-8000-000000000002");
    private static readonly LinkExternalIdentifier Link = new(ClientId, IdentifierSystem.Doc, Sealed<string>.Of("00-123 456a"), "f-doc", Today);

    private static readonly ExternalIdentifierLinked Linked =
        new ExternalIdentifierLinked(Link.IdentifierId, IdentifierSystem.Doc, Sealed<string>.Of("00123456A")) { ClientId = ClientId }.At(Now);

    [Fact]
    public void Records_it_normalised_once()
    {
        Given(Registered);

        WhenAsked(state => LinkExternalIdentifier.Decide(Link, state, holder: null, Now)).ShouldRecord(Linked);
        WhenAsked(state => LinkExternalIdentifier.Decide(Link, state, ClientId, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Takes_back_one_that_was_unlinked()
    {
        Given(Registered, Linked, Unlinked());

        WhenAsked(state => LinkExternalIdentifier.Decide(Link, state, holder: null, Now)).ShouldRecord(Linked);
    }

    [Theory]
    [InlineData(IdentifierSystem.Doc)]
    [InlineData(IdentifierSystem.Core)]
    [InlineData(IdentifierSystem.Hmis)]
    public void Is_refused_when_another_client_has_it(IdentifierSystem system)
    {
        Given(Registered);

        WhenAsked(state => LinkExternalIdentifier.Decide(Link with { System = system }, state, Another, Now))
            .ShouldBeRefused(ClientRejections.IdentifierOfAnotherClient());
    }

    [Fact]
    public void Lets_defendants_share_a_court_case()
    {
        Given(Registered);

        WhenAsked(state => LinkExternalIdentifier.Decide(Link with { System = IdentifierSystem.CourtCase }, state, Another, Now))
            .Events.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(" - ")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012345")]
    public void Is_refused_when_it_is_none(string value)
    {
        Given(Registered);

        WhenAsked(state => LinkExternalIdentifier.Decide(Link with { Value = Sealed<string>.Of(value) }, state, holder: null, Now))
            .ShouldBeRefused(ClientRejections.IdentifierInvalid());
    }

    [Fact]
    public void Is_refused_for_a_client_nobody_knows_or_ahead_of_time()
    {
        WhenAsked(state => LinkExternalIdentifier.Decide(Link, state, holder: null, Now)).ShouldBeRefused(ClientRejections.NotFound(ClientId));
        Given(Registered);
        WhenAsked(state => LinkExternalIdentifier.Decide(Link with { When = Tomorrow }, state, holder: null, Now)).ShouldBeRefused(InFuture);
    }

    [Fact]
    public void Unlinking_records_it_once()
    {
        Given(Registered, Linked);

        WhenAsked(state => UnlinkExternalIdentifier.Decide(Unlink(), state, Now)).ShouldRecord(Unlinked());
        WhenAsked(state => UnlinkExternalIdentifier.Decide(Unlink(), state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Unlinking_is_refused_for_what_was_never_linked_or_ahead_of_time()
    {
        WhenAsked(state => UnlinkExternalIdentifier.Decide(Unlink(), state, Now)).ShouldBeRefused(ClientRejections.NotFound(ClientId));
        Given(Registered);
        WhenAsked(state => UnlinkExternalIdentifier.Decide(Unlink(), state, Now))
            .ShouldBeRefused(ClientRejections.IdentifierNotFound(Link.IdentifierId));
        Given(Linked);
        WhenAsked(state => UnlinkExternalIdentifier.Decide(Unlink() with { When = Tomorrow }, state, Now)).ShouldBeRefused(InFuture);
    }

    private static UnlinkExternalIdentifier Unlink() => new(ClientId, Link.IdentifierId, Sealed<string>.Of("typing error"), Today);

    private static ExternalIdentifierUnlinked Unlinked() =>
        new ExternalIdentifierUnlinked(Link.IdentifierId, IdentifierSystem.Doc, Sealed<string>.Of("typing error")) { ClientId = ClientId }.At(Now);
}

/// <summary>Who links a number that names one person claims it while the append is under way; what stands in the log was let in once, whatever stands there now.</summary>
public sealed class ClaimingANumber
{
    [Theory]
    [InlineData(IdentifierSystem.Doc, false, true)]
    [InlineData(IdentifierSystem.Doc, true, false)]
    [InlineData(IdentifierSystem.CourtCase, false, false)]
    public void Asks_where_it_may_be_refused(IdentifierSystem system, bool isReplayed, bool asks)
    {
        var linked = (ExternalIdentifierLinked)SampleEvents.Of(typeof(ExternalIdentifierLinked)) with { System = system };

        var rows = EventBook.Views.ClientIdentifiers.RowsFor(new InlineEvent("sample", linked.ClientId, 1, Guid.Empty, linked) { IsReplayed = isReplayed }).ToList();

        rows.Count(row => row.CommandText.Contains("client_numbers_claims", StringComparison.Ordinal)).ShouldBe(asks ? 3 : 0);
        rows.ShouldContain(row => row.CommandText.StartsWith("insert into views.client_number_links (tenant_id, mark, client_id", StringComparison.Ordinal));
    }
}
