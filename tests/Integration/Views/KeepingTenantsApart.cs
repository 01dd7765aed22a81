using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Integration.Views;

/// <summary>What the questions' role sees when a statement forgets the tenant, or names another than the transaction's.</summary>
public sealed class KeepingTenantsApart : IAsyncLifetime
{
    private const string Other = "south";

    private ViewsWorld world = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Everything that questions may read and that belongs to tenants; the last are the tables of three kinds of views.</summary>
    public static TheoryData<string> Tables() =>
    [
        "caseflow.mt_streams", "caseflow.cf_tenant_events", "caseflow.cf_log", "caseflow.cf_log_ends", "caseflow.cf_checkpoints",
        "views.notes", "views.note_entries", "views.note_counts", "views.inline_notes",
    ];

    public async ValueTask InitializeAsync()
    {
        world = await ViewsWorld.CreateAsync(new NotesInline());
        await world.RecordAsync(ViewsWorld.Tenant, [Note(1), Note(2)]);
        await world.RecordAsync(Other, [Note(3)]);
        await world.Runner(Views()).CatchUpAsync(cancellation: Cancellation);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_question_that_forgets_the_tenant_sees_its_own_tenants_rows_only(string table)
    {
        (await TenantsAsync(table, ViewsWorld.Tenant)).ShouldBe([ViewsWorld.Tenant]);
        (await TenantsAsync(table, Other)).ShouldBe([Other]);
        (await TenantsAsync(table, "nobody")).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_question_outside_any_tenant_sees_nothing(string table)
    {
        await using var question = world.Questions.CreateCommand($"select count(*) from {table}");

        (await question.ExecuteScalarAsync(Cancellation)).ShouldBe(0L);
        (await world.AskAsync<long>($"select count(distinct tenant_id) from {table.Replace("cf_tenant_events", "mt_events", StringComparison.Ordinal)}")).ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_question_that_names_another_tenant_than_its_transactions_sees_nothing(string table)
    {
        await using var question = new TenantQuestion(world.Questions, ViewsWorld.Tenant, $"select count(*) from {table} where tenant_id = '{Other}'");

        (await question.ExecuteScalarAsync(Cancellation)).ShouldBe(0L);
    }

    [Fact]
    public async Task Every_table_that_questions_may_read_is_walled_or_says_nothing_of_a_tenant()
    {
        const string open = """
            select coalesce(string_agg(n.nspname || '.' || c.relname, ', ' order by n.nspname, c.relname), '')
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('caseflow', 'views', 'views_rebuild', 'views_replaced') and c.relkind = 'r'
                and has_any_column_privilege('caseflow_reader', c.oid, 'select') and not c.relrowsecurity
            """;

        (await world.AskAsync<string>(open)).ShouldBe("caseflow.cf_views");
    }

    [Fact]
    public async Task A_connection_does_not_carry_a_tenant_over_to_its_next_user()
    {
        await using var questions = StoreDataSource.ForQuestions(
            new NpgsqlConnectionStringBuilder(world.ProgramConnectionString) { MaxPoolSize = 1, ApplicationName = "one" }.ConnectionString);
        foreach (var tenant in new[] { ViewsWorld.Tenant, Other, ViewsWorld.Tenant })
        {
            await using (var asked = new TenantQuestion(questions, tenant, "select count(*) from views.notes"))
                ((long)(await asked.ExecuteScalarAsync(Cancellation))!).ShouldBeGreaterThan(0);
            await using var forgetful = questions.CreateCommand(
                "select count(*) || ' as ' || current_user || coalesce(current_setting('caseflow.tenant', true), '') from views.notes");
            (await forgetful.ExecuteScalarAsync(Cancellation)).ShouldBe("0 as caseflow_reader");
        }
    }

    [Fact]
    public async Task A_connection_does_not_carry_a_tenant_over_from_a_question_that_failed()
    {
        await using var questions = StoreDataSource.ForQuestions(
            new NpgsqlConnectionStringBuilder(world.ProgramConnectionString) { MaxPoolSize = 1, ApplicationName = "one" }.ConnectionString);
        await using (var failing = new TenantQuestion(questions, ViewsWorld.Tenant, "select 1 / count(*) from views.notes where false"))
            await Should.ThrowAsync<PostgresException>(() => failing.ExecuteScalarAsync(Cancellation));

        await using var forgetful = questions.CreateCommand("select count(*) from views.notes");
        (await forgetful.ExecuteScalarAsync(Cancellation)).ShouldBe(0L);
    }

    [Fact]
    public async Task A_view_reader_sees_its_tenants_rows_only_whatever_is_asked()
    {
        var seen = await world.Reader.ReadAsync(new NotesView(), Other, ViewInstant.Now, null, async (connection, table, _) =>
        {
            await using var forgetful = new NpgsqlCommand($"select string_agg(distinct tenant_id, ',') from {table}", connection);
            return await forgetful.ExecuteScalarAsync(Cancellation);
        }, Cancellation);

        seen.ShouldBe(Other);
    }

    [Fact]
    public async Task A_rebuilt_view_is_walled_like_the_one_it_replaces()
    {
        foreach (var view in Views())
            await new ViewRebuild(world.Source, world.Store).RebuildAsync(view, Cancellation);
        await new ViewRebuild(world.Source, world.Store).RebuildAsync(new NotesInline(), Cancellation);

        foreach (var table in new[] { "views.notes", "views.note_entries", "views.note_counts", "views.inline_notes" })
            await A_question_that_forgets_the_tenant_sees_its_own_tenants_rows_only(table);
        await Every_table_that_questions_may_read_is_walled_or_says_nothing_of_a_tenant();
    }

    [Fact]
    public async Task A_table_without_a_tenant_is_not_shown_to_questions()
    {
        await using (var create = world.Source.CreateCommand("create table views.nameless (id int); select caseflow.cf_wall_off('views.nameless')"))
            await create.ExecuteNonQueryAsync(Cancellation);

        await using var question = world.Questions.CreateCommand("select * from views.nameless");
        (await Should.ThrowAsync<PostgresException>(() => question.ExecuteScalarAsync(Cancellation))).SqlState
            .ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task The_work_in_the_background_goes_on_for_every_tenant()
    {
        await using var command = world.Source.CreateCommand("select count(distinct tenant_id) from views.notes");

        (await command.ExecuteScalarAsync(Cancellation)).ShouldBe(2L);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private static IView[] Views() => [new NotesView(), new NoteEntriesView(), new NoteCountsView()];

    private static NoteTaken Note(int value) => new(["kept"], value, ViewsWorld.Hour(value));

    private async Task<List<string>> TenantsAsync(string table, string tenant)
    {
        await using var question = new TenantQuestion(world.Questions, tenant, $"select distinct tenant_id from {table}");
        await using var reader = await question.ExecuteReaderAsync(Cancellation);
        var tenants = new List<string>();
        while (await reader.ReadAsync(Cancellation))
            tenants.Add(reader.GetString(0));
        return tenants;
    }

    private sealed class NotesInline : IInlineView
    {
        public string Name => "inline_notes";

        public string TablesSql => "create table if not exists {views}.inline_notes (tenant_id text not null, event uuid primary key)";

        public IReadOnlyList<string> Tables => ["views.inline_notes"];

        public IEnumerable<NpgsqlBatchCommand> RowsFor(InlineEvent appended)
        {
            var row = new NpgsqlBatchCommand("insert into views.inline_notes values (@tenant, @event)");
            row.Parameters.AddWithValue("tenant", appended.TenantId);
            row.Parameters.AddWithValue("event", appended.EventId);
            yield return row;
        }
    }
}
