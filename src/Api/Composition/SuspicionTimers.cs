using System.Text.Json;
using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Processes;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Api.Composition;

/// <summary>
/// Calls for the suspicion that a disclosure without a basis is. Those of today bring it with them, and it takes the call back; of those recorded before that was
/// so it is long past due.
/// </summary>
public sealed class SuspicionTimers : ITimerProcess
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <param name="source">The database.</param>
    /// <param name="options">Where the timers are.</param>
    public SuspicionTimers(NpgsqlDataSource source, ViewOptions options) => Queue = new TimerQueue(source, this, options);

    /// <summary>The timers, kept from the log.</summary>
    public TimerQueue Queue { get; }

    public string Name => "breach_suspicions";

    public int Version => 1;

    public IEnumerable<TimerChange> ChangesFor(RecordedEvent recorded) => recorded.Data switch
    {
        DisclosureMade { Basis: DisclosureBasis.WithoutBasis } e => [new TimerChange.Set(
            Key(e.ClientId, e.DisclosureId), e.KnownAt, JsonSerializer.Serialize(new Due(e.ClientId, e.DisclosureId, (recorded.Headers as Circumstances)?.Actor ?? "unknown"), Json))],
        BreachSuspected { Disclosed: { } disclosed } => [new TimerChange.Cancel(Key(disclosed.ClientId, disclosed.DisclosureId))],
        _ => [],
    };

    /// <summary>Suspects everything that is due, once each.</summary>
    /// <param name="now">The instant to compare with.</param>
    /// <param name="suspect">Puts one on record, unless it is: jurisdiction, disclosure, who recorded that.</param>
    /// <param name="cancellation">Ends it between two.</param>
    /// <returns>How many timers were settled.</returns>
    public Task<int> SuspectDueAsync(DateTimeOffset now, Func<string, DisclosedWithoutBasis, string, CancellationToken, Task> suspect, CancellationToken cancellation) =>
        Queue.FireDueAsync(
            now,
            (timer, token) =>
            {
                var due = JsonSerializer.Deserialize<Due>(timer.Payload, Json)!;
                return suspect(timer.TenantId, new DisclosedWithoutBasis(due.DisclosureId, due.ClientId), due.RecordedBy, token);
            },
            cancellation);

    private static string Key(Guid clientId, Guid disclosureId) => $"{clientId}/{disclosureId}";

    private sealed record Due(Guid ClientId, Guid DisclosureId, string RecordedBy);
}
