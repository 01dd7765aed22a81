using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>
/// Whose rows an asker may see at most. The position of an answer is the scope's last change, so that it does not move by
/// what happens outside; asked again with that position, the answer is the same.
/// </summary>
/// <param name="TenantId">The jurisdiction.</param>
/// <param name="EqualTo">What narrows it further: values by column name.</param>
public sealed record ViewScope(string TenantId, params IReadOnlyList<(string Column, object Value)> EqualTo)
{
    /// <summary>A further condition over the view's columns, for a scope whose rows are few enough to be looked through.</summary>
    public string? Where { get; init; }

    /// <summary>Adds the parameters of <see cref="Where"/>.</summary>
    public Action<NpgsqlParameterCollection>? WhereParameters { get; init; }

    /// <summary>Asks for the last change at or before a position (0 when there was none), and whether there is one after it.</summary>
    internal NpgsqlBatchCommand LastChange<TRow>(ViewShape<TRow> shape, string table, long position)
    {
        var command = new NpgsqlBatchCommand(SqlFor(shape, table));
        AddTo(command.Parameters, shape, position);
        return command;
    }

    /// <summary>Reads what <see cref="LastChange"/> asks for.</summary>
    internal static async Task<(long Position, bool ChangedLater)> ReadLastChangeAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), reader.GetBoolean(1));
    }

    /// <summary>Adds the parameters of <see cref="SqlFor"/>.</summary>
    internal void AddTo<TRow>(NpgsqlParameterCollection parameters, ViewShape<TRow> shape, long position)
    {
        parameters.AddWithValue("tenant", TenantId);
        parameters.AddWithValue("position", position);
        foreach (var (column, value) in EqualTo)
            parameters.Add(new NpgsqlParameter("in_" + column, shape.Columns.First(one => one.Name == column).DbType) { Value = value });
        WhereParameters?.Invoke(parameters);
    }

    internal string SqlFor<TRow>(ViewShape<TRow> shape, string table)
    {
        string[] narrowed = Where is null ? [] : [$"({Where})"];
        var rows = $"from {table} where {string.Join(" and ", ["tenant_id = @tenant", .. EqualTo.Select(one => $"{one.Column} = @in_{one.Column}"), .. narrowed])}";
        return Where is null && shape.Scopes.Any(scope => scope.SequenceEqual(EqualTo.Select(one => one.Column)))
            ? Indexed(rows, $"pos_to < {ViewShape<TRow>.Open}")
            : Gathered(rows, $"pos_to < {ViewShape<TRow>.Open}");
    }

    /// <summary>Four ends of index ranges. "Later" is asked as a maximum: an <c>exists</c> may walk the table from its beginning.</summary>
    private static string Indexed(string rows, string ended) => $"""
        select greatest(
                 (select coalesce(max(pos_from), 0) {rows} and pos_from <= @position),
                 (select coalesce(max(pos_to), 0) {rows} and {ended} and pos_to <= @position)),
               greatest(
                 (select coalesce(max(pos_from), 0) {rows}),
                 (select coalesce(max(pos_to), 0) {rows} and {ended})) > @position
        """;

    /// <summary>One look at the rows of a small scope; <c>offset 0</c> keeps the planner from walking a larger one's index instead.</summary>
    private static string Gathered(string rows, string ended) => $"""
        select coalesce(max(greatest(
                 case when pos_from <= @position then pos_from else 0 end,
                 case when pos_to <= @position then pos_to else 0 end)), 0),
               coalesce(bool_or(pos_from > @position or ({ended} and pos_to > @position)), false)
        from (select pos_from, pos_to {rows} offset 0) as own
        """;
}
