using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Identities;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Clients;

/// <summary>
/// Aliases that were declared to be somebody else's. The client's page marks them, and they find nobody while the mistake stands: whoever looks for the other
/// person must not come upon this one, and act.
/// </summary>
public static class MistakenAliases
{
    /// <param name="clientId">On whose record.</param>
    /// <param name="events">Of the client's stream.</param>
    /// <param name="identities">As of now.</param>
    /// <returns>The events that told them.</returns>
    public static IReadOnlySet<Guid> On(Guid clientId, IEnumerable<RecordedEvent> events, IdentityState identities)
    {
        var named = identities.OfOthersOn(clientId).Select(entry => entry.EventId).ToHashSet();
        return named.Count == 0 ? named : events.Where(recorded => recorded.Data is AliasAdded && named.Contains(recorded.EventId)).Select(recorded => recorded.EventId).ToHashSet();
    }

    /// <returns>The client's page with those aliases marked.</returns>
    public static ReadClient.View Mark(this ReadClient.View view, IReadOnlyList<RecordedEvent> events, IdentityState identities)
    {
        var mistaken = On(view.ClientId, events, identities);
        if (mistaken.Count == 0)
            return view;
        var aliases = events.Where(recorded => mistaken.Contains(recorded.EventId)).Select(recorded => ((AliasAdded)recorded.Data).AliasId).ToHashSet();
        return view with { Aliases = [.. view.Aliases.Select(alias => alias with { IsMistaken = aliases.Contains(alias.AliasId) })] };
    }
}
