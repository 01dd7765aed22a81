using Npgsql;

namespace CaseFlow.Integration.Infrastructure;

/// <summary>
/// A clock that can be set, for a program and its database together: the program gets it in place of the system's, the
/// database finds functions of the same names before its own. Between two settings time runs on as it does.
/// </summary>
public sealed class SetClock : TimeProvider
{
    private TimeSpan shift;

    public SetClock(DateTimeOffset instant) => shift = instant - base.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;

    /// <returns>The connection string of a database that goes by this clock.</returns>
    public static string In(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = "test_clock,pg_catalog,public" }.ConnectionString;

    /// <summary>Before the database is first used.</summary>
    public Task InstallAsync(string connectionString) => RunAsync(connectionString, """
        create schema test_clock;
        grant usage on schema test_clock to public;
        create table test_clock.setting (shift interval not null);
        grant select on test_clock.setting to public;
        insert into test_clock.setting values (@shift);
        create function test_clock.now() returns timestamptz language sql stable
            as 'select pg_catalog.now() + shift from test_clock.setting';
        create function test_clock.clock_timestamp() returns timestamptz language sql volatile
            as 'select pg_catalog.clock_timestamp() + shift from test_clock.setting';
        """);

    /// <summary>Sets both; never back, for a database's time does not go back either.</summary>
    public Task GoToAsync(string connectionString, DateTimeOffset instant)
    {
        instant.ShouldBeGreaterThan(GetUtcNow());
        shift = instant - base.GetUtcNow();
        return ApplyAsync(connectionString);
    }

    /// <summary>A database that has the clock goes by this one's time.</summary>
    public Task ApplyAsync(string connectionString) => RunAsync(connectionString, "update test_clock.setting set shift = @shift");

    private async Task RunAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        foreach (var statement in sql.Split(";\n"))
        {
            await using var command = new NpgsqlCommand(statement.Replace("@shift", $"interval '{(long)shift.TotalMilliseconds} milliseconds'", StringComparison.Ordinal), connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }
}
