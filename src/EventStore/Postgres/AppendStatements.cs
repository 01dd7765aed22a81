namespace CaseFlow.EventStore.Postgres;

/// <summary>
/// The statements of an append to one stream, put together from their parts: how the stream is taken, whether an answer is
/// kept, one event or many. Within each the fence comes before any sequence number, the stream before its answer, and the answer
/// before the events: what is refused draws no number. What a statement does not need it does not start: every node of a plan
/// costs an append its microseconds.
/// </summary>
internal sealed class AppendStatements
{
    private readonly Dictionary<(string Stream, bool Many, bool Answered), StatementText> alone = [];
    private readonly Dictionary<string, StatementText> inBatch = [];

    public AppendStatements(StoreSql sql)
    {
        string Part(string name) => sql[$"Postgres.Statements.AppendParts.{name}"].Trim();
        StatementText Statement(string fence, string stream, string head, bool many, bool answered) => new(sql["Postgres.Statements.append"]
            .Replace("{fence}", fence, StringComparison.Ordinal)
            .Replace("{stream}", Part(stream), StringComparison.Ordinal)
            .Replace("{answer}", answered ? $", answer as (\n    {Part("answer")}\n)" : "", StringComparison.Ordinal)
            .Replace("{head}", head, StringComparison.Ordinal)
            .Replace("{events}", many ? "unnest(@ids, @data, @types, @dotnet_types, @headers) with ordinality" : "(values (@id, @data, @type, @dotnet_type, @headers, 1))", StringComparison.Ordinal)
            .Replace("{once_answered}", (answered ? "where (select count(*) from answer) >= 0 " : "") + (many ? "order by e.ordinal" : ""), StringComparison.Ordinal));

        foreach (var stream in (string[])["stream_at_version", "stream_new", "stream_at_any_version"])
        {
            foreach (var (many, answered) in ((bool, bool)[])[(false, false), (false, true), (true, false), (true, true)])
                alone[(stream, many, answered)] = Statement(Part("fence"), stream, "stream", many, answered);
            // The batch has taken the fence already, and keeps its answer after all of its streams.
            inBatch[stream] = Statement("select", stream, Part("refusing_head"), many: true, answered: false);
        }
    }

    /// <summary>A whole append; its row has a null version when the stream was elsewhere.</summary>
    public StatementText Alone(ExpectedVersion expected, bool many, bool answered) => alone[(StreamPart(expected), many, answered)];

    /// <summary>One stream of a batch that holds the fence; raises when the stream is elsewhere.</summary>
    public StatementText InBatch(ExpectedVersion expected) => inBatch[StreamPart(expected)];

    private static string StreamPart(ExpectedVersion expected) => expected.Version switch
    {
        null => "stream_at_any_version",
        0 => "stream_new",
        _ => "stream_at_version",
    };
}
