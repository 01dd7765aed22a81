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
    internal const string CurrentSql = "pos_to = 9223372036854775807 and occ_to = 'infinity'";

    /// <summary>The predicate, for columns without a table's name before them.</summary>
    public string Sql => (IsCurrent, Instant) switch
    {
        (true, null) => CurrentSql,
        (true, _) => "pos_to = 9223372036854775807 and occ_from <= @as_instant and occ_to > @as_instant",
        (false, null) => "pos_from <= @as_position and pos_to > @as_position and occ_to = 'infinity'",
        _ => "pos_from <= @as_position and pos_to > @as_position and occ_from <= @as_instant and occ_to > @as_instant",
    };

    /// <summary>Adds the parameters of <see cref="Sql"/>.</summary>
    public void AddTo(NpgsqlParameterCollection parameters)
    {
        if (!IsCurrent)
            parameters.AddWithValue("as_position", Position);
        if (Instant is { } instant)
            parameters.AddWithValue("as_instant", Instants.Stored(instant));
    }
}
