using Npgsql;

namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>Compares live rows with rebuilt ones, every column as PostgreSQL writes it, in the caller's snapshot.</summary>
internal static class ViewComparison
{
    private const int Examples = 10;

    public static async Task<TableVerdict> CompareAsync(NpgsqlConnection connection, ComparedRows compared, CancellationToken cancellation)
    {
        var differences = Differences(compared);
        await using var count = new NpgsqlCommand(
            $"""
            select (select count(*) from {compared.Live} v),
              count(*) filter (where live_key is null), count(*) filter (where new_key is null),
              count(*) filter (where live_key is not null and new_key is not null)
            from {differences}
            """,
            connection)
        {
            CommandTimeout = 0,
        };
        var (rows, missing, extra, different) = (0L, 0L, 0L, 0L);
        await using (var reader = await count.ExecuteReaderAsync(cancellation))
        {
            await reader.ReadAsync(cancellation);
            (rows, missing, extra, different) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
        }

        var examples = missing + extra + different == 0 ? [] : await ExamplesAsync(connection, differences, cancellation);
        return new(compared.Table, rows, missing, extra, different, examples);
    }

    /// <summary>Rows are told apart by the key; without one by all they hold, and then how often there is such a row is compared.</summary>
    private static string Differences(ComparedRows compared)
    {
        return $"""
            (select live.key as live_key, new.key as new_key, live.body as live_body, new.body as new_body
             from {Keyed(compared.Live)} live
             full join {Keyed(compared.Rebuilt)} new on new.key = live.key
             where live.body::text is distinct from new.body::text{(compared.MayBeMissing is null ? "" : " and not (live.key is null and new.may_be_missing)")}) as difference
            """;

        string Keyed(string rows) => compared.Key.Count > 0
            ? $"(select array[{string.Join(", ", compared.Key.Select(column => $"v.{column}::text"))}]::text as key, v as body, {compared.MayBeMissing ?? "false"} as may_be_missing from {rows} v)"
            : $"(select md5(v::text) as key, row(count(*)) as body, false as may_be_missing from {rows} v group by v::text)";
    }

    private static async Task<List<string>> ExamplesAsync(NpgsqlConnection connection, string differences, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select case when live_key is null then 'missing' when new_key is null then 'extra' else 'different' end, coalesce(live_key, new_key),
              (select string_agg(coalesce(l.key, n.key), ', ' order by coalesce(l.key, n.key))
               from jsonb_each(case when live_key is not null and new_key is not null then to_jsonb(live_body) else '{"{}"}'::jsonb end) l
               full join jsonb_each(case when live_key is not null and new_key is not null then to_jsonb(new_body) else '{"{}"}'::jsonb end) n on n.key = l.key
               where l.value is distinct from n.value)
            from {differences} order by 2 limit {Examples}
            """,
            connection)
        {
            CommandTimeout = 0,
        };
        var examples = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            examples.Add($"{reader.GetString(0)} {reader.GetString(1)}{(reader.IsDBNull(2) ? "" : $": {reader.GetString(2)}")}");
        return examples;
    }
}
