using System.Globalization;
using System.Text.Json;
using CaseFlow.Domain.DrugTests;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Processes;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Api.Composition;

/// <summary>
/// Calls when a court's day is to be drawn: one timer per court and day, set by the draw of the day before. After an outage each is long
/// past due, so the days follow one after the other until today.
/// </summary>
public sealed class SelectionTimers : ITimerProcess
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <param name="source">The database.</param>
    /// <param name="options">Where the timers are.</param>
    public SelectionTimers(NpgsqlDataSource source, ViewOptions options) => Queue = new TimerQueue(source, this, options);

    /// <summary>The timers, kept from the log.</summary>
    public TimerQueue Queue { get; }

    public string Name => "test_selections";

    public int Version => 1;

    public IEnumerable<TimerChange> ChangesFor(RecordedEvent recorded) => recorded.Data switch
    {
        SelectionSeedCommitted e => [Set(e, e.FirstDay, e.FirstDrawAt)],
        TestsDrawn e => [Set(e, e.Day.AddDays(1), e.NextAt)],
        _ => [],
    };

    /// <summary>Draws every day that is due.</summary>
    /// <param name="now">The instant to compare with.</param>
    /// <param name="advance">Draws what is due of a court's month: jurisdiction, court, first day of the month.</param>
    /// <param name="cancellation">Ends it between two days, or in one, which is then drawn later.</param>
    /// <returns>How many timers were settled.</returns>
    public Task<int> DrawDueAsync(DateTimeOffset now, Func<string, string, DateOnly, CancellationToken, Task> advance, CancellationToken cancellation) =>
        Queue.FireDueAsync(
            now,
            (timer, token) =>
            {
                var due = JsonSerializer.Deserialize<Due>(timer.Payload, Json)!;
                return advance(timer.TenantId, due.Court, due.Month, token);
            },
            cancellation);

    private static TimerChange.Set Set(SelectionEvent fact, DateOnly day, DateTimeOffset at) => new(
        string.Create(CultureInfo.InvariantCulture, $"{fact.Court}/{fact.Month:yyyy-MM}/{day:yyyy-MM-dd}"),
        at,
        JsonSerializer.Serialize(new Due(fact.Court, fact.Month), Json));

    private sealed record Due(string Court, DateOnly Month);
}
