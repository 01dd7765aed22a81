using CaseFlow.EventStore.Background;
using CaseFlow.EventStore.Integrity;
using Npgsql;

namespace CaseFlow.Integration.Integrity;

public sealed class SealingHistory : IAsyncLifetime
{
    private SealedStore store = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => store = await SealedStore.CreateAsync();

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task Takes_every_event_in_the_order_of_the_log_and_signs_what_it_has()
    {
        await store.SealAsync(2345);

        var status = await store.Integrity.Ledger.StatusAsync(Stop);
        (status.EndOfLog, status.Size, status.SignedSize).ShouldBe((2345, 2345, 2345));
        status.Origin.ShouldStartWith("caseflow/");
        var signed = SignedNote.Open(status.Checkpoint!.Note, store.Home.Key)!;
        (signed.Origin, signed.Size).ShouldBe((status.Origin, 2345));
        signed.Root.ShouldBe(await NaiveRootAsync(2345));
        store.Home.Outside.Read().ShouldBe([status.Checkpoint]);
        (await store.Database.AskAsync<bool>(
            "select bool_and(f.seq_id = l.seq_id and f.event_id = e.id) and count(*) = 2345 from caseflow.cf_ledger_leaves f join caseflow.cf_log l using (position) join caseflow.mt_events e on e.seq_id = l.seq_id"))
            .ShouldBeTrue();
        var verdict = await store.VerifyAsync();
        verdict.IsIntact.ShouldBeTrue(string.Join("; ", verdict.Findings));
        (verdict.First, verdict.Last, verdict.SignedSize, verdict.NotSealed, verdict.Checkpoints, verdict.Outside).ShouldBe((1, 2345, 2345, 0, 1, 1));
        verdict.Root.ShouldBe(signed.Root);
    }

    [Fact]
    public async Task Goes_on_where_it_was_wherever_it_was_stopped()
    {
        for (var batch = 1; batch <= 9; batch++)
        {
            await store.AppendAsync(batch * 7);
            // Every time another program, which knows only what is stored.
            await store.AnotherNode().Sealer.SealNewAsync(cancellation: Stop);
            await store.AnotherNode().Sealer.SignAsync(cancellation: Stop);
        }

        (await store.Database.AskAsync<long>("select count(*) from caseflow.cf_ledger_leaves")).ShouldBe(315);
        (await store.Database.AskAsync<long>("select count(*) from caseflow.cf_ledger_nodes")).ShouldBe((315 / 16) + (315 / 256));
        (await store.VerifyAsync()).IsIntact.ShouldBeTrue();
        var last = (await store.Integrity.Ledger.StatusAsync(Stop)).Checkpoint!;
        SignedNote.Open(last.Note, store.Home.Key)!.Root.ShouldBe(await NaiveRootAsync(315));
    }

    [Fact]
    public async Task Loses_and_doubles_nothing_when_programs_are_killed_in_the_middle_and_several_seal_at_once()
    {
        var appending = Task.Run(() => store.AppendAsync(6000), Stop);
        var rounds = 0;
        while (!appending.IsCompleted || (await store.Integrity.Ledger.StatusAsync(Stop)).Size < 6000)
        {
            using var killed = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            var sealers = Enumerable.Range(0, 3).Select(_ => store.AnotherNode().Sealer.RunAsync(NoLease.Instance, killed.Token)).ToList();
            await Task.Delay(TimeSpan.FromMilliseconds(20 + (rounds++ % 7 * 40)), Stop);
            await killed.CancelAsync();
            foreach (var sealer in sealers)
                await Should.ThrowAsync<Exception>(() => sealer);
        }

        await appending;
        await store.Integrity.Sealer.SignAsync(cancellation: Stop);
        var verdict = await store.VerifyAsync();
        verdict.IsIntact.ShouldBeTrue(string.Join("; ", verdict.Findings));
        (verdict.Size, verdict.SignedSize).ShouldBe((6000, 6000));
    }

    [Fact]
    public async Task Is_done_by_the_node_that_holds_the_lease_and_by_the_next_when_that_ends()
    {
        using var first = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        using var second = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var one = store.Database.Daemon("one").RunAsync([Work(store.AnotherNode())], first.Token);
        await store.Database.UntilAsync("select exists (select from caseflow.cf_work_lease where holder = 'one')");
        var idle = store.AnotherNode();
        var two = store.Database.Daemon("two").RunAsync([Work(idle)], second.Token);
        await store.AppendAsync(10);
        await store.Database.UntilAsync("select count(*) = 10 from caseflow.cf_ledger_leaves");
        (await store.Database.AskAsync<string>("select holder from caseflow.cf_work_lease")).ShouldBe("one");

        await first.CancelAsync();
        await one;
        await store.AppendAsync(10);
        await store.Database.UntilAsync("select count(*) = 20 from caseflow.cf_ledger_leaves");
        await store.Database.UntilAsync("select exists (select from caseflow.cf_ledger_checkpoints where size = 20)");
        (await store.Database.AskAsync<string>("select holder from caseflow.cf_work_lease")).ShouldBe("two");
        await second.CancelAsync();
        await two;
        (await store.VerifyAsync()).IsIntact.ShouldBeTrue();

        static DaemonWork Work(HistoryIntegrity node) => new("ledger", node.Sealer.RunAsync);
    }

    [Fact]
    public async Task A_checkpoint_that_a_kill_kept_from_the_file_is_put_there_by_the_next_look()
    {
        await store.SealAsync(5);
        File.Delete(store.Home.Outside.Path);

        (await store.VerifyAsync()).Findings.ShouldHaveSingleItem().Defect.ShouldBe(HistoryDefect.CopyIncomplete);
        (await store.Integrity.Sealer.SignAsync(cancellation: Stop)).ShouldBeFalse("it is signed already");

        store.Home.Outside.Read().ShouldHaveSingleItem();
        (await store.VerifyAsync()).IsIntact.ShouldBeTrue();
    }

    [Fact]
    public async Task Proves_every_event_and_every_earlier_checkpoint_with_hashes_alone()
    {
        await store.SealAsync(37);
        var earlier = SignedNote.Open((await store.Integrity.Ledger.StatusAsync(Stop)).Checkpoint!.Note, store.Home.Key)!;
        await store.SealAsync(300);
        await store.AppendAsync(1);
        await store.Integrity.Sealer.SealNewAsync(cancellation: Stop);

        for (var position = 1L; position <= 337; position += 7)
        {
            var proof = (await store.Integrity.Ledger.InclusionAsync(position, Stop))!;
            var root = SignedNote.Open(proof.Checkpoint.Note, store.Home.Key)!.Root;
            TreeProof.Includes(position - 1, proof.Size, proof.LeafHash, proof.Path, root).ShouldBeTrue();
            proof.Path.Count.ShouldBeLessThanOrEqualTo(9);
        }

        var consistency = (await store.Integrity.Ledger.ConsistencyAsync(37, Stop))!;
        var later = SignedNote.Open(consistency.Checkpoint.Note, store.Home.Key)!;
        TreeProof.Extends(37, 337, earlier.Root, later.Root, consistency.Path).ShouldBeTrue();
        (await store.Integrity.Ledger.InclusionAsync(338, Stop)).ShouldBeNull("no checkpoint has it yet");
        (await store.Integrity.Ledger.InclusionAsync(0, Stop)).ShouldBeNull();
        (await store.Integrity.Ledger.ConsistencyAsync(338, Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task The_program_adds_to_the_ledger_and_changes_nothing_in_it()
    {
        await store.SealAsync(20);

        foreach (var table in new[] { "cf_ledger_leaves", "cf_ledger_nodes", "cf_ledger_checkpoints", "cf_ledger_keys", "cf_ledger" })
        {
            foreach (var statement in new[] { $"delete from caseflow.{table}", $"truncate caseflow.{table}" })
            {
                (await RefusedAsync(store.Database.Source, statement)).ShouldBe(PostgresErrorCodes.InsufficientPrivilege, statement);
                (await RefusedAsync(store.Database.Owner, statement)).ShouldBe("CF403", statement);
            }
        }

        (await RefusedAsync(store.Database.Source, "update caseflow.cf_ledger_leaves set hash = hash")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await RefusedAsync(store.Database.Owner, "update caseflow.cf_ledger_leaves set hash = hash")).ShouldBe("CF403");
        (await RefusedAsync(store.Database.Source, "insert into caseflow.cf_ledger (one, origin) values (false, 'x')")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await RefusedAsync(store.Database.Questions, "select * from caseflow.cf_ledger_leaves")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task What_was_taken_away_before_it_was_sealed_stops_it_there_and_is_said()
    {
        await store.AppendAsync(6);
        await store.TamperAsync("delete from caseflow.mt_events where seq_id = (select seq_id from caseflow.cf_log where position = 4)");

        (await Should.ThrowAsync<LedgerBrokenException>(() => store.Integrity.Sealer.SealNewAsync(cancellation: Stop))).Message.ShouldContain("position 4 is gone");

        (await store.Integrity.Ledger.StatusAsync(Stop)).Size.ShouldBe(3);
        var verdict = await store.VerifyAsync();
        (verdict.NotSealed, verdict.Findings[0].Defect, verdict.Findings[0].First).ShouldBe((3, HistoryDefect.Missing, 4));
        await store.TamperAsync("delete from caseflow.cf_log where position = 4");
        (await Should.ThrowAsync<LedgerBrokenException>(() => store.Integrity.Sealer.SealNewAsync(cancellation: Stop))).Message.ShouldContain("no position 4");
        (await store.VerifyAsync()).Findings.ShouldContain(finding => finding.Defect == HistoryDefect.Missing && finding.First == 4 && finding.Last == 6);
    }

    /// <summary>The recursive definition over the leaves as they are stored.</summary>
    private async Task<byte[]> NaiveRootAsync(int size)
    {
        var leaves = new List<byte[]>();
        await using var command = store.Database.Owner.CreateCommand($"select hash from caseflow.cf_ledger_leaves where position <= {size} order by position");
        await using var reader = await command.ExecuteReaderAsync(Stop);
        while (await reader.ReadAsync(Stop))
            leaves.Add(reader.GetFieldValue<byte[]>(0));
        leaves.Count.ShouldBe(size);
        return Root(leaves);

        static byte[] Root(List<byte[]> of)
        {
            if (of.Count == 1)
                return of[0];
            var left = 1;
            while (left * 2 < of.Count)
                left *= 2;
            return MerkleHash.OfChildren(Root(of[..left]), Root(of[left..]));
        }
    }

    private static async Task<string?> RefusedAsync(NpgsqlDataSource source, string statement)
    {
        await using var command = source.CreateCommand(statement);
        return (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Stop))).SqlState;
    }
}
