using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Projections;

/// <summary>Collects a question's conditions: each is SQL over a view's columns, with its values as named parameters.</summary>
public sealed class RowFilter
{
    private readonly List<string> conditions = [];
    private readonly List<(string Name, object Value)> values = [];

    /// <summary>All conditions as one; null when there is none.</summary>
    public string? Sql => conditions.Count == 0 ? null : string.Join(" and ", conditions);

    /// <summary>Adds a condition.</summary>
    public RowFilter And(string condition)
    {
        conditions.Add($"({condition})");
        return this;
    }

    /// <summary>Adds a condition on a value, unless there is none.</summary>
    public RowFilter And(string condition, string parameter, object? value)
    {
        if (value is null)
            return this;
        values.Add((parameter, value));
        return And(condition);
    }

    /// <summary>Adds a value for conditions added without one.</summary>
    public RowFilter With(string parameter, object value)
    {
        values.Add((parameter, value));
        return this;
    }

    /// <summary>Adds the values to a command.</summary>
    public void AddTo(NpgsqlParameterCollection parameters)
    {
        foreach (var (name, value) in values)
            parameters.AddWithValue(name, value);
    }

    internal ViewPageQuestion Page(
        ViewScope scope, ViewOrder order, IReadOnlyDictionary<string, object> equalTo, ViewInstant at, PageWanted page) =>
        new(scope.TenantId, order, equalTo, at)
        {
            Size = page.Size,
            Descending = page.Descending,
            After = page.After,
            Scope = scope,
            Where = Sql,
            WhereParameters = AddTo,
        };
}

/// <summary>Which page of an answer.</summary>
/// <param name="Size">Rows wanted.</param>
/// <param name="After">Where the page before ended.</param>
/// <param name="Descending">Downwards in the answer's order.</param>
public sealed record PageWanted(int Size, ViewCursor? After = null, bool Descending = false);
