using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Integration.Views;

/// <summary>What a tenant's readers are told depends on that tenant's log alone, wherever others stand.</summary>
public sealed class AnsweringByTenant
{
    private const string South = "south";
    private static readonly string[] Tenants = [ViewsWorld.Tenant, South];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(34)]
    public async Task Is_the_fold_of_the_tenants_events_up_to_the_position_told(int seed)
    {
        await using var world = await ViewsWorld.CreateAsync();
        var random = new Random(seed);
        // Stops one tenant, or both, somewhere in the middle; the answers must be as true as anywhere.
        var stops = Tenants.ToDictionary(tenant => tenant, _ => random.Next(2) == 0 ? long.MaxValue : random.Next(1, 40));
        var view = new NotesView(fails: recorded => recorded.Position >= stops[recorded.TenantId]);
        var reader = new ViewReader(world.Questions, world.Positions) { Patience = TimeSpan.Zero };
        await new ViewTables(world.Source).CreateAsync([view], Cancellation);
        await using var running = new Running(world.Runner(TimeSpan.FromMinutes(10), view));
        for (var round = 0; round < 6; round++)
        {
            await NoteHistories.RecordAsync(world, (seed * 10) + round, events: 8);
            var log = await world.LogAsync();
            // Whatever the view has come to meanwhile.
            await Task.Delay(random.Next(30), Cancellation);
            foreach (var tenant in Tenants)
                await ShouldBeTrueAsync(reader, view, log, tenant, stops[tenant], random, refusedFrom: 0);
        }

        foreach (var tenant in Tenants)
        {
            var log = await world.LogAsync();
            var stopped = log.Find(recorded => recorded.TenantId == tenant && recorded.Position >= stops[tenant]);
            if (stopped is not null)
                await world.StoppedAsync(view, tenant, failure => failure.Position == stopped.Position);
            else
                (await world.Positions.WaitForAsync(view.Name, tenant, log.Count, TimeSpan.FromSeconds(20), Cancellation)).ShouldBeTrue();
            // Nothing moves any more: whatever lies before the event that the view stopped at has its answer.
            await ShouldBeTrueAsync(reader, view, log, tenant, stops[tenant], random, stopped?.Position ?? long.MaxValue);
        }
    }

    private static async Task ShouldBeTrueAsync(
        ViewReader reader, NotesView view, List<RecordedEvent> log, string tenant, long stop, Random random, long refusedFrom)
    {
        var own = log.Where(recorded => recorded.TenantId == tenant).Select(recorded => recorded.Position!.Value).ToList();
        long? asked = null;
        for (var question = 0; question < 12; question++)
        {
            foreach (var key in new[] { "a", "b" })
            {
                try
                {
                    var (row, at) = await reader.FindAsync(view, tenant, key, new(asked, null), Cancellation);
                    var told = at.Position!.Value;
                    if (asked is null)
                        own.Prepend(0).ShouldContain(told, "the position of an event of the tenant");
                    else
                        told.ShouldBe(asked.Value);
                    own.ShouldNotContain(position => position >= stop && position <= told, "what it stands before is not claimed");
                    row.ShouldBe(NoteHistories.RowAt(log, tenant, key, told, null), $"{tenant}/{key} at {told}");
                }
                catch (ViewBehindException)
                {
                    asked.ShouldNotBeNull("without a position there is always an answer");
                    asked.Value.ShouldBeGreaterThanOrEqualTo(refusedFrom, $"{tenant}/{key}: the view stands beyond the position asked for");
                }
            }

            asked = random.Next(log.Count + 1);
        }
    }

    [Fact]
    public async Task Has_every_position_of_the_others_once_it_has_its_own_events_before_it()
    {
        await using var world = await ViewsWorld.CreateAsync();
        var view = new NotesView(fails: recorded => recorded.TenantId == South);
        await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(0)));
        var (_, foreign) = await world.RecordAsync(South, [new NoteTaken(["a"], 2, ViewsWorld.Hour(0)), new NoteTaken(["a"], 3, ViewsWorld.Hour(0))]);
        await using (new Running(world.Runner(TimeSpan.FromMinutes(10), view)))
            (await world.Positions.WaitForAsync(view.Name, ViewsWorld.Tenant, 3, TimeSpan.FromSeconds(20), Cancellation)).ShouldBeTrue();
        var reader = new ViewReader(world.Questions, world.Positions) { Patience = TimeSpan.FromMilliseconds(20) };

        (await world.Positions.PositionOfAsync(view.Name, ViewsWorld.Tenant, Cancellation)).ShouldBe(1);
        (await reader.FindAsync(view, ViewsWorld.Tenant, "a", new(3, null), Cancellation)).At.Position.ShouldBe(3);
        await reader.AwaitAsync(view.Name, ViewsWorld.Tenant, foreign, Cancellation);
        await Should.ThrowAsync<ViewBehindException>(() => reader.FindAsync(view, ViewsWorld.Tenant, "a", new(4, null), Cancellation));
        await Should.ThrowAsync<ViewBehindException>(() => reader.FindAsync(view, South, "a", new(3, null), Cancellation));
    }
}
