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
            foreach (var view in new[] { "client_identifiers", "referral_compliance", "timeline", "caseload", "referral_inbox", "duty_notices" })
                all.Said.ShouldContain($"{view}: rebuilt");
            var one = await RunAsync("rebuild", "--view", "timeline");
            one.Said.ShouldContain("1 rebuilt.");
            one.Said.ShouldNotContain("caseload");
            var verified = await RunAsync("rebuild", "--verify");
            verified.Exit.ShouldBe(0, verified.Said);
            verified.Said.ShouldContain("caseload: the same at position 0");
            verified.Said.ShouldContain(" verified, no difference.");
            await using (var source = NpgsqlDataSource.Create(database.ConnectionString))
            await using (var spoil = source.CreateCommand("""
                insert into views.client_identifiers (tenant_id, mark, client_id, identifier_id, names_one_person)
                values ('demo', 'x', gen_random_uuid(), '00000000-0000-0000-0000-000000000007', true)
                """))
            {
                await spoil.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }

            var spoiled = await RunAsync("rebuild", "--verify", "--view", "client_identifiers");
            spoiled.Exit.ShouldBe(4, spoiled.Said);
            spoiled.Said.ShouldContain("client_identifiers: 1 rows, 0 missing, 1 extra, 0 different");
            spoiled.Said.ShouldContain("extra {demo,00000000-0000-0000-0000-000000000007}");
            var none = await RunAsync("rebuild", "--view", "time");
            none.Exit.ShouldBe(2);
            none.Said.ShouldContain("There is no view 'time'.");
        }
        finally
        {
            File.Delete(keys);
        }
    }
}
