using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.EventStore;
using CaseFlow.Projections.ClientSearch;

namespace CaseFlow.Api.Clients;

/// <summary>What a client is found by without what labels hide and what is somebody else's: the index holds everything that was told, whoever may see it.</summary>
public static class ToldTerms
{
    /// <param name="events">Of the client's stream.</param>
    /// <param name="sight">What is hidden.</param>
    /// <param name="mistaken">Events that told what is somebody else's.</param>
    /// <param name="open">Opens a sealed text, or says null.</param>
    public static HashSet<SearchTerm> Of(IEnumerable<RecordedEvent> events, EntrySight sight, IReadOnlySet<Guid> mistaken, Func<Sealed<string>, string?> open) =>
        [.. ShownDetails.Standing(events).Where(recorded => !sight.Hides(recorded) && !mistaken.Contains(recorded.EventId)).SelectMany(recorded => TermsOf(recorded.Data, open))];

    private static IEnumerable<SearchTerm> TermsOf(object fact, Func<Sealed<string>, string?> open) => fact switch
    {
        ClientNameRecorded e when open(e.GivenName) is { } given && open(e.FamilyName) is { } family => SearchTerm.OfName(given, family),
        AliasAdded e when open(e.Alias) is { } alias => SearchTerm.OfAlias(alias),
        BirthDateRecorded e when open(e.BornOn) is { } bornOn => SearchTerm.OfBirth(bornOn),
        ExternalIdentifierLinked e when ExternalIdentifier.NamesOnePerson(e.System) && open(e.Value) is { } number =>
            [SearchTerm.OfNumber(e.System, ExternalIdentifier.Normalise(number))],
        _ => [],
    };
}
