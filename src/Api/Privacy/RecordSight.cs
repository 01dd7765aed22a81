using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Http;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Privacy;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.Privacy;

/// <summary>What of one client's record somebody sees, and on what ground.</summary>
public sealed class RecordSight
{
    private readonly IReadOnlyList<RelabelledEntry> relabelled;
    private readonly IReadOnlyDictionary<TimelineSource, Disclosure.Allowed> shown;
    private readonly Dictionary<string, Disclosure.Allowed> bySource;
    private readonly Dictionary<Guid, Disclosure.Allowed> byEvent;
    private readonly ConsentGrounds grounds;
    private readonly Guid? emergencyId;
    private readonly IReadOnlyList<string> hidden;
    private readonly IReadOnlyList<TimeApart> besideCourt;

    /// <param name="relabelled">Entries whose labels were corrected.</param>
    /// <param name="shown">The sources that are shown.</param>
    /// <param name="grounds">The client's consents that this rests on.</param>
    /// <param name="hidden">Keys of entries that are not shown whatever their source.</param>
    /// <param name="emergencyId">The emergency access under which the record is seen; null for none.</param>
    /// <param name="free">By the key of a source, since when what it received is not restricted any more; a source that is not here is not restricted.</param>
    /// <param name="besideCourt">Times in which coaching is none of the viewer's business, who sees it as a court's.</param>
    internal RecordSight(
        IReadOnlyList<RelabelledEntry> relabelled,
        IReadOnlyDictionary<TimelineSource, Disclosure.Allowed> shown,
        ConsentGrounds grounds,
        IReadOnlyList<string>? hidden = null,
        Guid? emergencyId = null,
        IReadOnlyDictionary<string, DateTimeOffset>? free = null,
        IReadOnlyList<TimeApart>? besideCourt = null)
    {
        (this.relabelled, this.shown, this.grounds, this.emergencyId, this.hidden) = (relabelled, shown, grounds, emergencyId, hidden ?? []);
        this.besideCourt = besideCourt ?? [];
        bySource = shown.ToDictionary(one => one.Key.Key, one => one.Value, StringComparer.Ordinal);
        var left = relabelled.Where(entry => bySource.ContainsKey(entry.Source.Key) && !this.hidden.Contains(entry.Key)).ToList();
        byEvent = left.ToDictionary(entry => entry.EventId, entry => bySource[entry.Source.Key]);
        var agencies = shown.Keys.Select(source => source.AgencyId).Distinct().ToList();
        Timeline = new TimelineSight(
            [.. bySource.Keys.Order(StringComparer.Ordinal)],
            [.. relabelled.Select(entry => entry.Key).Union(this.hidden)],
            [.. left.Select(entry => entry.Key)],
            agencies is [{ } only] ? only : null)
        {
            FreeSince = free ?? new Dictionary<string, DateTimeOffset>(),
            BesideCourt = this.besideCourt,
        };
    }

    /// <returns>What somebody sees who does not reach the client.</returns>
    public static RecordSight Nothing(ConsentGrounds grounds) => new([], new Dictionary<TimelineSource, Disclosure.Allowed>(), grounds);

    /// <summary>As a condition of the timeline's questions.</summary>
    public TimelineSight Timeline { get; }

    /// <summary>Whether there is anything that is shown.</summary>
    public bool SeesAnything => shown.Count > 0;

    /// <returns>Whether anything is shown on a ground.</returns>
    public bool IsBy(Basis basis) => shown.Values.Any(allowed => allowed.Basis == basis);

    /// <returns>On what ground an entry of the answer is shown.</returns>
    public Disclosure.Allowed BasisOf(TimelineEntry entry) => byEvent.GetValueOrDefault(entry.EventId)
        ?? bySource[entry.Source().Key];

    /// <returns>On what ground an entry is shown, wherever it is asked for; null when it is not.</returns>
    public Disclosure.Allowed? ShownBy(MarkedEntry one)
    {
        var source = one.Entry.Source().Key;
        if (hidden.Contains(one.Key) || (Timeline.FreeSince.TryGetValue(source, out var since) && one.Entry.KnownAt < since))
            return null;
        // Of an entry whose labels were corrected, those of now count, whichever the row holds.
        return byEvent.GetValueOrDefault(one.Entry.EventId)
            ?? (relabelled.Any(entry => entry.EventId == one.Entry.EventId) ? null : bySource.GetValueOrDefault(source));
    }

    /// <returns>What entries tell of other agencies' records, by consent, by a court order or in an emergency.</returns>
    public IEnumerable<RecordTold> ToldBy(Guid clientId, IEnumerable<TimelineEntry> entries) =>
        from entry in entries
        let ground = BasisOf(entry).ToldOn(emergencyId)
        where entry.SourceAgency is not null && ground is not null
        select new RecordTold(
            clientId,
            entry.SourceAgency!,
            TimelineView.ViewName,
            entry.Information.Kebab(),
            ground.Value.Basis,
            ground.Value.BasisId);

    /// <returns>The consents that entries are shown by, each once.</returns>
    public IReadOnlyList<Consent> ConsentsFor(IEnumerable<TimelineEntry> entries) =>
        [.. entries.Select(entry => BasisOf(entry).ConsentId).OfType<Guid>().Distinct().Select(id => grounds.Consents.Find(id)!)];

    /// <returns>Of the same, what the viewer's own agency recorded.</returns>
    internal RecordSight OfOwnAgency() => new(
        relabelled, shown.Where(one => one.Value.Basis == Basis.OwnRecord).ToDictionary(), grounds, hidden, emergencyId, Timeline.FreeSince,
        besideCourt);

    /// <returns>The same, without what somebody else does not see.</returns>
    /// <param name="other">What they see now.</param>
    /// <param name="sees">Whether they see a source.</param>
    internal RecordSight Within(RecordSight other, Func<TimelineSource, bool> sees) => new(
        relabelled,
        shown.Where(one => sees(one.Key)).ToDictionary(),
        grounds,
        [.. hidden.Union(other.Timeline.Relabelled.Except(other.Timeline.RelabelledShown))],
        free: other.Timeline.FreeSince.Concat(Timeline.FreeSince).GroupBy(one => one.Key).ToDictionary(one => one.Key, one => one.Max(since => since.Value)),
        besideCourt: besideCourt);
}
