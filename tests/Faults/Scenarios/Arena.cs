using System.Diagnostics;
using CaseFlow.Api.Composition;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Faults.Checks;
using CaseFlow.Faults.Load;
using CaseFlow.Faults.Servers;

namespace CaseFlow.Faults.Scenarios;

/// <summary>What a scenario proved, in figures.</summary>
internal sealed record Report(string Scenario, int Seed, int Faults, int Acknowledged, int Refused, int Unknown, int UnknownStored, long Events, TimeSpan Took, string Notes)
{
    public override string ToString() =>
        $"{Scenario} (seed {Seed}): {Faults} faults, {Acknowledged} acknowledged, {Refused} refused, {Unknown} unknown of which {UnknownStored} were stored, "
        + $"{Events} events, 0 lost, 0 doubled, views equal a rebuild, {Took.TotalSeconds:0} s{(Notes.Length > 0 ? "; " + Notes : "")}";
}

/// <summary>One database under load, the nodes that serve it, and the ledger of what they said.</summary>
internal sealed class Arena : IAsyncDisposable
{
    private const int StoreWriters = 4;

    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(60);

    private readonly Stopwatch took = Stopwatch.StartNew();
    private readonly CancellationTokenSource over = new();
    private readonly List<Node> nodes = [];
    private readonly List<string> notes = [];
    private readonly string scenario;
    private readonly string directory;
    private readonly Template template;
    private Task[] writing = [];
    private CaseFlowDatabase? writers;
    private int started;
    private bool finished;
    private TimeSpan slowestWork;

    private Arena(string scenario, int seed, Template template, string directory, Server server)
    {
        (this.scenario, Seed, this.template, this.directory, Server) = (scenario, seed, template, directory, server);
        Random = new Random(seed);
        Ledger = new Ledger(Path.Combine(directory, "ledger.txt"));
        ConnectionString = application => Server.ConnectionString(application);
    }

    public int Seed { get; }

    public Random Random { get; }

    public Ledger Ledger { get; }

    /// <summary>The server that holds the truth; another after a promotion.</summary>
    public Server Server { get; set; }

    /// <summary>How nodes and writers reach the database; a scenario may put something in between.</summary>
    public Func<string, string> ConnectionString { get; set; }

    /// <summary>What every node is started with besides.</summary>
    public IReadOnlyList<string> NodeSettings { get; set; } = [];

    public IReadOnlyList<Guid> Clients => template.Clients;

    /// <summary>Shared by every program of the database.</summary>
    public Keys Keys => template.Keys;

    public string Directory => directory;

    public int Faults { get; set; }

    public IReadOnlyList<Node> Alive
    {
        get
        {
            lock (nodes)
                return [.. nodes.Where(node => node.IsAlive)];
        }
    }

    /// <param name="scenario">Its name.</param>
    /// <param name="seed">Decides what is done to whom, and roughly when.</param>
    /// <param name="place">Puts the cluster elsewhere than in the arena's directory.</param>
    /// <param name="settings">Of the server.</param>
    public static async Task<Arena> OpenAsync(
        string scenario, int seed, Func<string, Template, Task<Server>>? place = null, params string[] settings)
    {
        var template = await Template.GetAsync();
        var directory = Machine.NewDirectory();
        var server = await (place?.Invoke(directory, template) ?? Server.CopyAsync(template.Cluster, Path.Combine(directory, "cluster")));
        await server.StartAsync(settings);
        return new Arena(scenario, seed, template, directory, server);
    }

    public async Task<Node> StartNodeAsync()
    {
        var name = $"node-{Interlocked.Increment(ref started)}";
        var node = await Node.StartAsync(name, ConnectionString(name), template.Keys, NodeSettings);
        lock (nodes)
            nodes.Add(node);
        Mark($"{name} started");
        return node;
    }

    public void Kill(Node node)
    {
        node.Kill();
        Faults++;
    }

    public void Mark(string what)
    {
        if (Environment.GetEnvironmentVariable("CASEFLOW_FAULT_TRACE") is not null)
            Console.WriteLine($"{took.Elapsed.TotalSeconds:0.0} {what}");
    }

    public void Note(string note) => notes.Add(note);

    /// <summary>Writers at the store itself and at the doors begin, and go on through whatever happens.</summary>
    public void StartWriting()
    {
        writers = new CaseFlowDatabase(ConnectionString("writers"), FileWrappingKey.OpenOrCreate(template.Keys.WrappingKeyFile));
        var store = Enumerable.Range(0, StoreWriters)
            .Select(n => new StoreWriter($"writer-{n}", writers.Store, Ledger, Random.Next()).RunAsync(over.Token));
        var doors = Template.Dispatchers
            .Select(dispatcher => new DoorWriter(dispatcher, Template.Agent, Clients, () => Alive, Ledger, Random.Next()).RunAsync(over.Token));
        writing = [.. store, .. doors];
    }

    /// <summary>
    /// Lets a random time pass, in which the store must have acknowledged something and every node that nobody killed a
    /// request that was sent since.
    /// </summary>
    public async Task WorkAsync(int atLeast, int atMost)
    {
        var before = Ledger.All.Count(asked => asked.Outcome is Outcome.Acknowledged);
        var (waited, since, serving) = (Stopwatch.StartNew(), Stopwatch.GetTimestamp(), Alive);
        await Task.Delay(Random.Next(atLeast, atMost));
        await Machine.UntilAsync(
            $"the work goes on by itself (seed {Seed}); {LastWords()}", Recovery,
            () =>
            {
                NoNodeShouldHaveEnded();
                return Task.FromResult(
                    serving.All(node => node.LastAcknowledged > since) && Ledger.All.Count(asked => asked.Outcome is Outcome.Acknowledged) > before + 10);
            });
        slowestWork = waited.Elapsed > slowestWork ? waited.Elapsed : slowestWork;
        Mark($"worked {waited.Elapsed.TotalSeconds:0.0}");
    }

    /// <summary>Ends the load; the nodes go on.</summary>
    public async Task EndWritingAsync()
    {
        await over.CancelAsync();
        await Task.WhenAll(writing).WaitAsync(Recovery);
        Mark("writers ended");
    }

    /// <summary>Ends the load, waits until the program has caught up by itself, settles what is unknown and checks everything.</summary>
    public async Task<Report> FinishAsync()
    {
        await EndWritingAsync();
        NoNodeShouldHaveEnded();
        await CaughtUpAsync();
        Mark("caught up");
        var checker = new Checker(Server, Ledger);
        var (unknown, unknownStored) = await checker.SettleAsync();
        Mark("settled");
        await CaughtUpAsync();
        NoNodeShouldHaveEnded();
        foreach (var node in Alive)
            node.Kill();
        await checker.CheckAsync();
        foreach (var line in Server.Log.Split('\n').Where(line => IsCollision(line)))
            checker.Wrong(true, $"transactions got in each other's way: {line}");
        Mark("checked");
        await using (var quiet = new CaseFlowDatabase(Server.ConnectionString("rebuild"), FileWrappingKey.OpenOrCreate(template.Keys.WrappingKeyFile)))
        {
            foreach (var difference in await Rebuilt.DifferencesAsync(Server, quiet))
                checker.Wrong(true, difference);
        }

        Mark("rebuilt");
        checker.ShouldBeClean($"{scenario}, seed {Seed}; the ledger is {Path.Combine(directory, "ledger.txt")}");
        finished = true;
        return new Report(
            scenario, Seed, Faults, Ledger.All.Count(asked => asked.Outcome is Outcome.Acknowledged), Ledger.All.Count(asked => asked.Outcome is Outcome.Refused),
            unknown, unknownStored, await Server.AskAsync<long>("select count(*) from caseflow.mt_events", "caseflow"), took.Elapsed, string.Join(", ", notes));
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        foreach (var node in nodes)
            node.Dispose();
        if (writers is not null)
            await writers.DisposeAsync();
        await Server.DisposeAsync();
        Ledger.Dispose();
        over.Dispose();
        // After a failure the ledger stays for whoever looks into it.
        foreach (var inside in System.IO.Directory.GetDirectories(directory))
            System.IO.Directory.Delete(inside, recursive: true);
        if (finished)
            System.IO.Directory.Delete(directory, recursive: true);
    }

    /// <summary>A rebuild that would take its view's place gives way to whoever is in its way, and tries again.</summary>
    private static bool IsCollision(string line) =>
        (line.Contains("deadlock detected", StringComparison.Ordinal) || line.Contains("could not serialize", StringComparison.Ordinal))
        && !line.Contains($"] {Rebuilds.Name} ", StringComparison.Ordinal);

    private void NoNodeShouldHaveEnded()
    {
        lock (nodes)
        {
            nodes.Where(node => node.EndedByItself).Select(node => $"{node.Name} ended by itself and said last: {string.Join('\n', node.Output.Split('\n').TakeLast(10))}")
                .ShouldBeEmpty($"{scenario}, seed {Seed}");
        }
    }

    private string LastWords() => string.Join('\n', Alive.Select(node => $"{node.Name}: {string.Join('\n', node.Output.Split('\n').TakeLast(3))}"));

    private Task CaughtUpAsync() => Machine.UntilAsync(
        $"every event is placed and every view shows it (seed {Seed})", Recovery, async () => await Checker.BehindAsync(Server) == 0);
}
