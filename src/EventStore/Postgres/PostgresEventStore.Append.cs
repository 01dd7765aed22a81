using System.Diagnostics;
using CaseFlow.EventStore.Sealing;
using Npgsql;

namespace CaseFlow.EventStore.Postgres;

public sealed partial class PostgresEventStore
{
    /// <summary>How long a shared transaction waits for one stream: the others in it must not pay for it.</summary>
    private const string SharedPatience = "100ms";

    /// <inheritdoc />
    /// <remarks>
    /// A plain append (one stream, at most an answer) goes through the queue, alone when there is no load. What the shared
    /// statement cannot carry goes its own way: guards and several streams, because a refusal takes all of them back; inline
    /// rows and new data keys, because theirs are statements of their own. A lost connection leaves the outcome unknown; the
    /// append is then repeated with the same event ids, and what the database refuses because it is there already is
    /// recognised as this append's own.
    /// </remarks>
    public async Task<AppendResult> AppendAsync(Append append, CancellationToken cancellation)
    {
        AppendRules.Check(append);
        cancellation.ThrowIfCancellationRequested();
        var subjects = AppendRules.SubjectsOf(append);
        var started = Stopwatch.GetTimestamp();
        var together = true;
        for (var attempt = 1; ; attempt++)
        {
            // Once something was sent, only its outcome ends the call: a caller that gives up must not be told "not appended".
            var stop = attempt == 1 ? cancellation : CancellationToken.None;
            try
            {
                var keys = sealer is null || subjects.Count == 0 ? null : await sealer.PrepareAsync(append.TenantId, subjects, stop);
                var encoded = encoder.Encode(append, keys);
                var outcome = SharedOutcome.NotTaken;
                if (together && encoded.CanBeShared)
                    outcome = await queue.WriteAsync(encoded, stop);
                if (!outcome.IsTaken)
                {
                    together = false;
                    outcome = await WriteAloneAsync(encoded);
                }

                if (outcome.Appended is { } appended)
                {
                    if (keys is not null)
                        sealer!.Committed(keys);
                    return appended;
                }

                var refused = new Refusal.Version(encoded.Stream.StreamId, encoded.Stream.Expected.Version ?? 0, null);
                if (await AnswerAsync(append, refused) is { } answer)
                    return answer;
                if (attempt == Transient.Attempts)
                    throw new TimeoutException("The stream was elsewhere at every try, and where it was expected at every look.");
            }
            catch (PostgresException error) when (Refusal.Of(error, options) is { } refusal)
            {
                if (await AnswerAsync(append, refusal) is { } answer)
                    return answer;
                if (attempt == Transient.Attempts && refusal is Refusal.KeyEpoch)
                    throw KeyRing.StaysBehind(error);
                if (attempt == Transient.Attempts)
                    throw;
            }
            catch (PostgresException error) when (together && error.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                // The queue's patience is short; alone it waits its full time.
            }
            catch (Exception error) when (Transient.MayRepeat(error, attempt, started))
            {
                await Transient.PauseAsync(attempt, CancellationToken.None);
            }

            together = false;
        }
    }

    /// <summary>Plain appends of one tenant in one transaction, each stream for itself.</summary>
    private async Task<SharedOutcome[]> WriteTogetherAsync(IReadOnlyList<EncodedAppend> appends)
    {
        await using var connection = await source.OpenConnectionAsync(CancellationToken.None);
        var watch = CommitWatch.Over(connection);
        if (appends.Count == 1)
            return [await WritePlainAsync(connection, watch, appends[0], SharedPatience)];

        await using var command = plain.Shared(connection, appends, SharedPatience);
        var written = new Dictionary<Guid, (long Version, long Sequence)>(appends.Count);
        await using (var reader = await command.ExecuteReaderAsync(CancellationToken.None))
        {
            while (await reader.ReadAsync(CancellationToken.None))
                written.Add(reader.GetGuid(0), (reader.GetInt64(1), reader.GetInt64(2)));
            await ReadToTheEndAsync(reader);
        }

        watch.ThrowIfDoubtful();
        if (written.Count > 0)
            Appended.Pulse();
        var outcomes = new SharedOutcome[appends.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = written.TryGetValue(appends[i].Events[0][^1].EventId, out var at)
                ? new SharedOutcome(true, appends[i].Appended(at.Version, at.Sequence))
                : SharedOutcome.Refused;
        }

        return outcomes;
    }

    private async Task<SharedOutcome> WriteAloneAsync(EncodedAppend append)
    {
        await using var connection = await source.OpenConnectionAsync(CancellationToken.None);
        var watch = CommitWatch.Over(connection);
        if (append.IsPlain)
            return await WritePlainAsync(connection, watch, append, StoreDataSource.LockTimeout);

        var versions = new Dictionary<Guid, long>(append.Streams.Length);
        var last = 0L;
        await using (var batch = batches.Build(connection, append))
        await using (var reader = await batch.ExecuteReaderAsync(CancellationToken.None))
        {
            foreach (var stream in append.Streams)
            {
                await reader.NextResultAsync(CancellationToken.None);
                await reader.ReadAsync(CancellationToken.None);
                versions[stream.StreamId] = reader.GetInt64(0);
                last = Math.Max(last, reader.GetInt64(1));
            }

            await ReadToTheEndAsync(reader);
        }

        watch.ThrowIfDoubtful();
        Appended.Pulse();
        return new SharedOutcome(true, new AppendResult.Appended(versions, last));
    }

    private async Task<SharedOutcome> WritePlainAsync(
        NpgsqlConnection connection, CommitWatch watch, EncodedAppend append, string patience)
    {
        long version, last;
        await using (var command = plain.Alone(connection, append, patience))
        await using (var reader = await command.ExecuteReaderAsync(CancellationToken.None))
        {
            await reader.ReadAsync(CancellationToken.None);
            var refused = reader.IsDBNull(0);
            (version, last) = refused ? default : (reader.GetInt64(0), reader.GetInt64(1));
            await ReadToTheEndAsync(reader);
            if (refused)
                return SharedOutcome.Refused;
        }

        watch.ThrowIfDoubtful();
        Appended.Pulse();
        return new SharedOutcome(true, append.Appended(version, last));
    }

    /// <summary>The commit is known only when nothing more comes; what fails while a reader is disposed of, nobody is told.</summary>
    private static async Task ReadToTheEndAsync(NpgsqlDataReader reader)
    {
        while (await reader.NextResultAsync(CancellationToken.None))
        {
        }
    }
}
