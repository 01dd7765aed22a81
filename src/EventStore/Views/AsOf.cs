using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>
/// The predicate that picks, for every key, the row as of an instant, given what was recorded up to a position.
/// Parameters <c>@as_position</c> and <c>@as_instant</c>, added by <see cref="AddTo"/>.
/// </summary>
/// <param name="Position">The position answered from.</param>
/// <param name="Instant">What had occurred by then; null for everything recorded.</param>
/// <param name="IsCurrent">Nothing was recorded after the position, as far as the view has come.</param>
public readonly record struct AsOf(long Position, DateTimeOffset? Instant, bool IsCurrent)
{
    /// <summary>The current rows; literal, so that their partial indexes are used whatever the plan.</summary>
    internal const string CurrentSql = $"pos_to = {Open} and occ_to = 'infinity'";

    /// <summary><c>pos_to</c> of a row that nothing has replaced yet.</summary>
    private const string Open = "9223372036854775807";

    /// <summary>The predicate, for columns without a table's name before them.</summary>
    public string Sql => (IsCurrent, Instant) switch
    {
        (true, null) => CurrentSql,
        (true, _) => $"pos_to = {Open} and occ_from <= @as_instant and occ_to > @as_instant",
        (false, null) => "pos_from <= @as_position and pos_to > @as_position and occ_to = 'infinity'",
        _ => "pos_from <= @as_position and pos_to > @as_position and occ_from <= @as_instant and occ_to > @as_instant",
    };

    /// <summary>
    /// A query for one key's row by the ends of index ranges, where the key's whole past would be looked through by <see cref="Sql"/>. Rows that
    /// nothing has replaced lie side by side in occurred time, so the first that ends after the instant is the one, if there is one. A row that
    /// was replaced since is among the last ones made before the position, unless much of what occurred earlier was recorded in between.
    /// </summary>
    /// <param name="table">The table's full name.</param>
    /// <param name="columns">What is wanted.</param>
    /// <param name="key">An expression for the key; the tenant is <c>@tenant</c>.</param>
    /// <returns>At most one row.</returns>
    public string RowOfKeySql(string table, string columns, string key)
    {
        var (last, holds) = Instant is null ? ("occ_to = 'infinity'", "true") : ("occ_to > @as_instant", "occ_from <= @as_instant");
        var own = $"select * from {table} where tenant_id = @tenant and key = {key}";
        var open = $"({own} and pos_to = {Open} and {last} order by occ_to limit 1)";
        return IsCurrent
            ? $"select {columns} from {open} as found where {holds}"
            : $"""
               select {columns} from (
                 {open}
                 union all
                 ({own} and pos_from <= @as_position and pos_to > @as_position and pos_to < {Open} and {last} and {holds} order by pos_from desc limit 1)) as found
               where pos_from <= @as_position and {holds} limit 1
               """;
    }

    /// <summary>Adds the parameters of <see cref="Sql"/>.</summary>
    public void AddTo(NpgsqlParameterCollection parameters)
    {
        if (!IsCurrent)
            parameters.AddWithValue("as_position", Position);
        if (Instant is { } instant)
            parameters.AddWithValue("as_instant", Instants.Stored(instant));
    }
}
