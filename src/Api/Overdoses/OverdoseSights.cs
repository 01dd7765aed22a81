using CaseFlow.Api.Access;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Overdoses;

/// <summary>
/// What of an overdose somebody sees who reaches it: each entry by the one decision, as in the timeline, by the labels, consents and restrictions of now.
/// That there was one is theirs to know where their agency reported it, and where the client's agent is on record as knowing of it: a duty stands however
/// confidential the report is (docs/decisions/0052).
/// </summary>
public sealed class OverdoseSights(IEventStore store, EntrySights entries, ClientConsents consents, EmergencyAccesses emergencies, Persons persons)
{
    /// <param name="actor">Who looks, and reaches it.</param>
    /// <param name="overdose">The overdose, of the client whose it is now.</param>
    /// <param name="history">All that was recorded of it, the report first.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<OverdoseSight> OfAsync(Actor actor, OverdoseState overdose, IReadOnlyList<RecordedEvent> history, CancellationToken cancellation)
    {
        var recordedOn = history.Select(recorded => (OverdoseEvent)recorded.Data).Aggregate(OverdoseState.Initial, OverdoseState.Evolve).ClientId;
        var ordersOn = OrdersOn(overdose);
        var sight = await entries.OfAsync(actor, [.. new[] { recordedOn }.OfType<Guid>(), .. ordersOn], cancellation, ordersOn);
        var grounds = overdose.ClientId is { } client ? await consents.OfAsync(actor.Jurisdiction, client, cancellation) : null;
        var emergency = overdose.ClientId is { } opened ? await emergencies.InForceAsync(actor, opened, cancellation) : null;
        var shown = new Dictionary<Guid, Disclosure.Allowed>();
        foreach (var recorded in history)
        {
            if (sight.ClassOf(recorded) is null && Decide(actor, recorded, sight.LabelsOf(recorded), grounds, emergency is not null) is { } allowed)
                shown[recorded.EventId] = allowed;
        }

        var reporter = overdose.AsReported?.ReportedByAgency;
        var isOwn = reporter is null ? actor.Role == Role.Service : reporter == actor.Agency;
        var isKnown = isOwn || actor.Role == Role.PrivacyOfficer || shown.ContainsKey(history[0].EventId) || await IsKnownToAgentAsync(actor, overdose, cancellation);
        var told = sight.Told(history, recorded => shown.ContainsKey(recorded.EventId)).ToList();
        return new OverdoseSight(overdose.ClientId, history, shown, told, grounds, emergency?.EmergencyAccessId, isOwn, isKnown)
        {
            // That a class was erased, or is sealed, must not tell that there was one: then there is no overdose, whatever becomes of the whole record besides.
            Hidden = sight.ClassOf(history[0]) is not null ? OverdoseRejections.NotFound(overdose.OverdoseId) : sight.ErasedBy(history[0])?.Refusal,
        };
    }

    /// <summary>For a command: the orders are guarded, so that one that is recorded at the same time is before, and counts, or after.</summary>
    public async Task<OverdoseSight> OfAsync(CommandSession session, OverdoseState overdose, IReadOnlyList<RecordedEvent> history)
    {
        foreach (var record in OrdersOn(overdose))
            await session.LoadAsync(Streams.Erasure, StreamIds.Erasure(record));
        return await OfAsync(session.Actor, overdose, history, session.Cancellation);
    }

    /// <summary>An order may be about the overdose itself, and one about whoever it was recorded on by mistake is none about it.</summary>
    private static Guid[] OrdersOn(OverdoseState overdose) => [overdose.OverdoseId, .. new[] { overdose.ClientId }.OfType<Guid>()];

    private static Disclosure.Allowed? Decide(
        Actor actor, RecordedEvent recorded, IReadOnlyList<IReadOnlyList<string>> corrected, ConsentGrounds? grounds, bool inEmergency)
    {
        var viewer = RecordSights.ViewerOf(actor);
        var by = recorded.Headers as Circumstances;
        Disclosure.Allowed? ground = null;
        foreach (var labels in corrected)
        {
            var record = new RecordShown(by?.Owner(), Labels.Of(labels), Told.By(recorded.Data.GetType()))
            {
                Author = PrivateNotes.AuthorOf((DomainEvent)recorded.Data, by, labels),
            };
            if (Decide(viewer, record, ((DomainEvent)recorded.Data).KnownAt, grounds, inEmergency) is not { } allowed)
                return null;
            ground = allowed;
        }

        return ground;
    }

    private static Disclosure.Allowed? Decide(Viewer viewer, RecordShown record, DateTimeOffset knownAt, ConsentGrounds? grounds, bool inEmergency)
    {
        // What no agency reported is a service's to keep.
        if (record.SourceAgency is null && viewer.Role == Role.Service)
            return Disclosing.Bars(viewer, record) ? null : new Disclosure.Allowed(Basis.OwnRecord);
        if (Disclosing.Decide(viewer, record, For(record) with { BreakGlass = inEmergency }) is Disclosure.Allowed allowed)
            return allowed;
        // A restriction that the agency ended still holds what it had received by then.
        return grounds?.FreeSince(viewer, record) is { } since && knownAt >= since
            ? Disclosing.Decide(viewer, record, For(record with { ReceivedAt = since })) as Disclosure.Allowed
            : null;

        Grounds For(RecordShown asked) => grounds?.For(viewer, asked) ?? Grounds.None;
    }

    /// <summary>On any record of the person that the asker supervises: what they hold a duty for, or were told and owe none for.</summary>
    private async Task<bool> IsKnownToAgentAsync(Actor actor, OverdoseState overdose, CancellationToken cancellation)
    {
        if (overdose.ClientId is not { } client)
            return false;
        foreach (var record in await persons.RecordsOfAsync(actor.Jurisdiction, client, cancellation))
        {
            var supervision = await store.FoldAsync(Streams.Supervision, actor.Jurisdiction, StreamIds.Supervision(record), cancellation);
            if (!ClientRights.Supervises(actor, supervision.State))
                continue;
            var duties = await store.FoldAsync(Streams.Duty, actor.Jurisdiction, StreamIds.ReferralDuty(record), cancellation);
            if (OwnDuties.Of(actor, duties.State, duties.History).KnownAt.ContainsKey(overdose.OverdoseId))
                return true;
        }

        return false;
    }
}

/// <summary>What of one overdose somebody sees, and on what ground.</summary>
/// <param name="clientId">Whose it is; null while nobody knows.</param>
/// <param name="history">All that was recorded of it, the report first.</param>
/// <param name="shown">By event, those that are shown.</param>
/// <param name="told">What is told, in order: what is shown, and what corrects it.</param>
/// <param name="grounds">The client's consents; null while nobody knows the client.</param>
/// <param name="emergencyId">The emergency access under which it is seen; null for none.</param>
/// <param name="isOwn">The asker's agency reported it.</param>
/// <param name="isKnown">That there was an overdose is the asker's to know.</param>
public sealed class OverdoseSight(
    Guid? clientId, IReadOnlyList<RecordedEvent> history, IReadOnlyDictionary<Guid, Disclosure.Allowed> shown, IReadOnlyList<RecordedEvent> told,
    ConsentGrounds? grounds, Guid? emergencyId, bool isOwn, bool isKnown)
{
    /// <summary>
    /// What is answered where an order about the overdose, or about the record of whoever's it is, hides the report from the asker by the labels that it has
    /// now; null where none does. It is not found where that goes with its class, and erased where that goes with the whole record.
    /// </summary>
    public Rejection? Hidden { get; init; }

    /// <summary>That there was an overdose is the asker's to know; else it does not exist for them.</summary>
    public bool IsKnown { get; } = isKnown;

    /// <summary>What was reported is shown.</summary>
    public bool ShowsReport { get; } = shown.ContainsKey(history[0].EventId);

    /// <summary>Whether the asker may say more of it: nobody completes what is neither shown to them nor their own agency's.</summary>
    public bool MayChange => isOwn || ShowsReport;

    /// <summary>What is told, in order (<see cref="EntrySight.Told"/>).</summary>
    public IReadOnlyList<RecordedEvent> Told { get; } = told;

    /// <summary>The consents that what is told rests on, each once.</summary>
    public IReadOnlyList<Consent> Consents =>
        [.. Grounds.Select(ground => ground.ConsentId).OfType<Guid>().Distinct().Select(id => grounds!.Consents.Find(id)!)];

    /// <summary>What is told of other agencies' records, by consent, by a court order or in an emergency.</summary>
    public IEnumerable<RecordTold> Disclosed =>
        from recorded in Told
        let ground = GroundOf(recorded).ToldOn(emergencyId)
        let agency = (recorded.Headers as Circumstances)?.Owner()
        where ground is not null && agency is not null && clientId is not null
        select new RecordTold(
            clientId!.Value, agency!, Streams.Overdose.Alias, Domain.Privacy.Told.By(recorded.Data.GetType()).Kebab(), ground.Value.Basis, ground.Value.BasisId);

    private IEnumerable<Disclosure.Allowed> Grounds => Told.Select(GroundOf);

    private Disclosure.Allowed GroundOf(RecordedEvent recorded) =>
        shown.GetValueOrDefault(recorded.EventId) ?? shown[((ICorrection)recorded.Data).CorrectedEventId];
}
