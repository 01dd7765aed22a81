using CaseFlow.EventStore;
using CaseFlow.Integration.EventStore;
using JasperFx.Events.Projections;
using static CaseFlow.Integration.EventStore.Example;

namespace CaseFlow.Integration.BesideMarten;

/// <summary>Marten's own daemon follows what this store writes, past numbers that never come.</summary>
public sealed class FollowingWithMartensDaemon
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_projection_of_the_application_is_built_from_this_stores_events()
    {
        await using var database = await StoreDatabase.CreateAsync();
        await using var marten = MartenApplication.Over(database.ConnectionString, more: options =>
        {
            options.Projections.Snapshot<VisitTally>(SnapshotLifecycle.Async);
            options.Schema.For<VisitTally>().MultiTenanted();
        });
        await marten.Store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(JasperFx.AutoCreate.CreateOrUpdate);
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await database.Store.AppendAsync(One(first, ExpectedVersion.NoStream, Visit(1), Visit(2)), Stop);
        await using (await OpenAppend.BeginAsync(database, Guid.NewGuid(), count: 3))
        {
            // Ends without a commit: its numbers are burned.
        }

        await database.Store.AppendAsync(One(second, ExpectedVersion.NoStream, Visit(3)), Stop);
        await database.Store.AppendAsync(One(first, ExpectedVersion.Exactly(2), Visit(4)), Stop);

        using var daemon = await marten.Store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        await daemon.WaitForNonStaleData(TimeSpan.FromSeconds(40));
        await daemon.StopAllAsync();

        await using var session = marten.Session();
        (await session.LoadAsync<VisitTally>(first, Stop)).ShouldNotBeNull().Sum.ShouldBe(7);
        (await session.LoadAsync<VisitTally>(second, Stop)).ShouldNotBeNull().Sum.ShouldBe(3);
    }
}
