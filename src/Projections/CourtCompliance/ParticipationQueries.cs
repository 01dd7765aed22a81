using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Projections.CourtCompliance;

/// <summary>The questions about how participations stand.</summary>
public static class ParticipationQueries
{
    /// <summary>Some participations at a moment, whoever may see them.</summary>
    /// <exception cref="ViewBehindException">The view did not come to the position in time.</exception>
    public static Task<IReadOnlyList<ComplianceEntry>> OfAsync(
        ViewReader reader, CourtComplianceView view, string tenantId, IReadOnlyCollection<Guid> participations, ViewInstant at, CancellationToken cancellation) =>
        reader.ReadAsync<ComplianceEntry, IReadOnlyList<ComplianceEntry>>(
            view,
            tenantId,
            at,
            scope: null,
            async (connection, table, asOf) =>
            {
                await using var command = new NpgsqlCommand(
                    $"""
                    select v.row::text from unnest(@keys) as p(id)
                    cross join lateral (select row from {table} where tenant_id = @tenant and key = p.id and {asOf.Sql} offset 0) v
                    """,
                    connection);
                command.Parameters.AddWithValue("tenant", tenantId);
                command.Parameters.AddWithValue("keys", participations.Distinct().Select(id => id.ToString()).ToArray());
                asOf.AddTo(command.Parameters);
                var entries = new List<ComplianceEntry>();
                await using var row = await command.ExecuteReaderAsync(cancellation);
                while (await row.ReadAsync(cancellation))
                    entries.Add(view.RowOf(row.GetString(0)));
                return entries;
            },
            cancellation);
}
