using CaseFlow.EventStore;
using CaseFlow.EventStore.Migrations;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.EventStore;

public sealed class MigratingTheSchema
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_the_schema_of_the_snapshot()
    {
        await using var database = await StoreDatabase.CreateAsync();
        await using var command = database.Owner.CreateCommand(DescribeSchema);
        await using var reader = await command.ExecuteReaderAsync(Stop);
        var lines = new List<string>();
        while (await reader.ReadAsync(Stop))
            lines.Add(reader.GetString(0));

        // Beside the test program, to be compared with and copied over the committed one when a migration changed it.
        await File.WriteAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "schema.actual.txt"), lines, Stop);
        using var snapshot = new StreamReader(typeof(MigratingTheSchema).Assembly.GetManifestResourceStream("schema.snapshot.txt")!);
        lines.ShouldBe((await snapshot.ReadToEndAsync(Stop)).TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Is_safe_for_nodes_that_start_at_once_and_does_nothing_the_second_time()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = StoreDataSource.ForMigrations(database.ConnectionString);
        var options = new EventStoreOptions("other_schema", "other_views");

        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new Migrator(source, options).MigrateAsync([], Stop)));

        nodes.Count(applied => applied.Count > 0).ShouldBe(1);
        nodes.Single(applied => applied.Count > 0).ShouldBe([.. Enumerable.Range(1, 11), 14, 15, 16, 17, 18, 19, 20, 24, 30, 40, 41, 60, 61, 80, 81, 82, 91, 92, 98, 100, 112]);
        (await new Migrator(source, options).MigrateAsync([], Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Gives_each_tenant_the_last_of_its_events_that_a_view_had_applied()
    {
        await using var database = await StoreDatabase.CreateAsync();
        await using (var before = database.Owner.CreateCommand("""
            drop table caseflow.cf_checkpoints, caseflow.cf_views, caseflow.cf_view_failures, caseflow.cf_view_skips;
            delete from caseflow.cf_migrations where version in (17, 18, 19);
            create table caseflow.cf_checkpoints (
                name varchar not null, version integer not null, position bigint not null, updated_at timestamptz not null default now(),
                constraint pk_cf_checkpoints primary key (name));
            insert into caseflow.cf_checkpoints (name, version, position) values ('timeline', 3, 4);
            insert into caseflow.cf_log (position, seq_id, tenant_id, stamped_at)
            select n, n, case when n in (2, 3, 6) then 'north' when n = 7 then 'west' else 'south' end, now() from generate_series(1, 7) as n;
            insert into caseflow.cf_log_ends (tenant_id, position) values ('north', 6), ('south', 5), ('west', 7)
            """))
        {
            await before.ExecuteNonQueryAsync(Stop);
        }

        (await new Migrator(database.Owner, new EventStoreOptions()).MigrateAsync([], Stop)).ShouldBe([17, 18, 19]);

        await using var command = database.Owner.CreateCommand("""
            select string_agg(format('%s %s %s %s', c.name, v.version, c.tenant_id, c.position), ', ' order by c.tenant_id)
            from caseflow.cf_checkpoints c join caseflow.cf_views v on v.name = c.name
            """);
        (await command.ExecuteScalarAsync(Stop)).ShouldBe("timeline 3 north 3, timeline 3 south 4, timeline 3 west 0");
    }

    [Fact]
    public async Task Two_stores_live_in_one_database()
    {
        await using var first = await StoreDatabase.CreateAsync();
        var options = new EventStoreOptions("second", "second_views");
        await new Migrator(first.Owner, options).MigrateAsync([], Stop);
        var second = new CaseFlow.EventStore.Postgres.PostgresEventStore(first.Source, options, Codec);
        var append = One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit());

        (await first.Store.AppendAsync(append, Stop)).ShouldBeOfType<AppendResult.Appended>();
        (await second.AppendAsync(append, Stop)).ShouldBeOfType<AppendResult.Appended>();
        (await new CaseFlow.EventStore.Sequencing.Sequencer(first.Source, options, second.Appended).PlaceNewAsync(Stop)).ShouldBe(1);
        (await first.Store.EndOfLogAsync(Stop)).Position.ShouldBe(0);
    }

    [Theory]
    [InlineData("update caseflow.mt_events set data = '{}'", "CF403")]
    [InlineData("update caseflow.mt_events set data = data || '{}', user_name = 'somebody else'", "CF403")]
    [InlineData("update caseflow.mt_events set is_archived = true, timestamp = now()", "CF403")]
    [InlineData("delete from caseflow.mt_events", "CF403")]
    [InlineData("truncate caseflow.mt_events", "CF403")]
    [InlineData("insert into caseflow.mt_events (seq_id, id, version, data, type, timestamp, tenant_id) values (9, gen_random_uuid(), 1, '{}', 'x', now(), null)", "CF400")]
    public async Task Facts_are_kept_by_the_database_itself(string statement, string sqlState)
    {
        await using var database = await StoreDatabase.CreateAsync();
        await database.Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit()), Stop);

        (await Should.ThrowAsync<PostgresException>(() => database.DoAsync(statement))).SqlState.ShouldBe(sqlState);
        await database.DoAsync("update caseflow.mt_events set is_archived = true");
    }

    [Theory]
    [InlineData("Caseflow")]
    [InlineData("case-flow")]
    [InlineData("x; drop schema public")]
    [InlineData("")]
    public void A_schema_is_a_plain_identifier(string name)
    {
        Should.Throw<ArgumentException>(() => new EventStoreOptions(name));
        Should.Throw<ArgumentException>(() => new EventStoreOptions(viewsSchema: name));
    }

    private const string DescribeSchema = """
        set search_path = pg_catalog;
        select line from (
            select 1 as part, format('column %s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                case when a.attnotnull then ' not null' else '' end,
                coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) as line, c.relname as name, a.attnum::text as item
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
            where c.relnamespace = 'caseflow'::regnamespace and c.relkind = 'r'
            union all
            select 2, format('constraint %s %s: %s', conrelid::regclass, conname, pg_get_constraintdef(oid)), conrelid::regclass::text, conname
            from pg_constraint where connamespace = 'caseflow'::regnamespace and contype <> 'n'
            union all
            select 3, format('index %s', indexdef), tablename, indexname from pg_indexes where schemaname = 'caseflow'
            union all
            select 4, format('trigger %s', pg_get_triggerdef(oid)), tgrelid::regclass::text, tgname
            from pg_trigger where not tgisinternal and tgrelid::regclass::text like 'caseflow.%'
            union all
            select 5, format('sequence %s %s start %s increment %s cache %s', sequencename, data_type, start_value, increment_by, cache_size),
                sequencename, ''
            from pg_sequences where schemaname = 'caseflow'
            union all
            select 6, format('function %s', oid::regprocedure), proname, '' from pg_proc where pronamespace = 'caseflow'::regnamespace
            union all
            select 7, format('policy %s %s for %s to %s using %s check %s', tablename, policyname, cmd, roles, qual, with_check), tablename, policyname
            from pg_policies where schemaname = 'caseflow'
            union all
            select 8, format('granted %s to %s: %s', c.relname, a.grantee::regrole,
                string_agg(a.privilege_type, ', ' order by a.privilege_type)), c.relname, a.grantee::regrole::text
            from pg_class c cross join aclexplode(c.relacl) a
            where c.relnamespace = 'caseflow'::regnamespace and a.grantee::regrole::text like 'caseflow\_%'
            group by c.relname, a.grantee
            union all
            select 9, format('granted %s.%s to %s: %s', c.relname, at.attname, a.grantee::regrole, a.privilege_type), c.relname, at.attname
            from pg_class c join pg_attribute at on at.attrelid = c.oid cross join aclexplode(at.attacl) a
            where c.relnamespace = 'caseflow'::regnamespace
        ) as described
        order by part, name collate "C", lpad(item, 3, '0') collate "C", line collate "C"
        """;
}
