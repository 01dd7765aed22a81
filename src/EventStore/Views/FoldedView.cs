using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CaseFlow.EventStore.Views.Rebuilding;

namespace CaseFlow.EventStore.Views;

/// <summary>
/// The shared part of <see cref="HistoryView{TRow}"/> and <see cref="EntryView{TRow}"/>: rows of a key kept as rectangles,
/// an interval of log positions by an interval of occurred time, written as the difference that each event makes.
/// </summary>
/// <remarks>
/// A row is a record of plain values and lists that reads back from its JSON as it was; a map in it is a
/// <see cref="SortedDictionary{TKey,TValue}"/> with ordinal order, because <c>jsonb</c> keeps no order of its own.
/// </remarks>
public abstract partial class FoldedView<TRow> : IView, IShadowed
    where TRow : class
{
    private static readonly JsonSerializerOptions PlainJson = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private ViewShape<TRow>? shape;
    private RowKeepers<TRow>? keepers;

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract int Version { get; }

    /// <summary>
    /// The oldest version whose stored rows this program may answer from while they are built anew: its own, unless whoever raises it
    /// knows that rows and columns of an earlier one say nothing else to this program's questions.
    /// </summary>
    public virtual int ReadableSince => Version;

    /// <summary>The columns beside the row's JSON.</summary>
    public abstract IReadOnlyList<ViewColumn<TRow>> Columns { get; }

    /// <summary>The ways it is read; each gets its indexes.</summary>
    public abstract IReadOnlyList<ViewOrder> Orders { get; }

    /// <summary>
    /// The scopes whose last change is found by an index, each a list of columns beside the jurisdiction; a scope not listed is
    /// found by an order's index over the rows of the scope.
    /// </summary>
    public virtual IReadOnlyList<IReadOnlyList<string>> Scopes { get; } = [[]];

    /// <inheritdoc/>
    public string TablesSql => Shape.TablesSql;

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => Shape.Tables;

    /// <summary>Keys kept in memory between pages, of all tenants together.</summary>
    protected internal virtual int CachedKeys => 20_000;

    /// <summary>How a row is written as JSON and read back.</summary>
    protected internal virtual JsonSerializerOptions Json => PlainJson;

    internal ViewShape<TRow> Shape => shape ??= new(Checked(Name), Columns, Orders, Scopes, KeepsHistory);

    private RowKeepers<TRow> Keepers => LazyInitializer.EnsureInitialized(ref keepers, () => new(this));

    /// <summary>Whether the positions of each key's events are kept, so that a correction can refold them.</summary>
    internal virtual bool KeepsHistory => false;

    /// <summary>Whether the usual next event of a key ends its last row: a rebuild then waits for it before it writes the row.</summary>
    internal virtual bool UsuallyGoesOn => true;

    /// <inheritdoc/>
    public bool Concerns(RecordedEvent recorded) => KeysTouched(recorded).Any();

    /// <inheritdoc/>
    public async Task ApplyAsync(LogPage page, CancellationToken cancellation)
    {
        var touches = page.Events
            .SelectMany(recorded => RowKey.Distinct(KeysTouched(recorded))
                .Select(key => new Touch(new(recorded.TenantId, key), recorded, EarliestTouched(recorded))))
            .ToList();
        var keeper = Keepers.Of(page.TenantId);
        await keeper.BeginAsync(page, touches, cancellation);
        foreach (var key in touches.GroupBy(touch => touch.Key))
            Fold(keeper.Of(key.Key), [.. key.Select(touch => touch.Recorded)]);
        await keeper.EndAsync(page, touches, cancellation);
        Keepers.Bound(page.TenantId);
    }

    IShadow IShadowed.ShadowIn(RebuildSession session, ViewOptions options, IPastEvents past) => new FoldedShadow<TRow>(this, session, options, past);

    /// <summary>The keys that an event touches, within its tenant.</summary>
    internal abstract IEnumerable<string> KeysTouched(RecordedEvent recorded);

    /// <summary>
    /// From which occurred instant on an event can change rows; null when it may be any, and the key's earlier events are
    /// wanted too.
    /// </summary>
    internal abstract DateTimeOffset? EarliestTouched(RecordedEvent recorded);

    /// <summary>Applies a page's events of one key, in position order.</summary>
    internal abstract void Fold(KeyRows<TRow> rows, IReadOnlyList<RecordedEvent> events);

    /// <summary>UTF-8; rows are the same when their JSON is.</summary>
    internal byte[] ToJson(TRow row) => JsonSerializer.SerializeToUtf8Bytes(row, Json);

    internal TRow FromJson(string json) => JsonSerializer.Deserialize<TRow>(json, Json)!;

    private static string Checked(string name) => TableName().IsMatch(name)
        ? name
        : throw new InvalidOperationException($"The view name \"{name}\" is not a short snake-case name.");

    [GeneratedRegex("^[a-z][a-z0-9_]{0,30}$")]
    private static partial Regex TableName();
}

/// <summary>A row's identity in a view.</summary>
internal readonly record struct RowKey(string TenantId, string Key)
{
    /// <summary>Each key once; most events have one and need no set for that.</summary>
    public static IReadOnlyList<string> Distinct(IEnumerable<string> keys) => keys switch
    {
        IReadOnlyList<string> { Count: <= 1 } few => few,
        _ => [.. keys.Distinct(StringComparer.Ordinal)],
    };
}

/// <summary>An event that touches a key.</summary>
internal readonly record struct Touch(RowKey Key, RecordedEvent Recorded, DateTimeOffset? From);
