using CaseFlow.Domain.Policies;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Projections.Timeliness;

/// <summary>A question about how soon an agency's staff record their work.</summary>
/// <param name="TenantId">The jurisdiction.</param>
/// <param name="AgencyId">Whose staff.</param>
/// <param name="At">The moment asked about.</param>
/// <param name="Within">Later than this is late.</param>
/// <param name="OfCourts">Hours of the courts that say it themselves, by code.</param>
public sealed record TimelinessAsked(string TenantId, string AgencyId, ViewInstant At, DataEntryPolicy Within, IReadOnlyDictionary<string, int> OfCourts)
{
    public string? ActorId { get; init; }

    /// <summary>Stored name of the event.</summary>
    public string? Kind { get; init; }

    /// <summary>Recorded then or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Recorded before then.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>What one person recorded of one kind.</summary>
/// <param name="Court">The court that it was about; null for none.</param>
/// <param name="Entries">How many.</param>
/// <param name="MedianSeconds">The mean of the two in the middle, where there are two.</param>
/// <param name="Ninetieth">Nine of ten were recorded sooner, seconds.</param>
/// <param name="Late">How many were recorded later than the policy asks.</param>
public sealed record TimelinessOf(string ActorId, string Kind, EntryWork Work, string? Court, long Entries, double MedianSeconds, long Ninetieth, long Late);

/// <summary>The questions of data entry.</summary>
public static class TimelinessQueries
{
    /// <summary>The agency's own work.</summary>
    public static ViewScope ScopeOf(string tenantId, string agencyId) => new(tenantId, ("agency_id", agencyId));

    /// <summary>The courts that an agency's staff recorded about, up to a moment.</summary>
    public static Task<IReadOnlyList<string>> CourtsAsync(
        ViewReader reader, TimelinessView view, string tenantId, string agencyId, ViewInstant at, CancellationToken cancellation) =>
        reader.ReadAsync<TimedEntry, IReadOnlyList<string>>(
            view,
            tenantId,
            at,
            scope: null,
            async (connection, table, asOf) =>
            {
                await using var command = new NpgsqlCommand(
                    $"select distinct court from {table} where tenant_id = @tenant and agency_id = @agency and court is not null and {asOf.Sql} order by court", connection);
                command.Parameters.AddWithValue("tenant", tenantId);
                command.Parameters.AddWithValue("agency", agencyId);
                asOf.AddTo(command.Parameters);
                var courts = new List<string>();
                await using var row = await command.ExecuteReaderAsync(cancellation);
                while (await row.ReadAsync(cancellation))
                    courts.Add(row.GetString(0));
                return courts;
            },
            cancellation);

    /// <summary>By person, kind and court, each once.</summary>
    public static Task<(IReadOnlyList<TimelinessOf> Rows, ViewInstant At)> OfAsync(
        ViewReader reader, TimelinessView view, TimelinessAsked asked, CancellationToken cancellation) =>
        reader.ReadAsync<TimedEntry, (IReadOnlyList<TimelinessOf>, ViewInstant)>(
            view,
            asked.TenantId,
            asked.At,
            ScopeOf(asked.TenantId, asked.AgencyId),
            async (connection, table, asOf) =>
            {
                var filter = new RowFilter()
                    .And("actor_id = @actor", "actor", asked.ActorId)
                    .And("kind = @kind", "kind", asked.Kind)
                    .And("recorded_at >= @from", "from", asked.From)
                    .And("recorded_at < @to", "to", asked.To);
                await using var command = new NpgsqlCommand(
                    $"""
                    select actor_id, kind, work, court, count(*),
                           percentile_cont(0.5) within group (order by seconds), percentile_disc(0.9) within group (order by seconds),
                           count(*) filter (where seconds > coalesce(own.seconds_allowed, case work when 'court' then @court else @contact end))
                    from {table} left join unnest(@courts, @allowed) as own(code, seconds_allowed) on own.code = court
                    where tenant_id = @tenant and agency_id = @agency and {asOf.Sql}{(filter.Sql is { } sql ? $" and {sql}" : "")}
                    group by actor_id, kind, work, court order by actor_id, kind, court nulls first
                    """,
                    connection);
                command.Parameters.AddWithValue("tenant", asked.TenantId);
                command.Parameters.AddWithValue("agency", asked.AgencyId);
                command.Parameters.AddWithValue("court", asked.Within.CourtHours * 3600L);
                command.Parameters.AddWithValue("contact", asked.Within.ContactHours * 3600L);
                command.Parameters.AddWithValue("courts", asked.OfCourts.Keys.ToArray());
                command.Parameters.AddWithValue("allowed", asked.OfCourts.Values.Select(hours => hours * 3600L).ToArray());
                asOf.AddTo(command.Parameters);
                filter.AddTo(command.Parameters);
                var rows = new List<TimelinessOf>();
                await using var row = await command.ExecuteReaderAsync(cancellation);
                while (await row.ReadAsync(cancellation))
                {
                    var work = row.GetString(2) == ViewText.Of(EntryWork.Court) ? EntryWork.Court : EntryWork.Contact;
                    rows.Add(new(
                        row.GetString(0), row.GetString(1), work, row.IsDBNull(3) ? null : row.GetString(3), row.GetInt64(4), row.GetDouble(5), row.GetInt64(6), row.GetInt64(7)));
                }

                return (rows, new ViewInstant(asOf.Position, asOf.Instant));
            },
            cancellation);
}
