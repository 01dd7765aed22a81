using CaseFlow.Domain.Courts;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.CourtCompliance;
using Npgsql;

namespace CaseFlow.Projections.CourtCaseload;

/// <summary>The questions of a court's caseload. It is small enough to be put in order as a whole, so no order needs to be kept.</summary>
public static class CourtCaseloadQueries
{
    /// <summary>The court's own records.</summary>
    public static ViewScope ScopeOf(string tenantId, string court) => new(tenantId, ("court", court));

    /// <summary>Every participant of a court, those it works with or those of before.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="compliance">How participations stand.</param>
    /// <param name="agenda">Hearings to come, tests to talk about.</param>
    /// <param name="tenantId">The jurisdiction.</param>
    /// <param name="court">The court's code.</param>
    /// <param name="open">Those it works with.</param>
    /// <param name="at">The moment; its position is one that both views come to.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <returns>The lines, and the position of the last change of the court's records up to the moment.</returns>
    /// <exception cref="ViewBehindException">A view did not come to the position in time.</exception>
    public static async Task<(IReadOnlyList<CaseloadLine> Lines, long Position)> OfAsync(
        ViewReader reader, CourtComplianceView compliance, CourtCaseloadView agenda, string tenantId, string court, bool open, ViewInstant at,
        CancellationToken cancellation)
    {
        var scope = ScopeOf(tenantId, court);
        var (agendas, ofAgenda) = await reader.ReadAsync(agenda, tenantId, at, scope, async (connection, table, asOf) =>
        {
            await using var command = Command(
                connection,
                $"""
                select key, nullif(hearing_at, 'infinity'), last_held_on, last_positive_on, last_non_compliance_on
                from {table} where tenant_id = @tenant and court = @court and is_open = @open and {asOf.Sql}
                """,
                tenantId, court, open, asOf);
            var found = new Dictionary<string, (DateTimeOffset? HearingAt, DateOnly? HeldOn, DateOnly? Positive, DateOnly? NonCompliance)>(StringComparer.Ordinal);
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                found[row.GetString(0)] = (Maybe<DateTimeOffset>(row, 1), Maybe<DateOnly>(row, 2), Maybe<DateOnly>(row, 3), Maybe<DateOnly>(row, 4));
            return (found, asOf.Position);
        }, cancellation);

        var (lines, ofCompliance) = await reader.ReadAsync(compliance, tenantId, at, scope, async (connection, table, asOf) =>
        {
            await using var command = Command(
                connection,
                $"""
                select key, client_id, stage, phase, phase_since, settled, has_warrant, proposed, condition_due_on, admitted_on
                from {table} where tenant_id = @tenant and court = @court and is_open = @open and {asOf.Sql}
                """,
                tenantId, court, open, asOf);
            var found = new List<CaseloadLine>();
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
            {
                var key = row.GetString(0);
                var own = agendas.GetValueOrDefault(key);
                found.Add(new CaseloadLine(
                    Guid.Parse(key),
                    row.GetGuid(1),
                    Stages[row.GetString(2)],
                    row.IsDBNull(3) ? null : row.GetString(3),
                    Maybe<DateOnly>(row, 4),
                    row.GetString(5).Split(' ', StringSplitOptions.RemoveEmptyEntries),
                    row.GetBoolean(6),
                    row.GetBoolean(7),
                    Maybe<DateOnly>(row, 8),
                    Maybe<DateOnly>(row, 9),
                    own.HearingAt,
                    own.HeldOn,
                    own.Positive,
                    own.NonCompliance));
            }

            return (found, asOf.Position);
        }, cancellation);
        return (lines, Math.Max(ofAgenda, ofCompliance));
    }

    private static readonly Dictionary<string, ParticipationStage> Stages =
        Enum.GetValues<ParticipationStage>().ToDictionary(stage => ViewText.Of(stage), StringComparer.Ordinal);

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, string tenantId, string court, bool open, AsOf asOf)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddWithValue("tenant", tenantId);
        command.Parameters.AddWithValue("court", court);
        command.Parameters.AddWithValue("open", open);
        asOf.AddTo(command.Parameters);
        return command;
    }

    private static T? Maybe<T>(NpgsqlDataReader row, int column)
        where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);
}
