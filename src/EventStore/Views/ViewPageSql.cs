using Npgsql;
using NpgsqlTypes;

namespace CaseFlow.EventStore.Views;

/// <summary>The statement of a page: an index range in the order asked for, from the cursor on.</summary>
internal static class ViewPageSql
{
    /// <summary>
    /// Keeps a page a walk along its order's index, which ends when the page is full: sorting looks cheaper to the planner where
    /// it takes a condition for rarer than it is.
    /// </summary>
    public static string PlanFor(ViewPageQuestion question) =>
        question.MaySort ? "" : "set local enable_sort = off; set local enable_incremental_sort = off; ";

    /// <summary>Key, row, and the sort columns as text; one row more than wanted tells whether there is a next page.</summary>
    public static string Of<TRow>(ViewShape<TRow> shape, string table, ViewPageQuestion question, AsOf asOf)
    {
        var sort = question.Order.SortBy;
        var direction = question.Descending ? " desc" : "";
        var conditions = new List<string> { "tenant_id = @tenant" };
        conditions.AddRange(question.Order.EqualTo.Select(name => $"{name} = @eq_{name}"));
        conditions.Add(asOf.Sql);
        if (question.After is not null)
        {
            string[] columns = [.. sort, "key"];
            string[] values = [.. sort.Select((name, n) => $"@after_{n}::{PlainType(shape, name)}"), "@after_key"];
            conditions.Add($"({string.Join(", ", columns)}) {(question.Descending ? "<" : ">")} ({string.Join(", ", values)})");
        }

        if (question.Order.Only is not null)
            conditions.Add($"({question.Order.Only})");
        if (question.Where is not null)
            conditions.Add($"({question.Where})");
        return $"""
            select key, row::text{string.Concat(sort.Select((name, n) => $", {name}::text as sort_{n}"))} from {table}
            where {string.Join(" and ", conditions)}
            order by {string.Join(", ", sort.Append("key").Select(name => name + direction))}
            limit {question.Size + 1}
            """;
    }

    public static void AddParameters<TRow>(NpgsqlParameterCollection parameters, ViewShape<TRow> shape, ViewPageQuestion question, AsOf asOf)
    {
        parameters.AddWithValue("tenant", question.TenantId);
        foreach (var name in question.Order.EqualTo)
        {
            parameters.Add(new NpgsqlParameter("eq_" + name, shape.Columns.First(column => column.Name == name).DbType)
            {
                Value = question.EqualTo[name],
            });
        }

        asOf.AddTo(parameters);
        if (question.After is { } after)
        {
            for (var n = 0; n < after.SortValues.Count; n++)
                parameters.Add(new NpgsqlParameter("after_" + n, NpgsqlDbType.Text) { Value = after.SortValues[n] });
            parameters.AddWithValue("after_key", after.Key);
        }

        question.WhereParameters?.Invoke(parameters);
    }

    private static string PlainType<TRow>(ViewShape<TRow> shape, string name) => name == "occ_from"
        ? "timestamptz"
        : shape.Columns.First(column => column.Name == name).SqlType.Split(' ')[0];
}
