using CaseFlow.EventStore;
using CaseFlow.EventStore.Sequencing;
using CaseFlow.Integration.EventStore;
using JasperFx.Events;
using Marten;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.BesideMarten;

/// <summary>A live Marten application appends to the tables of a store that is declared as shared with it.</summary>
public sealed class WritingBesideMarten : IAsyncLifetime
{
    private StoreDatabase database = null!;
    private Sequencer sequencer = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await StoreDatabase.CreateAsync();
        await MartenApplication.InstallAsync(database.ConnectionString);
        sequencer = new Sequencer(database.Source, database.Options with { SharedWithMarten = true }, new LogSignal());
        await sequencer.PlaceNewAsync(Stop);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Theory]
    [InlineData(EventAppendMode.Quick, false)]
    [InlineData(EventAppendMode.Quick, true)]
    [InlineData(EventAppendMode.QuickWithServerTimestamps, false)]
    [InlineData(EventAppendMode.Rich, false)]
    [InlineData(EventAppendMode.Rich, true)]
    public async Task What_it_appends_is_placed_and_read_like_every_other_event(EventAppendMode mode, bool asProgram)
    {
        var login = asProgram ? $"{database.ProgramConnectionString};Options=-c role=caseflow_program" : database.ConnectionString;
        await using var marten = await InstalledAsync(login, mode);
        var (theirs, both) = (Guid.NewGuid(), Guid.NewGuid());
        await database.Store.AppendAsync(One(both, ExpectedVersion.NoStream, Visit(1)), Stop);

        await using (var session = marten.Session())
        {
            session.CorrelationId = "conversation-2";
            session.CausationId = "cause-2";
            session.SetHeader("role", "clerk");
            session.Events.StartStream(theirs, new VisitNoted(2), new DoseGiven(3, DoseUnit.NasalSpray));
            session.Events.Append(both, 2, new VisitNoted(4));
            await session.SaveChangesAsync(Stop);
        }

        await marten.AppendAsync(theirs, null, new VisitNoted(5, "home"));
        (await database.Store.AppendAsync(One(theirs, ExpectedVersion.Exactly(3), Visit(6)), Stop)).ShouldBeOfType<AppendResult.Appended>();
        (await sequencer.PlaceNewAsync(Stop)).ShouldBe(6);

        var log = await LogAsync();
        log.Select(recorded => recorded.Position).ShouldBe([1, 2, 3, 4, 5, 6]);
        log.Where(recorded => recorded.StreamId == both).Select(recorded => recorded.Data)
            .ShouldBe([new CaseFlow.Integration.EventStore.VisitNoted(1), new CaseFlow.Integration.EventStore.VisitNoted(4)]);
        var read = (await database.Store.ReadStreamAsync(Tenant, theirs, cancellation: Stop)).Events;
        read.Select(recorded => recorded.Data).ShouldBe(
        [
            new CaseFlow.Integration.EventStore.VisitNoted(2), new CaseFlow.Integration.EventStore.DoseGiven(3, DoseUnit.NasalSpray),
            new CaseFlow.Integration.EventStore.VisitNoted(5, "home"), new CaseFlow.Integration.EventStore.VisitNoted(6),
        ]);
        read[0].Metadata.ShouldBe(new AppendMetadata("clerk-1", "conversation-2", "cause-2"));
        read[0].Headers.ShouldBe(new ExampleHeaders("clerk"));
        // Where it sets none, Marten writes the JSON null.
        read[2].Headers.ShouldBeNull();
        await using var reading = marten.Session();
        (await reading.Events.FetchStreamAsync(theirs, token: Stop)).Select(found => found.Data)
            .ShouldBe([new VisitNoted(2), new DoseGiven(3, DoseUnit.NasalSpray), new VisitNoted(5, "home"), new VisitNoted(6)]);
    }

    [Theory]
    [InlineData(EventAppendMode.Quick)]
    [InlineData(EventAppendMode.QuickWithServerTimestamps)]
    [InlineData(EventAppendMode.Rich)]
    public async Task The_time_of_recording_is_the_databases_whatever_zone_the_session_is_in(EventAppendMode mode)
    {
        await using var marten = await InstalledAsync($"{database.ConnectionString};Timezone=America/New_York", mode);
        var stream = Guid.NewGuid();
        await marten.AppendAsync(stream, null, new VisitNoted(1));

        (await database.AskAsync<bool>($"select timestamp between now() - interval '1 minute' and now() from caseflow.mt_events where stream_id = '{stream}'")).ShouldBeTrue();
    }

    [Theory]
    [InlineData(EventAppendMode.Quick)]
    [InlineData(EventAppendMode.Rich)]
    public async Task A_transaction_that_stays_open_holds_nobody_back_and_is_placed_when_it_ends(EventAppendMode mode)
    {
        await using var marten = await InstalledAsync(database.ConnectionString, mode);
        var (late, never) = (Guid.NewGuid(), Guid.NewGuid());
        await using var open = await marten.BeginAsync(late, [new VisitNoted(1), new VisitNoted(2)]);
        await using (await marten.BeginAsync(never, [new VisitNoted(3)]))
        {
            await AppendAsync(4);
            (await sequencer.PlaceNewAsync(Stop)).ShouldBe(1);
        }

        await AppendAsync(5);
        for (var look = 0; look < 3; look++)
            await sequencer.PlaceNewAsync(Stop);
        await open.CommitAsync();
        await AppendAsync(6);

        (await sequencer.PlaceNewAsync(Stop)).ShouldBe(3);
        (await sequencer.PlaceNewAsync(Stop)).ShouldBe(0);
        Numbers(await LogAsync()).ShouldBe([4, 5, 1, 2, 6]);
    }

    [Theory]
    [InlineData(EventAppendMode.Quick)]
    [InlineData(EventAppendMode.Rich)]
    public async Task A_stream_that_Marten_moved_meanwhile_is_a_conflict_here(EventAppendMode mode)
    {
        await using var marten = await InstalledAsync(database.ConnectionString, mode);
        var (stream, fresh) = (Guid.NewGuid(), Guid.NewGuid());
        await database.Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit(1)), Stop);
        Task<AppendResult>[] waiting;
        await using (var open = await marten.BeginAsync(stream, [new VisitNoted(2)]))
        await using (var opening = await marten.BeginAsync(fresh, [new VisitNoted(3)]))
        {
            waiting =
            [
                database.Store.AppendAsync(One(stream, ExpectedVersion.Exactly(1), Visit(9)), Stop),
                database.Store.AppendAsync(One(fresh, ExpectedVersion.NoStream, Visit(9)), Stop),
                database.Store.AppendAsync(Of(To(Guid.NewGuid(), ExpectedVersion.NoStream, Visit(9)), To(stream, ExpectedVersion.Exactly(1))), Stop),
            ];
            await Task.Delay(50, Stop);
            waiting.ShouldAllBe(append => !append.IsCompleted);
            await open.CommitAsync();
            await opening.CommitAsync();
        }

        (await Task.WhenAll(waiting)).ShouldBe(
            [new AppendResult.Conflict(stream, 1, 2), new AppendResult.Conflict(fresh, 0, 1), new AppendResult.Conflict(stream, 1, 2)]);
        (await sequencer.PlaceNewAsync(Stop)).ShouldBe(3);
        Numbers(await LogAsync()).ShouldBe([1, 2, 3]);
    }

    [Theory]
    [InlineData(EventAppendMode.Quick)]
    [InlineData(EventAppendMode.Rich)]
    public async Task An_append_that_waited_for_Marten_goes_through_when_Marten_gives_up(EventAppendMode mode)
    {
        await using var marten = await InstalledAsync(database.ConnectionString, mode);
        var (stream, fresh) = (Guid.NewGuid(), Guid.NewGuid());
        await database.Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit(1)), Stop);
        Task<AppendResult>[] waiting;
        await using (await marten.BeginAsync(stream, [new VisitNoted(8)]))
        await using (await marten.BeginAsync(fresh, [new VisitNoted(8)]))
        {
            waiting =
            [
                database.Store.AppendAsync(One(stream, ExpectedVersion.Exactly(1), Visit(2)), Stop),
                database.Store.AppendAsync(One(fresh, ExpectedVersion.NoStream, Visit(3)), Stop),
            ];
            await Task.Delay(50, Stop);
        }

        (await Task.WhenAll(waiting)).ShouldAllBe(result => result is AppendResult.Appended);
        (await sequencer.PlaceNewAsync(Stop)).ShouldBe(3);
        Numbers(await LogAsync()).Order().ShouldBe([1, 2, 3]);
    }

    [Theory]
    [InlineData(EventAppendMode.Quick)]
    [InlineData(EventAppendMode.Rich)]
    public async Task A_stream_that_this_store_moved_meanwhile_is_a_conflict_there(EventAppendMode mode)
    {
        await using var marten = await InstalledAsync(database.ConnectionString, mode);
        var stream = Guid.NewGuid();
        await database.Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit(1)), Stop);
        await using var session = marten.Session();
        var held = await session.Events.FetchForWriting<VisitTally>(stream, Stop);
        held.Aggregate!.Sum.ShouldBe(1);
        await database.Store.AppendAsync(One(stream, ExpectedVersion.Exactly(1), Visit(2)), Stop);

        held.AppendOne(new VisitNoted(9));
        await Should.ThrowAsync<EventStreamUnexpectedMaxEventIdException>(() => session.SaveChangesAsync(Stop));
        await Should.ThrowAsync<EventStreamUnexpectedMaxEventIdException>(() => marten.AppendAsync(stream, 1, new VisitNoted(9)));
        await Should.ThrowAsync<Marten.Exceptions.ExistingStreamIdCollisionException>(async () =>
        {
            await using var starting = marten.Session();
            starting.Events.StartStream(stream, new VisitNoted(9));
            await starting.SaveChangesAsync(Stop);
        });

        await sequencer.PlaceNewAsync(Stop);
        Numbers(await LogAsync()).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Tombstones_of_refused_appends_fill_their_gaps_and_show_nowhere()
    {
        await using var marten = await InstalledAsync(database.ConnectionString, EventAppendMode.Rich);
        var stream = Guid.NewGuid();
        await database.Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit(1), Visit(2)), Stop);
        await Should.ThrowAsync<EventStreamUnexpectedMaxEventIdException>(() => marten.AppendAsync(stream, 1, new VisitNoted(9), new VisitNoted(9)));
        await database.UntilAsync("select count(*) = 2 from caseflow.mt_events where type = 'tombstone'");
        await AppendAsync(3);

        (await sequencer.PlaceNewAsync(Stop)).ShouldBe(3);

        Numbers(await LogAsync()).ShouldBe([1, 2, 3]);
        (await database.AskAsync<long>("select count(*) from caseflow.cf_log_gaps")).ShouldBe(0);
        var grave = await database.AskAsync<Guid>("select stream_id from caseflow.mt_events where type = 'tombstone' limit 1");
        (await database.Store.ReadStreamAsync(Tenant, grave, cancellation: Stop)).Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_may_archive_a_stream_and_not_take_events_away()
    {
        await using var marten = await InstalledAsync(database.ConnectionString, EventAppendMode.Quick);
        var (archived, compacted) = (Guid.NewGuid(), Guid.NewGuid());
        await database.Store.AppendAsync(One(archived, ExpectedVersion.NoStream, Visit(1)), Stop);
        await database.Store.AppendAsync(One(compacted, ExpectedVersion.NoStream, Visit(2), Visit(3)), Stop);
        await using (var session = marten.Session())
        {
            session.Events.ArchiveStream(archived);
            await session.SaveChangesAsync(Stop);
        }

        await using (var session = marten.Session())
        {
            var refused = await Should.ThrowAsync<Exception>(async () =>
            {
                await session.Events.CompactStreamAsync<VisitTally>(compacted);
                await session.SaveChangesAsync(Stop);
            });
            MartenApplication.CauseOf(refused).SqlState.ShouldBe("CF403");
        }

        await sequencer.PlaceNewAsync(Stop);
        Numbers(await LogAsync()).ShouldBe([1, 2, 3]);
        (await database.AskAsync<bool>($"select is_archived from caseflow.mt_streams where id = '{archived}'")).ShouldBeTrue();
    }

    private async Task<MartenApplication> InstalledAsync(string login, EventAppendMode mode)
    {
        // The function that appends is another one for every mode.
        await using (var owner = MartenApplication.Over(database.ConnectionString, mode))
            await owner.Store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(JasperFx.AutoCreate.CreateOrUpdate);
        return MartenApplication.Over(login, mode);
    }

    private Task<AppendResult> AppendAsync(int number) =>
        database.Store.AppendAsync(One(Guid.NewGuid(), ExpectedVersion.NoStream, Visit(number)), Stop);

    private async Task<List<RecordedEvent>> LogAsync() => await database.Store.ReadLogAsync(0, cancellation: Stop).ToListAsync(Stop);

    private static IEnumerable<int> Numbers(IEnumerable<RecordedEvent> log) =>
        log.Select(recorded => ((CaseFlow.Integration.EventStore.VisitNoted)recorded.Data).Number);
}
