using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Courts;
using CaseFlow.Api.CourtViews;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Workforce;
using CaseFlow.EventStore;
using CaseFlow.Projections;

namespace CaseFlow.Api.Coaching;

/// <summary>
/// A coaching with its whole history, from the first coach on: nothing is hidden from the new coach (scenario 8; domain reference 0.8).
/// Each entry is shown by the one decision about who sees what, so a worker's private note reaches its author and the supervisors alone.
/// </summary>
public static class ReadCoaching
{
    /// <param name="Order">What the court orders of this provider at the moment asked about; null for an offer, or nothing.</param>
    /// <param name="Alarms">What runs out or ran out (R22, R24, R50, R55), and a review of the plan that is due, since when, and by which version of the rule; nothing once the client has died.</param>
    /// <param name="Attention"><c>no-coach</c>, <c>handover-unread</c> or <c>certification-not-in-force</c>: flagged, and nothing is taken away (scenario 14).</param>
    public sealed record View(
        Guid ParticipationId,
        Guid ClientId,
        string Court,
        CoachingPhase Phase,
        CoachingOrder? Order,
        string? CoachId,
        IReadOnlyList<string> Attention,
        IReadOnlyList<CoachingAlarm> Alarms,
        IReadOnlyList<Entry> Entries) : IShowsAlso
    {
        /// <summary>What the own agency recorded of further times that the same person takes part in this court, on other records of theirs.</summary>
        public IReadOnlyList<Other> Others { get; init; } = [];

        [JsonIgnore]
        public IEnumerable<Guid> AlsoShown => Others.Select(other => other.ClientId);
    }

    /// <param name="ClientId">The record that it is on.</param>
    public sealed record Other(Guid ParticipationId, Guid ClientId, IReadOnlyList<Entry> Entries);

    /// <param name="Kind">Stored name of what happened.</param>
    /// <param name="By">Who recorded it.</param>
    /// <param name="Facts">What was recorded, with its texts opened; a text that was erased is null.</param>
    /// <param name="CorrectedBy">The entry that corrects or retracts it, the last of them; null while it stands as recorded.</param>
    /// <param name="Beside">What the client had put beside it, and that it is on the wrong person; null for nothing.</param>
    public sealed record Entry(
        Guid EventId, string Kind, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string? By, JsonObject Facts, Guid? CorrectedBy = null, EntryBeside? Beside = null);

    private static readonly string[] Common =
        [nameof(DomainEvent.OccurredAt), nameof(DomainEvent.OccurredPrecision), nameof(DomainEvent.OccurredUntil), nameof(DomainEvent.KnownAt),
            nameof(CoachingEvent.ClientId), nameof(CoachingEvent.ParticipationId)];

    private static readonly DateTimeOffset At = new(2026, 3, 9, 15, 0, 0, TimeSpan.Zero);

    public static View Example { get; } = new(
        Guid.Parse("0195d6c4-0000-8000-8000-0000000000d1"), Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), "drug-court", CoachingPhase.Coached,
        new CoachingOrder(1, OrderPeriod.Week, SessionKind.OneToOne, new DateOnly(2026, 3, 1), new DateOnly(2027, 2, 28)), "coach-2", ["handover-unread"], [new CoachingAlarm(CoachingAlarmKind.HandoverUnread, At, DueAt: null, Overdue: false, CourtVersion: null, PolicyVersion: null)],
        [new Entry(Guid.Parse("0195d6c4-0000-7000-8000-0000000000f1"), "coaching_session_held", At, At.AddHours(1), "coach-1", new JsonObject { ["minutes"] = 45 })]);

    public static async Task<IResult> HandleAsync(
        Guid participationId, AskedMoment asked, Actor actor, IEventStore store, StreamMoments moments, JurisdictionTime time,
        PersonParticipations persons, Persons records, CoachCertifications certifications, OpenedTexts texts, CourtMoments courts, BesideEntries besides, EntrySights sights,
        HttpResponse response, CancellationToken cancellation)
    {
        var streamId = CoachingDesk.StreamOf(actor, participationId);
        var now = await store.FoldAsync(Streams.Coaching, actor.Jurisdiction, streamId, cancellation);
        if (now.State.Phase == CoachingPhase.None || !CoachingDesk.IsCoachOrSupervisor(actor, now.State))
            return Problems.From(CoachingRejections.NotFound());

        var moment = await moments.ResolveAsync(asked, cancellation);
        var held = await HeldAsync(streamId);
        List<RecordedEvent> had = [.. held.Where(HadOccurred)];
        // Sessions and plans are shown as entries; who coached, and whether the handover was read, is all that is told beside them.
        var state = had.Select(recorded => recorded.Data).Where(fact => fact is CoachAssigned or CoachUnassigned or HandoverCompleted or CoachingEnded)
            .Cast<CoachingEvent>().Aggregate(CoachingState.Initial, CoachingState.Evolve);
        var ordered = (await store.FoldAsync(Streams.CoachingOrder, actor.Jurisdiction, StreamIds.CoachingOrder(participationId), cancellation)).State;
        var order = (await HadAsync(StreamIds.CoachingOrder(participationId))).Select(recorded => (CoachingOrderEvent)recorded.Data)
            .Aggregate(CoachingOrderState.Initial, CoachingOrderState.Evolve);
        var participation = (await store.FoldAsync(Streams.Participation, actor.Jurisdiction, participationId, cancellation)).State;
        var further = await persons.OfAsync(actor, participation, moment.Position, cancellation);
        Guid[] clients = [now.State.ClientId, .. further.Select(other => other.ClientId)];
        await texts.PreloadAsync(actor.Jurisdiction, clients, cancellation);
        var marks = await besides.OfAsync(actor, clients, asked, moment.Position, cancellation);
        var sightOf = await sights.OfAllAsync(actor, clients, cancellation);
        var relabelled = EntryLabels.Together(clients.Select(client => sightOf(client).Labels));
        var others = new List<Other>();
        foreach (var other in further)
        {
            if (ShownOf(await HeldAsync(CoachingDesk.StreamOf(actor, other.ParticipationId)), sightOf(other.ClientId)) is { Count: > 0 } entries)
                others.Add(new Other(other.ParticipationId, other.ClientId, entries));
        }

        var court = ordered.Court.Length == 0 ? null : await courts.CourtAsync(actor.Jurisdiction, ordered.Court, moment.Position, moment.At, cancellation);
        var hasDied = (await PersonLife.DeathsOfAsync(store, records, actor.Jurisdiction, [now.State.ClientId], moment.Position, asked.AsOf, cancellation))
            .Values.Any(life => life.Death is not null);
        var coaches = await certifications.OfAsync(actor.Jurisdiction, state.CoachId is { } coach ? [coach] : [], moment.Position, cancellation);
        List<RecordedEvent> counted = [.. Occurred.By(held, moment.At)];
        var watched = CoachingWatched.Of(counted.Select(recorded => (CoachingEvent)recorded.Data)) with
        {
            UncertifiedSince = coaches.UncertifiedSince(state.CoachId, court?.Policy, moment.At),
            Review = counted.Aggregate((PlanReviews?)null, (plan, recorded) => PlanReviews.After(plan, recorded.EventId, (CoachingEvent)recorded.Data))?.Next(),
            Standings = court?.InForce.Configuration.Coaching.Contacts is { Count: > 0 } ? ContactStandings.Of(Occurred.By(await HeldAsync(participationId), moment.At)) : [],
            OrderStands = court is not null && order.Stands(state.ProviderAgencyId, court.Today)
                && !ParticipationState.OfSome((await HadAsync(participationId)).Select(recorded => (ParticipationEvent)recorded.Data)).IsOver,
        };
        var attention = await AttentionAsync(actor.Jurisdiction, state, watched, moment.At, time, HadAsync, cancellation);
        if (asked.IsNow)
            response.SetVersion(now.Version);
        return TypedResults.Ok(new View(
            participationId, now.State.ClientId, ordered.Court, state.Phase, order.ProviderAgencyId == actor.Agency ? order.Order : null, state.CoachId,
            attention,
            hasDied ? [] : court?.Alarms.At(moment.At, watched) ?? [],
            ShownOf(held, sightOf(now.State.ClientId)))
        {
            Others = others,
        });

        // What had been recorded by the moment says what is corrected; what had occurred by it is shown, from where a correction moved it.
        IReadOnlyList<Entry> ShownOf(IReadOnlyList<RecordedEvent> told, EntrySight sight)
        {
            var occurred = asked.AsOf is { } asOf ? Occurred.By(told, asOf).Select(recorded => recorded.EventId).ToHashSet() : null;
            var corrected = told.Where(recorded => recorded.Data is ICorrection).GroupBy(recorded => ((ICorrection)recorded.Data).CorrectedEventId)
                .ToDictionary(corrections => corrections.Key, corrections => corrections.Last().EventId);
            return
            [
                .. told.Shown(recorded => sight.ClassOf(recorded) is null && IsShown(actor, recorded, relabelled)).Where(recorded => occurred?.Contains(recorded.EventId) is not false).Select(recorded => EntryOf(
                    recorded, token => texts.Open(actor.Jurisdiction, token), corrected.TryGetValue(recorded.EventId, out var by) ? by : null) with
                {
                    Beside = marks.Of(recorded.EventId),
                }),
            ];
        }

        async Task<IReadOnlyList<RecordedEvent>> HeldAsync(Guid id) =>
            (await store.ReadStreamAsync(actor.Jurisdiction, id, upToPosition: moment.Position, cancellation: cancellation)).Events;

        async Task<IReadOnlyList<RecordedEvent>> HadAsync(Guid id) => [.. (await HeldAsync(id)).Where(HadOccurred)];

        bool HadOccurred(RecordedEvent recorded) => asked.AsOf is null || ((DomainEvent)recorded.Data).CountsFrom() <= asked.AsOf;
    }

    /// <summary>What a coach must know at once. A certification that is over takes nothing away from the client.</summary>
    private static async Task<IReadOnlyList<string>> AttentionAsync(
        string jurisdiction, CoachingState state, CoachingWatched watched, DateTimeOffset at, JurisdictionTime time, Func<Guid, Task<IReadOnlyList<RecordedEvent>>> had,
        CancellationToken cancellation)
    {
        var attention = new List<string>();
        if (state.Phase == CoachingPhase.WithoutCoach || watched.NextCoach() is not null)
            attention.Add("no-coach");
        if (state.HandoverOpen)
            attention.Add("handover-unread");
        if (state.CoachId is { } coachId && await time.PolicyAtAsync(jurisdiction, at, cancellation) is { } policy)
        {
            var worker = (await had(StreamIds.Workforce(jurisdiction, coachId))).Select(recorded => (WorkforceEvent)recorded.Data)
                .Aggregate(WorkforceState.Initial, WorkforceState.Evolve);
            if (!worker.IsCertified(Enum.GetValues<Certification>(), new Domain.Time.BusinessCalendar(policy.Policy).LocalDate(at)))
                attention.Add("certification-not-in-force");
        }

        return attention;
    }

    /// <summary>By the labels of now, also for a question about the past.</summary>
    private static bool IsShown(Actor actor, RecordedEvent recorded, EntryLabels relabelled)
    {
        var labels = relabelled.Of(recorded);
        var record = new RecordShown((recorded.Headers as Circumstances)?.Owner(), Labels.Of(labels), Told.By(recorded.Data.GetType()))
        {
            Author = PrivateNotes.AuthorOf((DomainEvent)recorded.Data, recorded.Headers as Circumstances, labels),
        };
        return Disclosing.Decide(RecordSights.ViewerOf(actor), record, Grounds.None) is Disclosure.Allowed;
    }

    private static Entry EntryOf(RecordedEvent recorded, Func<string?, string?> open, Guid? correctedBy)
    {
        var facts = new JsonObject();
        foreach (var member in recorded.Data.GetType().GetProperties().Where(member => !Common.Contains(member.Name)))
        {
            var value = member.GetValue(recorded.Data);
            facts[JsonNamingPolicy.CamelCase.ConvertName(member.Name)] = value is Sealed<string> text
                ? open(text.Token)
                : JsonSerializer.SerializeToNode(value, member.PropertyType, JsonRules.Options);
        }

        var fact = (DomainEvent)recorded.Data;
        return new Entry(
            recorded.EventId, ProjectionCatalogue.EventTypes.StoredName(fact.GetType()), fact.OccurredAt, recorded.RecordedAt,
            (recorded.Headers as Circumstances)?.Actor, facts, correctedBy);
    }
}
