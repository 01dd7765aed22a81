using System.Diagnostics;
using Npgsql;

namespace CaseFlow.EventStore.Postgres;

public sealed partial class PostgresEventStore
{
    /// <inheritdoc />
    /// <remarks>
    /// A lost connection leaves the outcome unknown; the append is then repeated with the same event ids, and what the
    /// database refuses because it is there already is recognised as this append's own.
    /// </remarks>
    public async Task<AppendResult> AppendAsync(Append append, CancellationToken cancellation)
    {
        AppendRules.Check(append);
        var subjects = AppendRules.SubjectsOf(append);
        var started = Stopwatch.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var keys = sealer is null ? null : await sealer.PrepareAsync(append.TenantId, subjects, cancellation);
                var appended = await WriteAsync(append, keys, cancellation);
                if (keys is not null)
                    sealer!.Committed(keys);
                Appended.Pulse();
                return appended;
            }
            catch (PostgresException error) when (Refusal.Of(error, options) is { } refusal)
            {
                if (await AnswerAsync(append, refusal, cancellation) is { } answer)
                    return answer;
                if (attempt == Transient.Attempts)
                    throw;
            }
            catch (Exception error) when (Transient.MayRepeat(error, attempt, started))
            {
                await Transient.PauseAsync(attempt, cancellation);
            }
        }
    }

    private async Task<AppendResult.Appended> WriteAsync(Append append, Sealing.AppendKeys? keys, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var (batch, streams) = batches.Build(connection, append, keys);
        await using var _ = batch;
        await using var reader = await batch.ExecuteReaderAsync(cancellation);

        var versions = new Dictionary<Guid, long>(streams.Count);
        var last = 0L;
        foreach (var stream in streams)
        {
            await reader.NextResultAsync(cancellation);
            await reader.ReadAsync(cancellation);
            versions[stream.StreamId] = reader.GetInt64(0);
            last = Math.Max(last, reader.GetInt64(1));
        }

        // The commit is known only when the last result is read.
        while (await reader.NextResultAsync(cancellation))
        {
        }

        return new AppendResult.Appended(versions, last);
    }

    /// <returns>What to tell the caller, or null: the reason has gone, try again.</returns>
    private async Task<AppendResult?> AnswerAsync(Append append, Refusal refusal, CancellationToken cancellation)
    {
        switch (refusal)
        {
            case Refusal.DataKey:
                return null;
            case Refusal.ViewRow(var constraint):
                return await FindAppendedAsync(append, cancellation) ?? (AppendResult)new AppendResult.Duplicate(constraint);
            case Refusal.Version(var stream, var expected, var actual):
                return await FindAppendedAsync(append, cancellation)
                    ?? (AppendResult)new AppendResult.Conflict(stream, expected, actual);
            case Refusal.Answered:
                return await FindAppendedAsync(append, cancellation)
                    ?? (await FindAnswerAsync(append.TenantId, append.Answer!.Actor, append.Answer.Key, cancellation) is { } first
                        ? (AppendResult)new AppendResult.AnsweredBefore(first)
                        : null);
            case Refusal.EventId:
                return await FindAppendedAsync(append, cancellation)
                    ?? throw new InvalidOperationException("An event id of this append names an event stored elsewhere.");
            default:
                throw new InvalidOperationException($"No answer to {refusal}.");
        }
    }

    /// <summary>Whether exactly the events of this append are stored, in its streams: then it was committed before.</summary>
    private async Task<AppendResult.Appended?> FindAppendedAsync(Append append, CancellationToken cancellation)
    {
        var wanted = append.Streams
            .SelectMany(stream => stream.Events, (stream, fresh) => (fresh.EventId, stream.StreamId))
            .ToDictionary(entry => entry.EventId, entry => entry.StreamId);
        if (wanted.Count == 0)
            return null;

        return await Transient.RepeatAsync(Look, cancellation);

        async Task<AppendResult.Appended?> Look()
        {
            var versions = append.Streams.ToDictionary(stream => stream.StreamId, stream => stream.Expected.Version ?? 0);
            var (found, last) = (0, 0L);
            await using var command = Statement("find_appended", ("ids", wanted.Keys.ToArray()));
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                var stream = reader.GetGuid(2);
                if (reader.GetString(1) != append.TenantId || wanted[reader.GetGuid(0)] != stream)
                    return null;
                versions[stream] = Math.Max(versions[stream], reader.GetInt64(3));
                last = Math.Max(last, reader.GetInt64(4));
                found++;
            }

            return found == wanted.Count ? new AppendResult.Appended(versions, last) : null;
        }
    }
}
