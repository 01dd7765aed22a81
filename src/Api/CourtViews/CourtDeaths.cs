using CaseFlow.Api.Composition;
using CaseFlow.Api.Identities;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.ClientDeaths;

namespace CaseFlow.Api.CourtViews;

/// <summary>
/// Which of a court's participants have died, as far as any of a person's records knows, for lists of many: one question, where
/// <see cref="PersonLife"/> reads the records of each.
/// </summary>
internal static class CourtDeaths
{
    /// <param name="database">The views.</param>
    /// <param name="history">Who is whom.</param>
    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="clients">Whose lives.</param>
    /// <param name="at">The moment, with a position.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <returns>The dead among them, and the position of the last word about a death of any of them.</returns>
    /// <exception cref="ViewBehindException">The view did not come to the position in time.</exception>
    public static async Task<(IReadOnlySet<Guid> Of, long ChangedAt)> OfAsync(
        CaseFlowDatabase database, PersonHistory history, string jurisdiction, IEnumerable<Guid> clients, ViewInstant at, CancellationToken cancellation)
    {
        var identities = history.IsEmpty ? null : history.At(at.Position);
        var recordsOf = clients.Distinct().ToDictionary(client => client, client => identities?.RecordsOf(client) ?? [client]);
        List<Guid> records = [.. recordsOf.Values.SelectMany(one => one).Distinct()];
        if (records.Count == 0)
            return (new HashSet<Guid>(), 0);
        var deaths = ClientDeathQueries.Of(database.Views.ClientDeaths, records);
        await database.Reader.AskAsync(jurisdiction, at, [deaths], cancellation);
        var (dead, changedAt) = deaths.Answer;
        return (dead.Count == 0 ? dead : recordsOf.Where(one => one.Value.Any(dead.Contains)).Select(one => one.Key).ToHashSet(), changedAt);
    }
}
