using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Identities;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.Privacy;

/// <summary>
/// What of all records of a person somebody sees, each by their rights to that record. Whoever reaches one of them sees of the others what their
/// own agency recorded, and nothing else that they would not see if nobody had merged them.
/// </summary>
public sealed class PersonSight
{
    private readonly Dictionary<Guid, RecordSight> byClient;

    internal PersonSight(Guid clientId, IReadOnlyList<(Guid ClientId, RecordSight Sight)> others, RecordSight own, long changedAt)
    {
        (ClientId, ChangedAt) = (clientId, changedAt);
        Records = [(clientId, own), .. others];
        byClient = Records.ToDictionary(record => record.ClientId, record => record.Sight);
    }

    /// <summary>The record asked about.</summary>
    public Guid ClientId { get; }

    /// <summary>The records that are shown together, the one asked about first.</summary>
    public IReadOnlyList<(Guid ClientId, RecordSight Sight)> Records { get; }

    /// <summary>The log position from which these are the records shown together; 0 when that never changed.</summary>
    public long ChangedAt { get; }

    /// <returns>Whether anything is shown on a ground.</returns>
    public bool IsBy(Basis basis) => Records.Any(record => record.Sight.IsBy(basis));

    /// <summary>As a question to the timeline, at a moment.</summary>
    public TimelineAsked Ask(string tenantId, ViewInstant at) => new(tenantId, ClientId, Records[0].Sight.Timeline, at)
    {
        Others = [.. Records.Skip(1).Select(record => (record.ClientId, record.Sight.Timeline))],
    };

    /// <returns>On what ground an entry of the answer is shown.</returns>
    public Disclosure.Allowed BasisOf(TimelineEntry entry) => SightOf(entry).BasisOf(entry);

    /// <returns>What entries tell of other agencies' records, by consent or in an emergency.</returns>
    public IEnumerable<RecordTold> ToldBy(IEnumerable<TimelineEntry> entries) =>
        entries.GroupBy(entry => entry.ClientId!.Value).SelectMany(own => byClient[own.Key].ToldBy(own.Key, own));

    /// <returns>The consents that entries are shown by, each once.</returns>
    public IReadOnlyList<Consent> ConsentsFor(IEnumerable<TimelineEntry> entries) =>
        [.. entries.GroupBy(entry => entry.ClientId!.Value).SelectMany(own => byClient[own.Key].ConsentsFor(own)).DistinctBy(consent => consent.ConsentId)];

    /// <returns>The consents for once that entries are shown by: the next page of the answer goes on with them.</returns>
    public IEnumerable<Guid> OnceFor(IEnumerable<TimelineEntry> entries, DateTimeOffset at) =>
        ConsentsFor(entries).Where(consent => consent.IsForOnceAt(at)).Select(consent => consent.ConsentId);

    private RecordSight SightOf(TimelineEntry entry) => byClient[entry.ClientId!.Value];
}

/// <summary>Resolves the id that was asked about to the records of its person that the asker sees something of.</summary>
public sealed class PersonSights(Persons persons)
{
    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="clientId">Whom the asker reaches.</param>
    /// <param name="position">The log position asked about; null for now.</param>
    /// <param name="sightOf">What the asker sees of a record.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<PersonSight> OfAsync(
        string jurisdiction, Guid clientId, long? position, Func<Guid, Task<RecordSight>> sightOf, CancellationToken cancellation)
    {
        var own = await sightOf(clientId);
        var history = await persons.OfAsync(jurisdiction, cancellation);
        if (history.IsEmpty)
            return new PersonSight(clientId, [], own, changedAt: 0);

        // Also records that are not of the person now: that they were, and are no more, changes an answer.
        var seen = new Dictionary<Guid, RecordSight>();
        foreach (var other in history.EverWith(clientId).Where(other => other != clientId))
        {
            if (await sightOf(other) is { SeesAnything: true } sight)
                seen.Add(other, sight);
        }

        var together = seen.Count == 0 ? [] : history.At(position).RecordsOf(clientId).Where(seen.ContainsKey);
        return new PersonSight(
            clientId, [.. together.Select(other => (other, seen[other]))], own, history.ChangedAt([clientId, .. seen.Keys], position));
    }
}
