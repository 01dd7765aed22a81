using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>Emmett on Node.js in a process that stays, so that its code is warm; it is told each slice and answers with its figures.</summary>
internal sealed class Emmett : IAsyncDisposable
{
    private readonly Process node;

    private Emmett(Process node) => this.node = node;

    public static async Task<Emmett> StartAsync(BenchServer server, string peers)
    {
        var database = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync());
        var script = Path.Combine(peers, "emmett.mjs");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Engine", "emmett.mjs"), script, overwrite: true); // beside its packages
        var environment = new Dictionary<string, string>
        {
            ["BENCH_DATABASE"] = $"postgresql://{database.Username}:{database.Password}@{database.Host}:{database.Port}/{database.Database}",
            ["BENCH_TYPE"] = Sample.StoredName,
            ["BENCH_DATA"] = Sample.Data,
            ["BENCH_METADATA"] = Sample.Headers,
        };
        var emmett = new Emmett(Tool.Start("node", [script], environment, peers, "Emmett runs on Node.js: install version 20 or newer."));
        if (await emmett.node.StandardOutput.ReadLineAsync() != "ready")
            throw new InvalidOperationException($"Emmett does not start: {await emmett.node.StandardError.ReadToEndAsync()}");
        emmett.node.ErrorDataReceived += (_, _) => { };
        emmett.node.BeginErrorReadLine();
        return emmett;
    }

    public Side Writing(int writers, int eventsEach) => new("Emmett", async time =>
    {
        await node.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{writers} {time.TotalSeconds} {eventsEach}"));
        var said = await node.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("Emmett ended.");
        var figures = said.Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture)).ToArray();
        return new Done((long)figures[0], figures[1], figures[2]);
    });

    public async ValueTask DisposeAsync()
    {
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        node.Dispose();
    }
}
