using CaseFlow.EventStore.Views;

namespace CaseFlow.Projections.CourtCompliance;

/// <summary>The questions about how participations stand.</summary>
public static class ParticipationQueries
{
    private const int MostOfAClient = 100;

    /// <summary>Every participation of a client, in whatever court.</summary>
    public static ViewPageQuestion OfClient(string tenantId, Guid clientId) => new RowFilter().Page(
        new ViewScope(tenantId), CourtComplianceView.OfClient, new Dictionary<string, object> { ["client_id"] = clientId }, ViewInstant.Now, new PageWanted(MostOfAClient));

    /// <summary>Some participations at a moment, whoever may see them.</summary>
    public static ViewQuestion<IReadOnlyList<ComplianceEntry>> Of(CourtComplianceView view, IReadOnlyCollection<Guid> participations) => ViewQuestion.Rows(
        view,
        (table, asOf) => $"""
            select v.row::text from unnest(@keys) as p(id)
            cross join lateral ({asOf.RowOfKeySql(table, "row", "p.id")}) v
            """,
        (parameters, _) => parameters.AddWithValue("keys", participations.Distinct().Select(id => id.ToString()).ToArray()));
}
