using CaseFlow.Api.Commands;
using CaseFlow.Api.Courts;
using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.EventStore;

namespace CaseFlow.Api.DrugTests;

/// <summary>From whom a day is drawn: looked up when it is drawn, and looked up again, at the versions that the draw names, when it is checked.</summary>
public sealed class DayPools(IEventStore store, Persons persons, CourtPlaces places)
{
    private const int StreamsAtOnce = 200;

    /// <summary>From looking at the participations, which nothing guards, to the commit.</summary>
    private static readonly TimeSpan LongestDraw = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The pool of a day that is to be drawn. The register of places and the testing roster are guarded: who comes or goes meanwhile is decided on again.
    /// </summary>
    public async Task<DayPool> OfAsync(
        CommandSession session, string court, LoadedStream<TestingRosterState, TestingRosterEvent> roster, SelectionMonth month, DateOnly day, CourtInForce? inForce,
        Func<Circumstances, Circumstances> about)
    {
        var (jurisdiction, cancellation) = (session.Actor.Jurisdiction, session.Cancellation);
        var register = await places.CountedAsync(session, court, about);
        var taking = roster.State.Tested.Where(one => one.Value.FirstDay <= day).ToDictionary(one => one.Key, one => one.Value.ClientId);
        var histories = await HistoriesAsync(jurisdiction, register.State.Taken.Union(roster.State.Tested.Keys), cancellation);
        var deaths = await PersonLife.DeathsOfAsync(store, persons, jurisdiction, [.. taking.Values], position: null, at: null, cancellation);
        bool MayBeDrawn(Guid id) => !taking.TryGetValue(id, out var client) || DrawTests.MayBeDrawn(month, day, deaths.GetValueOrDefault(client)?.Death);
        return DayPool.Of(new PoolQuestion(
            day, inForce, register.State.Taken, register.Version, roster.State, roster.Version,
            histories.ToDictionary(one => one.Key, one => MemberOf(one.Value, long.MaxValue, MayBeDrawn(one.Key)))));
    }

    /// <summary>Checks of each draw of a month that nobody was left out without a reason that the log bears out.</summary>
    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="court">The court's code.</param>
    /// <param name="month">The month.</param>
    /// <param name="draws">The draws, as they are recorded.</param>
    /// <param name="cancellation">Ends the reads.</param>
    public async Task<IReadOnlyList<PoolProof>> ProveAsync(
        string jurisdiction, string court, SelectionMonth month, IReadOnlyList<RecordedEvent> draws, CancellationToken cancellation)
    {
        var log = await LogAsync(jurisdiction, court, [.. draws.Select(recorded => (TestsDrawn)recorded.Data)], cancellation);
        var proofs = new List<PoolProof>();
        foreach (var recorded in draws)
        {
            var draw = (TestsDrawn)recorded.Data;
            if (draw.Pool is not { } pool)
            {
                proofs.Add(PoolProof.NotKept(draw));
                continue;
            }

            var known = log.Court.Where(one => recorded.Position is null || one.Position <= recorded.Position).Select(one => (CourtEvent)one.Data)
                .Aggregate(CourtState.Initial, CourtState.Evolve);
            var inForce = known.InForceAt(month.StartOf(draw.Day));
            var holders = Until(log.Places, pool.PlacesVersion).Select(one => (CourtPlaceEvent)one).Aggregate(PlaceState.Initial, PlaceState.Evolve);
            var roster = Until(log.Roster, pool.RosterVersion).Select(one => (TestingRosterEvent)one).Aggregate(TestingRosterState.Initial, TestingRosterState.Evolve);
            var dead = await OfPersonsRecordAsync(jurisdiction, month, draw, roster, recorded.Position, cancellation);
            var seen = draw.Participations.Select(one => (one.ParticipationId, Version: one.Version ?? 0))
                .Concat(pool.LeftOut.Select(one => (one.ParticipationId, one.Version))).ToLookup(one => one.ParticipationId, one => one.Version);
            // Of whom the draw does not name, nobody said what was looked at: the place that they held is enough to miss them.
            var members = log.Participations.ToDictionary(
                one => one.Key, one => log.MemberOf(one.Key, seen[one.Key].DefaultIfEmpty(0).Max(), !dead.Contains(one.Key)));
            var again = DayPool.Of(new PoolQuestion(draw.Day, inForce, holders.Taken, pool.PlacesVersion, roster, pool.RosterVersion, members));
            proofs.Add(PoolProof.Of(draw, again, inForce?.Version ?? 0) with
            {
                RegistersMatch = !IsBehind(log.Places, pool.PlacesVersion, recorded) && !IsBehind(log.Roster, pool.RosterVersion, recorded),
                Stale = [.. seen.Where(one => HadGoneOn(log.Participations.GetValueOrDefault(one.Key), one.Max(), recorded)).Select(one => one.Key).Order()],
            });
        }

        return proofs;
    }

    /// <summary>Of those left out for what a record of the person says: whose record said so when it was drawn.</summary>
    private async Task<HashSet<Guid>> OfPersonsRecordAsync(
        string jurisdiction, SelectionMonth month, TestsDrawn draw, TestingRosterState roster, long? position, CancellationToken cancellation)
    {
        var clients = draw.Pool!.LeftOut.Where(one => one.Reason == LeftOutReason.PersonsRecord && roster.Tested.ContainsKey(one.ParticipationId))
            .ToDictionary(one => one.ParticipationId, one => roster.Tested[one.ParticipationId].ClientId);
        if (clients.Count == 0)
            return [];
        var deaths = await PersonLife.DeathsOfAsync(store, persons, jurisdiction, [.. clients.Values], position, at: null, cancellation);
        return [.. clients.Where(one => !DrawTests.MayBeDrawn(month, draw.Day, deaths.GetValueOrDefault(one.Value)?.Death)).Select(one => one.Key)];
    }

    private async Task<PoolLog> LogAsync(string jurisdiction, string court, IReadOnlyList<TestsDrawn> draws, CancellationToken cancellation)
    {
        var (own, placesId, rosterId) = (StreamIds.Court(jurisdiction, court), StreamIds.CourtPlaces(jurisdiction, court), StreamIds.TestingRoster(jurisdiction, court));
        var streams = await store.ReadStreamsAsync(jurisdiction, [own, placesId, rosterId], cancellation);
        IReadOnlyList<RecordedEvent> EventsOf(Guid id) => streams.GetValueOrDefault(id)?.Events ?? [];
        // Who ever held a place or took part, and who is named: nobody else can be missing, and nobody else is unfounded.
        var everybody = EventsOf(placesId).SelectMany(one => one.Data switch
        {
            CourtPlacesCounted e => e.Participations,
            CourtPlaceTaken e => [e.ParticipationId],
            _ => [],
        })
            .Concat(EventsOf(rosterId).Select(one => ((TestingRosterEvent)one.Data).ParticipationId))
            .Concat(draws.SelectMany(draw => draw.Participations.Select(one => one.ParticipationId)))
            .Concat(draws.SelectMany(draw => draw.Pool?.LeftOut ?? []).Select(one => one.ParticipationId));
        return new PoolLog(EventsOf(own), EventsOf(placesId), EventsOf(rosterId), await HistoriesAsync(jurisdiction, everybody, cancellation));
    }

    private async Task<Dictionary<Guid, IReadOnlyList<RecordedEvent>>> HistoriesAsync(string jurisdiction, IEnumerable<Guid> participations, CancellationToken cancellation)
    {
        var histories = new Dictionary<Guid, IReadOnlyList<RecordedEvent>>();
        foreach (var some in participations.Distinct().Chunk(StreamsAtOnce))
        {
            foreach (var (id, stream) in await store.ReadStreamsAsync(jurisdiction, some, cancellation))
                histories[id] = stream.Events;
        }

        return histories;
    }

    /// <summary>Whether a stream that a draw guarded had gone on before it: then it was drawn from what was over.</summary>
    private static bool IsBehind(IReadOnlyList<RecordedEvent> events, long version, RecordedEvent draw) =>
        draw.Position is { } position && events.Any(one => one.Version > version && one.Position < position);

    /// <summary>Whether a participation that was only looked at had gone on long before the draw.</summary>
    private static bool HadGoneOn(IReadOnlyList<RecordedEvent>? history, long version, RecordedEvent draw) =>
        history?.Any(one => one.Version > version && one.RecordedAt < draw.RecordedAt - LongestDraw) is true;

    private static IEnumerable<object> Until(IReadOnlyList<RecordedEvent> events, long version) => events.Where(one => one.Version <= version).Select(one => one.Data);

    private static PoolMember MemberOf(IReadOnlyList<RecordedEvent> history, long version, bool mayBeDrawn)
    {
        var seen = Until(history, version).OfType<ParticipationEvent>().ToList();
        var state = seen.Aggregate(ParticipationState.Initial, ParticipationState.Evolve);
        return new PoolMember(seen.Count, state.Stage, state.Phase, mayBeDrawn);
    }

    /// <summary>What draws of a month are checked against; most days see the same of a participation, so it is folded once for each version.</summary>
    private sealed record PoolLog(
        IReadOnlyList<RecordedEvent> Court, IReadOnlyList<RecordedEvent> Places, IReadOnlyList<RecordedEvent> Roster,
        IReadOnlyDictionary<Guid, IReadOnlyList<RecordedEvent>> Participations)
    {
        private readonly Dictionary<(Guid Id, long Version), PoolMember> folded = [];

        public PoolMember MemberOf(Guid id, long version, bool mayBeDrawn)
        {
            if (!folded.TryGetValue((id, version), out var member))
                folded[(id, version)] = member = DayPools.MemberOf(Participations[id], version, mayBeDrawn: true);
            return member with { MayBeDrawn = mayBeDrawn };
        }
    }
}
