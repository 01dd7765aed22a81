using CaseFlow.Api.Asking;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Identities;

/// <summary>Whether a person lives, as far as any of their records knows: a death on one of them is the person's.</summary>
/// <param name="Lives">No record of the person knows of a death.</param>
/// <param name="Unmoved">Guards, for what is recorded because of it: nobody was merged meanwhile, and no death told or taken back.</param>
public sealed record PersonLife(bool Lives, IReadOnlyList<StreamAppend> Unmoved)
{
    public static async Task<PersonLife> OfAsync(
        IEventStore store, Persons persons, string jurisdiction, Guid clientId, CancellationToken cancellation)
    {
        var history = await persons.OfAsync(jurisdiction, cancellation);
        var (lives, guards) = (true, new List<StreamAppend>());
        if (!history.IsEmpty)
            guards.Add(StreamAppend.Unmoved(StreamIds.Identities(jurisdiction), Streams.Identities.Alias, history.Version));
        foreach (var record in history.Now.RecordsOf(clientId))
        {
            var (version, state) = await store.FoldAsync(Streams.Client, jurisdiction, record, cancellation);
            lives &= state.Death is null;
            guards.Add(StreamAppend.Unmoved(record, Streams.Client.Alias, version));
        }

        return new PersonLife(lives, guards);
    }

    /// <summary>For a command: every record of the person is loaded, and so are the decisions about identities; what was decided on is guarded.</summary>
    /// <returns>Null while they live, as far as any record knows.</returns>
    public static async Task<KnownDeath?> DeathOfAsync(CommandSession session, Guid clientId)
    {
        var identities = await session.LoadAsync(Streams.Identities, StreamIds.Identities(session.Actor.Jurisdiction));
        var records = new List<ClientState>();
        foreach (var record in identities.State.RecordsOf(clientId))
            records.Add((await session.LoadAsync(Streams.Client, record)).State);
        return KnownDeath.OfPerson(records);
    }

    /// <summary>For questions about many people, at a moment, in one read; nothing is guarded.</summary>
    /// <param name="store">The store.</param>
    /// <param name="persons">Who is whom.</param>
    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="clients">Whose lives.</param>
    /// <param name="position">What was recorded up to there; null for all that is.</param>
    /// <param name="at">What had occurred by then; null for all that was recorded.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <returns>Of those of whom a death was ever recorded, by the client asked about.</returns>
    public static async Task<IReadOnlyDictionary<Guid, DeathHeld>> DeathsOfAsync(
        IEventStore store, Persons persons, string jurisdiction, IReadOnlyCollection<Guid> clients, long? position, DateTimeOffset? at, CancellationToken cancellation) =>
        await DeathsOfAsync(store, await persons.OfAsync(jurisdiction, cancellation), jurisdiction, clients, position, at, cancellation);

    /// <summary>The same, where who is whom was read before.</summary>
    public static async Task<IReadOnlyDictionary<Guid, DeathHeld>> DeathsOfAsync(
        IEventStore store, PersonHistory history, string jurisdiction, IReadOnlyCollection<Guid> clients, long? position, DateTimeOffset? at, CancellationToken cancellation)
    {
        var identities = position is null ? history.Now : history.At(position);
        var merged = history.EverMerged();
        // Also records that are no more, or not yet, of the person: what they knew was shown while they were.
        var records = clients.Distinct().ToDictionary(client => client, client => merged.Contains(client) ? history.EverWith(client) : new HashSet<Guid> { client });
        var streams = await store.ReadStreamsAsync(jurisdiction, [.. records.Values.SelectMany(all => all).Distinct()], cancellation);
        var deaths = new Dictionary<Guid, DeathHeld>();
        foreach (var (client, theirs) in records)
        {
            var told = theirs.ToDictionary(record => record, Held);
            if (!told.Values.SelectMany(one => one).Any(IsOfDeath))
                continue;
            deaths[client] = new DeathHeld(
                KnownDeath.OfPerson(identities.RecordsOf(client).Select(record => Then(told[record]))),
                Changes(history.RecordsOverTime(client, position), told));
        }

        return deaths;

        IReadOnlyList<RecordedEvent> Held(Guid record) =>
            [.. (streams.GetValueOrDefault(record)?.Events ?? []).Where(one => one.Data is ClientEvent && (position is null || one.Position <= position))];

        ClientState Then(IReadOnlyList<RecordedEvent> held) => (at is { } instant ? Occurred.By(held, instant) : held)
            .Select(one => (ClientEvent)one.Data).Aggregate(ClientState.Initial, ClientState.Evolve);

        // A death told or taken back, a merge with a record that knows of one, a reversal: each that changed what is known of the person.
        List<(long From, KnownDeath? Known)> Changes(
            IReadOnlyList<(long From, IReadOnlyList<Guid> Records)> times, Dictionary<Guid, IReadOnlyList<RecordedEvent>> told)
        {
            var (changes, before) = (new List<(long From, KnownDeath? Known)>(), (KnownDeath?)null);
            foreach (var moment in told.Values.SelectMany(one => one).Where(IsOfDeath).Select(one => one.Position).OfType<long>().Concat(times.Select(time => time.From)).Distinct().Order())
            {
                var known = KnownDeath.OfPerson(times.Last(time => time.From <= moment).Records.Select(record => Then([.. told[record].Where(one => one.Position <= moment)])));
                if (known == before)
                    continue;
                changes.Add((moment, known));
                before = known;
            }

            return changes;
        }
    }

    private static bool IsOfDeath(RecordedEvent recorded) => recorded.Data is ClientDeceased or ClientDeathRetracted;
}

/// <summary>What a person's records say of a death at a moment.</summary>
/// <param name="Death">Null when it was taken back, is on a record that is not the person's, or had not occurred.</param>
/// <param name="Changes">What was known from which log position on, in that order; before the first of them none was.</param>
public sealed record DeathHeld(KnownDeath? Death, IReadOnlyList<(long From, KnownDeath? Known)> Changes)
{
    /// <summary>Log position from which on the answer is the same; 0 when it never was another.</summary>
    public long ChangedAt => Changes is [.., var (from, _)] ? from : 0;

    /// <param name="awaited">When the client was awaited, UTC.</param>
    /// <returns>Log position from which on the same of them are excused; 0 when none ever was.</returns>
    public long ChangedFor(IReadOnlyList<DateTimeOffset> awaited)
    {
        // Who may have been dead at one moment may have been at every later one, so how many says which.
        var (last, before) = (0L, 0);
        foreach (var (from, known) in Changes)
        {
            var excused = known is null ? 0 : awaited.Count(known.Excuses);
            if (excused != before)
                (last, before) = (from, excused);
        }

        return last;
    }
}
