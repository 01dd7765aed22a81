using CaseFlow.Api.Clients;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.EventStore;

namespace CaseFlow.Unit.Clients;

/// <summary>By a number that was ended nobody is known: an old link, under other labels than the last one, would tell of what those hide.</summary>
public sealed class HoldingANumber
{
    private static readonly Guid ClientId = Guid.NewGuid();
    private static readonly Guid IdentifierId = Guid.NewGuid();
    private static readonly RecordedEvent Linked = At(1, new ExternalIdentifierLinked(IdentifierId, IdentifierSystem.Doc, Sealed<string>.Of("00123456A")) { ClientId = ClientId });
    private static readonly RecordedEvent Ended = At(2, new ExternalIdentifierUnlinked(IdentifierId, IdentifierSystem.Doc, Sealed<string>.Of("Of another.")) { ClientId = ClientId });
    private static readonly RecordedEvent Again = At(3, Linked.Data);
    private static readonly RecordedEvent Other = At(4, new ExternalIdentifierLinked(Guid.NewGuid(), IdentifierSystem.Doc, Sealed<string>.Of("77")) { ClientId = ClientId });

    [Fact]
    public void Only_the_last_link_stands_and_none_that_was_ended()
    {
        ShownDetails.Standing([Linked, Other, Ended]).ShouldBe([Other, Ended]);
        ShownDetails.Standing([Linked, Ended, Again]).ShouldBe([Ended, Again]);
    }

    [Fact]
    public void Finds_a_client_and_compares_two_by_what_stands()
    {
        Has(Linked).ShouldBeTrue();
        Has(Linked, Ended).ShouldBeFalse();
        Has(Linked, Ended, Again).ShouldBeTrue();
        TermsOf(Linked).ShouldHaveSingleItem();
        TermsOf(Linked, Ended).ShouldBeEmpty();
    }

    private static bool Has(params RecordedEvent[] events) =>
        ShownDetails.HasNumber(events, EntrySight.Whole, IdentifierSystem.Doc, "00-123 456a", text => text.Plain());

    private static IEnumerable<object> TermsOf(params RecordedEvent[] events) =>
        ToldTerms.Of(events, EntrySight.Whole, new HashSet<Guid>(), text => text.Plain()).Cast<object>();

    private static RecordedEvent At(long version, object fact) =>
        new("demo", ClientId, "client", version, Guid.NewGuid(), version, version, DateTimeOffset.UnixEpoch, fact, null, new AppendMetadata("agent-1"));
}
