using Npgsql;

namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>
/// A folded view being rebuilt. A row that has ended is copied once, ended; the row at the end of each key's occurred time,
/// which the usual next event ends, stays in memory until it ends, the position is kept, or memory is full. So the usual log
/// needs no update and no look-up. Entries, which seldom change, are copied as they come. What is in the tables is looked up
/// again, by an index made when that is first needed, only for late facts, corrections, and keys that had to leave memory.
/// </summary>
internal sealed class FoldedShadow<TRow>(FoldedView<TRow> view, RebuildSession session, ViewOptions options, IPastEvents past)
    : ShadowOfTables(new(view.Name, view.Tables, options, session)), IShadow
    where TRow : class
{
    private const int WeightOfKey = 400;
    private const int WeightOfByte = 5;

    private readonly ViewShape<TRow> shape = view.Shape;
    private readonly RowTables<TRow> rowTables = new(view);
    private readonly Dictionary<RowKey, KeyRows<TRow>> known = [];
    private KeyFilter stored = new();
    private Task writing = Task.CompletedTask;
    private bool findsByKey;
    private long weight;

    public bool IsFull => weight > options.RebuildMemory;

    public Task CreateAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        Tables.CreateAsync(connection, shape.BareTablesSql, cancellation);

    /// <remarks>Rows written since the position was kept came after it, and rows that ended since then were there.</remarks>
    public async Task TakeBackAsync(NpgsqlConnection connection, long position, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(shape.TakeBackSql, connection) { CommandTimeout = 0 };
        await command.With("position", position).ExecuteNonQueryAsync(cancellation);
        stored.AddEverything();
    }

    public async Task FoldAsync(IReadOnlyList<RecordedEvent> page, CancellationToken cancellation)
    {
        var touches = Touches(page);
        await LoadAsync(touches, cancellation);
        var changed = new HashSet<KeyRows<TRow>>();
        foreach (var touch in touches)
        {
            var rows = known[touch.Key];
            try
            {
                view.Fold(rows, [touch.Recorded]);
            }
            catch (Exception failure)
            {
                throw ViewFailedException.At(view.Name, view.Version, touch.Recorded, failure);
            }

            rows.HasFolded(touch.Recorded);
            changed.Add(rows);
        }

        var changes = new RowChanges<TRow>();
        foreach (var rows in changed)
        {
            if (view.UsuallyGoesOn)
            {
                rows.GiveAllButLast(changes);
                Weigh(rows);
            }
            else
            {
                rows.GiveAll(changes);
                Leave(rows);
            }
        }

        if (shape.EventsTable is not null)
            changes.Events.AddRange(touches.Select(touch => (touch.Key, touch.Recorded.Position!.Value)));
        await writing;
        if (changes.IsEmpty)
            return;
        writing = WriteAsync(changes, cancellation);
        if (session.IsWithin)
            await writing;
    }

    public override Task SettleAsync() => writing;

    public async Task KeepAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var changes = new RowChanges<TRow>();
        foreach (var rows in known.Values.Where(rows => !rows.IsSettled))
            rows.GiveAll(changes);
        await WriteAsync(connection, changes, cancellation);
        if (!IsFull)
            return;
        foreach (var key in known.Keys)
            stored.Add(key);
        known.Clear();
        weight = 0;
    }

    public Task CompleteAsync(CancellationToken cancellation) => Tables.CompleteAsync(shape.Completion(), cancellation);

    public void Forget()
    {
        known.Clear();
        weight = 0;
        stored = new();
        stored.AddEverything();
        writing = Task.CompletedTask;
    }

    private List<Touch> Touches(IReadOnlyList<RecordedEvent> page)
    {
        var touches = new List<Touch>(page.Count);
        foreach (var recorded in page)
        {
            try
            {
                foreach (var key in RowKey.Distinct(view.KeysTouched(recorded)))
                    touches.Add(new(new(recorded.TenantId, key), recorded, view.EarliestTouched(recorded)));
            }
            catch (Exception failure)
            {
                throw ViewFailedException.At(view.Name, view.Version, recorded, failure);
            }
        }

        return touches;
    }

    private async Task LoadAsync(List<Touch> touches, CancellationToken cancellation)
    {
        var missing = new Dictionary<RowKey, DateTimeOffset>();
        var refolded = new HashSet<RowKey>();
        foreach (var (key, _, from) in touches)
        {
            var earliest = from ?? DateTimeOffset.MinValue;
            if (known.TryGetValue(key, out var rows) ? rows.LoadedFrom > earliest : stored.MayHold(key))
                missing[key] = missing.TryGetValue(key, out var sofar) && sofar < earliest ? sofar : earliest;
            else if (rows is null)
                known[key] = new(key, DateTimeOffset.MinValue);
            if (from is null)
                refolded.Add(key);
        }

        if (missing.Count == 0 && refolded.Count == 0)
            return;
        await writing;
        List<RowKey> keys = [.. refolded];
        List<List<long>> positions = [];
        await session.InTransactionAsync(
            async connection =>
            {
                await FindByKeyAsync(connection, cancellation);
                await ReloadAsync(connection, [.. missing], cancellation);
                if (keys.Count > 0)
                    positions = await rowTables.PositionsAsync(connection, keys, cancellation);
            },
            cancellation);
        await LoadPastAsync(keys, positions, cancellation);
    }

    /// <summary>What is in memory only is written first, so that the tables have all of the key.</summary>
    private async Task ReloadAsync(NpgsqlConnection connection, List<KeyValuePair<RowKey, DateTimeOffset>> missing, CancellationToken cancellation)
    {
        var changes = new RowChanges<TRow>();
        foreach (var (key, _) in missing)
        {
            if (known.Remove(key, out var rows))
            {
                rows.GiveAll(changes);
                weight -= rows.Weight;
            }
        }

        await rowTables.WriteAsync(connection, changes, cancellation);
        foreach (var rows in await rowTables.LoadAsync(connection, missing, cancellation))
        {
            known[rows.Key] = rows;
            Weigh(rows);
        }
    }

    private async Task LoadPastAsync(List<RowKey> keys, List<List<long>> positions, CancellationToken cancellation)
    {
        var wanted = positions.SelectMany(list => list).ToHashSet();
        var events = wanted.Count == 0
            ? []
            : (await past.AtAsync(wanted, cancellation)).ToDictionary(recorded => recorded.Position!.Value);
        for (var n = 0; n < keys.Count; n++)
            known[keys[n]].Remember(positions[n].ConvertAll(position => events[position]));
    }

    private Task WriteAsync(RowChanges<TRow> changes, CancellationToken cancellation) =>
        session.InTransactionAsync(connection => WriteAsync(connection, changes, cancellation), cancellation);

    private async Task WriteAsync(NpgsqlConnection connection, RowChanges<TRow> changes, CancellationToken cancellation)
    {
        if (changes.Ends.Count > 0)
        {
            await FindByKeyAsync(connection, cancellation);
            await RowTables<TRow>.PlanByKeyAsync(connection, cancellation);
        }

        await rowTables.WriteAsync(connection, changes, cancellation);
    }

    private async Task FindByKeyAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (findsByKey)
            return;
        await Tables.AddAsync(connection, shape.Name + "_open", shape.OpenIndexSql, cancellation);
        if (shape.EventsTable is { } events)
            await Tables.AddAsync(connection, events + "_pkey", shape.EventsKeySql, cancellation);
        findsByKey = true;
    }

    /// <summary>The key is in the tables whole, and looked up there should it come again.</summary>
    private void Leave(KeyRows<TRow> rows)
    {
        known.Remove(rows.Key);
        stored.Add(rows.Key);
        weight -= rows.Weight;
    }

    private void Weigh(KeyRows<TRow> rows)
    {
        var now = WeightOfKey + (rows.Length * WeightOfByte);
        weight += now - rows.Weight;
        rows.Weight = now;
    }
}
