using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;

namespace CaseFlow.Api.Courts;

/// <summary>Whether the consents are in place that a court's team needs of a client's providers (R38).</summary>
public sealed class CourtConsents(Registers registers, JurisdictionTime time)
{
    /// <summary>Asked when somebody is admitted, by the jurisdiction's policy; the consents that the answer rests on are guarded.</summary>
    /// <returns>Ids of the sources that may not tell the team all that monitoring takes.</returns>
    public async Task<IReadOnlyList<string>> MissingAsync(CommandSession session, Guid clientId, CourtConfiguration court)
    {
        var consents = await session.LoadAsync(Streams.Consents, StreamIds.Consents(clientId));
        var directory = await registers.DirectoryAsync(session.Actor.Jurisdiction, session.Cancellation);
        var policy = ConsentPolicyInForce.Of(await time.PolicyAtAsync(session.Actor.Jurisdiction, session.Now, session.Cancellation));
        return
        [
            .. MissingConsents.AtAdmission(court.AgencyId, court.Providers, consents.State, directory.FindAgency, policy.Rules, session.Now)
                .Select(missing => missing.Source).Distinct(),
        ];
    }
}
