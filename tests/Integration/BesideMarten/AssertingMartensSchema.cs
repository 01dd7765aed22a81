using CaseFlow.Integration.EventStore;
using JasperFx.Events;
using Marten;
using Weasel.Core;
using Weasel.Core.Migrations;

namespace CaseFlow.Integration.BesideMarten;

/// <summary>What Marten's own look at the schema finds to change: none of the event tables.</summary>
public sealed class AssertingMartensSchema : IAsyncLifetime
{
    /// <summary>Tables and the sequence of the format; both sides declare them alike.</summary>
    private static readonly string[] Common =
        ["mt_event_progression", "mt_event_projection_floors", "mt_events", "mt_events_sequence", "mt_high_water_skips", "mt_streams"];

    /// <summary>Marten's own, for its appends, its daemon and what its daemon could not apply. This store needs none of them.</summary>
    private static readonly string[] MartensOwn =
        ["mt_archive_stream", "mt_doc_deadletterevent", "mt_mark_event_progression", "mt_mark_progression_with_skip", "mt_quick_append_events"];

    private StoreDatabase database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await StoreDatabase.CreateAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Theory]
    [InlineData(EventAppendMode.Quick)]
    [InlineData(EventAppendMode.Rich)]
    public async Task Finds_the_event_tables_as_it_declares_them_and_misses_what_is_its_own(EventAppendMode mode)
    {
        await using var marten = MartenApplication.Over(database.ConnectionString, mode);

        var found = await DifferencesAsync(marten);

        found.Where(entry => entry.Difference == SchemaPatchDifference.None).Select(entry => entry.Name).ShouldBe(Common);
        found.Where(entry => entry.Difference != SchemaPatchDifference.None)
            .ShouldBe(MartensOwn.Select(name => (name, SchemaPatchDifference.Create)));
    }

    [Fact]
    public async Task Is_satisfied_once_it_has_made_what_is_its_own_and_has_taken_nothing_away()
    {
        await using var marten = MartenApplication.Over(database.ConnectionString);
        await Should.ThrowAsync<DatabaseValidationException>(() => marten.Store.Storage.Database.AssertDatabaseMatchesConfigurationAsync(Stop));
        var before = await WhatHoldsAsync();

        await MartenApplication.InstallAsync(database.ConnectionString);

        await marten.Store.Storage.Database.AssertDatabaseMatchesConfigurationAsync(Stop);
        (await WhatHoldsAsync()).ShouldBe(before);
        before.ShouldContain("cf_event_is_admitted");
        before.ShouldContain("idx_mt_events_event_id");
        before.ShouldContain("cf_program_gives_up");
        (await new CaseFlow.EventStore.Migrations.Migrator(database.Owner, database.Options).MigrateAsync([], Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Would_undo_what_the_application_does_not_declare()
    {
        await using var forgetful = MartenApplication.Over(database.ConnectionString, more: options => options.Events.EnableUniqueIndexOnEventId = false);
        await using var nameless = MartenApplication.Over(database.ConnectionString, more: options => options.Events.MetadataConfig.UserNameEnabled = false);

        (await DifferencesAsync(forgetful)).ShouldContain(("mt_events", SchemaPatchDifference.Update));
        (await DifferencesAsync(nameless)).ShouldContain(("mt_events", SchemaPatchDifference.Update));
    }

    private static async Task<List<(string Name, SchemaPatchDifference Difference)>> DifferencesAsync(MartenApplication marten) =>
        [.. (await marten.Store.Storage.Database.CreateMigrationAsync(Stop)).Deltas
            .Where(delta => delta.SchemaObject.Identifier.Schema == "caseflow")
            .Select(delta => (delta.SchemaObject.Identifier.Name, delta.Difference))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)];

    /// <summary>Columns, keys, indexes, triggers, policies and grants of the common tables.</summary>
    private Task<string> WhatHoldsAsync() => database.AskAsync<string>(
        """
        select string_agg(line, E'\n' order by line) from (
            select format('%s %s %s %s', table_name, column_name, data_type, is_nullable) as line
            from information_schema.columns where table_schema = 'caseflow'
            union all
            select format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint where connamespace = 'caseflow'::regnamespace
            union all
            select indexdef from pg_indexes where schemaname = 'caseflow'
            union all
            select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
            union all
            select format('%s %s %s %s %s', tablename, policyname, cmd, qual, with_check) from pg_policies where schemaname = 'caseflow'
            union all
            select format('%s %s', oid::regclass, relacl) from pg_class where relnamespace = 'caseflow'::regnamespace
        ) as held
        where line !~ 'mt_doc_deadletterevent'
        """);
}
