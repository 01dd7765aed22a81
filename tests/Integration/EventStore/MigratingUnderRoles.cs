using CaseFlow.Api.Composition;
using CaseFlow.EventStore.Roles;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.EventStore;

/// <summary>Databases whose owner is no superuser, as a county's are.</summary>
public sealed class MigratingUnderRoles : IAsyncLifetime
{
    private readonly string owner = $"owner_{Guid.NewGuid():N}";
    private TestDatabase database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string OwnerConnectionString =>
        new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = owner, Password = "of-the-test" }.ConnectionString;

    private DatabaseLogins Logins => new(database.ProgramConnectionString) { Migrations = OwnerConnectionString };

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        await DoAsync($"create role {owner} login password 'of-the-test'; alter database \"{database.Name}\" owner to {owner}");
    }

    [Fact]
    public async Task An_owner_without_further_rights_migrates_when_an_administrator_has_made_the_roles()
    {
        await DoAsync($"grant {StoreRoles.Program}, {StoreRoles.Reader} to {owner}");
        await using var caseFlow = new CaseFlowDatabase(Logins, NewWrappingKey());

        (await caseFlow.MigrateAsync(Stop)).ShouldContain(60);

        await caseFlow.CatchUpAsync(Stop);
        (await caseFlow.RebuildAsync(null, (_, _) => { }, Stop)).ShouldBeGreaterThan(3);
        await foreach (var verdict in caseFlow.VerifyAsync(null, _ => { }, Stop))
            verdict.IsSame.ShouldBeTrue(verdict.View);
        (await caseFlow.ExcessRightsAsync(Stop)).Excess.ShouldBeEmpty();
        (await caseFlow.MigrateAsync(Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_the_roles_it_is_said_what_to_have_done()
    {
        await using var caseFlow = new CaseFlowDatabase(Logins, NewWrappingKey());

        var missing = await Should.ThrowAsync<RolesMissingException>(() => caseFlow.MigrateAsync(Stop));
        missing.Message.ShouldContain("deploy/roles.sql");
        missing.Message.ShouldContain(owner);
    }

    [Fact]
    public async Task One_login_for_everything_goes_on_working_and_is_told_what_it_may_do_too_much()
    {
        await DoAsync($"grant {StoreRoles.Program}, {StoreRoles.Reader} to {owner}");
        await using var caseFlow = new CaseFlowDatabase(OwnerConnectionString, NewWrappingKey());
        await caseFlow.MigrateAsync(Stop);
        await caseFlow.CatchUpAsync(Stop);

        (await caseFlow.ExcessRightsAsync(Stop)).Excess.ShouldBe(["it owns the recorded events"]);
        await using var asked = caseFlow.Reading.CreateCommand("select current_user::text");
        (await asked.ExecuteScalarAsync(Stop)).ShouldBe(StoreRoles.Reader);
    }

    [Fact]
    public async Task The_programs_login_does_not_migrate_and_says_who_may()
    {
        await using var caseFlow = new CaseFlowDatabase(database.ProgramConnectionString, NewWrappingKey());

        (await Should.ThrowAsync<SchemaBehindException>(() => caseFlow.MigrateAsync(Stop))).Message.ShouldContain("ConnectionStrings:Migrations");
    }

    [Fact]
    public async Task The_programs_login_starts_on_a_database_that_another_has_migrated()
    {
        await DoAsync($"grant {StoreRoles.Program}, {StoreRoles.Reader} to {owner}");
        await using (var migrating = new CaseFlowDatabase(Logins, NewWrappingKey()))
            await migrating.MigrateAsync(Stop);

        await using var caseFlow = new CaseFlowDatabase(database.ProgramConnectionString, NewWrappingKey());
        (await caseFlow.MigrateAsync(Stop)).ShouldBeEmpty();
        await caseFlow.CatchUpAsync(Stop);
    }

    [Fact]
    public async Task A_database_from_before_the_roles_is_walled_with_all_that_it_holds()
    {
        await DoAsync($"grant {StoreRoles.Program}, {StoreRoles.Reader} to {owner}");
        await using var caseFlow = new CaseFlowDatabase(Logins, NewWrappingKey());
        await caseFlow.MigrateAsync(Stop);
        await UndoWallsAsync();

        (await caseFlow.MigrateAsync(Stop)).ShouldBe([60]);

        await caseFlow.CatchUpAsync(Stop);
        const string unwalled = """
            select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'views' and c.relkind = 'r'
                and (not c.relrowsecurity or not has_table_privilege('caseflow_reader', c.oid, 'select') or pg_get_userbyid(c.relowner) <> 'caseflow_program')
            """;
        (await AskAsync(unwalled)).ShouldBe(0L);
        (await AskAsync("select count(*) from pg_policies where schemaname = 'caseflow' and tablename = 'mt_streams'")).ShouldBe(5L);
    }

    public async ValueTask DisposeAsync()
    {
        await DoAsync($"alter database \"{database.Name}\" owner to current_user; reassign owned by {owner} to current_user; drop owned by {owner}; drop role {owner}");
        await database.DisposeAsync();
    }

    /// <summary>As an earlier program left it: no policies, no grants, tables of views the owner's, timers made at the start.</summary>
    private Task UndoWallsAsync() => DoAsync($"""
        do $$
        declare t record;
        begin
            for t in select schemaname, tablename, policyname from pg_policies loop
                execute format('drop policy %I on %I.%I', t.policyname, t.schemaname, t.tablename);
                execute format('alter table %I.%I disable row level security', t.schemaname, t.tablename);
            end loop;
            for t in select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname in ('caseflow', 'views') and c.relkind in ('r', 'S', 'v') loop
                execute format('revoke all on %I.%I from caseflow_program, caseflow_reader', t.nspname, t.relname);
                if t.nspname = 'views' then
                    execute format('alter table %I.%I owner to {owner}', t.nspname, t.relname);
                end if;
            end loop;
        end $$;
        revoke all on schema caseflow, views, views_rebuild, views_replaced from caseflow_program, caseflow_reader;
        drop function caseflow.cf_wall_off(regclass), caseflow.cf_log_reached(bigint), caseflow.cf_position_of(bigint);
        drop view caseflow.cf_tenant_events;
        delete from caseflow.cf_migrations where version = 60
        """);

    private async Task DoAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private async Task<object?> AskAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Stop);
    }
}
