using CaseFlow.Api.Composition;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.Consents;

/// <summary>
/// The protected sources of a client's treatment that an asker may know of (R38). Those who watch over records know all that hold
/// some; a source's own staff know their own; a court's team know whom its configuration names, whom a consent or a request for one named to them, and whose records they see.
/// What else there is does not show in what they are told.
/// </summary>
public sealed class ProtectedSources(CaseFlowDatabase database, RecordSights sights, CourtProviders providers)
{
    /// <param name="actor">Who asks; of a court's team about their own court.</param>
    /// <param name="court">The court's agency.</param>
    /// <param name="clientId">The client.</param>
    /// <param name="consents">The client's consents, as far as is asked.</param>
    /// <param name="directory">Who exists.</param>
    /// <param name="at">The moment asked about.</param>
    /// <param name="now">The instant at which consents and configurations are judged.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<IReadOnlyList<ProtectedSource>> KnownToAsync(
        Actor actor, string court, Guid clientId, ConsentState consents, DirectoryState directory, ViewInstant at, DateTimeOffset now, CancellationToken cancellation)
    {
        return actor.Role switch
        {
            Role.PrivacyOfficer or Role.Auditor => Together(
                [.. await HoldingAsync(actor.Jurisdiction, clientId, at, cancellation), .. await AskedForAsync()],
                consents.Consents.SelectMany(consent => consent.Scope.Disclosers).Distinct().Select(agency => ProtectedSource.Of(directory.FindAgency(agency)))),
            Role.Coordinator or Role.Judge or Role.Defence => Together(
                await AskedForAsync(),
                (await sights.OfAsync(actor, clientId, position: null, cancellation)).Timeline.Sources.Select(key => SourceOf(TimelineSource.OfKey(key)))),
            _ => Together([], [actor.Agency is { } own ? ProtectedSource.Of(directory.FindAgency(own)) : null]),
        };

        async Task<IReadOnlyList<ProtectedSource>> AskedForAsync() => MissingConsents.AskedFor(
            court, await providers.OfAsync(actor.Jurisdiction, court, clientId, at, now, cancellation), consents, directory.FindAgency);
    }

    /// <summary>Whose protected records the client's timeline holds, whatever anybody may see.</summary>
    private async Task<IEnumerable<ProtectedSource?>> HoldingAsync(string jurisdiction, Guid clientId, ViewInstant at, CancellationToken cancellation)
    {
        var found = await TimelineQueries.SourcesAsync(database.Reader, database.Views.Timeline, jurisdiction, clientId, at, cancellation);
        return found.Sources.Concat(found.Relabelled.Select(entry => entry.Source)).Select(SourceOf);
    }

    private static ProtectedSource? SourceOf(TimelineSource source) =>
        source.AgencyId is { } agency && ProtectedSource.Of(Labels.Of(source.Labels)) is { Count: > 0 } labels ? new ProtectedSource(agency, labels) : null;

    /// <summary>One source per agency, under every law that either says.</summary>
    private static ProtectedSource[] Together(IEnumerable<ProtectedSource?> some, IEnumerable<ProtectedSource?> others) =>
    [
        .. from source in some.Concat(others).OfType<ProtectedSource>()
           group source by source.AgencyId into one
           select new ProtectedSource(one.Key, ProtectedSource.Of(one.SelectMany(source => source.Labels))),
    ];
}
