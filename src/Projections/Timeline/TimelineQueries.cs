using CaseFlow.EventStore.Views;

namespace CaseFlow.Projections.Timeline;

/// <summary>A question to one client's timeline.</summary>
/// <param name="TenantId">The jurisdiction.</param>
/// <param name="ClientId">The client.</param>
/// <param name="AgencyId">Only this agency's entries; null for all.</param>
/// <param name="At">The moment asked about.</param>
public sealed record TimelineAsked(string TenantId, Guid ClientId, string? AgencyId, ViewInstant At)
{
    /// <summary>Inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The entry's own intercept, or one it also matters to.</summary>
    public int? Intercept { get; init; }

    /// <summary>Stored event names, any of them; empty for all.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];
}

/// <summary>The questions of the timeline.</summary>
public static class TimelineQueries
{
    /// <summary>The client's entries, of one agency when only those are shown.</summary>
    public static ViewScope ScopeOf(string tenantId, Guid clientId, string? agencyId) => agencyId is null
        ? new(tenantId, ("client_id", clientId))
        : new(tenantId, ("client_id", clientId), ("agency_id", agencyId));

    /// <summary>A page by the instant from which an entry counts as occurred.</summary>
    public static ViewPageQuestion PageOf(TimelineAsked asked, PageWanted page)
    {
        var scope = ScopeOf(asked.TenantId, asked.ClientId, asked.AgencyId);
        var order = asked.AgencyId is null ? TimelineView.OfClient : TimelineView.OfClientAndAgency;
        return new RowFilter()
            .And("occ_from >= @from", "from", asked.From)
            .And("occ_from < @to", "to", asked.To)
            .And("intercept = @intercept or row -> 'alsoRelevantTo' @> to_jsonb(@intercept)", "intercept", asked.Intercept)
            .And("kind = any(@kinds)", "kinds", asked.Kinds.Count == 0 ? null : asked.Kinds.ToArray())
            .Page(scope, order, scope.EqualTo.ToDictionary(one => one.Column, one => one.Value), asked.At, page);
    }
}
