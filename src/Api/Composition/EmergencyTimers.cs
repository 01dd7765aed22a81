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

    /// <summary>A notice has a stream that can hold it only once, so sending it again after a crash changes nothing.</summary>
    private static async Task SendAsync(IEventStore store, DueTimer due, DateTimeOffset now, CancellationToken cancellation)
    {
        var timer = JsonSerializer.Deserialize<EmergencyTimer>(due.Payload, Json)!;
        // A guard that moved means that the openings changed between the look and the append: look again.
        while (await TrySendAsync(store, due.TenantId, timer, now, cancellation) is AppendResult.Conflict { Expected: > 0 })
            cancellation.ThrowIfCancellationRequested();
    }

    private static async Task<AppendResult?> TrySendAsync(
        IEventStore store, string tenantId, EmergencyTimer timer, DateTimeOffset now, CancellationToken cancellation)
    {
        var stream = StreamIds.EmergencyAccess(tenantId);
        var openings = await store.FoldAsync(Streams.EmergencyAccess, tenantId, stream, cancellation);
        if (EmergencyNotices.Fire(timer, openings.State, now) is not { } notice)
            return null;
        var noticeStream = EmergencyNotices.StreamOf(timer);
        var about = new Circumstances { Actor = "notices", Role = Role.Service, Purpose = Purpose.Operations };
        return await store.AppendAsync(
            new Append(
                tenantId,
                [
                    new StreamAppend(
                        noticeStream, Streams.NoticeAlias, ExpectedVersion.NoStream, [new NewEvent(NamedId.Of(tenantId, "notice", noticeStream.ToString()), notice, about)]),
                    new StreamAppend(stream, Streams.EmergencyAccess.Alias, ExpectedVersion.Exactly(openings.Version), []),
                ],
                new AppendMetadata("notices")),
            cancellation);
    }
}
