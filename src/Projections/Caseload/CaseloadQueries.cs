using CaseFlow.EventStore.Views;

namespace CaseFlow.Projections.Caseload;

/// <summary>A question to the caseload: an agent's, an office's, or an agent's within an office.</summary>
/// <param name="TenantId">The jurisdiction.</param>
/// <param name="At">The moment asked about.</param>
public sealed record CaseloadAsked(string TenantId, ViewInstant At)
{
    public string? AgentId { get; init; }

    /// <summary>Only clients of this office of this agency.</summary>
    public (string AgencyId, string OfficeId)? Office { get; init; }

    /// <summary>Only clients with an open duty.</summary>
    public bool OpenDutiesOnly { get; init; }

    /// <summary>Keys of rows that are shown in another one's place.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <returns>Whether a row is of the caseload that is asked about.</returns>
    public bool Includes(CaseloadEntry row) =>
        (AgentId is null || row.AgentId == AgentId) && (Office is not { } office || (row.AgencyId, row.OfficeId) == office);
}

/// <summary>The questions of the caseload.</summary>
public static class CaseloadQueries
{
    /// <summary>The whole jurisdiction's caseload: only the supervising agency's own acts change it.</summary>
    public static ViewScope ScopeOf(string tenantId) => new(tenantId);

    /// <summary>A page by what is due next; clients with nothing due come last.</summary>
    /// <exception cref="ArgumentException">Neither an agent nor an office is asked about.</exception>
    public static ViewPageQuestion PageOf(CaseloadAsked asked, PageWanted page)
    {
        var filter = new RowFilter()
            .And("agency_id = @agency", "agency", asked.Office?.AgencyId)
            .And("office_id = @office", "office", asked.Office?.OfficeId);
        filter.And("key <> all(@hidden)", "hidden", asked.Hidden.Count == 0 ? null : asked.Hidden.ToArray());
        if (asked.OpenDutiesOnly)
            filter.And("open_duties > 0");
        var (order, equalTo) = (asked.AgentId, asked.Office) switch
        {
            ({ } agent, _) => (CaseloadView.OfAgent, new Dictionary<string, object> { ["agent_id"] = agent }),
            (null, { } office) => (CaseloadView.OfOffice, new() { ["office_id"] = office.OfficeId }),
            _ => throw new ArgumentException("A caseload is an agent's or an office's.", nameof(asked)),
        };
        return filter.Page(ScopeOf(asked.TenantId), order, equalTo, asked.At, page);
    }
}
