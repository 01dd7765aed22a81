using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Api.CourtViews;

/// <summary>The sources whose data a court's team works with, as far as the court may know of them (R38).</summary>
internal static class CourtSources
{
    /// <returns>The providers that the court's configuration names and those that the client's consents name for it, as far as law protects them.</returns>
    public static IReadOnlyList<ProtectedSource> Of(CourtConfiguration court, ConsentState consents, DirectoryState directory) =>
    [
        .. court.Providers.Select(agency => ProtectedSource.Of(directory.FindAgency(agency))).OfType<ProtectedSource>()
            .Concat(MissingConsents.KnownTo(court.AgencyId, consents, directory.FindAgency))
            .DistinctBy(source => source.AgencyId),
    ];

    /// <returns>What they may not tell the team, and why; empty when the court gets all that monitoring takes.</returns>
    public static IReadOnlyList<MissingConsent> MissingFor(
        CourtConfiguration court, ConsentGrounds grounds, DirectoryState directory, ConsentPolicy policy) =>
        MissingConsents.ToldTo(court.AgencyId, grounds, Of(court, grounds.Consents, directory), policy);
}
