using System.Text;
using CaseFlow.Api.Integrity;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Integrity;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.Integrity;

/// <summary>Somebody with every right on the server changes what was recorded. Each change is found, and where it is.</summary>
public sealed class FindingTampering : IAsyncLifetime
{
    private SealedStore store = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        store = await SealedStore.CreateAsync();
        await store.SealAsync(40);
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Theory]
    [InlineData("data = jsonb_set(data, '{number}', '99')")]
    [InlineData("data = jsonb_set(data, '{number}', ((data ->> 'number') || '.0')::jsonb)")]
    [InlineData("data = data || '{\"more\": null}'")]
    [InlineData("bdata = ''")]
    [InlineData("type = 'dose_given'")]
    [InlineData("timestamp = timestamp + interval '1 microsecond'")]
    [InlineData("timestamp = 'infinity'")]
    [InlineData("tenant_id = 'county-b'")]
    [InlineData("mt_dotnet_type = mt_dotnet_type || ' '")]
    [InlineData("correlation_id = 'conversation-2'")]
    [InlineData("correlation_id = null")]
    [InlineData("causation_id = ''")]
    [InlineData("causation_id = correlation_id, correlation_id = causation_id")]
    [InlineData("headers = headers || '{\"role\": \"judge\"}'")]
    [InlineData("headers = null")]
    [InlineData("user_name = 'agent-2'")]
    [InlineData("version = version + 1")]
    [InlineData("stream_id = gen_random_uuid()")]
    [InlineData("id = gen_random_uuid()")]
    [InlineData("is_archived = true", HistoryDefect.Archived)]
    [InlineData("is_archived = null")]
    [InlineData("seq_id = seq_id + 1000", HistoryDefect.Missing)]
    public async Task A_column_of_an_event(string change, HistoryDefect defect = HistoryDefect.Changed)
    {
        await store.TamperAsync($"update caseflow.mt_events set {change} where seq_id = (select seq_id from caseflow.cf_log where position = 17)");

        await ShouldFindAsync(defect, 17);
    }

    [Theory]
    [InlineData("stamped_at = stamped_at + interval '1 microsecond'", HistoryDefect.Changed)]
    [InlineData("tenant_id = 'county-b'", HistoryDefect.Changed)]
    [InlineData("seq_id = seq_id + 1000", HistoryDefect.Missing)]
    public async Task A_column_of_the_log(string change, HistoryDefect defect)
    {
        await store.TamperAsync($"update caseflow.cf_log set {change} where position = 17");

        (await store.VerifyAsync()).Findings.ShouldContain(finding => finding.Defect == defect && finding.First == 17 && finding.Last == 17);
    }

    [Fact]
    public async Task An_event_that_is_gone_and_a_place_that_is_gone()
    {
        await store.TamperAsync("delete from caseflow.mt_events where seq_id = (select seq_id from caseflow.cf_log where position = 17)");
        await ShouldFindAsync(HistoryDefect.Missing, 17);

        await store.TamperAsync("delete from caseflow.cf_log where position = 30");
        (await store.VerifyAsync()).Findings.ShouldContain(finding => finding.Defect == HistoryDefect.Missing && finding.First == 30);
    }

    [Fact]
    public async Task An_event_that_was_slipped_in_where_the_log_never_looks_again()
    {
        await store.TamperAsync("""
            insert into caseflow.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id)
            select -5, '0195d6c4-0000-7000-8000-00000000000f', stream_id, version + 1, data, type, timestamp, tenant_id from caseflow.mt_events limit 1
            """);

        var finding = (await store.VerifyAsync()).Findings.ShouldHaveSingleItem();
        (finding.Defect, finding.First, finding.EventId, finding.TenantId).ShouldBe((HistoryDefect.Added, null, Guid.Parse("0195d6c4-0000-7000-8000-00000000000f"), Tenant));
    }

    [Fact]
    public async Task An_event_with_a_place_before_the_first()
    {
        await store.TamperAsync("""
            insert into caseflow.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id)
            select -5, gen_random_uuid(), stream_id, version + 1, data, type, timestamp, tenant_id from caseflow.mt_events limit 1;
            insert into caseflow.cf_log (position, seq_id, tenant_id, stamped_at) values (0, -5, 'county-a', now())
            """);

        (await store.VerifyAsync()).Findings.ShouldHaveSingleItem().Defect.ShouldBe(HistoryDefect.Added);
    }

    [Fact]
    public async Task Two_events_that_changed_their_places()
    {
        await store.TamperAsync("""
            create temporary table two on commit drop as select position, seq_id from caseflow.cf_log where position in (17, 30);
            update caseflow.cf_log l set seq_id = -l.position where position in (17, 30);
            update caseflow.cf_log l set seq_id = (select seq_id from two where two.position <> l.position) where position in (17, 30)
            """);

        var findings = (await store.VerifyAsync()).Findings;
        findings.Select(finding => (finding.Defect, finding.First)).ShouldBe([(HistoryDefect.Reordered, 17), (HistoryDefect.Reordered, 30)]);
        findings[0].Detail.ShouldContain("position 30");
    }

    [Fact]
    public async Task Two_events_that_changed_their_content()
    {
        await store.TamperAsync("""
            create temporary table two on commit drop as select l.position, e.data from caseflow.cf_log l join caseflow.mt_events e using (seq_id) where position in (17, 30);
            update caseflow.mt_events e set data = two.data from caseflow.cf_log l, two
            where l.seq_id = e.seq_id and l.position in (17, 30) and two.position = 47 - l.position
            """);

        (await store.VerifyAsync()).Findings.Select(finding => (finding.Defect, finding.First))
            .ShouldBe([(HistoryDefect.Changed, 17), (HistoryDefect.Changed, 30)]);
    }

    [Fact]
    public async Task A_leaf_or_a_node_that_is_gone_or_changed()
    {
        await store.TamperAsync("update caseflow.cf_ledger_nodes set hash = sha256('x') where number = 1");
        (await store.VerifyAsync()).Findings.ShouldContain(finding => finding.Defect == HistoryDefect.NodeDiffers && finding.First == 17 && finding.Last == 32);

        await store.TamperAsync("delete from caseflow.cf_ledger_nodes where number = 1");
        var verdict = await store.VerifyAsync();
        verdict.Findings.ShouldContain(finding => finding.Defect == HistoryDefect.NodeDiffers && finding.First == 17);
        verdict.Root.ShouldBeNull();
        await Should.ThrowAsync<LedgerBrokenException>(() => store.Integrity.Ledger.InclusionAsync(3, Stop));

        await store.TamperAsync("delete from caseflow.cf_ledger_leaves where position between 3 and 5");
        (await store.VerifyAsync()).Findings.ShouldContain(finding => finding.Defect == HistoryDefect.LeafMissing && finding.First == 3 && finding.Last == 5);
    }

    [Fact]
    public async Task An_event_with_its_leaf_and_every_node_is_found_by_the_signature()
    {
        await store.SealAsync(10);
        await RewriteAsync(45);

        var findings = (await store.VerifyAsync()).Findings;

        findings.Select(finding => (finding.Defect, finding.First, finding.Last)).ShouldBe(
            [(HistoryDefect.CheckpointDiffers, 41, 50), (HistoryDefect.CheckpointDiffers, 41, 50)], "in the database and outside");
        await store.Integrity.Sealer.SealNewAsync(cancellation: Stop);
        await store.AppendAsync(1);
        await store.Integrity.Sealer.SealNewAsync(cancellation: Stop);
        (await store.Integrity.Sealer.SignAsync(cancellation: Stop)).ShouldBeFalse();
        store.Integrity.Sealer.WhyUnsigned.ShouldNotBeNull().ShouldContain("is not the beginning of this history");
    }

    [Fact]
    public async Task A_history_that_was_rewritten_whole_with_its_checkpoints_is_found_by_the_copy_outside()
    {
        await RewriteAsync(17);
        await store.TamperAsync("delete from caseflow.cf_ledger_checkpoints");

        (await store.VerifyAsync()).Findings.Select(finding => (finding.Defect, finding.First, finding.Last))
            .ShouldBe([(HistoryDefect.CheckpointDiffers, 1, 40)]);
        (await store.Integrity.Sealer.SignAsync(cancellation: Stop)).ShouldBeFalse("two histories are never signed");
    }

    [Fact]
    public async Task A_database_of_an_earlier_moment_is_told_by_the_copy_outside()
    {
        var earlier = await store.Database.AskAsync<string>("select string_agg(size::text, ',') from caseflow.cf_ledger_checkpoints");
        earlier.ShouldBe("40");
        await store.SealAsync(10);
        await store.TamperAsync("""
            delete from caseflow.cf_ledger_checkpoints where size > 40;
            delete from caseflow.cf_ledger_leaves where position > 40;
            delete from caseflow.cf_ledger_nodes where (number + 1) * 16 > 40;
            delete from caseflow.mt_events where seq_id in (select seq_id from caseflow.cf_log where position > 40);
            delete from caseflow.cf_log where position > 40
            """);

        var finding = (await store.VerifyAsync()).Findings.ShouldHaveSingleItem();
        (finding.Defect, finding.First, finding.Last).ShouldBe((HistoryDefect.CheckpointAhead, 41, 50));
        finding.Detail.ShouldContain("restored to an earlier moment");
        (await store.AnotherNode().Sealer.SignAsync(cancellation: Stop)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_checkpoint_that_somebody_else_signed_or_that_is_of_another_history()
    {
        var other = Ed25519CheckpointKey.Of(Encoding.ASCII.GetBytes("an example key, known to anybody"));
        var root = (await store.VerifyAsync()).Root!;
        var origin = (await store.Integrity.Ledger.StatusAsync(Stop)).Origin;
        store.Home.Outside.Add(new SignedCheckpoint(DateTimeOffset.UnixEpoch, SignedNote.Sign(new Checkpoint(origin, 40, root), other)));
        store.Home.Outside.Add(new SignedCheckpoint(DateTimeOffset.UnixEpoch, SignedNote.Sign(new Checkpoint("caseflow/another", 40, root), store.Home.Key)));

        (await store.VerifyAsync()).Findings.Select(finding => finding.Defect).ShouldBe([HistoryDefect.SignatureInvalid, HistoryDefect.AnotherHistory]);
        File.AppendAllText(store.Home.Outside.Path, "nothing\n\n");
        (await store.VerifyAsync()).Findings.Select(finding => finding.Defect).ShouldContain(HistoryDefect.CopyUnreadable);
    }

    [Fact]
    public async Task A_range_is_looked_at_alone()
    {
        await store.TamperAsync("update caseflow.mt_events set user_name = 'x' where seq_id = (select seq_id from caseflow.cf_log where position = 17)");

        (await store.VerifyAsync(first: 18, last: 40)).IsIntact.ShouldBeTrue();
        (await store.VerifyAsync(first: 17, last: 17)).Findings.ShouldHaveSingleItem().First.ShouldBe(17);
        var whole = await store.VerifyAsync();
        (whole.IsWhole, whole.FindingCount).ShouldBe((true, 1));
        (await store.VerifyAsync(first: 2)).IsWhole.ShouldBeFalse();
    }

    [Fact]
    public async Task Where_Marten_may_archive_streams_that_alone_is_counted_and_no_difference()
    {
        await store.TamperAsync("update caseflow.mt_events set is_archived = true where seq_id = (select seq_id from caseflow.cf_log where position = 17)");
        await using var background = StoreDataSource.ForBackground(store.Database.ProgramConnectionString);
        var shared = new HistoryVerification(background, store.Database.Options with { SharedWithMarten = true }, store.Home);

        var verdict = await shared.VerifyAsync(cancellation: Stop);

        (verdict.IsIntact, verdict.Archived).ShouldBe((true, 1));
    }

    private async Task ShouldFindAsync(HistoryDefect defect, long position)
    {
        var finding = (await store.VerifyAsync()).Findings.ShouldHaveSingleItem();
        (finding.Defect, finding.First, finding.Last).ShouldBe((defect, position, position));
    }

    /// <summary>Changes an event, and makes everything that is computed from it as if it had always been so. Only the key is not theirs.</summary>
    private async Task RewriteAsync(long position)
    {
        await store.TamperAsync($$"""
            update caseflow.mt_events set data = '{"number": 99}' where seq_id = (select seq_id from caseflow.cf_log where position = {{position}});
            delete from caseflow.cf_ledger_leaves;
            delete from caseflow.cf_ledger_nodes
            """);
        await store.AnotherNode().Sealer.SealNewAsync(cancellation: Stop);
    }
}
