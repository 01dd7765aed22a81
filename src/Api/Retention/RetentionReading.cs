using CaseFlow.Api.Access;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Disclosures;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Identities;
using CaseFlow.Domain.Policies;
using CaseFlow.EventStore;
using CaseFlow.Projections.RecordAges;

namespace CaseFlow.Api.Retention;

/// <summary>What policy says about keeping records, now.</summary>
/// <param name="Version">The version in force; null while there is none, and the defaults hold.</param>
/// <param name="DayOf">The local day of an instant.</param>
public sealed record RetentionTerms(RetentionPolicy Policy, int? Version, DateTimeOffset Now, Func<DateTimeOffset, DateOnly> DayOf)
{
    public DateOnly Today => DayOf(Now);
}

/// <param name="Age">Of all records of the person.</param>
public sealed record RetentionFound(RecordAge Age, RetentionStanding Standing);

/// <summary>What is read of a jurisdiction once for many records.</summary>
/// <param name="Orders">What was ordered of a record.</param>
public sealed record RetentionAround(
    IdentityState Identities, OpenMatters Matters, BreachState Breaches, Func<Guid, ErasureState> Orders)
{
    /// <summary>Every record, and every overdose by itself, that a legal hold keeps.</summary>
    public required IReadOnlySet<Guid> Held { get; init; }
}

/// <summary>
/// How records stand by the policy on keeping, from their own streams: the view says only where these are. A command and a question judge by the same
/// facts; a command has loaded, and so guarded, each of them.
/// </summary>
public sealed class RetentionReading(CaseFlowDatabase database, Registers registers, ClientMatters matters, OpenedTexts texts)
{
    public async Task<RetentionTerms> TermsAsync(string jurisdiction, DateTimeOffset now, CancellationToken cancellation)
    {
        var inForce = (await registers.PoliciesAsync(jurisdiction, cancellation)).InForceAt(now);
        var zone = inForce is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(inForce.Policy.TimeZone);
        return new RetentionTerms(
            inForce?.Policy.Retention ?? RetentionPolicy.Default, inForce?.Version, now, instant => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime));
    }

    /// <summary>Everything that is committed when this is asked is in the ages of records.</summary>
    /// <exception cref="EventStore.Views.ViewBehindException">The view does not come so far in time.</exception>
    public async Task AwaitAsync(string jurisdiction, CancellationToken cancellation)
    {
        await database.Sequencer.PlaceNewAsync(cancellation);
        var end = await database.Store.EndOfLogAsync(cancellation);
        await database.Reader.AwaitPositionAsync(RecordAgesView.ViewName, jurisdiction, end.Position, TimeSpan.Zero, cancellation);
    }

    /// <returns>The ages of some people's records, by client, and of those on which their entries were recorded by mistake; nobody's has none.</returns>
    public Task<IReadOnlyDictionary<Guid, RecordAgeRow>> AgesAsync(
        string jurisdiction, IReadOnlyCollection<Guid> records, IdentityState identities, CancellationToken cancellation) =>
        RecordAgesQueries.OfAsync(
            database.Reading, database.Options, database.Views.RecordAges, jurisdiction, [.. records.Union(RecordedElsewhere(records, identities))], cancellation);

    /// <returns>The aliases of streams.</returns>
    public async Task<IReadOnlyDictionary<Guid, string>> KindsAsync(string jurisdiction, IReadOnlyCollection<Guid> streams, CancellationToken cancellation) =>
        (await database.Store.ReadStreamsAsync(jurisdiction, streams, cancellation)).ToDictionary(one => one.Key, one => one.Value.Events[0].StreamType ?? "");

    /// <returns>Every record, and every overdose by itself, that a legal hold keeps; nothing is guarded.</returns>
    public Task<IReadOnlySet<Guid>> HeldAsync(string jurisdiction, CancellationToken cancellation) => database.HeldRecordsAsync(jurisdiction, cancellation);

    /// <summary>For a question: nothing is guarded.</summary>
    public async Task<RetentionAround> AroundAsync(string jurisdiction, IReadOnlyCollection<Guid> records, IdentityState identities, CancellationToken cancellation)
    {
        var store = database.Store;
        var streams = await store.ReadStreamsAsync(jurisdiction, [.. records.Select(StreamIds.Erasure)], cancellation);
        var orders = records.Distinct().ToDictionary(record => record, record => (streams.GetValueOrDefault(StreamIds.Erasure(record))?.Events ?? [])
            .Aggregate(ErasureState.Initial, (state, recorded) => ErasureState.Evolve(state, (ErasureEvent)recorded.Data)));
        return new RetentionAround(
            identities,
            await matters.OpenAsync(jurisdiction, records, cancellation),
            (await store.FoldAsync(Streams.Breaches, jurisdiction, StreamIds.Breaches(jurisdiction), cancellation)).State,
            record => orders[record])
        {
            Held = await HeldAsync(jurisdiction, cancellation),
        };
    }

    /// <summary>How a person's records stand.</summary>
    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="records">All records of the person.</param>
    /// <param name="ages">Their rows, and those of others.</param>
    /// <param name="historyOf">What a stream holds.</param>
    /// <param name="around">What is known around them.</param>
    /// <param name="terms">Policy.</param>
    public RetentionFound Judge(
        string jurisdiction, IReadOnlyList<Guid> records, IReadOnlyDictionary<Guid, RecordAgeRow> ages, Func<Guid, IReadOnlyList<RecordedEvent>> historyOf,
        RetentionAround around, RetentionTerms terms)
    {
        var age = RecordAge.None with { IsErased = true };
        var (blocks, bornOn, consentAt) = (new List<RetentionBlock>(), (DateOnly?)null, (DateTimeOffset?)null);
        List<RecordAgeRow> rows = [.. records.Select(record => ages.GetValueOrDefault(record)).OfType<RecordAgeRow>()];
        var factsOf = rows.SelectMany(row => row.Streams).Distinct()
            .ToDictionary(stream => stream, stream => (IReadOnlyList<DomainEvent>)[.. historyOf(stream).Select(recorded => (DomainEvent)recorded.Data)]);
        List<LoggedEnd> ends = [.. factsOf.Values.SelectMany(OpenWork.EndsIn)];
        foreach (var row in rows)
        {
            age = age.With(row.Age);
            var own = new Dictionary<Guid, IReadOnlyList<DomainEvent>>();
            foreach (var stream in row.Streams)
            {
                var history = historyOf(stream);
                // The view may be older than what was read: the streams themselves count.
                age = age.With(history.Aggregate(RecordAge.None with { IsErased = row.Age.IsErased }, (so, recorded) =>
                    RecordAge.After(so, (DomainEvent)recorded.Data, recorded.RecordedAt, (recorded.Headers as Circumstances)?.Labels ?? [])));
                var facts = factsOf[stream];
                own[stream] = facts;
                if (OpenWork.InStream(facts, terms.Now, ends) is { } block)
                    blocks.Add(block);
                consentAt = OpenWork.LastConsentIn(facts, terms.Now, ends) is { } ended && !(consentAt > ended) ? ended : consentAt;
                // Of several the youngest counts: the record of somebody who may have been a child is kept.
                bornOn = BornOn(jurisdiction, facts) is { } born && !(bornOn > born) ? born : bornOn;
            }

            blocks.AddRange(OpenWork.Across(own));
            // An overdose may have been held before anybody knew whose it was.
            if (row.Streams.Any(around.Held.Contains))
                blocks.Add(RetentionBlock.LegalHold);
        }

        // What happened with them and was recorded on somebody else happened all the same; which entries it was is not asked.
        foreach (var row in RecordedElsewhere(records, around.Identities).Select(record => ages.GetValueOrDefault(record)).OfType<RecordAgeRow>())
            age = age.With(row.Age with { IsErased = true });
        List<ErasureState> orders = [.. records.Select(around.Orders)];
        blocks.AddRange(OpenWork.Around(records, orders, around.Identities, around.Matters, around.Breaches));
        var known = new RetentionFacts(age, consentAt, bornOn, orders.Max(order => order.KeptUntil), blocks);
        return new RetentionFound(age, RetentionStanding.Of(known, terms.Policy, terms.DayOf));
    }

    private static IEnumerable<Guid> RecordedElsewhere(IReadOnlyCollection<Guid> records, IdentityState identities) =>
        identities.Mistakes.Values.Where(mistake => !mistake.IsUndone && mistake.RightClientId is { } right && records.Contains(right)).Select(mistake => mistake.ClientId).Distinct();

    private DateOnly? BornOn(string jurisdiction, IReadOnlyList<DomainEvent> facts) =>
        texts.OpenReadable(jurisdiction, facts.OfType<BirthDateRecorded>().LastOrDefault()?.BornOn.Token) is { } text
        && DateOnly.TryParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var bornOn)
            ? bornOn
            : null;
}
