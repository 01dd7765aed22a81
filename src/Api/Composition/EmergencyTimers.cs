using System.Text.Json;
using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Processes;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Api.Composition;

/// <summary>Runs <see cref="EmergencyNotices"/>: the rule is in Domain, the clock and the timers are here.</summary>
public sealed class EmergencyTimers : ITimerProcess
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <param name="source">The database.</param>
    /// <param name="options">Where the timers are.</param>
    public EmergencyTimers(NpgsqlDataSource source, ViewOptions options) => Queue = new TimerQueue(source, this, options);

    /// <summary>The timers, kept from the log.</summary>
    public TimerQueue Queue { get; }

    public string Name => "emergency_reviews";

    public int Version => 1;

    public IEnumerable<TimerChange> ChangesFor(RecordedEvent recorded) => recorded.Data switch
    {
        EmergencyAccessReviewed e => [new TimerChange.Cancel($"{e.EmergencyAccessId}")],
        DomainEvent fact when EmergencyNotices.On(fact) is { } timer =>
            [new TimerChange.Set($"{timer.EmergencyAccessId}", timer.DueAt, JsonSerializer.Serialize(timer, Json))],
        _ => [],
    };

    /// <summary>Sends every notice that is due, once each.</summary>
    /// <returns>How many timers were settled.</returns>
    public Task<int> SendDueAsync(IEventStore store, DateTimeOffset now, CancellationToken cancellation) =>
        Queue.FireDueAsync(now, (timer, token) => SendAsync(store, timer, now, token), cancellation);

    private static Task SendAsync(IEventStore store, DueTimer due, DateTimeOffset now, CancellationToken cancellation)
    {
        var timer = JsonSerializer.Deserialize<EmergencyTimer>(due.Payload, Json)!;
        return SendingNotices.SendAsync(() => TrySendAsync(store, due.TenantId, timer, now, cancellation), cancellation);
    }

    private static async Task<AppendResult?> TrySendAsync(
        IEventStore store, string tenantId, EmergencyTimer timer, DateTimeOffset now, CancellationToken cancellation)
    {
        var stream = StreamIds.EmergencyAccess(timer.EmergencyAccessId);
        var opening = await store.FoldAsync(Streams.EmergencyAccess, tenantId, stream, cancellation);
        if (opening.Version == 0)
        {
            // It is from before each had a stream of its own.
            stream = StreamIds.EarlierEmergencyAccess(tenantId);
            opening = await store.FoldAsync(Streams.EmergencyAccessOf(timer.EmergencyAccessId), tenantId, stream, cancellation);
        }

        return EmergencyNotices.Fire(timer, opening.State, now) is not { } notice
            ? null
            : await SendingNotices.AppendAsync(
                store, tenantId, EmergencyNotices.StreamOf(timer), notice, SendingNotices.About,
                [StreamAppend.Unmoved(stream, Streams.EmergencyAccess.Alias, opening.Version)], cancellation);
    }
}
