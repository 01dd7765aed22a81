using CaseFlow.Domain;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>What a counter holds.</summary>
/// <param name="Events">How many there are.</param>
/// <param name="First">The first that counts.</param>
/// <param name="Last">The last one.</param>
internal sealed record Counter(int Events, DateTimeOffset First, DateTimeOffset Last);

/// <summary>A view that needs no past, one row per client or per day of the jurisdiction: what such a view costs by itself.</summary>
/// <param name="perClient">Per client; otherwise across clients, per kind of event and day.</param>
internal sealed class CounterView(bool perClient) : TableView<Counter>
{
    public override string Name => perClient ? "client_counters" : "day_counters";

    public override int Version => 1;

    public override IReadOnlyList<ViewColumn<Counter>> Columns { get; } =
        [ViewColumn<Counter>.Number("events", row => row.Events), ViewColumn<Counter>.Instant("last_at", row => row.Last)];

    public override IReadOnlyList<IReadOnlyList<string>> Indexes { get; } = [["last_at"]];

    protected override IEnumerable<string> KeysOf(RecordedEvent recorded)
    {
        if (!perClient)
            return [$"{recorded.Data.GetType().Name}/{((DomainEvent)recorded.Data).OccurredAt:yyyy-MM-dd}"];
        return recorded.Data is IClientEvent { ClientId: var client } ? [$"{client}"] : [];
    }

    protected override Counter? Evolve(Counter? row, string key, RecordedEvent recorded)
    {
        var at = ((DomainEvent)recorded.Data).OccurredAt;
        return row is null
            ? new(1, at, at)
            : new(row.Events + 1, at < row.First ? at : row.First, at > row.Last ? at : row.Last);
    }
}
