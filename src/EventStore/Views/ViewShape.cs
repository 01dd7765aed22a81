namespace CaseFlow.EventStore.Views;

/// <summary>The SQL of a folded view's tables: one place that knows their columns and indexes.</summary>
internal sealed class ViewShape<TRow>
{
    /// <summary><c>pos_to</c> of a row that nothing has replaced yet.</summary>
    public const long Open = long.MaxValue;

    private static readonly string[] Own = ["tenant_id", "key", "pos_from", "pos_to", "occ_from", "occ_to"];

    public ViewShape(string name, IReadOnlyList<ViewColumn<TRow>> columns, IReadOnlyList<ViewOrder> orders, IReadOnlyList<IReadOnlyList<string>> scopes, bool keepsHistory)
    {
        (Name, Columns, Orders, Scopes) = (name, columns, orders, scopes);
        foreach (var order in orders)
            Check(order);
        EventsTable = keepsHistory ? name + "_events" : null;
        Tables = EventsTable is null ? [name] : [name, EventsTable];
        BareTablesSql = string.Join(";\n", BareTables());
        TablesSql = string.Join(";\n", BareTables(keyed: true).Concat(Indexes()));
        CopySql = $"copy {name} ({string.Join(", ", Own.Concat(columns.Select(column => column.Name)))}, row) from stdin (format binary)";
        // "offset 0" keeps each key's look-up a look-up: without statistics the planner may otherwise walk the whole table.
        OpenRowsSql = $"""
            select u.n, v.pos_from, v.occ_from, v.occ_to, v.row::text
            from unnest(@tenants, @keys, @froms) with ordinality as u(tenant_id, key, from_, n)
            cross join lateral (
              select * from {name} where tenant_id = u.tenant_id and key = u.key and pos_to = {Open} and occ_to >= u.from_ offset 0) v
            order by u.n, v.occ_from
            """;
        CloseSql = $"""
            update {name} set pos_to = u.pos_to
            from unnest(@tenants, @keys, @pos_froms, @occ_froms, @pos_tos) as u(tenant_id, key, pos_from, occ_from, pos_to)
            cross join lateral (
              select ctid from {name}
              where tenant_id = u.tenant_id and key = u.key and pos_to = {Open} and pos_from = u.pos_from and occ_from = u.occ_from offset 0) v
            where {name}.ctid = v.ctid
            """;
        TakeBackSql = $"""
            delete from {name} where pos_from > @position;
            update {name} set pos_to = {Open} where pos_to > @position and pos_to < {Open}
            """ + (EventsTable is null ? "" : $";\ndelete from {EventsTable} where position > @position");
        CopyEventsSql = $"copy {EventsTable} (tenant_id, key, position) from stdin (format binary)";
        EventsSql = $"""
            select u.n, e.position
            from unnest(@tenants, @keys) with ordinality as u(tenant_id, key, n)
            cross join lateral (select position from {EventsTable} where tenant_id = u.tenant_id and key = u.key offset 0) e
            order by u.n, e.position
            """;
    }

    public string Name { get; }

    public IReadOnlyList<ViewColumn<TRow>> Columns { get; }

    public IReadOnlyList<ViewOrder> Orders { get; }

    public IReadOnlyList<IReadOnlyList<string>> Scopes { get; }

    public IReadOnlyList<string> Tables { get; }

    public string? EventsTable { get; }

    public string TablesSql { get; }

    /// <summary>The tables without keys and indexes, to be filled fast.</summary>
    public string BareTablesSql { get; }

    /// <summary>Finds the current rows of a key.</summary>
    public string OpenIndexSql => $"create index if not exists {Name}_open on {Name} (tenant_id, key, occ_to) where pos_to = {Open}";

    public string EventsKeySql => $"alter table {EventsTable} add {EventsKey}";

    private const string PrimaryKey = "primary key (tenant_id, key, pos_from, occ_from)";

    private const string EventsKey = "primary key (tenant_id, key, position)";

    public string CopySql { get; }

    public string CopyEventsSql { get; }

    /// <summary>Current rows of many keys that reach an instant or lie after it.</summary>
    public string OpenRowsSql { get; }

    public string CloseSql { get; }

    public string EventsSql { get; }

    /// <summary>Makes the tables what they were at a position: the rows say themselves from when to when they held.</summary>
    public string TakeBackSql { get; }

    /// <summary>What the tables have beside their rows, each made once the rows are there: name and statement.</summary>
    public IEnumerable<(string Name, string Sql)> Completion()
    {
        yield return (Name + "_pkey", $"alter table {Name} add {PrimaryKey}");
        if (EventsTable is not null)
            yield return (EventsTable + "_pkey", EventsKeySql);
        foreach (var index in Indexes())
            yield return (index.Split(' ')[5], index);
    }

    private IEnumerable<string> BareTables(bool keyed = false)
    {
        var columns = string.Concat(Columns.Select(column => $"  {column.Name} {column.SqlType}{(column.Nullable ? "" : " not null")},\n"));
        yield return $"""
            create table if not exists {Name} (
              tenant_id text collate "C" not null,
              key text collate "C" not null,
              pos_from bigint not null,
              pos_to bigint not null,
              occ_from timestamptz not null,
              occ_to timestamptz not null,
            {columns}  row jsonb not null{(keyed ? ",\n  " + PrimaryKey : "")}
            )
            """;
        if (EventsTable is not null)
        {
            yield return $"""
                create table if not exists {EventsTable} (
                  tenant_id text collate "C" not null,
                  key text collate "C" not null,
                  position bigint not null{(keyed ? ",\n  " + EventsKey : "")}
                )
                """;
        }
    }

    private IEnumerable<string> Indexes()
    {
        yield return OpenIndexSql;
        foreach (var order in Orders)
        {
            string[] keys = ["tenant_id", .. order.EqualTo, .. order.SortBy, "key"];
            string[] past = [.. keys, .. Own.Except(keys)];
            var held = order.Holding.Count == 0 ? "" : $" include ({string.Join(", ", order.Holding)})";
            yield return $"create index if not exists {Name}_{order.Name}_now on {Name} ({string.Join(", ", keys)}){held} where {AsOf.CurrentSql}{(order.Only is null ? "" : $" and ({order.Only})")}";
            yield return $"create index if not exists {Name}_{order.Name}_past on {Name} ({string.Join(", ", past)}){held}{(order.Only is null ? "" : $" where ({order.Only})")}";
        }

        foreach (var scope in Scopes)
        {
            var (suffix, keys) = (string.Concat(scope.Select(column => "_" + column)), string.Join(", ", ["tenant_id", .. scope]));
            yield return $"create index if not exists {Name}{suffix}_pos_from on {Name} ({keys}, pos_from)";
            yield return $"create index if not exists {Name}{suffix}_pos_to on {Name} ({keys}, pos_to) where pos_to < {Open}";
        }

        foreach (var list in Columns.Where(column => column.SqlType == "text[]"))
            yield return $"create index if not exists {Name}_{list.Name} on {Name} using gin ({list.Name}) where {list.Name} <> '{{}}'";
    }

    private void Check(ViewOrder order)
    {
        foreach (var name in order.EqualTo.Concat(order.SortBy).Concat(order.Holding))
        {
            var column = Columns.FirstOrDefault(column => column.Name == name);
            if (column is null && name != "occ_from")
                throw new InvalidOperationException($"The order \"{order.Name}\" of view \"{Name}\" names no column \"{name}\".");
            if (column is { Nullable: true } && order.SortBy.Contains(name))
                throw new InvalidOperationException($"View \"{Name}\" cannot sort by \"{name}\", which may be empty.");
        }
    }
}
