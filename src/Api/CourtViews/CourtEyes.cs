using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Privacy;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.CourtViews;

/// <summary>
/// Through whose eyes one participant is seen: each source that the rows come from is decided by <see cref="Disclosing"/>, by one or several
/// readers' grounds, all of which must let it be seen.
/// </summary>
public sealed class CourtEyes
{
    private readonly Dictionary<string, bool> seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Disclosure.Allowed?> bySource = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<(Viewer Viewer, ConsentGrounds Grounds)> pairs;

    /// <param name="agencyId">The agency that the court is.</param>
    /// <param name="pairs">Who looks, and by which consents; what any of them may not see, nobody sees.</param>
    public CourtEyes(string agencyId, params IReadOnlyList<(Viewer Viewer, ConsentGrounds Grounds)> pairs)
    {
        this.pairs = pairs;
        SeesConfidentialFile = Decide(new TimelineSource(agencyId, ConsentInformation.WholeRecord, [Label.CourtConfidential.Code()])) is not null;
        SeesOpenFile = Decide(new TimelineSource(agencyId, ConsentInformation.WholeRecord, [Label.CourtOpen.Code()])) is not null;
        AgencyId = agencyId;
    }

    public string AgencyId { get; }

    public bool SeesConfidentialFile { get; }

    public bool SeesOpenFile { get; }

    /// <returns>Whether rows whose facts come from these sources are shown: all of them must be.</returns>
    public bool Sees(string joinedSources)
    {
        // A participant has hundreds of rows, of a few sources.
        if (!seen.TryGetValue(joinedSources, out var isSeen))
            seen[joinedSources] = isSeen = ActivityQueries.SourcesOf(joinedSources).All(source => Of(source) is not null);
        return isSeen;
    }

    /// <returns>Whether an entry is shown under the labels that it was given later, whoever's it is.</returns>
    public bool Sees(CorrectedEntry entry) => Of(new TimelineSource(entry.AgencyId ?? AgencyId, entry.Information, entry.Labels)) is not null;

    /// <returns>Whether an entry of the court's own is shown under labels that it was given later.</returns>
    public bool SeesOwn(IReadOnlyList<string> labels) => Of(new TimelineSource(AgencyId, ConsentInformation.WholeRecord, labels)) is not null;

    /// <returns>The consents that rows are shown by, each once.</returns>
    public IReadOnlyList<Consent> ConsentsFor(IEnumerable<string> joinedSources) =>
    [
        .. joinedSources.Distinct(StringComparer.Ordinal).SelectMany(ActivityQueries.SourcesOf).Select(source => Of(source)?.ConsentId).OfType<Guid>().Distinct()
            .Select(id => pairs.Select(pair => pair.Grounds.Consents.Find(id)).OfType<Consent>().First()),
    ];

    /// <returns>What rows tell of other agencies' records, by the client's consent, a court order or an audit grant.</returns>
    public IEnumerable<RecordTold> ToldBy(Guid clientId, string view, IEnumerable<string> joinedSources) =>
        from source in joinedSources.Distinct(StringComparer.Ordinal).SelectMany(ActivityQueries.SourcesOf).Distinct()
        let ground = Of(source)?.ToldOn()
        where source.AgencyId is not null && ground is not null
        select new RecordTold(clientId, source.AgencyId!, view, Http.EnumNames.Kebab(source.Information), ground.Value.Basis, ground.Value.BasisId);

    private Disclosure.Allowed? Of(TimelineSource source)
    {
        if (!bySource.TryGetValue(source.Key, out var decided))
            bySource[source.Key] = decided = Decide(source);
        return decided;
    }

    private Disclosure.Allowed? Decide(TimelineSource source)
    {
        Disclosure.Allowed? last = null;
        foreach (var (viewer, grounds) in pairs)
        {
            var record = new RecordShown(source.AgencyId, Labels.Of(source.Labels), source.Information);
            if (Disclosing.Decide(viewer, record, grounds.For(viewer, record)) is not Disclosure.Allowed allowed)
                return null;
            last = allowed;
        }

        return last;
    }
}
