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
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.EventStore;
using CaseFlow.Projections;

namespace CaseFlow.Api.DrugTests;

/// <summary>The tests of a participation, now or at any moment, for the team that may read the confidential file.</summary>
public static class ReadTests
{
    /// <param name="TakesPart">Whether it takes part in the draws now.</param>
    public sealed record View(Guid ParticipationId, Guid ClientId, string Court, bool TakesPart, IReadOnlyList<Test> Tests) : IShowsAlso
    {
        /// <summary>A record of the participant's knows that they have died: nothing is asked of them any more.</summary>
        public bool Deceased { get; init; }

        /// <summary>The court tests at random in the participant's phase, and they take part in no draw: somebody is to start it (R31).</summary>
        public bool NotInDraws { get; init; }

        /// <summary>Those of further times that the same person takes part in this court, on other records of theirs.</summary>
        public IReadOnlyList<Other> Others { get; init; } = [];

        [JsonIgnore]
        public IEnumerable<Guid> AlsoShown => Others.Select(other => other.ClientId);
    }

    /// <param name="ClientId">The record that they are on.</param>
    public sealed record Other(Guid ParticipationId, Guid ClientId, bool TakesPart, IReadOnlyList<Test> Tests);

    /// <param name="Day">Local day that it is for.</param>
    /// <param name="CountsOn">Local day by which it counts: of the specimen, of the refusal, or of the end of the window; null while nobody answered it.</param>
    /// <param name="Awaits">What is to come next, and whether that is late.</param>
    /// <param name="AwaitsUntil">When that is, or was, due; null where there is no due time.</param>
    /// <param name="Standing">What the test counts as, all in all.</param>
    /// <param name="Against">What stands against the participant beside the result, and what each counts as.</param>
    /// <param name="Facts">Everything recorded of it, in order; a correction names one of them.</param>
    public sealed record Test(
        Guid TestId,
        DateOnly Day,
        DateOnly? CountsOn,
        TestSelection Selection,
        bool CaughtUp,
        TestPhase Phase,
        TestAwaits Awaits,
        DateTimeOffset? AwaitsUntil,
        TestStanding Standing,
        Specimen? Specimen,
        DateTimeOffset? NotifiedAt,
        DateTimeOffset? CollectBy,
        DateTimeOffset? CollectedAt,
        TestOutcome? Outcome,
        IReadOnlyList<Counted> Against,
        bool Contested,
        bool Confirmed,
        bool Corrected,
        int CourtVersion,
        IReadOnlyList<Fact> Facts)
    {
        /// <summary>When a result was first reported, as it stands; null while there is none.</summary>
        public DateTimeOffset? ReportedAt { get; init; }
    }

    public sealed record Counted(TestStatement Statement, CountsAs CountsAs);

    /// <param name="Words">Reason, words of the participant or number of the custody form; null for none, or when it was erased.</param>
    /// <param name="Beside">What the client had put beside it, and that it is on the wrong person; null for nothing.</param>
    public sealed record Fact(Guid EventId, string Kind, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string? By, string? Words, EntryBeside? Beside = null)
    {
        /// <summary>What a report or a confirmation says was found, as it was told, or a correction is right; left out for none.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public TestOutcome? Outcome { get; init; }

        /// <summary>Of a correction: what was wrong, and what is right; left out of anything else.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public Right? Corrects { get; init; }

        /// <summary>The last correction of it, which says what is right; left out where nothing was wrong.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public Guid? CorrectedBy { get; init; }
    }

    /// <param name="EventId">The fact that was wrong.</param>
    /// <param name="Statement">What of it was; it is struck out where neither an outcome nor a time is right.</param>
    /// <param name="OccurredAt">When it was ordered, told, given, reported or confirmed, or the window ended, where that was wrong.</param>
    /// <param name="Day">Local day that the test is for, where that follows from when it was ordered.</param>
    public sealed record Right(Guid EventId, TestStatement Statement, TestError Error, DateTimeOffset? OccurredAt, DateOnly? Day)
    {
        /// <summary>End of the window, where the participant was told at another time; left out of anything else.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public DateTimeOffset? CollectBy { get; init; }

        /// <summary>Whether the specimen was given in time, where that is judged otherwise than before; left out where it stays.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public bool? InTime { get; init; }
    }

    private static readonly DateTimeOffset At = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);

    public static View Example { get; } = new(
        Guid.Parse("0195d6c4-0000-8000-8000-0000000000d1"), Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), "drug-court", TakesPart: true,
        [
            new Test(
                Guid.Parse("0195d6c4-0000-8000-8000-0000000000e1"), new DateOnly(2026, 3, 3), CountsOn: new DateOnly(2026, 3, 3), TestSelection.Random, CaughtUp: false,
                TestPhase.Missed, TestAwaits.Nothing, AwaitsUntil: null, TestStanding.NonCompliance, Domain.DrugTests.Specimen.Urine, At, At.AddHours(8), CollectedAt: null, Outcome: null,
                [new Counted(TestStatement.Missed, CountsAs.NonCompliance)], Contested: false, Confirmed: false, Corrected: false, CourtVersion: 1,
                [new Fact(Guid.Parse("0195d6c4-0000-7000-8000-0000000000e2"), "drug_test_missed", At.AddHours(8), At.AddHours(9), "coordinator-1", Words: null)]),
        ]);

    public static async Task<IResult> HandleAsync(
        Guid participationId, AskedMoment asked, Actor actor, IEventStore store, StreamMoments moments, CourtMoments courts, PersonParticipations persons,
        Persons records, OpenedTexts texts, BesideEntries besides, EntrySights sights, HttpResponse response, CancellationToken cancellation)
    {
        var participation = (await store.FoldAsync(Streams.Participation, actor.Jurisdiction, participationId, cancellation)).State;
        if (!ParticipationDesk.Acts(actor, participation))
            return Problems.From(ParticipationRejections.NotFound(participationId));

        var moment = await moments.ResolveAsync(asked, cancellation);
        // What is told by the day counts at its end as of a moment; where none is asked, all that is recorded does, today's too.
        var by = asked.AsOf ?? DateTimeOffset.MaxValue;
        var read = await PartAsync(participationId, participation.ClientId);
        var roster = await store.ReadStreamAsync(
            actor.Jurisdiction, StreamIds.TestingRoster(actor.Jurisdiction, participation.Court!), upToPosition: moment.Position, cancellation: cancellation);
        bool Had(RecordedEvent recorded) => ((DomainEvent)recorded.Data).CountsFrom() <= by;
        var tested = roster.Events.Where(Had).Aggregate(
            TestingRosterState.Initial, (state, recorded) => TestingRosterState.Evolve(state, (TestingRosterEvent)recorded.Data)).Tested;
        var further = await persons.OfAsync(actor, participation, moment.Position, cancellation);
        Guid[] clients = [participation.ClientId, .. further.Select(other => other.ClientId)];
        await texts.PreloadAsync(actor.Jurisdiction, clients, cancellation);
        var marks = await besides.OfAsync(actor, clients, asked, moment.Position, cancellation);
        var others = new List<(PersonParticipation Other, Part Part)>();
        foreach (var other in further)
            others.Add((other, await PartAsync(other.ParticipationId, other.ClientId)));

        var life = (await PersonLife.DeathsOfAsync(store, records, actor.Jurisdiction, [participation.ClientId], moment.Position, asked.AsOf, cancellation)).GetValueOrDefault(participation.ClientId);
        var hasDied = life?.Death is not null;

        // A position that was asked for is judged at its own time, or the same answer would become late.
        var known = await courts.KnownAsync(actor.Jurisdiction, participation.Court!, moment.Position, cancellation);
        var now = await courts.JudgedAtAsync(
            actor.Jurisdiction, asked, () => Task.FromResult(others.Select(other => other.Part.ChangedAt).Append(read.ChangedAt).Append(life?.ChangedAt ?? 0).Max()), cancellation);
        var today = known.LocalDay(now);
        if (asked.IsNow)
            response.SetVersion(read.Version);
        return TypedResults.Ok(new View(participationId, participation.ClientId, participation.Court!, tested.ContainsKey(participationId), TestsOf(read))
        {
            Deceased = hasDied,
            NotInDraws = !hasDied && known.At(now) is { InForce.Configuration: var court }
                && RandomTesting.IsMissing(court, read.Stood.Stage, read.Stood.Phase, tested.ContainsKey(participationId)),
            Others = [.. others.Select(one => new Other(one.Other.ParticipationId, one.Other.ClientId, tested.ContainsKey(one.Other.ParticipationId), TestsOf(one.Part)))],
        });

        async Task<Part> PartAsync(Guid id, Guid clientId)
        {
            var sight = await sights.OfAsync(actor, [clientId], cancellation);
            var tests = await store.ReadStreamAsync(actor.Jurisdiction, StreamIds.DrugTesting(id), upToPosition: moment.Position, cancellation: cancellation);
            var entries = await store.ReadStreamAsync(actor.Jurisdiction, id, upToPosition: moment.Position, cancellation: cancellation);
            return new Part(
                tests.Version,
                [.. sight.Told(tests.Events)],
                sight,
                ParticipationState.OfSome(Occurred.By(entries.Events, by).Select(recorded => (ParticipationEvent)recorded.Data)),
                tests.Events.Concat(entries.Events).Max(recorded => recorded.Position) ?? 0);
        }

        IReadOnlyList<Test> TestsOf(Part part)
        {
            var had = Occurred.By(part.Events, by).ToList();
            var selected = had.Select(recorded => recorded.Data).OfType<DrugTestSelected>().Select(fact => fact.TestId).ToHashSet();
            var facts = had.Where(recorded => selected.Contains(((DrugTestEvent)recorded.Data).TestId)).ToList();
            var state = facts.Aggregate(DrugTestingState.Initial, (folded, recorded) => DrugTestingState.Evolve(folded, (DrugTestEvent)recorded.Data));
            var byTest = facts.ToLookup(recorded => ((DrugTestEvent)recorded.Data).TestId);
            return
            [
                .. state.Tests.Values.OrderBy(test => test.Day).ThenBy(test => test.TestId).Select(test => Of(
                    test, TestWait.Of(test, known.TestRulesOf(test.CourtVersion), part.Stood.IsOver || hasDied, now, today), FactsOf([.. byTest[test.TestId].Where(recorded => !part.Sight.Hides(recorded))]))),
            ];
        }

        IEnumerable<Fact> FactsOf(IReadOnlyList<RecordedEvent> shown) => shown.Select(recorded => FactOf(recorded) with
        {
            CorrectedBy = shown.LastOrDefault(one => one.Data is DrugTestCorrected correction && correction.CorrectedEventId == recorded.EventId)?.EventId,
        });

        Fact FactOf(RecordedEvent recorded) => new(
            recorded.EventId,
            ProjectionCatalogue.EventTypes.StoredName(recorded.Data.GetType()),
            ((DomainEvent)recorded.Data).OccurredAt,
            recorded.RecordedAt,
            (recorded.Headers as Circumstances)?.Actor,
            texts.Open(actor.Jurisdiction, WordsOf((DrugTestEvent)recorded.Data)?.Token),
            marks.Of(recorded.EventId))
        {
            Outcome = recorded.Data switch
            {
                DrugTestResultReported e => e.Outcome,
                DrugTestConfirmed e => e.Outcome,
                DrugTestCorrected e => e.Outcome,
                _ => null,
            },
            Corrects = recorded.Data is DrugTestCorrected right ? new Right(right.CorrectedEventId, right.Corrects, right.Error, right.CorrectedOccurredAt, right.Day) { CollectBy = right.CollectBy, InTime = right.InTime } : null,
        };
    }

    /// <param name="Version">Of the stream of tests.</param>
    /// <param name="Events">Those that count in what is told.</param>
    /// <param name="Sight">What is hidden.</param>
    /// <param name="Stood">How the participation stood.</param>
    /// <param name="ChangedAt">Log position of what was recorded of it last.</param>
    private sealed record Part(long Version, IReadOnlyList<RecordedEvent> Events, EntrySight Sight, ParticipationState Stood, long ChangedAt);

    private static Test Of(DrugTest test, TestWait wait, IEnumerable<Fact> facts) => new(
        test.TestId, test.Day, test.AnsweredOn, test.Selection, test.CaughtUp, test.Phase, wait.For, wait.Until, test.Standing, test.Specimen, test.NotifiedAt,
        test.CollectBy, test.CollectedAt,
        test.Outcome, [.. test.Against.Select(one => new Counted(one.Key, one.Value))], test.Contested, test.Confirmed, test.Corrected, test.CourtVersion,
        [.. facts])
    { ReportedAt = test.ReportedAt };

    private static Sealed<string>? WordsOf(DrugTestEvent fact) => fact switch
    {
        DrugTestSelected e => e.Reason,
        DrugTestCollected e => e.Custody,
        DrugTestRefused e => e.Words,
        DrugTestContested e => e.Words,
        DrugTestCorrected e => e.Reason,
        DrugTestExcused e => e.Reason,
        _ => null,
    };
}
