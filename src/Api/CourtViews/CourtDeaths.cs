using CaseFlow.Api.Composition;
using CaseFlow.Api.Identities;
using CaseFlow.Domain.Clients;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.ClientDeaths;

namespace CaseFlow.Api.CourtViews;

/// <summary>
/// Which of a court's participants have died, as far as any of a person's records knows, for lists of many: one question, where
/// <see cref="PersonLife"/> reads the records of each. It is asked of the few whose records were ever merged, since only they show when what is
/// known of them changed by a merge or its reversal.
/// </summary>
internal static class CourtDeaths
{
    /// <param name="database">The views, and the store.</param>
    /// <param name="history">Who is whom.</param>
    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="clients">Whose lives.</param>
    /// <param name="at">The moment, with a position.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <returns>The deaths among them, and the log position from which on that is the same.</returns>
    /// <exception cref="ViewBehindException">The view did not come to the position in time.</exception>
    public static async Task<(IReadOnlyDictionary<Guid, KnownDeath> Of, long ChangedAt)> OfAsync(
        CaseFlowDatabase database, PersonHistory history, string jurisdiction, IEnumerable<Guid> clients, ViewInstant at, CancellationToken cancellation)
    {
        var merged = history.IsEmpty ? new HashSet<Guid>() : history.EverMerged();
        var all = clients.ToHashSet();
        List<Guid> alone = [.. all.Where(client => !merged.Contains(client))];
        List<Guid> joined = [.. all.Where(merged.Contains)];
        var (dead, changedAt) = (new Dictionary<Guid, KnownDeath>(), 0L);
        if (alone.Count > 0)
        {
            var deaths = ClientDeathQueries.Of(database.Views.ClientDeaths, alone);
            await database.Reader.AskAsync(jurisdiction, at, [deaths], cancellation);
            foreach (var death in deaths.Answer.Deaths)
                dead.Add(death.ClientId, death.Death);
            changedAt = deaths.Answer.ChangedAt;
        }

        if (joined.Count > 0)
        {
            var lives = await PersonLife.DeathsOfAsync(database.Store, history, jurisdiction, joined, at.Position, at.Instant, cancellation);
            foreach (var (client, life) in lives.Where(life => life.Value.Death is not null))
                dead.Add(client, life.Death!);
            changedAt = lives.Values.Select(life => life.ChangedAt).Append(changedAt).Max();
        }

        return (dead, changedAt);
    }
}
