using System.Text.Json;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Processes;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Api.Composition;

/// <summary>Runs <see cref="DutyNotices"/>: the rule is in Domain, the clock and the timers are here.</summary>
public sealed class NoticeTimers : ITimerProcess
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <param name="source">The database.</param>
    /// <param name="options">Where the timers are.</param>
    public NoticeTimers(NpgsqlDataSource source, ViewOptions options) => Queue = new TimerQueue(source, this, options);

    /// <summary>The timers, kept from the log.</summary>
    public TimerQueue Queue { get; }

    public string Name => "duty_notices";

    public int Version => 1;

    public IEnumerable<EventStore.Processes.TimerChange> ChangesFor(RecordedEvent recorded) =>
        recorded.Data is DomainEvent fact ? DutyNotices.On(fact).Select(AsStored) : [];

    /// <summary>Sends every notice that is due, once each.</summary>
    /// <returns>How many timers were settled.</returns>
    public Task<int> SendDueAsync(IEventStore store, DateTimeOffset now, CancellationToken cancellation) =>
        Queue.FireDueAsync(now, (timer, token) => SendAsync(store, timer, now, token), cancellation);

    /// <summary>A notice has a stream that can hold it only once, so sending it again after a crash changes nothing.</summary>
    private static async Task SendAsync(IEventStore store, DueTimer due, DateTimeOffset now, CancellationToken cancellation)
    {
        var timer = JsonSerializer.Deserialize<NoticeTimer>(due.Payload, Json)!;
        if (await NoticeOfAsync(store, due.TenantId, timer, now, cancellation) is not { } notice)
            return;

        var streamId = DutyNotices.StreamOf(timer);
        var circumstances = new Circumstances { Actor = "notices", Role = Role.Service, Purpose = Purpose.Operations, Intercept = 5 };
        var fact = new NewEvent(NamedId.Of(streamId, "event"), notice, circumstances, notice.ClientId);
        await store.AppendAsync(
            new Append(
                due.TenantId,
                [new StreamAppend(streamId, Streams.NoticeAlias, ExpectedVersion.NoStream, [fact])],
                new AppendMetadata("notices")),
            cancellation);
    }

    private static async Task<NoticeEvent?> NoticeOfAsync(
        IEventStore store, string tenantId, NoticeTimer timer, DateTimeOffset now, CancellationToken cancellation)
    {
        if (timer.Kind == NoticeKind.Unacknowledged)
            return DutyNotices.FireUnacknowledged(timer, now);

        var duties = await store.FoldAsync(Streams.Duty, tenantId, StreamIds.ReferralDuty(timer.ClientId), cancellation);
        return DutyNotices.Fire(timer, duties.State, now);
    }

    private static EventStore.Processes.TimerChange AsStored(Domain.Overdoses.TimerChange change) => change switch
    {
        SetTimer set => new EventStore.Processes.TimerChange.Set(
            KeyOf(set.Timer.Kind, set.Timer.SubjectId), set.FireAt, JsonSerializer.Serialize(set.Timer, Json)),
        CancelTimer cancel => new EventStore.Processes.TimerChange.Cancel(KeyOf(cancel.Kind, cancel.SubjectId)),
        _ => throw new System.Diagnostics.UnreachableException($"{change.GetType().Name} is no change of a timer."),
    };

    private static string KeyOf(NoticeKind kind, Guid subjectId) => $"{subjectId}/{kind}";
}
