using CaseFlow.Api.Access;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Api.Timeline;

/// <summary>What of a timeline is shown: by the asker's own rights of now or, for an auditor, what somebody else could see then.</summary>
public sealed class TimelineSights(RecordSights sights, PersonSights persons, ReadingRights rights, ClientConsents consents, AskDesk desk, JurisdictionTime time, TimeProvider clock)
{
    /// <summary>Decides for one question about a client whom the asker reaches.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="clientId">Whose timeline.</param>
    /// <param name="eyes">Through whose eyes.</param>
    /// <param name="asked">Which moment.</param>
    /// <param name="position">The log position of that moment, or of the page before; null for now.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <param name="grounds">What the pages before rested on (<see cref="AskDesk.GroundsOf"/>).</param>
    public async Task<PersonSight> OfAsync(
        Actor actor, Guid clientId, VisibleTo eyes, AskedMoment asked, long? position, CancellationToken cancellation, IReadOnlyList<Guid>? grounds = null)
    {
        var goesOn = grounds is { Count: > 0 } ? new AnswerGoesOn(grounds, await MinutesAsync(actor.Jurisdiction, cancellation)) : null;
        return await persons.OfAsync(actor.Jurisdiction, clientId, position, SightOfAsync, cancellation);

        async Task<RecordSight> SightOfAsync(Guid record)
        {
            if (eyes.Role is not null)
                return await ThenAsync(actor, clientId, record, new Viewer(eyes.Role.Value, eyes.AgencyId, PurposesOfUse.UsualOf(eyes.Role.Value)), asked, cancellation);
            var sight = await sights.OfAsync(actor, record, position, cancellation, goesOn);
            return record == clientId || await rights.TimelineAsync(actor, record, cancellation) is null ? sight : sight.OfOwnAgency();
        }
    }

    private async Task<int> MinutesAsync(string jurisdiction, CancellationToken cancellation) =>
        ((await time.PolicyAtAsync(jurisdiction, clock.GetUtcNow(), cancellation))?.Policy.Rights ?? RightsPolicy.Default).ConsentForOnceMinutes;

    private async Task<RecordSight> ThenAsync(
        Actor actor, Guid clientId, Guid record, Viewer then, AskedMoment asked, CancellationToken cancellation)
    {
        var (instant, position) = await desk.ThenAsync(actor.Jurisdiction, asked, cancellation);
        var known = await KnownAsync(record);
        if (await rights.ReachedThenAsync(then, actor.Jurisdiction, record, known, position, cancellation))
            return await sights.OfThenAsync(actor, then, record, known, position, cancellation);
        return record != clientId && await rights.ReachedThenAsync(then, actor.Jurisdiction, clientId, await KnownAsync(clientId), position, cancellation)
            ? (await sights.OfThenAsync(actor, then, record, known, position, cancellation)).OfOwnAgency()
            : RecordSight.Nothing(known);

        async Task<Domain.Consents.ConsentGrounds> KnownAsync(Guid id) => position is { } past
            ? await consents.OfThenAsync(actor.Jurisdiction, id, past, instant, cancellation)
            : await consents.OfAsync(actor.Jurisdiction, id, cancellation);
    }
}
