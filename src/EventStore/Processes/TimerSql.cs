namespace CaseFlow.EventStore.Processes;

/// <summary>The statements of the timers, for one store.</summary>
internal sealed class TimerSql(string schema)
{
    /// <summary>Of a process's name while its timers are built aside.</summary>
    public const string AsideSuffix = "/rebuild";

    private readonly string timers = $"{schema}.cf_timers";

    public string Empty => $"delete from {timers} where process = @process";

    public string Rename => $"update {timers} set process = @process where process = @aside";

    public string Cancel => $"""
        delete from {timers} t using unnest(@tenants, @keys) as u(tenant_id, key)
        where t.process = @process and t.tenant_id = u.tenant_id and t.key = u.key
        """;

    public string Set => $"""
        insert into {timers} (process, tenant_id, key, due_at, payload)
        select @process, u.tenant_id, u.key, u.due_at, u.payload::jsonb
        from unnest(@tenants, @keys, @dues, @payloads) as u(tenant_id, key, due_at, payload)
        on conflict (process, tenant_id, key) do update
        set due_at = excluded.due_at, payload = excluded.payload, attempts = 0, retry_at = null, last_error = null
        """;

    /// <summary>The timer longest due that nobody else is firing.</summary>
    public string TakeDue => $"""
        select tenant_id, key, due_at, payload::text, attempts from {timers}
        where process = @process and due_at <= @now and (retry_at is null or retry_at <= @now)
        order by due_at, tenant_id, key
        limit 1
        for update skip locked
        """;

    public string Remove => $"delete from {timers} where process = @process and tenant_id = @tenant and key = @key";

    /// <summary>Not one that was moved since it was taken.</summary>
    public string Postpone => $"""
        update {timers} set attempts = attempts + 1, retry_at = @retry_at, last_error = @error
        where process = @process and tenant_id = @tenant and key = @key and due_at = @due_at
        """;

    public string Troubled => $"""
        select key, due_at, attempts, retry_at, last_error from {timers}
        where process = @process and tenant_id = @tenant and last_error is not null
        order by due_at, key
        limit 100
        """;

    /// <summary>What the log says of a process's timers, without how often they were tried.</summary>
    public string RowsOf(string process) =>
        $"(select tenant_id, key, due_at, payload from {timers} where process = '{process.Replace("'", "''", StringComparison.Ordinal)}')";
}
