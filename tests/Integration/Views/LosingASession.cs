using CaseFlow.EventStore.Views;

namespace CaseFlow.Integration.Views;

/// <summary>Sessions that a pool held were ended while nobody asked, as by a server that was restarted.</summary>
public sealed class LosingASession
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_no_readers_trouble()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var view = new NotesView();
        var (_, token) = await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(1)));
        await world.Runner(view).CatchUpAsync(cancellation: Cancellation);

        (await AskingAfterAsync(() => world.Reader.FindAsync(view, ViewsWorld.Tenant, "a", ViewInstant.Now, Cancellation))).Row.ShouldNotBeNull();
        (await AskingAfterAsync(() => world.Positions.PositionOfAsync(view.Name, ViewsWorld.Tenant, Cancellation))).ShouldBe(1);
        (await AskingAfterAsync(() => world.Positions.PositionOfSequenceAsync(token, Cancellation))).ShouldBe(1);
        (await AskingAfterAsync(() => world.Statuses.OfAsync([view], ViewsWorld.Tenant, Cancellation)))[0].Position.ShouldBe(1);

        async Task<T> AskingAfterAsync<T>(Func<Task<T>> ask)
        {
            await ask();
            (await world.AskAsync<long>(
                "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")).ShouldBeGreaterThan(0);
            return await ask();
        }
    }
}
