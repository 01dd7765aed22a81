using NpgsqlTypes;

namespace CaseFlow.EventStore.Views;

/// <summary>A typed column beside a view's row, computed from the row, to filter and sort by.</summary>
/// <param name="Name">Column name, snake case.</param>
/// <param name="SqlType">PostgreSQL type.</param>
/// <param name="DbType">The same, for the driver.</param>
/// <param name="Nullable">Whether it may be empty; only columns that may not are sorted by.</param>
/// <param name="Of">Its value for a row.</param>
public sealed record ViewColumn<TRow>(string Name, string SqlType, NpgsqlDbType DbType, bool Nullable, Func<TRow, object?> Of)
{
    /// <summary>Text in code-point order, the same on every server.</summary>
    public static ViewColumn<TRow> Text(string name, Func<TRow, string> of) => new(name, "text collate \"C\"", NpgsqlDbType.Text, false, of);

    public static ViewColumn<TRow> OptionalText(string name, Func<TRow, string?> of) => new(name, "text collate \"C\"", NpgsqlDbType.Text, true, of);

    public static ViewColumn<TRow> Texts(string name, Func<TRow, IReadOnlyCollection<string>> of) =>
        new(name, "text[]", NpgsqlDbType.Array | NpgsqlDbType.Text, false, row => of(row).ToArray());

    public static ViewColumn<TRow> Uuid(string name, Func<TRow, Guid> of) => new(name, "uuid", NpgsqlDbType.Uuid, false, row => of(row));

    public static ViewColumn<TRow> OptionalUuid(string name, Func<TRow, Guid?> of) => new(name, "uuid", NpgsqlDbType.Uuid, true, row => of(row));

    public static ViewColumn<TRow> Number(string name, Func<TRow, long> of) => new(name, "bigint", NpgsqlDbType.Bigint, false, row => of(row));

    public static ViewColumn<TRow> OptionalNumber(string name, Func<TRow, long?> of) => new(name, "bigint", NpgsqlDbType.Bigint, true, row => of(row));

    public static ViewColumn<TRow> Flag(string name, Func<TRow, bool> of) => new(name, "boolean", NpgsqlDbType.Boolean, false, row => of(row));

    public static ViewColumn<TRow> OptionalFlag(string name, Func<TRow, bool?> of) => new(name, "boolean", NpgsqlDbType.Boolean, true, row => of(row));

    /// <summary>An instant; <see cref="DateTimeOffset.MaxValue"/> is stored as <c>infinity</c>, so "none" can be sorted last.</summary>
    public static ViewColumn<TRow> Instant(string name, Func<TRow, DateTimeOffset> of) =>
        new(name, "timestamptz", NpgsqlDbType.TimestampTz, false, row => Instants.Stored(of(row)));

    public static ViewColumn<TRow> OptionalInstant(string name, Func<TRow, DateTimeOffset?> of) =>
        new(name, "timestamptz", NpgsqlDbType.TimestampTz, true, row => of(row) is { } instant ? Instants.Stored(instant) : null);

    public static ViewColumn<TRow> Date(string name, Func<TRow, DateOnly> of) => new(name, "date", NpgsqlDbType.Date, false, row => of(row));

    public static ViewColumn<TRow> OptionalDate(string name, Func<TRow, DateOnly?> of) => new(name, "date", NpgsqlDbType.Date, true, row => of(row));
}

/// <summary>
/// A way a view is read: some columns equal to given values, then sorted by others and by key. It gets an index for the
/// current rows and one for the past.
/// </summary>
/// <param name="Name">Short name, part of the index's and of cursors.</param>
/// <param name="EqualTo">Columns that the reader fixes.</param>
/// <param name="SortBy">Columns that order the answer (never empty ones); <c>occ_from</c> may be among them. The key follows.</param>
public sealed record ViewOrder(string Name, IReadOnlyList<string> EqualTo, IReadOnlyList<string> SortBy)
{
    /// <summary>SQL over the view's columns: only such rows are in the order's indexes, so that rare ones are found at once.</summary>
    public string? Only { get; init; }

    /// <summary>
    /// Columns whose values the indexes hold as well: a question that wants no others reads the index alone, where a row for each entry would be
    /// read from wherever it was written.
    /// </summary>
    public IReadOnlyList<string> Holding { get; init; } = [];
}

internal static class Instants
{
    /// <summary>As PostgreSQL keeps it: UTC, whole microseconds; the two ends stand for the infinities.</summary>
    public static DateTimeOffset Stored(DateTimeOffset instant) =>
        instant == DateTimeOffset.MaxValue || instant == DateTimeOffset.MinValue
            ? instant
            : new DateTimeOffset(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
