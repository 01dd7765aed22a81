using System.Text.RegularExpressions;
using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>
/// An inline view being rebuilt. Its statements name the tables with their schema; they are sent to the tables aside by
/// putting those names in their place.
/// </summary>
internal sealed class InlineShadow(IInlineView view, StoreSql sql, RebuildSession session, ViewOptions options)
    : ShadowOfTables(new(view.Name, [.. view.Tables.Select(Plain)], options, session)), IShadow
{
    private const int BatchSize = 500;

    private readonly ViewSql viewSql = new(options);
    private IReadOnlyList<RecordedEvent> waiting = [];

    public bool IsFull => true;

    public Task CreateAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        Tables.CreateAsync(connection, Aside(sql.Fill(view.TablesSql)), cancellation);

    public Task TakeBackAsync(NpgsqlConnection connection, long position, CancellationToken cancellation) => Task.CompletedTask;

    public Task FoldAsync(IReadOnlyList<RecordedEvent> page, CancellationToken cancellation)
    {
        waiting = page;
        return Task.CompletedTask;
    }

    public async Task KeepAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var events = waiting;
        waiting = [];
        foreach (var chunk in events.Chunk(BatchSize))
            await ReplayAsync(connection, chunk, cancellation);
    }

    public Task CompleteAsync(CancellationToken cancellation) => Tables.CompleteAsync([], cancellation);

    public void Forget() => waiting = [];

    /// <summary>Keeps appends from changing the live rows; they can be read.</summary>
    public Task ShareLiveAsync(NpgsqlConnection connection, CancellationToken cancellation) => Tables.ShareLiveAsync(connection, cancellation);

    private async Task ReplayAsync(NpgsqlConnection connection, RecordedEvent[] events, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        var origins = new List<RecordedEvent>();
        foreach (var recorded in events)
        {
            foreach (var row in Rows(recorded))
            {
                row.CommandText = Aside(row.CommandText);
                batch.BatchCommands.Add(row);
                origins.Add(recorded);
            }
        }

        if (origins.Count == 0)
            return;
        try
        {
            await batch.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException refused) when (refused.BatchCommand is NpgsqlBatchCommand command)
        {
            throw ViewFailedException.At(view.Name, 1, origins[batch.BatchCommands.IndexOf(command)], refused);
        }
    }

    private List<NpgsqlBatchCommand> Rows(RecordedEvent recorded)
    {
        try
        {
            return [.. view.RowsFor(new(recorded.TenantId, recorded.StreamId, recorded.Version, recorded.EventId, recorded.Data) { IsReplayed = true, Headers = recorded.Headers })];
        }
        catch (Exception failure)
        {
            throw ViewFailedException.At(view.Name, 1, recorded, failure);
        }
    }

    private string Aside(string statement) => view.Tables.Select(Plain).Aggregate(
        statement,
        (sofar, table) => Regex.Replace(sofar, $@"\b{Regex.Escape(viewSql.InViews(table))}\b", viewSql.Aside(table), RegexOptions.CultureInvariant));

    private static string Plain(string table) => table[(table.LastIndexOf('.') + 1)..];
}
