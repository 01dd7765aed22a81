using System.Text.Json.Serialization;
using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Courts;

/// <summary>
/// What the court itself recorded of a participation, entry by entry, as of any moment: both files for those who keep them, and for prosecution and
/// defence what is theirs to read, told as if there were nothing else.
/// </summary>
public static class ReadParticipation
{
    /// <param name="Stage">Null, as all that follow up to the entries, for whoever does not read both files: what is put together from one of them may be
    /// false, and would tell of the other where it is not.</param>
    /// <param name="ObjectivesOpen">Required objectives of the phase, under the configuration of the moment asked about, that are neither met nor
    /// waived.</param>
    /// <param name="OpenWarrants">Entries of warrants that are not quashed.</param>
    /// <param name="ProposalOpen">The entry of the proposal to terminate that is open; null for none.</param>
    /// <param name="Entries">Oldest first.</param>
    public sealed record View(
        Guid ParticipationId,
        Guid ClientId,
        string Court,
        ParticipationStage? Stage,
        DateOnly? AdmittedOn,
        DateTimeOffset? EndedAt,
        CompletionEffect? OnCompletion,
        string? Phase,
        DateOnly? PhaseSince,
        IReadOnlyList<string>? ObjectivesOpen,
        IReadOnlyList<Guid>? OpenWarrants,
        Guid? ProposalOpen,
        IReadOnlyList<Entry> Entries) : IShowsAlso
    {
        /// <summary>Further times that the same person takes part in this court, on other records of theirs.</summary>
        public IReadOnlyList<Other> Others { get; init; } = [];

        [JsonIgnore]
        public IEnumerable<Guid> AlsoShown => Others.Select(other => other.ClientId);
    }

    /// <param name="ClientId">The record that it is on.</param>
    /// <param name="Entries">Oldest first.</param>
    public sealed record Other(Guid ParticipationId, Guid ClientId, ParticipationStage Stage, IReadOnlyList<Entry> Entries);

    /// <param name="Words">Null where there are none, or when their key was destroyed.</param>
    /// <param name="IsRetracted">It counts no more.</param>
    public sealed record Entry(
        Guid EntryId,
        string Kind,
        string Summary,
        DateTimeOffset OccurredAt,
        DateOnly OccurredOn,
        CourtFile File,
        IReadOnlyList<string> DecidedBy,
        string? Words,
        int CourtVersion,
        bool IsRetracted)
    {
        /// <summary>What the client had put beside it, and that it is on the wrong person; null for nothing.</summary>
        public EntryBeside? Beside { get; init; }
    }

    public static View Example { get; } = new(
        Guid.Parse("0195d6c4-0000-8000-8000-0000000000c1"),
        Clients.ReadClient.Example.ClientId,
        "drug-court",
        ParticipationStage.Admitted,
        new DateOnly(2026, 3, 3),
        EndedAt: null,
        CompletionEffect.ChargesDismissed,
        "acute-stabilization",
        new DateOnly(2026, 3, 3),
        ["treatment-begun", "hearings-attended"],
        [],
        ProposalOpen: null,
        [
            new(Guid.Parse("0195d6c4-0000-7000-8000-0000000000c2"), "phase_requirement_recorded", "Objective of phase acute-stabilization met: housing-plan",
                new DateTimeOffset(2026, 3, 10, 15, 0, 0, TimeSpan.Zero), new DateOnly(2026, 3, 10), CourtFile.Confidential, [], Words: null, CourtVersion: 1, IsRetracted: false),
        ]);

    public static async Task<IResult> Handle(
        Guid participationId, AskedMoment asked, Actor actor, IEventStore store, StreamMoments moments, PersonParticipations persons,
        FiledEntries files, BesideEntries besides, OpenedTexts texts, HttpResponse response, CancellationToken cancellation)
    {
        var (version, now) = await store.FoldAsync(Streams.Participation, actor.Jurisdiction, participationId, cancellation);
        if (!ParticipationDesk.Acts(actor, now))
            return Problems.From(ParticipationRejections.NotFound(participationId));
        var eyes = await files.OfAsync(actor, now, cancellation);
        var keeps = actor.Role is Role.Coordinator or Role.Judge;
        if (!keeps && !eyes.Of((await store.ReadStreamAsync(actor.Jurisdiction, participationId, cancellation: cancellation)).Events).Any())
            return Problems.From(ParticipationRejections.NotFound(participationId));

        var moment = await moments.ResolveAsync(asked, cancellation);
        var state = asked.IsNow && keeps && !eyes.HidesAny ? now : await ThenAsync(participationId);
        if (keeps && !eyes.HidesAny && state.Stage == ParticipationStage.None)
            return Problems.From(ParticipationRejections.NotFound(participationId));
        var both = eyes.BothFiles ? state : null;
        var court = (await EventsAsync(StreamIds.Court(actor.Jurisdiction, now.Court!))).Select(recorded => (CourtEvent)recorded.Data).Aggregate(CourtState.Initial, CourtState.Evolve);
        var phase = court.InForceAt(moment.At)?.Configuration.FindPhase(state.Phase);
        var further = keeps ? await persons.OfAsync(actor, now, moment.Position, cancellation) : [];
        Guid[] clients = [now.ClientId, .. further.Select(other => other.ClientId)];
        await texts.PreloadAsync(actor.Jurisdiction, clients, cancellation);
        var marks = await MarksAsync([participationId, .. further.Select(other => other.ParticipationId)]);
        var others = new List<Other>();
        foreach (var other in further)
        {
            if (await ThenAsync(other.ParticipationId) is { Stage: not ParticipationStage.None } then)
                others.Add(new Other(other.ParticipationId, other.ClientId, then.Stage, EntriesOf(then)));
        }

        // The version counts every entry: for whoever does not read all of them it would tell of the others.
        if (asked.IsNow && keeps)
            response.SetVersion(version);
        return TypedResults.Ok(new View(
            participationId,
            now.ClientId,
            now.Court!,
            both?.Stage,
            both?.AdmittedOn,
            both?.EndedAt,
            both?.OnCompletion,
            both?.Phase,
            both?.PhaseSince,
            both is null ? null : phase is null ? [] : both.OpenObjectives(phase),
            both is null ? null : [.. both.Warrants.Order()],
            both?.Proposal?.EntryId,
            EntriesOf(state))
        {
            Others = others,
        });

        async Task<ParticipationState> ThenAsync(Guid id) => ParticipationState.OfSome(
            Occurred.By([.. eyes.Of(await EventsAsync(id))], asked.AsOf ?? DateTimeOffset.MaxValue).Select(recorded => (ParticipationEvent)recorded.Data));

        IReadOnlyList<Entry> EntriesOf(ParticipationState of) =>
        [
            .. of.Log.Select(entry => new Entry(
                entry.EntryId,
                CourtFacts.Of(entry).Name,
                CourtFacts.Of(entry).Summary(entry),
                entry.OccurredAt,
                entry.OccurredOn,
                entry.File,
                entry.DecidedBy,
                texts.Open(actor.Jurisdiction, entry.Words?.Token),
                entry.CourtVersion,
                of.Retracted.Contains(entry.EntryId))
            {
                Beside = marks.GetValueOrDefault(entry.EntryId),
            }),
        ];

        async Task<IReadOnlyDictionary<Guid, EntryBeside>> MarksAsync(IReadOnlyList<Guid> participations)
        {
            var byEntry = new Dictionary<Guid, EntryBeside>();
            var beside = await besides.OfAsync(actor, clients, asked, moment.Position, cancellation);
            foreach (var id in beside.IsEmpty ? [] : participations)
            {
                foreach (var recorded in await EventsAsync(id))
                {
                    if (beside.Of(recorded.EventId) is { } mark)
                        byEntry[((ParticipationEvent)recorded.Data).EntryId] = mark;
                }
            }

            return byEntry;
        }

        async Task<IReadOnlyList<RecordedEvent>> EventsAsync(Guid streamId) =>
            (await store.ReadStreamAsync(actor.Jurisdiction, streamId, upToPosition: moment.Position, cancellation: cancellation)).Events;
    }
}
