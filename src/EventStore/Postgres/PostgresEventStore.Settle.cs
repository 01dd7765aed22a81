using Npgsql;

namespace CaseFlow.EventStore.Postgres;

public sealed partial class PostgresEventStore
{
    /// <inheritdoc />
    /// <remarks>
    /// An answer is visible before the synchronous replicas have it when the wait for them was cut short: told now, it would be
    /// an acknowledgement that a failover takes back.
    /// </remarks>
    public Task<StoredAnswer?> FindAnswerAsync(string tenantId, string actor, string key, CancellationToken cancellation) =>
        Transient.RepeatAsync(
            async () =>
            {
                await using var connection = await source.OpenConnectionAsync(cancellation);
                var found = await LookForAnswerAsync(connection, tenantId, actor, key, cancellation);
                if (found is not null)
                    await ConfirmAsync(connection);
                return found;
            },
            cancellation);

    private async Task<StoredAnswer?> LookForAnswerAsync(
        NpgsqlConnection connection, string tenantId, string actor, string key, CancellationToken cancellation)
    {
        await using var command = Statement("find_answer")
            .With("tenant", tenantId)
            .With("actor", actor)
            .With("key", key)
            .ToCommand(connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new StoredAnswer(actor, key, reader.GetFieldValue<byte[]>(0), reader.GetInt32(1), reader.GetString(2))
            : null;
    }

    /// <returns>What to tell the caller, or null: the reason has gone, try again.</returns>
    private async Task<AppendResult?> AnswerAsync(Append append, Refusal refusal)
    {
        if (refusal is Refusal.KeyEpoch)
        {
            // A shared file may show its old content for a moment.
            await Transient.PauseAsync(1, CancellationToken.None);
            sealer!.LookAgain();
        }

        if (refusal is Refusal.DataKey or Refusal.KeyEpoch)
            return null;
        if (await FindAppendedAsync(append) is { } appended)
            return appended;
        if (append.Answer is { } answer
            && await FindAnswerAsync(append.TenantId, answer.Actor, answer.Key, CancellationToken.None) is { } first)
        {
            return new AppendResult.AnsweredBefore(first);
        }

        return refusal switch
        {
            Refusal.Answered => null,
            Refusal.ViewRow(var constraint) => new AppendResult.Duplicate(constraint),
            Refusal.Version(var stream, var expected, { } actual) => new AppendResult.Conflict(stream, expected, actual),
            Refusal.Version(var stream, var expected, null) => await ConflictAsync(append.TenantId, stream, expected),
            Refusal.EventId => throw new InvalidOperationException("An event id of this append names an event stored elsewhere."),
            _ => throw new InvalidOperationException($"No answer to {refusal}."),
        };
    }

    /// <returns>Null when the stream has come to the expected version meanwhile.</returns>
    private async Task<AppendResult.Conflict?> ConflictAsync(string tenantId, Guid stream, long expected)
    {
        var actual = await Transient.RepeatAsync(
            async () =>
            {
                await using var command = Statement("stream_version").With("tenant", tenantId).With("stream", stream).ToCommand(source);
                return await command.ExecuteScalarAsync(CancellationToken.None) as long? ?? 0;
            },
            CancellationToken.None);
        return actual == expected ? null : new AppendResult.Conflict(stream, expected, actual);
    }

    /// <summary>
    /// Whether exactly the events of this append are stored, in its streams: then it was committed before. It is told only
    /// when the synchronous replicas, if there are any, have it too.
    /// </summary>
    private async Task<AppendResult.Appended?> FindAppendedAsync(Append append)
    {
        var wanted = append.Streams
            .SelectMany(stream => stream.Events, (stream, fresh) => (fresh.EventId, stream.StreamId))
            .ToDictionary(entry => entry.EventId, entry => entry.StreamId);
        return wanted.Count == 0 ? null : await Transient.RepeatAsync(Look, CancellationToken.None);

        async Task<AppendResult.Appended?> Look()
        {
            var versions = append.Streams.ToDictionary(stream => stream.StreamId, stream => stream.Expected.Version ?? 0);
            var (found, last) = (0, 0L);
            await using var connection = await source.OpenConnectionAsync(CancellationToken.None);
            await using (var command = Statement("find_appended").With("ids", wanted.Keys.ToArray()).ToCommand(connection))
            await using (var reader = await command.ExecuteReaderAsync(CancellationToken.None))
            {
                while (await reader.ReadAsync(CancellationToken.None))
                {
                    var stream = reader.GetGuid(2);
                    if (reader.GetString(1) != append.TenantId || wanted[reader.GetGuid(0)] != stream)
                        return null;
                    versions[stream] = Math.Max(versions[stream], reader.GetInt64(3));
                    last = Math.Max(last, reader.GetInt64(4));
                    found++;
                }
            }

            if (found != wanted.Count)
                return null;
            await ConfirmAsync(connection);
            return new AppendResult.Appended(versions, last);
        }
    }

    /// <summary>Waits until everything committed by now is where this server's synchronous commits have to be.</summary>
    private async Task ConfirmAsync(NpgsqlConnection connection)
    {
        var watch = CommitWatch.Over(connection);
        await using (var command = Statement("confirm_replication").ToCommand(connection))
            await command.ExecuteScalarAsync(CancellationToken.None);
        watch.ThrowIfDoubtful();
    }
}
