using System.Data;
using Npgsql;

namespace CaseFlow.EventStore.Views;

public sealed partial class ViewReader
{
    /// <summary>
    /// Asks several questions at one position in one snapshot: one round trip for where the views stand, and one for all answers. Each is a look-up by
    /// an index, or several: their plans are made once for each session.
    /// </summary>
    /// <param name="tenantId">The jurisdiction.</param>
    /// <param name="at">The moment, with a position, which all views come to.</param>
    /// <param name="questions">Each holds its answer afterwards.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <exception cref="ArgumentException">The moment has no position: several views stand at several.</exception>
    /// <exception cref="ViewBehindException">A view did not come to the position in time.</exception>
    public Task AskAsync(string tenantId, ViewInstant at, IReadOnlyList<ViewQuestion> questions, CancellationToken cancellation = default)
    {
        var position = at.Position ?? throw new ArgumentException("Several views are asked at a position.", nameof(at));
        var views = questions.Select(question => question.View).Distinct().ToList();
        return PatientlyAsync(
            tenantId,
            at,
            views,
            async () =>
            {
                await AskOnceAsync(tenantId, new(position, at.Instant), views, questions, cancellation);
                return true;
            },
            cancellation);
    }

    /// <summary>
    /// All that is asked so is looked up by keys, so it is planned once. The transaction ends with the last answer, not in a round trip of its own;
    /// it ends as well when it is disposed before that.
    /// </summary>
    private async Task AskOnceAsync(
        string tenantId, (long Position, DateTimeOffset? Instant) at, List<AskedView> views, IReadOnlyList<ViewQuestion> questions, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var scoped = questions.Select(question => (Question: question, LastChange: question.LastChangeFor(sql.InViews(question.View.Table), at.Position)))
            .Where(one => one.LastChange is not null).ToList();
        var (standings, changes) = await StandingsAsync(connection, views, tenantId, at.Position, [.. scoped.Select(one => one.LastChange!)], cancellation, plannedOnce: true);
        var reached = views.Zip(standings).ToDictionary(one => one.First, one => one.Second.Position);
        var changed = scoped.Zip(changes).ToDictionary(one => one.First.Question, one => one.Second);
        await using var batch = connection.BatchOf([
            .. questions.Select(question =>
            {
                var isCurrent = at.Position >= reached[question.View] || (changed.TryGetValue(question, out var last) && !last.ChangedLater);
                var command = question.CommandFor(sql.InViews(question.View.Table), new AsOf(at.Position, at.Instant, isCurrent));
                if (!command.Parameters.Contains("tenant"))
                    command.Parameters.AddWithValue("tenant", tenantId);
                return command;
            }),
            new NpgsqlBatchCommand("commit"),
        ]);
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        foreach (var question in questions)
        {
            await question.TakeAsync(rows, changed.TryGetValue(question, out var last) ? last.Position : at.Position, cancellation);
            await rows.NextResultAsync(cancellation);
        }
    }
}
