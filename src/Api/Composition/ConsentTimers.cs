using System.Text.Json;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Processes;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Api.Composition;

/// <summary>Runs <see cref="ConsentNotices"/>: the rule is in Domain, the clock and the timers are here.</summary>
public sealed class ConsentTimers : ITimerProcess
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private Persons? persons;

    /// <param name="source">The database.</param>
    /// <param name="options">Where the timers are.</param>
    public ConsentTimers(NpgsqlDataSource source, ViewOptions options) => Queue = new TimerQueue(source, this, options);

    /// <summary>The timers, kept from the log.</summary>
    public TimerQueue Queue { get; }

    public string Name => "consent_ends";

    public int Version => 1;

    public IEnumerable<TimerChange> ChangesFor(RecordedEvent recorded) => recorded.Data is DomainEvent fact
        ? ConsentNotices.On(fact).Select(timer => new TimerChange.Set($"{ConsentNotices.StreamOf(timer)}", timer.FireAt, JsonSerializer.Serialize(timer, Json)))
        : [];

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
        var timer = JsonSerializer.Deserialize<ConsentTimer>(due.Payload, Json)!;
        return SendingNotices.SendAsync(() => TrySendAsync(store, persons, labels, due.TenantId, timer, now, cancellation), cancellation);
    }

    private static async Task<AppendResult?> TrySendAsync(
        IEventStore store, Persons persons, ISourceLabels labels, string tenantId, ConsentTimer timer, DateTimeOffset now, CancellationToken cancellation)
    {
        var stream = StreamIds.Consents(timer.ClientId);
        var consents = await store.FoldAsync(Streams.Consents, tenantId, stream, cancellation);
        var life = await PersonLife.OfAsync(store, persons, tenantId, timer.ClientId, cancellation);
        if (!ConsentNotices.GoesOut(timer.Kind, life.Lives) || ConsentNotices.Fire(timer, consents.State, now) is not { } notice)
            return null;

        var label = await labels.ForAsync(tenantId, cancellation);
        var about = SendingNotices.About with { Labels = await CompletedLabels.OfAsync(store, tenantId, notice, consents.History, cancellation) };
        // It tells of every agency that may disclose by the consent.
        var told = consents.State.Find(timer.ConsentId)!.Scope.Disclosers.Aggregate(
            about, (all, agency) => all with { Labels = label(all with { RecordOf = agency }, Filing.Usual).Labels });
        return await SendingNotices.AppendAsync(
            store, tenantId, ConsentNotices.StreamOf(timer), notice, told,
            [StreamAppend.Unmoved(stream, Streams.Consents.Alias, consents.Version), .. life.Unmoved], cancellation);
    }
}
