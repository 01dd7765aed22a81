using System.Collections.Concurrent;
using System.Reflection;

namespace CaseFlow.EventStore.Postgres;

/// <summary>The statements beside the code, by folder and file name, with schema names filled in.</summary>
internal sealed class StoreSql(EventStoreOptions options)
{
    private const string Root = "CaseFlow.EventStore.";
    private static readonly Assembly Home = typeof(StoreSql).Assembly;
    private readonly ConcurrentDictionary<string, string> filled = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StatementText> texts = new(StringComparer.Ordinal);

    /// <param name="name">For example <c>Postgres.Statements.read_stream</c>.</param>
    public string this[string name] => filled.GetOrAdd(name, static (key, self) => self.Fill(Load(key)), this);

    /// <summary>The same with its parameters by place.</summary>
    public StatementText Text(string name) => texts.GetOrAdd(name, static (key, self) => new StatementText(self[key]), this);

    /// <summary>Fills <c>{schema}</c> and <c>{views}</c>; both are validated identifiers.</summary>
    public string Fill(string statement) => statement
        .Replace("{schema}", options.Schema, StringComparison.Ordinal)
        .Replace("{views}", options.ViewsSchema, StringComparison.Ordinal);

    /// <summary>Names of the statements in one folder.</summary>
    public static IEnumerable<string> NamesIn(string folder) =>
        from resource in Home.GetManifestResourceNames()
        where resource.StartsWith($"{Root}{folder}.", StringComparison.Ordinal)
        select resource[(Root.Length + folder.Length + 1)..^".sql".Length];

    private static string Load(string name)
    {
        using var stream = Home.GetManifestResourceStream($"{Root}{name}.sql")
            ?? throw new InvalidOperationException($"No statement {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
