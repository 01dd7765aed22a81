using System.Globalization;
using CaseFlow.Domain;
using CaseFlow.Domain.DropIns;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Projections.UnitsOfService;

/// <summary>How often an agency's programme did something on a day; nobody is named, so nothing is forgotten when somebody is.</summary>
/// <param name="AgencyId">Whose work it was.</param>
/// <param name="ProgramId">The programme, when one was said.</param>
/// <param name="Kind">Stored name of the event.</param>
/// <param name="Day">The local day of a visit; of anything else the day in UTC.</param>
/// <param name="Count">How often.</param>
public sealed record UnitsOfDay(string AgencyId, string? ProgramId, string Kind, DateOnly Day, long Count);

/// <summary>
/// Units of service: anonymous visits and touchpoints, counted by agency, programme, kind and day. Async, because it counts; for now only,
/// because a count that was once lower tells nobody anything.
/// </summary>
public sealed class UnitsOfServiceView(Func<Type, string> storedName) : TableView<UnitsOfDay>
{
    public const string ViewName = "units_of_service";

    public override string Name => ViewName;

    public override int Version => 1;

    public override IReadOnlyList<ViewColumn<UnitsOfDay>> Columns { get; } =
    [
        ViewColumn<UnitsOfDay>.Text("agency_id", row => row.AgencyId),
        ViewColumn<UnitsOfDay>.OptionalText("program_id", row => row.ProgramId),
        ViewColumn<UnitsOfDay>.Text("kind", row => row.Kind),
        ViewColumn<UnitsOfDay>.Date("day", row => row.Day),
        ViewColumn<UnitsOfDay>.Number("units", row => row.Count),
    ];

    public override IReadOnlyList<IReadOnlyList<string>> Indexes => [["agency_id", "day"]];

    protected override IEnumerable<string> KeysOf(RecordedEvent recorded) => UnitOf(recorded) is { } unit
        ? [string.Create(CultureInfo.InvariantCulture, $"{unit.AgencyId}/{unit.ProgramId}/{unit.Kind}/{unit.Day:yyyy-MM-dd}")]
        : [];

    protected override UnitsOfDay? Evolve(UnitsOfDay? row, string key, RecordedEvent recorded) =>
        UnitOf(recorded) is { } unit ? unit with { Count = (row?.Count ?? 0) + 1 } : row;

    /// <returns>One unit; null for what is none.</returns>
    private UnitsOfDay? UnitOf(RecordedEvent recorded)
    {
        DateOnly? day = recorded.Data switch
        {
            AnonymousDropInVisited e => e.VisitedOn,
            TouchpointEvent e => DateOnly.FromDateTime(e.OccurredAt.UtcDateTime),
            _ => null,
        };
        return day is { } on && recorded.Headers is Circumstances { Agency: { } agency } about
            ? new UnitsOfDay(agency, about.Program, storedName(recorded.Data.GetType()), on, 0)
            : null;
    }
}

/// <summary>The question of the units.</summary>
public static class UnitsOfServiceQueries
{
    /// <returns>An agency's sums from a day to another, both included, by programme and kind.</returns>
    public static async Task<IReadOnlyList<(string? ProgramId, string Kind, long Count)>> SumAsync(
        NpgsqlDataSource source, EventStoreOptions options, string tenantId, string agencyId, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        await using var question = new TenantQuestion(source, tenantId, $"""
            select program_id, kind, sum(units)::bigint from {options.ViewsSchema}.{UnitsOfServiceView.ViewName}
            where tenant_id = @tenant and agency_id = @agency and day >= @from and day <= @to
            group by program_id, kind order by program_id nulls first, kind
            """);
        question.Parameters.AddWithValue("agency", agencyId);
        question.Parameters.AddWithValue("from", from);
        question.Parameters.AddWithValue("to", to);
        await using var reader = await question.ExecuteReaderAsync(cancellation);
        var sums = new List<(string?, string, long)>();
        while (await reader.ReadAsync(cancellation))
            sums.Add((await reader.IsDBNullAsync(0, cancellation) ? null : reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
        return sums;
    }
}
