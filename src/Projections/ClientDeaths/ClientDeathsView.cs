using System.Globalization;
using System.Text.Json;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Projections.ClientDeaths;

/// <summary>A death that one record knows of.</summary>
public sealed record ClientDeath(Guid ClientId, KnownDeath Death);

/// <summary>
/// Deaths on record, one row per record that knows of one, so that a list of many people asks about the few. Whose records are one person's is
/// asked elsewhere. Async, because a retraction takes away what another event wrote.
/// </summary>
public sealed class ClientDeathsView : HistoryView<ClientDeath>
{
    public const string ViewName = "client_deaths";

    public override string Name => ViewName;

    public override int Version => 1;

    public override IReadOnlyList<ViewColumn<ClientDeath>> Columns { get; } = [ViewColumn<ClientDeath>.Uuid("client_id", row => row.ClientId)];

    public override IReadOnlyList<ViewOrder> Orders { get; } = [new("client", ["client_id"], [])];

    internal ClientDeath RowOf(string json) => JsonSerializer.Deserialize<ClientDeath>(json, Json)!;

    protected override IEnumerable<string> KeysOf(RecordedEvent recorded) => recorded.Data is ClientDeceased or ClientDeathRetracted
        ? [((ClientEvent)recorded.Data).ClientId.ToString("D", CultureInfo.InvariantCulture)]
        : [];

    protected override ClientDeath? Evolve(ClientDeath? row, RecordedEvent recorded) => recorded.Data switch
    {
        ClientDeceased e => new ClientDeath(e.ClientId, new KnownDeath(e.VerifiedBy, e.OccurredAt, e.CountsFrom())),
        ClientDeathRetracted => null,
        _ => row,
    };

    protected override DateTimeOffset CountsFrom(RecordedEvent recorded) => ((DomainEvent)recorded.Data).CountsFrom();

    protected override EventCorrection? CorrectionIn(RecordedEvent recorded) =>
        recorded.Data is ICorrection correction ? new EventCorrection(correction.CorrectedEventId, correction.CorrectedCountsFrom) : null;
}

/// <summary>The questions of the deaths.</summary>
public static class ClientDeathQueries
{
    /// <returns>The deaths that some records know of, and the position of the last word about a death on any of them; 0 for none.</returns>
    public static ViewQuestion<(IReadOnlyList<ClientDeath> Deaths, long ChangedAt)> Of(ClientDeathsView view, IReadOnlyCollection<Guid> records) =>
        ViewQuestion.To<ClientDeath, (IReadOnlyList<ClientDeath>, long)>(
            view,
            (table, asOf) => $"""
                select row::text, ({asOf.Sql}), greatest(
                  case when pos_from <= @position then pos_from else 0 end, case when pos_to <= @position then pos_to else 0 end)
                from {table} where tenant_id = @tenant and client_id = any(@records)
                """,
            (parameters, asOf) =>
            {
                parameters.AddWithValue("records", records.ToArray());
                parameters.AddWithValue("position", asOf.Position);
            },
            async (row, cancellation) =>
            {
                var (deaths, changedAt) = (new List<ClientDeath>(), 0L);
                while (await row.ReadAsync(cancellation))
                {
                    if (row.GetBoolean(1))
                        deaths.Add(view.RowOf(row.GetString(0)));
                    changedAt = Math.Max(changedAt, row.GetInt64(2));
                }

                return (deaths, changedAt);
            });
}
