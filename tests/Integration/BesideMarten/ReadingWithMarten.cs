using CaseFlow.EventStore;
using CaseFlow.Integration.EventStore;
using CaseFlow.Projections;
using Marten;
using Marten.Events;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.BesideMarten;

/// <summary>What this store wrote, read by Marten itself, which changes nothing of the schema for it.</summary>
public sealed class ReadingWithMarten : IAsyncLifetime
{
    private StoreDatabase database = null!;
    private MartenApplication marten = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await StoreDatabase.CreateAsync();
        marten = MartenApplication.Over(database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await marten.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Finds_every_column_of_every_event_where_it_looks_for_it()
    {
        var stream = Guid.NewGuid();
        NewEvent[] written =
        [
            Visit(1),
            new(Guid.CreateVersion7(), new CaseFlow.Integration.EventStore.DoseGiven(2, DoseUnit.NasalSpray), new ExampleHeaders("agent", "dcc")),
            new(Guid.CreateVersion7(), new CaseFlow.Integration.EventStore.VisitNoted(3, "home")),
        ];
        await database.Store.AppendAsync(One(stream, ExpectedVersion.NoStream, written), Stop);
        var ours = (await database.Store.ReadStreamAsync(Tenant, stream, cancellation: Stop)).Events;

        await using var session = marten.Session();
        var events = await session.Events.FetchStreamAsync(stream, token: Stop);

        events.Select(found => found.Data).ShouldBe([new VisitNoted(1), new DoseGiven(2, DoseUnit.NasalSpray), new VisitNoted(3, "home")]);
        events.Select(found => (found.Id, found.StreamId, found.Version, found.Sequence, found.Timestamp, found.TenantId))
            .ShouldBe(ours.Select(recorded => (recorded.EventId, stream, recorded.Version, recorded.Sequence, recorded.RecordedAt, Tenant)));
        events.Select(found => (found.EventTypeName, found.UserName, found.CorrelationId, found.CausationId, found.IsArchived)).Distinct()
            .ShouldBe([("visit_noted", "agent-1", "conversation-1", "cause-1", false), ("dose_given", "agent-1", "conversation-1", "cause-1", false)]);
        events[1].Headers!.ShouldBe(new Dictionary<string, object> { ["role"] = "agent", ["agency"] = "dcc" }, ignoreOrder: true);
        events[2].Headers.ShouldBeNull();
        var state = (await session.Events.FetchStreamStateAsync(stream, Stop)).ShouldNotBeNull();
        (state.Version, state.IsArchived, state.LastTimestamp, state.Created).ShouldBe((3, false, ours[0].RecordedAt, ours[0].RecordedAt));
    }

    [Fact]
    public async Task Folds_a_stream_into_a_type_of_its_own_to_the_end_and_up_to_a_version()
    {
        var stream = Guid.NewGuid();
        await database.Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit(4), Visit(5)), Stop);
        await database.Store.AppendAsync(
            One(stream, ExpectedVersion.Exactly(2), new NewEvent(Guid.CreateVersion7(), new CaseFlow.Integration.EventStore.DoseGiven(7, DoseUnit.Milligram))), Stop);

        await using var session = marten.Session();

        var whole = (await session.Events.AggregateStreamAsync<VisitTally>(stream, token: Stop)).ShouldNotBeNull();
        (whole.Visits, whole.Sum, whole.Given, whole.Version).ShouldBe((2, 9, DoseUnit.Milligram, 3));
        var earlier = (await session.Events.AggregateStreamAsync<VisitTally>(stream, version: 1, token: Stop)).ShouldNotBeNull();
        (earlier.Visits, earlier.Sum, earlier.Given).ShouldBe((1, 4, null));
    }

    [Fact]
    public async Task Gets_sealed_members_as_they_are_stored()
    {
        var (stream, client) = (Guid.NewGuid(), Guid.NewGuid());
        await database.Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Named(client, "Wilhelmina Plantedname", "Mina")), Stop);
        var ours = (CaseFlow.Integration.EventStore.PersonNamed)(await database.Store.ReadStreamAsync(Tenant, stream, cancellation: Stop)).Events[0].Data;

        await using var session = marten.Session();
        var read = (PersonNamed)(await session.Events.FetchStreamAsync(stream, token: Stop)).ShouldHaveSingleItem().Data;

        read.ClientId.ShouldBe(client);
        read.Name.ShouldBe(ours.Name.Token);
        read.Name.ShouldStartWith($"v1.{client:N}");
        read.Aliases.ShouldBe(ours.Aliases.Select(alias => alias.Token));
    }

    [Fact]
    public async Task Is_shown_one_tenants_stream_and_not_the_others_of_the_same_id()
    {
        var stream = Guid.NewGuid();
        await database.Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit(1)), Stop);
        await database.Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit(2), Visit(3)) with { TenantId = "county-b" }, Stop);

        await using var here = marten.Session();
        await using var there = marten.Session("county-b");
        await using var nowhere = marten.Session("county-c");

        (await here.Events.FetchStreamAsync(stream, token: Stop)).Select(found => found.Data).ShouldBe([new VisitNoted(1)]);
        (await there.Events.FetchStreamAsync(stream, token: Stop)).Select(found => found.Data).ShouldBe([new VisitNoted(2), new VisitNoted(3)]);
        (await nowhere.Events.FetchStreamAsync(stream, token: Stop)).ShouldBeEmpty();
        (await nowhere.Events.FetchStreamStateAsync(stream, Stop)).ShouldBeNull();
        (await there.Events.QueryAllRawEvents().CountAsync(Stop)).ShouldBe(2);
    }

    [Fact]
    public void Gives_every_event_of_the_program_the_stored_name_and_type_that_the_program_gives_it()
    {
        var types = ProjectionCatalogue.EventTypes.All;
        var graph = (EventGraph)new StoreOptions().Events;

        types.Count.ShouldBeGreaterThan(100);
        foreach (var (name, type) in types)
        {
            var mapping = graph.EventMappingFor(type);
            (mapping.EventTypeName, mapping.DotNetTypeName).ShouldBe((name, $"{type.FullName}, {type.Assembly.GetName().Name}"));
        }
    }
}

/// <summary>What the application makes of a stream.</summary>
public sealed class VisitTally
{
    public Guid Id { get; set; }

    public long Version { get; set; }

    public int Visits { get; set; }

    public int Sum { get; set; }

    public DoseUnit? Given { get; set; }

    public void Apply(VisitNoted visit) => (Visits, Sum) = (Visits + 1, Sum + visit.Number);

    public void Apply(DoseGiven dose) => Given = dose.Unit;
}
