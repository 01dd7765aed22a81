using CaseFlow.Api.Integrity;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Integrity;
using CaseFlow.Integration.EventStore;
using Npgsql;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.Integrity;

/// <summary>A store with its ledger, without the work in the background: a test says when it is sealed and signed.</summary>
public sealed class SealedStore : IAsyncDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("ledger").FullName;
    private readonly NpgsqlDataSource background;

    private SealedStore(StoreDatabase database)
    {
        Database = database;
        background = StoreDataSource.ForBackground(database.ProgramConnectionString);
        Home = HomeWith(KeyFile);
        Integrity = AnotherNode();
    }

    public StoreDatabase Database { get; }

    public LedgerHome Home { get; }

    /// <summary>The key that signs.</summary>
    public string KeyFile => Path.Combine(directory, "ledger.key");

    public HistoryIntegrity Integrity { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<SealedStore> CreateAsync() => new(await StoreDatabase.CreateAsync());

    /// <summary>It knows nothing of this one but the database and what lies outside it.</summary>
    public HistoryIntegrity AnotherNode(LedgerHome? home = null) => new(background, Database.Options, home ?? Home, Database.Sequencer.Moved);

    /// <summary>What is outside the database, with the key elsewhere than on the other nodes.</summary>
    public LedgerHome HomeWith(string keyFile) => new(
        new Ed25519SigningKeys(keyFile), new CheckpointFile(Path.Combine(directory, "checkpoints.jsonl")), new SuccessionFile(Path.Combine(directory, "ledger.keys.jsonl")))
    {
        SignEvery = TimeSpan.Zero,
    };

    /// <summary>Appends events, each to a stream of its own, and gives them their positions.</summary>
    public async Task AppendAsync(int events)
    {
        foreach (var page in Enumerable.Range(0, events).Chunk(500))
        {
            await Database.Store.AppendAsync(Of([.. page.Select(number => To(Guid.NewGuid(), ExpectedVersion.NoStream, Visit(number)))]), Stop);
            await Database.Sequencer.PlaceNewAsync(Stop);
        }
    }

    /// <summary>Appends, places, seals and signs.</summary>
    public async Task SealAsync(int events)
    {
        await AppendAsync(events);
        await Integrity.Sealer.SealNewAsync(cancellation: Stop);
        (await Integrity.Sealer.SignAsync(cancellation: Stop)).ShouldBeTrue(Integrity.Sealer.WhyUnsigned);
    }

    public Task<HistoryVerdict> VerifyAsync(long first = 1, long? last = null) => Integrity.Verification.VerifyAsync(first, last, cancellation: Stop);

    /// <summary>As somebody does who owns the server: no trigger and no key stands in the way.</summary>
    public async Task TamperAsync(string statements)
    {
        await using var connection = await Database.Owner.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await using var command = new NpgsqlCommand($"set local session_replication_role = replica; {statements}", connection);
        await command.ExecuteNonQueryAsync(Stop);
        await transaction.CommitAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await background.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}
