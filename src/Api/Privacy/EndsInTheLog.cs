using System.Collections.Concurrent;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.Courts;

namespace CaseFlow.Api.Privacy;

/// <summary>
/// Ends that consents wait for and that the log has by itself, from the streams of supervisions and of times in courts: so what was recorded a moment ago counts.
/// Read only where a consent names such an end, and of these streams only what tells of one.
/// </summary>
public sealed class EndsInTheLog(CaseFlowDatabase database, TimeProvider clock)
{
    /// <summary>Most people take part in a court once or twice: so many times are looked for at once.</summary>
    private const int TimesAtOnce = 2;

    /// <summary>Courts are founded rarely; nobody's time in one ends so soon after.</summary>
    private static readonly TimeSpan CourtsKept = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, CourtsKnown> courts = new(StringComparer.Ordinal);

    /// <summary>Of one person.</summary>
    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="records">All records of the person.</param>
    /// <param name="consents">Those on any of the records.</param>
    /// <param name="kindOf">What kind of agency one is.</param>
    /// <param name="placed">Whether everything that is found has to have its place in the log, for an answer that names a position.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<IReadOnlyList<LoggedEnd>> OfPersonAsync(
        string jurisdiction, IReadOnlyList<Guid> records, IEnumerable<ConsentState> consents, Func<string, AgencyKind?> kindOf, CancellationToken cancellation, bool placed = false)
    {
        var found = await OfAsync(jurisdiction, [new(records, [.. consents.SelectMany(one => one.Consents)])], kindOf, cancellation, placed);
        return [.. records.SelectMany(record => found(record))];
    }

    /// <summary>For a decision. The ends are not guarded: what is decided while one is recorded is of before it.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="records">All records of the person.</param>
    /// <param name="consents">Those on any of the records.</param>
    /// <param name="directory">What kind of agency one is.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <returns>Consents of the person with the ends that the log has by itself.</returns>
    public async Task<Func<ConsentState, ConsentState>> EndingAsync(
        Actor actor, IReadOnlyList<Guid> records, IEnumerable<ConsentState> consents, DirectoryState directory, CancellationToken cancellation)
    {
        var ended = await OfPersonAsync(actor.Jurisdiction, records, consents, directory.KindOf, cancellation);
        return state => state.EndedBy(ended, directory.KindOf);
    }

    /// <summary>Of many people, in one read.</summary>
    /// <returns>The ends on each record, the retracted ones too.</returns>
    /// <exception cref="ViewBehindException">What was recorded last got no place in the log within a reader's time.</exception>
    public async Task<Func<Guid, IReadOnlyList<LoggedEnd>>> OfAsync(
        string jurisdiction, IReadOnlyCollection<ConsentsOfPerson> people, Func<string, AgencyKind?> kindOf, CancellationToken cancellation, bool placed = false)
    {
        var waiting = people.Where(person => person.Consents.Any(LoggedEnds.WaitsForAny)).ToList();
        if (waiting.Count == 0)
            return _ => [];

        var endsOf = new Dictionary<Guid, List<LoggedEnd>>();
        var supervisions = waiting.Where(person => person.Consents.Any(consent => consent.WaitsFor(ConsentCondition.EndOfSupervision))).SelectMany(person => person.Records);
        List<Wanted> wanted = [.. supervisions.Distinct().Select(record => new Wanted(record, StreamIds.Supervision(record))), .. await TimesAsync(jurisdiction, waiting, kindOf, cancellation)];
        while (wanted.Count > 0)
        {
            var streams = await ReadAsync(jurisdiction, [.. wanted.Select(one => one.StreamId)], placed, cancellation);
            foreach (var one in wanted)
                (endsOf.GetValueOrDefault(one.Record) ?? (endsOf[one.Record] = [])).AddRange(EndsIn(streams.GetValueOrDefault(one.StreamId) ?? []));
            // A further time begins only where the one before is over.
            wanted = [.. wanted.Where(one => one.Time % TimesAtOnce == 0 && one.Time > 0 && streams.ContainsKey(one.StreamId)).SelectMany(one => Times(one.Record, one.Court!, one.Time + 1))];
        }

        return record => endsOf.GetValueOrDefault(record) ?? [];
    }

    private static IReadOnlyList<LoggedEnd> EndsIn(IReadOnlyList<RecordedEvent> stream) =>
        LoggedEnds.Of([.. stream.Select(recorded => ((DomainEvent)recorded.Data, recorded.Position))]);

    private static IEnumerable<Wanted> Times(Guid record, string court, int first) =>
        Enumerable.Range(first, TimesAtOnce).Select(time => new Wanted(record, StreamIds.Participation(record, court, time), court, time));

    private async Task<IEnumerable<Wanted>> TimesAsync(
        string jurisdiction, IReadOnlyCollection<ConsentsOfPerson> people, Func<string, AgencyKind?> kindOf, CancellationToken cancellation)
    {
        var inCourts = people.Select(person => (person.Records, Scopes: person.Consents
            .Where(consent => consent.WaitsFor(ConsentCondition.EndOfProgram)).Select(consent => consent.Scope).ToList())).Where(person => person.Scopes.Count > 0).ToList();
        if (inCourts.Count == 0)
            return [];
        bool IsNamed(Court court) => inCourts.Any(person => Names(person.Scopes, court));
        bool Names(List<ConsentScope> scopes, Court court) => scopes.Exists(scope => scope.NamesCourt(court.AgencyId, kindOf(court.AgencyId)));

        if (!courts.TryGetValue(jurisdiction, out var known) || clock.GetUtcNow() - known.At is var age && (age < TimeSpan.Zero || age > (known.Courts.Any(IsNamed) ? CourtsKept : CourtsKept / 10)))
            courts[jurisdiction] = known = await CourtsAsync(jurisdiction, cancellation);
        return
        [
            .. from person in inCourts
               from code in known.Courts.Where(court => Names(person.Scopes, court)).Select(court => court.Code).Distinct(StringComparer.Ordinal)
               from record in person.Records
               from time in Times(record, code, first: 1)
               select time,
        ];
    }

    private async Task<CourtsKnown> CourtsAsync(string jurisdiction, CancellationToken cancellation)
    {
        var at = clock.GetUtcNow();
        var (rows, _) = await CourtsQueries.AllAsync(database.Reader, database.Views.Courts, jurisdiction, position: null, cancellation);
        return new CourtsKnown([.. rows.SelectMany(row => row.Versions.Select(version => new Court(row.Court, version.Configuration.AgencyId))).Distinct()], at);
    }

    private async Task<IReadOnlyDictionary<Guid, IReadOnlyList<RecordedEvent>>> ReadAsync(
        string jurisdiction, IReadOnlyCollection<Guid> streams, bool placed, CancellationToken cancellation)
    {
        var read = await database.Store.ReadStreamsAsync(jurisdiction, streams, LoggedEnds.Facts, cancellation);
        if (!placed || read.Values.SelectMany(stream => stream).Where(recorded => recorded.Position is null).Select(recorded => (long?)recorded.Sequence).Max() is not { } last)
            return read;
        await database.Reader.AwaitPlaceAsync(last, cancellation);
        return await database.Store.ReadStreamsAsync(jurisdiction, streams, LoggedEnds.Facts, cancellation);
    }

    /// <param name="Court">A court's code; null for a supervision.</param>
    /// <param name="Time">Which time in the court, from 1; 0 for a supervision.</param>
    private readonly record struct Wanted(Guid Record, Guid StreamId, string? Court = null, int Time = 0);

    private sealed record Court(string Code, string AgencyId);

    private sealed record CourtsKnown(IReadOnlyList<Court> Courts, DateTimeOffset At);
}

/// <param name="Records">All records of the person.</param>
/// <param name="Consents">Those on any of them.</param>
public sealed record ConsentsOfPerson(IReadOnlyList<Guid> Records, IReadOnlyList<Consent> Consents);
