using CaseFlow.Api.Access;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Api.Timeline;

/// <summary>What of a timeline is shown: by the asker's own rights of now or, for an auditor, what somebody else could see then.</summary>
public sealed class TimelineSights(RecordSights sights, ReadingRights rights, ClientConsents consents, AskDesk desk)
{
    /// <summary>Decides for one question.</summary>
    public async Task<RecordSight> OfAsync(Actor actor, Guid clientId, VisibleTo eyes, AskedMoment asked, CancellationToken cancellation)
    {
        if (eyes.Role is not { } role)
            return await sights.OfAsync(actor, clientId, cancellation);

        var (instant, position) = await desk.ThenAsync(actor.Jurisdiction, asked, cancellation);
        var known = position is { } past
            ? await consents.OfThenAsync(actor.Jurisdiction, clientId, past, instant, cancellation)
            : await consents.OfAsync(actor.Jurisdiction, clientId, cancellation);
        var then = new Viewer(role, eyes.AgencyId, Identity.TokenOptions.UsualPurpose(role));
        return await rights.ReachedThenAsync(then, actor.Jurisdiction, clientId, known, position, cancellation)
            ? await sights.OfThenAsync(actor, then, clientId, known, position, cancellation)
            : RecordSight.Nothing(known);
    }
}
