using System.Globalization;
using System.Text.RegularExpressions;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>PostgreSQL's own load generator: what the server gives to a client that does nothing else.</summary>
internal static partial class PgBench
{
    /// <param name="name">Whose work it is in the table.</param>
    /// <param name="connectionString">The database.</param>
    /// <param name="clients">Connections at work.</param>
    /// <param name="worth">Events in one transaction of the script.</param>
    /// <param name="script">SQL with <c>:variables</c>.</param>
    /// <param name="variables">Made anew for every slice.</param>
    public static Side Side(
        BenchServer server, string name, string connectionString, int clients, int worth, string script,
        Func<IReadOnlyDictionary<string, string>> variables, string? options = null)
    {
        var file = Path.Combine(Path.GetTempPath(), $"caseflow-bench-{Guid.NewGuid():N}.sql");
        return new Side(name, RunAsync, InChild: true);

        async Task<Done> RunAsync(TimeSpan time)
        {
            await File.WriteAllTextAsync(file, script);
            List<string> arguments =
            [
                "--no-vacuum", "--protocol=prepared", $"--client={clients}", $"--jobs={Math.Min(clients, Environment.ProcessorCount)}",
                $"--time={Math.Max(1, (int)Math.Round(time.TotalSeconds))}", $"--file={file}",
            ];
            foreach (var (variable, value) in variables())
                arguments.AddRange(["-D", $"{variable}={value}"]);
            var environment = new Dictionary<string, string>(BenchServer.EnvironmentOf(connectionString));
            if (options is not null)
                environment["PGOPTIONS"] = options;
            var said = await Tool.RunAsync(
                server.Binary("pgbench"), arguments, environment,
                missing: "The limit is measured with pgbench: install PostgreSQL's own server package (apt-get install postgresql-contrib).");
            File.Delete(file);
            if (Failed().Match(said) is { Success: true } failed && failed.Groups[1].Value != "0")
                throw new InvalidOperationException($"pgbench: {said}");
            var (count, rate) = (Number(Transactions(), said), Number(PerSecond(), said));
            return new Done((long)count * worth, count / rate);
        }
    }

    private static double Number(Regex pattern, string said) => pattern.Match(said) is { Success: true } found
        ? double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture)
        : throw new InvalidOperationException($"pgbench said: {said}");

    [GeneratedRegex(@"number of transactions actually processed: (\d+)")]
    private static partial Regex Transactions();

    [GeneratedRegex(@"number of failed transactions: (\d+)")]
    private static partial Regex Failed();

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex PerSecond();
}
