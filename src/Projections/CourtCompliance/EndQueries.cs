using CaseFlow.EventStore.Views;

namespace CaseFlow.Projections.CourtCompliance;

/// <summary>The questions about what ended participations.</summary>
public static class EndQueries
{
    /// <summary>The court's local day on which each of some participations ended, of those that had by a moment.</summary>
    public static ViewQuestion<IReadOnlyDictionary<Guid, DateOnly>> EndedOn(CourtComplianceView view, IReadOnlyCollection<Guid> participations) =>
        ViewQuestion.To<ComplianceEntry, IReadOnlyDictionary<Guid, DateOnly>>(
            view,
            (table, asOf) => $"""
                select p.id, v.ended_on from unnest(@keys) as p(id)
                cross join lateral ({asOf.RowOfKeySql(table, "ended_on", "p.id")}) v
                where v.ended_on is not null
                """,
            (parameters, _) => parameters.AddWithValue("keys", KeysOf(participations)),
            async (row, cancellation) =>
            {
                var ends = new Dictionary<Guid, DateOnly>();
                while (await row.ReadAsync(cancellation))
                    ends[Guid.Parse(row.GetString(0))] = row.GetFieldValue<DateOnly>(1);
                return ends;
            });

    /// <summary>The position from which on <see cref="EndedOn"/> answered the same up to a moment: nothing else that was recorded of them moves it.</summary>
    public static ViewQuestion<long> EndedOnChange(CourtComplianceView view, IReadOnlyCollection<Guid> participations) => ViewQuestion.To<ComplianceEntry, long>(
        view,
        (table, asOf) => $"""
            select coalesce(max(greatest(
                     case when ended_on is distinct from (case when before_to = pos_from then before end) then pos_from else 0 end,
                     case when ended_on is not null and pos_to <= @position and after_from is distinct from pos_to then pos_to else 0 end)), 0)
            from (
              select pos_from, pos_to, ended_on, lag(ended_on) over own as before, lag(pos_to) over own as before_to, lead(pos_from) over own as after_from
              from {table}
              where tenant_id = @tenant and key = any(@keys) and pos_from <= @position
                and {(asOf.Instant is null ? "occ_to = 'infinity'" : "occ_from <= @as_instant and occ_to > @as_instant")}
              window own as (partition by key order by pos_from)) as rows
            """,
        (parameters, asOf) =>
        {
            parameters.AddWithValue("keys", KeysOf(participations));
            parameters.AddWithValue("position", asOf.Position);
        },
        async (row, cancellation) =>
        {
            await row.ReadAsync(cancellation);
            return row.GetInt64(0);
        });

    /// <summary>The position of the last change of some participations, in one of the court's files.</summary>
    public static ViewQuestion<long> LastChange(CourtComplianceView view, string tenantId, IReadOnlyCollection<Guid> participations) => ViewQuestion.LastChange(
        view,
        new ViewScope(tenantId)
        {
            Where = "key = any(@participations)",
            WhereParameters = parameters => parameters.AddWithValue("participations", KeysOf(participations)),
        });

    private static string[] KeysOf(IReadOnlyCollection<Guid> participations) => [.. participations.Select(id => id.ToString())];
}
