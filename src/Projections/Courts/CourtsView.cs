using System.Text.Json;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Projections.Courts;

/// <summary>A treatment court with all its versions, oldest first; which of them counts is asked of <see cref="CourtState"/>.</summary>
public sealed record CourtRow(string Court, IReadOnlyList<CourtVersion> Versions)
{
    /// <returns>The version in force at an instant; null when there was none.</returns>
    public CourtVersion? InForceAt(DateTimeOffset at)
    {
        var state = new CourtState([.. Versions]);
        return state.InForceAt(at) is { } found ? state.Find(found.Version) : null;
    }
}

/// <summary>The treatment courts of a jurisdiction. Async: retiring a version changes what another event wrote.</summary>
public sealed class CourtsView : HistoryView<CourtRow>
{
    public const string ViewName = "courts";

    public override string Name => ViewName;

    public override int Version => 1;

    public override IReadOnlyList<ViewColumn<CourtRow>> Columns { get; } = [ViewColumn<CourtRow>.Text("court", row => row.Court)];

    public override IReadOnlyList<ViewOrder> Orders { get; } = [new("court", [], ["court"])];

    internal CourtRow RowOf(string json) => JsonSerializer.Deserialize<CourtRow>(json, Json)!;

    protected override IEnumerable<string> KeysOf(RecordedEvent recorded) => recorded.Data is CourtEvent fact ? [fact.Court] : [];

    protected override CourtRow? Evolve(CourtRow? row, RecordedEvent recorded) => recorded.Data is CourtEvent fact
        ? new CourtRow(fact.Court, CourtState.Evolve(new CourtState([.. row?.Versions ?? []]), fact).Versions)
        : row;

    protected override DateTimeOffset CountsFrom(RecordedEvent recorded) => ((DomainEvent)recorded.Data).CountsFrom();
}

/// <summary>The question of a jurisdiction's courts. They are few.</summary>
public static class CourtsQueries
{
    /// <summary>
    /// Every court, by its code, with the versions recorded up to a position. A version may count from before its publication, so the instant
    /// asked about is not asked of the rows but of the versions.
    /// </summary>
    /// <returns>The courts, and the position of the last change of any of them.</returns>
    /// <exception cref="ViewBehindException">The view did not come to the position in time.</exception>
    public static Task<(IReadOnlyList<CourtRow> Courts, long Position)> AllAsync(
        ViewReader reader, CourtsView view, string tenantId, long? position, CancellationToken cancellation) =>
        reader.ReadAsync<CourtRow, (IReadOnlyList<CourtRow>, long)>(
            view,
            tenantId,
            new ViewInstant(position, Instant: null),
            new ViewScope(tenantId),
            async (connection, table, asOf) =>
            {
                await using var command = new NpgsqlCommand($"select row::text from {table} where tenant_id = @tenant and {asOf.Sql} order by court", connection);
                command.Parameters.AddWithValue("tenant", tenantId);
                asOf.AddTo(command.Parameters);
                var courts = new List<CourtRow>();
                await using var row = await command.ExecuteReaderAsync(cancellation);
                while (await row.ReadAsync(cancellation))
                    courts.Add(view.RowOf(row.GetString(0)));
                return (courts, asOf.Position);
            },
            cancellation);
}
