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

    /// <param name="Order">What the court ordered; null for an offer.</param>
    /// <param name="Attendance"><c>shown</c> or <c>restricted</c>; restricted says nothing about whether there is any.</param>
    /// <param name="Sessions">In the order of their days; null when restricted.</param>
    /// <param name="Notice">What binds whoever is told (42 CFR 2.32); null when nothing is told by consent.</param>
    public sealed record View(
        Guid ParticipationId, Guid ClientId, string? ProviderAgencyId, CoachingOrder? Order, string Attendance, IReadOnlyList<AttendedSession>? Sessions,
        RedisclosureNoticeShown? Notice);

    public static View Example { get; } = new(
        Guid.Parse("0195d6c4-0000-8000-8000-0000000000d1"), Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), "recovery-coaches",
        new CoachingOrder(1, OrderPeriod.Week, SessionKind.OneToOne, new DateOnly(2026, 3, 1), new DateOnly(2027, 2, 28)), "shown",
        [new AttendedSession(new DateOnly(2026, 3, 9), SessionKind.OneToOne, 45, Domain.Coaching.Attendance.Attended)], Notice: null);

    public static async Task<IResult> HandleAsync(
        Guid participationId, AskedMoment asked, Actor actor, IEventStore store, StreamMoments moments, JurisdictionTime time, Registers registers,
        ClientConsents consents, RedisclosureNotices notices, HttpResponse response, CancellationToken cancellation)
    {
        var participation = (await store.FoldAsync(Streams.Participation, actor.Jurisdiction, participationId, cancellation)).State;
        if (!ParticipationDesk.Acts(actor, participation))
            return Problems.From(ParticipationRejections.NotFound(participationId));
        var moment = await moments.ResolveAsync(asked, cancellation);
        if (await time.PolicyAtAsync(actor.Jurisdiction, moment.At, cancellation) is not { } policy)
            return Problems.From(PolicyRejections.NoneInForce());

        var coaching = (await store.FoldAsync(Streams.Coaching, actor.Jurisdiction, StreamIds.Coaching(participationId), cancellation)).State;
        View Of(string attendance, IReadOnlyList<AttendedSession>? sessions, RedisclosureNoticeShown? notice) => new(
            participationId, participation.ClientId, coaching.Phase == CoachingPhase.None ? null : coaching.ProviderAgencyId, coaching.Order,
            attendance, sessions, notice);
        if (coaching.Phase == CoachingPhase.None)
            return TypedResults.Ok(Of(Restricted, null, null));

        var directory = await registers.DirectoryAsync(actor.Jurisdiction, cancellation);
        var record = new RecordShown(
            coaching.ProviderAgencyId,
            Labelling.LabelsOf(directory.FindAgency(coaching.ProviderAgencyId), new Filing(coaching.ProgramId)),
            ConsentInformation.Attendance);
        var viewer = RecordSights.ViewerOf(actor);
        var grounds = await consents.OfAsync(actor.Jurisdiction, participation.ClientId, cancellation);
        if (Disclosing.Decide(viewer, record, grounds.For(viewer, record)) is not Disclosure.Allowed allowed)
            return TypedResults.Ok(Of(Restricted, null, null));

        var read = await store.ReadStreamAsync(actor.Jurisdiction, StreamIds.Coaching(participationId), upToPosition: moment.Position, cancellation: cancellation);
        var history = read.Events.Select(recorded => (CoachingEvent)recorded.Data).Where(fact => fact.CountsFrom() <= moment.At);
        var sessions = CoachingAttendance.Of(history, new BusinessCalendar(policy.Policy));
        IReadOnlyList<Consent> used = allowed.ConsentId is { } consentId ? [grounds.Consents.Find(consentId)!] : [];
        var told = used.Select(consent => new RecordTold(
            participation.ClientId, coaching.ProviderAgencyId, ViewName, ConsentInformation.Attendance.Kebab(), DisclosureBasis.Consent, consent.ConsentId));
        return TypedResults.Ok(Of("shown", sessions, await notices.OnAsync(response, actor, used, told, cancellation)));
    }
}
