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
        var (found, foundAt) = ("", default(AsOf));
        var held = ViewQuestion.To<ComplianceEntry, List<CaseloadLine>>(
            compliance,
            (table, asOf) =>
            {
                (found, foundAt) = ($"from {table} where tenant_id = @tenant and court = @court and is_open = @open and {asOf.Sql}", asOf);
                return $"""
                    select key, client_id, stage, phase, phase_since, settled, has_warrant, proposed, condition_due_on, admitted_on, officer_id, basis_ends_on, ended_on
                    {found}
                    """;
            },
            (parameters, _) => Ask(parameters),
            async (row, cancellation) =>
            {
                var lines = new List<CaseloadLine>();
                while (await row.ReadAsync(cancellation))
                    lines.Add(LineOf(row));
                return lines;
            },
            scope);

        const string Told = "open_hearings, last_held_on, last_positive_on, last_non_compliance_on, window_ends, results_awaited, drawn_from, first_negative_on, last_negative_on, positives_known, non_compliances_known";
        var agendas = ViewQuestion.To<AgendaEntry, Dictionary<Guid, AgendaTold>>(
            agenda,
            // The rows of now stand together in an index. The whole court's past is long: what came up for each of them is looked up by its key.
            (table, asOf) => asOf is { IsCurrent: true, Instant: null }
                ? $"select key, {Told} from {table} where tenant_id = @tenant and court = @court and is_open = @open and {asOf.Sql}"
                : $"select p.key, v.* from (select key {found}) p cross join lateral ({asOf.RowOfKeySql(table, Told, "p.key")}) v",
            (parameters, asOf) =>
            {
                Ask(parameters);
                // Whom the past is looked up for may be of the past where what is looked up is not.
                if (asOf.IsCurrent && !foundAt.IsCurrent)
                    parameters.AddWithValue("as_position", foundAt.Position);
            },
            async (row, cancellation) =>
            {
                var told = new Dictionary<Guid, AgendaTold>();
                while (await row.ReadAsync(cancellation))
                    told[Guid.Parse(row.GetString(0))] = AgendaOf(row);
                return told;
            },
            scope);

        await reader.AskAsync(tenantId, at, [held, agendas], cancellation);
        return ([.. held.Answer.Select(line => agendas.Answer.TryGetValue(line.ParticipationId, out var own) ? With(line, own) : line)],
            Math.Max(held.Position, agendas.Position));

        void Ask(NpgsqlParameterCollection parameters)
        {
            parameters.AddWithValue("court", court);
            parameters.AddWithValue("open", open);
        }
    }

    /// <summary>How many are admitted and not ended: as many places of the court are taken.</summary>
    /// <returns>The number, and the position of the last change of the court's records up to the moment.</returns>
    /// <exception cref="ViewBehindException">The view did not come to the position in time.</exception>
    public static Task<(int Taken, long Position)> PlacesTakenAsync(
        ViewReader reader, CourtComplianceView compliance, string tenantId, string court, ViewInstant at, CancellationToken cancellation) =>
        reader.ReadAsync<ComplianceEntry, (int, long)>(compliance, tenantId, at, ScopeOf(tenantId, court), async (connection, table, asOf) =>
        {
            await using var command = new NpgsqlCommand(
                $"""
                select count(*)::integer from {table}
                where tenant_id = @tenant and court = @court and is_open and stage = @stage and {asOf.Sql}
                """,
                connection);
            command.Parameters.AddWithValue("tenant", tenantId);
            command.Parameters.AddWithValue("court", court);
            command.Parameters.AddWithValue("stage", ViewText.Of(ParticipationStage.Admitted));
            asOf.AddTo(command.Parameters);
            return ((int)(await command.ExecuteScalarAsync(cancellation))!, asOf.Position);
        }, cancellation);

    private static CaseloadLine LineOf(NpgsqlDataReader row) => new(
        Guid.Parse(row.GetString(0)),
        row.GetGuid(1),
        ViewText.To<ParticipationStage>(row.GetString(2)),
        row.IsDBNull(3) ? null : row.GetString(3),
        Maybe<DateOnly>(row, 4),
        row.GetString(5).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        row.GetBoolean(6),
        row.GetBoolean(7),
        Maybe<DateOnly>(row, 8),
        Maybe<DateOnly>(row, 9),
        OpenHearings: [],
        LastHeldOn: null,
        LastPositiveOn: null,
        LastNonComplianceOn: null)
    {
        OfficerId = row.IsDBNull(10) ? null : row.GetString(10),
        BasisEndsOn = Maybe<DateOnly>(row, 11),
        EndedOn = Maybe<DateOnly>(row, 12),
    };

    private static AgendaTold AgendaOf(NpgsqlDataReader row) => new(
        HearingTimes.Read(row.GetString(1)), Maybe<DateOnly>(row, 2), Maybe<DateOnly>(row, 3), Maybe<DateOnly>(row, 4), HearingTimes.Read(row.GetString(5)),
        HearingTimes.ReadResults(row.GetString(6)), Maybe<DateOnly>(row, 7), Maybe<DateOnly>(row, 8), Maybe<DateOnly>(row, 9),
        HearingTimes.Read(row.GetString(10)), HearingTimes.Read(row.GetString(11)));

    private static CaseloadLine With(CaseloadLine line, AgendaTold own) => line with
    {
        OpenHearings = own.OpenHearings,
        LastHeldOn = own.LastHeldOn,
        LastPositiveOn = own.LastPositiveOn,
        LastNonComplianceOn = own.LastNonComplianceOn,
        PositivesKnown = own.PositivesKnown,
        NonCompliancesKnown = own.NonCompliancesKnown,
        WindowEnds = own.WindowEnds,
        ResultsAwaited = own.ResultsAwaited,
        TakesPartInDraws = own.DrawnFrom is not null,
        FirstNegativeOn = own.FirstNegativeOn,
        LastNegativeOn = own.LastNegativeOn,
    };

    private readonly record struct AgendaTold(
        IReadOnlyList<DateTimeOffset> OpenHearings, DateOnly? LastHeldOn, DateOnly? LastPositiveOn, DateOnly? LastNonComplianceOn,
        IReadOnlyList<DateTimeOffset> WindowEnds, IReadOnlyList<AwaitedResult> ResultsAwaited, DateOnly? DrawnFrom, DateOnly? FirstNegativeOn, DateOnly? LastNegativeOn,
        IReadOnlyList<DateTimeOffset> PositivesKnown, IReadOnlyList<DateTimeOffset> NonCompliancesKnown);

    private static T? Maybe<T>(NpgsqlDataReader row, int column)
        where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);
}
