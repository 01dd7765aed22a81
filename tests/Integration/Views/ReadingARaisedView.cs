using CaseFlow.EventStore.Views;

namespace CaseFlow.Integration.Views;

/// <summary>A program whose view was raised finds the rows of before, until they are built anew.</summary>
public sealed class ReadingARaisedView
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_of_another_version_answer_nothing_until_they_are_built_anew()
    {
        await using var world = await FilledAsync();
        var (before, raised) = (new NotesView(1), new NotesView(2));

        (await Should.ThrowAsync<ViewBehindException>(() => FindAsync(world, raised))).IsOfAnotherVersion.ShouldBeTrue();
        (await FindAsync(world, before)).ShouldNotBeNull();

        await world.Runner(raised).CatchUpAsync(cancellation: Cancellation);

        (await FindAsync(world, raised)).ShouldNotBeNull();
        (await Should.ThrowAsync<ViewBehindException>(() => FindAsync(world, before))).IsOfAnotherVersion.ShouldBeTrue("a newer program's rows may mean something else");
    }

    [Fact]
    public async Task Rows_that_the_raised_view_is_known_to_read_serve_meanwhile()
    {
        await using var world = await FilledAsync();
        (await FindAsync(world, new NotesView(2, readableSince: 1))).ShouldNotBeNull();
        await Should.ThrowAsync<ViewBehindException>(() => FindAsync(world, new NotesView(3, readableSince: 2)));
    }

    private static async Task<ViewsWorld> FilledAsync()
    {
        var world = await ViewsWorld.CreateAsync();
        await world.RecordAsync(new NoteTaken(["a"], 1, ViewsWorld.Hour(1)));
        await world.Runner(new NotesView(1)).CatchUpAsync(cancellation: Cancellation);
        return world;
    }

    private static async Task<NoteRow?> FindAsync(ViewsWorld world, NotesView view) =>
        (await world.Reader.FindAsync(view, ViewsWorld.Tenant, "a", ViewInstant.Now, Cancellation)).Row;
}
