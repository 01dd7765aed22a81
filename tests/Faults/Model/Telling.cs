using System.Diagnostics;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Faults.Checks;
using CaseFlow.Faults.Load;
using CaseFlow.Faults.Servers;
using Npgsql;

namespace CaseFlow.Faults.Model;

/// <summary>
/// Tells one story to a real store and holds it against the plain one. What happened at the same time may have happened in
/// any order, so it keeps every plain store that explains all answers so far; when none is left, the story is a failure.
/// </summary>
internal sealed class Telling(Server server, string database, IWrappingKey key) : IAsyncDisposable
{
    private static readonly string[] Tenants = ["model", "other"];

    private readonly Guid[] streams = [.. Enumerable.Range(0, 3).Select(_ => Guid.NewGuid())];
    private readonly List<Append> asked = [];
    private CaseFlowDatabase store = new(server.ConnectionString("model", database), key);
    private List<PlainStore> possible = [PlainStore.Empty];

    /// <summary>The program has lost sessions that its pools have not missed yet.</summary>
    private bool shaken;

    /// <summary>How many appends got no answer.</summary>
    public int Unknown { get; private set; }

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
        await RebuildAsync();
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private async Task AskAsync(Step.Ask ask)
    {
        var appends = ask.Wishes.Select(AppendOf).ToList();
        var answers = ask.Breaks is { } breaks ? await AskAndBreakAsync(ask, appends, breaks) : await AskQuietlyAsync(ask, appends);
        asked.AddRange(appends);
        Unknown += answers.Count(answer => answer is null);
        var told = string.Join("; ", appends.Zip(answers, (append, answer) => $"{Describe(append)} -> {answer?.ToString() ?? "unknown"}"));
        possible = [.. Orders(appends.Zip(answers).ToList()).SelectMany(order => possible.SelectMany(before => Explain(before, order)))];
        possible.Count.ShouldBeGreaterThan(0, $"no order of the appends explains the answers: {told}");

        foreach (var tenant in Tenants)
        {
            var stored = await store.Store.ReadStreamsAsync(tenant, streams, CancellationToken.None);
            possible = [.. possible.Where(one => streams.All(stream => one.Stream(tenant, stream).SequenceEqual(Ids(stored, stream)))).DistinctBy(Fingerprint)];
            possible.Count.ShouldBeGreaterThan(0, $"the streams of {tenant} hold something else than was answered: {told}");
            foreach (var read in stored.Values)
                read.Events.Select(recorded => recorded.Version).ShouldBe(Enumerable.Range(1, read.Events.Count).Select(version => (long)version));
        }
    }

    /// <summary>Nothing breaks, so nothing is lost: any error is a failure of the store.</summary>
    private async Task<AppendResult?[]> AskQuietlyAsync(Step.Ask ask, List<Append> appends)
    {
        var meanwhile = Task.Run(() => InTheEndAsync(() => WorkAsync(store, ask.Meanwhile)));
        var answers = await Task.WhenAll(appends.Select(append => Task.Run(() => AppendAsync(store, append))));
        await meanwhile;
        return answers;
    }

    /// <summary>
    /// In the midst of it the program loses all its sessions. One that lives on finds out what became of each append; one
    /// that is killed is not heard of again.
    /// </summary>
    private async Task<AppendResult?[]> AskAndBreakAsync(Step.Ask ask, List<Append> appends, Break breaks)
    {
        var ending = store;
        await using var source = NpgsqlDataSource.Create(server.ConnectionString("watch", database) + ";Pooling=false");
        await using var breaking = await source.OpenConnectionAsync();
        await using var terminate = new NpgsqlCommand("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name = 'model'", breaking);
        await terminate.PrepareAsync();
        var meanwhile = Task.Run(() => UnlessBrokenAsync(() => WorkAsync(ending, ask.Meanwhile)));
        var answering = appends.Select(append => Task.Run(() => breaks.Kills ? TryAsync(ending, append) : AppendAsync(ending, append))).ToList();
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMicroseconds(100 * breaks.After);)
            await Task.Yield();
        await terminate.ExecuteNonQueryAsync();
        shaken = !breaks.Kills;
        if (breaks.Kills)
        {
            store = new CaseFlowDatabase(server.ConnectionString("model", database), key);
            await ending.DisposeAsync();
        }

        var answers = await Task.WhenAll(answering);
        await meanwhile;
        return answers;
    }

    private static async Task<AppendResult?> AppendAsync(CaseFlowDatabase store, Append append) =>
        await store.Store.AppendAsync(append, CancellationToken.None);

    private static bool IsEnd(Exception error) => Weather.IsFault(error) || error is ObjectDisposedException;

    private static Task WorkAsync(CaseFlowDatabase store, Meanwhile meanwhile) => meanwhile switch
    {
        Meanwhile.ViewsMove => store.CatchUpAsync(CancellationToken.None),
        Meanwhile.ViewsAreRebuilt => store.RebuildAsync(null, (_, _) => { }, CancellationToken.None),
        _ => Task.CompletedTask,
    };

    private static async Task UnlessBrokenAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception lost) when (IsEnd(lost))
        {
            // Its sessions are terminated: what it had begun is taken up by whoever comes next.
        }
    }

    private static IEnumerable<PlainStore> Explain(PlainStore before, List<(Append Append, AppendResult? Answer)> order) =>
        order.Aggregate(Enumerable.Repeat(before, 1), (all, one) => all.SelectMany(store =>
            one.Answer is null ? store.AfterUnknown(one.Append) : store.After(one.Append, one.Answer) is { } after ? [after] : []));

    private static IEnumerable<List<(Append Append, AppendResult? Answer)>> Orders(List<(Append Append, AppendResult? Answer)> all) => all.Count <= 1
        ? [all]
        : all.SelectMany((first, at) => Orders([.. all.Where((_, other) => other != at)]).Select(rest => rest.Prepend(first).ToList()));

    private static async Task<AppendResult?> TryAsync(CaseFlowDatabase ending, Append append)
    {
        try
        {
            return await ending.Store.AppendAsync(append, CancellationToken.None);
        }
        catch (Exception lost) when (IsEnd(lost))
        {
            return null;
        }
    }

    private Append AppendOf(Wish wish)
    {
        if (wish.Repeats is { } before && before < asked.Count)
            return asked[^(before + 1)];
        var tenant = Tenants[wish.Tenant];
        var parts = wish.Parts.Select(part => PartOf(tenant, part)).ToList();
        // An append of guards alone keeps no answer: there would be nothing to answer for.
        var answer = wish.Key is { } number && parts.Any(part => part.Events.Count > 0)
            ? new StoredAnswer("model", $"key-{number}", [1], 200, $"\"{Guid.NewGuid()}\"")
            : null;
        return new Append(tenant, parts, new AppendMetadata("model"), answer);
    }

    private StreamAppend PartOf(string tenant, Part part)
    {
        var (stream, now) = (streams[part.Stream], (long)possible[0].Stream(tenant, streams[part.Stream]).Count);
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

    private Task CatchUpAsync() => InTheEndAsync(() => store.CatchUpAsync(CancellationToken.None));

    /// <summary>The pools may hold sessions that were terminated: whoever meets one begins again, from where it had come to.</summary>
    private async Task InTheEndAsync(Func<Task> work)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception lost) when (shaken && tries < 20 && Weather.IsFault(lost))
            {
                await Task.Delay(20);
            }
        }
    }

    private async Task RestartAsync()
    {
        shaken = false;
        await store.DisposeAsync();
        store = new CaseFlowDatabase(server.ConnectionString("model", database), key);
    }

    private async Task RebuildAsync()
    {
        await CatchUpAsync();
        await InTheEndAsync(async () => (await Rebuilt.DifferencesAsync(server, store, database)).ShouldBeEmpty("a rebuild changes no row of any table"));
    }

    /// <summary>Each event lies in the log once, in the order of its stream, and has its entry in the timeline.</summary>
    private async Task ShouldShowEverythingAsync()
    {
        var log = await store.Store.ReadLogAsync(0).ToListAsync();
        log.Select(recorded => recorded.Position).ShouldBe(Enumerable.Range(1, log.Count).Select(position => (long?)position));
        log.Count(recorded => Tenants.Contains(recorded.TenantId)).ShouldBe(possible[0].Count);
        var rows = (await server.AskAsync<string?>("select string_agg(v::text, E'\\n') from views.timeline v", database) ?? "").Split('\n');
        foreach (var tenant in Tenants)
        {
            var own = log.Where(recorded => recorded.TenantId == tenant).ToList();
            foreach (var stream in streams)
                own.Where(recorded => recorded.StreamId == stream).Select(recorded => recorded.EventId).ShouldBe(possible[0].Stream(tenant, stream));
            var entries = rows.Where(row => row.StartsWith($"({tenant},", StringComparison.Ordinal)).ToList();
            entries.Count.ShouldBe(own.Count);
            own.ShouldAllBe(recorded => entries.Count(entry => entry.Contains($"{recorded.EventId}", StringComparison.Ordinal)) == 1);
        }
    }

    private static IEnumerable<Guid> Ids(IReadOnlyDictionary<Guid, StreamEvents> stored, Guid stream) =>
        stored.TryGetValue(stream, out var read) ? read.Events.Select(recorded => recorded.EventId) : [];

    private string Fingerprint(PlainStore one) => string.Join(
        '/', one.Answers.OrderBy(answer => answer.Key, StringComparer.Ordinal).Select(answer => $"{answer.Key}={answer.Value}")
            .Concat(Tenants.SelectMany(tenant => streams.Select(stream => string.Join(',', one.Stream(tenant, stream))))));

    private string Describe(Append append) => string.Join(" & ", append.Streams.Select(stream =>
        $"{stream.Events.Count} to {Array.IndexOf(streams, stream.StreamId)} at {stream.Expected.Version?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "any"}"));
}
