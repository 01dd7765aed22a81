using CaseFlow.EventStore.Views;

namespace CaseFlow.Projections.CourtCompliance;

/// <summary>The questions about what ended participations.</summary>
public static class EndQueries
{
    /// <summary>The position of the last change of some participations, in one of the court's files.</summary>
    public static ViewQuestion<long> LastChange(CourtComplianceView view, string tenantId, IReadOnlyCollection<Guid> participations) => ViewQuestion.LastChange(
        view,
        new ViewScope(tenantId)
        {
            Where = "key = any(@participations)",
            WhereParameters = parameters => parameters.AddWithValue("participations", participations.Select(id => id.ToString()).ToArray()),
        });
}
