using CaseFlow.EventStore.Views;

namespace CaseFlow.Projections.CourtCompliance;

/// <summary>The questions about how participations stand.</summary>
public static class ParticipationQueries
{
    private const int MostOfAClient = 100;

    /// <summary>Every participation of a client, in whatever court; now unless said.</summary>
    public static ViewPageQuestion OfClient(string tenantId, Guid clientId, ViewInstant? at = null) => new RowFilter().Page(
        new ViewScope(tenantId), CourtComplianceView.OfClient, new Dictionary<string, object> { ["client_id"] = clientId }, at ?? ViewInstant.Now, new PageWanted(MostOfAClient));

    /// <summary>Some participations at a moment, whoever may see them.</summary>
    public static ViewQuestion<IReadOnlyList<ComplianceEntry>> Of(CourtComplianceView view, IReadOnlyCollection<Guid> participations) => ViewQuestion.Rows(
        view,
        (table, asOf) => $"""
            select v.row::text from unnest(@keys) as p(id)
            cross join lateral ({asOf.RowOfKeySql(table, "row", "p.id")}) v
            """,
        (parameters, _) => parameters.AddWithValue("keys", KeysOf(participations)));

    /// <summary>The same, each put together when it is looked at first.</summary>
    public static ViewQuestion<IReadOnlyDictionary<Guid, Lazy<ComplianceEntry>>> LaterOf(CourtComplianceView view, IReadOnlyCollection<Guid> participations) =>
        ViewQuestion.To<ComplianceEntry, IReadOnlyDictionary<Guid, Lazy<ComplianceEntry>>>(
            view,
            (table, asOf) => $"""
                select p.id, v.row::text from unnest(@keys) as p(id)
                cross join lateral ({asOf.RowOfKeySql(table, "row", "p.id")}) v
                """,
            (parameters, _) => parameters.AddWithValue("keys", KeysOf(participations)),
            async (row, cancellation) =>
            {
                var entries = new Dictionary<Guid, Lazy<ComplianceEntry>>();
                while (await row.ReadAsync(cancellation))
                {
                    var json = row.GetString(1);
                    entries[Guid.Parse(row.GetString(0))] = new(() => view.RowOf(json));
                }

                return entries;
            });

    private static string[] KeysOf(IReadOnlyCollection<Guid> participations) => [.. participations.Distinct().Select(id => id.ToString())];
}
