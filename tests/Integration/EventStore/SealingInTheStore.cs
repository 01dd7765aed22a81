using CaseFlow.EventStore;
using CaseFlow.EventStore.Migrations;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Projections.Storage;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.EventStore;

public sealed class SealingInTheStore : IAsyncLifetime
{
    private const string Planted = "Wilhelmina Plantedname";
    private StoreDatabase database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await StoreDatabase.CreateAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task A_key_made_for_what_lies_outside_the_log_is_everyones()
    {
        var place = new SealPlace(Tenant, Guid.NewGuid(), Guid.NewGuid(), "line");
        await database.Sealer.EnsureKeyAsync(Tenant, place.SubjectId, Stop);
        var token = database.Sealer.Seal(place, "content"u8);

        await database.SealerOfAnotherNode().EnsureKeyAsync(Tenant, place.SubjectId, Stop);

        database.SealerOfAnotherNode().Open(Tenant, token).ShouldBe("content"u8.ToArray());
    }

    [Fact]
    public async Task Plain_text_is_in_no_table_and_yet_opens_on_another_node()
    {
        var view = new NamesFound(database.Sealer, new BlindIndex(NewWrappingKey()));
        await new Migrator(database.Owner, database.Options).MigrateAsync([view.TablesSql], Stop);
        var (client, stream) = (Guid.NewGuid(), Guid.NewGuid());
        await database.StoreWith(inline: view).AppendAsync(
            One(stream, ExpectedVersion.NoStream, Named(client, Planted, "Mina Plantedalias")) with { Answer = Answer() }, Stop);
        await database.Sequencer.PlaceNewAsync(Stop);

        var dump = await DumpAsync();

        dump.ShouldContain($"v1.{client:N}");
        foreach (var secret in new[] { "Plantedname", "Plantedalias" })
        {
            dump.ShouldNotContain(secret, Case.Insensitive);
            dump.ShouldNotContain(Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(secret)), Case.Insensitive);
        }

        var stored = (PersonNamed)(await database.Store.ReadStreamAsync(Tenant, stream, cancellation: Stop)).Events[0].Data;
        database.SealerOfAnotherNode().Open(Tenant, stored.Name).ShouldBe(Planted);
        var preloaded = database.SealerOfAnotherNode();
        await preloaded.PreloadAsync(Tenant, [client], Stop);
        preloaded.Open(Tenant, stored.Aliases[0]).ShouldBe("Mina Plantedalias");
        (await database.AskAsync<string>("select token from views.names_found")).ShouldBe(stored.Name.Token);
    }

    [Fact]
    public async Task A_token_moved_to_another_event_is_unreadable()
    {
        var stream = Guid.NewGuid();
        await database.Store.AppendAsync(
            One(stream, ExpectedVersion.NoStream, Named(Guid.NewGuid(), Planted), Named(Guid.NewGuid(), "Somebody Else")), Stop);
        await database.DoAsync(
            """
            alter table caseflow.mt_events disable trigger user;
            update caseflow.mt_events e set data = (select data from caseflow.mt_events where version = 1) where version = 2
            """);

        var unreadable = await Should.ThrowAsync<UnreadableEventException>(() =>
            database.Store.ReadStreamAsync(Tenant, stream, cancellation: Stop));

        unreadable.Version.ShouldBe(2);
        unreadable.InnerException.ShouldBeOfType<SealBrokenException>();
    }

    [Fact]
    public async Task Nodes_that_meet_a_new_subject_at_once_agree_on_one_key()
    {
        var stores = Enumerable.Range(0, 8)
            .Select(_ => new CaseFlow.EventStore.Postgres.PostgresEventStore(
                database.Source, database.Options, Codec, database.SealerOfAnotherNode()))
            .ToList();
        for (var round = 0; round < 5; round++)
        {
            var (client, stream) = (Guid.NewGuid(), Guid.NewGuid());
            await Task.WhenAll(stores.Select((store, node) =>
                store.AppendAsync(One(stream, ExpectedVersion.Any, Named(client, $"name {node}")), Stop)));

            var sealer = database.SealerOfAnotherNode();
            (await database.Store.ReadStreamAsync(Tenant, stream, cancellation: Stop)).Events
                .Select(recorded => sealer.Open(Tenant, ((PersonNamed)recorded.Data).Name))
                .ShouldBe(Enumerable.Range(0, 8).Select(node => $"name {node}"), ignoreOrder: true);
        }
    }

    [Fact]
    public async Task Nodes_that_meet_the_same_new_subjects_crosswise_do_not_deadlock()
    {
        var one = database.Store;
        var other = new PostgresEventStore(database.Source, database.Options, Codec, database.SealerOfAnotherNode());
        for (var round = 0; round < 20; round++)
        {
            var (a, b) = (Guid.NewGuid(), Guid.NewGuid());
            var results = await Task.WhenAll(
                one.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Named(a, "First"), Named(b, "Second")), Stop),
                other.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Named(b, "Second"), Named(a, "First")), Stop));
            results.ShouldAllBe(result => result is AppendResult.Appended);
        }

        (await database.AskAsync<long>("select deadlocks from pg_stat_database where datname = current_database()")).ShouldBe(0);
    }

    [Fact]
    public async Task A_refused_append_leaves_no_key_and_the_next_one_makes_its_own()
    {
        var (client, stream) = (Guid.NewGuid(), Guid.NewGuid());
        await database.Store.AppendAsync(One(stream, ExpectedVersion.Exactly(4), Named(client, "refused")), Stop);
        (await database.AskAsync<long>("select count(*) from caseflow.cf_data_keys")).ShouldBe(0);

        await database.Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Named(client, "kept")), Stop);

        var stored = (PersonNamed)(await database.Store.ReadStreamAsync(Tenant, stream, cancellation: Stop)).Events[0].Data;
        database.SealerOfAnotherNode().Open(Tenant, stored.Name).ShouldBe("kept");
    }

    [Fact]
    public async Task A_destroyed_key_leaves_the_history_and_erases_the_content()
    {
        var (client, stream) = (Guid.NewGuid(), Guid.NewGuid());
        await database.Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Named(client, Planted)), Stop);
        await database.DoAsync("delete from caseflow.cf_data_keys");
        database.Sealer.Forget(Tenant, client);

        var stored = (PersonNamed)(await database.Store.ReadStreamAsync(Tenant, stream, cancellation: Stop)).Events[0].Data;

        Should.Throw<SealBrokenException>(() => database.Sealer.Open(Tenant, stored.Name));
    }

    /// <summary>Every column of every row of every table, as text.</summary>
    private async Task<string> DumpAsync()
    {
        var tables = await database.AskAsync<string>(
            "select string_agg(format('%I.%I', schemaname, tablename), ' ') from pg_tables where schemaname in ('caseflow', 'views', 'public')");
        var dump = new List<string>();
        foreach (var table in tables.Split(' '))
            dump.Add(await database.AskAsync<string>($"select coalesce(string_agg(t::text, ' '), '') from {table} t"));
        return string.Join('\n', dump);
    }
}
