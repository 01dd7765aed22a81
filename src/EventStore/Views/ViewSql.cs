using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>The statements that move views, for one store.</summary>
internal sealed class ViewSql(ViewOptions options)
{
    private readonly StoreSql statements = new(options.Store);

    /// <summary>One node at a time creates tables.</summary>
    public const string LockTables = "select pg_advisory_xact_lock(hashtextextended('caseflow views', 0))";

    public string CreateSchemas => $"create schema if not exists {options.Store.ViewsSchema}; create schema if not exists {options.RebuildSchema}";

    public string WorkInViews => $"set local search_path = {options.Store.ViewsSchema}";

    public string WorkAside => $"set local search_path = {options.RebuildSchema}";

    public string PositionOfSequence => $"select position from {options.Store.Schema}.cf_log where seq_id = @sequence";

    public string StampOf => $"select stamped_at from {options.Store.Schema}.cf_log where position = @position";

    /// <summary>Committed and beyond a position, or not placed yet: above the log's highest number, or in a gap that it remembers.</summary>
    public string TailOfEvents => $"""
        with missing as (
          select first_seq, last_seq from {options.Store.Schema}.cf_log_gaps
          union all
          select coalesce(max(seq_id), 0) + 1, {long.MaxValue} from {options.Store.Schema}.cf_log
        ), tail as (
          select seq_id, position from {options.Store.Schema}.cf_log where position > @position
          union all
          select e.seq_id, null from missing m
          join {options.Store.Schema}.mt_events e on e.seq_id between m.first_seq and m.last_seq and e.type <> 'tombstone')
        select e.tenant_id, e.stream_id, e.version from tail t
        join {options.Store.Schema}.mt_events e on e.seq_id = t.seq_id
        order by t.position nulls last, e.tenant_id, e.stream_id, e.version
        """;

    /// <summary>A statement of this folder, by its file's name.</summary>
    public string this[string name] => statements[$"Views.Statements.{name}"];

    public string InViews(string table) => $"{options.Store.ViewsSchema}.{table}";

    public string Aside(string table) => $"{options.RebuildSchema}.{table}";

    /// <summary>Puts a table built aside in the place of the one that readers see.</summary>
    public string Swap(string table) => $"""
        drop table if exists {InViews(table)} cascade;
        alter table {Aside(table)} set schema {options.Store.ViewsSchema}
        """;

    /// <summary>A statement of this folder as part of a batch.</summary>
    public NpgsqlBatchCommand Command(string name, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = new NpgsqlBatchCommand(this[name]);
        foreach (var (parameter, value) in parameters)
            command.Parameters.AddWithValue(parameter, value);
        return command;
    }
}
