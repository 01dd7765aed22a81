using CaseFlow.Domain.Overdoses;
using CaseFlow.Integration.Infrastructure;
using Npgsql;

namespace CaseFlow.Integration.Imports;

public sealed class ImportingTheRealFile
{
    private const int Rows = 8005;
    private const int Recorded = 7816;
    private static readonly string[] Contradictions = ["naloxone-contradiction"];

    [Fact]
    public async Task Every_row_is_in_or_rejected_and_a_second_run_adds_nothing()
    {
        await using var world = await ImportWorld.CreateAsync();

        var (first, rejected) = await world.ImportAsync();

        (first.RowsRead, first.Recorded, first.AlreadyThere, first.Repeated).ShouldBe((Rows, Recorded, 0, 0));
        rejected.Count.ShouldBe(Rows - Recorded);
        rejected.Select(row => row.Code).Distinct().ShouldBe(Contradictions);
        (await world.CountAsync()).ShouldBe(Recorded);
        var content = await world.ContentAsync();

        var (second, _) = await world.ImportAsync();

        (second.Recorded, second.AlreadyThere, second.RejectedRows).ShouldBe((0, Recorded, Rows - Recorded));
        (await world.ContentAsync()).ShouldBe(content);
        TestContext.Current.TestOutputHelper!.WriteLine($"{first.RowsPerSecond:0} rows per second, again {second.RowsPerSecond:0}");
    }

    [Fact]
    public async Task A_row_reads_back_as_it_was_reported()
    {
        await using var world = await ImportWorld.CreateAsync();
        await world.ImportAsync();

        var stream = await world.Database.Store.ReadStreamAsync(
            ImportWorld.Jurisdiction, Domain.StreamIds.ImportedOverdose(ImportWorld.Jurisdiction, "pa-overdose-incidents", "1/1"), cancellation: TestContext.Current.CancellationToken);

        var report = stream.Events.ShouldHaveSingleItem().Data.ShouldBeOfType<OverdoseReported>();
        report.OccurredAt.ShouldBe(new DateTimeOffset(2018, 1, 4, 5, 42, 0, TimeSpan.Zero));
        report.Details.ShouldBe(new OverdoseDetails(
            Fatality.Fatal, Certainty.Suspected, ["cocaine", "heroin"], true, null, "PA-045 Delaware",
            new PersonDescription("Male", "50-59", "White", "Not Hispanic")));
    }

    [Fact]
    public async Task Two_imports_at_once_record_each_row_once()
    {
        await using var world = await ImportWorld.CreateAsync();
        await using var other = world.AnotherNode();

        var both = await Task.WhenAll(Task.Run(() => world.ImportAsync()), Task.Run(() => world.ImportAsync(by: other)));

        both.Sum(run => run.Tally.Recorded).ShouldBe(Recorded);
        foreach (var (tally, _) in both)
            (tally.Recorded + tally.AlreadyThere + tally.RejectedRows).ShouldBe(Rows);
        (await world.CountAsync()).ShouldBe(Recorded);
    }

    [Fact]
    public async Task Killed_in_the_middle_of_a_batch_it_ends_as_if_it_had_never_been()
    {
        await using var world = await ImportWorld.CreateAsync();
        await using var uninterrupted = await ImportWorld.CreateAsync();
        await uninterrupted.ImportAsync();

        await using (var connection = await world.OpenAsOwnerAsync())
        await using (await BlockAsync(connection, RowOfAMiddleBatch(uninterrupted)))
        {
            using var killed = world.StartImport(ImportWorld.RealFile);
            (await ServerProcesses.SoonAsync(() => IsWaiting(world))).ShouldBeTrue(killed.Output);
            killed.Kill();
        }

        var before = await world.CountAsync();
        before.ShouldBeInRange(1, Recorded - 1);

        using var again = world.StartImport(ImportWorld.RealFile);
        (await again.EndAsync()).ShouldBe(3, again.Output);

        (await world.CountAsync()).ShouldBe(Recorded);
        (await world.ContentAsync()).ShouldBe(await uninterrupted.ContentAsync());
    }

    /// <summary>Another transaction holds the stream, so the batch that wants it waits half done.</summary>
    private static async Task<NpgsqlTransaction> BlockAsync(NpgsqlConnection connection, Guid stream)
    {
        var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(
            "insert into caseflow.mt_streams (tenant_id, id, type, version) values (@tenant, @id, 'overdose', 1)", connection, transaction);
        command.Parameters.AddWithValue("tenant", ImportWorld.Jurisdiction);
        command.Parameters.AddWithValue("id", stream);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return transaction;
    }

    private static bool IsWaiting(ImportWorld world) => world.AskAsync<bool>(
        "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')").GetAwaiter().GetResult();

    private static Guid RowOfAMiddleBatch(ImportWorld world) => world.AskAsync<Guid>(
        "select stream_id from caseflow.mt_events where type = 'overdose_reported' order by seq_id offset 4000 limit 1").GetAwaiter().GetResult();
}
