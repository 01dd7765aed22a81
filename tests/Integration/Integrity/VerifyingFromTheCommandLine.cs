using CaseFlow.Api.Composition;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Integration.Infrastructure;
using Npgsql;

namespace CaseFlow.Integration.Integrity;

public sealed class VerifyingFromTheCommandLine
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Says_whether_history_is_intact_by_its_words_and_by_how_it_ends()
    {
        var directory = Directory.CreateTempSubdirectory("verifying").FullName;
        try
        {
            await using var database = await TestDatabase.CreateAsync();
            var keys = Path.Combine(directory, "wrapping.key");
            FileWrappingKey.OpenOrCreate(keys);
            async Task<(int Exit, string Said)> RunAsync(params string[] command)
            {
                using var program = ProgramProcess.Start([.. command, $"--ConnectionStrings:CaseFlow={database.ConnectionString}", $"--Keys:File={keys}"]);
                return (await program.EndAsync(), program.Output);
            }

            var empty = await RunAsync("verify-history");
            empty.Exit.ShouldBe(0, empty.Said);
            empty.Said.ShouldContain("positions 1 to 0 hashed anew");
            await using var composed = new CaseFlowDatabase(database.ConnectionString, FileWrappingKey.OpenOrCreate(keys));
            await using var source = StoreDataSource.Open(new NpgsqlConnectionStringBuilder(database.ConnectionString));
            await RunSqlAsync("""
                insert into caseflow.mt_streams (tenant_id, id, type, version) values ('demo', '00000000-0000-0000-0000-000000000008', 'client', 1);
                insert into caseflow.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id) values (
                    nextval('caseflow.mt_events_sequence'), gen_random_uuid(), '00000000-0000-0000-0000-000000000008', 1, '{"some": "fact"}', 'client_registered', now(), 'demo')
                """);
            await composed.Sequencer.PlaceNewAsync(Stop);
            await composed.History.Sealer.SealNewAsync(cancellation: Stop);
            await composed.History.Sealer.SignAsync(cancellation: Stop);

            var intact = await RunAsync("verify-history");
            intact.Exit.ShouldBe(0, intact.Said);
            intact.Said.ShouldContain("INTACT");
            intact.Said.ShouldContain("1 checkpoints in the database, 1 in ");
            intact.Said.ShouldContain("verifier key: caseflow-ledger+");
            var rotated = await RunAsync("rotate-ledger-key");
            rotated.Exit.ShouldBe(0, rotated.Said);
            rotated.Said.ShouldContain("key 2 signs from here on: caseflow-ledger+");
            await composed.Sequencer.PlaceNewAsync(Stop);
            await composed.History.Sealer.SealNewAsync(cancellation: Stop);
            (await composed.History.Sealer.SignAsync(cancellation: Stop)).ShouldBeTrue("a program that runs signs with the key of today");
            var followed = await RunAsync("verify-history");
            followed.Exit.ShouldBe(0, followed.Said);
            followed.Said.ShouldContain(", up to 1 events");
            followed.Said.ShouldContain("2 checkpoints in the database, 2 in ");
            await RunSqlAsync("set session_replication_role = replica; update caseflow.mt_events set data = '{}' where data ? 'some'; set session_replication_role = origin");

            var broken = await RunAsync("verify-history");
            broken.Exit.ShouldBe(5, broken.Said);
            broken.Said.ShouldContain("position 1: Changed");
            broken.Said.ShouldContain("BROKEN: 1 differences");
            (await RunAsync("verify-history", "--from", "2", "--until", "1")).Exit.ShouldBe(2);
            await using var verdicts = source.CreateCommand("select string_agg(type, ' ' order by version) from caseflow.mt_events where type like 'history_integrity%'");
            (await verdicts.ExecuteScalarAsync(Stop)).ShouldBe("history_integrity_verified history_integrity_verified history_integrity_broken");

            async Task RunSqlAsync(string sql)
            {
                await using var command = source.CreateCommand(sql);
                await command.ExecuteNonQueryAsync(Stop);
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
