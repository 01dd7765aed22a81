using CaseFlow.EventStore;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.EventStore;

/// <summary>The numbered promises of <see cref="IEventStore"/>, kept by every store: appending.</summary>
public abstract partial class EventStoreContract
{
    protected abstract IEventStore Store { get; }

    /// <summary>The same contents, as a later version of the program would read them.</summary>
    protected abstract IEventStore Through(EventCodec codec);

    /// <summary>Gives every event its log position.</summary>
    protected abstract Task PlaceAsync();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_appended_event_is_read_back_whole()
    {
        var (stream, visit) = (Guid.NewGuid(), Visit());
        var appended = (await Store.AppendAsync(One(stream, ExpectedVersion.NoStream, visit), Stop)).ShouldBeOfType<AppendResult.Appended>();
        appended.Versions[stream].ShouldBe(1);
        await PlaceAsync();

        var read = await Store.ReadStreamAsync(Tenant, stream, cancellation: Stop);

        read.Version.ShouldBe(1);
        var recorded = read.Events.ShouldHaveSingleItem();
        recorded.ShouldBe(new RecordedEvent(
            Tenant, stream, "visits", 1, visit.EventId, appended.LastSequence, 1, recorded.RecordedAt, visit.Data,
            new ExampleHeaders("agent"), new AppendMetadata("agent-1", "conversation-1", "cause-1")));
        recorded.RecordedAt.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        recorded.RecordedAt.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Promise_1_an_append_is_all_or_nothing_over_its_streams_and_its_answer()
    {
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await Store.AppendAsync(One(second, ExpectedVersion.NoStream, Visit()), Stop);

        var refused = await Store.AppendAsync(
            Of(To(first, ExpectedVersion.NoStream, Visit()), To(second, ExpectedVersion.NoStream, Visit())) with { Answer = Answer() },
            Stop);

        refused.ShouldBe(new AppendResult.Conflict(second, 0, 1));
        (await Store.ReadStreamAsync(Tenant, first, cancellation: Stop)).Version.ShouldBe(0);
        (await Store.FindAnswerAsync(Tenant, "agent-1", "key-1", Stop)).ShouldBeNull();

        await Store.AppendAsync(
            Of(To(first, ExpectedVersion.NoStream, Visit(), Visit(2)), To(second, ExpectedVersion.Exactly(1), Visit())), Stop);
        (await Store.ReadStreamAsync(Tenant, first, cancellation: Stop)).Version.ShouldBe(2);
        (await Store.ReadStreamAsync(Tenant, second, cancellation: Stop)).Version.ShouldBe(2);
    }

    [Fact]
    public async Task Promise_2_fifty_parallel_writers_neither_lose_nor_repeat_a_version()
    {
        var stream = Guid.NewGuid();

        var results = await Task.WhenAll(Enumerable.Range(1, 50).Select(number =>
            Store.AppendAsync(One(stream, ExpectedVersion.Any, Visit(number)), Stop)));

        results.OfType<AppendResult.Appended>().Select(result => result.Versions[stream]).Order().ShouldBe(Numbers(50));
        var read = await Store.ReadStreamAsync(Tenant, stream, cancellation: Stop);
        read.Events.Select(recorded => recorded.Version).ShouldBe(Numbers(50));
        read.Events.Select(recorded => ((VisitNoted)recorded.Data).Number).Order().ShouldBe(Enumerable.Range(1, 50));
    }

    [Fact]
    public async Task Promise_2_fifty_careful_writers_all_get_through_by_reading_again()
    {
        var stream = Guid.NewGuid();

        await Task.WhenAll(Enumerable.Range(1, 50).Select(async number =>
        {
            var visit = Visit(number);
            while (true)
            {
                var version = (await Store.ReadStreamAsync(Tenant, stream, cancellation: Stop)).Version;
                if (await Store.AppendAsync(One(stream, ExpectedVersion.Exactly(version), visit), Stop) is AppendResult.Appended)
                    return;
            }
        }));

        var read = await Store.ReadStreamAsync(Tenant, stream, cancellation: Stop);
        read.Events.Select(recorded => recorded.Version).ShouldBe(Numbers(50));
        read.Events.Select(recorded => ((VisitNoted)recorded.Data).Number).Order().ShouldBe(Enumerable.Range(1, 50));
    }

    [Fact]
    public async Task Promise_3_of_two_writers_at_one_version_exactly_one_wins()
    {
        for (var round = 0; round < 20; round++)
        {
            var stream = Guid.NewGuid();
            if (round % 2 == 1)
                await Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit()), Stop);
            var expected = ExpectedVersion.Exactly(round % 2);

            var results = await Task.WhenAll(
                Store.AppendAsync(One(stream, expected, Visit(1)), Stop), Store.AppendAsync(One(stream, expected, Visit(2)), Stop));

            results.OfType<AppendResult.Appended>().Count().ShouldBe(1);
            results.OfType<AppendResult.Conflict>().ShouldHaveSingleItem()
                .ShouldBe(new AppendResult.Conflict(stream, round % 2, (round % 2) + 1));
        }
    }

    [Fact]
    public async Task Promise_3_a_conflict_tells_the_version_found()
    {
        var stream = Guid.NewGuid();
        (await Store.AppendAsync(One(stream, ExpectedVersion.Exactly(3), Visit()), Stop))
            .ShouldBe(new AppendResult.Conflict(stream, 3, 0));
        await Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit(), Visit(2)), Stop);
        (await Store.AppendAsync(One(stream, ExpectedVersion.Exactly(1), Visit()), Stop))
            .ShouldBe(new AppendResult.Conflict(stream, 1, 2));
        (await Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit()), Stop))
            .ShouldBe(new AppendResult.Conflict(stream, 0, 2));
    }

    [Fact]
    public async Task Promise_4_a_guard_is_checked_and_writes_nothing()
    {
        var (guarded, absent, stream) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await Store.AppendAsync(One(guarded, ExpectedVersion.NoStream, Visit()), Stop);

        var appended = await Store.AppendAsync(
            Of(To(guarded, ExpectedVersion.Exactly(1)), To(absent, ExpectedVersion.NoStream), To(stream, ExpectedVersion.NoStream, Visit())),
            Stop);

        appended.ShouldBeOfType<AppendResult.Appended>().Versions.ShouldBe(
            new Dictionary<Guid, long> { [guarded] = 1, [absent] = 0, [stream] = 1 }, ignoreOrder: true);
        (await Store.ReadStreamAsync(Tenant, guarded, cancellation: Stop)).Version.ShouldBe(1);
        (await Store.ReadStreamAsync(Tenant, absent, fromVersion: 5, cancellation: Stop)).Version.ShouldBe(0);
        (await Store.AppendAsync(One(absent, ExpectedVersion.NoStream, Visit()), Stop)).ShouldBeOfType<AppendResult.Appended>();
    }

    [Fact]
    public async Task Promise_4_a_guard_that_does_not_hold_refuses_the_append()
    {
        var (guarded, stream) = (Guid.NewGuid(), Guid.NewGuid());
        await Store.AppendAsync(One(guarded, ExpectedVersion.NoStream, Visit()), Stop);

        foreach (var expected in new[] { ExpectedVersion.NoStream, ExpectedVersion.Exactly(2) })
        {
            (await Store.AppendAsync(Of(To(guarded, expected), To(stream, ExpectedVersion.NoStream, Visit())), Stop))
                .ShouldBe(new AppendResult.Conflict(guarded, expected.Version!.Value, 1));
        }

        (await Store.ReadStreamAsync(Tenant, stream, cancellation: Stop)).Version.ShouldBe(0);
        (await Store.AppendAsync(One(guarded, ExpectedVersion.Any), Stop))
            .ShouldBeOfType<AppendResult.Appended>().Versions[guarded].ShouldBe(1);
    }

    [Fact]
    public async Task Promise_5_an_append_that_repeats_its_ids_is_answered_as_the_first_time()
    {
        var append = One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit(), Visit(2)) with { Answer = Answer() };
        var first = (AppendResult.Appended)await Store.AppendAsync(append, Stop);

        var second = (AppendResult.Appended)await Store.AppendAsync(append, Stop);

        second.LastSequence.ShouldBe(first.LastSequence);
        second.Versions.ShouldBe(first.Versions);
        (await Store.ReadStreamAsync(Tenant, append.Streams[0].StreamId, cancellation: Stop)).Events.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Promise_5_an_id_that_names_another_event_is_an_error()
    {
        var visit = Visit();
        await Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, visit), Stop);
        await Should.ThrowAsync<InvalidOperationException>(() =>
            Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, visit), Stop));
    }

    [Fact]
    public async Task The_first_answer_under_a_key_is_kept_and_found()
    {
        var stream = Guid.NewGuid();
        var append = One(stream, ExpectedVersion.NoStream, Visit()) with { Answer = Answer() };
        await Store.AppendAsync(append, Stop);

        var again = await Store.AppendAsync(
            One(stream, ExpectedVersion.NoStream, Visit()) with { Answer = Answer(status: 409) }, Stop);

        again.ShouldBeOfType<AppendResult.AnsweredBefore>().Answer.ShouldBeEquivalentTo(Answer());
        (await Store.FindAnswerAsync(Tenant, "agent-1", "key-1", Stop)).ShouldBeEquivalentTo(Answer());
        (await Store.FindAnswerAsync("county-b", "agent-1", "key-1", Stop)).ShouldBeNull();
        (await Store.AppendAsync(Of() with { Answer = Answer(actor: "agent-2") }, Stop)).ShouldBeOfType<AppendResult.Appended>();
    }

    [Fact]
    public async Task An_append_that_contradicts_itself_is_a_mistake_of_the_program()
    {
        var (stream, visit) = (Guid.NewGuid(), Visit());
        Append[] wrong =
        [
            One(stream, ExpectedVersion.Any, visit) with { TenantId = "" },
            One(stream, ExpectedVersion.Any, visit, visit),
            Of(To(stream, ExpectedVersion.Any, visit), To(stream, ExpectedVersion.Any)),
            Of(),
            One(stream, ExpectedVersion.Any, new NewEvent(Guid.NewGuid(), "no event")),
            One(stream, ExpectedVersion.Any, visit with { Headers = "no headers" }),
        ];
        foreach (var append in wrong)
            await Should.ThrowAsync<ArgumentException>(() => Store.AppendAsync(append, Stop));
    }

    private static IEnumerable<long> Numbers(int count) => Enumerable.Range(1, count).Select(number => (long)number);
}
