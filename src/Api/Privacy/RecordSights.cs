using CaseFlow.Api.Composition;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Identities;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.Privacy;

/// <summary>
/// What of a client's record somebody sees: the decision, asked for each source that the client's entries have. Nothing is prepared and
/// nothing kept, so what was decided about a client counts with the next question.
/// </summary>
public sealed class RecordSights(CaseFlowDatabase database, ClientConsents consents, EmergencyAccesses emergencies, Persons persons, CourtTimes courts)
{
    /// <summary>By the rights, labels and consents of now, also for a question about the past.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="clientId">The client.</param>
    /// <param name="position">The log position asked about; null for now.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <param name="goesOn">What an answer rested on whose next page is asked for; null for a new answer.</param>
    public async Task<RecordSight> OfAsync(Actor actor, Guid clientId, long? position, CancellationToken cancellation, AnswerGoesOn? goesOn = null)
    {
        var grounds = await consents.OfAsync(actor.Jurisdiction, clientId, cancellation);
        await AwaitLabelsAsync(actor.Jurisdiction, clientId, cancellation);
        if (goesOn is not null)
            grounds = grounds.GoingOn(goesOn.Consents, actor.Id, goesOn.Minutes);
        var found = await SourcesAsync(actor.Jurisdiction, clientId, ViewInstant.Now, cancellation);
        var known = (await persons.OfAsync(actor.Jurisdiction, cancellation)).Now;
        var mistaken = known.MistakenOn(clientId)
            .Select(entry => TimelineView.KeyOf(entry, clientId)).ToList();
        // What was found to be another person's is still in the past of this record, for those who watch over it and for nobody else.
        var watches = actor is { Role: Role.Auditor or Role.PrivacyOfficer, Purpose: not Purpose.OwnRecord };
        if (watches && mistaken.Count > 0 && position is { } past)
        {
            var then = await SourcesAsync(actor.Jurisdiction, clientId, new ViewInstant(past, null), cancellation);
            found = new TimelineSources(
                [.. found.Sources.Union(then.Sources)], [.. found.Relabelled, .. await RelabelledSinceAsync(actor.Jurisdiction, known, clientId, mistaken, cancellation)]);
        }

        var emergencyId = (await emergencies.InForceAsync(actor, clientId, cancellation))?.EmergencyAccessId;
        var besideCourt = await courts.ApartAsync(ViewerOf(actor), actor.Jurisdiction, clientId, position: null, cancellation);
        return Decide(ViewerOf(actor), found, grounds, watches ? [] : mistaken, emergencyId, besideCourt);
    }

    /// <returns>Of the entries that were moved to somebody else, those whose labels were corrected, before or since: the labels of now count in the past, too.</returns>
    private async Task<IEnumerable<RelabelledEntry>> RelabelledSinceAsync(
        string jurisdiction, IdentityState known, Guid clientId, List<string> moved, CancellationToken cancellation)
    {
        var relabelled = new List<RelabelledEntry>();
        foreach (var right in known.Mistakes.Values.Where(mistake => mistake.ClientId == clientId && !mistake.IsUndone).Select(mistake => mistake.RightClientId).OfType<Guid>().Distinct())
        {
            await AwaitLabelsAsync(jurisdiction, right, cancellation);
            relabelled.AddRange((await SourcesAsync(jurisdiction, right, ViewInstant.Now, cancellation)).Relabelled.Where(entry => moved.Contains(entry.Key)));
        }

        return relabelled;
    }

    /// <summary>
    /// What somebody else could see then, by the labels and consents that were known then: for an auditor, who sees of it no more than they
    /// may see anyway.
    /// </summary>
    /// <param name="auditor">Who asks.</param>
    /// <param name="then">Whose eyes.</param>
    /// <param name="clientId">The client.</param>
    /// <param name="known">The consents that were known then.</param>
    /// <param name="position">What was recorded by then; null for all that is.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<RecordSight> OfThenAsync(
        Actor auditor, Viewer then, Guid clientId, ConsentGrounds known, long? position, CancellationToken cancellation)
    {
        var own = await OfAsync(auditor, clientId, position, cancellation);
        var found = await SourcesAsync(auditor.Jurisdiction, clientId, new ViewInstant(position, null), cancellation);
        var besideCourt = await courts.ApartAsync(then, auditor.Jurisdiction, clientId, position, cancellation);
        return Decide(then, found, known, [], besideCourt: besideCourt).Within(own, source => Decide(ViewerOf(auditor), RecordOf(source), known) is Disclosure.Allowed);
    }

    /// <returns>Whether somebody sees something of a client's record that is no entry of it, by the rights and consents of now.</returns>
    public async Task<Func<RecordShown, bool>> BesideEntriesAsync(Actor actor, Guid clientId, CancellationToken cancellation)
    {
        var (viewer, grounds) = (ViewerOf(actor), await consents.OfAsync(actor.Jurisdiction, clientId, cancellation));
        return record => Decide(viewer, record, grounds) is Disclosure.Allowed;
    }

    /// <summary>An auditor gets so far only under a grant in force.</summary>
    public static Viewer ViewerOf(Actor actor) => new(actor.Role, actor.Agency, actor.Purpose, UnderGrant: actor.Role == Role.Auditor) { StaffId = actor.Id };

    private static RecordSight Decide(
        Viewer viewer, TimelineSources found, ConsentGrounds grounds, IReadOnlyList<string> hidden, Guid? emergencyId = null,
        IReadOnlyList<TimeApart>? besideCourt = null)
    {
        var shown = new Dictionary<TimelineSource, Disclosure.Allowed>();
        var free = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var source in found.Sources.Concat(found.Relabelled.Select(entry => entry.Source)))
        {
            var record = RecordOf(source);
            if (Decide(viewer, record, grounds, emergencyId is not null) is Disclosure.Allowed allowed)
            {
                shown[source] = allowed;
            }
            else if (grounds.FreeSince(viewer, record) is { } since && Decide(viewer, record with { ReceivedAt = since }, grounds) is Disclosure.Allowed later)
            {
                // A restriction that the agency ended still holds what it had received by then.
                shown[source] = later;
                free[source.Key] = since;
            }
        }

        return new RecordSight(found.Relabelled, shown, grounds, hidden, emergencyId, free, besideCourt);
    }

    private static RecordShown RecordOf(TimelineSource source) =>
        new(source.AgencyId, Labels.Of(source.Labels), source.Information) { Author = source.Author };

    private static Disclosure Decide(Viewer viewer, RecordShown record, ConsentGrounds grounds, bool breakGlass = false) =>
        Disclosing.Decide(viewer, record, grounds.For(viewer, record) with { BreakGlass = breakGlass });

    /// <summary>A correction of labels counts as soon as it is recorded: until the rows have it, nothing is answered from them.</summary>
    private async Task AwaitLabelsAsync(string jurisdiction, Guid clientId, CancellationToken cancellation)
    {
        var corrections = await database.Store.ReadStreamAsync(jurisdiction, StreamIds.Labels(clientId), cancellation: cancellation);
        if (corrections.Events.Count > 0)
            await database.Reader.AwaitAsync(TimelineView.ViewName, jurisdiction, corrections.Events[^1].Sequence, cancellation);
    }

    private Task<TimelineSources> SourcesAsync(string jurisdiction, Guid clientId, ViewInstant at, CancellationToken cancellation) =>
        TimelineQueries.SourcesAsync(database.Reader, database.Views.Timeline, jurisdiction, clientId, at, cancellation);
}

/// <summary>The next page of an answer that rested on consents for once.</summary>
/// <param name="Consents">By id, as the cursor of the page before says.</param>
/// <param name="Minutes">How long the pages may take (policy).</param>
public sealed record AnswerGoesOn(IReadOnlyList<Guid> Consents, int Minutes);
