using System.Collections.Concurrent;
using System.Security.Cryptography;
using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Sealing;

/// <summary>
/// The keys of marks in <c>cf_mark_keys</c>, each made when it is first asked for and wrapped under the key ring like data keys: marks
/// stay what they are when the wrapping key changes, and a backup's open with the ring of today. In a store with marks from
/// before, a key is the one they were made with.
/// </summary>
public sealed class MarkKeys(NpgsqlDataSource source, EventStoreOptions options, KeyHome home) : IMarkKeys
{
    /// <summary>In the ring they belong to no jurisdiction; the name of one is never empty.</summary>
    private const string NoTenant = "";


    /// <summary>Purpose of the keys of request hashes.</summary>
    public const string RequestHash = "request-hash";

    private readonly StoreSql sql = new(options);
    private readonly ConcurrentDictionary<string, byte[]> known = new(StringComparer.Ordinal);

    /// <summary>Purpose of the keys of a jurisdiction's blind index.</summary>
    public static string BlindIndexOf(string tenantId) => $"blind-index/{tenantId}";

    /// <inheritdoc />
    /// <exception cref="KeysUnreadableException">It is wrapped by a key that is not here, or the key ring here stays behind the database.</exception>
    public byte[] Derive(string purpose) => known.GetOrAdd(purpose, static (name, self) => self.FindOrMake(name), this);

    private static byte[] PlaceOf(string purpose) => Envelope.Framed("mark-key", purpose);

    internal byte[] Unwrap(string purpose, byte[] wrapped, string wrappingKeyId)
    {
        try
        {
            return KeyRing.IsRingName(wrappingKeyId)
                ? home.Ring.Unwrap(NoTenant, new WrappedDataKey(SubjectOf(purpose), wrapped, wrappingKeyId))
                : home.Wrapping.Unwrap(wrappingKeyId, wrapped, PlaceOf(purpose)).Key;
        }
        catch (Exception closed) when (closed is CryptographicException or (SealBrokenException and not (KeysUnreadableException or KeyDestroyedException)))
        {
            throw new KeysUnreadableException("The key of marks does not unwrap.", closed);
        }
    }

    internal WrappedDataKey Wrap(string purpose, byte[] key) => home.Ring.Wrap(NoTenant, SubjectOf(purpose), key);

    private static Guid SubjectOf(string purpose) => new(SHA256.HashData(PlaceOf(purpose)).AsSpan(0, 16));

    private byte[] FindOrMake(string purpose)
    {
        using var connection = source.OpenConnection();
        if (Find(connection, purpose) is { } found)
            return found;
        var made = Make(connection, purpose);
        for (var look = 1; !Keep(connection, purpose, Wrap(purpose, made)); look++)
        {
            if (look == KeyRing.MostLooks)
                throw KeyRing.StaysBehind();
            Thread.Sleep(KeyRing.BeforeLookingAgain);
            home.Ring.Reload();
        }

        // Whoever was first: theirs is the key.
        return Find(connection, purpose) ?? throw new InvalidOperationException($"The key of {purpose} was kept and is not there.");
    }

    /// <returns>False when it is wrapped under an epoch that is over.</returns>
    private bool Keep(NpgsqlConnection connection, string purpose, WrappedDataKey key)
    {
        using var keep = new NpgsqlCommand(sql["Sealing.Statements.keep_mark_key"], connection);
        keep.Parameters.AddWithValue("purpose", purpose);
        keep.Parameters.AddWithValue("wrapped_key", key.Wrapped);
        keep.Parameters.AddWithValue("wrapping_key_id", key.WrappingKeyId);
        try
        {
            keep.ExecuteNonQuery();
            return true;
        }
        catch (PostgresException over) when (over.SqlState == Refusal.EpochIsOver)
        {
            return false;
        }
    }

    private byte[]? Find(NpgsqlConnection connection, string purpose)
    {
        using var command = new NpgsqlCommand(sql["Sealing.Statements.find_mark_key"], connection);
        command.Parameters.AddWithValue("purpose", purpose);
        using var reader = command.ExecuteReader();
        return reader.Read() ? Unwrap(purpose, reader.GetFieldValue<byte[]>(0), reader.GetString(1)) : null;
    }

    private byte[] Make(NpgsqlConnection connection, string purpose)
    {
        using var command = new NpgsqlCommand(sql["Sealing.Statements.derives_marks"], connection);
        return command.ExecuteScalar() is true && home.Wrapping.OfOldMarks is { } old ? old.Derive(purpose) : RandomNumberGenerator.GetBytes(32);
    }
}
