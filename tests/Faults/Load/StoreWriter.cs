using CaseFlow.Domain;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.EventStore;

namespace CaseFlow.Faults.Load;

/// <summary>
/// Appends to the store as one of several: to streams of its own and to hot ones, at versions that have moved meanwhile,
/// to several streams at once, under guards, and now and then once more what it has been told is done.
/// </summary>
internal sealed class StoreWriter(string name, IEventStore store, Ledger ledger, int seed)
{
    private static readonly string[] Tenants = ["demo", "elsewhere"];
    private static readonly Guid[] Hot = [.. Enumerable.Range(1, 4).Select(n => new Guid(n, 0, 0, new byte[8]))];

    private readonly Random random = new(seed);
    private readonly Dictionary<(string, Guid), long> seen = [];
    private Asked? done;

    public async Task RunAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            if (done is not null && random.Next(20) == 0)
                await RepeatAsync(done);
            else
                await AppendAsync();
            await Task.Delay(random.Next(25), CancellationToken.None);
        }
    }

    private async Task AppendAsync()
    {
        var number = ledger.NextNumber();
        var (tenant, key) = (Tenants[random.Next(10) == 0 ? 1 : 0], $"{name}-{number}");
        var streams = StreamsOf(tenant, key);
        var codes = streams.SelectMany(stream => stream.Events).Select(fresh => ((CallForServiceReceived)fresh.Data).CallType).ToList();
        var append = new Append(tenant, streams, new AppendMetadata(name), AnswerUnder(key));
        var asked = new Asked(number, tenant, key, codes, () => AgainAsync(append));
        ledger.Ask(asked);
        switch (await TryAsync(append))
        {
            case AppendResult.Appended appended:
                ledger.Tell(asked, Outcome.Acknowledged, appended.Versions);
                foreach (var (stream, version) in appended.Versions)
                    seen[(tenant, stream)] = version;
                done = asked;
                break;
            case AppendResult.Conflict conflict:
                ledger.Tell(asked, Outcome.Refused);
                seen[(tenant, conflict.StreamId)] = conflict.Actual;
                break;
            case { } other:
                ledger.Surprise($"{key} was answered {other}");
                break;
        }
    }

    private List<StreamAppend> StreamsOf(string tenant, string key)
    {
        var hot = Hot[random.Next(Hot.Length)];
        var known = seen.Keys.Where(stream => stream.Item1 == tenant).Select(stream => stream.Item2).ToList();
        StreamAppend To(Guid stream, ExpectedVersion expected, int count) =>
            new(stream, "touchpoints", expected, [.. Enumerable.Range(0, count).Select(n => Fact(stream, $"{key}-{stream.ToString()[..8]}-{n}"))]);
        switch (random.Next(10))
        {
            case < 4:
                return [To(hot, ExpectedVersion.Any, 1)];
            case < 6 when known.Count > 0:
                // As last seen: on a hot stream somebody else has mostly been there.
                var stream = known[random.Next(known.Count)];
                return [To(stream, ExpectedVersion.Exactly(seen[(tenant, stream)]), random.Next(1, 4))];
            case < 8:
                return [To(Guid.NewGuid(), ExpectedVersion.NoStream, random.Next(1, 6))];
            case 8:
                var guard = new StreamAppend(Hot[0], "touchpoints", ExpectedVersion.Any, []);
                return [To(Guid.NewGuid(), ExpectedVersion.NoStream, 2), To(Hot[1], ExpectedVersion.Any, 1), guard];
            default:
                return [To(hot, ExpectedVersion.Any, random.Next(10, 20))];
        }
    }

    private NewEvent Fact(Guid stream, string code) => new(
        Guid.CreateVersion7(),
        new CallForServiceReceived(code) { ClientId = stream, OccurredAt = DateTimeOffset.UtcNow, KnownAt = DateTimeOffset.UtcNow },
        new Circumstances { Actor = name, Role = Role.Dispatcher, Agency = "sheriff" });

    /// <summary>What was acknowledged is answered again, also when it is decided anew with other ids.</summary>
    private async Task RepeatAsync(Asked told)
    {
        try
        {
            if (await told.AskAgain() is not Again.AnsweredBefore)
                ledger.Surprise($"{told.Key} was acknowledged and then stored a second time");
        }
        catch (Exception lost) when (Weather.IsFault(lost))
        {
            // A question that was not answered changes nothing.
        }
    }

    private async Task<Again> AgainAsync(Append first)
    {
        var decidedAnew = first with
        {
            Streams = [.. first.Streams.Where(stream => stream.Events.Count > 0).Select(stream => stream with
            {
                Expected = ExpectedVersion.Any,
                Events = [.. stream.Events.Select(fresh => fresh with { EventId = Guid.CreateVersion7() })],
            })],
        };
        return await store.AppendAsync(decidedAnew, CancellationToken.None) switch
        {
            AppendResult.AnsweredBefore before => before.Answer.Body == first.Answer!.Body
                ? Again.AnsweredBefore
                : throw new InvalidOperationException($"Under {first.Answer.Key} another answer is kept."),
            AppendResult.Appended => Again.StoredNow,
            var other => throw new InvalidOperationException($"{first.Answer!.Key} asked again was answered {other}."),
        };
    }

    private async Task<AppendResult?> TryAsync(Append append)
    {
        try
        {
            return await store.AppendAsync(append, CancellationToken.None);
        }
        catch (Exception lost) when (Weather.IsFault(lost))
        {
            return null;
        }
        catch (Exception surprise)
        {
            ledger.Surprise($"{append.Answer!.Key}: {surprise.GetType().Name}: {surprise.Message}");
            return null;
        }
    }

    private StoredAnswer AnswerUnder(string key) => new(name, key, [1, 2, 3], 201, $$"""{"key":"{{key}}"}""");
}
