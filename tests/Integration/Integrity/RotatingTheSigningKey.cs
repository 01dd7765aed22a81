using CaseFlow.Api.Integrity;
using CaseFlow.EventStore.Integrity;

namespace CaseFlow.Integration.Integrity;

public sealed class RotatingTheSigningKey : IAsyncLifetime
{
    private SealedStore store = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => store = await SealedStore.CreateAsync();

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task What_was_signed_stays_signed_and_whoever_kept_the_first_key_follows_to_the_last()
    {
        await store.SealAsync(10);
        var pinned = SignedNote.VerifierKeyOf(store.Home.Key);
        var first = await File.ReadAllTextAsync(store.KeyFile, Stop);

        (await RotateAsync()).ShouldBe((2, false));
        await store.SealAsync(10);
        (await RotateAsync()).ShouldBe((3, false));
        await store.SealAsync(10);

        await ShouldBeWholeAsync(signed: 30);
        var chain = await store.Integrity.Ledger.KeysAsync(Stop);
        chain.Keys.Select(key => (key.Number, key.LastSize)).ShouldBe([(1, 10L), (2, 20L), (3, null)]);
        chain.EndsWith(store.Home.Key).ShouldBeTrue();
        // All that an auditor has: the key of the first day, the statements and the notes.
        var followed = KeyChain.Follow(
            (await store.Integrity.Ledger.StatusAsync(Stop)).Origin, Ed25519Verifier.Parse(pinned)!, [.. chain.Keys.Skip(1).Select(key => key.Succession!)], Ed25519Verifier.Parse);
        store.Home.Outside.Read().Select(signed => followed.Open(signed.Note)!.Size).ShouldBe([10, 20, 30]);
        Directory.GetFiles(Path.GetDirectoryName(store.KeyFile)!).ShouldNotContain(store.KeyFile + ".next");
        (await File.ReadAllTextAsync(store.KeyFile, Stop)).ShouldNotBe(first);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(store.KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Before_anything_is_signed_it_may_be_rotated_too()
    {
        (await RotateAsync()).ShouldBe((2, false));

        await store.SealAsync(5);

        await ShouldBeWholeAsync(signed: 5);
    }

    [Theory]
    [InlineData(SuccessionStep.Made, 1)]
    [InlineData(SuccessionStep.Listed, 2)]
    [InlineData(SuccessionStep.InPlace, 2)]
    [InlineData(SuccessionStep.Stored, 2)]
    public async Task Killed_at_any_step_signing_goes_on_with_the_key_that_is_named(SuccessionStep killedAt, int number)
    {
        await store.SealAsync(10);
        await KillAsync(killedAt);

        await store.AppendAsync(10);
        var next = store.AnotherNode();
        await next.Sealer.SealNewAsync(cancellation: Stop);
        (await next.Sealer.SignAsync(cancellation: Stop)).ShouldBeTrue(next.Sealer.WhyUnsigned);

        await ShouldBeWholeAsync(signed: 20);
        var chain = await store.Integrity.Ledger.KeysAsync(Stop);
        (chain.Today.Number, chain.EndsWith(store.Home.Key)).ShouldBe((number, true));
        chain.SignerOf((await store.Integrity.Ledger.StatusAsync(Stop)).Checkpoint!.Note)!.Number.ShouldBe(number);
        (await store.Database.AskAsync<long>("select count(*) from caseflow.cf_ledger_keys")).ShouldBe(number - 1);
        store.Home.Successions.Read().Count.ShouldBe(number - 1);
    }

    [Theory]
    [InlineData(SuccessionStep.Made, 2, false)]
    [InlineData(SuccessionStep.Listed, 2, true)]
    [InlineData(SuccessionStep.InPlace, 3, false)]
    public async Task Killed_at_any_step_the_next_rotation_ends_it(SuccessionStep killedAt, int number, bool wasBegun)
    {
        await store.SealAsync(10);
        await KillAsync(killedAt);

        (await RotateAsync()).ShouldBe((number, wasBegun));
        await store.SealAsync(10);

        await ShouldBeWholeAsync(signed: 20);
        (await store.Database.AskAsync<long>("select count(*) from caseflow.cf_ledger_keys")).ShouldBe(number - 1);
    }

    [Fact]
    public async Task A_statement_that_a_crash_left_half_written_names_no_key()
    {
        await store.SealAsync(10);
        await File.WriteAllTextAsync(store.Home.Successions.Path, """{"note":"caseflow-key-succ""", Stop);

        (await RotateAsync()).ShouldBe((2, false));

        await store.SealAsync(1);
        await ShouldBeWholeAsync(signed: 11);
    }

    [Fact]
    public async Task Two_at_once_take_turns_and_while_others_sign()
    {
        await store.SealAsync(10);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var signing = Enumerable.Range(0, 2).Select(_ => SignUntilAsync(store.AnotherNode(), ending.Token)).ToList();

        var rotated = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => store.AnotherNode().Rotation.RotateAsync(cancellation: Stop)));
        await store.AppendAsync(20);
        await ending.CancelAsync();
        await Task.WhenAll(signing);

        rotated.Select(one => one.Today.Number).Order().ShouldBe([2, 3, 4]);
        await store.Integrity.Sealer.SealNewAsync(cancellation: Stop);
        await store.Integrity.Sealer.SignAsync(cancellation: Stop);
        await ShouldBeWholeAsync(signed: 30);
    }

    [Fact]
    public async Task A_node_that_missed_it_signs_nothing_and_rotates_nothing_until_it_has_the_key()
    {
        await store.SealAsync(10);
        var elsewhere = store.KeyFile + ".elsewhere";
        File.Copy(store.KeyFile, elsewhere);
        var behind = store.AnotherNode(store.HomeWith(elsewhere));
        await RotateAsync();
        await store.AppendAsync(5);
        await behind.Sealer.SealNewAsync(cancellation: Stop);

        (await behind.Sealer.SignAsync(cancellation: Stop)).ShouldBeFalse();
        behind.Sealer.WhyUnsigned.ShouldNotBeNull().ShouldStartWith("Key 2 of the ledger signs since");
        (await Should.ThrowAsync<KeyChainBrokenException>(() => behind.Rotation.RotateAsync(cancellation: Stop))).Message.ShouldContain("bring today's key here");
        (await store.Database.AskAsync<long>("select max(size) from caseflow.cf_ledger_checkpoints")).ShouldBe(10);

        File.Copy(store.KeyFile, elsewhere, overwrite: true);
        (await behind.Sealer.SignAsync(cancellation: Stop)).ShouldBeTrue(behind.Sealer.WhyUnsigned);
        await ShouldBeWholeAsync(signed: 15);
    }

    [Fact]
    public async Task What_the_replaced_key_signs_afterwards_is_refused()
    {
        await store.SealAsync(10);
        var stolen = Ed25519CheckpointKey.Of(Convert.FromBase64String((await File.ReadAllTextAsync(store.KeyFile, Stop)).Trim()));
        await RotateAsync();
        await store.SealAsync(10);
        var (origin, root) = ((await store.Integrity.Ledger.StatusAsync(Stop)).Origin, (await store.VerifyAsync()).Root!);

        store.Home.Outside.Add(new SignedCheckpoint(DateTimeOffset.UnixEpoch, SignedNote.Sign(new Checkpoint(origin, 20, root), stolen)));

        var finding = (await store.VerifyAsync()).Findings.ShouldHaveSingleItem();
        (finding.Defect, finding.Detail.Contains("key 1, which signs nothing beyond 10", StringComparison.Ordinal)).ShouldBe((HistoryDefect.KeyReplaced, true));
        await store.AppendAsync(1);
        await store.Integrity.Sealer.SealNewAsync(cancellation: Stop);
        (await store.Integrity.Sealer.SignAsync(cancellation: Stop)).ShouldBeFalse();
        store.Integrity.Sealer.WhyUnsigned.ShouldNotBeNull().ShouldContain("one that had been replaced");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_chain_that_the_key_until_now_did_not_sign_is_found_and_nothing_is_signed_by_it(bool inDatabase)
    {
        await store.SealAsync(10);
        var (forger, theirs) = (store.HomeWith(store.KeyFile + ".forger").Key, store.HomeWith(store.KeyFile + ".theirs").Key);
        var origin = (await store.Integrity.Ledger.StatusAsync(Stop)).Origin;
        var stated = new KeySuccession(origin, 2, 10, DateTimeOffset.UnixEpoch, SignedNote.VerifierKeyOf(store.Home.Key), SignedNote.VerifierKeyOf(theirs));
        await PutAsync(stated.Sign(forger, theirs), inDatabase);

        (await store.VerifyAsync()).Findings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            finding => finding.Defect.ShouldBe(HistoryDefect.KeyChainBroken),
            finding => finding.Detail.ShouldContain("key 2 of the ledger is not signed by the key before"));
        await store.AppendAsync(1);
        await store.Integrity.Sealer.SealNewAsync(cancellation: Stop);
        (await store.Integrity.Sealer.SignAsync(cancellation: Stop)).ShouldBeFalse();
        store.Integrity.Sealer.WhyUnsigned.ShouldNotBeNull().ShouldContain("not signed by the key before");
        await Should.ThrowAsync<KeyChainBrokenException>(() => store.Integrity.Rotation.RotateAsync(cancellation: Stop));
        await Should.ThrowAsync<KeyChainBrokenException>(() => store.Integrity.Ledger.KeysAsync(Stop));
    }

    [Fact]
    public async Task A_whole_chain_of_somebody_elses_keys_cannot_end_in_ours()
    {
        await store.SealAsync(10);
        var forger = (ICheckpointKey)store.HomeWith(store.KeyFile + ".forger").Key;
        var origin = (await store.Integrity.Ledger.StatusAsync(Stop)).Origin;
        var stated = new KeySuccession(origin, 2, 0, DateTimeOffset.UnixEpoch, SignedNote.VerifierKeyOf(forger), SignedNote.VerifierKeyOf(store.Home.Key));
        await PutAsync(stated.Sign(forger, forger), inDatabase: true);

        var finding = (await store.VerifyAsync()).Findings.ShouldHaveSingleItem();

        (finding.Defect, finding.Detail).ShouldBe((HistoryDefect.KeyChainBroken, "The statement that names key 2 of the ledger is not signed by the key that it names."));
    }

    [Fact]
    public async Task Two_successors_of_one_key_are_said_and_neither_is_followed()
    {
        await store.SealAsync(10);
        var stolen = Ed25519CheckpointKey.Of(Convert.FromBase64String((await File.ReadAllTextAsync(store.KeyFile, Stop)).Trim()));
        await RotateAsync();
        var theirs = store.HomeWith(store.KeyFile + ".theirs").Key;
        var origin = (await store.Integrity.Ledger.StatusAsync(Stop)).Origin;
        await store.TamperAsync("delete from caseflow.cf_ledger_keys");
        await PutAsync(
            new KeySuccession(origin, 2, 10, DateTimeOffset.UnixEpoch, SignedNote.VerifierKeyOf(stolen), SignedNote.VerifierKeyOf(theirs)).Sign(stolen, theirs), inDatabase: true);

        (await store.VerifyAsync()).Findings[0].ShouldSatisfyAllConditions(
            finding => finding.Defect.ShouldBe(HistoryDefect.KeyChainBroken), finding => finding.Detail.ShouldContain("name different keys as number 2"));
        await store.Integrity.Sealer.SignAsync(cancellation: Stop);
        store.Integrity.Sealer.WhyUnsigned.ShouldNotBeNull().ShouldContain("name different keys as number 2");
    }

    [Fact]
    public async Task A_backup_from_before_it_is_signed_on_with_the_key_of_today()
    {
        await store.SealAsync(10);
        await RotateAsync();
        // As a restore leaves the database: what is outside is of today.
        await store.TamperAsync("delete from caseflow.cf_ledger_keys");

        await store.SealAsync(5);

        (await store.Database.AskAsync<long>("select count(*) from caseflow.cf_ledger_keys")).ShouldBe(1);
        await ShouldBeWholeAsync(signed: 15);
    }

    [Fact]
    public async Task The_statements_that_the_file_lost_are_taken_from_the_database()
    {
        await store.SealAsync(10);
        await RotateAsync();
        var before = store.Home.Successions.Read();
        File.Delete(store.Home.Successions.Path);

        await store.SealAsync(5);

        store.Home.Successions.Read().ShouldBe(before);
        await ShouldBeWholeAsync(signed: 15);
    }

    [Fact]
    public async Task Nothing_is_rotated_while_it_is_not_known_what_was_signed()
    {
        await store.SealAsync(10);
        File.AppendAllText(store.Home.Outside.Path, "nothing\n");

        await Should.ThrowAsync<InvalidDataException>(() => store.Integrity.Rotation.RotateAsync(cancellation: Stop));

        store.Home.Successions.Read().ShouldBeEmpty();
    }

    private async Task<(int Number, bool WasBegun)> RotateAsync()
    {
        var rotated = await store.AnotherNode().Rotation.RotateAsync(cancellation: Stop);
        return (rotated.Today.Number, rotated.WasBegun);
    }

    private async Task KillAsync(SuccessionStep at) => await Should.ThrowAsync<KilledException>(() => store.AnotherNode().Rotation.RotateAsync(
        step =>
        {
            if (step == at)
                throw new KilledException();
        },
        Stop));

    private static async Task SignUntilAsync(HistoryIntegrity node, CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            await node.Sealer.SealNewAsync(cancellation: Stop);
            await node.Sealer.SignAsync(cancellation: Stop);
            node.Sealer.WhyUnsigned.ShouldBeNull();
        }
    }

    private async Task PutAsync(string note, bool inDatabase)
    {
        if (inDatabase)
            await store.TamperAsync($"insert into caseflow.cf_ledger_keys (number, note) values (2, '{note}')");
        else
            store.Home.Successions.Add(note);
    }

    private async Task ShouldBeWholeAsync(long signed)
    {
        var verdict = await store.VerifyAsync();
        verdict.IsIntact.ShouldBeTrue(string.Join("; ", verdict.Findings));
        verdict.SignedSize.ShouldBe(signed);
    }

    /// <summary>Stands for the end of the process: what comes after does not happen.</summary>
    private sealed class KilledException : Exception;
}
