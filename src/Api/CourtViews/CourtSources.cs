using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Api.CourtViews;

/// <summary>The sources whose data a court's team works with, as far as the court may know of them (R38): those that an admission asks for.</summary>
internal static class CourtSources
{
    /// <returns>What they may not tell the team, and why; empty when the court gets all that monitoring takes.</returns>
    public static IReadOnlyList<MissingConsent> MissingFor(
        CourtConfiguration court, ConsentGrounds grounds, DirectoryState directory, ConsentPolicy policy) =>
        MissingConsents.ToldTo(court.AgencyId, grounds, MissingConsents.AskedFor(court.AgencyId, court.Providers, grounds.Consents, directory.FindAgency), policy);

    /// <returns>The agencies of which that is so, each once.</returns>
    public static IReadOnlyList<string> NamesFor(CourtAsked court, ConsentGrounds grounds, DirectoryState directory) =>
    [
        .. MissingFor(court.InForce.Configuration, grounds, directory, ConsentPolicyInForce.Of(court.Policy).Rules)
            .Select(missing => missing.Source).Distinct(),
    ];
}
