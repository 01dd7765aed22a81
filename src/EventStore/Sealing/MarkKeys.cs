using System.Collections.Concurrent;
using System.Security.Cryptography;
using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Sealing;

/// <summary>
/// The keys of marks in <c>cf_mark_keys</c>, each made when it is first asked for and wrapped like everything else: marks stay
/// what they are when the wrapping key changes. In a store with marks from before, a key is the one they were made with.
/// </summary>
public sealed class MarkKeys(NpgsqlDataSource source, EventStoreOptions options, WrappingKeys keys) : IMarkKeys
{
    /// <summary>Purpose of the keys of request hashes.</summary>
    public const string RequestHash = "request-hash";

    private readonly StoreSql sql = new(options);
    private readonly ConcurrentDictionary<string, byte[]> known = new(StringComparer.Ordinal);

    /// <summary>Purpose of the keys of a jurisdiction's blind index.</summary>
    public static string BlindIndexOf(string tenantId) => $"blind-index/{tenantId}";

    /// <inheritdoc />
    /// <exception cref="SealBrokenException">It is wrapped by a key that is not here.</exception>
    public byte[] Derive(string purpose) => known.GetOrAdd(purpose, static (name, self) => self.FindOrMake(name), this);

    private static byte[] PlaceOf(string purpose) => Envelope.Framed("mark-key", purpose);

    internal byte[] Unwrap(string purpose, byte[] wrapped, string wrappingKeyId)
    {
        try
        {
            return keys.Find(wrappingKeyId).Unwrap(wrapped, PlaceOf(purpose));
        }
        catch (CryptographicException altered)
        {
            throw new SealBrokenException("The key of marks does not unwrap.", altered);
        }
    }

    internal byte[] Wrap(string purpose, byte[] key) => keys.Current.Wrap(key, PlaceOf(purpose));

    private byte[] FindOrMake(string purpose)
    {
        using var connection = source.OpenConnection();
        if (Find(connection, purpose) is { } found)
            return found;
        using (var keep = new NpgsqlCommand(sql["Sealing.Statements.keep_mark_key"], connection))
        {
            keep.Parameters.AddWithValue("purpose", purpose);
            keep.Parameters.AddWithValue("wrapped_key", Wrap(purpose, Make(connection, purpose)));
            keep.Parameters.AddWithValue("wrapping_key_id", keys.Current.KeyId);
            keep.ExecuteNonQuery();
        }

        // Whoever was first: theirs is the key.
        return Find(connection, purpose) ?? throw new InvalidOperationException($"The key of {purpose} was kept and is not there.");
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
        return command.ExecuteScalar() is true && keys.OfOldMarks is { } old ? old.Derive(purpose) : RandomNumberGenerator.GetBytes(32);
    }
}
