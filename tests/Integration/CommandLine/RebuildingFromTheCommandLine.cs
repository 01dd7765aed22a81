using CaseFlow.EventStore;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Integration.Infrastructure;
using Npgsql;

namespace CaseFlow.Integration.CommandLine;

public sealed class RebuildingFromTheCommandLine
{
    [Fact]
    public async Task Migrates_once_and_rebuilds_all_views_or_one()
    {
        await using var database = await TestDatabase.CreateAsync();
        var keys = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.key");
        FileWrappingKey.OpenOrCreate(keys);
        async Task<(int Exit, string Said)> RunAsync(params string[] command)
        {
            using var program = ProgramProcess.Start([.. command, $"--ConnectionStrings:CaseFlow={database.ConnectionString}", $"--Keys:File={keys}"]);
            return (await program.EndAsync(), program.Output);
        }

        try
        {
            (await RunAsync("migrate")).Said.ShouldContain("Migrated: steps 1");
            (await RunAsync("migrate")).Said.ShouldContain("Nothing to migrate.");
            var all = await RunAsync("rebuild");
            all.Exit.ShouldBe(0, all.Said);
            foreach (var view in new[] { "client_identifiers", "client_search", "referral_compliance", "timeline", "caseload", "referral_inbox", "units_of_service", "consent_notices", "entry_timeliness", "court_compliance", "court_open_file", "court_caseload", "court_activity", "court_tests", "hearing_calendar", "coachings", "courts", "client_deaths", "record_ages", "unidentified_overdoses", "duty_notices", "consent_ends", "test_selections", "emergency_reviews", "breach_suspicions" })
                all.Said.ShouldContain($"{view}: rebuilt");
            var one = await RunAsync("rebuild", "--view", "timeline");
            one.Said.ShouldContain("1 rebuilt.");
            one.Said.ShouldNotContain("caseload");
            var verified = await RunAsync("rebuild", "--verify");
            verified.Exit.ShouldBe(0, verified.Said);
            verified.Said.ShouldContain("caseload: the same at position 0");
            verified.Said.ShouldContain(" verified, no difference.");
            verified.Said.ShouldNotContain("notice_messages", Case.Sensitive, "it has effects and no rows");
            await using (var source = NpgsqlDataSource.Create(database.ConnectionString))
            await using (var spoil = source.CreateCommand("""
                insert into views.client_number_links (tenant_id, mark, client_id, event_id, names_one_person, identifier_id, sealed_under, goes_with, of_victims)
                values ('demo', 'x', gen_random_uuid(), '00000000-0000-0000-0000-000000000007', true, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), false)
                """))
            {
                await spoil.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }

            var spoiled = await RunAsync("rebuild", "--verify", "--view", "client_identifiers");
            spoiled.Exit.ShouldBe(4, spoiled.Said);
            spoiled.Said.ShouldContain("client_number_links: 1 rows, 0 missing, 1 extra, 0 different");
            spoiled.Said.ShouldContain("extra {demo,00000000-0000-0000-0000-000000000007}");
            await VerifiesWithoutChangingAsync(database, RunAsync);
            var none = await RunAsync("rebuild", "--view", "time");
            none.Exit.ShouldBe(2);
            none.Said.ShouldContain("There is no view 'time'.");
            await NamesADamagedKeyAsync(database, RunAsync);
        }
        finally
        {
            File.Delete(keys);
        }
    }

    /// <summary>A row of a key that does not unwrap is passed over, and keeps what wrapped it.</summary>
    private static async Task NamesADamagedKeyAsync(TestDatabase database, Func<string[], Task<(int Exit, string Said)>> runAsync)
    {
        await using var source = StoreDataSource.Open(new NpgsqlConnectionStringBuilder(database.ConnectionString));
        await using var damage = source.CreateCommand("""
            insert into caseflow.cf_data_keys (tenant_id, subject_id, wrapped_key, wrapping_key_id)
            select 'demo', '00000000-0000-0000-0000-000000000009', decode(repeat('00', 60), 'hex'), 'ring:' || replace(ring_id::text, '-', '') || '/' || ring_epoch
            from caseflow.cf_key_state
            """);
        await damage.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var rotated = await runAsync(["keys", "rotate", "--forget-earlier"]);

        rotated.Exit.ShouldBe(6, rotated.Said);
        rotated.Said.ShouldContain("DAMAGED: 1 keys do not unwrap");
        rotated.Said.ShouldContain("00000000-0000-0000-0000-000000000009 of demo, wrapped by ring:");
        rotated.Said.ShouldNotContain("Earlier epochs are forgotten");
    }

    /// <summary>Views of another version, and views that cannot apply an event, are left as they are; the others are compared.</summary>
    private static async Task VerifiesWithoutChangingAsync(TestDatabase database, Func<string[], Task<(int Exit, string Said)>> runAsync)
    {
        await using var source = StoreDataSource.Open(new NpgsqlConnectionStringBuilder(database.ConnectionString));
        await using (var spoil = source.CreateCommand("""
            update caseflow.cf_views set version = 0 where name = 'timeline';
            insert into caseflow.mt_streams (tenant_id, id, type, version) values ('demo', '00000000-0000-0000-0000-000000000008', 'client', 1);
            insert into caseflow.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id) values (
                nextval('caseflow.mt_events_sequence'), gen_random_uuid(), '00000000-0000-0000-0000-000000000008', 1, '{"torn": true}', 'client_registered', now(), 'demo')
            """))
        {
            await spoil.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var verified = await runAsync(["rebuild", "--verify"]);

        verified.Exit.ShouldBe(4, verified.Said);
        verified.Said.ShouldContain("timeline: NOT COMPARED. It is stored at version 0");
        verified.Said.ShouldContain("caseload: NOT COMPARED. View \"caseload\" stopped for tenant \"demo\" after position 0");
        verified.Said.ShouldContain("duty_notices: NOT COMPARED.");
        await using var version = source.CreateCommand("select version from caseflow.cf_views where name = 'timeline'");
        (await version.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
        await using var messages = source.CreateCommand("select count(*) from caseflow.cf_checkpoints where name = 'notice_messages' and position > 0");
        (await messages.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(0L);
    }
}
