using System.Collections.Concurrent;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Background;
using CaseFlow.EventStore.Sequencing;
using CaseFlow.EventStore.Views;
using CaseFlow.Integration.EventStore;
using CaseFlow.Integration.Views;
using JasperFx.Events;
using Marten;
using Npgsql;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.BesideMarten;

/// <summary>This store and a live Marten application write at once; whoever follows the log sees each event once and in order.</summary>
public sealed class FollowingBothWriters
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(EventAppendMode.Quick)]
    [InlineData(EventAppendMode.Rich)]
    public async Task Every_acknowledged_event_is_seen_once_and_each_stream_in_its_order(EventAppendMode mode)
    {
        const int writers = 3, appends = 12;
        await using var database = await StoreDatabase.CreateAsync();
        await MartenApplication.InstallAsync(database.ConnectionString);
        var shared = database.Options with { SharedWithMarten = true };
        await new Sequencer(database.Source, shared, new LogSignal()).PlaceNewAsync(Stop);
        await using var marten = MartenApplication.Over(database.ConnectionString, mode);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var node = new Sequencer(database.Source, shared, database.Store.Appended).RunAsync(NoLease.Instance, over.Token);
        var (stream, acknowledged, conflicts) = (Guid.NewGuid(), new ConcurrentBag<int>(), new ConcurrentBag<string>());
        await database.Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit(-1)), Stop);
        await using var late = await marten.BeginAsync(Guid.NewGuid(), [new VisitNoted(-2), new VisitNoted(-3)]);

        await Task.WhenAll(
        [
            .. Enumerable.Range(0, writers).Select(writer => Task.Run(() => WriteHereAsync(writer), Stop)),
            .. Enumerable.Range(0, writers).Select(writer => Task.Run(() => WriteThereAsync(writers + writer), Stop)),
            Task.Run(GiveUpAsync, Stop),
        ]);
        await late.CommitAsync();
        var expected = acknowledged.Concat([-1, -2, -3]).Order().ToList();
        await database.UntilAsync($"select count(*) >= {expected.Count} from caseflow.cf_log");
        await over.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => node);

        var seen = await database.Store.ReadLogAsync(0, cancellation: Stop).ToListAsync(Stop);
        seen.Select(recorded => ((CaseFlow.Integration.EventStore.VisitNoted)recorded.Data).Number).Order().ShouldBe(expected);
        seen.Select(recorded => recorded.Position!.Value).ShouldBe(Enumerable.Range(1, expected.Count).Select(position => (long)position));
        foreach (var one in seen.GroupBy(recorded => recorded.StreamId))
            one.Select(recorded => recorded.Version).ShouldBe(Enumerable.Range(1, one.Count()).Select(version => (long)version));
        acknowledged.Count.ShouldBe(writers * appends * 2);
        conflicts.ShouldContain("there");
        (await database.AskAsync<long>($"select version from caseflow.mt_streams where id = '{stream}'"))
            .ShouldBe(seen.Count(recorded => recorded.StreamId == stream));

        async Task WriteHereAsync(int writer)
        {
            for (var number = 0; number < appends;)
            {
                var at = (await database.Store.ReadStreamAsync(Tenant, stream, cancellation: Stop)).Version;
                var expectation = number % 3 == 0 ? ExpectedVersion.Any : ExpectedVersion.Exactly(at);
                if (await database.Store.AppendAsync(One(stream, expectation, Visit((writer * 1000) + number)), Stop) is AppendResult.Appended)
                    acknowledged.Add((writer * 1000) + number++);
                else
                    conflicts.Add("here");
            }
        }

        async Task WriteThereAsync(int writer)
        {
            for (var number = 0; number < appends;)
            {
                try
                {
                    await using var session = marten.Session();
                    if (number % 3 == 0)
                        session.Events.Append(stream, new VisitNoted((writer * 1000) + number));
                    else
                        (await session.Events.FetchForWriting<VisitTally>(stream, Stop)).AppendOne(new VisitNoted((writer * 1000) + number));
                    await session.SaveChangesAsync(Stop);
                    acknowledged.Add((writer * 1000) + number++);
                }
                catch (EventStreamUnexpectedMaxEventIdException)
                {
                    conflicts.Add("there");
                }
            }
        }

        async Task GiveUpAsync()
        {
            for (var number = 0; number < appends; number++)
                await (await marten.BeginAsync(Guid.NewGuid(), [new VisitNoted(-9), new VisitNoted(-9)])).DisposeAsync();
        }
    }

    [Theory]
    [InlineData(EventAppendMode.Quick)]
    [InlineData(EventAppendMode.Rich)]
    public async Task Both_wait_for_the_streams_row_first_and_never_for_each_other(EventAppendMode mode)
    {
        await using var database = await StoreDatabase.CreateAsync();
        await MartenApplication.InstallAsync(database.ConnectionString);
        await new Sequencer(database.Source, database.Options with { SharedWithMarten = true }, new LogSignal()).PlaceNewAsync(Stop);
        await using var marten = MartenApplication.Over(database.ConnectionString, mode);
        var stream = Guid.NewGuid();
        await database.Store.AppendAsync(One(stream, ExpectedVersion.NoStream, Visit(1)), Stop);

        // An append of this store between its two steps; it is not to wait for anybody at the second.
        await using var connection = await database.Owner.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await using (var move = new NpgsqlCommand($"set local lock_timeout = '200ms'; update caseflow.mt_streams set version = 2 where id = '{stream}'", connection))
            await move.ExecuteNonQueryAsync(Stop);
        var appending = marten.AppendAsync(stream, 1, new VisitNoted(9));
        await database.UntilAsync("select count(*) > 0 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
        await using (var write = new NpgsqlCommand(
            $$"""
            insert into caseflow.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id)
            values (nextval('caseflow.mt_events_sequence'), gen_random_uuid(), '{{stream}}', 2, '{"number": 2, "place": "office"}', 'visit_noted', now(), '{{Tenant}}')
            """,
            connection))
        {
            await write.ExecuteNonQueryAsync(Stop);
        }

        await transaction.CommitAsync(Stop);

        await Should.ThrowAsync<EventStreamUnexpectedMaxEventIdException>(() => appending);
        (await database.Store.ReadStreamAsync(Tenant, stream, cancellation: Stop)).Version.ShouldBe(2);
    }

    [Fact]
    public async Task A_view_that_followed_meanwhile_is_what_a_rebuild_makes_of_it()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var shared = new EventStoreOptions { SharedWithMarten = true };
        await using var marten = MartenApplication.Over(
            world.ConnectionString, more: options => options.Events.AddEventTypes([typeof(NoteTaken), typeof(NoteCorrected)]));
        await marten.Store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(JasperFx.AutoCreate.CreateOrUpdate);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var sequencer = new Sequencer(world.Source, shared, world.Store.Appended);
        await sequencer.PlaceNewAsync(Stop);
        var (view, counts) = (new NotesView(), new NoteCountsView());
        var runner = world.Runner(view, counts);
        var (placing, following) = (sequencer.RunAsync(NoLease.Instance, over.Token), runner.RunAsync(NoLease.Instance, over.Token));

        await Task.WhenAll(
            Task.Run(
                async () =>
                {
                    for (var number = 0; number < 30; number++)
                        await world.RecordAsync(ViewsWorld.Tenant, [new NoteTaken([$"key-{number % 3}"], number, ViewsWorld.Hour(number))], place: false);
                },
                Stop),
            Task.Run(
                async () =>
                {
                    for (var number = 30; number < 60; number++)
                    {
                        await using var session = marten.Session(ViewsWorld.Tenant);
                        session.Events.Append(Guid.NewGuid(), new NoteTaken([$"key-{number % 3}"], number, ViewsWorld.Hour(number)));
                        await session.SaveChangesAsync(Stop);
                    }
                },
                Stop));
        foreach (var name in new[] { view.Name, counts.Name })
        {
            while (await world.Positions.PositionOfAsync(name, ViewsWorld.Tenant, Stop) < 60)
                await Task.Delay(20, Stop);
        }

        await over.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => placing);
        await following;
        var followed = (await world.DumpAsync(view), await world.DumpAsync(counts));
        followed.Item1.Length.ShouldBeGreaterThan(300);
        var rebuild = new ViewRebuild(world.Source, world.Store);
        (await rebuild.RebuildAsync(view, Stop)).ShouldBe(60);
        (await rebuild.RebuildAsync(counts, Stop)).ShouldBe(60);
        (await world.DumpAsync(view), await world.DumpAsync(counts)).ShouldBe(followed);
    }
}
