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
        IEventStore store, Persons persons, string jurisdiction, IReadOnlyCollection<Guid> clients, long? position, DateTimeOffset? at, CancellationToken cancellation)
    {
        var history = await persons.OfAsync(jurisdiction, cancellation);
        var identities = position is null ? history.Now : history.At(position);
        var records = clients.Distinct().ToDictionary(client => client, identities.RecordsOf);
        var streams = await store.ReadStreamsAsync(jurisdiction, [.. records.Values.SelectMany(all => all).Distinct()], cancellation);
        var deaths = new Dictionary<Guid, DeathHeld>();
        foreach (var (client, theirs) in records)
        {
            List<IReadOnlyList<RecordedEvent>> histories = [.. theirs.Select(Held)];
            if (histories.SelectMany(history => history).Where(one => one.Data is ClientDeceased or ClientDeathRetracted).ToList() is { Count: > 0 } told)
                deaths[client] = new DeathHeld(KnownDeath.OfPerson(histories.Select(Then)), told.Max(one => one.Position) ?? 0);
        }

        return deaths;

        IReadOnlyList<RecordedEvent> Held(Guid record) =>
            [.. (streams.GetValueOrDefault(record)?.Events ?? []).Where(one => one.Data is ClientEvent && (position is null || one.Position <= position))];

        ClientState Then(IReadOnlyList<RecordedEvent> held) => (at is { } instant ? Occurred.By(held, instant) : held)
            .Select(one => (ClientEvent)one.Data).Aggregate(ClientState.Initial, ClientState.Evolve);
    }
}

/// <summary>What a person's records say of a death at a moment.</summary>
/// <param name="Death">Null when it was taken back, or had not occurred.</param>
/// <param name="ChangedAt">Log position of what was last recorded of it.</param>
public sealed record DeathHeld(KnownDeath? Death, long ChangedAt);
