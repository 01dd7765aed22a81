using System.Text.Json;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Referrals;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Processes;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Api.Composition;

/// <summary>Runs <see cref="DutyNotices"/>: the rule is in Domain, the clock and the timers are here.</summary>
public sealed class NoticeTimers : ITimerProcess
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private Persons? persons;

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
    public Task<int> SendDueAsync(IEventStore store, ISourceLabels labels, DateTimeOffset now, CancellationToken cancellation)
    {
        var known = persons ??= new Persons(new RememberedStreams(store));
        return Queue.FireDueAsync(now, (timer, token) => SendAsync(store, known, labels, timer, now, token), cancellation);
    }

    private static Task SendAsync(
        IEventStore store, Persons persons, ISourceLabels labels, DueTimer due, DateTimeOffset now, CancellationToken cancellation)
    {
        var timer = JsonSerializer.Deserialize<NoticeTimer>(due.Payload, Json)!;
        return SendingNotices.SendAsync(() => TrySendAsync(store, persons, labels, due, timer, now, cancellation), cancellation);
    }

    private static async Task<AppendResult?> TrySendAsync(
        IEventStore store, Persons persons, ISourceLabels labels, DueTimer due, NoticeTimer timer, DateTimeOffset now, CancellationToken cancellation)
    {
        var (notice, agency, guard, history) = await NoticeOfAsync(store, due.TenantId, timer, now, cancellation);
        var life = await PersonLife.OfAsync(store, persons, due.TenantId, timer.ClientId, cancellation);
        if (notice is null || !DutyNotices.GoesOut(timer.Kind, life.Lives))
            return null;

        var circumstances = SendingNotices.About with { RecordOf = agency, Intercept = 5 };
        var label = await labels.ForAsync(due.TenantId, cancellation);
        var about = label(circumstances with { Labels = await CompletedLabels.OfAsync(store, due.TenantId, notice, history, cancellation) }, Filing.Usual);
        return await SendingNotices.AppendAsync(store, due.TenantId, DutyNotices.StreamOf(timer), notice, about, [guard, .. life.Unmoved], cancellation);
    }

    /// <summary>The notice that the record still calls for, the agency whose duty or referral it is, and the stream that says so, unmoved, with its events.</summary>
    private static async Task<(NoticeEvent? Notice, string? Agency, StreamAppend Guard, IReadOnlyList<RecordedEvent> History)> NoticeOfAsync(
        IEventStore store, string tenantId, NoticeTimer timer, DateTimeOffset now, CancellationToken cancellation)
    {
        if (timer.Kind == NoticeKind.Unacknowledged)
        {
            var referral = await store.FoldAsync(Streams.Referral, tenantId, timer.SubjectId, cancellation);
            // It tells of the duty that the referral was for.
            var owed = timer.DutyId is null ? [] : (await store.FoldAsync(Streams.Duty, tenantId, StreamIds.ReferralDuty(timer.ClientId), cancellation)).History;
            return (
                referral.State.Phase == ReferralPhase.Sent ? DutyNotices.FireUnacknowledged(timer, now) : null,
                referral.State.FromAgencyId,
                StreamAppend.Unmoved(timer.SubjectId, Streams.Referral.Alias, referral.Version),
                [.. referral.History, .. owed]);
        }

        var dutyStream = StreamIds.ReferralDuty(timer.ClientId);
        var duties = await store.FoldAsync(Streams.Duty, tenantId, dutyStream, cancellation);
        return (
            DutyNotices.Fire(timer, duties.State, now),
            duties.State.Find(timer.SubjectId)?.AgencyId,
            StreamAppend.Unmoved(dutyStream, Streams.Duty.Alias, duties.Version),
            duties.History);
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
