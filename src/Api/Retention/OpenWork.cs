using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Disclosures;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Identities;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Referrals;
using CaseFlow.Domain.Supervision;

namespace CaseFlow.Api.Retention;

/// <summary>
/// What of a person's record is still open, so that it is kept whatever its age: that somebody waits for something, and somebody can bring it to its end.
/// What lapses by itself, and what agencies have to account for among themselves, is none. Pure; here, because it asks the states of many capabilities.
/// </summary>
public static class OpenWork
{
    /// <param name="stream">The facts of one of the record's own streams, oldest first.</param>
    /// <param name="at">UTC: the instant asked about.</param>
    /// <param name="ends">Those that the person's consents may wait for.</param>
    /// <returns>What the stream says is open; null for nothing.</returns>
    public static RetentionBlock? InStream(IReadOnlyList<DomainEvent> stream, DateTimeOffset at, IReadOnlyList<LoggedEnd>? ends = null) => stream.Count == 0 ? null : stream[0] switch
    {
        SupervisionEvent => Fold(stream, Streams.Supervision).Phase == SupervisionPhase.Supervised ? RetentionBlock.Supervision : null,
        DutyEvent => Fold(stream, Streams.Duty).Duties.Exists(duty => duty.Phase == DutyPhase.Open) ? RetentionBlock.Duty : null,
        ReferralEvent => Fold(stream, Streams.Referral).Phase is ReferralPhase.Created or ReferralPhase.Sent or ReferralPhase.DeliveryFailed
            ? RetentionBlock.Referral : null,
        IntakeEvent => Fold(stream, Streams.Intake).Phase is IntakePhase.Waiting or IntakePhase.Acknowledged or IntakePhase.Accepted
            ? RetentionBlock.Referral : null,
        ParticipationEvent => InParticipation(Fold(stream, Streams.Participation)),
        // What nobody gave or told before the participation's end is asked of nobody any more; what was given before is still found out.
        DrugTestEvent => Fold(stream, Streams.DrugTesting).Tests.Values.Any(test => test.AwaitsResult || test.ContestOpen) ? RetentionBlock.DrugTest : null,
        // An offer and an order end with the participation.
        CoachingOrderEvent => null,
        CoachingEvent => Fold(stream, Streams.Coaching).Phase is CoachingPhase.Coached or CoachingPhase.WithoutCoach ? RetentionBlock.Coaching : null,
        ConsentEvent => InConsents(Ended(stream, ends), at),
        _ => null,
    };

    /// <param name="streams">All of a record's own streams, by id: the facts of each, oldest first.</param>
    /// <returns>What only several streams together say is open; some perhaps twice.</returns>
    public static IEnumerable<RetentionBlock> Across(IReadOnlyDictionary<Guid, IReadOnlyList<DomainEvent>> streams) =>
        from stream in streams
        where stream.Value is [ReferralEvent, ..]
            && Fold(stream.Value, Streams.Referral).Phase == ReferralPhase.Delivered
            // The transport's receipt says that it arrived; nobody there has taken it yet.
            && stream.Value.OfType<ReferralDeliveryConfirmed>().Last().Proof != DeliveryProof.ReceiverAcknowledgement
            && !streams.ContainsKey(StreamIds.ReferralIntake(stream.Key))
        select RetentionBlock.Referral;

    /// <returns>When any consent of a stream of consents last began, ended or was held by an instant, UTC; null for none, and for another stream.</returns>
    public static DateTimeOffset? LastConsentIn(IReadOnlyList<DomainEvent> stream, DateTimeOffset at, IReadOnlyList<LoggedEnd>? ends = null) => stream.Count > 0 && stream[0] is ConsentEvent
        ? Ended(stream, ends).Instants().Where(instant => instant <= at).Select(instant => (DateTimeOffset?)instant).Max()
        : null;

    /// <param name="records">All records of the person.</param>
    /// <param name="orders">What was ordered of each.</param>
    /// <param name="identities">Whose entries are whose.</param>
    /// <param name="matters">That nobody has looked at or answered; others' than theirs do not count.</param>
    /// <param name="breaches">Of the jurisdiction.</param>
    /// <returns>What is ordered, asked or not yet looked at; some perhaps twice.</returns>
    public static IEnumerable<RetentionBlock> Around(
        IReadOnlyList<Guid> records, IReadOnlyList<ErasureState> orders, IdentityState identities, OpenMatters matters, BreachState breaches)
    {
        if (orders.Any(order => order.IsHeld))
            yield return RetentionBlock.LegalHold;
        if (orders.Any(order => order.Orders.Values.Any(one => one.Step == ErasureStep.Ordered)))
            yield return RetentionBlock.SealingOrder;
        if (records.Any(record => identities.OfOthersOn(record).Any()))
            yield return RetentionBlock.SomebodyElsesEntries;
        if (matters.Emergencies.Any(access => records.Contains(access.Used.ClientId)))
            yield return RetentionBlock.EmergencyReview;
        if (matters.Requests.Any(request => records.Contains(request.ClientId)))
            yield return RetentionBlock.RightsRequest;
        if (breaches.Breaches.Values.Any(breach => breach is { Assessed: null, OfClient: { } client } && records.Contains(client)))
            yield return RetentionBlock.Breach;
        if (breaches.Breaches.Values.Any(breach => breach.IsOwedToClients && breach.Found!.ClientIds.Any(records.Contains)))
            yield return RetentionBlock.Breach;
    }

    private static RetentionBlock? InParticipation(ParticipationState participation) =>
        !participation.IsOver ? RetentionBlock.Participation : participation.Warrants.Count > 0 ? RetentionBlock.Warrant : null;

    /// <summary>That the client was asked for a consent and has not answered is no work of the client's.</summary>
    private static RetentionBlock? InConsents(ConsentState consents, DateTimeOffset at) =>
        consents.Consents.Exists(consent => consent.StandingAt(at) is ConsentStanding.InForce or ConsentStanding.Held) ? RetentionBlock.Consent
        : consents.Restrictions.Values.Any(restriction => restriction.AgreedAt is null && !restriction.IsDeclined) ? RetentionBlock.RightsRequest
        : null;

    /// <returns>The ends of supervision and of times in courts that one of the person's streams tells.</returns>
    public static IReadOnlyList<LoggedEnd> EndsIn(IReadOnlyList<DomainEvent> stream) => stream.Count > 0 && stream[0] is SupervisionEvent or ParticipationEvent
        ? LoggedEnds.Of([.. stream.Select(fact => (fact, (long?)null))])
        : [];

    /// <summary>A consent that names a court by its kind alone ends by its date here: the record is kept for longer, never for less.</summary>
    private static ConsentState Ended(IReadOnlyList<DomainEvent> stream, IReadOnlyList<LoggedEnd>? ends) =>
        Fold(stream, Streams.Consents).EndedBy(ends ?? [], _ => null);

    private static TState Fold<TState, TEvent>(IReadOnlyList<DomainEvent> stream, StreamOf<TState, TEvent> kind)
        where TEvent : DomainEvent => stream.Cast<TEvent>().Aggregate(kind.Initial, kind.Evolve);
}
