using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Sealing;

/// <param name="WrappingKeyId">What wraps them: an epoch of the ring, or a wrapping key.</param>
/// <param name="Count">How many.</param>
/// <param name="Marks">Whether they are keys of marks.</param>
public sealed record WrappedCount(string WrappingKeyId, long Count, bool Marks);

/// <param name="Count">How many data keys were wrapped anew.</param>
/// <param name="Left">Keys that do not unwrap: they stay under what wrapped them, which is kept for as long as they stand.</param>
public sealed record RotatedKeys(long Count, IReadOnlyList<LeftKey> Left);

/// <param name="Of">Whose key it is, or for which marks; nothing personal.</param>
/// <param name="WrappingKeyId">What its row says wraps it.</param>
public sealed record LeftKey(string Of, string WrappingKeyId);

/// <summary>
/// Puts everything under another wrapping key while the program runs; no event is touched. The ring goes under it with a new
/// epoch, then every data key into that epoch, batch by batch; interrupted, it goes on where it was.
/// </summary>
public sealed class KeyRotation(NpgsqlDataSource source, EventStoreOptions options, KeyHome home, MarkKeys marks, KeyNews news)
{
    private const int BatchSize = 500;
    private readonly StoreSql sql = new(options);
    private readonly RingWrap wrap = new(home);

    /// <summary>
    /// Ties the ring to the store, or checks that it is the store's and not an older copy of it. What a kill left beside the ring goes,
    /// and so do epochs that were forgotten and that a copy of the ring has brought back.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is another one, an older copy, or gone.</exception>
    public async Task CheckRingAsync(CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        if (home.Ring.Exists)
        {
            home.Ring.DropLeftovers();
        }
        else
        {
            await using var known = new NpgsqlCommand(sql["Sealing.Statements.ring_of_store"], connection);
            if (await known.ExecuteScalarAsync(cancellation) is Guid lost)
                throw new InvalidOperationException($"The key ring {lost} of this database is not at {home.Ring.Path}: put it back from its own copy.");
        }

        await using var adopt = new NpgsqlCommand(sql["Sealing.Statements.adopt_ring"], connection);
        adopt.Parameters.AddWithValue("ring", home.Ring.Id);
        adopt.Parameters.AddWithValue("epoch", home.Ring.Epoch);
        await using var reader = await adopt.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        if (reader.GetGuid(0) != home.Ring.Id)
            throw new InvalidOperationException($"The key ring at {home.Ring.Path} is not that of this database ({reader.GetGuid(0)}).");
        if (reader.GetInt32(1) > home.Ring.Epoch)
            throw new InvalidOperationException($"The key ring at {home.Ring.Path} is an old copy: epoch {home.Ring.Epoch}, and this database has come to {reader.GetInt32(1)}.");
        home.Ring.ForgetEpochsBefore(reader.GetInt32(2));
    }

    /// <summary>What is wrapped by what.</summary>
    public async Task<IReadOnlyList<WrappedCount>> StatusAsync(CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql["Sealing.Statements.count_data_keys"]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var counts = new List<WrappedCount>();
        while (await reader.ReadAsync(cancellation))
            counts.Add(new WrappedCount(reader.GetString(0), reader.GetInt64(1), reader.GetBoolean(2)));
        return counts;
    }

    /// <summary>Rotates; when an earlier call did not come to its end, this one ends it. A key that is damaged is passed over, and keeps no other where it was.</summary>
    /// <param name="progress">Told how many data keys were wrapped anew.</param>
    /// <param name="cancellation">Ends it after a batch.</param>
    /// <exception cref="KeysUnreadableException">Something is wrapped by a wrapping key that is not here.</exception>
    public async Task<RotatedKeys> RotateAsync(Action<long> progress, CancellationToken cancellation)
    {
        await EnsureMarkKeysAsync(cancellation);
        var unfinished = (await StatusAsync(cancellation)).Any(count => count.WrappingKeyId != home.Ring.CurrentName);
        if (home.Ring.WrappingKeyId != home.Wrapping.Current.KeyId || !unfinished)
            home.Ring.BeginEpoch(() => home.Erasures.Read().SelectMany(one => one.Subjects, (one, subject) => (one.TenantId, subject)));
        await CheckRingAsync(cancellation);
        await news.TellRingAsync(cancellation);
        var leftMarks = await PutMarksUnderRingAsync(cancellation);

        long done = 0;
        var left = new List<LeftKey>();
        while (await PassAsync(count => progress(done + count), left, cancellation) is > 0 and var some)
            done += some;
        return new RotatedKeys(done, [.. leftMarks, .. left]);
    }

    /// <summary>Drops the epochs before today's: backups from before can then open nothing at all.</summary>
    /// <exception cref="InvalidOperationException">Something is still wrapped under one of them; it would be lost.</exception>
    public async Task ForgetEarlierAsync(CancellationToken cancellation)
    {
        // From here on the database takes no key under an earlier epoch, so what the next look does not show never comes.
        await CheckRingAsync(cancellation);
        var epoch = home.Ring.Epoch;
        if ((await StatusAsync(cancellation)).Any(count => count.WrappingKeyId != home.Ring.NameOf(epoch)))
            throw new InvalidOperationException("Some keys are still wrapped under an earlier epoch: rotate again, then forget.");
        await using (var forget = source.CreateCommand(sql["Sealing.Statements.forget_epochs"]))
        {
            forget.Parameters.AddWithValue("epoch", epoch);
            await forget.ExecuteNonQueryAsync(cancellation);
        }

        home.Ring.ForgetEpochsBefore(epoch);
        await news.TellRingAsync(cancellation);
    }

    /// <summary>Keys of marks that something else than today's epoch wraps come under it: few, and small.</summary>
    /// <returns>Those that are damaged: whoever needs one of them is told so.</returns>
    public async Task<IReadOnlyList<LeftKey>> PutMarksUnderRingAsync(CancellationToken cancellation)
    {
        var stale = new List<(string Purpose, byte[] Key)>();
        var left = new List<LeftKey>();
        await using (var command = source.CreateCommand(sql["Sealing.Statements.mark_keys_of_others"]))
        {
            command.Parameters.AddWithValue("wrapping_key_id", home.Ring.CurrentName);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                try
                {
                    stale.Add((reader.GetString(0), marks.Unwrap(reader.GetString(0), reader.GetFieldValue<byte[]>(1), reader.GetString(2))));
                }
                catch (KeysUnreadableException) when (KeyRing.IsRingName(reader.GetString(2)))
                {
                    left.Add(new LeftKey($"marks of {reader.GetString(0)}", reader.GetString(2)));
                }
            }
        }

        foreach (var (purpose, key) in stale)
        {
            var fresh = marks.Wrap(purpose, key);
            await using var rewrap = source.CreateCommand(sql["Sealing.Statements.rewrap_mark_key"]);
            rewrap.Parameters.AddWithValue("purpose", purpose);
            rewrap.Parameters.AddWithValue("wrapped_key", fresh.Wrapped);
            rewrap.Parameters.AddWithValue("wrapping_key_id", fresh.WrappingKeyId);
            await rewrap.ExecuteNonQueryAsync(cancellation);
        }

        return left;
    }

    /// <summary>From the first key to the last; keys that appends add meanwhile under the old epoch are the next pass's.</summary>
    private async Task<long> PassAsync(Action<long> progress, List<LeftKey> left, CancellationToken cancellation)
    {
        left.Clear();
        var (tenant, subject, done) = ("", Guid.Empty, 0L);
        while (true)
        {
            var page = await PageAsync(tenant, subject, cancellation);
            if (page.Count == 0)
                return done;
            (tenant, subject) = (page[^1].Tenant, page[^1].Key.SubjectId);
            done += await RewrapAsync(page, left, cancellation);
            progress(done);
        }
    }

    private async Task<List<(string Tenant, WrappedDataKey Key)>> PageAsync(string tenant, Guid subject, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql["Sealing.Statements.page_of_data_keys"]);
        command.Parameters.AddWithValue("tenant", tenant);
        command.Parameters.AddWithValue("subject", subject);
        command.Parameters.AddWithValue("wrapping_key_id", home.Ring.CurrentName);
        command.Parameters.AddWithValue("size", BatchSize);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var page = new List<(string, WrappedDataKey)>(BatchSize);
        while (await reader.ReadAsync(cancellation))
            page.Add((reader.GetString(0), new WrappedDataKey(reader.GetGuid(1), reader.GetFieldValue<byte[]>(2), reader.GetString(3))));
        return page;
    }

    private async Task<int> RewrapAsync(List<(string Tenant, WrappedDataKey Key)> page, List<LeftKey> left, CancellationToken cancellation)
    {
        var fresh = new List<(string Tenant, WrappedDataKey Stale, byte[] Fresh)>(page.Count);
        foreach (var (tenant, key) in page)
        {
            if (home.Ring.IsDestroyed(tenant, key.SubjectId))
                continue;
            try
            {
                fresh.Add((tenant, key, wrap.Wrap(tenant, key.SubjectId, wrap.Unwrap(tenant, key)).Wrapped));
            }
            catch (Exception damaged) when (damaged is SealDamagedException || (damaged is KeysUnreadableException && KeyRing.IsRingName(key.WrappingKeyId)))
            {
                left.Add(new LeftKey($"{key.SubjectId} of {tenant}", key.WrappingKeyId));
            }
        }

        // A key that was destroyed or wrapped anew meanwhile is not what was read, and is left as it is.
        await using var command = source.CreateCommand(sql["Sealing.Statements.rewrap_data_keys"]);
        command.Parameters.AddWithValue("wrapping_key_id", home.Ring.CurrentName);
        command.Parameters.AddWithValue("tenants", fresh.Select(one => one.Tenant).ToArray());
        command.Parameters.AddWithValue("subjects", fresh.Select(one => one.Stale.SubjectId).ToArray());
        command.Parameters.AddWithValue("stale", fresh.Select(one => one.Stale.Wrapped).ToArray());
        command.Parameters.AddWithValue("fresh", fresh.Select(one => one.Fresh).ToArray());
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Marks from before follow from the old wrapping key, which is about to go.</summary>
    private async Task EnsureMarkKeysAsync(CancellationToken cancellation)
    {
        Derive(MarkKeys.RequestHash);
        await using var command = source.CreateCommand(sql["Sealing.Statements.tenants"]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            Derive(MarkKeys.BlindIndexOf(reader.GetString(0)));

        // One that is stored and damaged does not follow from the wrapping key, and is counted when it is put under the ring.
        void Derive(string purpose)
        {
            try
            {
                marks.Derive(purpose);
            }
            catch (KeysUnreadableException)
            {
                // Nothing to make.
            }
        }
    }
}
