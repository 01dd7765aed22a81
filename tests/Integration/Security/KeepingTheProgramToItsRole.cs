using CaseFlow.EventStore;
using CaseFlow.EventStore.Roles;
using CaseFlow.Integration.EventStore;
using Npgsql;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.Security;

/// <summary>What the login of the running program may not do, on a database in which everything works under it.</summary>
public sealed class KeepingTheProgramToItsRole : IAsyncLifetime
{
    private StoreDatabase database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Changes()
    {
        var changes = new TheoryData<string>();
        foreach (var (table, column) in new[]
        {
            ("caseflow.mt_events", "tenant_id = 'other'"), ("caseflow.cf_log", "tenant_id = 'other'"),
            ("caseflow.cf_access", "tenant_id = 'other'"), ("caseflow.cf_access_subjects", "tenant_id = 'other'"),
            ("caseflow.cf_migrations", "version = 0"),
        })
        {
            changes.Add($"update {table} set {column}");
            changes.Add($"delete from {table}");
            changes.Add($"truncate {table} cascade");
            changes.Add($"alter table {table} disable trigger all");
            changes.Add($"drop table {table} cascade");
            changes.Add($"create trigger mine before insert on {table} for each row execute function caseflow.cf_keep_facts()");
            changes.Add($"alter table {table} disable row level security");
            changes.Add($"alter table {table} owner to caseflow_program");
            changes.Add($"create rule mine as on insert to {table} do instead nothing");
        }

        foreach (var statement in new[]
        {
            "drop trigger cf_keep_facts on caseflow.mt_events",
            "drop trigger cf_keep_all_facts on caseflow.mt_events",
            "drop trigger cf_keep_accesses on caseflow.cf_access",
            "drop trigger cf_keep_access_subjects on caseflow.cf_access_subjects",
            "create or replace function caseflow.cf_keep_facts() returns trigger language plpgsql as 'begin return old; end'",
            "drop function caseflow.cf_keep_facts() cascade",
            "drop policy cf_tenant on caseflow.cf_log",
            "update caseflow.mt_events set is_archived = true",
            "update caseflow.mt_streams set tenant_id = 'other'",
            "update caseflow.mt_streams set type = 'other'",
            "select setval('caseflow.mt_events_sequence', 1)",
            "alter sequence caseflow.mt_events_sequence restart",
            "create table caseflow.mine (id int)",
            "create schema mine",
            "create function caseflow.mine() returns int language sql as 'select 1'",
            "drop schema caseflow cascade",
            "set session_replication_role = replica",
            "select set_config('session_replication_role', 'replica', false)",
            "alter role caseflow_program bypassrls",
            "create role mine",
            "copy caseflow.mt_events to program 'cat'",
        })
        {
            changes.Add(statement);
        }

        return changes;
    }

    public async ValueTask InitializeAsync()
    {
        database = await StoreDatabase.CreateAsync();
        await database.Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit()), Stop);
        await database.Sequencer.PlaceNewAsync(Stop);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_of_what_was_recorded_or_of_the_walls_is_refused_whichever_role_its_login_takes(string change)
    {
        await using var connection = new NpgsqlConnection(database.ProgramConnectionString);
        await connection.OpenAsync(Stop);
        foreach (var role in new[] { "none", StoreRoles.Program, StoreRoles.Reader })
        {
            await using var attempt = new NpgsqlCommand($"set role {role}; {change}", connection);
            var refused = await Should.ThrowAsync<PostgresException>(() => attempt.ExecuteNonQueryAsync(Stop));
            refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, $"{role}: {change}: {refused.MessageText}");
        }
    }

    [Fact]
    public async Task A_grant_too_many_leaves_the_trigger_to_keep_the_facts()
    {
        await database.DoAsync("grant update, delete on caseflow.mt_events to caseflow_program");

        foreach (var change in new[] { "update caseflow.mt_events set type = 'x'", "delete from caseflow.mt_events" })
        {
            await using var attempt = database.Source.CreateCommand(change);
            (await Should.ThrowAsync<PostgresException>(() => attempt.ExecuteNonQueryAsync(Stop))).SqlState.ShouldBe("CF403");
        }
    }

    [Fact]
    public async Task A_stream_that_has_events_is_not_removed()
    {
        await using var attempt = database.Source.CreateCommand("delete from caseflow.mt_streams");

        (await attempt.ExecuteNonQueryAsync(Stop)).ShouldBe(0);
    }

    [Theory]
    [InlineData("insert into caseflow.cf_access select * from caseflow.cf_access")]
    [InlineData("insert into caseflow.mt_streams (tenant_id, id, version) values ('demo', gen_random_uuid(), 1)")]
    [InlineData("select * from caseflow.mt_events")]
    [InlineData("select * from caseflow.cf_data_keys")]
    [InlineData("select * from caseflow.cf_idempotency")]
    [InlineData("select * from caseflow.cf_outbox")]
    [InlineData("select nextval('caseflow.mt_events_sequence')")]
    [InlineData("create table views.mine (id int)")]
    [InlineData("insert into caseflow.cf_log_ends values ('demo', 1)")]
    public async Task Questions_write_nothing_and_do_not_reach_what_they_do_not_need(string statement)
    {
        await using var attempt = database.Questions.CreateCommand(statement);

        (await Should.ThrowAsync<PostgresException>(() => attempt.ExecuteNonQueryAsync(Stop))).SqlState
            .ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task The_programs_login_has_no_right_beyond_its_roles()
    {
        var (login, excess) = await LoginRights.ExcessAsync(database.ProgramConnectionString, database.Options, Stop);

        excess.ShouldBeEmpty();
        login.ShouldBe("caseflow_service");
    }

    [Fact]
    public async Task The_owners_login_is_told_what_it_may_do_too_much()
    {
        var (_, excess) = await LoginRights.ExcessAsync(database.ConnectionString, database.Options, Stop);

        excess.ShouldContain("it is a superuser");
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
