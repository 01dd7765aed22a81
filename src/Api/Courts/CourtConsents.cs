using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;

namespace CaseFlow.Api.Courts;

/// <summary>Whether the consents are in place that a court's team needs of a client's providers (R38).</summary>
public sealed class CourtConsents(Registers registers, Persons persons, EndsInTheLog ends, JurisdictionTime time)
{
    /// <summary>Asked when somebody is admitted, as of when they were, by the jurisdiction's policy of then; the consents that the answer rests on are guarded. Of a day, as of its end.</summary>
    /// <returns>Ids of the sources that may not tell the team all that monitoring takes.</returns>
    public async Task<IReadOnlyList<string>> MissingAsync(CommandSession session, Guid clientId, CourtConfiguration court, When when)
    {
        var at = when.LatestKnown;
        var consents = await session.LoadAsync(Streams.Consents, StreamIds.Consents(clientId));
        var directory = await registers.DirectoryAsync(session.Actor.Jurisdiction, session.Cancellation);
        var records = await persons.RecordsOfAsync(session.Actor.Jurisdiction, clientId, session.Cancellation);
        var ended = await ends.EndingAsync(session.Actor, records, [consents.State], directory, session.Cancellation);
        var policy = ConsentPolicyInForce.Of(await time.PolicyAtAsync(session.Actor.Jurisdiction, at, session.Cancellation));
        return
        [
            .. MissingConsents.AtAdmission(court.AgencyId, court.Providers, ended(consents.State), directory.FindAgency, policy.Rules, at)
                .Select(missing => missing.Source).Distinct(),
        ];
    }
}
