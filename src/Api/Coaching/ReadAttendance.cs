using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Courts;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Time;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Coaching;

/// <summary>
/// What the court is told of coaching. Its own order is its own; attendance is the provider's record, so it takes a consent in force
/// (42 CFR 2.31, 2.35; R38), and without one the provider's side is not even read.
/// </summary>
public static class ReadAttendance
{
    /// <summary>Stable name of this view in the records of reads.</summary>
    public const string ViewName = "coaching_attendance";

    public const string Restricted = "restricted";

    /// <param name="Order">What the court orders; null for an offer, or nothing.</param>
    /// <param name="Providers">Those that the court named, one after the other.</param>
    /// <param name="Notice">What binds whoever is told (42 CFR 2.32); null when nothing is told by consent.</param>
    public sealed record View(
        Guid ParticipationId, Guid ClientId, CoachingOrder? Order, IReadOnlyList<OfProvider> Providers, RedisclosureNoticeShown? Notice);

    /// <param name="Attendance"><c>shown</c> or <c>restricted</c>; restricted says nothing about whether there is any.</param>
    /// <param name="Sessions">In the order of their days; null when restricted.</param>
    public sealed record OfProvider(string ProviderAgencyId, string Attendance, IReadOnlyList<AttendedSession>? Sessions);

    public static View Example { get; } = new(
        Guid.Parse("0195d6c4-0000-8000-8000-0000000000d1"), Guid.Parse("0195d6c4-0000-7000-8000-000000000001"),
        new CoachingOrder(1, OrderPeriod.Week, SessionKind.OneToOne, new DateOnly(2026, 3, 1), new DateOnly(2027, 2, 28)),
        [new OfProvider("recovery-coaches", "shown", [new AttendedSession(new DateOnly(2026, 3, 9), SessionKind.OneToOne, 45, Domain.Coaching.Attendance.Attended)])],
        Notice: null);

    public static async Task<IResult> HandleAsync(
        Guid participationId, AskedMoment asked, Actor actor, IEventStore store, StreamMoments moments, JurisdictionTime time, Registers registers,
        ClientConsents consents, EntrySights sights, RedisclosureNotices notices, HttpResponse response, CancellationToken cancellation)
    {
        var participation = (await store.FoldAsync(Streams.Participation, actor.Jurisdiction, participationId, cancellation)).State;
        if (!ParticipationDesk.Acts(actor, participation))
            return Problems.From(ParticipationRejections.NotFound(participationId));
        var moment = await moments.ResolveAsync(asked, cancellation);
        if (await time.PolicyAtAsync(actor.Jurisdiction, moment.At, cancellation) is not { } policy)
            return Problems.From(PolicyRejections.NoneInForce());

        var ordered = await ReadAsync(StreamIds.CoachingOrder(participationId));
        var order = ordered.Cast<CoachingOrderEvent>().Aggregate(CoachingOrderState.Initial, CoachingOrderState.Evolve);
        var entries = await store.ReadStreamAsync(actor.Jurisdiction, participationId, upToPosition: moment.Position, cancellation: cancellation);
        var then = ParticipationState.OfSome(Occurred.By(entries.Events, moment.At).Select(recorded => (ParticipationEvent)recorded.Data));
        var grounds = await consents.OfAsync(actor.Jurisdiction, participation.ClientId, cancellation);
        var sight = await sights.OfAsync(actor, [participation.ClientId], cancellation);
        var directory = await registers.DirectoryAsync(actor.Jurisdiction, cancellation);
        var (providers, used, told) = (new List<OfProvider>(), new List<Consent>(), new List<RecordTold>());
        var viewer = RecordSights.ViewerOf(actor);
        foreach (var named in ordered.Select(Named).OfType<(string AgencyId, string? ProgramId)>().Reverse().GroupBy(one => one.AgencyId).Reverse())
        {
            // A session does not say of which programme it is: what one of them may not tell, none does.
            var agencyId = named.Key;
            var answers = named.Select(one => one.ProgramId).Distinct()
                .Select(program => new RecordShown(agencyId, Labelling.LabelsOf(directory.FindAgency(agencyId), new Filing(program)), ConsentInformation.Attendance))
                .Select(record => Disclosing.Decide(viewer, record, grounds.For(viewer, record))).ToList();
            if (answers.Any(answer => answer is not Disclosure.Allowed))
            {
                providers.Add(new OfProvider(agencyId, Restricted, null));
                continue;
            }

            var sessions = CoachingAttendance.Of(await ToldAsync(agencyId), new BusinessCalendar(policy.Policy), then.OverSince);
            providers.Add(new OfProvider(agencyId, "shown", sessions));
            foreach (var consentId in answers.OfType<Disclosure.Allowed>().Where(allowed => allowed.Basis == Basis.Consent).Select(allowed => allowed.ConsentId).OfType<Guid>().Distinct())
            {
                used.Add(grounds.Consents.Find(consentId)!);
                told.Add(new RecordTold(participation.ClientId, agencyId, ViewName, ConsentInformation.Attendance.Kebab(), DisclosureBasis.Consent, consentId));
            }
        }

        var notice = await notices.OnAsync(response, actor, [.. used.DistinctBy(consent => consent.ConsentId)], told, cancellation);
        return TypedResults.Ok(new View(participationId, participation.ClientId, order.Order, providers, notice));

        async Task<IReadOnlyList<CoachingEvent>> ReadAsync(Guid streamId) =>
            [.. (await RecordedAsync(streamId)).Select(recorded => (CoachingEvent)recorded.Data)];

        // A session of which any entry may not be told, by its labels of now, is not told at all.
        async Task<IReadOnlyList<CoachingEvent>> ToldAsync(string agencyId)
        {
            var recorded = await RecordedAsync(StreamIds.Coaching(participationId, agencyId));
            var hidden = recorded.Where(one => !MayBeTold(agencyId, one)).Select(one => CoachingSession.IdIn((CoachingEvent)one.Data)).OfType<Guid>().ToHashSet();
            return [.. recorded.Select(one => (CoachingEvent)one.Data).Where(fact => CoachingSession.IdIn(fact) is not { } session || !hidden.Contains(session))];
        }

        bool MayBeTold(string agencyId, RecordedEvent recorded)
        {
            var record = new RecordShown(agencyId, Labels.Of(sight.Labels.Of(recorded)), ConsentInformation.Attendance);
            return sight.ClassOf(recorded) is null && Disclosing.Decide(viewer, record, grounds.For(viewer, record)) is Disclosure.Allowed;
        }

        async Task<IReadOnlyList<RecordedEvent>> RecordedAsync(Guid streamId)
        {
            var read = await store.ReadStreamAsync(actor.Jurisdiction, streamId, upToPosition: moment.Position, cancellation: cancellation);
            return [.. Occurred.By(read.Events, moment.At)];
        }
    }

    private static (string AgencyId, string? ProgramId)? Named(CoachingEvent fact) => fact switch
    {
        PeerOffered e => (e.ProviderAgencyId, e.ProgramId),
        CoachingOrdered e => (e.ProviderAgencyId, e.ProgramId),
        _ => null,
    };
}
