using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CaseFlow.Benchmarks;

/// <summary>
/// The plans of the very statements that the program sends: the server explains each one as it runs (auto_explain with
/// analyze and buffers) and tells the driver, whose log is read here.
/// </summary>
internal sealed partial class Plans : ILoggerFactory, ILogger
{
    private readonly List<JsonElement> told = [];

    /// <summary>A pool whose statements over views are explained.</summary>
    public NpgsqlDataSource Explaining(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Options = "-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 -c auto_explain.log_analyze=on "
                + "-c auto_explain.log_buffers=on -c auto_explain.log_format=json -c client_min_messages=log",
        };
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).UseLoggerFactory(this).Build();
    }

    /// <summary>The plans since the last call.</summary>
    public IReadOnlyList<Plan> Take()
    {
        lock (told)
        {
            var plans = told.Select(one => new Plan(one.GetProperty("Query Text").GetString()!, one.GetProperty("Plan"))).ToList();
            told.Clear();
            return [.. plans.Where(plan => plan.Query.Contains("views.", StringComparison.Ordinal))];
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (Explanation().Match(formatter(state, exception)) is not { Success: true } found)
            return;
        using var parsed = JsonDocument.Parse(found.Groups[1].Value);
        lock (told)
            told.Add(parsed.RootElement.Clone());
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    [GeneratedRegex(@"duration: [\d.]+ ms  plan:\s*(\{.*\})", RegexOptions.Singleline)]
    private static partial Regex Explanation();
}

/// <summary>One executed plan.</summary>
internal sealed record Plan(string Query, JsonElement Root)
{
    public double Milliseconds => Root.GetProperty("Actual Total Time").GetDouble();

    public long Buffers => Number(Root, "Shared Hit Blocks") + Number(Root, "Shared Read Blocks");

    /// <summary>What a page must not need: a whole table, or more rows sorted than the page has.</summary>
    /// <param name="pageRows">Rows of a page, and the one that tells whether there is a next.</param>
    public IEnumerable<string> Faults(int pageRows) => Nodes(Root).SelectMany(node => Type(node) switch
    {
        "Seq Scan" => [$"Seq Scan on {Text(node, "Relation Name")}"],
        // Presorted groups are sorted one by one, so it may read one group more than the page needs.
        "Incremental Sort" when Below(node) > 2 * pageRows => [$"Incremental Sort of {Below(node)} rows"],
        "Sort" when Below(node) > pageRows => [$"Sort of {Below(node)} rows"],
        _ => Enumerable.Empty<string>(),
    });

    /// <summary>One line: the nodes from the top, with rows given, rows thrown away and pages touched.</summary>
    public string Short()
    {
        var line = new StringBuilder();
        foreach (var node in Nodes(Root).Where(node => Type(node) is not ("Limit" or "Result" or "Subquery Scan")).DistinctBy(node => (Type(node), Text(node, "Index Name"), Rows(node))))
        {
            line.Append(line.Length == 0 ? "" : " < ").Append(Type(node));
            if ((Text(node, "Index Name") ?? Text(node, "Relation Name")) is { } on)
                line.Append(' ').Append(on);
            line.Append(" (").Append(Rows(node)).Append(Removed(node) is > 0 and var removed ? $" of {removed + Rows(node)}" : "").Append(')');
        }

        return line.ToString();
    }

    /// <summary>All nodes, indented, with conditions.</summary>
    public string Full()
    {
        var text = new StringBuilder();
        Write(Root, 0);
        return text.ToString();

        void Write(JsonElement node, int depth)
        {
            text.Append(' ', 2 * depth).Append(Type(node)).Append(' ').Append(Text(node, "Index Name") ?? Text(node, "Relation Name"));
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $" rows={Rows(node)} removed={Removed(node)} ms={node.GetProperty("Actual Total Time").GetDouble():0.000} buffers={Number(node, "Shared Hit Blocks") + Number(node, "Shared Read Blocks")}\n");
            foreach (var condition in new[] { "Index Cond", "Recheck Cond", "Filter", "Sort Key" })
            {
                if (node.TryGetProperty(condition, out var said))
                    text.Append(' ', (2 * depth) + 4).Append(condition).Append(": ").Append(said.ToString().Length > 300 ? said.ToString()[..300] + "…" : said.ToString()).Append('\n');
            }

            foreach (var child in Children(node))
                Write(child, depth + 1);
        }
    }

    private static IEnumerable<JsonElement> Nodes(JsonElement node) => Children(node).SelectMany(Nodes).Prepend(node);

    private static JsonElement.ArrayEnumerator Children(JsonElement node) => node.TryGetProperty("Plans", out var children) ? children.EnumerateArray() : default;

    private static long Below(JsonElement node) => Children(node).Sum(Rows);

    private static long Rows(JsonElement node) => (long)(node.GetProperty("Actual Rows").GetDouble() * node.GetProperty("Actual Loops").GetDouble());

    private static long Removed(JsonElement node) => (long)(Number(node, "Rows Removed by Filter") * node.GetProperty("Actual Loops").GetDouble());

    private static string Type(JsonElement node) => Text(node, "Node Type")!;

    private static string? Text(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static long Number(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? value.GetInt64() : 0;
}
