using System.Diagnostics;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Sequencing;
using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>
/// How far views have come for a tenant, for readers on any node: "at least this write" is a bounded wait. A view has a
/// position when it has applied every event of the tenant up to it; where other tenants stand never matters.
/// </summary>
/// <param name="source">The database.</param>
/// <param name="options">Where the checkpoints are.</param>
/// <param name="viewMoved">The runner's signal when it works in this process; only saves waiting time.</param>
public sealed class ViewPositions(NpgsqlDataSource source, ViewOptions? options = null, LogSignal? viewMoved = null)
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(100);

    private readonly ViewSql sql = new(options ?? new());
    private readonly LogSignal viewMoved = viewMoved ?? new();

    /// <returns>The tenant's last event that a view has applied; 0 when it has none, or does not exist.</returns>
    public async Task<long> PositionOfAsync(string viewName, string tenantId, CancellationToken cancellation = default) =>
        (await StandingAsync(viewName, tenantId, 0, cancellation)).Position;

    /// <returns>The log position of a <c>seq_id</c>, or null while it is not placed.</returns>
    public async Task<long?> PositionOfSequenceAsync(long sequence, CancellationToken cancellation = default)
    {
        return await Transient.RepeatAsync(
            async () =>
            {
                await using var command = source.CreateCommand(sql["position_of_sequence"]).With("sequence", sequence);
                return await command.ExecuteScalarAsync(cancellation) as long?;
            },
            cancellation);
    }

    /// <returns>When the log reached a position of a tenant; <see cref="DateTimeOffset.MinValue"/> for 0, before its first event.</returns>
    public async Task<DateTimeOffset> StampOfAsync(string tenantId, long position, CancellationToken cancellation = default)
    {
        await using var question = new TenantQuestion(source, tenantId, sql["stamp_of_position"]);
        question.Parameters.AddWithValue("position", position);
        return await question.ExecuteScalarAsync(cancellation) is DateTime stamp ? new DateTimeOffset(stamp) : DateTimeOffset.MinValue;
    }

    /// <summary>Waits until a view has a position of a tenant.</summary>
    /// <returns>Whether it has; false when the time is over, or when the view stands still and is not tried again in time.</returns>
    public Task<bool> WaitForAsync(
        string viewName, string tenantId, long position, TimeSpan timeout, CancellationToken cancellation = default) =>
        PollAsync(() => StandingAsync(viewName, tenantId, position, cancellation), timeout, cancellation);

    /// <summary>Waits until a view shows a tenant's write, by the write's <see cref="AppendResult.Appended.LastSequence"/>.</summary>
    /// <returns>Whether it does; false when the time is over, or when the view stands still and is not tried again in time.</returns>
    public Task<bool> WaitForSequenceAsync(
        string viewName, string tenantId, long sequence, TimeSpan timeout, CancellationToken cancellation = default)
    {
        long? position = sequence == 0 ? 0 : null;
        return PollAsync(Shown, timeout, cancellation);

        async Task<ViewStanding> Shown()
        {
            position ??= await PositionOfSequenceAsync(sequence, cancellation);
            return await StandingAsync(viewName, tenantId, position ?? long.MaxValue, cancellation);
        }
    }

    /// <summary>Waits until an event has its position in the log.</summary>
    /// <returns>Whether it has; false when the time is over.</returns>
    public Task<bool> WaitForPlaceAsync(long sequence, TimeSpan timeout, CancellationToken cancellation = default) => PollAsync(
        async () => new ViewStanding(0, await PositionOfSequenceAsync(sequence, cancellation) is not null, TriedAgainIn: null, Version: null), timeout, cancellation);

    /// <returns>Where a view stands for a tenant, against a position.</returns>
    internal async Task<ViewStanding> StandingAsync(string viewName, string tenantId, long asked, CancellationToken cancellation)
    {
        await using var question = new TenantQuestion(source, tenantId, sql["views_reached"]);
        question.Parameters.AddWithValue("names", new[] { viewName });
        question.Parameters.AddWithValue("asked", asked);
        await using var row = await question.ExecuteReaderAsync(cancellation);
        return await ViewStanding.ReadAsync(row, cancellation);
    }

    private async Task<bool> PollAsync(Func<Task<ViewStanding>> look, TimeSpan timeout, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        for (var poll = ShortestPoll; ; poll = poll * 2 < LongestPoll ? poll * 2 : LongestPoll)
        {
            var pulse = viewMoved.Next;
            var standing = await look();
            if (standing.Reached)
                return true;
            var left = timeout - waited.Elapsed;
            if (left <= TimeSpan.Zero || standing.TriedAgainIn > left)
                return false;
            await LogSignal.WaitAsync(pulse, left < poll ? left : poll, cancellation);
        }
    }
}

/// <summary>Where a view stands for a tenant.</summary>
/// <param name="Position">The tenant's last event that it has applied.</param>
/// <param name="Reached">Whether it has every event of the tenant up to the position asked about.</param>
/// <param name="TriedAgainIn">While it stands still: how long until it is tried again.</param>
/// <param name="Version">At which version its rows are stored; null while it has no tables.</param>
internal readonly record struct ViewStanding(long Position, bool Reached, TimeSpan? TriedAgainIn, int? Version)
{
    public static async Task<ViewStanding> ReadAsync(NpgsqlDataReader row, CancellationToken cancellation)
    {
        await row.ReadAsync(cancellation);
        return new(
            row.GetInt64(0),
            row.GetBoolean(1),
            row.IsDBNull(2) ? null : TimeSpan.FromSeconds(Math.Max(0, row.GetDouble(2))),
            row.IsDBNull(3) ? null : row.GetInt32(3));
    }
}
