namespace CaseFlow.Benchmarks.Engine;

/// <summary>Other event stores on the same server in the same run, fetched with npm once and kept beside the temporary files.</summary>
internal sealed class Peers : IAsyncDisposable
{
    private static readonly string[] Packages = ["@eventide/message-db@1.3.1", "@event-driven-io/emmett@0.42.0", "@event-driven-io/emmett-postgresql@0.42.0"];

    public MessageDb? MessageDb { get; private set; }

    /// <summary>Why it is not there.</summary>
    public string? MessageDbMissing { get; private set; }

    public Emmett? Emmett { get; private set; }

    public string? EmmettMissing { get; private set; }

    /// <summary>Starts what can be started; what cannot says why, and nothing else breaks.</summary>
    public static async Task<Peers> StartAsync(BenchServer server)
    {
        var peers = new Peers();
        try
        {
            var directory = await InstallAsync();
            try
            {
                peers.MessageDb = await MessageDb.InstallAsync(server, directory);
            }
            catch (Exception failed) when (failed is MissingToolException or InvalidOperationException or IOException)
            {
                peers.MessageDbMissing = failed.Message;
            }

            try
            {
                peers.Emmett = await Emmett.StartAsync(server, directory);
            }
            catch (Exception failed) when (failed is MissingToolException or InvalidOperationException or IOException)
            {
                peers.EmmettMissing = failed.Message;
            }
        }
        catch (Exception failed) when (failed is MissingToolException or InvalidOperationException)
        {
            peers.MessageDbMissing = peers.EmmettMissing = failed.Message;
        }

        foreach (var (name, missing) in new[] { ("message-db", peers.MessageDbMissing), ("Emmett", peers.EmmettMissing) })
        {
            if (missing is not null)
                Console.WriteLine($"  {name} is not measured: {missing}");
        }

        return peers;
    }

    public async ValueTask DisposeAsync()
    {
        if (Emmett is not null)
            await Emmett.DisposeAsync();
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
