using CaseFlow.EventStore;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Integration.EventStore;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Projections.Storage;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.Keys;

public sealed class RotatingTheWrappingKey : IAsyncLifetime
{
    private readonly string directory = Directory.CreateTempSubdirectory("rotation").FullName;
    private readonly Dictionary<Guid, Guid> streamOf = [];
    private StoreDatabase database = null!;
    private FileWrappingKey old = null!;
    private FileWrappingKey fresh = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await StoreDatabase.CreateAsync();
        old = FileWrappingKey.OpenOrCreate(Path.Combine(directory, "old.key"));
        fresh = FileWrappingKey.OpenOrCreate(Path.Combine(directory, "new.key"));
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Every_content_opens_with_the_new_key_alone_and_no_event_was_touched()
    {
        var node = NodeWith(old);
        await WriteAsync(node, 1200);
        var before = await EventsAsync();
        var rotating = NodeWith(fresh, old);

        (await rotating.Rotation.RotateAsync(_ => { }, Stop)).Count.ShouldBe(1200);

        var after = NodeWith(fresh);
        await ShouldOpenAllAsync(after);
        (await EventsAsync()).ShouldBe(before);
        (await after.Rotation.StatusAsync(Stop)).ShouldAllBe(count => count.WrappingKeyId == after.Home.Ring.CurrentName);
        Should.Throw<SealBrokenException>(() => NodeWith(old).Home.Ring.Id);
    }

    [Fact]
    public async Task Between_two_tokens_of_one_label_it_goes_by_their_serial_numbers()
    {
        await using var one = await SoftwareModule.CreateAsync();
        await using var other = await SoftwareModule.LabelledAsync(one.Label);
        IWrappingKey[] keys = [one.Open($"{one.Label}.{one.Serial}"), one.Open($"{one.Label}.{other.Serial}")];
        keys.Select(key => key.KeyId).ShouldBe([$"pkcs11:{one.Label}.{one.Serial}/clients", $"pkcs11:{one.Label}.{other.Serial}/clients"]);
        await WriteAsync(NodeWith(keys[0]), 3);

        (await NodeWith(keys[1], keys[0]).Rotation.RotateAsync(_ => { }, Stop)).Count.ShouldBe(3);

        var after = NodeWith(keys[1]);
        await ShouldOpenAllAsync(after);
        (await after.Rotation.StatusAsync(Stop)).ShouldAllBe(count => count.WrappingKeyId == after.Home.Ring.CurrentName);
        Should.Throw<SealBrokenException>(() => NodeWith(keys[0]).Home.Ring.Id, "the other token does not have its key");
        await ShouldOpenAllAsync(NodeWith(one.Open()));
    }

    [Fact]
    public async Task Between_keys_of_one_name_it_goes_like_between_any_others()
    {
        await using var service = await TransitService.StartAsync();
        await using var other = await TransitService.StartAsync();
        IWrappingKey[] keys = [service.Open("the token"), service.Open("the token", mount: "other"), other.Open("the token")];
        keys.Select(key => key.KeyId).ShouldBeUnique();
        await WriteAsync(NodeWith(keys[0]), 3);

        (await NodeWith(keys[1], keys[0]).Rotation.RotateAsync(_ => { }, Stop)).Count.ShouldBe(3);
        await ShouldOpenAllAsync(NodeWith(keys[1]));
        (await NodeWith(keys[2], keys[1]).Rotation.RotateAsync(_ => { }, Stop)).Count.ShouldBe(3);

        await ShouldOpenAllAsync(NodeWith(keys[2]));
        Should.Throw<SealBrokenException>(() => NodeWith(keys[0]).Home.Ring.Id);
    }

    [Fact]
    public async Task A_ring_from_before_names_said_the_mount_and_one_of_a_service_that_is_called_otherwise_now_open_as_they_are()
    {
        await using var service = await TransitService.StartAsync();
        var key = service.Open("the token");
        await WriteAsync(NodeWith(key), 2);
        var ring = NodeWith(key).Home.Ring;
        foreach (var name in new[] { "transit:127.0.0.1/clients", "transit:vault.before.example/clients" })
        {
            await File.WriteAllTextAsync(ring.Path, (await File.ReadAllTextAsync(ring.Path, Stop)).Replace(Named(), $"\"WrappingKeyId\":\"{name}\"", StringComparison.Ordinal), Stop);
            await ShouldOpenAllAsync(NodeWith(key));
            NodeWith(key).Home.Ring.WrappingKeyId.ShouldBe(key.KeyId, "what opens it, not what it says");
        }

        await ShouldOpenAllAsync(NodeWith(service.Open("the token", host: "localhost")));
        (await NodeWith(fresh, key).Rotation.RotateAsync(_ => { }, Stop)).Count.ShouldBe(2);
        await ShouldOpenAllAsync(NodeWith(fresh));

        string Named() => System.Text.RegularExpressions.Regex.Match(File.ReadAllText(ring.Path), "\"WrappingKeyId\":\"[^\"]*\"").Value;
    }

    [Fact]
    public async Task Interrupted_it_goes_on_where_it_was_without_a_further_epoch()
    {
        await WriteAsync(NodeWith(old), 1100);
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => NodeWith(fresh, old).Rotation.RotateAsync(_ => stop.Cancel(), stop.Token));
        var half = await NodeWith(fresh, old).Rotation.StatusAsync(Stop);
        half.Count(count => !count.Marks).ShouldBe(2);
        await ShouldOpenAllAsync(NodeWith(fresh, old));

        (await NodeWith(fresh, old).Rotation.RotateAsync(_ => { }, Stop)).Count.ShouldBe(600);

        NodeWith(fresh).Home.Ring.Epoch.ShouldBe(2);
        await ShouldOpenAllAsync(NodeWith(fresh));
    }

    [Fact]
    public async Task A_node_that_has_not_heard_wraps_new_clients_under_the_new_epoch_and_forgetting_the_old_one_loses_none()
    {
        var deaf = NodeWith(old, fresh);
        await WriteAsync(deaf, 50);
        var rotating = NodeWith(fresh, old);
        await rotating.Rotation.RotateAsync(_ => { }, Stop);

        await WriteAsync(deaf, 3);
        await deaf.Sealer.EnsureKeyAsync(Tenant, Guid.NewGuid(), Stop);
        new BlindIndex(deaf.Marks).MarkOf("another-county", "alias", "D").ShouldNotBeEmpty();
        await rotating.Rotation.ForgetEarlierAsync(Stop);
        await WriteAsync(deaf, 2);

        await ShouldOpenAllAsync(NodeWith(fresh));
        (await rotating.Rotation.StatusAsync(Stop)).ShouldAllBe(count => count.WrappingKeyId == NodeWith(fresh).Home.Ring.CurrentName);
    }

    [Fact]
    public async Task A_node_that_cannot_open_the_new_ring_records_no_new_client_rather_than_one_that_is_lost()
    {
        var deaf = NodeWith(old);
        await WriteAsync(deaf, 2);
        await NodeWith(fresh, old).Rotation.RotateAsync(_ => { }, Stop);
        var events = await EventsAsync();

        await Should.ThrowAsync<SealBrokenException>(() => deaf.Store.AppendAsync(
            One(Guid.NewGuid(), ExpectedVersion.NoStream, Named(Guid.NewGuid(), "somebody new")), Stop));

        (await EventsAsync()).ShouldBe(events);
        var (known, stream) = (streamOf.Keys.First(), streamOf.Values.First());
        (await deaf.Store.AppendAsync(One(stream, ExpectedVersion.Any, Named(known, "known before")), Stop)).ShouldBeOfType<AppendResult.Appended>();
        await ShouldOpenAllAsync(NodeWith(fresh));
    }

    [Fact]
    public async Task What_is_on_its_way_when_the_epoch_is_raised_is_waited_for_and_wrapped_anew()
    {
        await WriteAsync(NodeWith(old), 1);
        var (onItsWay, key) = (Guid.NewGuid(), new byte[] { 7 });
        await using var connection = await database.Owner.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        var wrapped = NodeWith(old).Home.Ring.Wrap(Tenant, onItsWay, key);
        await using (var add = new Npgsql.NpgsqlCommand("insert into caseflow.cf_data_keys values ($1, $2, $3, $4)", connection)
        {
            Parameters = { new() { Value = Tenant }, new() { Value = onItsWay }, new() { Value = wrapped.Wrapped }, new() { Value = wrapped.WrappingKeyId } },
        })
        {
            await add.ExecuteNonQueryAsync(Stop);
        }

        var rotating = NodeWith(fresh, old);
        var rotation = rotating.Rotation.RotateAsync(_ => { }, Stop);
        await database.UntilAsync($"select exists (select from pg_locks where locktype = 'advisory' and not granted and {TestDatabase.OfThisDatabase})");
        rotation.IsCompleted.ShouldBeFalse();
        await transaction.CommitAsync(Stop);

        (await rotation).Count.ShouldBe(2);
        await rotating.Rotation.ForgetEarlierAsync(Stop);
        var kept = await new PostgresDataKeyStore(database.Source, database.Options).LoadAsync(Tenant, [onItsWay], Stop);
        NodeWith(fresh).Home.Ring.Unwrap(Tenant, kept[0]).ShouldBe(key);
    }

    [Fact]
    public async Task Epochs_are_not_forgotten_while_anything_stands_under_them_and_a_copy_of_the_ring_brings_none_back()
    {
        var node = NodeWith(old);
        await WriteAsync(node, 600);
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => node.Rotation.RotateAsync(_ => stop.Cancel(), stop.Token));
        (await Should.ThrowAsync<InvalidOperationException>(() => node.Rotation.ForgetEarlierAsync(Stop))).Message.ShouldContain("rotate again");
        await node.Rotation.RotateAsync(_ => { }, Stop);
        var copy = await File.ReadAllTextAsync(node.Home.Ring.Path, Stop);
        await node.Rotation.ForgetEarlierAsync(Stop);
        NodeWith(old).Home.Ring.Epochs.ShouldBe([2]);

        await File.WriteAllTextAsync(node.Home.Ring.Path, copy, Stop);
        NodeWith(old).Home.Ring.Epochs.ShouldBe([1, 2]);
        await NodeWith(old).Rotation.CheckRingAsync(Stop);

        NodeWith(old).Home.Ring.Epochs.ShouldBe([2]);
        await ShouldOpenAllAsync(NodeWith(old));
    }

    [Fact]
    public async Task A_damaged_row_is_passed_over_counted_and_keeps_what_wraps_it()
    {
        await WriteAsync(NodeWith(old), 600);
        new BlindIndex(NodeWith(old).Marks).MarkOf(Tenant, "alias", "D").ShouldNotBeEmpty();
        var damaged = streamOf.Keys.Order().ElementAt(250);
        await database.DoAsync($"""
            create table public.before as select * from caseflow.cf_data_keys where subject_id = '{damaged}';
            update caseflow.cf_data_keys set wrapped_key = set_byte(wrapped_key, 20, get_byte(wrapped_key, 20) # 1) where subject_id = '{damaged}';
            insert into caseflow.cf_mark_keys select 'blind-index/torn', set_byte(wrapped_key, 20, get_byte(wrapped_key, 20) # 1), wrapping_key_id from caseflow.cf_mark_keys limit 1
            """);
        var rotating = NodeWith(fresh, old);

        var rotated = await rotating.Rotation.RotateAsync(_ => { }, Stop);

        rotated.Count.ShouldBe(599);
        rotated.Left.Select(left => left.Of).ShouldBe(["marks of blind-index/torn", $"{damaged} of {Tenant}"]);
        (await rotating.Rotation.RotateAsync(_ => { }, Stop)).Left.Count.ShouldBe(2, "told again until it is put right");
        rotating.Home.Ring.Epoch.ShouldBe(2);
        await Should.ThrowAsync<InvalidOperationException>(() => rotating.Rotation.ForgetEarlierAsync(Stop));
        NodeWith(fresh).Home.Ring.Epochs.ShouldBe([1, 2]);

        await database.DoAsync($"""
            update caseflow.cf_data_keys k set wrapped_key = b.wrapped_key from public.before b where k.subject_id = b.subject_id;
            delete from caseflow.cf_mark_keys where purpose = 'blind-index/torn'
            """);
        (await NodeWith(fresh).Rotation.RotateAsync(_ => { }, Stop)).ShouldSatisfyAllConditions(
            again => again.Count.ShouldBe(1),
            again => again.Left.ShouldBeEmpty());
        await rotating.Rotation.ForgetEarlierAsync(Stop);
        await ShouldOpenAllAsync(NodeWith(fresh));
    }

    [Fact]
    public async Task Keys_of_marks_in_a_backup_open_with_the_new_key_alone()
    {
        var mark = new BlindIndex(NodeWith(old).Marks).MarkOf(Tenant, "alias", "D");
        await database.DoAsync("create table public.backup as select * from caseflow.cf_mark_keys");
        await NodeWith(fresh, old).Rotation.RotateAsync(_ => { }, Stop);

        await database.DoAsync("alter table caseflow.cf_mark_keys disable trigger all; delete from caseflow.cf_mark_keys; insert into caseflow.cf_mark_keys select * from public.backup; alter table caseflow.cf_mark_keys enable trigger all");

        new BlindIndex(NodeWith(fresh).Marks).MarkOf(Tenant, "alias", "D").ShouldBe(mark);
    }

    [Fact]
    public async Task Keys_of_marks_that_the_wrapping_key_itself_wraps_are_read_and_come_under_the_ring()
    {
        var (purpose, key) = (MarkKeys.BlindIndexOf(Tenant), System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        await using (var before = database.Owner.CreateCommand("insert into caseflow.cf_mark_keys values ($1, $2, $3)"))
        {
            before.Parameters.AddWithValue(purpose);
            before.Parameters.AddWithValue(old.Wrap(key, Envelope.Framed("mark-key", purpose)));
            before.Parameters.AddWithValue(old.KeyId);
            await before.ExecuteNonQueryAsync(Stop);
        }

        var node = NodeWith(old);
        node.Marks.Derive(purpose).ShouldBe(key);
        await node.Rotation.PutMarksUnderRingAsync(Stop);

        (await node.Rotation.StatusAsync(Stop)).ShouldHaveSingleItem().WrappingKeyId.ShouldBe(node.Home.Ring.CurrentName);
        NodeWith(old).Marks.Derive(purpose).ShouldBe(key);
    }

    [Fact]
    public async Task Keys_from_before_there_was_a_ring_come_under_it()
    {
        var sealer = new AesGcmSealer(new PostgresDataKeyStore(database.Source, database.Options), old);
        await WriteAsync(new Node(KeyHome.Beside(old), sealer, database), 7);
        await ShouldOpenAllAsync(NodeWith(old));

        (await NodeWith(old).Rotation.RotateAsync(_ => { }, Stop)).Count.ShouldBe(7);

        await ShouldOpenAllAsync(NodeWith(old));
        (await NodeWith(old).Rotation.StatusAsync(Stop)).ShouldContain(count => count.WrappingKeyId == NodeWith(old).Home.Ring.CurrentName && count.Count == 7);
    }

    [Fact]
    public async Task Marks_made_before_their_keys_were_stored_find_the_same_after_every_rotation()
    {
        await database.DoAsync("update caseflow.cf_key_state set derives_marks = true");
        await WriteAsync(NodeWith(old), 1);
        var mark = new BlindIndex(old).MarkOf(Tenant, "alias", "D");

        await NodeWith(fresh, old).Rotation.RotateAsync(_ => { }, Stop);

        new BlindIndex(NodeWith(fresh).Marks).MarkOf(Tenant, "alias", "D").ShouldBe(mark);
    }

    [Fact]
    public async Task Marks_of_a_new_store_follow_from_no_wrapping_key_and_nodes_agree_on_them()
    {
        var nodes = Enumerable.Range(0, 8).Select(_ => NodeWith(old)).ToList();
        var marks = await Task.WhenAll(nodes.Select(node => Task.Run(() => new BlindIndex(node.Marks).MarkOf(Tenant, "alias", "D"))));
        marks.ShouldAllBe(mark => mark.SequenceEqual(marks[0]));
        marks[0].ShouldNotBe(new BlindIndex(old).MarkOf(Tenant, "alias", "D"));
    }

    [Fact]
    public async Task A_ring_that_is_another_an_older_copy_or_gone_stops_the_program()
    {
        var node = NodeWith(old);
        await node.Rotation.CheckRingAsync(Stop);
        var copy = await File.ReadAllTextAsync(node.Home.Ring.Path, Stop);
        await WriteAsync(node, 1);
        await node.Rotation.RotateAsync(_ => { }, Stop);

        await File.WriteAllTextAsync(node.Home.Ring.Path, copy, Stop);
        (await ShouldStopAsync()).ShouldContain("old copy");
        File.Delete(node.Home.Ring.Path);
        (await ShouldStopAsync()).ShouldContain("put it back");
        _ = NodeWith(old).Home.Ring.Id;
        (await ShouldStopAsync()).ShouldContain("not that of this database");

        async Task<string> ShouldStopAsync() =>
            (await Should.ThrowAsync<InvalidOperationException>(() => NodeWith(old).Rotation.CheckRingAsync(Stop))).Message;
    }

    [Fact]
    public async Task A_node_whose_ring_stays_behind_the_database_says_so_and_records_nothing()
    {
        var node = NodeWith(old);
        await WriteAsync(node, 1);
        var earlier = await File.ReadAllTextAsync(node.Home.Ring.Path, Stop);
        await node.Rotation.RotateAsync(_ => { }, Stop);
        await File.WriteAllTextAsync(node.Home.Ring.Path, earlier, Stop);
        var (behind, events) = (NodeWith(old), await EventsAsync());

        await Task.WhenAll(
            ShouldSayAsync(() => behind.Sealer.EnsureKeyAsync(Tenant, Guid.NewGuid(), Stop)),
            ShouldSayAsync(() => Task.Run(() => behind.Marks.Derive("another purpose"), Stop)),
            ShouldSayAsync(() => behind.Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Named(Guid.NewGuid(), "somebody new")), Stop)));

        (await EventsAsync()).ShouldBe(events);
        (await database.AskAsync<long>("select count(*) from caseflow.cf_data_keys")).ShouldBe(1);

        static async Task ShouldSayAsync(Func<Task> act) => (await Should.ThrowAsync<SealBrokenException>(act)).Message.ShouldContain("left behind");
    }

    [Fact]
    public async Task A_key_destroyed_on_one_node_is_unusable_on_another_as_soon_as_it_hears()
    {
        var (one, other) = (NodeWith(old), NodeWith(old));
        await WriteAsync(one, 2);
        await ShouldOpenAllAsync(other);
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var heard = other.News.ListenAsync(listening.Token);
        await database.UntilAsync("select exists (select from pg_stat_activity where query = 'listen caseflow_keys' and state = 'idle' and datname = current_database())");
        await ShouldOpenAllAsync(other);
        var (gone, stays) = (streamOf.Keys.First(), streamOf.Keys.Last());

        await one.Destruction.DestroyAsync(Erased(gone), Stop);

        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (await OpensAsync(other, gone))
        {
            waited.Elapsed.TotalSeconds.ShouldBeLessThan(20);
            await Task.Delay(10, Stop);
        }

        (await OpensAsync(other, stays)).ShouldBeTrue();
        (await database.AskAsync<long>("select count(*) from caseflow.cf_data_keys")).ShouldBe(1);
        await listening.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => heard);
    }

    [Fact]
    public async Task A_destroyed_key_that_a_restore_brings_back_does_not_open_and_is_deleted_again()
    {
        var node = NodeWith(old);
        await WriteAsync(node, 3);
        await database.DoAsync("create table public.backup as select * from caseflow.cf_data_keys");
        var gone = streamOf.Keys.First();
        await node.Destruction.DestroyAsync(Erased(gone), Stop);
        await node.Rotation.RotateAsync(_ => { }, Stop);

        await database.DoAsync("alter table caseflow.cf_data_keys disable trigger all; delete from caseflow.cf_data_keys; insert into caseflow.cf_data_keys select * from public.backup; alter table caseflow.cf_data_keys enable trigger all");

        var restored = NodeWith(old);
        (await OpensAsync(restored, gone)).ShouldBeFalse();
        foreach (var stays in streamOf.Keys.Where(client => client != gone))
            (await OpensAsync(restored, stays)).ShouldBeTrue();
        (await restored.Destruction.DestroyListedAsync(restored.Home.Erasures.Read(), Stop)).ShouldBe(1);
        await Should.ThrowAsync<KeyDestroyedException>(() => restored.Store.AppendAsync(One(streamOf[gone], ExpectedVersion.Any, Named(gone, "again")), Stop));
    }

    private static ListedErasure Erased(Guid client) =>
        new(Tenant, Guid.NewGuid(), client, "whole", [client], "court", "expunction", DateTimeOffset.UtcNow);

    private async Task WriteAsync(Node node, int clients)
    {
        for (var i = 0; i < clients; i++)
        {
            var (client, stream) = (Guid.NewGuid(), Guid.NewGuid());
            (await node.Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Named(client, $"{client}")), Stop)).ShouldBeOfType<AppendResult.Appended>();
            streamOf[client] = stream;
        }
    }

    private async Task ShouldOpenAllAsync(Node node)
    {
        foreach (var (client, stream) in streamOf)
        {
            var stored = (PersonNamed)(await node.Store.ReadStreamAsync(Tenant, stream, cancellation: Stop)).Events[0].Data;
            node.Sealer.Open(Tenant, stored.Name).ShouldBe($"{client}");
        }
    }

    private async Task<bool> OpensAsync(Node node, Guid client)
    {
        var stored = (PersonNamed)(await node.Store.ReadStreamAsync(Tenant, streamOf[client], cancellation: Stop)).Events[0].Data;
        try
        {
            return node.Sealer.Open(Tenant, stored.Name) == $"{client}";
        }
        catch (KeyDestroyedException)
        {
            return false;
        }
    }

    private Task<string> EventsAsync() => database.AskAsync<string>("select md5(string_agg(e::text, ' ' order by seq_id)) from caseflow.mt_events e");

    private Node NodeWith(IWrappingKey current, params IWrappingKey[] previous)
    {
        var home = KeyHome.In(directory, current, previous);
        return new Node(home, new AesGcmSealer(new PostgresDataKeyStore(database.Source, database.Options), home), database);
    }

    /// <summary>One node's view of the keys; it shares nothing with another but database, key files and ring.</summary>
    private sealed class Node(KeyHome home, AesGcmSealer sealer, StoreDatabase database)
    {
        public KeyHome Home => home;

        public AesGcmSealer Sealer => sealer;

        public PostgresEventStore Store { get; } = new(database.Source, database.Options, Codec, sealer);

        public MarkKeys Marks { get; } = new(database.Source, database.Options, home);

        public KeyNews News { get; } = new(database.Source, database.Options, home, sealer);

        public KeyRotation Rotation => new(database.Source, database.Options, home, Marks, News);

        public KeyDestruction Destruction => new(database.Source, database.Options, home, sealer, News);
    }
}
