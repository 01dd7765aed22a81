using System.Runtime.InteropServices;
using Npgsql;

namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>
/// A <see cref="TableView{TRow}"/> being rebuilt: rows are folded in memory and copied when the position is kept or memory is
/// full; what was copied before is merged.
/// </summary>
internal sealed class TableShadow<TRow>(TableView<TRow> view, RebuildSession session, ViewOptions options)
    : ShadowOfTables(new(view.Name, view.Tables, options, session)), IShadow
    where TRow : class
{
    private const int WeightOfKey = 300;
    private const int WeightOfByte = 4;
    private const int SampleEvery = 64;

    private readonly TableShape<TRow> shape = view.Rows.Shape;
    private readonly Dictionary<RowKey, TableRow<TRow>> known = [];
    private KeyFilter stored = new();
    private bool findsByKey;
    private double usualLength = 200;
    private int folded;

    public bool IsFull => known.Count * (WeightOfKey + (usualLength * WeightOfByte)) > options.RebuildMemory;

    public Task CreateAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        Tables.CreateAsync(connection, shape.BareTableSql, cancellation);

    /// <remarks>Rows are written in the transaction that keeps the position: there is nothing after it.</remarks>
    public Task TakeBackAsync(NpgsqlConnection connection, long position, CancellationToken cancellation)
    {
        stored.AddEverything();
        return Task.CompletedTask;
    }

    public async Task FoldAsync(IReadOnlyList<RecordedEvent> page, CancellationToken cancellation)
    {
        var touches = new List<(TableRow<TRow> Row, string Key, RecordedEvent Recorded)>(page.Count);
        Dictionary<RowKey, TableRow<TRow>>? missing = null;
        foreach (var recorded in page)
        {
            foreach (var key in KeysTouched(recorded))
            {
                ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(known, new(recorded.TenantId, key), out var isKnown);
                if (!isKnown)
                {
                    row = new();
                    if (stored.MayHold(new(recorded.TenantId, key)))
                        (missing ??= []).Add(new(recorded.TenantId, key), row);
                }

                touches.Add((row!, key, recorded));
            }
        }

        if (missing is not null)
            await LoadAsync(missing, cancellation);
        foreach (var (row, key, recorded) in touches)
        {
            Fold(row, key, recorded);
            if (++folded % SampleEvery == 0 && row.Row is { } sample)
                usualLength += (view.ToJson(sample).Length - usualLength) / 16;
        }
    }

    public async Task KeepAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var changed = known.Where(entry => entry.Value.HasChanged).ToList();
        var merged = changed.Where(entry => entry.Value.IsStored).ToList();
        if (merged.Count > 0)
        {
            await FindByKeyAsync(connection, cancellation);
            await view.Rows.MergeAsync(connection, merged, cancellation);
        }

        await view.Rows.CopyAsync(connection, changed.Where(entry => entry.Value is { HasChanged: true, IsStored: false }), cancellation);
        if (!IsFull)
            return;
        foreach (var key in known.Keys)
            stored.Add(key);
        known.Clear();
    }

    public Task CompleteAsync(CancellationToken cancellation) => Tables.CompleteAsync([shape.Key, .. shape.Indexes], cancellation);

    public void Forget()
    {
        known.Clear();
        stored = new();
        stored.AddEverything();
    }

    private Task LoadAsync(Dictionary<RowKey, TableRow<TRow>> missing, CancellationToken cancellation) => session.InTransactionAsync(
        async connection =>
        {
            await FindByKeyAsync(connection, cancellation);
            await view.Rows.LoadAsync(connection, missing, cancellation);
        },
        cancellation);

    private async Task FindByKeyAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (findsByKey)
            return;
        await Tables.AddAsync(connection, shape.Key.Name, shape.Key.Sql, cancellation);
        findsByKey = true;
    }

    private IReadOnlyList<string> KeysTouched(RecordedEvent recorded)
    {
        try
        {
            return view.KeysTouched(recorded);
        }
        catch (Exception failure)
        {
            throw ViewFailedException.At(view.Name, view.Version, recorded, failure);
        }
    }

    private void Fold(TableRow<TRow> row, string key, RecordedEvent recorded)
    {
        try
        {
            view.Fold(row, key, recorded);
        }
        catch (Exception failure)
        {
            throw ViewFailedException.At(view.Name, view.Version, recorded, failure);
        }
    }
}
