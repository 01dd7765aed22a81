using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Projections;

namespace CaseFlow.Unit.Privacy;

/// <summary>What corrects an entry goes with it, whatever takes that away and whenever: else it tells of what is hidden.</summary>
public sealed class GoingWithWhatIsCorrected : IDisposable
{
    private static readonly Guid ClientId = Guid.NewGuid();
    private static readonly Actor Coordinator = new("coordinator-1", Role.Coordinator, "demo", "court");
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly RecordedEvent Entry = At(1, new IncentiveGranted("praise", "attended"));

    private readonly string path = Path.Combine(Path.GetTempPath(), $"caseflow-key-{Guid.NewGuid():N}");
    private readonly SetClock clock = new();
    private readonly InMemoryEventStore store;

    public GoingWithWhatIsCorrected() => store = new InMemoryEventStore(ProjectionCatalogue.Codec, clock, FileWrappingKey.OpenOrCreate(path));

    public void Dispose() => File.Delete(path);

    /// <summary>The class is erased on the third day; the correction comes before that or after it, and the entry is found to be of the class later.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_correction_goes_with_an_entry_that_is_found_to_be_of_a_class(int correctedOn)
    {
        RecordedEvent[] events = [Entry, At(correctedOn, new CourtEntryRetracted(Guid.Empty, "incentive_granted", Entry.EventId, null))];
        await RecordAsync(3, "erasure", StreamIds.Erasure(ClientId), new ExpunctionApplied(Guid.NewGuid(), ErasureScope.Juvenile, ErasureAuthority.Court, "juvenile-expunction", [])
        {
            ClientId = ClientId,
        });
        (await TellsAsync(events)).ShouldBe(events);
        (await ShowsAsync(events)).ShouldBe(events);

        await RelabelAsync(Entry, Label.Juvenile);

        (await TellsAsync(events)).ShouldBeEmpty();
        (await ShowsAsync(events)).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_goes_with_an_entry_that_its_labels_hide_by_now_and_counts_where_only_it_is_hidden_itself()
    {
        var correction = At(2, new CourtEntryRetracted(Guid.Empty, "incentive_granted", Entry.EventId, null));
        var again = At(3, new CourtEntryRetracted(Guid.Empty, "court_entry_retracted", correction.EventId, null));
        RecordedEvent[] events = [Entry, correction, again];
        await RelabelAsync(correction, Label.WorkerPrivate);
        (await TellsAsync(events)).ShouldBe(events, "or somebody would be told what is known to be wrong");
        (await ShowsAsync(events)).ShouldBe([Entry]);

        await RelabelAsync(Entry, Label.WorkerPrivate);

        (await TellsAsync(events)).ShouldBeEmpty();
        (await ShowsAsync(events)).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_counts_by_what_it_corrects_also_where_something_else_decides_what_is_shown()
    {
        var correction = At(2, new CourtEntryRetracted(Guid.Empty, "incentive_granted", Entry.EventId, null));
        RecordedEvent[] events = [Entry, correction];
        var sight = await SightAsync();

        sight.Told(events, recorded => recorded == Entry).ShouldBe(events);
        sight.Told(events, recorded => recorded == correction).ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<RecordedEvent>> TellsAsync(RecordedEvent[] events) => [.. (await SightAsync()).Told(events)];

    private async Task<IReadOnlyList<RecordedEvent>> ShowsAsync(RecordedEvent[] events)
    {
        var sight = await SightAsync();
        return [.. events.Shown(recorded => !sight.Hides(recorded))];
    }

    private Task<EntrySight> SightAsync() => new EntrySights(store).OfAsync(Coordinator, [ClientId], TestContext.Current.CancellationToken);

    private Task RelabelAsync(RecordedEvent entry, Label label) => RecordAsync(5, "labels", StreamIds.Labels(ClientId), new EventLabelsCorrected(
        entry.EventId, "incentive_granted", null, [Label.CourtOpen.Code()], [Label.CourtOpen.Code(), label.Code()], Sealed<string>.Of("Found later."))
    {
        ClientId = ClientId,
    });

    private async Task RecordAsync(int day, string kind, Guid streamId, DomainEvent fact)
    {
        clock.Now = Start.AddDays(day);
        var about = new Circumstances { Actor = "privacy-1", Role = Role.PrivacyOfficer, RecordOf = "court" };
        (await store.AppendAsync(
            new Append("demo", [new StreamAppend(streamId, kind, ExpectedVersion.Any, [new NewEvent(Guid.NewGuid(), fact.At(clock.Now), about, ClientId)])], new AppendMetadata("privacy-1")),
            TestContext.Current.CancellationToken)).ShouldBeOfType<AppendResult.Appended>();
    }

    private static RecordedEvent At(int day, ParticipationEvent fact)
    {
        var about = new Circumstances { Actor = "coordinator-1", Role = Role.Coordinator, Agency = "court", Labels = [Label.CourtOpen.Code()] };
        return new RecordedEvent(
            "demo", ClientId, "participation", day, Guid.NewGuid(), day, day, Start.AddDays(day), fact.At(Start.AddDays(day)), about, new AppendMetadata("coordinator-1"));
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
