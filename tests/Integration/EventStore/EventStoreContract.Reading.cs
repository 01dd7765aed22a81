using CaseFlow.EventStore;
using CaseFlow.EventStore.Sealing;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.EventStore;

/// <summary>Reading.</summary>
public abstract partial class EventStoreContract
{
    private static readonly EventCodec Older = CodecOf(new EventTypes([typeof(Before.DoseGiven)]));

    [Fact]
    public async Task A_stream_is_read_from_a_version_and_only_by_its_tenant()
    {
        var stream = Guid.NewGuid();
        await Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit(1), Visit(2), Visit(3)), Stop);

        var tail = await Store.ReadStreamAsync(Tenant, stream, fromVersion: 2, cancellation: Stop);
        tail.Version.ShouldBe(3);
        tail.Events.Select(recorded => recorded.Version).ShouldBe([2, 3]);

        var beyond = await Store.ReadStreamAsync(Tenant, stream, fromVersion: 9, cancellation: Stop);
        beyond.Version.ShouldBe(3);
        beyond.Events.ShouldBeEmpty();

        (await Store.ReadStreamAsync("county-b", stream, cancellation: Stop)).Version.ShouldBe(0);
        (await Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit()) with { TenantId = "county-b" }, Stop))
            .ShouldBeOfType<AppendResult.Appended>();
    }

    [Fact]
    public async Task Many_streams_are_read_at_once_and_those_that_do_not_exist_are_left_out()
    {
        var (first, second, missing) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await Store.AppendAsync(
            Of(To(first, ExpectedVersion.NoStream, Visit(1), Visit(2)), To(second, ExpectedVersion.NoStream, Visit(3)) with { CorrelationId = "own" }), Stop);

        var read = await Store.ReadStreamsAsync(Tenant, [second, missing, first, first], Stop);

        read.Keys.ShouldBe([first, second], ignoreOrder: true);
        read[first].Version.ShouldBe(2);
        read[first].Events.Select(recorded => recorded.Version).ShouldBe([1, 2]);
        read[first].Events[0].Metadata.CorrelationId.ShouldBe("conversation-1");
        read[second].Events.ShouldHaveSingleItem().Metadata.CorrelationId.ShouldBe("own");
        (await Store.ReadStreamsAsync("county-b", [first], Stop)).ShouldBeEmpty();
        (await Store.ReadStreamsAsync(Tenant, [], Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_many_streams_only_some_types_are_read_and_those_without_any_are_left_out()
    {
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await Store.AppendAsync(Of(To(first, ExpectedVersion.NoStream, Visit(1), Visit(2)), To(second, ExpectedVersion.NoStream, Visit(3))), Stop);

        var all = await Store.ReadStreamsAsync(Tenant, [first, second, Guid.NewGuid()], [typeof(VisitNoted)], Stop);

        all.Keys.ShouldBe([first, second], ignoreOrder: true);
        all[first].Select(recorded => recorded.Version).ShouldBe([1, 2]);
        (await Store.ReadStreamsAsync(Tenant, [first, second], [typeof(DoseGiven)], Stop)).ShouldBeEmpty();
        (await Store.ReadStreamsAsync("county-b", [first], [typeof(VisitNoted)], Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Promise_6_a_stream_up_to_a_position_is_what_was_held_there()
    {
        var (stream, other) = (Guid.NewGuid(), Guid.NewGuid());
        await Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit(1)), Stop);
        await Store.AppendAsync(One(other, ExpectedVersion.NoStream, Visit()), Stop);
        await Store.AppendAsync(One(stream, ExpectedVersion.Exactly(1), Visit(2)), Stop);
        await PlaceAsync();

        foreach (var (position, version) in new (long, long)[] { (0, 0), (1, 1), (2, 1), (3, 2) })
        {
            var read = await Store.ReadStreamAsync(Tenant, stream, upToPosition: position, cancellation: Stop);
            read.Version.ShouldBe(version);
            read.Events.Count.ShouldBe((int)version);
            (await Store.ReadStreamAsync(Tenant, stream, 7, position, Stop)).Version.ShouldBe(version);
        }
    }

    [Fact]
    public async Task Promise_7_the_log_is_dense_in_order_and_its_stamps_never_go_back()
    {
        (await Store.EndOfLogAsync(Stop)).ShouldBe(new LogEnd(0, DateTimeOffset.MinValue));
        var previous = DateTimeOffset.MinValue;
        for (var batch = 0; batch < 3; batch++)
        {
            var visits = One(Guid.NewGuid(), ExpectedVersion.NoStream, [.. Enumerable.Range(1, 400).Select(Visit)]);
            await Store.AppendAsync(visits with { TenantId = batch == 1 ? "county-b" : Tenant }, Stop);
            await PlaceAsync();
            var end = await Store.EndOfLogAsync(Stop);
            end.Position.ShouldBe(400 * (batch + 1));
            end.StampedAt.ShouldBeGreaterThanOrEqualTo(previous);
            previous = end.StampedAt;
        }

        var log = await Store.ReadLogAsync(0, cancellation: Stop).ToListAsync(Stop);
        log.Select(recorded => recorded.Position!.Value).ShouldBe(Numbers(1200));
        log.Select(recorded => recorded.Sequence).ShouldBeInOrder();
        (await Store.ReadLogAsync(300, Tenant, 1000, Stop).Select(recorded => recorded.Position!.Value).ToListAsync(Stop))
            .ShouldBe(Numbers(1000).Where(position => position is > 300 and (<= 400 or > 800)));
        (await Store.ReadLogAsync(1200, cancellation: Stop).ToListAsync(Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_log_shows_each_event_as_its_stream_does_however_long_and_in_any_writing()
    {
        string[] places = ["office", "", "Bücherei «Łódź» 漢字 😀 \"\\\n", new('x', 200_000), new('ß', 70_000), new('漢', 30_000), "last"];
        NewEvent[] Visits() => [.. places.Select((place, n) => new NewEvent(
            Guid.CreateVersion7(), new VisitNoted(n, place), n % 2 == 0 ? new ExampleHeaders("agent", place) : null))];
        var (told, loaded) = (Guid.NewGuid(), Guid.NewGuid());
        await Store.AppendAsync(One(told, ExpectedVersion.NoStream, Visits()) with { Metadata = new AppendMetadata("Агент 1") }, Stop);
        await Bulk.AppendManyAsync(Tenant, Told(new BulkEvents(loaded, "visits", Visits(), "漢字")), Importing, Stop);
        await PlaceAsync();

        RecordedEvent[] held =
        [
            .. (await Store.ReadStreamAsync(Tenant, told, cancellation: Stop)).Events, .. (await Store.ReadStreamAsync(Tenant, loaded, cancellation: Stop)).Events,
        ];

        held.Select(recorded => ((VisitNoted)recorded.Data).Place).ShouldBe([.. places, .. places]);
        held.Select(recorded => (recorded.Headers as ExampleHeaders)?.Agency).ShouldBe(
            [.. places.Concat(places).Select((place, n) => n % places.Length % 2 == 0 ? place : null)]);
        held.Select(recorded => recorded.Metadata).Distinct().ShouldBe([new AppendMetadata("Агент 1"), new AppendMetadata("importer", "漢字")]);
        var shown = held.Select(recorded => recorded with { StreamType = null }).ToList();
        (await Store.ReadLogAsync(0, cancellation: Stop).ToListAsync(Stop)).ShouldBe(shown);
        (await Store.ReadLogAsync(0, Tenant, cancellation: Stop).ToListAsync(Stop)).ShouldBe(shown);
        (await Store.ReadLogPageAsync(3, 4, cancellation: Stop)).ShouldBe(shown[3..7]);
    }

    [Fact]
    public async Task Promise_7_an_instant_resolves_to_one_position_for_ever()
    {
        var before = (await InstantAsync()).AddMinutes(-1);
        await Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit()), Stop);
        await PlaceAsync();
        var between = await InstantAsync();
        (await Store.PositionAtAsync(between, Stop)).ShouldBe(1);
        await Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit(), Visit(2)), Stop);
        await PlaceAsync();

        (await Store.PositionAtAsync(before, Stop)).ShouldBe(0);
        (await Store.PositionAtAsync(between, Stop)).ShouldBe(1);
        (await Store.PositionAtAsync((await Store.EndOfLogAsync(Stop)).StampedAt, Stop)).ShouldBe(3);
        (await Store.PositionAtAsync(between.AddYears(1), Stop)).ShouldBe(3);
    }

    [Fact]
    public async Task Promise_8_an_unknown_name_is_unreadable_and_says_which()
    {
        var stream = Guid.NewGuid();
        await Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit(), Visit(2)), Stop);
        await PlaceAsync();

        var unreadable = await Should.ThrowAsync<UnreadableEventException>(() =>
            Through(Older).ReadStreamAsync(Tenant, stream, fromVersion: 2, cancellation: Stop));

        (unreadable.StreamId, unreadable.Version, unreadable.StoredName).ShouldBe((stream, 2, "visit_noted"));
        await Should.ThrowAsync<UnreadableEventException>(async () =>
            await Through(Older).ReadLogAsync(0, cancellation: Stop).ToListAsync(Stop));
    }

    [Fact]
    public async Task Promise_8_json_that_does_not_fit_is_unreadable_in_either_direction()
    {
        var (older, newer) = (Guid.NewGuid(), Guid.NewGuid());
        await Through(Older).AppendAsync(
            One(older, ExpectedVersion.NoStream, new NewEvent(Guid.NewGuid(), new Before.DoseGiven(2))), Stop);
        await Store.AppendAsync(
            One(newer, ExpectedVersion.NoStream, new NewEvent(Guid.NewGuid(), new DoseGiven(2, DoseUnit.NasalSpray))), Stop);

        var missing = await Should.ThrowAsync<UnreadableEventException>(() =>
            Store.ReadStreamAsync(Tenant, older, cancellation: Stop));
        missing.Message.ShouldContain("unit");
        var unmapped = await Should.ThrowAsync<UnreadableEventException>(() =>
            Through(Older).ReadStreamAsync(Tenant, newer, cancellation: Stop));
        unmapped.Message.ShouldContain("unit");
    }

    [Fact]
    public async Task An_older_shape_is_upcast()
    {
        var stream = Guid.NewGuid();
        await Through(Older).AppendAsync(
            One(stream, ExpectedVersion.NoStream, new NewEvent(Guid.NewGuid(), new Before.DoseGiven(2))), Stop);
        var upcasting = CodecOf(new EventTypes([typeof(DoseGiven)], new Dictionary<string, Func<System.Text.Json.Nodes.JsonObject, System.Text.Json.Nodes.JsonObject>>
        {
            ["dose_given"] = older =>
            {
                if (!older.ContainsKey("unit"))
                    older["unit"] = "milligram";
                return older;
            },
        }));
        await Through(upcasting).AppendAsync(
            One(stream, ExpectedVersion.Exactly(1), new NewEvent(Guid.NewGuid(), new DoseGiven(1, DoseUnit.NasalSpray))), Stop);

        (await Through(upcasting).ReadStreamAsync(Tenant, stream, cancellation: Stop)).Events.Select(recorded => recorded.Data)
            .ShouldBe([new DoseGiven(2, DoseUnit.Milligram), new DoseGiven(1, DoseUnit.NasalSpray)]);
    }

    [Fact]
    public async Task Sealed_members_are_tokens_when_read_and_never_copied_into_another_event()
    {
        var (client, stream) = (Guid.NewGuid(), Guid.NewGuid());
        await Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Named(client, "Planted Name", "Planted Alias")), Stop);

        var stored = (PersonNamed)(await Store.ReadStreamAsync(Tenant, stream, cancellation: Stop)).Events[0].Data;

        stored.Name.IsPlain.ShouldBeFalse();
        stored.Name.Token.ShouldStartWith($"v1.{client:N}.");
        stored.Aliases.ShouldHaveSingleItem().IsPlain.ShouldBeFalse();
        await Should.ThrowAsync<SealBrokenException>(() => Store.AppendAsync(
            One(stream, ExpectedVersion.Exactly(1), new NewEvent(Guid.NewGuid(), stored, null, client)), Stop));
        await Should.ThrowAsync<SealBrokenException>(() => Store.AppendAsync(
            One(stream, ExpectedVersion.Exactly(1), Named(client, "No subject") with { SubjectId = null }), Stop));
    }

    /// <summary>An instant between two events, whatever the grain of the clock.</summary>
    private static async Task<DateTimeOffset> InstantAsync()
    {
        await Task.Delay(20, Stop);
        var instant = DateTimeOffset.UtcNow;
        await Task.Delay(20, Stop);
        return instant;
    }
}
