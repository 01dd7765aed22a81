using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>
/// The statements that move views, for one store. Those that are the same for every view are files; the few below name a
/// view's own tables, which are known only when the view is, and an identifier is no parameter.
/// </summary>
internal sealed class ViewSql(ViewOptions options)
{
    private readonly StoreSql statements = new(options.Store);

    /// <summary>Keeps the tenants of a new table apart for questions.</summary>
    public string WallOff(string table) => $"select {options.Store.Schema}.cf_wall_off('{table}')";

    /// <summary>A statement of this folder, by its file's name.</summary>
    public string this[string name] => statements[$"Views.Statements.{name}"];

    public string InViews(string table) => $"{options.Store.ViewsSchema}.{table}";

    public string Aside(string table) => $"{options.RebuildSchema}.{table}";

    /// <summary>Puts a table built aside in the place of the one that readers see; names only, so that they wait for no file.</summary>
    public string Swap(string table) => $"""
        alter table if exists {InViews(table)} set schema {options.ReplacedSchema};
        alter table {Aside(table)} set schema {options.Store.ViewsSchema}
        """;

    public string DropReplaced(string table) => $"drop table if exists {options.ReplacedSchema}.{table} cascade";

    /// <summary>Shares views with other pages and takes their checkpoints of a tenant, in two results, without waiting for anybody.</summary>
    public IEnumerable<NpgsqlBatchCommand> TakeCheckpoints(string[] names, string tenantId, bool create) =>
    [
        Command("share_views", ("names", names)),
        .. create ? [Command("create_checkpoints_of", ("names", names), ("tenant", tenantId))] : (NpgsqlBatchCommand[])[],
        Command("take_checkpoints", ("names", names), ("tenant", tenantId)),
    ];

    /// <summary>A statement of this folder as part of a batch.</summary>
    public NpgsqlBatchCommand Command(string name, params ReadOnlySpan<(string Name, object Value)> parameters) =>
        statements.Command($"Views.Statements.{name}", parameters);
}
