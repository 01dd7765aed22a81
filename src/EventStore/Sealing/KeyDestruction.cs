using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Sealing;

/// <summary>
/// Destroys data keys so that no copy of the database brings them back: the erasure is on the list outside before anything is
/// destroyed, the subject is taken out of the key ring, the row is deleted, every node is told. Each step may be done again.
/// </summary>
public sealed class KeyDestruction(NpgsqlDataSource source, EventStoreOptions options, KeyHome home, AesGcmSealer sealer, KeyNews news)
{
    private readonly StoreSql sql = new(options);

    /// <summary>Destroys the keys of an erasure; when it returns, this node and the database cannot use them any more.</summary>
    public async Task DestroyAsync(ListedErasure erasure, CancellationToken cancellation)
    {
        home.Erasures.Add(erasure);
        home.Ring.Destroy([.. erasure.Subjects.Select(subject => (erasure.TenantId, subject))]);
        await DeleteAsync(erasure, cancellation);
        await news.TellAsync(erasure.TenantId, erasure.Subjects, cancellation);
    }

    /// <summary>Destroys again what the list holds: after a restore, the keys it brought back.</summary>
    /// <returns>How many rows of keys had come back.</returns>
    public async Task<int> DestroyListedAsync(IReadOnlyList<ListedErasure> listed, CancellationToken cancellation)
    {
        home.Ring.Destroy([.. listed.SelectMany(erasure => erasure.Subjects, (erasure, subject) => (erasure.TenantId, subject))]);
        var deleted = 0;
        foreach (var erasure in listed)
            deleted += await DeleteAsync(erasure, cancellation);
        return deleted;
    }

    private async Task<int> DeleteAsync(ListedErasure erasure, CancellationToken cancellation)
    {
        foreach (var subject in erasure.Subjects)
            sealer.Forget(erasure.TenantId, subject);
        await using var command = source.CreateCommand(sql["Sealing.Statements.delete_data_keys"]);
        command.Parameters.AddWithValue("tenant", erasure.TenantId);
        command.Parameters.AddWithValue("subjects", erasure.Subjects.ToArray());
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
