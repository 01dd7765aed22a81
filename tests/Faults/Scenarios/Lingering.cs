using CaseFlow.Faults.Servers;

namespace CaseFlow.Faults.Scenarios;

/// <summary>Makes the server take its time at one kind of step, so that whoever does it can be killed in the midst of it.</summary>
internal static class Lingering
{
    private const string Function = """
        create or replace function watch.linger() returns trigger language plpgsql as $$
        begin
          perform pg_sleep(0.4);
          return coalesce(new, old);
        end $$;
        """;

    /// <summary>At each row of a table that is written so.</summary>
    public static Task AtAsync(Server server, string action, string table) => server.AskAsync<object?>(
        $"{Function} create trigger lingering before {action} on caseflow.{table} for each row execute function watch.linger();", "caseflow");

    public static Task NoMoreAtAsync(Server server, string table) => server.AskAsync<object?>($"drop trigger lingering on caseflow.{table}", "caseflow");

    /// <summary>At each index and each change of a table by a program.</summary>
    /// <param name="server">The server.</param>
    /// <param name="program">The beginning of its application name.</param>
    public static Task AtTablesAsync(Server server, string program) => server.AskAsync<object?>(
        $"""
        create or replace function watch.linger_at_tables() returns event_trigger language plpgsql as $$
        begin
          if current_setting('application_name') like '{program}%' then
            perform pg_sleep(0.15);
          end if;
        end $$;
        create event trigger lingering on ddl_command_start when tag in ('CREATE INDEX', 'ALTER TABLE') execute function watch.linger_at_tables();
        """,
        "caseflow");

    public static Task NoMoreAtTablesAsync(Server server) => server.AskAsync<object?>("drop event trigger lingering", "caseflow");

    /// <returns>Whether a program lingers now, at a statement that has this in it.</returns>
    public static Task<bool> IsAsync(Server server, string program, string statement = "") => server.AskAsync<bool>(
        $"select exists (select from pg_stat_activity where wait_event = 'PgSleep' and application_name like '{program}%' and query ilike '%{statement}%')");
}
