using CaseFlow.Api.Composition;
using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Privacy;

/// <summary>Clients' consents for the decision, folded from their streams when somebody asks.</summary>
public sealed class ClientConsents(IEventStore store, Registers registers, Persons persons, TimeProvider clock)
{
    /// <summary>As they stand now.</summary>
    public async Task<ConsentGrounds> OfAsync(string jurisdiction, Guid clientId, CancellationToken cancellation) =>
        (await OfAllAsync(jurisdiction, [clientId], cancellation))(clientId);

    /// <summary>Of many clients, in one read.</summary>
    public async Task<Func<Guid, ConsentGrounds>> OfAllAsync(
        string jurisdiction, IReadOnlyCollection<Guid> clients, CancellationToken cancellation)
    {
        var kinds = KindsAsync(jurisdiction, cancellation);
        var identities = (await persons.OfAsync(jurisdiction, cancellation)).Now;
        var recordsOf = clients.Distinct().ToDictionary(clientId => clientId, clientId => identities.RecordsOf(clientId));
        var eventsOf = await EventsAsync(jurisdiction, recordsOf.Values, cancellation);
        var kindOf = await kinds;
        var now = clock.GetUtcNow();
        return clientId => Of(clientId, recordsOf[clientId], record => Fold(eventsOf[record]), now, kindOf);
    }

    /// <summary>As far as was known at a log position, at the instant that was then now.</summary>
    public async Task<ConsentGrounds> OfThenAsync(
        string jurisdiction, Guid clientId, long position, DateTimeOffset instant, CancellationToken cancellation)
    {
        var states = new Dictionary<Guid, ConsentState>();
        var records = (await persons.OfAsync(jurisdiction, cancellation)).At(position).RecordsOf(clientId);
        foreach (var record in records)
        {
            var read = await store.ReadStreamAsync(jurisdiction, StreamIds.Consents(record), upToPosition: position, cancellation: cancellation);
            states[record] = Fold(read.Events);
        }

        return Of(clientId, records, record => states[record], instant, await KindsAsync(jurisdiction, cancellation));
    }

    private static ConsentGrounds Of(
        Guid clientId, IReadOnlyList<Guid> records, Func<Guid, ConsentState> consentsOf, DateTimeOffset at, Func<string, AgencyKind?> kindOf)
    {
        var own = new ConsentGrounds(consentsOf(clientId), at, kindOf);
        return records.Count == 1 ? own : own.Beside(records.Where(record => record != clientId).Select(record => (record, consentsOf(record))));
    }

    /// <summary>Of many clients, as far as was known at a log position, at the instant that was then now.</summary>
    public async Task<Func<Guid, ConsentGrounds>> OfAllThenAsync(
        string jurisdiction, IReadOnlyCollection<Guid> clients, long position, DateTimeOffset instant, CancellationToken cancellation)
    {
        var read = await ReadAllThenAsync(jurisdiction, clients, position, instant, cancellation);
        return clientId => read.At(clientId, position);
    }

    /// <summary>The same, and for each of them what it was after every change up to that position: to find since when something is so.</summary>
    public async Task<ConsentsThen> ReadAllThenAsync(
        string jurisdiction, IReadOnlyCollection<Guid> clients, long position, DateTimeOffset instant, CancellationToken cancellation)
    {
        var kinds = KindsAsync(jurisdiction, cancellation);
        var identities = (await persons.OfAsync(jurisdiction, cancellation)).At(position);
        var recordsOf = clients.Distinct().ToDictionary(clientId => clientId, clientId => identities.RecordsOf(clientId));
        var eventsOf = await EventsAsync(jurisdiction, recordsOf.Values, cancellation);
        var kindOf = await kinds;
        return new ConsentsThen(
            (clientId, upTo) => Of(
                clientId, recordsOf[clientId], record => Fold([.. eventsOf[record].Where(recorded => recorded.Position <= Math.Min(upTo, position))]), instant, kindOf),
            clientId => [.. recordsOf[clientId].SelectMany(record => eventsOf[record]).Select(recorded => recorded.Position).OfType<long>().Where(one => one <= position).Order()]);
    }

    /// <returns>What was recorded of the consents of each of some records; the name of a stream is a hash, made once.</returns>
    private async Task<IReadOnlyDictionary<Guid, IReadOnlyList<RecordedEvent>>> EventsAsync(
        string jurisdiction, IEnumerable<IReadOnlyList<Guid>> records, CancellationToken cancellation)
    {
        var streamOf = records.SelectMany(ofPerson => ofPerson).Distinct().ToDictionary(record => record, StreamIds.Consents);
        var streams = await store.ReadStreamsAsync(jurisdiction, streamOf.Values, cancellation);
        return streamOf.ToDictionary(one => one.Key, one => streams.GetValueOrDefault(one.Value)?.Events ?? []);
    }

    private static ConsentState Fold(IReadOnlyList<RecordedEvent> events) =>
        events.Aggregate(ConsentState.Initial, (state, recorded) => ConsentState.Evolve(state, (ConsentEvent)recorded.Data));

    private async Task<Func<string, AgencyKind?>> KindsAsync(string jurisdiction, CancellationToken cancellation)
    {
        var directory = await registers.DirectoryAsync(jurisdiction, cancellation);
        return agencyId => directory.FindAgency(agencyId)?.Kind;
    }
}

/// <summary>What clients consented to after every change up to a moment, judged at its instant.</summary>
/// <param name="At">As far as was known at a log position.</param>
/// <param name="ChangesOf">The log positions at which a client's consents changed, in order.</param>
public sealed record ConsentsThen(Func<Guid, long, ConsentGrounds> At, Func<Guid, IReadOnlyList<long>> ChangesOf)
{
    /// <returns>
    /// What is shown of a client, and since which log position it is that; 0 when it was never otherwise. What changes nothing of it does not count.
    /// </returns>
    public (IReadOnlyList<TItem> Shown, long Since) Last<TItem>(Guid clientId, Func<ConsentGrounds, IReadOnlyList<TItem>> shown)
    {
        var changes = ChangesOf(clientId);
        // Backwards: the last change is mostly the one.
        var last = shown(At(clientId, changes.Count == 0 ? 0 : changes[^1]));
        for (var n = changes.Count - 1; n >= 0; n--)
        {
            if (!shown(At(clientId, n == 0 ? 0 : changes[n - 1])).SequenceEqual(last))
                return (last, changes[n]);
        }

        return (last, 0);
    }
}
