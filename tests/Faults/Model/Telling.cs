using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Faults.Load;
using CaseFlow.Faults.Servers;

namespace CaseFlow.Faults.Model;

/// <summary>
/// Tells one story to a real store and holds it against the plain one. What happened at the same time may have happened in
/// any order, so it keeps every plain store that explains all answers so far; when none is left, the story is a failure.
/// </summary>
internal sealed class Telling(Server server, string database, IWrappingKey key) : IAsyncDisposable
{
    private const string Tenant = "model";

    private readonly Guid[] streams = [.. Enumerable.Range(0, 3).Select(_ => Guid.NewGuid())];
    private readonly List<Append> asked = [];
    private CaseFlowDatabase store = new(server.ConnectionString("model", database), key);
    private List<PlainStore> possible = [PlainStore.Empty];

    public async Task TellAsync(IEnumerable<Step> story)
    {
        foreach (var step in story)
        {
            await (step switch
            {
                Step.Ask ask => AskAsync(ask),
                Step.CatchUp => CatchUpAsync(),
                Step.Rebuild => RebuildAsync(),
                Step.Restart => RestartAsync(),
                _ => throw new ArgumentException($"{step} cannot be told."),
            });
        }

        await CatchUpAsync();
        await ShouldShowEverythingAsync();
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private async Task AskAsync(Step.Ask ask)
    {
        var appends = ask.Wishes.Select(AppendOf).ToList();
        var answering = appends.Select(append => Task.Run(() => TryAsync(append))).ToList();
        if (ask.Breaks)
            await BreakAsync();
        var answers = await Task.WhenAll(answering);
        asked.AddRange(appends);
        var told = string.Join("; ", appends.Zip(answers, (append, answer) => $"{Describe(append)} -> {answer?.ToString() ?? "unknown"}"));
        possible = [.. Orders(appends.Zip(answers).ToList()).SelectMany(order => possible.SelectMany(before => Explain(before, order)))];
        possible.Count.ShouldBeGreaterThan(0, $"no order of the appends explains the answers: {told}");

        var stored = await store.Store.ReadStreamsAsync(Tenant, streams, CancellationToken.None);
        possible = [.. possible.Where(one => streams.All(stream => one.Stream(stream).SequenceEqual(Ids(stored, stream)))).DistinctBy(Fingerprint)];
        possible.Count.ShouldBeGreaterThan(0, $"the streams hold something else than was answered: {told}");
        foreach (var read in stored.Values)
            read.Events.Select(recorded => recorded.Version).ShouldBe(Enumerable.Range(1, read.Events.Count).Select(version => (long)version));
    }

    private static IEnumerable<PlainStore> Explain(PlainStore before, List<(Append Append, AppendResult? Answer)> order) =>
        order.Aggregate(Enumerable.Repeat(before, 1), (all, one) => all.SelectMany(store =>
            one.Answer is null ? store.AfterUnknown(one.Append) : store.After(one.Append, one.Answer) is { } after ? [after] : []));

    private static IEnumerable<List<(Append Append, AppendResult? Answer)>> Orders(List<(Append Append, AppendResult? Answer)> all) => all.Count <= 1
        ? [all]
        : all.SelectMany((first, at) => Orders([.. all.Where((_, other) => other != at)]).Select(rest => rest.Prepend(first).ToList()));

    private async Task<AppendResult?> TryAsync(Append append)
    {
        try
        {
            return await store.Store.AppendAsync(append, CancellationToken.None);
        }
        catch (Exception lost) when (Weather.IsFault(lost))
        {
            return null;
        }
    }

    private Append AppendOf(Wish wish)
    {
        if (wish.Repeats is { } before && before < asked.Count)
            return asked[^(before + 1)];
        var parts = wish.Parts.Select(part => PartOf(part)).ToList();
        // An append of guards alone keeps no answer: there would be nothing to answer for.
        var answer = wish.Key is { } number && parts.Any(part => part.Events.Count > 0)
            ? new StoredAnswer("model", $"key-{number}", [1], 200, $"\"{Guid.NewGuid()}\"")
            : null;
        return new Append(Tenant, parts, new AppendMetadata("model"), answer);
    }

    private StreamAppend PartOf(Part part)
    {
        var (stream, now) = (streams[part.Stream], (long)possible[0].Stream(streams[part.Stream]).Count);
        var expected = part.Expected switch
        {
            Expectation.Any => ExpectedVersion.Any,
            Expectation.Nothing => ExpectedVersion.NoStream,
            Expectation.AsItIs => ExpectedVersion.Exactly(now),
            Expectation.OneLess => ExpectedVersion.Exactly(Math.Max(0, now - 1)),
            _ => ExpectedVersion.Exactly(now + 1),
        };
        return new StreamAppend(stream, "touchpoints", expected, [.. Enumerable.Range(0, part.Count).Select(n => new NewEvent(
            Guid.CreateVersion7(),
            new CallForServiceReceived($"call-{n}") { ClientId = stream, OccurredAt = DateTimeOffset.UnixEpoch, KnownAt = DateTimeOffset.UnixEpoch },
            new Circumstances { Actor = "model", Role = Role.Dispatcher, Agency = "sheriff" }))]);
    }

    private async Task BreakAsync()
    {
        await Task.Yield();
        await server.AskAsync<long>($"select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '{database}' and application_name = 'model'");
    }

    private Task CatchUpAsync() => InTheEndAsync(() => store.CatchUpAsync(CancellationToken.None));

    /// <summary>The pools hold sessions that were terminated: whoever meets one begins again, from where it had come to.</summary>
    private static async Task InTheEndAsync(Func<Task> work)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception lost) when (tries < 20 && Weather.IsFault(lost))
            {
                await Task.Delay(20);
            }
        }
    }

    private async Task RestartAsync()
    {
        await store.DisposeAsync();
        store = new CaseFlowDatabase(server.ConnectionString("model", database), key);
    }

    private async Task RebuildAsync()
    {
        await CatchUpAsync();
        var before = await DumpAsync();
        await InTheEndAsync(() => store.RebuildAsync(null, (_, _) => { }, CancellationToken.None));
        (await DumpAsync()).ShouldBe(before, "a rebuild changes no row");
    }

    /// <summary>Each event lies in the log once, in the order of its stream, and has its entry in the timeline.</summary>
    private async Task ShouldShowEverythingAsync()
    {
        var log = await store.Store.ReadLogAsync(0).ToListAsync();
        log.Select(recorded => recorded.Position).ShouldBe(Enumerable.Range(1, log.Count).Select(position => (long?)position));
        var own = log.Where(recorded => recorded.TenantId == Tenant).ToList();
        own.Count.ShouldBe(possible[0].Count);
        foreach (var stream in streams)
            own.Where(recorded => recorded.StreamId == stream).Select(recorded => recorded.EventId).ShouldBe(possible[0].Stream(stream));
        var entries = (await DumpAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(row => row.StartsWith($"({Tenant},", StringComparison.Ordinal)).ToList();
        entries.Count.ShouldBe(own.Count);
        own.ShouldAllBe(recorded => entries.Count(entry => entry.Contains($"{recorded.EventId}", StringComparison.Ordinal)) == 1);
    }

    private async Task<string> DumpAsync() =>
        await server.AskAsync<string?>("select string_agg(v::text, E'\\n' order by v::text) from views.timeline v", database) ?? "";

    private static IEnumerable<Guid> Ids(IReadOnlyDictionary<Guid, StreamEvents> stored, Guid stream) =>
        stored.TryGetValue(stream, out var read) ? read.Events.Select(recorded => recorded.EventId) : [];

    private string Fingerprint(PlainStore one) => string.Join(
        '/', one.Answers.OrderBy(answer => answer.Key, StringComparer.Ordinal).Select(answer => $"{answer.Key}={answer.Value}")
            .Concat(streams.Select(stream => string.Join(',', one.Stream(stream)))));

    private string Describe(Append append) => string.Join(" & ", append.Streams.Select(stream =>
        $"{stream.Events.Count} to {Array.IndexOf(streams, stream.StreamId)} at {stream.Expected.Version?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "any"}"));
}
