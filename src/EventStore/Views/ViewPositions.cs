using System.Diagnostics;
using CaseFlow.EventStore.Sequencing;
using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>How far views have come, for readers on any node: "at least this write" is a bounded wait.</summary>
/// <param name="source">The database.</param>
/// <param name="options">Where the checkpoints are.</param>
/// <param name="viewMoved">The runner's signal when it works in this process; only saves waiting time.</param>
public sealed class ViewPositions(NpgsqlDataSource source, ViewOptions? options = null, LogSignal? viewMoved = null)
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(100);

    private readonly ViewSql sql = new(options ?? new());
    private readonly LogSignal viewMoved = viewMoved ?? new();

    /// <returns>The last position that a view has applied; 0 when it does not exist.</returns>
    public async Task<long> PositionOfAsync(string viewName, CancellationToken cancellation = default)
    {
        await using var command = source.CreateCommand(sql.PositionOf).With("name", viewName);
        return await command.ExecuteScalarAsync(cancellation) as long? ?? 0;
    }

    /// <returns>The log position of a <c>seq_id</c>, or null while it is not placed.</returns>
    public async Task<long?> PositionOfSequenceAsync(long sequence, CancellationToken cancellation = default)
    {
        await using var command = source.CreateCommand(sql.PositionOfSequence).With("sequence", sequence);
        return await command.ExecuteScalarAsync(cancellation) as long?;
    }

    /// <returns>When the log reached a position; <see cref="DateTimeOffset.MinValue"/> for 0, before its first event.</returns>
    public async Task<DateTimeOffset> StampOfAsync(long position, CancellationToken cancellation = default)
    {
        await using var command = source.CreateCommand(sql.StampOf).With("position", position);
        return await command.ExecuteScalarAsync(cancellation) is DateTime stamp ? new DateTimeOffset(stamp) : DateTimeOffset.MinValue;
    }

    /// <summary>Waits until a view has applied a position.</summary>
    /// <returns>Whether it has; false when the time is over.</returns>
    public Task<bool> WaitForAsync(string viewName, long position, TimeSpan timeout, CancellationToken cancellation = default) =>
        PollAsync(async () => await PositionOfAsync(viewName, cancellation) >= position, timeout, cancellation);

    /// <summary>Waits until a view shows a write, by the write's <see cref="AppendResult.Appended.LastSequence"/>.</summary>
    /// <returns>Whether it does; false when the time is over.</returns>
    public Task<bool> WaitForSequenceAsync(string viewName, long sequence, TimeSpan timeout, CancellationToken cancellation = default)
    {
        long? position = sequence == 0 ? 0 : null;
        return PollAsync(Shown, timeout, cancellation);

        async Task<bool> Shown()
        {
            position ??= await PositionOfSequenceAsync(sequence, cancellation);
            return position is { } placed && await PositionOfAsync(viewName, cancellation) >= placed;
        }
    }

    private async Task<bool> PollAsync(Func<Task<bool>> reached, TimeSpan timeout, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        for (var poll = ShortestPoll; ; poll = poll * 2 < LongestPoll ? poll * 2 : LongestPoll)
        {
            var pulse = viewMoved.Next;
            if (await reached())
                return true;
            var left = timeout - waited.Elapsed;
            if (left <= TimeSpan.Zero)
                return false;
            await LogSignal.WaitAsync(pulse, left < poll ? left : poll, cancellation);
        }
    }
}
