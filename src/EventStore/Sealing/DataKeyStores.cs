using System.Collections.Concurrent;
using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Sealing;

/// <summary>A wrapped data key as it is stored.</summary>
/// <param name="SubjectId">Whose key.</param>
/// <param name="Wrapped">The key, wrapped.</param>
/// <param name="WrappingKeyId">By which key.</param>
public sealed record WrappedDataKey(Guid SubjectId, byte[] Wrapped, string WrappingKeyId);

/// <summary>
/// Where wrapped data keys are found. They are added by the append that needs them, in its own transaction; on their own
/// only for what is sealed outside the log.
/// </summary>
public interface IDataKeyStore
{
    /// <returns>The keys that exist, of those asked for.</returns>
    Task<IReadOnlyList<WrappedDataKey>> LoadAsync(
        string tenantId, IReadOnlyCollection<Guid> subjects, CancellationToken cancellation);

    /// <summary>The same for one key, for callers that cannot wait asynchronously.</summary>
    WrappedDataKey? Load(string tenantId, Guid subject);

    /// <summary>Keeps a key unless the subject has one.</summary>
    /// <returns>False when it is wrapped under an epoch of the key ring that is over: wrapped anew it is taken.</returns>
    Task<bool> EnsureAsync(string tenantId, WrappedDataKey key, CancellationToken cancellation);
}

/// <summary>Data keys in <c>cf_data_keys</c>.</summary>
public sealed class PostgresDataKeyStore(NpgsqlDataSource source, EventStoreOptions options) : IDataKeyStore
{
    private readonly string load = new StoreSql(options)["Postgres.Statements.load_data_keys"];
    private readonly string ensure = new StoreSql(options)["Postgres.Statements.ensure_data_key"];

    public async Task<IReadOnlyList<WrappedDataKey>> LoadAsync(
        string tenantId, IReadOnlyCollection<Guid> subjects, CancellationToken cancellation)
    {
        await using var command = Command(tenantId, [.. subjects]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var keys = new List<WrappedDataKey>();
        while (await reader.ReadAsync(cancellation))
            keys.Add(Read(reader));
        return keys;
    }

    public WrappedDataKey? Load(string tenantId, Guid subject)
    {
        using var command = Command(tenantId, [subject]);
        using var reader = command.ExecuteReader();
        return reader.Read() ? Read(reader) : null;
    }

    public async Task<bool> EnsureAsync(string tenantId, WrappedDataKey key, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(ensure);
        command.Parameters.AddWithValue("tenant", tenantId);
        command.Parameters.AddWithValue("subject", key.SubjectId);
        command.Parameters.AddWithValue("wrapped_key", key.Wrapped);
        command.Parameters.AddWithValue("wrapping_key_id", key.WrappingKeyId);
        try
        {
            await command.ExecuteNonQueryAsync(cancellation);
            return true;
        }
        catch (PostgresException over) when (over.SqlState == Refusal.EpochIsOver)
        {
            return false;
        }
    }

    private static WrappedDataKey Read(NpgsqlDataReader reader) =>
        new(reader.GetGuid(0), reader.GetFieldValue<byte[]>(1), reader.GetString(2));

    private NpgsqlCommand Command(string tenantId, Guid[] subjects)
    {
        var command = source.CreateCommand(load);
        command.Parameters.AddWithValue("tenant", tenantId);
        command.Parameters.AddWithValue("subjects", subjects);
        return command;
    }
}

/// <summary>Data keys of the in-memory store.</summary>
public sealed class InMemoryDataKeyStore : IDataKeyStore
{
    private readonly ConcurrentDictionary<(string, Guid), WrappedDataKey> keys = new();

    public Task<IReadOnlyList<WrappedDataKey>> LoadAsync(
        string tenantId, IReadOnlyCollection<Guid> subjects, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<WrappedDataKey>>(
            [.. subjects.Select(subject => Load(tenantId, subject)).OfType<WrappedDataKey>()]);

    public WrappedDataKey? Load(string tenantId, Guid subject) => keys.GetValueOrDefault((tenantId, subject));

    public Task<bool> EnsureAsync(string tenantId, WrappedDataKey key, CancellationToken cancellation)
    {
        keys.TryAdd((tenantId, key.SubjectId), key);
        return Task.FromResult(true);
    }

    internal void Add(string tenantId, WrappedDataKey key) => keys[(tenantId, key.SubjectId)] = key;
}
