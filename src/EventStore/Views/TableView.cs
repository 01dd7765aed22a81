using System.Text.Json;
using System.Text.Json.Serialization;
using CaseFlow.EventStore.Views.Rebuilding;
using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>
/// A view that answers for now only: one row per key, the fold of the key's events in log order. For counters and lists that
/// nobody asks about the past; <see cref="HistoryView{TRow}"/> answers for the past and costs about five times as much.
/// </summary>
/// <remarks>
/// Columns <c>tenant_id</c>, <c>key</c>, the view's own, <c>row</c> as <c>jsonb</c>, and <c>position</c>, the log position of
/// the last event of the key. A row reads back from its JSON as it was, as in the other views.
/// </remarks>
public abstract class TableView<TRow> : IView, IShadowed
    where TRow : class
{
    private static readonly JsonSerializerOptions PlainJson = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private TableRows<TRow>? rows;

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract int Version { get; }

    /// <summary>The columns beside the row's JSON; plain ones, no lists.</summary>
    public virtual IReadOnlyList<ViewColumn<TRow>> Columns => [];

    /// <summary>Lists of columns to be found and sorted by, each within the tenant.</summary>
    public virtual IReadOnlyList<IReadOnlyList<string>> Indexes => [];

    /// <inheritdoc/>
    public string TablesSql => Rows.Shape.TablesSql;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => [Name];

    /// <summary>How a row is written as JSON and read back.</summary>
    protected internal virtual JsonSerializerOptions Json => PlainJson;

    internal TableRows<TRow> Rows => rows ??= new(this);

    /// <inheritdoc/>
    public bool Concerns(RecordedEvent recorded) => KeysOf(recorded).Any();

    /// <inheritdoc/>
    public async Task ApplyAsync(LogPage page, CancellationToken cancellation)
    {
        var touched = new Dictionary<RowKey, TableRow<TRow>>();
        foreach (var recorded in page.Events)
        {
            foreach (var key in KeysTouched(recorded))
                touched[new(recorded.TenantId, key)] = new();
        }

        if (touched.Count == 0)
            return;
        await Rows.LoadAsync(page.Connection, touched, cancellation);
        foreach (var recorded in page.Events)
        {
            foreach (var key in KeysTouched(recorded))
                Fold(touched[new(recorded.TenantId, key)], key, recorded);
        }

        await Rows.MergeAsync(page.Connection, touched, cancellation);
    }

    /// <summary>Looks one row up, in one statement: whole before a rebuild takes its place and whole after.</summary>
    /// <returns>The row and the position of its last event; null when the key has none.</returns>
    public async Task<(TRow Row, long Position)?> FindAsync(
        NpgsqlDataSource source, string tenantId, string key, ViewOptions? options = null, CancellationToken cancellation = default)
    {
        await using var question = new TenantQuestion(
            source, tenantId, $"select row::text, position from {new ViewSql(options ?? new()).InViews(Name)} where tenant_id = @tenant and key = @key");
        question.Parameters.AddWithValue("key", key);
        await using var reader = await question.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (FromJson(reader.GetString(0)), reader.GetInt64(1)) : null;
    }

    IShadow IShadowed.ShadowIn(RebuildSession session, ViewOptions options, IPastEvents past) => new TableShadow<TRow>(this, session, options);

    /// <summary>Each once.</summary>
    internal IReadOnlyList<string> KeysTouched(RecordedEvent recorded) => RowKey.Distinct(KeysOf(recorded));

    internal void Fold(TableRow<TRow> row, string key, RecordedEvent recorded) =>
        row.Become(Evolve(row.Row, key, recorded), recorded.Position!.Value);

    internal byte[] ToJson(TRow row) => JsonSerializer.SerializeToUtf8Bytes(row, Json);

    internal TRow FromJson(string json) => JsonSerializer.Deserialize<TRow>(json, Json)!;

    /// <returns>The keys whose rows the event touches, from the event alone; none for an event not shown.</returns>
    protected abstract IEnumerable<string> KeysOf(RecordedEvent recorded);

    /// <returns>The row after the event; null for no row. Pure.</returns>
    protected abstract TRow? Evolve(TRow? row, string key, RecordedEvent recorded);
}

/// <summary>A key's row, and whether the table has it so.</summary>
internal sealed class TableRow<TRow>
    where TRow : class
{
    public TRow? Row { get; private set; }

    /// <summary>Of the last event of the key.</summary>
    public long Position { get; private set; }

    /// <summary>The table has a row of this key.</summary>
    public bool IsStored { get; private set; }

    /// <summary>The table has another row than this.</summary>
    public bool HasChanged { get; private set; }

    public void Load(TRow row, long position) => (Row, Position, IsStored) = (row, position, true);

    public void Become(TRow? row, long position) => (Row, Position, HasChanged) = (row, position, true);

    public void Written() => (IsStored, HasChanged) = (Row is not null, false);
}
