using CaseFlow.Api.Composition;
using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Identities;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Privacy;

/// <summary>
/// Clients' consents for the decision, folded from their streams when somebody asks; with the ends that they wait for and that were recorded elsewhere
/// (<see cref="EndsInTheLog"/>).
/// </summary>
public sealed class ClientConsents(IEventStore store, Registers registers, Persons persons, EndsInTheLog ends, TimeProvider clock)
{
    /// <summary>As they stand now.</summary>
    public async Task<ConsentGrounds> OfAsync(string jurisdiction, Guid clientId, CancellationToken cancellation) =>
        (await OfAllAsync(jurisdiction, [clientId], cancellation))(clientId);

    /// <summary>Of many clients, in one read.</summary>
    public async Task<Func<Guid, ConsentGrounds>> OfAllAsync(
        string jurisdiction, IReadOnlyCollection<Guid> clients, CancellationToken cancellation)
    {
        var read = await ReadAsync(jurisdiction, clients, (await persons.OfAsync(jurisdiction, cancellation)).Now, cancellation);
        var now = clock.GetUtcNow();
        return clientId => read.Of(clientId, position: null, now);
    }

    /// <summary>As far as was known at a log position, at the instant that was then now.</summary>
    public async Task<ConsentGrounds> OfThenAsync(
        string jurisdiction, Guid clientId, long position, DateTimeOffset instant, CancellationToken cancellation) =>
        (await OfAllThenAsync(jurisdiction, [clientId], position, instant, cancellation))(clientId);

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
        var read = await ReadAsync(jurisdiction, clients, (await persons.OfAsync(jurisdiction, cancellation)).At(position), cancellation);
        return new ConsentsThen(
            (clientId, upTo) => read.Of(clientId, Math.Min(upTo, position), instant),
            clientId => [.. read.ChangesOf(clientId).Where(one => one <= position).Distinct().Order()]);
    }

    private async Task<ConsentsOfPeople> ReadAsync(
        string jurisdiction, IReadOnlyCollection<Guid> clients, IdentityState identities, CancellationToken cancellation)
    {
        var kinds = KindsAsync(jurisdiction, cancellation);
        var recordsOf = clients.Distinct().ToDictionary(clientId => clientId, clientId => identities.RecordsOf(clientId));
        var eventsOf = await EventsAsync(jurisdiction, recordsOf.Values, cancellation);
        var kindOf = await kinds;
        var stateOf = eventsOf.ToDictionary(one => one.Key, one => ConsentsOfPeople.Fold(one.Value));
        var endsOf = await ends.OfAsync(
            jurisdiction, [.. recordsOf.Values.Select(records => new ConsentsOfPerson(records, [.. records.SelectMany(record => stateOf[record].Consents)]))], kindOf, cancellation);
        return new ConsentsOfPeople(recordsOf, eventsOf, stateOf, endsOf, kindOf);
    }

    /// <returns>What was recorded of the consents of each of some records; the name of a stream is a hash, made once.</returns>
    private async Task<IReadOnlyDictionary<Guid, IReadOnlyList<RecordedEvent>>> EventsAsync(
        string jurisdiction, IEnumerable<IReadOnlyList<Guid>> records, CancellationToken cancellation)
    {
        var streamOf = records.SelectMany(ofPerson => ofPerson).Distinct().ToDictionary(record => record, StreamIds.Consents);
        var streams = await store.ReadStreamsAsync(jurisdiction, streamOf.Values, cancellation);
        return streamOf.ToDictionary(one => one.Key, one => streams.GetValueOrDefault(one.Value)?.Events ?? []);
    }

    private async Task<Func<string, AgencyKind?>> KindsAsync(string jurisdiction, CancellationToken cancellation)
    {
        var directory = await registers.DirectoryAsync(jurisdiction, cancellation);
        return directory.KindOf;
    }
}

/// <summary>What was read of some clients' consents, and of the ends that these wait for.</summary>
/// <param name="recordsOf">All records of each client's person.</param>
/// <param name="eventsOf">What was recorded of the consents on each record.</param>
/// <param name="stateOf">The same, folded.</param>
/// <param name="endsOf">The ends on each record.</param>
/// <param name="kindOf">What kind of agency one is.</param>
internal sealed class ConsentsOfPeople(
    IReadOnlyDictionary<Guid, IReadOnlyList<Guid>> recordsOf, IReadOnlyDictionary<Guid, IReadOnlyList<RecordedEvent>> eventsOf,
    IReadOnlyDictionary<Guid, ConsentState> stateOf, Func<Guid, IReadOnlyList<LoggedEnd>> endsOf, Func<string, AgencyKind?> kindOf)
{
    /// <returns>A client's consents as far as was known at a log position, null for all that is known; judged at an instant.</returns>
    public ConsentGrounds Of(Guid clientId, long? position, DateTimeOffset at)
    {
        var records = recordsOf[clientId];
        List<LoggedEnd> ends = [.. records.SelectMany(endsOf)];
        var own = new ConsentGrounds(ConsentsOf(clientId), at, kindOf);
        return records.Count == 1 ? own : own.Beside(records.Where(record => record != clientId).Select(record => (record, ConsentsOf(record))));

        ConsentState ConsentsOf(Guid record) =>
            (position is { } past ? Fold([.. eventsOf[record].Where(recorded => recorded.Position <= past)]) : stateOf[record]).EndedBy(ends, kindOf, position);
    }

    /// <returns>The log positions at which a client's consents changed, or an end that one of them waits for was recorded or retracted.</returns>
    public IEnumerable<long> ChangesOf(Guid clientId) => recordsOf[clientId].SelectMany(record => eventsOf[record].Select(recorded => recorded.Position)
        .Concat(endsOf(record).SelectMany(end => new[] { end.Position, end.RetractedPosition }))).OfType<long>();

    internal static ConsentState Fold(IReadOnlyList<RecordedEvent> events) =>
        events.Aggregate(ConsentState.Initial, (state, recorded) => ConsentState.Evolve(state, (ConsentEvent)recorded.Data));
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
