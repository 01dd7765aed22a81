using CaseFlow.Domain.Policies;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Projections.Timeliness;

/// <summary>A question about how soon an agency's staff record their work.</summary>
/// <param name="TenantId">The jurisdiction.</param>
/// <param name="AgencyId">Whose staff.</param>
/// <param name="At">The moment asked about.</param>
/// <param name="Within">Later than this is late.</param>
public sealed record TimelinessAsked(string TenantId, string AgencyId, ViewInstant At, DataEntryPolicy Within)
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
/// <param name="Entries">How many.</param>
/// <param name="MedianSeconds">The lower of the two in the middle, where there are two.</param>
/// <param name="Ninetieth">Nine of ten were recorded sooner, seconds.</param>
/// <param name="Late">How many were recorded later than the policy asks.</param>
public sealed record TimelinessOf(string ActorId, string Kind, EntryWork Work, long Entries, long MedianSeconds, long Ninetieth, long Late);

/// <summary>The questions of data entry.</summary>
public static class TimelinessQueries
{
    /// <summary>The agency's own work.</summary>
    public static ViewScope ScopeOf(string tenantId, string agencyId) => new(tenantId, ("agency_id", agencyId));

    /// <summary>By person and kind, each once.</summary>
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
                    select actor_id, kind, work, count(*),
                           percentile_disc(0.5) within group (order by seconds), percentile_disc(0.9) within group (order by seconds),
                           count(*) filter (where seconds > case work when 'court' then @court else @contact end)
                    from {table}
                    where tenant_id = @tenant and agency_id = @agency and {asOf.Sql}{(filter.Sql is { } sql ? $" and {sql}" : "")}
                    group by actor_id, kind, work order by actor_id, kind
                    """,
                    connection);
                command.Parameters.AddWithValue("tenant", asked.TenantId);
                command.Parameters.AddWithValue("agency", asked.AgencyId);
                command.Parameters.AddWithValue("court", asked.Within.CourtHours * 3600L);
                command.Parameters.AddWithValue("contact", asked.Within.ContactHours * 3600L);
                asOf.AddTo(command.Parameters);
                filter.AddTo(command.Parameters);
                var rows = new List<TimelinessOf>();
                await using var row = await command.ExecuteReaderAsync(cancellation);
                while (await row.ReadAsync(cancellation))
                {
                    var work = row.GetString(2) == ViewText.Of(EntryWork.Court) ? EntryWork.Court : EntryWork.Contact;
                    rows.Add(new(row.GetString(0), row.GetString(1), work, row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6)));
                }

                return (rows, new ViewInstant(asOf.Position, asOf.Instant));
            },
            cancellation);
}
