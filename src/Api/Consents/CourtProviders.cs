using CaseFlow.Api.Composition;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.CourtCompliance;
using CaseFlow.Projections.Courts;

namespace CaseFlow.Api.Consents;

/// <summary>The providers whose consents a court asks for before anybody signed one (R38): those that its configuration names.</summary>
public sealed class CourtProviders(CaseFlowDatabase database)
{
    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="agency">The court's agency.</param>
    /// <param name="clientId">The client.</param>
    /// <param name="at">The moment asked about.</param>
    /// <param name="now">The instant at which configurations are in force.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <returns>Those of the agency's courts in which the client takes part, or is referred to; of all of them while that is none.</returns>
    public async Task<IReadOnlyList<string>> OfAsync(
        string jurisdiction, string agency, Guid clientId, ViewInstant at, DateTimeOffset now, CancellationToken cancellation)
    {
        var (courts, _) = await CourtsQueries.AllAsync(database.Reader, database.Views.Courts, jurisdiction, at.Position, cancellation);
        var providersOf = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var court in courts)
        {
            if (court.InForceAt(now)?.Configuration is { } configured && configured.AgencyId == agency)
                providersOf[court.Court] = configured.Providers;
        }

        if (providersOf.Count == 0)
            return [];
        var taken = await database.Reader.PageAsync(database.Views.CourtCompliance, ParticipationQueries.OfClient(jurisdiction, clientId, at), cancellation);
        List<string> own = [.. taken.Rows.Select(one => one.Row).Where(entry => entry.IsOpen && providersOf.ContainsKey(entry.Court)).Select(entry => entry.Court)];
        return [.. (own.Count > 0 ? own : [.. providersOf.Keys]).SelectMany(court => providersOf[court]).Distinct(StringComparer.Ordinal)];
    }
}
