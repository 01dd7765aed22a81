using CaseFlow.EventStore.Views;
using CaseFlow.EventStore.Views.Rebuilding;
using Npgsql;

namespace CaseFlow.EventStore.Processes;

/// <summary>
/// The timers of one process. As a follower of the log it keeps them in the transaction that moves its checkpoint; as a
/// clock's servant it calls a handler for each one due, earliest first, and removes it afterwards. A timer may be called
/// again when the program dies between the two, so the handler appends under ids that follow from the timer: the second
/// time the append conflicts, which means it was done.
/// </summary>
/// <remarks>The handler decides from the stream, not from the timer: the log may already hold what makes it pointless.</remarks>
public sealed class TimerQueue(NpgsqlDataSource source, ITimerProcess process, ViewOptions? options = null) : ISharedTableView
{
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(15);

    private readonly TimerSql sql = new((options ?? new()).Store.Schema);

    /// <inheritdoc/>
    public string Name => process.Name;

    /// <inheritdoc/>
    public int Version => process.Version;

    /// <inheritdoc/>
    /// <remarks>The store's migrations make the one table of all timers.</remarks>
    public string TablesSql => "select 1";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => ["cf_timers"];

    /// <inheritdoc/>
    public ISharedTableView Aside => new TimerQueue(source, new Renamed(process, Name + TimerSql.AsideSuffix), options);

    /// <remarks>A timer that is due may be gone from the live rows because it has fired, and its event may still be on the way.</remarks>
    ComparedRows? ISharedTableView.Compared => new(
        $"cf_timers of {Name}", sql.RowsOf(Name), sql.RowsOf(Name + TimerSql.AsideSuffix), ["tenant_id", "key"], "v.due_at <= clock_timestamp()");

    /// <inheritdoc/>
    public async Task TakePlaceAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await EmptyAsync(connection, cancellation);
        await using var rename = new NpgsqlCommand(sql.Rename, connection).With("process", Name).With("aside", Name + TimerSql.AsideSuffix);
        await rename.ExecuteNonQueryAsync(cancellation);
    }

    /// <inheritdoc/>
    public async Task EmptyAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql.Empty, connection).With("process", Name);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <inheritdoc/>
    public bool Concerns(RecordedEvent recorded) => process.ChangesFor(recorded).Any();

    /// <inheritdoc/>
    public async Task ApplyAsync(LogPage page, CancellationToken cancellation)
    {
        var last = new Dictionary<(string Tenant, string Key), TimerChange>();
        foreach (var recorded in page.Events)
        {
            foreach (var change in process.ChangesFor(recorded))
                last[(recorded.TenantId, change.Key)] = change;
        }

        var cancelled = last.Where(entry => entry.Value is TimerChange.Cancel).Select(entry => entry.Key).ToList();
        if (cancelled.Count > 0)
        {
            await using var cancel = new NpgsqlCommand(sql.Cancel, page.Connection).With("process", Name)
                .With("tenants", cancelled.Select(timer => timer.Tenant).ToArray())
                .With("keys", cancelled.Select(timer => timer.Key).ToArray());
            await cancel.ExecuteNonQueryAsync(cancellation);
        }

        var set = last.Where(entry => entry.Value is TimerChange.Set)
            .Select(entry => (entry.Key.Tenant, Timer: (TimerChange.Set)entry.Value)).ToList();
        if (set.Count > 0)
        {
            await using var upsert = new NpgsqlCommand(sql.Set, page.Connection).With("process", Name)
                .With("tenants", set.Select(entry => entry.Tenant).ToArray())
                .With("keys", set.Select(entry => entry.Timer.Key).ToArray())
                .With("dues", set.Select(entry => entry.Timer.DueAt.ToUniversalTime()).ToArray())
                .With("payloads", set.Select(entry => entry.Timer.Payload).ToArray());
            await upsert.ExecuteNonQueryAsync(cancellation);
        }
    }

    /// <summary>Fires every timer due at <paramref name="now"/>, earliest first; several nodes may do so at once.</summary>
    /// <param name="now">The instant to compare due times with.</param>
    /// <param name="fire">
    /// Appends what follows and returns when that is stored, by this call or by an earlier one. When it throws, the timer
    /// stays and is tried again later, at longer and longer intervals; the others go on.
    /// </param>
    /// <param name="cancellation">Ends the firing between two timers, or in one, which then stays.</param>
    /// <returns>How many timers were fired and removed.</returns>
    public async Task<int> FireDueAsync(
        DateTimeOffset now, Func<DueTimer, CancellationToken, Task> fire, CancellationToken cancellation = default)
    {
        var fired = 0;
        while (await FireNextAsync(now, fire, cancellation) is { } done)
            fired += done ? 1 : 0;
        return fired;
    }

    /// <returns>The hundred of a tenant's timers that failed and were due first.</returns>
    public async Task<IReadOnlyList<TroubledTimer>> TroubledAsync(string tenantId, CancellationToken cancellation = default)
    {
        await using var command = source.CreateCommand(sql.Troubled).With("process", Name).With("tenant", tenantId);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var troubled = new List<TroubledTimer>();
        while (await reader.ReadAsync(cancellation))
        {
            troubled.Add(new(
                Name, reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetInt32(2),
                reader.GetFieldValue<DateTimeOffset>(3), reader.GetString(4)));
        }

        return troubled;
    }

    /// <returns>Whether the next timer was fired and removed; false when it failed, null when none is due.</returns>
    private async Task<bool?> FireNextAsync(DateTimeOffset now, Func<DueTimer, CancellationToken, Task> fire, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (await TakeDueAsync(connection, now, cancellation) is not { } timer)
            return null;
        try
        {
            await fire(timer, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            try
            {
                await PostponeAsync(connection, timer, now, failure, cancellation);
                await transaction.CommitAsync(cancellation);
            }
            catch (NpgsqlException) when (connection.FullState is not System.Data.ConnectionState.Open)
            {
                // The server ended the session that stood idle meanwhile. Unrecorded, the failure would come first again, for ever.
                await using var another = await source.OpenConnectionAsync(cancellation);
                await PostponeAsync(another, timer, now, failure, cancellation);
            }

            return false;
        }

        await RemoveAsync(connection, timer, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private async Task<DueTimer?> TakeDueAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var take = new NpgsqlCommand(sql.TakeDue, connection).With("process", Name).With("now", now.ToUniversalTime());
        await using var reader = await take.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new(Name, reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetString(3), reader.GetInt32(4))
            : null;
    }

    private async Task RemoveAsync(NpgsqlConnection connection, DueTimer timer, CancellationToken cancellation)
    {
        await using var remove = new NpgsqlCommand(sql.Remove, connection)
            .With("process", Name).With("tenant", timer.TenantId).With("key", timer.Key);
        await remove.ExecuteNonQueryAsync(cancellation);
    }

    private async Task PostponeAsync(
        NpgsqlConnection connection, DueTimer timer, DateTimeOffset now, Exception failure, CancellationToken cancellation)
    {
        var wait = TimeSpan.FromSeconds(Math.Min(LongestRetry.TotalSeconds, Math.Pow(2, Math.Min(timer.Attempts, 20))));
        await using var postpone = new NpgsqlCommand(sql.Postpone, connection)
            .With("process", Name).With("tenant", timer.TenantId).With("key", timer.Key).With("due_at", timer.DueAt)
            .With("retry_at", (now + wait).ToUniversalTime()).With("error", $"{failure.GetType().Name}: {FailureText.Of(failure)}");
        await postpone.ExecuteNonQueryAsync(cancellation);
    }

    private sealed class Renamed(ITimerProcess process, string name) : ITimerProcess
    {
        public string Name => name;

        public int Version => process.Version;

        public IEnumerable<TimerChange> ChangesFor(RecordedEvent recorded) => process.ChangesFor(recorded);
    }
}
