using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.Privacy;

/// <summary>
/// What of a client's record somebody sees: the decision, asked for each source that the client's entries have. Nothing is prepared and
/// nothing kept, so what was decided about a client counts with the next question.
/// </summary>
public sealed class RecordSights(CaseFlowDatabase database)
{
    /// <summary>By the rights, labels and consents of now, also for a question about the past.</summary>
    public Task<RecordSight> OfAsync(Actor actor, Guid clientId, CancellationToken cancellation) =>
        DecideAsync(ViewerOf(actor), actor.Jurisdiction, clientId, ViewInstant.Now, cancellation);

    /// <summary>An auditor gets so far only under a grant in force.</summary>
    public static Viewer ViewerOf(Actor actor) => new(actor.Role, actor.Agency, actor.Purpose, UnderGrant: actor.Role == Role.Auditor);

    private async Task<RecordSight> DecideAsync(
        Viewer viewer, string jurisdiction, Guid clientId, ViewInstant at, CancellationToken cancellation)
    {
        var found = await TimelineQueries.SourcesAsync(database.Reader, database.Views.Timeline, jurisdiction, clientId, at, cancellation);
        var shown = new Dictionary<TimelineSource, Disclosure.Allowed>();
        foreach (var source in found.Sources.Concat(found.Relabelled.Select(entry => entry.Source)))
        {
            if (Disclosing.Decide(viewer, new RecordShown(source.AgencyId, Labels.Of(source.Labels), source.Depth), Grounds.None) is Disclosure.Allowed allowed)
                shown[source] = allowed;
        }

        return new RecordSight(found, shown);
    }
}
