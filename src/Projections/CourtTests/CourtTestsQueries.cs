using CaseFlow.EventStore.Views;
using CaseFlow.Projections.CourtCompliance;
using Npgsql;

namespace CaseFlow.Projections.CourtTests;

/// <summary>The questions of a court's tests.</summary>
public static class CourtTestsQueries
{
    /// <summary>Every test of a court's own record of which something is still to come, and of which participations the court works with.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="tests">The tests.</param>
    /// <param name="compliance">How participations stand.</param>
    /// <param name="tenantId">The jurisdiction.</param>
    /// <param name="court">The court's code.</param>
    /// <param name="agencyId">The agency that the court is.</param>
    /// <param name="at">The moment; its position is one that both views come to.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <returns>The tests, the participations that are not over, and the position of the last change of either up to the moment.</returns>
    /// <exception cref="ViewBehindException">A view did not come to the position in time.</exception>
    public static async Task<(IReadOnlyList<CourtTestEntry> Tests, IReadOnlySet<Guid> Open, long Position)> OpenAsync(
        ViewReader reader, CourtTestsView tests, CourtComplianceView compliance, string tenantId, string court, string agencyId, ViewInstant at,
        CancellationToken cancellation)
    {
        var scope = new ViewScope(tenantId, ("court", court));
        var (found, ofTests) = await reader.ReadAsync<CourtTestEntry, (List<CourtTestEntry>, long)>(tests, tenantId, at, scope, async (connection, table, asOf) =>
        {
            await using var command = new NpgsqlCommand(
                $"select row::text from {table} where tenant_id = @tenant and court = @court and is_open and agency = @agency and {asOf.Sql} order by day, key", connection);
            command.Parameters.AddWithValue("tenant", tenantId);
            command.Parameters.AddWithValue("court", court);
            command.Parameters.AddWithValue("agency", agencyId);
            asOf.AddTo(command.Parameters);
            var entries = new List<CourtTestEntry>();
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                entries.Add(tests.RowOf(row.GetString(0)));
            return (entries, asOf.Position);
        }, cancellation);

        var (open, ofCompliance) = await reader.ReadAsync<ComplianceEntry, (HashSet<Guid>, long)>(compliance, tenantId, at, scope, async (connection, table, asOf) =>
        {
            await using var command = new NpgsqlCommand(
                $"select key from {table} where tenant_id = @tenant and court = @court and is_open and {asOf.Sql}", connection);
            command.Parameters.AddWithValue("tenant", tenantId);
            command.Parameters.AddWithValue("court", court);
            asOf.AddTo(command.Parameters);
            var keys = new HashSet<Guid>();
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                keys.Add(Guid.Parse(row.GetString(0)));
            return (keys, asOf.Position);
        }, cancellation);
        return (found, open, Math.Max(ofTests, ofCompliance));
    }
}
