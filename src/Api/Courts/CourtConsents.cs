using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Api.Courts;

/// <summary>Whether the consents are in place that a court's team needs of a client's providers (R38).</summary>
public sealed class CourtConsents(Registers registers)
{
    /// <summary>Asked when somebody is admitted; the consents that the answer rests on are guarded.</summary>
    /// <returns>Ids of the providers that may not tell the team what monitoring takes.</returns>
    public async Task<IReadOnlyList<string>> MissingAsync(CommandSession session, Guid clientId, CourtConfiguration court)
    {
        var consents = await session.LoadAsync(Streams.Consents, StreamIds.Consents(clientId));
        var directory = await registers.DirectoryAsync(session.Actor.Jurisdiction, session.Cancellation);
        var policy = (await registers.PoliciesAsync(session.Actor.Jurisdiction, session.Cancellation)).InForceAt(session.Now)?.Policy.Consents ?? ConsentPolicy.Default;
        var grounds = new ConsentGrounds(consents.State, session.Now, agency => directory.FindAgency(agency)?.Kind);
        // Those that the court says its team works with, and those that the client's consents name for it.
        var sources = court.Providers.Select(agency => ProtectedSource.Of(directory.FindAgency(agency))).OfType<ProtectedSource>()
            .Concat(MissingConsents.KnownTo(court.AgencyId, consents.State, directory))
            .DistinctBy(source => source.AgencyId);
        return [.. MissingConsents.Of(grounds, court.AgencyId, sources, policy).Select(missing => missing.Source).Distinct()];
    }
}
