using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.EventStore.Processes;

/// <summary>
/// Delivers what reactors send, each message at least once and in order per tenant, topic and key. A message in delivery is
/// locked by a transaction that also marks it: whoever dies in between leaves it undelivered, and it is sent again under the
/// same id. One that fails is tried again at longer and longer intervals, and set aside on show after many attempts.
/// </summary>
public sealed class Outbox(NpgsqlDataSource source, EventStoreOptions options)
{
    private readonly StoreSql sql = new(options);

    /// <summary>First wait after a failure; doubled each time up to <see cref="LongestRetry"/>.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait between two attempts.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>After so many failures a message is set aside: about three days with the waits above.</summary>
    public int MostAttempts { get; init; } = 300;

    /// <summary>Delivers every message of a topic that is due, oldest first; several nodes may do so at once.</summary>
    /// <returns>How many were delivered.</returns>
    public async Task<int> DeliverDueAsync(IMessageSender sender, CancellationToken cancellation = default)
    {
        var delivered = 0;
        while (await DeliverNextAsync(sender, cancellation) is { } done)
            delivered += done ? 1 : 0;
        return delivered;
    }

    /// <returns>The oldest hundred messages that failed and are not delivered yet.</returns>
    public async Task<IReadOnlyList<TroubledMessage>> TroubledAsync(CancellationToken cancellation = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = Statement(connection, "troubled_messages");
        return await ReadTroubledAsync(command, cancellation);
    }

    /// <returns>One message of a tenant's that failed and is not delivered yet; null when it is not so.</returns>
    public async Task<TroubledMessage?> TroubledAsync(string tenantId, Guid messageId, CancellationToken cancellation = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = Statement(connection, "troubled_message").With("id", messageId).With("tenant", tenantId);
        return (await ReadTroubledAsync(command, cancellation)).SingleOrDefault();
    }

    /// <returns>Whether the next message was delivered; false when it failed, null when none is due.</returns>
    private async Task<bool?> DeliverNextAsync(IMessageSender sender, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (await TakeAsync(connection, sender.Topic, cancellation) is not { } message)
            return null;
        try
        {
            await sender.SendAsync(message, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            try
            {
                await MarkFailedAsync(connection, message, failure, cancellation);
                await transaction.CommitAsync(cancellation);
            }
            catch (NpgsqlException) when (connection.FullState is not System.Data.ConnectionState.Open)
            {
                // The server ended the session that stood idle meanwhile. Uncounted, the message would be in everyone's way for ever.
                await using var another = await source.OpenConnectionAsync(cancellation);
                await MarkFailedAsync(another, message, failure, cancellation);
            }

            return false;
        }

        await using var mark = Statement(connection, "mark_delivered").With("id", message.Id);
        await mark.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private static async Task<IReadOnlyList<TroubledMessage>> ReadTroubledAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var troubled = new List<TroubledMessage>();
        while (await reader.ReadAsync(cancellation))
        {
            troubled.Add(new(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3),
                reader.GetFieldValue<DateTimeOffset>(4), reader.GetInt32(5), reader.GetString(6), reader.GetBoolean(7)));
        }

        return troubled;
    }

    private async Task<OutboxMessage?> TakeAsync(NpgsqlConnection connection, string topic, CancellationToken cancellation)
    {
        await using var take = Statement(connection, "take_message").With("topic", topic);
        await using var reader = await take.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4),
                reader.GetFieldValue<DateTimeOffset>(5), reader.GetInt32(6))
            : null;
    }

    private async Task MarkFailedAsync(
        NpgsqlConnection connection, OutboxMessage message, Exception failure, CancellationToken cancellation)
    {
        var wait = Math.Min(LongestRetry.TotalSeconds, FirstRetry.TotalSeconds * Math.Pow(2, Math.Min(message.Attempts, 30)));
        await using var mark = Statement(connection, "mark_failed").With("id", message.Id)
            .With("wait", TimeSpan.FromSeconds(wait)).With("give_up", message.Attempts + 1 >= MostAttempts)
            .With("error", $"{failure.GetType().Name}: {FailureText.Of(failure)}");
        await mark.ExecuteNonQueryAsync(cancellation);
    }

    private NpgsqlCommand Statement(NpgsqlConnection connection, string name) => new(sql[$"Processes.Statements.{name}"], connection);
}
