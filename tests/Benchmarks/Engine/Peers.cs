using Npgsql;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>
/// Other event stores on the same server in the same run. Those of Node.js are fetched with npm once and kept beside the temporary
/// files; Marten is a package of this program.
/// </summary>
internal sealed class Peers : IAsyncDisposable
{
    private static readonly string[] Packages = ["@eventide/message-db@1.3.1", "@event-driven-io/emmett@0.42.0", "@event-driven-io/emmett-postgresql@0.42.0"];

    private readonly Dictionary<string, string> missing = [];

    public MessageDb? MessageDb { get; private set; }

    public Emmett? Emmett { get; private set; }

    public MartenPeer? Marten { get; private set; }

    /// <summary>Why one is not there, by name.</summary>
    public IReadOnlyDictionary<string, string> Missing => missing;

    /// <summary>Starts what can be started; what cannot says why, and nothing else breaks.</summary>
    public static async Task<Peers> StartAsync(BenchServer server)
    {
        var peers = new Peers();
        await peers.TryAsync("Marten", async () => peers.Marten = await MartenPeer.InstallAsync(server));
        string? directory = null;
        await peers.TryAsync("message-db", async () => peers.MessageDb = await MessageDb.InstallAsync(server, directory ??= await InstallAsync()));
        await peers.TryAsync("Emmett", async () => peers.Emmett = await Emmett.StartAsync(server, directory ??= await InstallAsync()));
        return peers;
    }

    private async Task TryAsync(string name, Func<Task> start)
    {
        try
        {
            await start();
        }
        catch (Exception failed) when (failed is MissingToolException or InvalidOperationException or IOException or NpgsqlException)
        {
            missing[name] = failed.Message;
            Console.WriteLine($"  {name} is not measured: {failed.Message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Emmett is not null)
            await Emmett.DisposeAsync();
        if (Marten is not null)
            await Marten.DisposeAsync();
    }

    private static async Task<string> InstallAsync()
    {
        var directory = Path.Combine(Path.GetTempPath(), "caseflow-bench-peers");
        var complete = Path.Combine(directory, "complete");
        if (File.Exists(complete) && await File.ReadAllTextAsync(complete) == string.Join(' ', Packages))
            return directory;
        Directory.CreateDirectory(directory);
        await Tool.RunAsync(
            "npm", ["install", "--prefix", directory, "--ignore-scripts", "--no-audit", "--no-fund", .. Packages], directory: directory,
            missing: "The peers come with npm: install Node.js 20 or newer with npm.");
        await File.WriteAllTextAsync(complete, string.Join(' ', Packages));
        return directory;
    }
}
